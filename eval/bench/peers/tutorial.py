"""LangChain as its retrieval tutorial puts it together: 1,000 characters with 200 of overlap, Chroma, five slices."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.protocol import MODEL, main, page, read

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

CHUNK, OVERLAP = 1000, 200  # characters


class Tutorial:
    """Recursive splitter, sentence-transformers through langchain-huggingface, Chroma in a folder."""

    def __init__(self) -> None:
        self._model: HuggingFaceEmbeddings | None = None
        self._store: Chroma | None = None

    def warm(self, _folder: Path) -> None:
        self._embedding().embed_query("The first text loads the model.")

    def build(self, articles: Path, folder: Path) -> int:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
        pages = [Document(page_content=page(each), metadata={"article": each["id"]}) for each in read(articles)]
        chunks = splitter.split_documents(pages)
        Chroma.from_documents(chunks, self._embedding(), persist_directory=str(folder))
        return len(chunks)

    def open(self, folder: Path) -> None:
        from langchain_chroma import Chroma

        self._store = Chroma(persist_directory=str(folder), embedding_function=self._embedding())

    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        if self._store is None:
            raise RuntimeError("open an index first")
        found = self._store.similarity_search(words, k=limit)
        return [(each.metadata["article"], each.page_content) for each in found]

    def _embedding(self) -> HuggingFaceEmbeddings:
        from langchain_huggingface import HuggingFaceEmbeddings

        if self._model is None:
            self._model = HuggingFaceEmbeddings(model_name=os.environ[MODEL])
        return self._model


if __name__ == "__main__":
    main({"LangChain tutorial": Tutorial}, sys.argv[1:])
