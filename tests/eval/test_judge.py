"""A chat model's verdicts are kept, counted and held against labels by hand; what it does not say is never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from eval import judge
from eval.cases import Case
from eval.judging.agreement import agreement, kappa
from eval.judging.answers import JudgingError, labelled, of_run
from eval.judging.asking import parsed, verdicts
from eval.report import record
from eval.scoring import score
from prompts.loading import prompt
from service.chatmodel.failures import Called, ModelTimeout
from service.chatmodel.model import Model
from service.chatmodel.provider import Wanted
from service.records import Answer, Citation, Writing

RIGHT, WRONG = '{"right": true, "why": "it says so"}', '{"right": false, "why": "it does not"}'
CASES = (
    Case("q1", "who", "Who painted the pier?", (("Ada Quist", "Quist"), ("green",))),
    Case("q2", "who", "Who sank the buoy?", unanswerable=True),
    Case("q3", "when", "When did the mill burn?", (("1911",),)),
)
SAID = ("Ada Quist painted it green.[1]", "Nobody says.", "In 1912.[1]")


class Asked:
    """A chat model of LangChain's that replies with these, one a question; ``count`` says how many it was asked."""

    def __init__(self, *replies: str, name: str = "openai:other") -> None:
        self.count, self.wanted = 0, Wanted(model="openai:none")
        self.name, self._replies = name, iter(replies)

    def __call__(self, wanted: Wanted) -> Asked:
        self.wanted = wanted
        return self

    def whole(self, messages: Any) -> str:
        self.count += 1
        chat = GenericFakeChatModel(messages=iter([AIMessage(next(self._replies))]))
        return Model(Called(name="fake:judge"), lambda *_: chat, reply=40).whole(messages)


def run(folder: Path, *, writer: str | None = None) -> Path:
    """As eval.run leaves it: two right by the rules, one wrong."""
    cited = Citation(1, "pier.txt", "The pier", "Quay Post", None, None, None, "p", 0, 3, "Ada")
    folder.mkdir()
    lines = []
    for case, text in zip(CASES, SAID, strict=True):
        declined = case.unanswerable
        answer = Answer(
            case.id, case.question, text, declined, "not_said" if declined else None, 0.5, (),
            () if declined else (cited,), "model" if writer else "extractive",
            writing=Writing(writer, ()) if writer else None,
        )  # fmt: skip
        scored = score(case, answer, seconds=0.1, ranked=[], texts={"pier.txt": "Ada"})
        lines.append(json.dumps(record(scored), default=str) + "\n")
    (folder / "records.jsonl").write_text("".join(lines), "utf-8")
    return folder


def labels(path: Path, rights: list[bool]) -> Path:
    rows = [
        {"id": f"l{n}", "question": "Q?", "gold": "g", "answer": f"a{n}", "evidence": "", "right": right, "why": "w"}
        for n, right in enumerate(rights)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return run(tmp_path / "run")


def judged(folder: Path, model: Asked, *options: str) -> int:
    return judge.main([str(folder), "--model", "openai:other", *options], opening=model)


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "judged.jsonl").read_text("utf-8").splitlines()]


def test_shares_by_judge_and_by_rules_stand_side_by_side_with_where_they_differ(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(folder, Asked(RIGHT, WRONG, WRONG)) == 0
    told = capsys.readouterr().out
    assert "| by judge | 0.333" in told
    assert "| by rules | 0.667" in told
    assert "| agreement with the rules | 0.667" in told
    assert "### Where they differ (1)" in told
    assert "**q2** Who sank the buoy?" in told
    assert "rules: right; judge: wrong, it does not" in told
    assert "has not been checked against labels" in told
    assert (folder / "judged.md").read_text("utf-8") == told


def test_verdicts_are_kept_with_model_prompt_and_temperature(folder: Path) -> None:
    model = Asked(RIGHT, RIGHT, RIGHT)
    judged(folder, model)
    identity = prompt("judge").identity
    assert [row["id"] for row in kept(folder)] == ["q1", "q2", "q3"]
    assert {(row["model"], row["prompt"], row["temperature"]) for row in kept(folder)} == {
        ("openai:other", identity, 0)
    }
    assert model.wanted.model == "openai:other"


def test_what_was_judged_is_not_asked_again_unless_something_differs(folder: Path) -> None:
    judged(folder, Asked(RIGHT, RIGHT, RIGHT))
    again = Asked()
    assert judged(folder, again) == 0
    assert again.count == 0
    another = Asked(WRONG, WRONG, WRONG, name="openai:another")
    assert judged(folder, another) == 0
    assert another.count == 3


def test_after_an_interruption_it_goes_on_where_it_was(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Fails(Asked):
        def whole(self, messages: Any) -> str:
            if self.count == 2:
                raise ModelTimeout("it took too long", thing="chat model", value="openai:other", remedy="Ask again.")
            return super().whole(messages)

    assert judged(folder, Fails(RIGHT, RIGHT)) == 1
    assert "it took too long" in capsys.readouterr().err
    with (folder / "judged.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "q3", "ri')  # cut off
    rest = Asked(WRONG)
    assert judged(folder, rest) == 0
    assert rest.count == 1


def test_the_judge_is_shown_question_gold_answer_and_evidence_and_is_told_what_declining_is(folder: Path) -> None:
    shown = {each.id: each for each in of_run(folder).answers}
    assert shown["q1"].gold == "Ada Quist / Quist\ngreen"
    assert shown["q1"].evidence == "[1] Quay Post, The pier: Ada"
    assert shown["q2"].gold == "not in the documents"
    assert shown["q2"].evidence == "(nothing is cited)"


@pytest.mark.parametrize(
    "reply",
    [
        "The answer is right.",
        "true",
        '{"right": "true"}',
        '{"right": 1}',
        '{"why": "no verdict"}',
        f"{RIGHT} or {WRONG}",
        '{"right": true',
        "",
    ],
)
def test_a_reply_that_is_no_verdict_is_none(reply: str) -> None:
    assert parsed(reply) == (None, "")


@pytest.mark.parametrize("reply", [RIGHT, f"```json\n{RIGHT}\n```", f"Verdict: {RIGHT}\n"])
def test_a_verdict_is_read_whatever_stands_around_it(reply: str) -> None:
    assert parsed(reply) == (True, "it says so")


def test_unreadable_replies_are_counted_and_count_on_no_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged(folder, Asked(RIGHT, "I cannot say.", WRONG))
    told = capsys.readouterr().out
    assert "Over the 2 answers on which a verdict could be read; 1 could not" in told
    assert "| by judge | 0.500" in told
    assert "**q2** I cannot say." in told


def test_a_reply_without_end_or_without_words_cannot_be_read_either(folder: Path) -> None:
    judged(folder, Asked(RIGHT, "on and on " * 200, " "))
    assert [row["right"] for row in kept(folder)] == [True, None, None]


def test_a_judge_that_agrees_with_the_labels_may_be_believed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = [True, False] * 15
    replies = [RIGHT if right else WRONG for right in known] + [RIGHT, RIGHT, WRONG]
    assert judged(folder, Asked(*replies), "--labels", str(labels(tmp_path / "labels.jsonl", known))) == 0
    told = capsys.readouterr().out
    assert "| agreement with the labels | 1.000" in told
    assert "| Cohen's kappa | 1.000" in told
    assert "Nothing here speaks against believing it." in told


def test_a_judge_that_calls_everything_right_is_not_to_be_believed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = [True, True, True, False] * 5
    assert judged(folder, Asked(*[RIGHT] * 23), "--labels", str(labels(tmp_path / "labels.jsonl", known))) == 1
    told = capsys.readouterr().out
    assert "This judge is not to be believed:" in told
    assert "| recall of “wrong” | 0.000" in told
    assert "| precision of “wrong” | – |" in told
    assert "Cohen's kappa is 0.00" in told


def test_a_judge_can_be_checked_before_there_is_a_run(tmp_path: Path) -> None:
    known = labels(tmp_path / "labels.jsonl", [True, False] * 12)
    model = Asked(*[RIGHT, WRONG] * 12)
    assert judged(tmp_path / "new", model, "--labels", str(known)) == 0
    assert model.count == 24


def test_no_model_judges_its_own_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = run(tmp_path / "own", writer="openai:other")
    assert judged(own, Asked(RIGHT)) == 1
    assert "it wrote answers of this run" in capsys.readouterr().err


def test_what_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(tmp_path / "none", Asked()) == 1
    assert "eval.run --out" in capsys.readouterr().err
    for text, problem in (("{", "line 1"), ('{"id": "a"}', "question"), ("", "no label")):
        (tmp_path / "labels.jsonl").write_text(text, "utf-8")
        with pytest.raises(JudgingError, match=problem):
            labelled(tmp_path / "labels.jsonl")
    with pytest.raises(SystemExit) as ended:
        judge.main([str(tmp_path), "--model", "nobody"])
    assert ended.value.code == 2


# ---- figures, by hand


def test_kappa_is_agreement_beyond_chance() -> None:
    """Of 10: both right 4, both wrong 3, 2 and 1 apart: 0.7 observed; by chance 0.6 x 0.5 + 0.4 x 0.5 = 0.5."""
    pairs = [(True, True)] * 4 + [(False, False)] * 3 + [(True, False)] * 2 + [(False, True)]
    assert kappa(pairs) == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa([(True, True)] * 5) is None
    assert kappa([(True, False), (False, True)]) == pytest.approx(-1)
    assert kappa([]) is None


def test_precision_and_recall_are_those_of_calling_an_answer_wrong() -> None:
    said = [False, False, False, True, True, None]
    known = [False, False, True, False, True, True]
    found = agreement(said, known)
    assert (found.n, found.unreadable) == (5, 1)
    assert found.agreed is not None
    assert found.agreed.mean == pytest.approx(3 / 5)
    assert found.wrong_precision is not None
    assert found.wrong_precision.mean == pytest.approx(2 / 3)
    assert found.wrong_recall is not None
    assert found.wrong_recall.mean == pytest.approx(2 / 3)
    assert found.doubts


def test_too_few_readable_replies_are_a_doubt_of_their_own() -> None:
    known = [True, False] * 20
    said: list[bool | None] = [*known]
    assert agreement(said, known).doubts == ()
    (doubt,) = agreement([*said, *[None] * 10], [*known, *[True] * 10]).doubts
    assert "can be read" in doubt


def test_nothing_judged_is_doubted() -> None:
    nothing = agreement([], [])
    assert nothing.agreed is None
    assert nothing.doubts


# ---- the project's own labels


def test_the_projects_labels_are_enough_of_both_sorts_and_each_gives_its_reason() -> None:
    known = labelled(judge.LABELS)
    rows = [json.loads(line) for line in judge.LABELS.read_text("utf-8").splitlines()]
    assert len(known) >= 60
    assert 0.35 <= sum(each.right for each in known) / len(known) <= 0.65
    assert all(len(row["why"].split()) >= 1 for row in rows)


def test_the_labels_fill_the_prompt(tmp_path: Path) -> None:
    told = list(verdicts(labelled(judge.LABELS)[:2], Asked(RIGHT, WRONG), prompt("judge"), tmp_path / "judged.jsonl"))
    assert [each.right for each in told] == [True, False]
