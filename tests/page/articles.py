"""Articles and scripted answers for the page tests: every offset is found in the text, in code points."""

from __future__ import annotations

from typing import Any

TIANJIN_TEXT = """\
TIANJIN \N{DOVE OF PEACE}\N{VARIATION SELECTOR-16} \N{GRINNING FACE}\N{CJK UNIFIED IDEOGRAPH-20000} \
— Two officials sat down on Wednesday for a conversation that lasted about seven hours.

Yang Jiechi told Takeo Akiba that Taiwan is an inalienable part of China. He asked Tokyo to “manage its differences” \
with Beijing.

Akiba, for his part, voiced concern over the missiles that had come down in waters that Japan regards as its own.
The two men agreed that talks at every level should go on.

A researcher in Beijing called the meeting timely.
"""

CALL_TEXT = """\
The foreign ministers of Japan and China spoke by telephone on Thursday, a day after the NATO chief left Tokyo.

Qin Gang asked Japan to handle the release of the treated water openly. Yoshimasa Hayashi called for frank exchanges.
"""

HOSTILE_TITLE = (
    "<img src=x onerror=\"window.ran='title'\"> \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe " + "Donaudampfschifffahrt" * 12
)
HOSTILE_TEXT = (
    "<script>window.ran = 'text'</script>\n\n"
    '"><svg onload="window.ran=\'svg\'">{{7*7}} ${window.ran=1} \N{RIGHT-TO-LEFT OVERRIDE}desrever\n\n'
    + "A" * 4000
    + "\n\nThe spokesman said that <b>nothing</b> was known.\n"
)

LONG_LINE = "Paragraph %05d of a very long transcript in which nothing much is said by anyone about anything at all."
LONG_TEXT = "\n\n".join(LONG_LINE % number for number in range(19_000)) + "\n"  # about 2 MB

ARTICLES: dict[str, dict[str, Any]] = {
    "tianjin-seven-hours.md": {
        "title": "Seven hours in Tianjin",
        "source": "Harbour Wire",
        "author": "Ruadhan Ishii",
        "published": "2022-08-18",
        "url": "https://example.org/tianjin",
        "known": {"title": "front matter", "source": "front matter", "published": "the text: “Updated: Aug 18, 2022”"},
        "text": TIANJIN_TEXT,
    },
    "hayashi-qin-call.html": {
        "title": "First call of the new ministers",
        "source": "Northeast Asia Notebook",
        "author": None,
        "published": None,
        "url": "javascript:window.ran='url'",
        "known": {"title": "HTML title", "source": "og:site_name"},
        "text": CALL_TEXT,
    },
    "odd/hostile <name> & more.txt": {
        "title": HOSTILE_TITLE,
        "source": "<i>Evil</i>\N{RIGHT-TO-LEFT OVERRIDE} Post",
        "author": "x" * 300,
        "published": "2024-02-30",
        "url": None,
        "known": {"title": "<script>window.ran='known'</script>"},
        "text": HOSTILE_TEXT,
    },
    "long.txt": {
        "title": None,
        "source": None,
        "author": None,
        "published": None,
        "url": None,
        "known": {},
        "text": LONG_TEXT,
    },
}


def citation(number: int, document_id: str, quote: str) -> dict[str, Any]:
    """A citation of the place where ``quote`` stands first."""
    article = ARTICLES[document_id]
    start = article["text"].index(quote)
    shown = {name: article[name] for name in ("title", "source", "author", "published", "url")}
    place = {"passage_id": f"{document_id}:{start}", "start": start, "end": start + len(quote), "quote": quote}
    return {"number": number, "document_id": document_id, **shown, **place, "copies": []}


def limit(kind: str, text: str, **more: Any) -> dict[str, Any]:
    """Words of a question that narrow its answer, applied unless ``more`` says otherwise."""
    unknown = {"value": None, "since": None, "until": None, "note": None, "typed": False}
    return {"kind": kind, "text": text, **unknown, "applied": True, **more}


def answer(
    question: str, sentences: list[tuple[str, list[int]]], citations: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """An answer as POST /api/ask gives it, without its id."""
    text = " ".join(words + "".join(f"[{number}]" for number in numbers) for words, numbers in sentences)
    return {
        "question": question,
        "answer": text,
        "declined": False,
        "reason": None,
        "confidence": 0.93,
        "sentences": [{"text": words, "citations": numbers} for words, numbers in sentences],
        "citations": citations,
        "statements": [],
        "conflicts": [],
        "understood": [],
        "sources": {"articles": len({each["document_id"] for each in citations}), "independent": 1},
        "answerer": "extractive",
        "timings_ms": {"search": 12.1, "total": 31.0},
        **more,
    }


WHO = "Who told Akiba that Taiwan is part of China?"
QUOTE = "Yang Jiechi told Takeo Akiba that Taiwan is an inalienable part of China."
ACROSS = TIANJIN_TEXT[TIANJIN_TEXT.index("Akiba, for his part") : TIANJIN_TEXT.index(" should go on.")]
FOLLOW_UP = "And what did he voice concern over?"
UNKNOWN = "Who will win the next election?"
HOSTILE = "Show me the hostile article"
LONG = "What does the long transcript say?"
STALE = "Which citation is out of date?"
NARROWED = "According to Harbour Wire, what did the envoy say last month and in 2022 around noon?"
DISPUTED = "Who spoke of the water?"
NARROWED_FOLLOW_UP = "And in 2022?"
RAPIDLY = "What was said at great length?"
SLOWLY = "What was said, slowly?"  # the word that slows tests/page/scripted.py
NARROWED_ALONE = "What did Takeo Akiba say in 2022?"

_EVIL = "<img src=x onerror=\"window.ran='answer'\"> " + "B" * 500
_YEAR = limit("period", "in 2022", since="2022-01-01", until="2022-12-31")
_AKIBA_SAID = (
    [("Takeo Akiba voiced concern over the missiles.", [1])],
    [citation(1, "tianjin-seven-hours.md", ACROSS)],
)
_ANSWERS = (
    (
        WHO,
        answer(
            WHO,
            [
                ("Yang Jiechi told Takeo Akiba that Taiwan is an inalienable part of China.", [1]),
                ("They agreed to go on talking, and the new ministers later spoke by telephone.", [2, 3]),
            ],
            [
                citation(1, "tianjin-seven-hours.md", QUOTE),
                citation(2, "tianjin-seven-hours.md", ACROSS),
                citation(
                    3,
                    "hayashi-qin-call.html",
                    "Qin Gang asked Japan to handle the release of the treated water openly.",
                ),
            ],
        ),
    ),
    (
        RAPIDLY,
        answer(
            RAPIDLY,
            [(f"Point {number} was made at some length and answered at more.", [1, 2]) for number in range(60)],
            [citation(1, "tianjin-seven-hours.md", QUOTE), citation(2, "tianjin-seven-hours.md", ACROSS)],
        ),
    ),
    (
        SLOWLY,
        answer(
            SLOWLY,
            [("He said one word after the other, and then some more words, " * 5 + "and that was all.", [1])],
            [citation(1, "tianjin-seven-hours.md", QUOTE)],
        ),
    ),
    (
        FOLLOW_UP,
        answer(
            "What did Takeo Akiba voice concern over?",
            [("Takeo Akiba voiced concern over the missiles that came down in waters Japan regards as its own.", [1])],
            [citation(1, "tianjin-seven-hours.md", ACROSS)],
            confidence=0.71,
        ),
    ),
    (HOSTILE, answer(HOSTILE, [(_EVIL, [1])], [citation(1, "odd/hostile <name> & more.txt", HOSTILE_TEXT)])),
    (LONG, answer(LONG, [("Nothing much.", [1])], [citation(1, "long.txt", LONG_LINE % 18_500)])),
    (
        NARROWED,
        answer(
            NARROWED,
            *_AKIBA_SAID,
            confidence=0.42,
            understood=[
                limit("source", "According to Harbour Wire", value="Harbour Wire"),
                limit(
                    "period", "last month", since="2022-08-01", until="2022-08-31", note="counted from the last article"
                ),
                _YEAR,
                limit("speaker", "the envoy", value="Takeo Akiba"),
                limit("period", "around noon", applied=False, note="articles are dated by the day"),
            ],
        ),
    ),
    (NARROWED_FOLLOW_UP, answer(NARROWED_ALONE, *_AKIBA_SAID, understood=[_YEAR])),
    (NARROWED_ALONE, answer(NARROWED_ALONE, *_AKIBA_SAID, understood=[_YEAR])),
    (
        DISPUTED,
        answer(
            DISPUTED,
            [
                ("According to Harbour Wire, the two men agreed that talks should go on.", [1]),
                ("According to Northeast Asia Notebook, Qin Gang asked Japan to handle the release openly.", [2]),
            ],
            [
                {**citation(1, "tianjin-seven-hours.md", ACROSS), "copies": ["copy-1.txt", "copy-2.txt"]},
                citation(2, "hayashi-qin-call.html", "Qin Gang asked Japan to handle the release"),
            ],
            conflicts=[
                {
                    "about": "who spoke of the water",
                    "values": [{"value": "the two men", "citations": [1]}, {"value": "Qin Gang", "citations": [2]}],
                }
            ],
            sources={"articles": 4, "independent": 2},
        ),
    ),
    (
        STALE,
        answer(
            STALE,
            [("This one.", [1])],
            [{**citation(1, "tianjin-seven-hours.md", QUOTE), "quote": "Words that were there before."}],
        ),
    ),
)
ANSWERS = dict(_ANSWERS)


def declined(question: str) -> dict[str, Any]:
    """What every other question gets."""
    nearest = citation(1, "tianjin-seven-hours.md", "A researcher in Beijing called the meeting timely.")
    said = "The articles do not say who will win an election."
    return answer(question, [], [nearest], answer=said, declined=True, reason="nothing_relevant", confidence=0.04)
