"""What a question asks for: the kind of answer, whose words, which words, and what it means in its conversation."""

from __future__ import annotations

import pytest

from service.question.asking import for_all, understand
from service.records import Question, Turn

KINDS = """
who     | Who said that the pier must close?
who     | Whom did the mayor thank?
who     | Whose lamp burned down?
who     | Which minister opened the strait?
who     | By whom was the ferry described as a ruin?
who     | And who disagreed?
who     | According to whom is the pier old?
who     | Who asked “When will you leave?”
who     | Who will open the bridge in May?
what    | What did the mayor say about the pier?
what    | What does the agreement give to crews?
what    | Why did the ferry stop?
what    | How did growers react?
what    | What is the pier made of?
what    | What was the reason for the delay?
what    | Which mistake did Vik regret?
what    | Tell me about the pier.
when    | When did the boats return?
when    | On what date did the talks begin?
when    | In which year was the company founded?
when    | Since when has the ferry sailed?
when    | What day was the lamp lit?
when    | In what month will the strait open?
when    | So when does the pier close?
when    | When did “Who knows where” become a song?
where   | Where did Moe speak to reporters?
where   | In which town did the talks take place?
where   | To what country did the boats sail?
where   | Which city hosted the meeting?
howmany | How many boats returned?
howmany | How much would repairs cost?
howmany | What percentage of growers agreed?
howmany | How old is the pier?
howmany | At what price was the ferry sold?
howlong | How long did the talks last?
howlong | For how many years has the company carried passengers?
howlong | How many hours did the storm rage?
list    | Which ministers spoke?
list    | Who else spoke?
list    | Name the towns on the coast.
list    | Which two towns were flooded?
list    | Who were the speakers?
yesno   | Did the mayor resign?
yesno   | Is the pier made of gold?
yesno   | Will the quotas be discussed?
"""


@pytest.mark.parametrize(
    ("kind", "question"), [[part.strip() for part in line.split("|")] for line in KINDS.strip().splitlines()]
)
def test_the_kind_of_answer_is_read_from_the_question(kind: str, question: str) -> None:
    assert understand(Question(question)).kind == kind
    assert understand(Question(f"  {question.lower()}  ")).kind == kind


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Lena Brandt say about herring?", "Lena Brandt"),
        ("When did Vik first say so?", "Vik"),
        ("Which concern did Vik express?", "Vik"),
        ("What has Élise Roux promised?", "Élise Roux"),
        ("How did Ōta describe the lamp?", "Ōta"),
        ("Why did McBride warn growers?", "McBride"),
        ("what did tomas vik say?", "tomas vik"),
        ("What did Vik say about “what Brandt said”?", "Vik"),
        ("To whom did Brandt say “the pier is old”?", "Brandt"),
        ("On what occasion did Lena Brandt say that the pier is old?", "Lena Brandt"),
        ("Whom has Brandt told that the pier is old?", "Brandt"),
        ("On what was the pier built?", None),
        ("Who said so?", None),
        ("Who told Vik that the pier is old?", None),
        ("What is the pier made of?", None),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str | None) -> None:
    assert understand(Question(question)).speaker == speaker


@pytest.mark.parametrize(
    ("question", "speech"),
    [
        ("Who said that the pier is old?", True),
        ("According to Vik, what is old?", True),
        ("By whom was the ferry described as a ruin?", True),
        ("How long did the talks last?", False),
        ("Who lit the lamp that “said hello”?", False),
    ],
)
def test_whether_a_statement_is_asked_about(question: str, speech: bool) -> None:
    assert understand(Question(question)).speech is speech


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Who said that the pier is older than the town?", "the pier is older than the town"),
        ("Who told Vik that the pier must close before winter?", "the pier must close before winter"),
        ("Which minister argued publicly that the strait must open?", "the strait must open"),
        ("When did Moe warn that it may fall!?", "it may fall"),
        ("Who said\nthat the pier\nis old?  ", "the pier\nis old"),
        ("Who said the pier is old?", ""),
        ("Who said “the pier is old” and that it must go?", ""),
        ("What did Vik say about that?", ""),
        ("What did Vik say about that pier?", ""),
        ("Who owns the pier that burned?", ""),
        ("What did Vik say?", ""),
    ],
)
def test_what_is_said_to_have_been_said_is_read_without_marks(question: str, claim: str) -> None:
    assert understand(Question(question)).claim == claim


@pytest.mark.parametrize(
    ("question", "partners"),
    [
        ("What did Vik tell Brandt about the pier?", ("Brandt",)),
        ("Who told Brandt that the pier is old?", ("Brandt",)),
        ("When did Vik meet with Lena Brandt and Élise Roux in Sandvik?", ("Lena Brandt", "Élise Roux")),
        ("What did Vik ask Brandt and Roux to do?", ("Brandt", "Roux")),
        ("Who spoke with Lena Brandt, the minister, in Sandvik?", ("Lena Brandt",)),
        ("What was agreed in talks with Aiko Ōta on Monday?", ("Aiko Ōta",)),
        ("Which minister held a meeting with Olav Dahl during the storm?", ("Olav Dahl",)),
        ("When did Brandt confer with Foreign Minister Roux?", ("Foreign Minister Roux",)),
        ("Why did Vik warn Brandt not to close the pier?", ("Brandt",)),
        ("Who urged Norway to open the strait?", ("Norway",)),
        ("What did Vik say in Sandvik?", ()),
        ("Who told reporters that Brandt is late?", ()),
        ("Why did Vik say “tell Brandt that it is late”?", ()),
        ("What was asked of the “Brandt” ferry?", ()),
        ("Who is Lena Brandt?", ()),
        ("What did she tell him?", ()),
    ],
)
def test_whom_somebody_is_said_to_have_told_or_met(question: str, partners: tuple[str, ...]) -> None:
    assert understand(Question(question)).partners == partners


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "''{}''", "«{}»", "„{}“", "‘{}’", "'{}'"])
def test_quoted_words_are_read_from_marks_of_every_kind(marks: str) -> None:
    asked = understand(Question(f"Why did Brandt say {marks.format('Roux is older than the town')} on Monday?"))
    assert asked.quoted == ("Roux is older than the town",)
    assert asked.speaker == "Brandt"
    assert "Roux" not in " ".join(asked.names)


def test_apostrophes_quote_nothing() -> None:
    for question in ("Is the mayor's pier the growers' pride?", "Isn’t the mayor’s pier the growers’ pride?"):
        assert understand(Question(question)).quoted == ()


def test_several_quotations_are_kept_in_order() -> None:
    asked = understand(Question("Who said “the pier is old” and “the ferry is late”?"))
    assert asked.quoted == ("the pier is old", "the ferry is late")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Where did Tomas Vik meet Élise Roux?", ("Tomas Vik", "Élise Roux")),
        ("Is Aiko Ōta's lamp in Sandvik?", ("Aiko Ōta", "Sandvik")),
        ("Did Abdullah bin Talal visit the Bank of Norway?", ("Abdullah bin Talal", "Bank of Norway")),
        ("Who lit the lamp?", ()),
        ("What did the minister say?", ()),
    ],
)
def test_names_are_read_as_written(question: str, names: tuple[str, ...]) -> None:
    assert understand(Question(question)).names == names


MAYOR = (Turn("user", "Who is the mayor of Elvebakken?"), Turn("assistant", "Tomas Vik is the mayor.[1]"))


@pytest.mark.parametrize(
    "question", ["", "?", "…!?", "🙂", "“”", '"', "'", "the " * 500, "(" * 2000, "“" * 2000, "A " * 1000, "'a' " * 500]
)
def test_no_question_breaks_the_reading_of_it(question: str) -> None:
    assert understand(Question(question, MAYOR)).kind
    assert understand(Question("What did he say?", (Turn("user", question), Turn("assistant", question)))).text


@pytest.mark.parametrize(
    ("question", "actor"),
    [
        ("Why did Tomas Vik close the pier?", "Tomas Vik"),
        ("How has Wang Yi reacted to the talks?", "Wang Yi"),
        ("After the storm, what does Sandvik want from the ministry?", "Sandvik"),
        ("What was Brandt's answer?", "Brandt"),
        ("Who told Vik that the pier must close?", None),
        ("What did the mayor of Sandvik say?", None),
        ("Why did he say “did Lena Brandt come”?", None),
    ],
)
def test_who_is_said_to_have_done_it(question: str, actor: str | None) -> None:
    assert understand(Question(question)).actor == actor


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("What did Lena Brandt say about quotas?", "What has Lena Brandt said about quotas?"),
        ("what does Vik think of the pier", "What has Vik said about the pier?"),
        ("What did Vik tell Brandt about quotas?", "What did Vik tell Brandt about quotas?"),
        ("Who said that?", "Who said that?"),
    ],
)
def test_what_somebody_said_about_something_can_be_asked_as_a_question_for_all_of_it(question: str, whole: str) -> None:
    assert for_all(question) == whole
