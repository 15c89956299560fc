import json
from pathlib import Path

import pytest

from eval.cases import BadQuestionsError, digest, load
from service.records import Turn

WHO = {"id": "a", "kind": "who", "question": "Who called?", "answer": [["Mao Ning", "Mao"]]}


def written(folder: Path, *lines: object, name: str = "questions.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_line_becomes_a_case_with_its_history_and_evidence_and_foreign_keys_are_left_alone(tmp_path: Path) -> None:
    line = {
        **WHO,
        "history": [{"role": "user", "content": "Who spoke?"}],
        "forbid": ["Wang"],
        "evidence": [{"document": "d.txt", "text": "Mao Ning called"}, {"document": "e", "text": "so", "grade": 3}],
        "really": "Wang Yi",
        "set": "dev",
        "note": 3,
    }
    (case,) = load([written(tmp_path, line)])
    assert case.answer == (("Mao Ning", "Mao"),)
    assert case.history == (Turn("user", "Who spoke?"),)
    assert (case.evidence[0].document, case.evidence[0].text) == ("d.txt", "Mao Ning called")
    assert [each.grade for each in case.evidence] == [1, 3]
    assert case.forbid == ("Wang",)
    assert case.really == "Wang Yi"


@pytest.mark.parametrize(("kind", "limit"), [("who", 50), ("when", 50), ("howlong", 50), ("what", 80), ("list", 80)])
def test_the_word_limit_follows_the_kind_unless_the_case_gives_one(tmp_path: Path, kind: str, limit: int) -> None:
    usual, own = load([written(tmp_path, {**WHO, "kind": kind}, {**WHO, "id": "b", "kind": kind, "max_words": 7})])
    assert (usual.max_words, own.max_words) == (limit, 7)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a",', "is not JSON"),
        ("[1]", "[1]"),
        ({**WHO, "question": ""}, "question"),
        ({**WHO, "question": "x" * 2001}, "question"),
        ({**WHO, "answer": "Mao"}, '"Mao"'),
        ({**WHO, "answer": []}, "answer must list"),
        ({**WHO, "answer": [[]]}, "answer must list"),
        ({**WHO, "unanswerable": True}, "unanswerable, yet it has an answer"),
        ({**WHO, "max_words": 0}, "max_words"),
        ({**WHO, "history": [{"role": "system", "content": "x"}]}, "history.0"),
        ({**WHO, "evidence": [{"document": "d"}]}, "evidence.0"),
        ({**WHO, "evidence": [{"document": "d", "text": "so", "grade": 0}]}, "evidence.0.grade"),
        ({"kind": "who"}, "id"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_value(tmp_path: Path, line: object, said: str) -> None:
    path = written(tmp_path, {**WHO, "id": "good"}, "", line)
    with pytest.raises(BadQuestionsError) as caught:
        load([path])
    assert f"{path}:3: " in str(caught.value)
    assert said in str(caught.value)


def test_an_id_used_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    one, two = written(tmp_path, WHO, name="one.jsonl"), written(tmp_path, WHO, name="two.jsonl")
    with pytest.raises(BadQuestionsError, match=r"two\.jsonl:1.*one\.jsonl:1"):
        load([one, two])


def test_a_missing_empty_or_mis_encoded_file_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("é".encode("latin-1"))
    for path, said in (
        (tmp_path / "none.jsonl", "No such file"),
        (written(tmp_path, ""), "no question"),
        (latin, "UTF-8"),
    ):
        with pytest.raises(BadQuestionsError, match=said) as caught:
            load([path])
        assert str(path) in str(caught.value)


def test_the_digest_changes_with_any_character(tmp_path: Path) -> None:
    one, two = written(tmp_path, WHO, name="1"), written(tmp_path, {**WHO, "kind": "what"}, name="2")
    assert digest([one]) != digest([two])
    assert digest([one]) == digest([written(tmp_path, WHO, name="3")])
