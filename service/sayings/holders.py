"""An office goes in; everybody whom a text calls its holder comes out, with the days on which texts do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from retriever import dating, naming
from retriever.catalogue.words import tokens
from retriever.records import Article, Filters, Hit
from retriever.wording import content_words
from service.drafting.extracting import LONG, Draft
from service.drafting.leads import Slice
from service.drafting.phrasing import one_line
from service.sayings.countries import country
from service.sayings.index import Index, Period
from service.sayings.offices import Office
from service.sayings.telling import headed

_MANY = 400  # passages, which take about 30 ms
_FORMER = re.compile(r"\b(?:former|ex|late)\b", re.I)
_NO_NAME = frozenset(
    """call visit talks meeting monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december today and the of on in at""".split()
)
_SURNAMES = ("May", "March", "King")  # behind a given name
_ROOM = 12  # words kept free for the names that have no sentence of their own


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    hit: Hit
    start: int
    end: int
    former: bool

    @property
    def article(self) -> Article:
        return self.hit.article

    @property
    def slice(self) -> Slice:
        return Slice(self.hit, self.start, self.end)


@dataclass(slots=True)
class Holder:
    """Somebody, and where texts say that they hold the office, or once held it."""

    name: str
    mentions: list[_Mention] = field(default_factory=list)
    days: set[date] = field(default_factory=set)  # of publication
    former: bool = False  # only spoken of as a former one

    @property
    def best(self) -> _Mention:
        """The first that gives the whole name."""
        whole = len(self.name.split())
        now = [each for each in self.mentions if each.former == self.former]
        return min(now, key=lambda each: (-min(whole, len(each.name.split())), each.article.published or date.max))

    @property
    def order(self) -> tuple[bool, bool, date]:
        return not self.former, not self.days, min(self.days, default=date.max)


def drafts(index: Index, office: Office, filters: Filters, period: Period) -> list[Draft]:
    """Who holds the office, in the order of days; empty where no text calls anybody so."""
    found = _within(holders(index, office, filters), period)
    if not found:
        return []
    called = "1 person is" if len(found) == 1 else f"{len(found)} people are"
    days = " (by the articles’ dates)" if any(each.days for each in found) else ""
    heading = f"{called} called {office.asked} in these documents{days}: "
    told: list[Draft] = []
    room = LONG - len(heading.split())
    for place, holder in enumerate(found):
        draft = _told(holder)
        room -= len(draft.text.split())
        if told and room < (_ROOM if place < len(found) - 1 else 0):
            return headed(heading, [*told, _rest(found[place:])])
        told.append(draft)
    return headed(heading, told)


def holders(index: Index, office: Office, filters: Filters) -> list[Holder]:
    """In the order of the first day on which they are called so, former ones first, undated ones last."""
    titled = index.ids_with(office.heads, filters)
    passages = index.articles.passages_by_id(_candidates(index, office, titled, filters))
    places: dict[tuple[str, int], _Mention] = {}
    for hit in index.hits(passages):
        for each in _mentions(hit, office):
            places.setdefault((hit.article.id, each.start), each)
    found = _people(places.values())
    _add_days(index, found, office, titled, filters)
    return sorted(found, key=lambda holder: holder.order)


def _candidates(index: Index, office: Office, titled: Collection[str], filters: Filters) -> Collection[str]:
    """Ids of the passages in which office and country stand; where those are many, next to each other."""
    both = [id_ for id_ in index.ids_with(office.whose.forms, filters) if id_ in titled]
    return both if len(both) <= _MANY else index.ids_with(office.phrases, filters)


def _mentions(hit: Hit, office: Office) -> Iterable[_Mention]:
    text = hit.article.text
    for pattern in office.patterns:
        for match in pattern.finditer(text, hit.passage.start, hit.passage.end):
            name = _name(match["name"])
            apart = match.groupdict().get("before") and _opens_a_clause(text, match.start("name"), name)
            if name and not apart and not _is_headline(text, match.start()):
                states = " ".join(filter(None, (match["state"], match["state2"], match["state3"])))
                stop = match.start("name") + match["name"].find(name) + len(name)
                stop = stop if match.end("name") == match.end() else match.end()
                full = naming.full_name(text, name) if " " not in name else name
                yield _Mention(full, hit, match.start(), stop, bool(_FORMER.search(states)))


def _name(written: str) -> str:
    """The name without what belongs to the sentence; "" where it is none."""
    words = written.split()
    fits = (_may_be_name(word) or (place == 1 and word in _SURNAMES) for place, word in enumerate(words))
    end = next((place for place, fit in enumerate(fits) if not fit), len(words))
    name = re.sub(r"['’]s?$", "", " ".join(words[:end])).rstrip("-")
    return "" if not name or naming.is_body(name) or country(name) else name


def _may_be_name(word: str) -> bool:
    plain = word.strip(".").lower()
    known = plain in _NO_NAME or not naming.behind_titles(["", word])[1:] or country(word)
    return not known and (len(plain) > 1 or word.endswith(".")) and bool(content_words(plain) or word.endswith("."))


def _opens_a_clause(text: str, start: int, name: str) -> bool:
    """Whether the comma behind what looks like a name parts it from the clause: "In Bergen, Norway’s minister, who …",
    "Meanwhile, Norway’s minister, …". A word is capitalised there that is a name nowhere within a sentence.
    """
    if re.search(r"\b(?:In|At|From|Near|Outside)(?: [^\W\d_]+)* $", text[max(0, start - 40) : start]):
        return True
    opens = not re.search(r"[\w,;:’)] $", text[max(0, start - 2) : start])
    return opens and " " not in name and not re.search(rf"[\w,;:] {re.escape(name)}\b", text)


def _is_headline(text: str, place: int) -> bool:
    line = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    words = line.split()
    return sum(word[0].isupper() for word in words) > 0.6 * len(words) and not line.rstrip().endswith((".", "”", '"'))


def _people(mentions: Iterable[_Mention]) -> list[Holder]:
    """One for each name, in either order; a surname alone is the one holder's who has it."""
    found: dict[str, Holder] = {}
    for each in sorted(mentions, key=lambda each: -len(each.name.split())):
        key = " ".join(sorted(tokens(each.name)))
        if key not in found:
            theirs = [other for other in found if set(key.split()) < set(other.split())]
            key = theirs[0] if len(theirs) == 1 else key
        found.setdefault(key, Holder(each.name)).mentions.append(each)
    for holder in found.values():
        holder.former = all(each.former for each in holder.mentions)
        days = (each.article.published for each in holder.mentions if each.former == holder.former)
        holder.days = {day for day in days if day}
    return list(found.values())


def _add_days(index: Index, found: Sequence[Holder], office: Office, titled: Collection[str], filters: Filters) -> None:
    """Days on which the office stands before the whole name without its country: "Foreign Minister Jane Blake".
    ``titled``: ids of the passages with the office. Left out where they are many: the span of days is then shorter.
    """
    written = {
        name: holder
        for holder in found
        if not holder.former and len(words := holder.name.split()) > 1
        for name in (holder.name, " ".join(reversed(words)))
    }
    ids = [id_ for id_ in index.ids_with(written, filters) if id_ in titled]
    if not ids or len(ids) > _MANY:
        return
    titles, names = ("|".join(map(re.escape, each)) for each in (office.titles, written))
    pattern = re.compile(rf"(?<!former )(?i:\b(?:{titles})),? ({names})\b")
    for hit in index.hits(index.articles.passages_by_id(ids)):
        if day := hit.article.published:
            for match in pattern.finditer(hit.passage.text):
                written[match[1]].days.add(day)


def _within(found: Sequence[Holder], period: Period) -> list[Holder]:
    if not (period.since or period.until):
        return list(found)
    first, last = period.since or date.min, period.until or date.max
    return [each for each in found if not each.former and any(first <= day <= last for day in each.days)]


def _told(holder: Holder) -> Draft:
    own = holder.best.slice
    days = _days(holder)
    text = f"{holder.name}, {days} (“{one_line(own.text)}”)"
    return Draft(text, (own,), (days, holder.name))


def _rest(found: Sequence[Holder]) -> Draft:
    names = ", ".join(each.name for each in found)
    return Draft(f"Then {names}", tuple(each.best.slice for each in found), (names,))


def _days(holder: Holder) -> str:
    if not holder.days:
        return "formerly" if holder.former else "undated"
    first, last = dating.day_in_words(min(holder.days)), dating.day_in_words(max(holder.days))
    seen = first if first == last else f"{first} to {last}"
    return f"as a former one, {seen}" if holder.former else seen
