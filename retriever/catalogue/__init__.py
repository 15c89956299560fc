"""Articles, passages, words and conversations, kept in one SQLite file: the truth of an index folder."""

from retriever.catalogue.catalogue import Catalogue
from retriever.catalogue.conversations import Conversations
from retriever.catalogue.records import Entry, EntryPage, Standing
from retriever.catalogue.words import fold, tokens

__all__ = ["Catalogue", "Conversations", "Entry", "EntryPage", "Standing", "fold", "tokens"]
