"""Statements for the page tests, and the two routes that list them: each stands in an article of ``articles.py``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import FastAPI, Request

from tests.page.articles import ARTICLES, LONG_LINE, QUOTE, WHO

PAGE = 200  # the most on one page, so that the page has to follow the cursor
TIANJIN = "tianjin-seven-hours.md"
CALL = "hayashi-qin-call.html"
EVIL = "odd/hostile <name> & more.txt"
CONCERN = "voiced concern over the missiles that had come down in waters that Japan regards as its own"
FORMULA = '=HYPERLINK("x","y") <b>\N{RIGHT-TO-LEFT OVERRIDE}Ada</b>'
BUSY = "Mira Okonkwo"  # who said a lot
DAYS = 24  # on so many days
A_DAY = 12  # so much


def said_on(
    first: str | None, last: str | None = None, *, basis: str = "publication", text: str = ""
) -> dict[str, Any]:
    """When it was said."""
    precision = "day" if first == last else "range"
    return {"from": first, "to": last or first, "precision": precision, "basis": basis, "text": text}


def statement(document_id: str, place: str, content: str, speaker: str | None, **more: Any) -> dict[str, Any]:
    """One statement that stands at ``place`` in its article; indirect and undated unless ``more`` says otherwise."""
    article = ARTICLES[document_id]
    start = article["text"].index(place)
    return {
        "id": f"{document_id}:{start}:{content[:12]}",
        "speaker": speaker,
        "speaker_text": speaker or "",
        "role": None,
        "cue": "said",
        "content": content,
        "kind": "indirect",
        "addressee": None,
        "said_on": None,
        "via": [],
        "document_id": document_id,
        "start": start,
        "end": start + len(place),
        "slices": [],
        "speech": True,
        **{name: article[name] for name in ("title", "source", "published")},
        **more,
    }


TAIWAN = statement(
    TIANJIN,
    QUOTE,
    "that Taiwan is an inalienable part of China",
    "Yang Jiechi",
    role="foreign policy chief",
    addressee="Takeo Akiba",
    said_on=said_on("2022-08-17", text="on Wednesday"),
)
_MISSILES = statement(
    TIANJIN, f"Akiba, for his part, {CONCERN}", CONCERN, "Takeo Akiba", said_on=said_on("2022-08-15", "2022-08-21")
)
_WATER = statement(
    CALL,
    "Qin Gang asked Japan to handle the release of the treated water openly.",
    "to handle the release of the treated water openly",
    "Qin Gang",
    kind="mixed",
    said_on=said_on(None, basis="none", text="on Thursday"),
)
_EVIL = statement(
    EVIL,
    "The spokesman said that <b>nothing</b> was known.",
    '<b>"nothing"</b> was known,\nat all',
    FORMULA,
    kind="direct",
    said_on=said_on("2022-08-20", basis="text", text="on 20 August"),
)
_NOBODY = statement(CALL, "Yoshimasa Hayashi called for frank exchanges.", "frank exchanges", None, speaker_text="he")


def _many() -> list[dict[str, Any]]:
    found = []
    for number in range(DAYS * A_DAY):
        day = (date(2022, 7, 1) + timedelta(days=number // A_DAY * 2)).isoformat()
        line = LONG_LINE % number
        found.append(statement("long.txt", line, line[:40], BUSY, kind="direct", said_on=said_on(day)))
    return found


FEW = [TAIWAN, _MISSILES, _WATER, _EVIL, _NOBODY]
STATEMENTS = sorted([*FEW, *_many()], key=lambda each: (each["said_on"] or {}).get("from") or "~")
BARE = ("title", "source", "published")  # which an answer's own statements lack
SAID_IN = {WHO: [{name: value for name, value in TAIWAN.items() if name not in BARE}]}


def statement_routes(app: FastAPI, statements: list[dict[str, Any]]) -> None:
    """GET /api/statements and /api/speakers over ``statements``, which may change meanwhile."""

    @app.get("/api/statements")
    def listing(request: Request) -> dict[str, Any]:
        asked = request.query_params
        speaker, about, source, since = (asked.get(name, "") for name in ("speaker", "about", "source", "since"))
        cursor = int(asked.get("cursor", "0"))
        found = [
            each
            for each in statements
            if speaker.lower() in (each["speaker"] or "").lower()
            and about.lower() in each["content"].lower()
            and source in ("", each["source"])
            and (not since or ((each["said_on"] or {}).get("to") or "") >= since)
        ]
        end = cursor + min(int(asked.get("limit", "50")), PAGE)
        following = str(end) if end < len(found) else None
        return {"statements": found[cursor:end], "total": len(found), "next_cursor": following}

    @app.get("/api/speakers")
    def speakers() -> dict[str, Any]:
        names = {each["speaker"]: 1 for each in statements if each["speaker"]}
        return {"speakers": [{"name": name, "named": True} for name in names], "total": len(names)}
