"""A verb of a sentence goes in; whether what it tells is so, or is denied, asked for, planned or possible comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from service.checking.parse import Parse, Word

Mood = Literal["not", "may", "must", "will", "ask", "plan", "commit", "threat", "try", "if"]

_NOT: Final = frozenset("not n't never no nobody none nothing neither nor without hardly barely nowhere cannot".split())
_ENDING: Final = frozenset(  # what hangs on them is not, or is no more
    """deny denies denied denying refuse refuses refused refusing reject rejects rejected rejecting fail fails failed
    failing decline declines declined declining avoid avoided prevent prevented prevents stop stops stopped stopping
    cancel cancelled canceled cancels drop drops dropped dropping refrain refrained denial refusal failure end ends
    ended ending lift lifts lifted lifting remove removed removing scrap scrapped abolish abolished abandon abandoned
    without cease ceased unable unwilling withdraw withdrew withdrawn lack lacks lacked revoke revoked quit""".split()
)
_EXCEPTING: Final = _NOT - {"hardly"} | frozenset("except excluding barring".split())
_ARGUMENTS: Final = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "dative", "pobj", "csubj", "expl", "npadvmod"))
_RAISING: Final = frozenset("want think believ expect".split())
_WITH: Final = frozenset("call press appeal".split())
_STEPS: Final = 4  # words up the tree
_MOODS: Final[dict[str, Mood]] = {
    **dict.fromkeys(
        "may might could possible possibly perhaps maybe can possibility chance probably likely".split(), "may"
    ),
    **dict.fromkeys(
        "must should ought obliged need needs order ordered orders require required forced".split(), "must"
    ),
    **dict.fromkeys("will shall".split(), "will"),
    **dict.fromkeys(
        """urge urged urges urging ask asked asks asking request requested requests demand demanded demands demanding
        call called calls calling appeal appealed press pressed pressing want wanted wants wanting seek seeks sought beg
        begged propose proposed proposes proposing proposal suggest suggested suggests recommend recommended encourage
        encouraged wish wished wishes push pushed insist insisted""".split(),
        "ask",
    ),
    **dict.fromkeys(
        """consider considers considered considering plan plans planned planning intend intends intended weigh weighed
        weighing mull mulled hope hopes hoped hoping aim aimed aims expect expects expected expecting prepare preparing
        scheduled due discuss discussed explore explored ready""".split(),
        "plan",
    ),
    **dict.fromkeys(
        """agree agreed agrees promise promised promises pledge pledged vow vowed commit committed decide decided
        decides undertook approve approved adopt adopted sign signed guarantee guaranteed assured assure
        fix fixed settle settled""".split(),
        "commit",
    ),
    **dict.fromkeys("threaten threatened threatens threatening warn warned warns warning".split(), "threat"),
    **dict.fromkeys("try tried tries trying attempt attempted attempts effort efforts".split(), "try"),
    **dict.fromkeys("if unless whether provided".split(), "if"),
}  # fmt: skip
_CARRY: Final = frozenset(
    (
        "xcomp",
        "ccomp",
        "dobj",
        "pobj",
        "prep",
        "acl",
        "attr",
        "conj",
        "nsubjpass",
        "pcomp",
        "dative",
        "oprd",
        "dep",
        "advcl",
    )
)
# Moods that news uses one for the other, the more so with less certainty.
_KINDRED: Final = frozenset(
    frozenset(pair) for pair in (("will", "plan"), ("will", "commit"), ("must", "ask"), ("ask", "try"), ("may", "plan"),
                                 ("plan", "commit"), ("ask", "plan"), ("may", "if"), ("must", "will"), ("will", "ask"))
)  # fmt: skip


def negated(parse: Parse, word: Word) -> bool:
    """Whether an odd number of words takes it back: "did not refuse to come" is coming. Of a noun only what ends or
    denies it: "lifted the ban".
    """
    return sum(1 for _ in _negations(parse, word)) % 2 == 1


def _negations(parse: Parse, word: Word) -> Iterator[Word]:
    if word.verbal or word.pos == "ADJ" or word.dep == "ROOT":
        yield from _direct(parse, word)
    below = word
    for steps, above in enumerate(parse.above(word)):
        if steps >= _STEPS or below.dep not in _CARRY:
            return
        if above.lower in _ENDING and below.dep != "nsubj":
            yield above
        if above.verbal and (
            below.dep in ("xcomp", "acomp", "oprd") or (above.base in _RAISING and below.dep == "ccomp")
        ):
            yield from _direct(parse, above)
        elif above.verbal and below.dep != "pcomp":
            return
        below = above


def excepted(parse: Parse, noun: Word) -> bool:
    """ "Not tritium", "no lawyer", "without a lawyer"."""
    near = parse.words[max(0, noun.place - 2) : noun.place]
    return any(word.lower in _EXCEPTING for word in near) and not any(word.lower in ("only", "just") for word in near)


def _direct(parse: Parse, word: Word) -> Iterator[Word]:
    """The words that deny a verb: "not", and "no", "neither", "nothing" among what it has for subject and object."""
    for child in parse.children[word.place]:
        if child.dep == "neg" or (child.lower in _NOT and child.dep in ("advmod", "preconj", "det", "cc")):
            if not _only_follows(parse, child):
                yield child
        elif child.dep in _ARGUMENTS:
            found = child if child.lower in _NOT else _determined(parse, child)
            if found is not None:
                yield found
        elif child.lower == "longer" and _determined(parse, child):
            yield child
        elif child.dep in ("aux", "cop"):
            yield from (each for each in parse.children[child.place] if each.dep == "neg")
        elif child.dep == "prep" and child.lower == "without" and word.verbal is False:
            yield child
    if word.dep in ("acomp", "attr") and parse.words[word.head].pos == "AUX":
        yield from _direct(parse, parse.words[word.head])


def _determined(parse: Parse, noun: Word) -> Word | None:
    """ "No" of "no answer", "none" of "none of it"."""
    return next(
        (
            each
            for each in parse.children[noun.place]
            if each.lower in _NOT and each.dep in ("det", "neg", "preconj", "nummod", "advmod")
        ),
        None,
    )


def _only_follows(parse: Parse, word: Word) -> bool:
    """ "Not only …" denies nothing."""
    behind = parse.words[word.place + 1 : word.place + 2]
    return bool(behind) and behind[0].lower in ("only", "just", "merely")


def moods(parse: Parse, word: Word) -> frozenset[str]:
    """In which moods it is told; empty for plain fact."""
    found = set(_around(parse, word))
    below = word
    for steps, above in enumerate(parse.above(word)):
        if steps >= _STEPS or below.dep not in _CARRY:
            break
        if above.lower in _MOODS and (above.base not in _WITH or _asks(parse, above)):
            found |= {_MOODS[above.lower], *_around(parse, above)}
            break
        if below.dep == "ccomp":
            break
        below = above
    return frozenset(found)


def _around(parse: Parse, word: Word) -> Iterator[str]:
    return (
        _MOODS[c.lower] for c in parse.children[word.place] if c.lower in _MOODS and c.dep in ("aux", "advmod", "mark")
    )


def _asks(parse: Parse, word: Word) -> bool:
    """ "Called on", "called for": what is merely called something is not asked for."""
    return any(child.lower in ("for", "on", "upon", "to") for child in parse.children[word.place])


def mood_of(word: Word) -> str | None:
    """Of what the word itself says: "asked", "may", "threatened"."""
    return _MOODS.get(word.lower)


def apart(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """How far two moods are apart, 0 to 1: what is asked for is not what was done."""
    if ours == theirs or ours & theirs:
        return 0.0
    if not ours or not theirs:
        strong = (ours | theirs) & {"ask", "threat", "may", "try", "plan", "if"}
        return 0.7 if strong else 0.3
    if any(frozenset((one, other)) in _KINDRED for one in ours for other in theirs):
        return 0.3
    return 1.0


def is_denial(word: Word) -> bool:
    """ "Not", "no", "neither"."""
    return word.lower in _NOT or word.dep == "neg"


def is_ending(word: Word) -> bool:
    """ "Refused", "lifted": what hangs on it is not, or is no more."""
    return word.lower in _ENDING


def denies(words: Sequence[Word]) -> bool:
    """Whether any of them is a word of denial."""
    return any(w.lower in _NOT or w.dep == "neg" or w.lower in _REFUSING for w in words)


def denials(parse: Parse) -> list[Word]:
    """The verbs that are denied, in whichever way, and what is ended or refused."""
    return [
        word for word in parse.words if (word.verbal and word.dep not in ("aux", "auxpass") and negated(parse, word))
    ]


def any_denial(words: Sequence[Word]) -> bool:
    """Whether a stretch has any word that denies, ends or excepts, or one that is its own denial ("unable")."""
    return any(
        w.lower in _NOT or w.lower in _ENDING or w.dep == "neg" or _OWN.match(w.lower) or w.lower in _HOSTILE
        for w in words
    )


_REFUSING: Final = frozenset("denied deny denies refused refuse refuses rejected declined failed fails".split())
_OWN: Final = re.compile(r"(?:un|in|im|ir|dis|non)[a-z]{4,}$")
_HOSTILE: Final = frozenset(
    """oppose opposes opposed opposition against ban banned bar barred only yet still dispute disputed except but
    instead rather former first last few little less""".split()
)
