"""Passages' vectors go in, the nearest passages to a text come out: Chroma in process, through langchain-chroma."""

from retriever.vectors.index import Embedding, Row, Vectors

__all__ = ["Embedding", "Row", "Vectors"]
