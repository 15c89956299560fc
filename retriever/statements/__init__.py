"""Articles in, statements out: who said what, to whom, when, and where it stands."""

from retriever.statements.finding import Finder

__all__ = ["Finder"]
