"""An archive goes in; questions of all kinds come out, spread over its articles, with what was left out and why."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import ceil

from eval.making.answerable import Answerable
from eval.making.archive import Archive
from eval.making.fitting import Said, Unfit, attributed, fit
from eval.making.people import People
from eval.making.proving import fault
from eval.making.records import KINDS, Kind, Made, Unmade
from eval.making.topics import Topics
from eval.making.unanswerable import Unanswerable
from eval.matching import fold
from retriever.records import Statement

_BANDS = 4  # of age, equally full, from the oldest articles to the newest
_PATIENCE = 150  # statements in a row that come to nothing, after which no more of the kind are looked for


@dataclass(slots=True)
class Left:
    """What came to nothing. ``unfit``: statements by reason; ``unmade``: tries by kind and reason."""

    unfit: Counter[str] = field(default_factory=Counter)
    unmade: Counter[tuple[str, str]] = field(default_factory=Counter)


class Spread:
    """Statements one after the other, so that articles come as evenly as they can, from all ages in turn."""

    def __init__(self, archive: Archive, said: Sequence[Said], chance: random.Random) -> None:
        self._waiting: dict[str, list[Said]] = {}
        for each in chance.sample(list(said), len(said)):
            self._waiting.setdefault(each.article.id, []).append(each)
        ids = sorted(self._waiting, key=lambda id_: (str(archive.entries[id_].published), id_))
        self._band = {id_: n * _BANDS // len(ids) for n, id_ in enumerate(ids)}
        self._rank = {id_: chance.random() for id_ in ids}
        self._tried: Counter[str] = Counter()

    def each(self, taken: Counter[str]) -> Iterator[Said]:
        """``taken``: questions by article so far, of all kinds."""
        while self._waiting:
            bands = Counter(dict.fromkeys(self._band.values(), 0))
            for id_, band in self._band.items():
                bands[band] += taken[id_] + self._tried[id_]
            chosen = min(
                self._waiting,
                key=lambda id_: (taken[id_] + self._tried[id_], bands[self._band[id_]], self._rank[id_]),
            )
            one = self._waiting[chosen].pop()
            self._tried[chosen] += 1
            if not self._waiting[chosen]:
                del self._waiting[chosen]
            yield one


class Making:
    """The same index and seed make the same questions. Every call may raise StoreError."""

    def __init__(self, archive: Archive, *, seed: int, hold_out: float = 0.0) -> None:
        self._archive, self._chance = archive, random.Random(seed)  # noqa: S311 - a choice that can be repeated
        self.left, self._taken, self._asked = Left(), Counter[str](), set[str]()
        self.held_out = self._held_out(hold_out)
        people = People(archive.statements)
        self._certain: dict[str, Said] = {}
        fitting = list(self._fitting(people))
        held = set(self.held_out)
        self.can_be_asked = len(fitting)
        self._open = [each for each in fitting if each.article.id not in held]
        self._held = [each for each in fitting if each.article.id in held]
        self._topics = Topics(archive)
        self._answerable = Answerable(archive, people, self._topics, self._chance)
        self._unanswerable = Unanswerable(archive, people, self._topics, self._chance)

    def questions(self, count: int, kinds: Sequence[Kind] = KINDS) -> Iterator[Made]:
        """At most so many, the kinds in turn; a kind of which no more can be made leaves its turn to the others, but
        never to what stands nowhere in the archive, of which there would be no end.
        """
        sources = {kind: self._of_kind(kind) for kind in KINDS if kind in kinds}
        if "unanswerable" in sources:
            sources["unanswerable"] = islice(sources["unanswerable"], ceil(count / len(sources)))
        made = 0
        while sources and made < count:
            for kind in list(sources):
                one = next(sources[kind], None) if made < count else None
                if one is not None:
                    made += 1
                    yield one
                elif made < count:
                    del sources[kind]

    def _held_out(self, share: float) -> tuple[str, ...]:
        """Articles to be indexed without, each with its copies."""
        originals = [id_ for id_ in self._archive.entries if self._archive.original(id_) == id_]
        count = min(max(1, round(share * len(originals))), len(originals) - 1) if share else 0
        chosen = self._chance.sample(originals, count)
        return tuple(sorted(copy for id_ in chosen for copy in self._archive.copies(id_)))

    def _fitting(self, people: People) -> Iterator[Said]:
        held = set(self.held_out)
        for statement in self._archive.statements:
            try:
                said = attributed(statement, self._archive, people)
                if said.article.id not in held:
                    self._certain[statement.id] = said
                yield fit(said)
            except Unfit as reason:
                self.left.unfit[str(reason)] += 1

    def _of_kind(self, kind: Kind) -> Iterator[Made]:
        """Those in which nothing wrong is found and that were not asked yet."""
        in_vain = 0
        for source, said in self._tries(kind):
            try:
                one = self._one(source, said)
                asked = {fold(one.question), f"{kind}: {fold(one.topic or one.question)}"}
                if (wrong := fault(one, self._archive)) or asked & self._asked:
                    raise Unmade(wrong or "it is asked already")  # noqa: TRY301 - counted like the others
            except Unmade as reason:
                self.left.unmade[kind, str(reason)] += 1
                in_vain += 1
                if in_vain == _PATIENCE:
                    return
                continue
            in_vain = 0
            self._asked |= asked
            self._taken[said.article.id] += 1
            yield one

    def _tries(self, kind: Kind) -> Iterator[tuple[str, Said]]:
        """(what to make, of which statement)."""
        if kind != "unanswerable":
            source = list(self._certain.values()) if kind == "list" else self._open
            yield from ((kind, said) for said in Spread(self._archive, source, self._chance).each(self._taken))
            return
        held = Spread(self._archive, self._held, self._chance).each(self._taken)
        for said in Spread(self._archive, self._open, self._chance).each(self._taken):
            if self._held and (out := next(held, None)):
                yield "held out", out
            yield "elsewhere", said
            yield "nowhere", said

    def _one(self, what: str, said: Said) -> Made:
        """Raises Unmade."""
        if what == "list":
            return self._list(said)
        if what == "nearmiss":
            return self._unanswerable.nearmiss(said, self._answerable)
        if what == "held out":
            return self._unanswerable.held_out(said, self._answerable)
        if what == "nowhere":
            return self._unanswerable.nowhere()
        if what == "elsewhere":
            return self._unanswerable.elsewhere(said)
        made: Made = getattr(self._answerable, what)(said)
        return made

    def _list(self, said: Said) -> Made:
        """Of the first thing it is about of which a few speak."""
        reason = Unmade("it is about nothing that can be named")
        for about in self._topics.of(said.statement.content):
            every: list[Statement] = self._archive.about(about.topic)
            try:
                known = [self._certain[each.id] for each in every if each.id in self._certain]
                return self._answerable.list_of(about.topic, known)
            except Unmade as error:
                reason = error
        raise reason
