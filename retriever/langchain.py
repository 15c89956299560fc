"""The search where LangChain's users expect it: a ``BaseRetriever`` that any chain takes."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retriever.records import Filters, Query


class PassageRetriever(BaseRetriever):
    """``invoke("question")`` -> Documents, best first: ``page_content`` is the passage, ``metadata`` its place and why.

    ``search`` is a ``retriever.search.Search``; ``limit`` counts passages.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Any
    limit: int = 5
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "document_id": hit.article.id,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "title": hit.article.title,
                    "source": hit.article.source,
                    "published": hit.article.published and hit.article.published.isoformat(),
                    "score": hit.score,
                },
            )
            for hit in self.search.search(Query(query, self.filters, self.limit))
        ]
