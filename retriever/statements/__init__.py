"""Articles in, statements out: who said what, to whom, when, and where it stands."""

from retriever.statements.finding import Finder
from retriever.statements.placing import place_of

__all__ = ["Finder", "place_of"]
