"""An answer goes in, those of its sentences come out in which names, numbers or dates are not as in what they cite.

It knows nothing of how the service checks, and is blunter: it looks at words, not at what they say. What it names is to
be looked at by hand, and what it does not name may still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from eval.matching import fold
from service.records import Answer, AnswerSentence, Citation

NEAR = timedelta(days=8)  # of publication: a weekday of the text may have become such a day
_WORD = re.compile(r"\d[\d,.:]*\d|\d|[^\W\d_](?:[\w’'-]*\w)?")
_PAIR = re.compile(r"(?=\b([A-ZÀ-Þ][\w-]*(?:['’]s?)? [A-ZÀ-Þ][\w-]*))")
_POSSESSIVE = re.compile(r"['’]s?$")


def unsupported(answer: Answer) -> tuple[str, ...]:
    """Sentences that cite nothing, or in which a number or a word with a capital stands neither in their slices nor in
    the title, outlet, author or days of the articles cited. Of a declined answer: none.
    """
    if answer.declined:
        return ()
    return tuple(
        f"{sentence.text} ({', '.join(lacking) or 'no citation'})"
        for sentence, cited in _cited(answer)
        if (lacking := _lacking(sentence, cited)) or not cited
    )


def joined(answer: Answer) -> tuple[str, ...]:
    """Sentences with two words with a capital side by side that nothing they cite has side by side: "China's Foreign"
    where that is of Japan, but also "Minister Vik" of Minister Tomas Vik. Of a declined answer: none.
    """
    if answer.declined:
        return ()
    return tuple(
        f"{sentence.text} ({', '.join(pairs)})"
        for sentence, cited in _cited(answer)
        if (pairs := sorted(_pairs(sentence.text) - {pair for each in cited for pair in _pairs(*_texts(each))}))
    )


def _cited(answer: Answer) -> Iterator[tuple[AnswerSentence, list[Citation]]]:
    numbered = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        yield sentence, [numbered[number] for number in sentence.citations]


def _pairs(*texts: str) -> set[str]:
    return {fold(match[1]) for text in texts for match in _PAIR.finditer(text)}


def _lacking(sentence: AnswerSentence, cited: Sequence[Citation]) -> list[str]:
    there = {_same(word) for citation in cited for text in _texts(citation) for word in _WORD.findall(text)}
    return [word for word in _telling(sentence.text) if _same(word) not in there]


def _telling(text: str) -> Iterator[str]:
    """Numbers, and words with a capital; the first word of a sentence has one whatever it is."""
    for position, word in enumerate(_WORD.findall(text)):
        if word[0].isdigit() or (position and word[0].isupper() and len(word) > 1):
            yield word


def _texts(citation: Citation) -> Iterator[str]:
    yield from (text for text in (citation.quote, citation.title, citation.source, citation.author) if text)
    if citation.published:
        around = range(-NEAR.days, NEAR.days + 1)
        yield from (_written(citation.published + timedelta(days=days)) for days in around)


def _written(day: date) -> str:
    return f"{day:%A %B} {day.day} {day.year} {day.isoformat()}"


def _same(word: str) -> str:
    return fold(_POSSESSIVE.sub("", word)).replace(",", "")
