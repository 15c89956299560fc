"""The sentences that may answer, with what speaks for each: exact slices, numbers that mean what they are called."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retriever import splitting
from retriever.records import Article, Hit, Query, Statement
from retriever.statements import Finder
from service.evidence import FEATURES, PASSAGES_READ, Candidate, Evidence, fits_kind, spoken_in
from service.question.asking import Asked, understand
from service.records import Question
from tests.retriever.said import statement
from tests.service.candidates import candidate, hit_of
from tests.service.desk import Desk
from tests.service.drafting.test_extracting import PIER, REMARKS, UNDATED


def asked(text: str) -> Asked:
    return understand(Question(text))


def hits(desk: Desk, text: str) -> list[Hit]:
    return list(desk.answering.search.search(Query(text, limit=20)))


def sentences(desk: Desk, text: str) -> list[Candidate]:
    return desk.answering.evidence.candidates(asked(text), hits(desk, text))


def holding(found: list[Candidate], words: str) -> Candidate:
    return next(each for each in found if words in each.text)


@pytest.mark.parametrize(
    "question", ["Who said that the pier is older than the town?", "What did Roux say about quotas?", "🙂 lamp?", "?"]
)
def test_every_candidate_is_an_exact_slice_with_every_number(desk: Desk, question: str) -> None:
    found = desk.answering.evidence.candidates(asked(question), hits(desk, question))
    assert found
    for each in found:
        article = desk.articles.article(each.hit.article.id)
        assert each.text == article.text[each.start : each.end] == each.text.strip() != ""
        assert each.hit.passage.start <= each.start < each.end <= each.hit.passage.end
        assert len(each.features) == len(FEATURES)
        assert all(-3 <= number <= 3 for number in each.features)
    assert max(each["similarity_to_best"] for each in found) == 0


def test_no_hits_have_no_candidates(desk: Desk) -> None:
    assert desk.answering.evidence.candidates(asked("Who said so?"), []) == []


def test_only_the_best_passages_are_read(desk: Desk) -> None:
    found = hits(desk, "pier ferry boats lamp paint herring")
    many = [hit for hit in found for _ in range(5)]
    read = desk.answering.evidence.candidates(asked("Who said so?"), many)
    assert {each.hit.article.id for each in read} == {hit.article.id for hit in many[:PASSAGES_READ]}


def test_every_sentence_of_a_passage_that_is_read_is_weighed_but_its_title(desk: Desk) -> None:
    found = hits(desk, "When did seven boats return?")
    boats = next(hit for hit in found if hit.article.id == "boats.txt")
    read = desk.answering.evidence.candidates(asked("When did seven boats return?"), [boats])
    texts = [boats.passage.text[s.start : s.end] for s in splitting.sentences(boats.passage.text)]
    assert texts[0] == boats.article.title == "Seven boats return"
    assert [each.text for each in read] == texts[1:]


def test_nearness_is_the_cosine_to_the_question(desk: Desk) -> None:
    found = sentences(desk, "How many boats returned to the port?")
    by_nearness = sorted(found, key=lambda each: -each["sentence_similarity"])
    assert "seven boats returned" in by_nearness[0].text
    assert by_nearness[0]["sentence_similarity"] > 0.4 > by_nearness[-1]["sentence_similarity"]
    best = {round(each["sentence_similarity"] - each["similarity_to_best"], 5) for each in found}
    assert len(best) == 1  # the same one for every sentence of a question, a headline's where that is nearest
    assert max(best) >= by_nearness[0]["sentence_similarity"] - 1e-5
    (own,) = (each for each in sentences(desk, "Nobody was hurt.") if each.text == "Nobody was hurt.")
    assert own["sentence_similarity"] > 0.5


def test_shared_words_count_and_rare_ones_more(desk: Desk) -> None:
    found = sentences(desk, "Who carried oil up the ninety steps beside the pier?")
    lamp, pier = holding(found, "ninety steps"), holding(found, "wooden pier")
    assert lamp["terms_in_sentence"] > pier["terms_in_sentence"] > 0
    assert lamp["terms_in_sentence"] <= lamp["terms_in_passage"] <= lamp["terms_nearby"] <= 1.001


def test_forms_of_a_word_are_shared_words(desk: Desk) -> None:
    found = sentences(desk, "Which ferries asked for loans?")
    assert holding(found, "for a loan")["terms_in_sentence"] > 0


def test_quoted_words_count_by_their_longest_run(desk: Desk) -> None:
    found = sentences(desk, "Why did Moe say “we can sail until June, not a day longer”?")
    moe, other = holding(found, "We can sail"), holding(found, "ninety steps")
    assert moe["quoted_words"] == 1
    assert other["quoted_words"] < 0.5
    assert moe["has_quote_asked"] == other["has_quote_asked"] == 1
    assert all(each["has_quote_asked"] == 0 for each in sentences(desk, "Why did Moe say so?"))


def test_in_a_transcript_each_sentence_knows_its_turn(desk: Desk) -> None:
    found = sentences(desk, "What did Élise Roux say about herring quotas?")
    assert holding(found, "as closed").label == "FOREIGN MINISTER ROUX"
    assert holding(found, "discussed again").label == "QUESTION"
    assert holding(found, "small fishing boats").label == "HARBOUR MINISTER BRANDT"
    assert holding(found, "as closed")["speaker_nearby"] == 1
    assert holding(found, "discussed again")["asks_something"] == 1


def test_names_count_where_they_stand(desk: Desk) -> None:
    found = sentences(desk, "Where did Ingrid Moe speak?")
    assert holding(found, "Ingrid Moe, who")["names_in_sentence"] == 1
    assert holding(found, "carried passengers")["names_in_sentence"] == 0
    assert holding(found, "carried passengers")["names_nearby"] == 1


@pytest.mark.parametrize(
    ("question", "sentence", "fits"),
    [
        ("When did the boats return?", "On Wednesday seven boats returned to Sandvik.", 1.0),
        ("When did the boats return?", "Nobody was hurt.", 0.0),
        ("How many boats returned?", "On Wednesday seven boats returned to Sandvik.", 1.0),
        ("How many boats returned?", "Nobody was hurt.", 0.0),
        ("Where did the boats return to?", "On Wednesday seven boats returned to Sandvik.", 1.0),
        ("Where did the boats return to?", "Nobody was hurt.", 0.0),
        ("What happened?", "Nobody was hurt.", 0.5),
    ],
)
def test_a_sentence_fits_the_kind_of_answer_or_not(question: str, sentence: str, fits: float) -> None:
    found = candidate(UNDATED, sentence)
    assert fits_kind(asked(question), found.text, found.hit, found.label) == fits


def test_a_length_needs_a_duration_and_a_turn_is_somebody() -> None:
    long = candidate(PIER, "The talks lasted three hours.")
    money = candidate(PIER, "He added that repairs would cost 40 million kroner.")
    question = asked("How long did it last?")
    assert fits_kind(question, long.text, long.hit, None) > fits_kind(question, money.text, money.hit, None)
    turn = candidate(REMARKS, "FOREIGN MINISTER ROUX: No.")
    assert fits_kind(asked("Who said no?"), turn.text, turn.hit, turn.label) == 1


def test_the_names_of_numbers_are_known_and_no_others() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    with pytest.raises(ValueError, match="not in tuple"):
        candidate(PIER, "The talks lasted three hours.")["no_such_number"]


TWO = Article(
    "two.txt",
    "Mayor Tomas Vik said that the pier must close before winter, while Ingrid Moe argued that repairs would cost "
    "less. Brandt hopes that the pier will be painted. The pier is brown.",
)


def over(article: Article, said: list[Statement], question: str) -> list[Candidate]:
    """The candidates of one article in which this is said; no sentence is nearer than another."""
    evidence = Evidence(
        question=lambda _: np.zeros(1, dtype=np.float32),
        sentences=lambda passages: {
            each.id: np.zeros((len(splitting.sentences(each.text)), 1), dtype=np.float32) for each in passages
        },
        statements=lambda passages: {each.id: said for each in passages},
        frequencies=lambda words: dict.fromkeys(words, 1),
        passages=lambda: 10,
    )
    return evidence.candidates(asked(question), [hit_of(article)])


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who said that the pier must close?", "Tomas Vik"),
        ("Who argued that repairs would cost less?", "Ingrid Moe"),
        ("What did Moe say about the cost of repairs?", "Ingrid Moe"),
    ],
)
def test_of_two_statements_in_a_sentence_the_one_that_is_asked_about_is_its(question: str, speaker: str) -> None:
    found = over(TWO, Finder(threads=1).find(TWO), question)
    stated = holding(found, "must close").statement
    assert stated is not None
    assert stated.speaker == speaker
    assert holding(found, "brown").statement is None


def test_what_is_said_comes_before_what_is_believed_where_neither_is_asked_about_more() -> None:
    hopes = statement(TWO, "the pier will be painted", "Lena Brandt", speech=False)
    aloud = statement(TWO, "Brandt hopes that", "Ingrid Moe")
    assert holding(over(TWO, [hopes, aloud], "Who spoke of ferries?"), "Brandt hopes").statement == aloud
    assert holding(over(TWO, [hopes, aloud], "Who wants the pier painted?"), "Brandt hopes").statement == hopes


def test_the_one_asked_about_speaks_where_the_statement_is_theirs(desk: Desk) -> None:
    found = sentences(desk, "What did Lena Brandt say that repairs would cost?")
    added = holding(found, "She added")  # by the pronoun
    assert added.statement is not None
    assert (added.statement.speaker, added.statement.speaker_text) == ("Lena Brandt", "She")
    assert added["speaker_speaks"] == 1
    assert holding(found, "said on Tuesday that the wooden pier")["speaker_speaks"] == 0
    nobody = sentences(desk, "How much would repairs cost?")
    assert {each["speaker_speaks"] for each in nobody} == {0.5}


def test_who_speaks_is_known_with_where_the_article_says_so() -> None:
    found = holding(over(TWO, Finder(threads=1).find(TWO), "Who argued that repairs would cost less?"), "must close")
    spoken = spoken_in(found)
    assert spoken is not None
    assert spoken.name == "Ingrid Moe" == TWO.text[spoken.start : spoken.end]
    assert spoken_in(candidate(TWO, "The pier is brown.")) is None
    open_ = statement(TWO, "The pier is brown", None, speaker_text="It")
    assert spoken_in(replace(candidate(TWO, "The pier is brown."), statement=open_)) is None
