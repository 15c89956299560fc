"""Settings in, parts out: the only place where the concrete classes meet."""

from __future__ import annotations

from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.ingest import Ingest
from retriever.nearness import SentenceVectors
from retriever.search import Search
from retriever.speaking import Speaking
from retriever.statements import Finder
from retriever.vectors import Vectors
from service.answering import Answering
from service.archive import Archive
from service.declining import SIGNS
from service.evidence import Evidence
from service.parts import Parts
from service.question.focus import Focusing
from service.ranking import learned
from service.reader.model import Reader
from service.sayings import Sayings
from service.settings import Settings
from service.weighing import CALIBRATION, CONFIDENCE, read, read_to_learn


def build(settings: Settings, *, learning: bool = False) -> Parts:
    """The real parts over the index folder, which is made where there is none. Models load at their first use.
    ``learning``: weights that do not fit the code's features are left out, not refused. Raises
    StoreError, ModelUnusable, WeightsUnusable.
    """
    weights = read_to_learn if learning else read
    embedding = MiniLM(cache=settings.cache, threads=settings.threads)
    catalogue = Catalogue(settings.data)
    vectors = Vectors(settings.data, embedding=embedding)
    quantised = MiniLM(cache=settings.cache, threads=settings.threads, quantised=True)
    sentences = SentenceVectors(catalogue.sentences, embedding=quantised, question=embedding.query_vector)
    ingest = Ingest(catalogue=catalogue, vectors=vectors, sentences=sentences, finder=Finder(threads=settings.threads))
    search = Search(catalogue, vectors, sentences)
    evidence = Evidence(
        question=embedding.query_vector,
        sentences=sentences.of,
        statements=catalogue.statements.of_passages,
        frequencies=catalogue.frequencies,
        passages=catalogue.passage_count,
    )
    answering = Answering(
        search=search,
        focusing=Focusing(outlets=catalogue.outlets, speaker=catalogue.statements.speaker),
        evidence=evidence,
        speaking=Speaking(),
        frequencies=catalogue.frequencies,
        ranking=learned(weights, reader=Reader(threads=settings.threads)),
        calibration=weights(CALIBRATION, SIGNS),
        confidence=weights(CONFIDENCE, SIGNS),
        sayings=Sayings(catalogue.statements, catalogue),
        copies=catalogue.copies,
    )
    articles = Archive(catalogue=catalogue, ingest=ingest, embedding=embedding.name)
    return Parts(answering, search, articles, kept=catalogue.conversations, statements=catalogue.statements)
