"""A sentence goes in; the people come out whom it gives an office of a country that its articles do not give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from service.checking.fitting import countries_of
from service.checking.names import about
from service.checking.source import Source
from service.sayings.countries import Country

_OFFICE: Final = (
    r"(?:[Mm]inister|[Pp]remier|[Pp]resident|[Cc]hancellor|[Ss]ecretary|[Aa]mbassador|[Ee]nvoy|[Ss]pokes\w+|[Dd]iplomat|"
    r"[Ll]eader|[Kk]ing|[Qq]ueen|[Ee]mperor|[Cc]hief)"
)
_WHOSE: Final = r"(?P<whose>(?:[A-Z][\w.]*[ -]){0,2}?[A-Z][\w.]*(?:['’]s?)?) (?:[\w-]+ ){0,3}?"
_NAME: Final = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
_POSTED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_WHOSE}{_OFFICE},? {_NAME}",
        rf"\b{_NAME}, (?:the )?{_WHOSE}{_OFFICE}\b",
        rf"\b{_NAME}, (?:the |an? )?(?:[\w-]+ ){{0,3}}?{_OFFICE} (?:of|to|for) (?:the )?"
        r"(?P<whose>[A-Z][\w.]*(?: [A-Z][\w.]*)?)",
    )
)


def misplaced(text: str, sources: Sequence[Source]) -> Iterator[str]:
    """ "Japan’s Foreign Minister Vik" where the articles make Vik somebody of another country, and only of that."""
    for name, claimed in _posted(text):
        told = [about(source.hit.article.text, name) for source in sources]
        told += [each.role or "" for source in sources for each in source.statements if (each.speaker or "-") in name]
        own = countries_of(" ".join(told))
        if own and not claimed & own:
            yield name


def _posted(text: str) -> Iterator[tuple[str, set[Country]]]:
    for pattern in _POSTED:
        for match in pattern.finditer(text):
            claimed = countries_of(re.sub(r"['’]s?$", "", match["whose"]))
            if claimed and not countries_of(match["name"]):
                yield match["name"], claimed
