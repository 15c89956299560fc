"""Settings in, parts out: the only place where the concrete classes meet."""

from __future__ import annotations

from retriever.catalogue import Catalogue
from retriever.embedding import MiniLM
from retriever.ingest import Ingest
from retriever.search import Search
from retriever.speaking import Speaking
from retriever.vectors import Vectors
from service.answering import Answering
from service.archive import Archive
from service.evidence import Evidence
from service.parts import Parts
from service.settings import Settings
from service.weighing import CALIBRATION, CHOOSING, read


def build(settings: Settings) -> Parts:
    """The real parts over the index folder, which is made where there is none. Models load at their first use.

    Raises StoreError and ModelUnusable.
    """
    embedding = MiniLM(cache=settings.cache, threads=settings.threads)
    catalogue = Catalogue(settings.data)
    vectors = Vectors(settings.data, embedding=embedding)
    search = Search(catalogue, vectors)
    evidence = Evidence(
        vectors=embedding.vectors,
        frequencies=catalogue.frequencies,
        passages=catalogue.passage_count,
        prior=read(CHOOSING, "prior").of,
    )
    answering = Answering(
        search=search,
        evidence=evidence,
        speaking=Speaking(),
        frequencies=catalogue.frequencies,
        choosing=read(CHOOSING, "sentence"),
        calibration=read(CALIBRATION),
    )
    return Parts(
        answering=answering,
        search=search,
        articles=Archive(
            catalogue=catalogue, ingest=Ingest(catalogue=catalogue, vectors=vectors), embedding=embedding.name
        ),
        kept=catalogue.conversations,
    )
