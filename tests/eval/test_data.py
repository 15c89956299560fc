"""The sample articles and questions of eval/data hold together: what a question relies on is in the articles."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

import pytest

from eval.cases import Case, load

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"
ARTICLES = DATA / "articles"
SETS = [path for name in ("dev", "heldout") if (path := DATA / "questions" / f"{name}.jsonl").exists()]
DERIVED = re.compile(
    r"\d{4}-\d\d-\d\d|(\d{1,2} )?[A-Z][a-z]+\.? (\d{1,2}(, )?)?(\d{4})?|\d+[\w -]*%?"
)  # dates, figures
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def folded(text: str) -> str:
    """Lower case, straight quotes, single spaces: what the scoring of answers folds too."""
    return " ".join(text.translate(QUOTES).lower().split())


def without_front_matter(text: str) -> str:
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def from_html(text: str) -> str:
    text = re.sub(r"(?s)<head>.*?</head>|<(nav|aside|section|header|footer)\b.*?</\1>", " ", text)
    text = text.split('<div class="sidebar">')[0]
    return html.unescape(re.sub(r"<[^>]+>", "", text))


@cache
def bodies() -> dict[str, str]:
    """The body of each article by its id, folded."""
    found: dict[str, str] = {}
    for path in sorted(ARTICLES.rglob("*")):
        if not path.is_file():
            continue
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ARTICLES).as_posix()
        if path.suffix == ".jsonl":
            found |= {line["id"]: line["text"] for line in map(json.loads, text.splitlines())}
        elif path.suffix == ".json":
            article = json.loads(text)
            found[article["id"]] = article["text"]
        elif path.suffix == ".html":
            found[name] = from_html(text)
        else:
            found[name] = without_front_matter(text)
    return {name: folded(body) for name, body in found.items()}


def cases() -> list[Case]:
    return load(SETS)


def lines() -> list[dict[str, object]]:
    return [json.loads(line) for path in SETS for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_there_are_at_least_24_different_articles() -> None:
    assert len(set(bodies().values())) >= 24


def test_there_are_at_least_160_questions_in_two_sets_of_a_fitting_size() -> None:
    dev = load([DATA / "questions" / "dev.jsonl"])
    assert len(dev) >= 90
    if len(SETS) == 2:
        assert len(cases()) >= 160


def test_every_kind_of_question_is_in_each_set() -> None:
    kinds = {"who", "what", "when", "where", "howmany", "howlong", "list", "yesno", "followup", "conflict"}
    for path in SETS:
        assert {case.kind for case in load([path])} >= kinds | {"unanswerable", "nearmiss"}, path.name


def test_a_fifth_of_the_questions_or_so_must_be_declined() -> None:
    for path in SETS:
        asked = load([path])
        assert 0.15 <= sum(case.unanswerable for case in asked) / len(asked) <= 0.3, path.name


def test_ids_say_which_set_a_question_belongs_to() -> None:
    for path in SETS:
        assert all(case.id.startswith(f"{path.stem}-") for case in load([path])), path.name


def test_no_question_is_asked_twice_in_the_same_conversation() -> None:
    asked = [(folded(case.question), tuple(turn.content for turn in case.history)) for case in cases()]
    assert sorted(asked) == sorted(set(asked))


def test_every_article_a_question_names_is_there() -> None:
    named = {place.document for case in cases() for place in case.evidence}
    named |= {str(line["document"]) for line in lines() if "document" in line}
    assert named <= bodies().keys()


@pytest.mark.parametrize("case", [case for case in cases() if case.evidence], ids=lambda case: case.id)
def test_evidence_stands_in_its_article_word_for_word(case: Case) -> None:
    missing = [place for place in case.evidence if folded(place.text) not in bodies()[place.document]]
    assert not missing


@pytest.mark.parametrize("case", [case for case in cases() if case.evidence], ids=lambda case: case.id)
def test_each_part_of_an_answer_is_in_the_evidence_or_follows_from_it(case: Case) -> None:
    """In the evidence's words, or in those of its article, or a date or figure that has to be worked out."""
    told = " ".join(bodies()[place.document] for place in case.evidence)
    for alternatives in case.answer:
        assert any(folded(one) in told or DERIVED.fullmatch(one) for one in alternatives), alternatives


def test_what_can_be_answered_has_evidence_and_what_cannot_has_none() -> None:
    assert [case.id for case in cases() if bool(case.evidence) == case.unanswerable] == []


def test_a_forbidden_word_is_no_answer() -> None:
    for case in cases():
        wanted = {folded(one) for alternatives in case.answer for one in alternatives}
        assert not wanted & {folded(one) for one in case.forbid}, case.id


def test_each_near_miss_says_what_is_really_so_and_where() -> None:
    for line in lines():
        if line["kind"] == "nearmiss":
            assert line.get("really"), line["id"]
            assert line.get("document"), line["id"]


def test_the_copies_are_what_the_readme_says() -> None:
    assert bodies()["reprints/iwaya-beijing.md"] == bodies()["iwaya-beijing.md"]
    first, second = (set(bodies()[name].split()) for name in ("bangkok-summit.md", "setouchi-bangkok-summit.md"))
    assert bodies()["bangkok-summit.md"] != bodies()["setouchi-bangkok-summit.md"]
    assert len(first & second) / len(first | second) > 0.9
