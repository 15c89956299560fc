"""Texts go in, vectors come out: the packaged all-MiniLM-L6-v2, named by the hash of its weights."""

from retriever.embedding.minilm import DIMENSIONS, MiniLM

__all__ = ["DIMENSIONS", "MiniLM"]
