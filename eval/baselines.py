"""Articles go in, the searches a user would otherwise build come out: LangChain's own, put together as it is taught.

Needs the packages of the ``eval`` extra (``pip install -e ".[eval]"``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from eval.metrics import Slice
from retriever.records import Article

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

Find = Callable[[str], Sequence[Slice]]  # a question's words -> slices, best first

CHUNK, OVERLAP = 1000, 200  # characters, as in LangChain's retrieval tutorial
_WORD = re.compile(r"\w+")


def peers(articles: Sequence[Article], embedding: Embeddings, *, depth: int) -> Mapping[str, Find]:
    """Each search by its name, over the same chunks of the same articles, ``depth`` chunks each.

    The ensemble fuses ``depth`` chunks of either half with equal weights. LangChain's BM25 splits at blanks and keeps
    case; the last search gives it folded words, which is the stronger rival.
    """
    chunks = _chunks(articles)
    dense = _dense(chunks, embedding, depth)
    as_taught, folded = _bm25(chunks, depth), _bm25(chunks, depth, words=_folded_words)
    return {
        "LangChain tutorial (1000/200, Chroma)": _finder(dense, depth),
        "LangChain BM25": _finder(as_taught, depth),
        "LangChain ensemble (BM25 + dense)": _finder(_ensemble(as_taught, dense), depth),
        "the same, words folded for BM25": _finder(_ensemble(folded, dense), depth),
    }


def _chunks(articles: Sequence[Article]) -> list[Document]:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    whole = [Document(page_content=article.text, metadata={"article": article.id}) for article in articles]
    return splitter.split_documents(whole)


def _dense(chunks: Sequence[Document], embedding: Embeddings, depth: int) -> BaseRetriever:
    import chromadb
    import chromadb.config
    from langchain_chroma import Chroma

    # Collections in memory are shared by all such clients of a process, hence a name of its own.
    client = chromadb.EphemeralClient(chromadb.config.Settings(anonymized_telemetry=False))
    store = Chroma.from_documents(list(chunks), embedding, client=client, collection_name=f"chunks-{uuid4()}")
    return store.as_retriever(search_kwargs={"k": depth})


def _bm25(chunks: Sequence[Document], depth: int, *, words: Callable[[str], list[str]] = str.split) -> BaseRetriever:
    with warnings.catch_warnings():
        # The package says at import that it is no longer kept up; what is taught still uses it.
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_community.retrievers import BM25Retriever
    return BM25Retriever.from_documents(chunks, preprocess_func=words, k=depth)


def _ensemble(words: BaseRetriever, dense: BaseRetriever) -> BaseRetriever:
    from langchain_classic.retrievers import EnsembleRetriever

    return EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])


def _finder(retriever: BaseRetriever, depth: int) -> Find:
    def find(words: str) -> list[Slice]:
        return [_slice(chunk) for chunk in retriever.invoke(words)[:depth]]

    return find


def _slice(chunk: Document) -> Slice:
    start = int(chunk.metadata["start_index"])
    return Slice(chunk.metadata["article"], start, start + len(chunk.page_content))


def _folded_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
