"""An answer and the texts of its articles go in; how well its citations bear out its sentences comes out, as in ALCE.

Gao et al. 2023, Enabling large language models to generate text with citations (EMNLP): citation recall is the share
of sentences that their citations together bear out; of those citations one is irrelevant that does not bear the
sentence out alone while the others do without it, and precision is the share of the rest. Under a sentence that is not
borne out no citation is precise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retriever.records import Article, Hit, Passage
from service.checking.source import Source
from service.records import Answer, Citation

if TYPE_CHECKING:
    from service.checking.written import Checker

Supports = Callable[[str, Sequence[Citation], Sequence[str]], bool]
"""Whether citations bear a sentence out; last the question and the sentences in front, which say who "he" is."""

# How a day is known is the service's own word, which no source holds: "(“Thursday”, counted from the article’s date,
# February 3, 2023)". The day itself stays, and is checked.
_BASIS = re.compile(r", (?:(?:counted )?from |by )?(?:the|its) article’s date(?:, [A-Z][a-z]+ \d{1,2}(?:, \d{4})?)?")
_BARE_BASIS = re.compile(r" \(the article’s date\)")


@dataclass(frozen=True, slots=True)
class Cited:
    """Counts of one answer's sentences and of their citations, a citation once for each sentence that bears it."""

    sentences: int
    supported: int
    citations: int
    relevant: int

    @property
    def recall(self) -> float | None:
        """None where there is no sentence."""
        return self.supported / self.sentences if self.sentences else None

    @property
    def precision(self) -> float | None:
        """None where nothing is cited."""
        return self.relevant / self.citations if self.citations else None


def cited(answer: Answer, supports: Supports) -> Cited | None:
    """None for an answer that was declined."""
    if answer.declined:
        return None
    numbered = {each.number: each for each in answer.citations}
    before = [answer.question]
    supported = citations = relevant = 0
    for sentence in answer.sentences:
        theirs = [numbered[number] for number in sentence.citations if number in numbered]
        borne_out = bool(theirs) and supports(sentence.text, theirs, before)
        supported += borne_out
        citations += len(theirs)
        relevant += _relevant(sentence.text, theirs, before, supports) if borne_out else 0
        before.append(sentence.text)
    return Cited(len(answer.sentences), supported, citations, relevant)


def _relevant(sentence: str, theirs: Sequence[Citation], before: Sequence[str], supports: Supports) -> int:
    """How many citations bear the sentence out alone, or are missed by the others."""
    if len(theirs) == 1:
        return 1
    return sum(
        supports(sentence, [each], before) or not supports(sentence, [*theirs[:place], *theirs[place + 1 :]], before)
        for place, each in enumerate(theirs)
    )


class SupportCheck:
    """The check that a chat model's sentences pass, as the judge of any answer. It sees the cited characters, and of
    the articles what says who is named there: nothing of an index, so that answers over HTTP are judged alike.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def __call__(self, answer: Answer, texts: Mapping[str, str]) -> Cited | None:
        """``texts``: of the articles cited, by id. Raises RetrieverError where a model cannot be loaded."""

        def supports(sentence: str, citations: Sequence[Citation], before: Sequence[str]) -> bool:
            if any(each.document_id not in texts for each in citations):
                return False
            question, *earlier = map(_without_basis, before)
            sources = [_source(each, texts[each.document_id]) for each in citations]
            said = _without_basis(sentence)
            return not self._checker.checked(said, sources, question=question, before=earlier).faults

        return cited(answer, supports)


def opened() -> SupportCheck:
    """With the models and weights of this checkout. Raises ServiceError, RetrieverError."""
    from retriever.embedding import MiniLM
    from retriever.speaking import Speaking
    from service.checking.support import FEATURES, SUPPORT
    from service.checking.written import Checker
    from service.entailing.model import Entailing
    from service.settings import Settings
    from service.weighing import read

    settings = Settings.load()
    vectors = MiniLM(cache=settings.cache, threads=settings.threads, quantised=True).vectors
    entails, weights = Entailing(), read(SUPPORT, FEATURES)
    checker = Checker(speaking=Speaking(), vectors=vectors, entails=entails, weights=weights)
    checker.load()
    return SupportCheck(checker)


def _without_basis(sentence: str) -> str:
    return _BARE_BASIS.sub("", _BASIS.sub("", sentence))


def _source(citation: Citation, text: str) -> Source:
    article = Article(
        citation.document_id, text, citation.title, citation.author, citation.source, citation.published, citation.url
    )
    id_ = f"{citation.document_id}:{citation.start}:{citation.end}"
    words = text[citation.start : citation.end]
    passage = Passage(id_, article.id, 0, citation.start, citation.end, words)
    return Source(citation.number, Hit(passage, article, 1.0, None, None))
