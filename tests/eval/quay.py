"""A small archive with its statements, written by hand, of which questions are made; nothing is embedded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from retriever.catalogue import Catalogue
from retriever.records import Article, Statement, When
from retriever.splitting import passages

FERRY = (
    "Harbour Master Lena Brandt said on Monday that the ferry terminal would close for repairs before the winter "
    "storms arrive. “Nobody who sails in November will miss the old jetty,” Brandt said. Tomas Vik, who runs the fish "
    "market, said the council had promised new cranes for the northern quay. An aide to Vik said that the lease of the "
    "ice house would be sold to a brewery."
)
TREATY = (
    "Prime Minister Oda Kenji told Marta Silva that the harbour treaty should protect the spawning grounds off Cape "
    "Tern.\n\nSilva warned that the harbour treaty had never been signed by the smaller islands."
)
TALK = "MS ROSSI: The observatory on Mount Calder needs a second mirror and four more engineers.\n\nMR LUND: Indeed."
BAND = "“The brass band will play at every launch next spring,” said Ines Falk, a conductor from Port Alder."


def said(id_: str, text: str, who: tuple[str, str, str], words: str, **fields: Any) -> Statement:
    """``who``: resolved, as named there, cue."""
    speaker, named, cue = who
    start = text.index(words)
    low = min(start, text.rindex(named, 0, start) if named in text[:start] else text.index(named, start))
    high = max(start + len(words), text.find(named, start) + len(named))
    end = high if named not in text[low:start] else start + len(words)
    given: dict[str, Any] = {
        "role": None, "kind": "direct" if words.startswith("“") or not cue else "indirect", "addressee": None,
        "said_on": None, "via": (), "speech": True, **fields,
    }  # fmt: skip
    return Statement(
        f"{id_}:{start}", id_, speaker, named, cue=cue, content=words, start=low, end=end,
        slices=((start, start + len(words)),), **given,
    )  # fmt: skip


def on(day: date, text: str) -> When:
    return When(day, day, "weekday" if text else "day", "publication", text, 0, len(text))


MONDAY = date(2023, 5, 1)
ARTICLES = (
    Article("ferry.txt", FERRY, title="Ferry", published=date(2023, 5, 2)),
    Article("treaty.txt", TREATY, title="Treaty", published=date(2022, 3, 9)),
    Article("talk.txt", TALK, title="Talk", published=date(2021, 8, 14)),
    Article("band.txt", BAND, title="Band", published=date(2020, 1, 20)),
)
STATEMENTS = (
    said(
        "ferry.txt", FERRY, ("Lena Brandt", "Harbour Master Lena Brandt", "said"),
        "that the ferry terminal would close for repairs before the winter storms arrive",
        said_on=on(MONDAY, "on Monday"), role="Harbour Master",
    ),
    said("ferry.txt", FERRY, ("Lena Brandt", "Brandt", "said"),
         "“Nobody who sails in November will miss the old jetty,”"),
    said("ferry.txt", FERRY, ("Tomas Vik", "Tomas Vik, who runs the fish market,", "said"),
         "the council had promised new cranes for the northern quay", role="who runs the fish market"),
    said("ferry.txt", FERRY, ("Tomas Vik", "An aide to Vik", "said"),
         "that the lease of the ice house would be sold to a brewery"),
    said("treaty.txt", TREATY, ("Oda Kenji", "Prime Minister Oda Kenji", "told"),
         "that the harbour treaty should protect the spawning grounds off Cape Tern",
         addressee="Marta Silva", role="Prime Minister", said_on=on(date(2022, 3, 9), "")),
    said("treaty.txt", TREATY, ("Marta Silva", "Silva", "warned"),
         "that the harbour treaty had never been signed by the smaller islands"),
    said("talk.txt", TALK, ("Rossi", "MS ROSSI", ""),
         "The observatory on Mount Calder needs a second mirror and four more engineers.",
         said_on=on(date(2021, 8, 14), "")),
    said("band.txt", BAND, ("Ines Falk", "Ines Falk, a conductor from Port Alder", "said"),
         "“The brass band will play at every launch next spring,”", role="a conductor from Port Alder"),
)  # fmt: skip


def filled(
    folder: Path, articles: tuple[Article, ...] = ARTICLES, statements: tuple[Statement, ...] = STATEMENTS
) -> Path:
    catalogue = Catalogue(folder)
    for one in articles:
        catalogue.put(one, passages(one))
    catalogue.mark_ready([one.id for one in articles])
    for one in articles:
        catalogue.statements.put(one.id, [each for each in statements if each.article_id == one.id], "test")
    catalogue.close()
    return folder
