"""LlamaIndex with what it does where nothing is said: 1,024 tokens with 20 of overlap, its own store in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.bench.protocol import MODEL, main, page, read

if TYPE_CHECKING:
    from llama_index.core.indices.base import BaseIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding


class LlamaIndex:
    """A VectorStoreIndex of whole pages, which is split by the library."""

    def __init__(self) -> None:
        self._model: HuggingFaceEmbedding | None = None
        self._index: BaseIndex | None = None  # type: ignore[type-arg,unused-ignore]

    def warm(self, _folder: Path) -> None:
        self._embedding().get_text_embedding("The first text loads the model.")

    def build(self, articles: Path, folder: Path) -> int:
        from llama_index.core import Document, VectorStoreIndex

        pages = [Document(text=page(each), id_=each["id"]) for each in read(articles)]
        index = VectorStoreIndex.from_documents(pages, embed_model=self._embedding())
        index.storage_context.persist(str(folder))
        return len(index.docstore.docs)

    def open(self, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage

        kept = StorageContext.from_defaults(persist_dir=str(folder))
        self._index = load_index_from_storage(kept, embed_model=self._embedding())

    def find(self, words: str, limit: int) -> Sequence[tuple[str, str]]:
        if self._index is None:
            raise RuntimeError("open an index first")
        found = self._index.as_retriever(similarity_top_k=limit).retrieve(words)
        return [(str(each.node.ref_doc_id), each.node.get_content()) for each in found]

    def _embedding(self) -> HuggingFaceEmbedding:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        if self._model is None:
            self._model = HuggingFaceEmbedding(model_name=os.environ[MODEL])
        return self._model


if __name__ == "__main__":
    main({"LlamaIndex": LlamaIndex}, sys.argv[1:])
