"""A country as a question names it goes in; all the ways in which texts name it come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Name, adjectives, capital and other names; what stands first is how an answer writes it.
_KNOWN = """
Afghanistan Afghan Kabul|Argentina Argentine Argentinian|Australia Australian Canberra Aussie|Austria Austrian Vienna
Bangladesh Bangladeshi Dhaka|Belarus Belarusian Minsk|Belgium Belgian Brussels|Brazil Brazilian Brasilia
Britain British UK U.K. London United_Kingdom|Brunei Bruneian|Cambodia Cambodian Phnom_Penh|Canada Canadian Ottawa
Chile Chilean|China Chinese Beijing PRC People’s_Republic_of_China People's_Republic_of_China|Colombia Colombian
Cuba Cuban Havana|Czech_Republic Czech Prague Czechia|Denmark Danish Copenhagen|Egypt Egyptian Cairo|Estonia Estonian
Ethiopia Ethiopian|Fiji Fijian Suva|Finland Finnish Helsinki|France French Paris|Georgia Georgian Tbilisi
Germany German Berlin|Greece Greek Athens|Hungary Hungarian Budapest|Iceland Icelandic|India Indian New_Delhi Delhi
Indonesia Indonesian Jakarta|Iran Iranian Tehran|Iraq Iraqi Baghdad|Ireland Irish Dublin|Israel Israeli Jerusalem
Italy Italian Rome|Japan Japanese Tokyo|Jordan Jordanian|Kazakhstan Kazakh|Kenya Kenyan Nairobi|Laos Lao Laotian
Latvia Latvian|Lebanon Lebanese|Lithuania Lithuanian|Malaysia Malaysian|Mexico Mexican|Mongolia Mongolian
Myanmar Burmese Burma|Nepal Nepali Nepalese|Netherlands Dutch|New_Zealand Wellington|Nigeria Nigerian Abuja
North_Korea North_Korean Pyongyang DPRK|Norway Norwegian Oslo|Pakistan Pakistani Islamabad|Palestine Palestinian
Papua_New_Guinea PNG|Philippines Philippine Filipino Manila|Poland Polish Warsaw|Portugal Portuguese Lisbon
Qatar Qatari Doha|Romania Romanian|Russia Russian Moscow Kremlin|Saudi_Arabia Saudi Riyadh|Serbia Serbian
Singapore Singaporean|Slovakia Slovak|South_Africa South_African Pretoria|South_Korea South_Korean Seoul Korean
Spain Spanish Madrid|Sri_Lanka Sri_Lankan Colombo|Sweden Swedish Stockholm|Switzerland Swiss|Syria Syrian Damascus
Taiwan Taiwanese Taipei|Thailand Thai Bangkok|Turkey Turkish Ankara Türkiye|Ukraine Ukrainian Kyiv
United_Arab_Emirates UAE Emirati|Venezuela Venezuelan|Vietnam Vietnamese Hanoi
United_States American US U.S. Washington U.S.A. USA America White_House Pentagon
NATO|European_Union EU European|United_Nations UN U.N.|G7 Group_of_Seven|ASEAN
"""


@dataclass(frozen=True, slots=True)
class Country:
    """``forms``: every way of naming it, the first of them as an answer writes it."""

    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.forms[0]

    @property
    def nouns(self) -> tuple[str, ...]:
        """The forms that can stand behind "of"."""
        return tuple(form for form in self.forms if form == self.name or " of " in form or form.isupper())

    def stands_in(self, text: str) -> bool:
        """Whether a description says that somebody belongs to it; "ambassador to Japan" does not, nor does "New
        Mexico" for Mexico.
        """
        return bool(_pattern(self.forms).search(text))


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"(?<!\bto )(?<!\bto the )(?<!ambassador in )(?<!embassy in )(?<!\bNew )(?<!\bNorth )(?<!\bLatin )(?<![\w-])"
        rf"(?:{any_of(forms)})(?!\w)(?! affairs\b)"
    )


def any_of(forms: tuple[str, ...]) -> str:
    """The expression that matches any of them, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def country(named: str) -> Country | None:
    """The one that is named, by whichever of its forms and in whichever case."""
    bare = re.sub(r"^the |['’]s$|(?<=s)['’]$", "", named.strip(), flags=re.I)
    return _by_form().get(bare.lower())


@lru_cache(maxsize=1)
def _by_form() -> dict[str, Country]:
    rows = (row.split() for line in _KNOWN.strip().splitlines() for row in line.split("|"))
    known = (Country(tuple(form.replace("_", " ") for form in row)) for row in rows)
    return {form.lower(): each for each in known for form in each.forms}
