"""Settings in, parts out: the only place where the concrete classes meet."""

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
from service.chatmodel.model import opened
from service.checking.support import FEATURES, SUPPORT
from service.checking.written import Checker
from service.declining import SIGNS
from service.entailing.model import Entailing
from service.evidence import Evidence
from service.parts import Parts
from service.question.focus import Focusing
from service.ranking import learned
from service.reader.model import Reader
from service.sayings import Sayings
from service.settings import Settings
from service.weighing import CALIBRATION, CONFIDENCE, read, read_to_learn
from service.writing.answering import WrittenAnswering


def build(settings: Settings, *, learning: bool = False) -> Parts:
    """The real parts over the index folder, made where there is none; models load at their first use. ``learning``:
    weights that do not fit the code's features are left out. Raises StoreError, ModelUnusable, WeightsUnusable.
    """
    weights = read_to_learn if learning else read
    embedding = MiniLM(cache=settings.cache, threads=settings.threads)
    catalogue, speaking = Catalogue(settings.data), Speaking()
    said, frequencies = catalogue.statements.of_passages, catalogue.frequencies
    vectors = Vectors(settings.data, embedding=embedding)
    sentences = SentenceVectors(catalogue.sentences, embedding=embedding)
    finder = Finder(threads=1) if settings.statements else None
    ingest = Ingest(catalogue=catalogue, vectors=vectors, sentences=sentences, finder=finder, threads=settings.threads)
    extractive = Answering(
        search=(search := Search(catalogue, vectors, sentences)),
        focusing=Focusing(outlets=catalogue.outlets, speaker=catalogue.statements.speaker),
        evidence=Evidence(embedding.query_vector, sentences.of, said, frequencies, catalogue.passage_count),
        speaking=speaking,
        frequencies=frequencies,
        ranking=learned(weights, reader=Reader(threads=settings.threads)),
        calibration=weights(CALIBRATION, SIGNS),
        confidence=weights(CONFIDENCE, SIGNS),
        sayings=Sayings(catalogue.statements, catalogue),
        copies=catalogue.copies,
    )
    answering: Answering | WrittenAnswering = extractive
    if settings.chat_model:
        model = opened(settings.chat_model, context=settings.model_context)
        quantised = MiniLM(cache=settings.cache, threads=settings.threads, quantised=True).vectors
        checker = Checker(speaking=speaking, vectors=quantised, entails=Entailing(), weights=weights(SUPPORT, FEATURES))
        answering = WrittenAnswering(extractive=extractive, model=model, checker=checker, said=said)
    articles = Archive(catalogue=catalogue, ingest=ingest, embedding=embedding.name)
    return Parts(answering, search, articles, kept=catalogue.conversations, statements=catalogue.statements)
