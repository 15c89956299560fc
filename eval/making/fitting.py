"""A statement goes in; what of it can be asked about comes out, or the reason why nothing can."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from eval.making.archive import Archive
from eval.making.people import Named, People, bare_name
from eval.making.wording import BASES, VAGUE
from retriever.naming import behind_titles
from retriever.records import Article, Statement
from retriever.splitting import speaker_at, turns
from retriever.wording import content_words

_FEWEST, _MOST = 5, 24  # words that are quoted
_TELLING, _TELLING_IN_TURN = 3, 5  # of them carry meaning, or more: talk is full of words that do not
_LONGEST = 26  # words of what was said in indirect speech
_MARKS = "\"“”„«»'‘’"
_ODD = re.compile(r"[\[\](){}*|…_\\/<>=]|\.\.|--|\n|';|\s—|(?<!\w)['‘]|(?<![\ws])['’](?!\w)|^Q\b")
_TALK = re.compile(
    r"\b(?:you know|I mean|to be honest|thank(?:s| you)|good (?:morning|afternoon|evening)|of course|gentlemen|"
    r"pleasure|let me)\b",
    re.I,
)
_OPENING = re.compile(r"^(?:(?:and|but|so|well|now|yes|no|look|or|because|then),?\s+)+", re.I)
_ASIDE = re.compile(r";|\b(?:or so|according to|(?:in|of|by|on|at|to|from|with) that|that followed)\b", re.I)
# Between sentences, and not behind "U.S." or "Mr.".
_BETWEEN = re.compile(r"(?<=[a-z0-9][.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)\s+")
_ENDS = re.compile(r"\s*[\"”’']*\s*(?:[.;,:!?]|$|\n)")
_BEFORE = re.compile(
    r"\b(?:to|of|for|by|from|with|behind|under|and|or|at|in)\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,2}$", re.I
)
_POINTS = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|I|we|us|me|my|our|you|your|this|these|those|here)\b", re.I
)
_OF_THEN = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|now|ago|last|next|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b", re.I
)
_HE = re.compile(r"\b(?:he|she|his|her|himself|herself)\b", re.I)
_HE_WHO_SAYS = re.compile(r"^(?:that )?(?:he|she|his|her)\b", re.I)
_POINTS_EARLY = re.compile(r"^(?:\S+\s+){0,4}?(?:it|its|they|them|their|that one|both|such|there)\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|declined|refused|failed)\b|n['’]t\b", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\b", re.I)
_AUXILIARY = re.compile(r"^(?:(?:also|again|later|then|once|more|had|has|have|repeatedly|already)\s+)+", re.I)


class Unfit(Exception):
    """Raised when nothing can be asked about a statement; its text is the reason, as it is counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement whose speaker is certain; what can be asked about has its exact words, or what they say, or both."""

    statement: Statement
    article: Article
    person: Named
    quote: str | None  # words in a row, spaces made one
    clause: tuple[str, str] | None  # "told Akiba that …", and with the verb's base: "tell Akiba that …"
    day: date | None  # on which it was said, where the article tells
    named_at: int  # where the name stands by which the article says whose it is; of a turn, its first word

    @property
    def words(self) -> str:
        return self.quote or (self.clause or ("", ""))[1]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands, from the name that says whose it is."""
        return min(self.named_at, self.statement.start), self.statement.end


def attributed(statement: Statement, archive: Archive, people: People) -> Said:
    """A statement whose speaker is certain; its words are not looked at. Raises Unfit."""
    article = archive.article(statement.article_id)
    if archive.original(article.id) != article.id:
        raise Unfit("it stands in a copy of another article")
    if statement.via:
        raise Unfit("it is reported at second hand")
    if not statement.speaker:
        raise Unfit("nobody is named who says it")
    person = people.named(statement.speaker)
    if person is None:
        raise Unfit("its speaker is not one person with a full name")
    named_at = (_named_in_turn if is_turn(statement) else _named_there)(statement, article, people)
    if named_at is None:
        raise Unfit("its speaker is not named where it stands")
    return Said(statement, article, person, None, None, _day(statement), named_at)


def fit(said: Said) -> Said:
    """With the words by which it can be asked about. Raises Unfit."""
    statement, article = said.statement, said.article
    quote, clause = _quote(statement, article), None if is_turn(statement) else _clause(statement, article)
    if quote is None and clause is None:
        raise Unfit("its words are too few, too broken or point to what stands elsewhere")
    held = f"{quote or ''} {(clause or ('', ''))[0]}".lower()
    if any(re.search(rf"\b{re.escape(word)}\b", held) for word in said.person.words):
        raise Unfit("its words name its speaker")
    return replace(said, quote=quote, clause=clause)


def is_turn(statement: Statement) -> bool:
    """Whether it is a sentence of a transcript's turn."""
    return not statement.cue and statement.kind == "direct"


def _named_in_turn(statement: Statement, article: Article, people: People) -> int | None:
    """Where the turn's sentence begins, if its label or the byline names the person."""
    label = speaker_at(turns(article.text), statement.start) or ""
    person = people.named(statement.speaker)
    own = person.words if person else frozenset()
    in_label = bool(own & set(bare_name(label).lower().split()))
    in_byline = own <= set((article.author or "").lower().replace(",", " ").split())
    return statement.start if in_label or in_byline else None


def _named_there(statement: Statement, article: Article, people: People) -> int | None:
    """Where a name stands that is the person's, and not only of somebody whose aide or office speaks; a pronoun is
    followed to the last name in front of it in its paragraph.
    """
    written, person = statement.speaker_text, people.named(statement.speaker)
    at = article.text.find(written, statement.start, statement.end)
    if person is None or at < 0 or " and " in written:
        return None
    if written.lower() in ("he", "she"):
        return _antecedent(article.text, at, person, people)
    found = [match for word in person.name.split() for match in re.finditer(rf"\b{re.escape(word)}\b", written)]
    if not found:
        return None
    first, last = min(match.start() for match in found), max(match.end() for match in found)
    titled = " ".join(word for word in written[:first].split() if behind_titles([word]))
    of_another = _BEFORE.search(f"{titled} ") or re.match(r"['’]s?\b|\s+(?:aide|ally|office)", written[last:])
    return None if of_another else at + first


def _antecedent(text: str, at: int, person: Named, people: People) -> int | None:
    opening = text.rfind("\n", 0, at) + 1
    names = [match for match in re.finditer(r"[^\W\d_][\w’'-]*", text[opening:at]) if match[0].lower() in people.parts]
    own = person.words & people.parts
    if not names or names[-1][0].lower() not in own or len({match[0].lower() for match in names} - own) > 0:
        return None
    return opening + names[-1].start()


# ---- words


def _quote(statement: Statement, article: Article) -> str | None:
    """Words that stand in quotation marks, or in a turn, up to the end of a clause where there are many."""
    start, end = max(statement.slices, key=lambda each: each[1] - each[0])
    text = article.text[start:end]
    if is_turn(statement):
        cut = (
            re.search(r"\b[A-Z]\.\s*$", article.text[max(0, start - 4) : start]) or not text.strip(_MARKS)[:1].isupper()
        )
        return None if cut else _some_words(text, telling=_TELLING_IN_TURN)
    quoted = [match[1] for match in re.finditer(r"[“\"]([^“”\"\n]+)(?:[”\"]|$)", text)]
    if statement.kind == "direct" and not quoted:
        return None
    return next(filter(None, map(_some_words, sorted(quoted, key=len, reverse=True))), None)


def _some_words(text: str, *, telling: int = _TELLING) -> str | None:
    """The longest sentence of it that is neither too long nor too short."""
    fitting = []
    for part in _BETWEEN.split(text.strip().strip(_MARKS).strip()):
        plain = _OPENING.sub("", part)
        quote = " ".join(plain.split()).strip(" .,;:!—–-")
        known = [word for word in content_words(quote) if word not in VAGUE]
        whole = not plain.rstrip(_MARKS).endswith("?") and not _ODD.search(plain) and not set(plain) & set('"“”„«»')
        if whole and _FEWEST <= len(quote.split()) <= _MOST and len(known) >= telling and not _TALK.search(quote):
            fitting.append(quote)
    return max(fitting, key=len, default=None)


def _clause(statement: Statement, article: Article) -> tuple[str, str] | None:
    """What was said in indirect speech with its verb in front, where it stands so: speaker, verb, words, in a row."""
    (start, end), cue = statement.slices[0], statement.cue
    if len(statement.slices) > 1 or statement.kind == "direct" or not cue:
        return None
    lead = article.text[statement.start : start]
    at, named = lead.rfind(cue), lead.find(statement.speaker_text)
    verb = _AUXILIARY.sub("", cue).lower()
    if named < 0 or at < named or verb not in BASES or not _ENDS.match(article.text, end):
        return None
    rest = " ".join((lead[at + len(cue) :] + article.text[start:end]).split()).strip(" .,;:")
    between = lead[at + len(cue) :].split()
    if len(between) > 3 or _NEGATED.search(lead[named:]) or _PASSIVE.search(cue) or not _can_be_asked(rest):
        return None
    return f"{verb} {rest}", f"{BASES[verb]} {rest}"


def _can_be_asked(rest: str) -> bool:
    """Whether a reader understands it who has not the article in front of them."""
    loose = re.sub(r"“[^”]*”|\"[^\"]*\"", "", rest)
    words = rest.split()
    if not _FEWEST <= len(words) <= _LONGEST or rest.count('"') % 2 or rest.count("“") != rest.count("”"):
        return False
    if (
        _ODD.search(rest)
        or _ASIDE.search(rest)
        or _POINTS.search(loose)
        or (_HE.search(loose) and not _HE_WHO_SAYS.search(loose))
        or _OF_THEN.search(loose)
        or _POINTS_EARLY.search(loose)
    ):
        return False
    names = sum(word[0].isupper() for word in words[1:])
    telling = len(content_words(rest))
    return telling >= _TELLING + 2 or (telling >= _TELLING and names > 0)


# ---- day


def _day(statement: Statement) -> date | None:
    """The one day on which it was said: where the text names it, and of a transcript, which is of one day, its own."""
    said = statement.said_on
    if said is None or said.first is None or said.first != said.last or said.precision not in ("day", "weekday"):
        return None
    return said.first if said.text or is_turn(statement) else None
