"""The plain sentences follow the numbers: if the numbers are reversed, so is the sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.wording import result_sentences as say
from scripts.wording.result_sentences import tier_history_sentence
from scripts.wording.text_formatting import one_in_so_many

Row = dict[str, str]
SHARES = st.floats(0.001, 0.999)


def difference(lower: float, upper: float, effect: float = 1, likeness: str = "") -> Row:
    """Return a row of the table scenario_changes, with the assumed correlation within venues."""
    effects = {"earlier_design_effect": str(effect + bool(likeness)), "later_design_effect": str(effect)}
    return {
        "ci_low": str(lower),
        "ci_high": str(upper),
        "earlier": "7.59",
        "later": "1.81",
        "ci_level": "95",
        "likeness": likeness,
    } | effects


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [(-7, -4.0, 1), (-9.0, -1.0, 10)],
            [
                "effect of 10, the 95% confidence interval of the fall from 7.59% to 1.81% is 1.0 to 9.0",
            ],
        ),
        (
            [(-7, -4.0, 1), (-9.0, -2.0, 7.3, "1"), (-9.9, -1.0, 10)],
            [
                "of the fall",
                "Even in the extreme case in which everyone in a venue, or no one",
                "at random from similar lists",
                "the same size and counted equally",
                "2.0 to 9.0",
            ],
        ),
        (
            [(-9.0, -2.0, 7.3, "0.5")],
            ["of the fall", "in each venue people were alike by 0.5", "2.0 to 9.0"],
        ),
        ([(1.0, 4.0, 1)], ["of the rise", "effect of 1,", "1.0 to 4.0"]),
        ([(-7, -4.0, 1), (-9.0, 1.0, 4)], ["could explain the change", "effect of 4 the 95% conf"]),
        ([(-7, 0.0, 2)], ["could explain the change", "effect of 2 the 95%"]),
    ],
)
def test_sentence_on_sampling_error(rows: list[tuple[float, float, float]], says: list[str]) -> None:
    words = say.sampling_explains_change([difference(*row) for row in rows])
    assert [part for part in says if part not in words] == []


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(1, 50)), min_size=1))
def test_chance_is_never_ruled_out_where_an_interval_holds_zero(
    ends: list[tuple[float, float, float]],
) -> None:
    rows = [difference(min(a, b), max(a, b), effect) for a, b, effect in ends]
    holds_zero = any(min(a, b) <= 0 <= max(a, b) for a, b, _ in ends)
    assert ("could explain" in say.sampling_explains_change(rows)) == holds_zero
    assert ("could be real" in say.explanations_left(rows)) == (not holds_zero)


@given(SHARES)
def test_sentence_gives_one_minus_the_least_specificity_as_error(specificity: float) -> None:
    words = say.adults_taken_for_children({"estimate": str(specificity)})
    assert f"If {100 * (1 - specificity):.2f}" in words or f"If {100 * (1 - specificity):.3f}" in words


def test_sentence_on_recognition_alone_distinguishes_a_fall_from_a_rise() -> None:
    fall = say.recognition_explains_fall({"estimate": "0.25"})
    assert "only 25 of every 100 children whom the earlier one would have recognised" in fall
    assert "and no adult was taken for a child" in fall
    assert "no fall to explain" in say.recognition_explains_fall({"estimate": "1.2"})


def test_sentence_on_the_hidden_part() -> None:
    row = {"assumed": "0.1", "estimate": "61.8", "verdict": "possible"}
    words = say.affected_share_needed_outside(row)
    assert "missed 10% of the people, about three in five of those missed (61.8%) would" in words
    impossible = row | {"verdict": "impossible"}
    assert "still be a fall even if all" in say.affected_share_needed_outside(
        impossible | {"estimate": "120"}
    )
    for estimate in ("-20", "50"):
        assert (
            say.affected_share_needed_outside(impossible | {"estimate": estimate})
            == "There is no fall to begin with."
        )


def test_tiers_are_reported_as_spells_and_the_last_one_ends_with_the_last_report() -> None:
    tiers = {"2013": "tier_2_watch_list", "2014": "tier_2_watch_list", "2015": "tier_2"}
    rows = [{"report_year": year, "tier": tier} for year, tier in tiers.items()]
    rows += [{"report_year": "2017", "tier": "tier_3"}, {"report_year": "2016", "tier": ""}]
    whole = "on the Tier 2 Watch List from 2013 to 2014, in Tier 2 in 2015 and in Tier 3 in 2017"
    assert tier_history_sentence(rows) == tier_history_sentence(rows, "2014") == whole
    assert tier_history_sentence(rows, "2015") == whole.partition("2014, ")[2]


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("fall", "share still fell"),
        ("rise", "share still rose"),
        ("sign_open", "could have fallen or risen"),
    ],
)
def test_sentence_on_the_sign_without_assumption(verdict: str, says: str) -> None:
    assert says in say.direction_whoever_was_missed({"assumed": "0.1", "verdict": verdict})


def bound(measure: str, denominator: str, estimate: str, **cells: str) -> Row:
    """Return a row of the tables estimates or scenario_none_found."""
    blank = dict.fromkeys(("rounding_low", "rounding_high", "assumed"), "")
    numbers = {"denominator": denominator, "estimate": estimate}
    return {"measure": measure, **numbers, "ci_level": "95", **blank, **cells}


def test_none_found_says_what_its_numbers_leave_open() -> None:
    needed = bound("n_to_exclude", "", "393", assumed="0.76", rounding_low="391", rounding_high="396")
    few = bound("n_to_exclude", "", "2995", assumed="0.1", rounding_low="1996", rounding_high="5990")
    assumed = bound("upper_bound", "300", "0.99")
    at_least = bound("bound_at_least", "2104", "0.14228")
    words = say.sentence_on_none_found([at_least])
    for part in (
        "None found is not none. We do not know how many people were seen there.",
        "all 2,104 people in the survey had been seen there, finding none would not rule out",
        "a true share of up to 0.142% (one-sided 95% limit, if people were independent",
    ):
        assert part in words
    sizes = say.sentence_on_people_needed_to_rule_out_share([assumed, needed, few])
    for part in (
        "393 people to rule out a share of exactly 0.76% (391 to 396 by rounding)",
        "2,995 people to rule out a share of exactly 0.1% (1,996 to 5,990 by rounding)",
    ):
        assert part in sizes
    assert say.sentence_on_people_needed_to_rule_out_share([at_least]) == ""
    counted = say.sentence_on_none_found(
        [bound("upper_bound", "1203", "0.249", denominator_id="KH005"), few]
    )
    assert "Among 1,203 people, shares up to 0.249% are still possible" in counted


def test_mistakes_in_the_earlier_wave_have_a_fall_to_explain_or_none() -> None:
    assert "took about one in 16 adults (6.1%) for children" in say.mistakes_explain_fall(
        {"estimate": "0.0609406953"}
    )
    assert "no fall to explain" in say.mistakes_explain_fall({"estimate": "-0.01"})


def test_several_errors_from_the_most_to_the_least_that_is_enough() -> None:
    rows = [
        {"assumed": q, "design_effect": effect, "sensitivity_ratio": ratio, "estimate": hidden}
        for q, effect, ratio, hidden in (
            ("1", "10", "0.6", "0"),
            ("1", "1", "1", "0.046"),
            ("0.5", "10", "0.6", "0"),
            ("0.5", "1", "1", "0.0941"),
            ("0.5", "4", "0.8", "0.0546"),
        )
    ]
    every, few = say.missed_people_with_other_errors(rows), say.missed_people_with_other_errors(rows[3:])
    assert "the design effect is 10, and that children were recognised only 0.6 times as often as" in every
    assert every.endswith("no longer show a fall, even if nobody was missed.")
    assert "the design effect is 4, and that children were recognised only 0.8 times" in few
    assert few.endswith("once 5.5% (if 50% of them were under 18) of all people were missed.")


def test_sentence_on_counts_and_rounding() -> None:
    rows = [
        {"rounding": "half_up", "verdict": "consistent"},
        {"rounding": "ceiling", "verdict": "inconsistent_unweighted"},
    ]
    assert "under every rounding rule" in say.follows_from_counts(rows[:1])
    assert say.follows_from_counts(rows).endswith("only if it was rounded by: half up.")
    assert "Rounding cannot explain the gap between the reported counts" in say.follows_from_counts(
        rows[1:]
    )


@pytest.mark.parametrize(
    ("proportion", "says"),
    [("0.061", "one in 16"), (0.141, "one in seven"), (0.618, "three in five"), (0.4, "two in five")],
)
def test_a_proportion_is_said_as_people_say_it(proportion: str | float, says: str) -> None:
    assert one_in_so_many(proportion) == f"about {says}"
