"""Articles, passages, words and conversations, kept in one SQLite file: the truth of an index folder."""

from retriever.catalogue.catalogue import Catalogue
from retriever.catalogue.conversations import Conversations
from retriever.catalogue.records import (
    Entry,
    EntryPage,
    Person,
    Standing,
    StatementChoice,
    StatementEntry,
    StatementPage,
)
from retriever.catalogue.statements import StatementRows
from retriever.catalogue.words import fold, tokens

__all__ = [
    "Catalogue",
    "Conversations",
    "Entry",
    "EntryPage",
    "Person",
    "Standing",
    "StatementChoice",
    "StatementEntry",
    "StatementPage",
    "StatementRows",
    "fold",
    "tokens",
]
