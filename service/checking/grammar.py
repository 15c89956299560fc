"""A parsed sentence goes in; who speaks or acts in it, and what belongs to that, comes out."""

from __future__ import annotations

from typing import Final

from service.checking.parse import SUBJECTS, Parse, Word, base

SPEAKS: Final = frozenset(
    base(word)
    for word in """say tell ask add note warn argue claim state explain insist announce call express emphasise stress
    reiterate pledge demand suggest propose accuse deny confirm acknowledge declare remark reply respond write recall
    caution praise welcome condemn criticise thank promise predict believe describe conclude report joke admit concede
    observe repeat voice mock question urge answer counter complain maintain speak""".split()
)


TELLING: Final = frozenset(base(word) for word in "tell ask urge warn inform assure remind invite press thank".split())
_SAYING: Final = frozenset(
    base(word) for word in "say add reply explain note remark tell argue warn insist state".split()
)
_FINITE: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))


def speaks(verb: Word) -> bool:
    """Whether it is a word of saying, "according" included."""
    return verb.base in SPEAKS or verb.lower == "according"


def quoted_head(parse: Parse, verb: Word) -> bool:
    """Whether the words said hang above the verb of saying: "“…,” said Vik"."""
    return verb.base in _SAYING and parse.child(verb, "ccomp", "dobj", "xcomp") is None


def main_of(parse: Parse, verb: Word) -> list[Word]:
    if verb.base not in _SAYING:
        return []
    below = {each.place for each in parse.below(verb)}
    above = next(parse.above(verb), None)
    return [each for each in parse.below(above) if each.place not in below] if above else []


def subject_of(parse: Parse, verb: Word) -> Word | None:
    """Who acts: the subject, of a passive verb whoever stands behind "by"; of one joined by "and" that of the first."""
    if parse.child(verb, "nsubjpass", "auxpass"):
        by = parse.child(verb, "agent")
        return parse.child(by, "pobj") if by else None
    subject = _inverted(parse, verb)
    if subject is not None:
        return subject
    subjects = [child for child in parse.children[verb.place] if child.dep in SUBJECTS]
    subject = max((each for each in subjects if each.place < verb.place), key=lambda each: each.place, default=None)
    subject = subject or next(iter(subjects), None)
    if subject is None and verb.dep in ("conj", "xcomp") and parse.words[verb.head].verbal:
        return subject_of(parse, parse.words[verb.head])
    if subject is not None and subject.lower in ("who", "which", "that") and verb.dep == "relcl":
        return parse.words[verb.head]
    return subject


def _inverted(parse: Parse, verb: Word) -> Word | None:
    """Vik in "…, said Vik"."""
    around = parse.words[max(0, verb.place - 1)], *parse.words[verb.place + 1 : verb.place + 2]
    if verb.base not in SPEAKS or len(around) < 2 or around[0].text not in (",", "”", '"', "''", "—", "–"):
        return None
    behind = around[1]
    if behind.pos == "PROPN":
        last = behind
        while last.head > last.place and last.dep in ("compound", "nmod") and parse.words[last.head].pos == "PROPN":
            last = parse.words[last.head]
        return last
    return None


def phrase(parse: Parse, head: Word) -> list[Word]:
    """The noun phrase, with those joined to it, without clauses that hang on it."""
    return parse.below(head, without=frozenset(("relcl", "acl", "advcl", "punct", "ccomp", "parataxis")))


def apart(parse: Parse, verb: Word) -> list[Word]:
    """Clauses joined to a verb that have a subject of their own."""
    joined = (child for child in parse.children[verb.place] if child.dep == "conj" and child.verbal)
    return [
        each
        for child in joined
        if any(c.dep in SUBJECTS for c in parse.children[child.place])
        for each in parse.below(child)
    ]


def cut_off(parse: Parse) -> Word | None:
    """The last word of a sentence that breaks off there: one that wants another behind it ("and", "the"), or, where no
    mark ends the sentence, a preposition or an auxiliary ("… told reporters in", "… has been").
    """
    last = next((word for word in reversed(parse.words) if any(c.isalnum() for c in word.text)), None)
    behind = parse.text[last.end :].strip() if last else ""
    if last is None or "”" in behind or '"' in behind:
        return None
    wants_more = last.tag in ("CC", "PRP$", "TO") or last.lower in ("the", "a", "an")
    unended = not behind and last.pos in ("ADP", "SCONJ", "AUX")
    return last if wants_more or unended or behind in (",", ";", ":") else None


def unfinished(parse: Parse) -> Word | None:
    """The head of a clause that "that" opens and that tells nothing ("noted that the importance of the talks.")."""
    for word in parse.words:
        head = parse.words[word.head]
        opens = word.lower == "that" and word.dep == "mark" and not head.verbal
        if opens and not any(each.verbal for each in parse.words[word.place :]):
            return head
    return None


def is_clause(parse: Parse) -> bool:
    """Whether anything is told in it: a finite verb, or a main verb with who acts. A name or a byline tells nothing; a
    noun behind a noun may be a verb that the parser did not know ("the economy shrank").
    """
    return any(
        word.tag in _FINITE
        or (word.pos == "VERB" and word.dep == "ROOT" and parse.child(word, *SUBJECTS, "dobj", "ccomp", "agent"))
        or (word.dep == "ROOT" and word.tag in ("NN", "NNS", "JJ") and parse.words[word.place - 1].tag in ("NN", "NNS"))
        for word in parse.words
    )
