"""Drafts become an answer whose numbers point where they should."""

from __future__ import annotations

from dataclasses import replace

from retriever.records import Article
from service import composing
from service.composing import Posed
from service.conflicts import Conflict, Value
from service.declining import Refusal
from service.drafting.extracting import Draft
from service.drafting.leads import Slice
from service.records import Sources
from tests.service.candidates import candidate, hit_of

FERRY = Article("ferry.txt", "The ferry sank at noon. Nobody was hurt.", title="Ferry sinks", source="Quay Post")
COPY = Article("copy.txt", "The ferry sank at noon. Nobody was hurt.", title="Ferry sinks", source="Bay Echo")
ASKED = Posed("When did the ferry sink?")
OTHER = Article("other.txt", "The ferry sank at one.", source="Bay Echo")


def _slice(article: Article, words: str, *copies: str) -> Slice:
    start = article.text.index(words)
    return Slice(replace(hit_of(article, words), copies=copies), start, start + len(words))


def _value(shown: str, of: Slice) -> Value:
    return Value(shown, candidate(of.hit.article, of.text), of)


def test_a_slice_that_two_sentences_cite_has_one_number() -> None:
    noon, hurt = _slice(FERRY, "The ferry sank at noon."), _slice(FERRY, "Nobody was hurt.")
    answer = composing.composed(ASKED, [Draft("At noon.", (noon,)), Draft("All lived.", (hurt, noon))], confidence=0.5)
    assert answer.answer == "At noon.[1] All lived.[2][1]"
    assert [citation.quote for citation in answer.citations] == ["The ferry sank at noon.", "Nobody was hurt."]


def test_numbers_in_brackets_of_a_sources_own_are_no_marks_of_the_answer() -> None:
    noon = _slice(FERRY, "The ferry sank at noon.")
    draft = Draft("It sank [1][2] in May [4, 5], 【1】 ［３］ [passage 2], so [sic] it is […].", (noon,))
    answer = composing.composed(ASKED, [draft], confidence=0.5)
    assert answer.answer == "It sank (1)(2) in May (4, 5), (1) (３) (passage 2), so [sic] it is […].[1]"
    assert "".join(composing.pieces(answer)) == answer.answer


def test_the_pieces_of_an_answer_joined_are_its_text() -> None:
    noon = _slice(FERRY, "The ferry sank at noon.")
    answer = composing.composed(ASKED, [Draft("At noon.", (noon,)), Draft("At noon.", (noon,))], confidence=0.5)
    assert "".join(composing.pieces(answer)) == answer.answer


def test_copies_are_articles_and_no_sources_of_their_own() -> None:
    noon, one = _slice(FERRY, "The ferry sank at noon.", "copy.txt"), _slice(OTHER, "The ferry sank at one.")
    assert composing.sources([noon, one]) == Sources(articles=3, independent=2)


def test_two_passages_of_copies_are_one_source() -> None:
    ours, theirs = _slice(FERRY, "Nobody was hurt.", "copy.txt"), _slice(COPY, "The ferry sank at noon.")
    assert composing.sources([ours, theirs]) == Sources(articles=2, independent=1)


def test_a_disagreement_points_to_the_citations_of_its_values() -> None:
    noon, one = _slice(FERRY, "The ferry sank at noon."), _slice(OTHER, "The ferry sank at one.")
    differ = Conflict("when the ferry sank", (_value("noon", noon), _value("one", one)), "when")
    answer = composing.composed(
        ASKED, [Draft("Noon.", (noon,)), Draft("One.", (one,))], confidence=0.5, conflict=differ
    )
    assert answer.conflicts == (
        {
            "about": "when the ferry sank",
            "values": [{"value": "noon", "citations": [1]}, {"value": "one", "citations": [2]}],
        },
    )


def test_of_a_disagreement_that_the_check_left_out_half_none_is_told() -> None:
    noon, one = _slice(FERRY, "The ferry sank at noon."), _slice(OTHER, "The ferry sank at one.")
    differ = Conflict("when the ferry sank", (_value("noon", noon), _value("one", one)), "when")
    assert composing.composed(ASKED, [Draft("Noon.", (noon,))], confidence=0.5, conflict=differ).conflicts == ()


def test_a_refusal_says_that_the_nearest_are_listed_only_where_there_are_any() -> None:
    refusal = Refusal("unsupported", "Nobody in these documents says that.")
    assert composing.declined(ASKED, refusal, [], confidence=0.5).answer == refusal.sentence
    near = composing.declined(ASKED, refusal, [_slice(FERRY, "Nobody was hurt.")], confidence=0.5)
    assert near.answer == "Nobody in these documents says that; the nearest passages are listed below."


def test_a_sentence_ends_with_a_full_stop_and_shows_where_its_source_goes_on() -> None:
    whole, part = _slice(FERRY, "The ferry sank at noon"), _slice(FERRY, "The ferry sank")
    told = composing.composed(ASKED, [Draft(whole.text, (whole,)), Draft(part.text, (part,))], confidence=0.5)
    assert [sentence.text for sentence in told.sentences] == ["The ferry sank at noon.", "The ferry sank …"]


def test_a_draft_without_words_fails_nothing() -> None:
    part = _slice(FERRY, "Nobody")
    for text in ("", " ", "”"):
        answer = composing.composed(ASKED, [Draft(text, (part,))], confidence=0.5)
        assert "".join(composing.pieces(answer)) == answer.answer
