"""Questions that quote a statement ask for what the annotation says."""

from __future__ import annotations

from pathlib import Path

from eval.quoting import made
from retriever.catalogue import Catalogue
from retriever.records import Article
from retriever.splitting import passages

TEXT = "On Monday Lena Brandt said that the old harbour wall will be torn down before the winter storms. Others left."
CONTENT = TEXT.index("the old"), TEXT.index(" Others") - 1


def _gold(**fields: object) -> list[dict[str, object]]:
    day = {"from": "2023-05-01", "to": "2023-05-01"}
    one = {"content": [CONTENT], "speech": True, "person": "Lena Brandt", "said_on": day, **fields}
    return [{"id": "wall.txt", "statements": [one]}]


def _catalogue(folder: Path) -> Catalogue:
    catalogue = Catalogue(folder)
    article = Article("wall.txt", TEXT)
    catalogue.put(article, passages(article))
    catalogue.mark_ready(["wall.txt"])
    return catalogue


def test_a_statement_is_asked_for_by_its_own_words(tmp_path: Path) -> None:
    found = {each["kind"]: each for each in made(_gold(), _catalogue(tmp_path))}
    assert found["who"]["answer"] == [["Lena Brandt", "Lena", "Brandt"]]
    assert found["when"]["answer"] == [["May 1, 2023", "2023-05-01"]]
    for each in found.values():
        quoted = each["question"].split("“")[1].split("”")[0]
        assert quoted in TEXT[slice(*CONTENT)]
        assert 6 <= len(quoted.split()) <= 14
        assert each["evidence"] == [{"document": "wall.txt", "start": CONTENT[0], "end": CONTENT[1]}]


def test_what_nobody_named_said_or_nobody_said_aloud_is_not_asked(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path)
    for fields in ({"person": "a resident"}, {"person": None}, {"speech": False}):
        assert made(_gold(**fields), catalogue) == []


def test_a_day_that_is_not_known_is_not_asked(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path)
    for said_on in (None, {"from": "2023-05-01", "to": "2023-05-03"}, {"from": None, "to": None}):
        assert [each["kind"] for each in made(_gold(said_on=said_on), catalogue)] == ["who"]
