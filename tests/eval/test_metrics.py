from __future__ import annotations

import pytest

from eval.cases import Case, Evidence
from eval.metrics import (
    Equal,
    Slice,
    brier_score,
    calibration_error,
    estimate,
    evidence_found,
    evidence_share,
    false_quotations,
    inexact_slices,
    located,
    maximum_calibration_error,
    percentile,
    quotation_fidelity,
    quotations,
    recall_at,
    reciprocal_rank,
    reliability_bins,
    right,
    wilson,
    words,
)
from service.records import Answer, Citation

TEXT = "TOKYO – “We\u00a0object,” Mao Ning said on Friday. “We object,” she repeated."


def citation(quote: str, *, number: int = 1, document: str = "d.txt", start: int | None = None) -> Citation:
    begin = TEXT.find(quote) if start is None else start
    return Citation(number, document, None, None, None, None, None, "p", begin, begin + len(quote), quote)


def answer(text: str, *citations: Citation, declined: bool = False) -> Answer:
    return Answer("1", "?", text, declined, "not_said" if declined else None, 0.5, (), citations)


def case(
    *wanted: tuple[str, ...], forbid: tuple[str, ...] = (), max_words: int = 50, unanswerable: bool = False
) -> Case:
    return Case("a", "who", "?", wanted, forbid=forbid, max_words=max_words, unanswerable=unanswerable)


def test_an_answer_is_right_when_each_wanted_thing_is_said_in_one_of_its_forms() -> None:
    wanted = case(("Mao Ning", "Ms Mao"), ("2 February", "February 2"))
    assert right(wanted, answer("MAO  NING said so on February\u00a02.[1]"))
    assert not right(wanted, answer("Mao Ning said so.[1]"))
    assert not right(wanted, answer("Mao Ning said so on February 3.[1]"))


def test_quotes_of_another_kind_do_not_make_an_answer_wrong() -> None:
    assert right(case(('China\'s "core"',)), answer("It is China’s “core”.[1]"))


def test_a_citation_mark_is_not_part_of_what_is_said() -> None:
    assert not right(case(("12",)), answer("Twelve people.[12]"))
    assert right(case(("two. three",)), answer("One, two.[1] Three.[2]"))


def test_a_forbidden_word_makes_an_answer_wrong() -> None:
    assert not right(case(("Mao",), forbid=("wang yi",)), answer("Mao and Wang Yi."))


def test_one_word_over_the_limit_makes_an_answer_wrong_and_marks_are_no_words() -> None:
    assert right(case(("one",), max_words=3), answer("one two three [1] [2]"))
    assert not right(case(("one",), max_words=3), answer("one two three four"))
    assert words(answer("one two.[1] Three [2][3]")) == 3


def test_declining_is_right_exactly_where_there_is_no_answer() -> None:
    assert right(case(unanswerable=True), answer("The articles do not say.", declined=True))
    assert not right(case(unanswerable=True), answer("Mao."))
    assert not right(case(("Mao",)), answer("Mao is not quoted on this.", declined=True))


@pytest.mark.parametrize(
    "text",
    [
        "She said: “We object,”[1]",
        "She said: «We object,»[1]",
        "She said: ''We object,''[1]",
        'She said: "We object"[1]',
        "She said: ‘We object’.[1]",
        "She said: “We object[1]",  # unclosed, as some sources are
        "Japan's mood, the articles' word.[1]",  # apostrophes are no quotation marks
    ],
)
def test_copied_words_in_any_quotation_marks_are_true(text: str) -> None:
    assert false_quotations(answer(text, citation("We\u00a0object,” Mao Ning said"))) == ()


@pytest.mark.parametrize(
    ("text", "false"),
    [
        ("“We strongly object,”[1]", "We strongly object,"),
        ("«we object»[1]", "we object"),
        ("‘We refuse’[1]", "We refuse"),
        ("''We refuse''[1]", "We refuse"),
        ('"We object" and "we refuse"[1]', "we refuse"),
        ("“We object and refuse.[1] Then more.", "We object and refuse."),
    ],
)
def test_words_in_quotation_marks_that_no_cited_quote_holds_are_named(text: str, false: str) -> None:
    assert false_quotations(answer(text, citation("We\u00a0object,” Mao Ning said"))) == (false,)


def test_the_share_of_quotations_that_are_true() -> None:
    cited = citation("We\u00a0object,” Mao Ning said")
    assert quotation_fidelity(answer("“We object,” she said, “and refuse.”[1]", cited)) == 0.5
    assert quotation_fidelity(answer("“We object,”[1] “we refuse”, “we resist”[1]", cited)) == pytest.approx(1 / 3)
    assert quotation_fidelity(answer("She objects.[1]", cited)) is None
    assert quotations(answer("“We object[1] and «more»")) == ("We object", "more")


def test_a_quotation_without_any_citation_is_false() -> None:
    assert false_quotations(answer("Nothing is said of “We object”.", declined=True)) == ("We object",)


def test_a_slice_is_exact_only_if_every_character_agrees() -> None:
    texts = {"d.txt": TEXT}
    good = citation("We\u00a0object,”")
    assert inexact_slices(answer("", good), texts) == []
    assert inexact_slices(answer("", citation("We object,”", number=2, start=9)), texts) == [2]  # another kind of space
    assert inexact_slices(answer("", citation("TOKYO", number=3, start=1)), texts) == [3]
    assert inexact_slices(answer("", citation("TOKYO", number=4, document="gone.txt")), texts) == [4]
    assert inexact_slices(answer("", citation("", number=5, start=0)), texts) == [5]


def test_evidence_is_looked_for_in_its_own_article_at_every_place_it_stands() -> None:
    with_evidence = Case("a", "who", "?", evidence=(Evidence("d.txt", '"we object,"'), Evidence("d.txt", "never said")))
    first, second = located(with_evidence, {"d.txt": TEXT})
    assert [TEXT[place.start : place.end] for place in first] == ["“We\u00a0object,”", "“We object,”"]
    assert second == []
    assert located(with_evidence, {"e.txt": TEXT}) == [[], []]


EVIDENCE = [[Slice("d", 10, 20), Slice("d", 50, 60)], [Slice("e", 0, 5)]]


@pytest.mark.parametrize(
    ("cited", "found", "share"),
    [
        ([Slice("d", 19, 30)], True, 0.5),  # one character in common
        ([Slice("d", 20, 30)], False, 0.0),  # touching is not overlapping
        ([Slice("d", 0, 10)], False, 0.0),
        ([Slice("d", 40, 90)], True, 0.5),  # around the second place
        ([Slice("e", 10, 20)], False, 0.0),  # right place, other article
        ([Slice("d", 55, 56), Slice("e", 1, 2)], True, 1.0),
        ([], False, 0.0),
    ],
)
def test_evidence_is_found_by_one_common_character_in_the_same_article(
    cited: list[Slice], found: bool, share: float
) -> None:
    assert evidence_found(EVIDENCE, cited) is found
    assert evidence_share(EVIDENCE, cited) == share


def test_evidence_that_stands_nowhere_counts_as_not_found() -> None:
    assert evidence_found([[]], [Slice("d", 0, 99)]) is False


def test_a_case_without_evidence_has_no_such_figures() -> None:
    ranked = [Slice("d", 0, 9)]
    assert evidence_found([], ranked) is None
    assert evidence_share([], ranked) is None
    assert recall_at(5, [], ranked) is None
    assert reciprocal_rank([], ranked) is None


def test_recall_and_reciprocal_rank_of_a_hit_at_the_third_place() -> None:
    ranked = [Slice("d", 0, 5), Slice("e", 7, 9), Slice("d", 15, 16), Slice("e", 0, 1)]
    assert [recall_at(k, EVIDENCE, ranked) for k in (1, 2, 3, 20)] == [False, False, True, True]
    assert reciprocal_rank(EVIDENCE, ranked) == pytest.approx(1 / 3)


def test_a_hit_beyond_the_twentieth_place_has_reciprocal_rank_zero() -> None:
    ranked = [Slice("x", 0, 1)] * 20 + [Slice("d", 10, 20)]
    assert reciprocal_rank(EVIDENCE, ranked) == 0.0
    assert reciprocal_rank(EVIDENCE, ranked[1:]) == pytest.approx(1 / 20)


def test_a_mean_leaves_out_what_does_not_apply_and_its_interval_holds_it() -> None:
    mean = estimate([True, False, None, True, True])
    assert mean is not None
    assert (mean.mean, mean.n) == (0.75, 4)
    assert mean.low < 0.75 < mean.high
    assert estimate([True, False, None, True, True]) == mean
    assert estimate([None]) is None


def test_the_interval_is_that_of_the_binomial_where_there_are_many_cases() -> None:
    mean = estimate([1.0] * 200 + [0.0] * 200)
    assert mean is not None
    assert (mean.low, mean.high) == pytest.approx((0.451, 0.549), abs=0.005)  # 0.5 ± 1.96 · √(0.25 / 400)


def test_calibration_error_by_hand() -> None:
    # From 0.9: stated 0.95, came true 0.5, gap 0.45, half of the answers. From 0.2: 0.2 and 0, gap 0.2, half.
    assert calibration_error([0.95, 0.95, 0.2, 0.2], [True, False, False, False]) == pytest.approx(0.325)
    assert calibration_error([1.0], [True]) == 0.0
    assert calibration_error([], []) is None


FIVE = ([0.1, 0.15, 0.65, 0.65, 1.0], [False, True, True, False, True])


def test_equally_wide_bins_hold_what_falls_between_their_edges_and_empty_ones_are_left_out() -> None:
    lowest, middle, highest = reliability_bins(*FIVE)
    assert (lowest.low, lowest.high) == pytest.approx((0.1, 0.2))  # an edge belongs to the bin above it
    assert (lowest.confidence, lowest.right.mean, lowest.right.n) == pytest.approx((0.125, 0.5, 2))
    assert lowest.gap == pytest.approx(0.375)
    assert (middle.confidence, middle.right.mean, middle.right.n) == pytest.approx((0.65, 0.5, 2))
    assert (highest.low, highest.high, highest.right.n) == pytest.approx((0.9, 1.0, 1))  # certainty has no bin above


def test_equally_full_bins_go_from_their_least_to_their_greatest_confidence() -> None:
    lower, upper = reliability_bins([0.9, 0.2, 0.4, 0.8], [True, False, True, True], count=2, equal="mass")
    assert (lower.low, lower.high, lower.confidence, lower.right.mean) == pytest.approx((0.2, 0.4, 0.3, 0.5))
    assert (upper.low, upper.high, upper.confidence, upper.right.mean) == pytest.approx((0.8, 0.9, 0.85, 1.0))


def test_events_of_one_confidence_share_a_bin_in_whatever_order_they_come() -> None:
    stated, came_true = [0.3, 0.6, 0.6, 0.6], [True, True, False, False]
    forth = reliability_bins(stated, came_true, count=2, equal="mass")
    assert [each.right.n for each in forth] == [1, 3]
    assert reliability_bins(stated[::-1], came_true[::-1], count=2, equal="mass") == forth


def test_expected_and_maximum_error_weigh_the_same_bins_differently() -> None:
    # Gaps of the bins of FIVE: 0.375 (2 events), 0.15 (2), 0 (1).
    assert calibration_error(*FIVE) == pytest.approx((2 * 0.375 + 2 * 0.15) / 5)
    assert maximum_calibration_error(*FIVE) == pytest.approx(0.375)


def test_the_errors_over_equally_full_bins_by_hand() -> None:
    # Three bins of 0.1 and 0.15 (gap 0.375), 0.65 twice (0.15), 1.0 (0); the edges of equally wide ones do not matter.
    assert calibration_error(*FIVE, bins=3, equal="mass") == pytest.approx(1.05 / 5)
    # Two: 0.1 and 0.15 (gap 0.375), and 0.65 twice with 1.0 (mean 2.3 / 3, two of three right).
    assert calibration_error(*FIVE, bins=2, equal="mass") == pytest.approx((2 * 0.375 + 3 * 0.1) / 5)
    assert maximum_calibration_error(*FIVE, bins=2, equal="mass") == pytest.approx(0.375)


@pytest.mark.parametrize("equal", ["width", "mass"])
def test_without_an_event_there_are_no_bins_and_no_errors(equal: Equal) -> None:
    assert reliability_bins([], [], equal=equal) == []
    assert calibration_error([], [], equal=equal) is None
    assert maximum_calibration_error([], [], equal=equal) is None
    assert brier_score([], []) is None


def test_the_brier_score_by_hand_with_its_interval() -> None:
    score = brier_score([0.9, 0.9, 0.2], [True, False, False])  # 0.01, 0.81, 0.04
    assert score is not None
    assert score.mean == pytest.approx(0.86 / 3)
    assert (score.low, score.high, score.n) == pytest.approx((0.01, 0.81, 3))  # all three drawn alike: 1 of 27 times


def test_the_interval_of_a_share_is_wilsons() -> None:
    eight = wilson(8, 10)
    assert (eight.mean, eight.low, eight.high, eight.n) == pytest.approx((0.8, 0.4902, 0.9433, 10), abs=1e-4)
    none = wilson(0, 10)
    assert (none.low, none.high) == pytest.approx((0.0, 0.2775), abs=1e-4)  # z² / (n + z²), z = 1.96
    assert wilson(10, 10).low == pytest.approx(1 - none.high)


def test_percentiles_of_measured_times() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0, 5.0], 50) == 3.0
    assert percentile([], 95) is None
