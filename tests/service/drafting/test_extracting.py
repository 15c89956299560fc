"""Answers made of the sources' words: what stands in front, what is cited, how long they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retriever.records import Article, Statement, When
from retriever.speaking import Speaking
from service.checking.faults import faults
from service.drafting.extracting import LONG, MOST_SENTENCES, SHORT, Draft, authored, compose
from service.question.asking import understand
from service.records import Question
from tests.service.candidates import candidate

PIER = Article(
    "pier.txt",
    "Mayor Tomas Vik said on Tuesday that the pier must close. “It is older than the town,” Vik said. He added that "
    "repairs would cost 40 million kroner. The talks lasted three hours.",
    published=date(2022, 11, 23),
)
UNDATED = Article("boats.txt", "On Wednesday seven boats returned to Sandvik. Nobody was hurt.")
REMARKS = Article(
    "remarks.txt",
    "FOREIGN MINISTER ROUX : Thank you. We regard the quarrel over quotas, “our herring war,” as closed.\n\n"
    "QUESTION: Will it be discussed again next year?\n\nFOREIGN MINISTER ROUX: No.",
    title="Remarks by Foreign Minister Élise Roux",
    published=date(2023, 3, 14),
)


def composed(speaking: Speaking, question: str, *found: tuple[Article, str], enough: bool = True) -> list[Draft]:
    """The drafts for a question from sentences, best first; every one of them passes the check."""
    ranked = [candidate(article, sentence) for article, sentence in found]
    drafts = compose(understand(Question(question)), ranked, speaking, enough=[enough] * len(ranked))
    for draft in drafts:
        assert not faults(draft.text, [each.text for each in draft.slices], derived=draft.derived)
    return drafts


def one(speaking: Speaking, question: str, article: Article, sentence: str) -> Draft:
    (draft,) = composed(speaking, question, (article, sentence))
    return draft


def test_who_is_named_in_full_with_the_role_where_the_surname_stands(speaking: Speaking) -> None:
    draft = one(
        speaking, "Who said that the pier is older than the town?", PIER, "“It is older than the town,” Vik said."
    )
    assert draft.text == "“It is older than the town,” Mayor Tomas Vik said."
    assert len(draft.slices) == 2


def test_a_sentence_that_opens_with_the_speaker_gets_no_second_one(speaking: Speaking) -> None:
    sentence = "Mayor Tomas Vik said on Tuesday that the pier must close."
    assert one(speaking, "Who said that the pier must close?", PIER, sentence).text == sentence


def test_a_name_takes_the_place_of_the_pronoun_and_where_it_stands_is_cited(speaking: Speaking) -> None:
    sentence = "He added that repairs would cost 40 million kroner."
    draft = one(speaking, "What did Vik say about repairs?", PIER, sentence)
    assert draft.text == "Mayor Tomas Vik added that repairs would cost 40 million kroner."
    own, *others = [each.text for each in draft.slices]
    assert own == sentence
    assert any("Vik" in each for each in others)


@pytest.mark.parametrize(
    ("question", "author", "told"),
    [
        ("Who wrote the article about ferries?", "Jane Doe", True),
        ("Who wrote the Coast Gazette report about ferries?", "Jane Doe", True),
        ("Who wrote the report about ferries?", "Jane Doe", False),  # the article tells of another
        ("Who wrote the article about ferries?", "Mark Hill", False),  # is named nowhere in it
        ("Who wrote the article about ferries?", "Doe Jane", True),  # "Doe, Jane" in a reference
    ],
)
def test_an_author_is_who_wrote_the_article_and_no_report_in_it(question: str, author: str, told: bool) -> None:
    text = "By Jane Doe\n\nForty ferries rust, says a report on ferries by Ana Navarro on Capitol Hill."
    article = Article("ferries.txt", text, author=author, source="Coast Gazette")
    assert bool(authored(understand(Question(question)), [candidate(article, "Forty ferries rust").hit])) is told


def test_when_is_a_date_that_says_what_it_was_counted_from(speaking: Speaking) -> None:
    draft = one(speaking, "When did Vik say that the pier must close?", PIER, PIER.text.split(" “")[0])
    assert draft.text.startswith("November 22, 2022 (“Tuesday”, counted from the article’s date, November 23, 2022)")


def test_when_in_an_undated_article_stays_in_its_own_words(speaking: Speaking) -> None:
    draft = one(speaking, "When did the boats return?", UNDATED, "On Wednesday seven boats returned to Sandvik.")
    assert draft.text.startswith("“Wednesday”; the article carries no date.")


def test_when_without_a_time_in_the_sentence_is_the_articles_date_and_says_so(speaking: Speaking) -> None:
    draft = one(speaking, "When did the talks take place?", PIER, "The talks lasted three hours.")
    assert draft.text.startswith("November 23, 2022 (the article’s date)")


def _said(article: Article, sentence: str, speaker: str) -> Statement:
    start = article.text.index(sentence)
    day = article.text.index("Tuesday")
    when = When(date(2022, 11, 22), date(2022, 11, 22), "weekday", "publication", "Tuesday", day, day + len("Tuesday"))
    end = start + len(sentence)
    return Statement(
        "s", article.id, speaker, speaker, None, "said", sentence, "indirect", None, when, (), True, start, end,
        ((start, end),),
    )  # fmt: skip


def test_what_and_when_gives_the_day_of_the_statement_and_cites_where_it_stands(speaking: Speaking) -> None:
    sentence = "He added that repairs would cost 40 million kroner."
    found = replace(candidate(PIER, sentence), statement=_said(PIER, sentence, "Tomas Vik"), speakers=1)
    (draft,) = compose(understand(Question("What did Vik say of repairs, and when?")), [found], speaking, enough=[True])
    assert draft.text.startswith("November 22, 2022 (“Tuesday”, counted from the article’s date, November 23, 2022). ")
    assert [each.text for each in draft.slices][-1] == "Tuesday"
    assert not faults(draft.text, [each.text for each in draft.slices], derived=draft.derived)


def test_nobody_is_put_in_front_of_a_sentence_in_which_several_speak(speaking: Speaking) -> None:
    sentence = "He added that repairs would cost 40 million kroner."
    found = replace(candidate(PIER, sentence), statement=_said(PIER, sentence, "Tomas Vik"), speakers=2)
    (draft,) = compose(
        understand(Question("Who said that repairs would cost so much?")), [found], speaking, enough=[True]
    )
    assert draft.text == sentence


def test_a_turn_is_quoted_without_its_label_and_the_label_is_cited(speaking: Speaking) -> None:
    draft = one(speaking, "What did Roux thank for?", REMARKS, "FOREIGN MINISTER ROUX : Thank you.")
    assert draft.text == "Foreign Minister Élise Roux: “Thank you.”"
    assert [each.text for each in draft.slices] == ["Thank you.", "FOREIGN MINISTER ROUX"]


def test_a_quotation_inside_a_turn_keeps_the_answer_verbatim(speaking: Speaking) -> None:
    sentence = "We regard the quarrel over quotas, “our herring war,” as closed."
    draft = one(speaking, "What did Roux say about quotas?", REMARKS, sentence)
    assert draft.text.startswith("Foreign Minister Élise Roux: ")
    assert "our herring war" in draft.text


def test_whoever_asks_in_a_transcript_is_not_named(speaking: Speaking) -> None:
    draft = one(speaking, "What was asked?", REMARKS, "QUESTION: Will it be discussed again next year?")
    assert "Roux" not in draft.text
    assert "Question" not in draft.text


@pytest.mark.parametrize(
    ("question", "sentence", "lead"),
    [
        ("How long did the talks last?", "The talks lasted three hours.", "three hours"),
        ("How much would repairs cost?", "He added that repairs would cost 40 million kroner.", "40 million kroner"),
    ],
)
def test_an_amount_is_in_the_answer(speaking: Speaking, question: str, sentence: str, lead: str) -> None:
    assert lead in one(speaking, question, PIER, sentence).text


_RAIN = Article(
    "rain.txt",
    "Fishers in Sandvik told of rain that fell for many long hours on roofs where they had hoped to dry their nets "
    "before the market opened, and of streets where nobody could walk without boots until new ditches had been dug "
    "along the old road behind the harbour.\n"
    "Growers near Elvebakken saw apples float through gates, past the chapel and the school whose cellar had filled "
    "overnight, while children counted them from upstairs windows and a teacher wrote the number of every hour on the "
    "wall beside the clock with a piece of red chalk.\n"
    "Weavers up the valley saved most of what lay in the mill by carrying it bale after bale over a plank that the "
    "flood reached twice, so that three looms, one of them older than the parish itself, stand today in a barn which "
    "a neighbour has lent them until spring comes.\n"
    "Tanners lost hides worth a year’s wages when their vats were overturned, and asked whoever finds any below the "
    "bridge to keep them cool, salted if that can be done, and away from dogs, since even a damaged skin may serve for "
    "gloves, straps or the soles of summer shoes.",
)


@pytest.mark.parametrize(("question", "most"), [("Who told of rain?", SHORT), ("What did the reports tell?", LONG)])
def test_an_answer_is_short_whatever_there_is_to_say(speaking: Speaking, question: str, most: int) -> None:
    drafts = composed(speaking, question, *((_RAIN, line) for line in _RAIN.text.split("\n")), enough=False)
    assert 1 <= len(drafts) <= MOST_SENTENCES
    assert sum(len(draft.text.replace("…", "").split()) for draft in drafts) <= most + 12


_CATCH = Article(
    "catch.txt",
    "Fishers in Sandvik landed nine boxes of cod on Monday, which nobody there had expected, while their wives mended "
    "nets on the wall behind the chapel and the children of the school counted the gulls that had followed the boats.\n"
    "Growers near Elvebakken picked apples until it was dark, although most of the baskets were broken.\n"
    "Weavers up the valley sold forty blankets to the ferry, after a night in which none of them had slept.\n"
    "Tanners below the bridge bought salt from a stranger who would not tell them his name or that of his boat.",
)


def test_a_first_sentence_that_is_not_sure_leaves_room_for_two_more_in_whole_clauses(speaking: Speaking) -> None:
    reports = [(_CATCH, line) for line in _CATCH.text.split("\n")]
    drafts = composed(speaking, "Who sold or landed something?", *reports, enough=False)
    assert len(drafts) == MOST_SENTENCES
    assert sum(len(draft.text.split()) for draft in drafts) <= SHORT
    assert drafts[0].text.startswith("Fishers in Sandvik landed nine boxes of cod on Monday")
    assert all(draft.text.endswith((".", " …")) for draft in drafts)
    assert "although most of the baskets were broken." in drafts[1].text


def test_what_does_not_fit_ends_before_a_phrase_and_shows_that_it_does(speaking: Speaking) -> None:
    reports = [(_RAIN, line) for line in _RAIN.text.split("\n")]
    drafts = composed(speaking, "Who told of rain?", *reports, enough=False)
    assert drafts[0].slices[0].text == reports[0][1]
    for draft in drafts:
        shown = draft.text.removesuffix(" …")
        assert all(run in draft.slices[0].text for run in shown.split(" … ")) or shown == draft.text
        assert shown.split()[-1].lower() not in ("the", "a", "of", "to", "in", "and")


def test_the_sentence_that_turns_the_sense_comes_along_and_is_cited(speaking: Speaking) -> None:
    article = Article("turn.txt", "Moe said that the quota may stay. But he named no year. The sea was calm.")
    draft = one(speaking, "What did Moe say about the quota?", article, "Moe said that the quota may stay.")
    assert draft.text == "Moe said that the quota may stay. But he named no year."
    assert [each.text for each in draft.slices] == ["Moe said that the quota may stay.", "But he named no year."]


def test_a_dateline_goes_and_the_citation_starts_behind_it(speaking: Speaking) -> None:
    article = Article("line.txt", "BERGEN (Coast Wire) — Seven boats returned to Sandvik. Nobody was hurt.")
    draft = one(speaking, "What returned to Sandvik?", article, article.text.split(" Nobody")[0])
    assert draft.text == "Seven boats returned to Sandvik."
    assert [each.text for each in draft.slices] == ["Seven boats returned to Sandvik."]


def test_a_signature_and_a_question_are_no_answers(speaking: Speaking) -> None:
    article = Article("sign.txt", "Will the pier close?\nIt will close in May.\nAda Lund, Secretary of Fish")
    lines = ("Ada Lund, Secretary of Fish", "Will the pier close?", "It will close in May.")
    found = [(article, line) for line in lines]
    (draft,) = composed(speaking, "What will become of the pier?", *found)
    assert draft.text == "It will close in May."


def test_a_body_without_a_name_is_not_put_in_front(speaking: Speaking) -> None:
    article = Article("both.txt", "Both towns spoke on Monday. The talks, held between Vik and Lund, were short.")
    sentence = "The talks, held between Vik and Lund, were short."
    assert one(speaking, "Who said that the talks were short?", article, sentence).text == sentence


def test_a_later_date_stands_in_brackets_where_the_sentence_names_it(speaking: Speaking) -> None:
    article = Article("days.txt", "The boats left on Monday. The ferry left on Tuesday.", published=date(2022, 11, 23))
    found = [(article, "The boats left on Monday."), (article, "The ferry left on Tuesday.")]
    first, second = composed(speaking, "When did they leave?", *found, enough=False)
    assert first.text.startswith("November 21, 2022 (“Monday”, counted from the article’s date, November 23, 2022).")
    assert second.text == "The ferry left on Tuesday [November 22, 2022]."


def test_a_turn_inside_a_line_of_another_is_its_own_speakers(speaking: Speaking) -> None:
    text = "MOE: Who pays?\nVIK: The town pays. LUND: The town has no money.\nMOE: Thank you both.\nVIK: Good."
    article = Article("debate.txt", text)
    draft = one(speaking, "Who has no money?", article, "LUND: The town has no money.")
    assert "LUND:" not in draft.text
    assert "Vik" not in draft.text


def test_a_sentence_that_is_sure_takes_all_the_room(speaking: Speaking) -> None:
    reports = [(_CATCH, line) for line in _CATCH.text.split("\n")]
    (sure,) = composed(speaking, "Who sold or landed something?", *reports)
    unsure, *_ = composed(speaking, "Who sold or landed something?", *reports, enough=False)
    assert len(unsure.text.split()) < len(sure.text.split()) <= SHORT + 1


def test_what_answers_well_enough_is_followed_by_nothing(speaking: Speaking) -> None:
    found = [(PIER, "The talks lasted three hours."), (UNDATED, "Nobody was hurt.")]
    assert len(composed(speaking, "What happened?", *found)) == 1
    assert len(composed(speaking, "What happened?", *found, enough=False)) == 2


def test_the_same_thing_is_not_said_twice(speaking: Speaking) -> None:
    again = Article("again.txt", PIER.text.replace("three hours", "about three hours"))
    found = [(PIER, "The talks lasted three hours."), (again, "The talks lasted about three hours.")]
    assert len(composed(speaking, "How long were the talks?", *found, enough=False)) == 1


def test_nothing_found_composes_nothing(speaking: Speaking) -> None:
    assert composed(speaking, "Who said so?") == []


@pytest.mark.parametrize("question", ["Who said that the pier must close?", "When did it close?", "What was said?"])
def test_a_line_without_a_word_is_left_out_though_nothing_better_was_found(speaking: Speaking, question: str) -> None:
    cut = Article("cut.txt", "The pier must close.\n”\n…", published=date(2022, 11, 23))
    assert composed(speaking, question, (cut, "”"), (cut, "…")) == []
    (draft,) = composed(speaking, question, (cut, "”"), (cut, "The pier must close."))
    assert "must close" in draft.text
