"""The plain sentences say what the numbers say: turned numbers turn the sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.package.opening import Package
from scripts.site.gone import Gone
from scripts.site.page_data import PageData
from scripts.wording import sentences as say
from tests.conftest import ROOT

Row = dict[str, str]
TRIED = "at each design effect that was tried, up to"
SHARES = st.floats(0.001, 0.999)


def difference(lower: float, upper: float, effect: float = 1) -> Row:
    """A row of the table changes, with the design effect behind it."""
    return {"lower": str(lower), "upper": str(upper), "design_effect": str(effect)}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(-0.07, -0.04, 1), (-0.09, -0.01, 10)], f"cannot explain the fall, {TRIED} 10."),
        ([(0.01, 0.04, 1)], f"cannot explain the rise, {TRIED} 1."),
        ([(-0.07, -0.04, 1), (-0.09, 0.01, 4)], "could explain the change, from a design effect of 4 on."),
        ([(-0.07, 0.0, 2)], "could explain the change, from a design effect of 2 on."),
    ],
)  # fmt: skip
def test_chance(rows: list[tuple[float, float, float]], says: str) -> None:
    assert say.sampling_alone([difference(*row) for row in rows]) == f"Sampling error alone {says}"


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(1, 50)), min_size=1))
def test_chance_is_never_ruled_out_where_an_interval_holds_zero(
    ends: list[tuple[float, float, float]],
) -> None:
    rows = [difference(min(a, b), max(a, b), effect) for a, b, effect in ends]
    holds_zero = any(min(a, b) <= 0 <= max(a, b) for a, b, _ in ends)
    assert ("cannot" in say.sampling_alone(rows)) == (not holds_zero)
    assert ("So could" in say.who_and_how(rows)) == holds_zero


@given(SHARES)
def test_mistakes_are_one_minus_the_least_specificity(specificity: float) -> None:
    words = say.adults_taken_for_children({"estimate": str(specificity)})
    assert f"If {100 * (1 - specificity):.2f}" in words or f"If {100 * (1 - specificity):.3f}" in words


def test_recognition_explains_a_fall_alone() -> None:
    fall = say.recognition_alone({"estimate": "0.25", "lower": "0.24", "upper": "0.26"})
    assert "only 0.25 times as often (0.24 to 0.26 by rounding)" in fall
    assert "by rounding" not in say.recognition_alone({"estimate": "0.25", "lower": "", "upper": ""})
    assert "no fall to explain" in say.recognition_alone({"estimate": "1.2", "lower": "", "upper": ""})


def test_hidden_part() -> None:
    row = {"assumed": "0.1", "estimate": "0.618", "lower": "0.61", "upper": "0.62", "verdict": "possible"}
    assert say.hidden_part(row) == (
        "With 10 % of the people outside the frame, 61.8 % of those would have to be children to undo the "
        "fall (61.0 % to 62.0 % by rounding)."
    )
    assert "by rounding" not in say.hidden_part(row | {"lower": "0.618", "upper": "0.618"})
    assert "not be undone even if all" in say.hidden_part(
        row | {"estimate": "1.2", "verdict": "impossible"}
    )
    assert (
        say.hidden_part(row | {"estimate": "-0.2", "verdict": "impossible"}) == "There is no fall to undo."
    )


@pytest.mark.parametrize(
    ("verdict", "says"), [("fall", "a fall all"), ("rise", "a rise all"), ("sign_open", "a fall or a rise")]
)
def test_sign(verdict: str, says: str) -> None:
    assert says in say.sign_without_assumption({"assumed": "0.1", "verdict": verdict})


def test_none_found_has_a_bound_only_with_its_n() -> None:
    needed = [{"n": "393", "share": "0.0076"}]
    assumed = say.none_found([{"basis": "scenario", "n": "300", "share": "0.0099"}], needed)
    assert "no bound can be given" in assumed and "393 (for 0.76 %)" in assumed
    assert "0.99" not in assumed
    counted = say.none_found([{"basis": "counted", "n": "1203", "share": "0.00249"}], needed)
    assert "None found among 1,203 people leaves shares up to 0.249 % possible." in counted


def test_counts_and_rounding() -> None:
    rows = [
        {"rounding": "half_up", "verdict": "consistent"},
        {"rounding": "ceiling", "verdict": "inconsistent_unweighted"},
    ]
    assert "under every rounding rule" in say.follows_from_counts(rows[:1])
    assert say.follows_from_counts(rows).endswith("only if it was rounded by: half up.")
    assert "under any rounding rule" in say.follows_from_counts(rows[1:])


def test_the_published_sentences() -> None:
    """What the pages say of the two waves, as the tables stand."""
    figures = PageData(Package(ROOT)).figures
    differences = figures.differences("under-18-seen-earlier", "under-18-seen-later")
    assert not isinstance(differences, Gone)
    assert "cannot explain the fall" in say.sampling_alone(differences)
    counts = figures.rounding_tests("share-under-18-later", "people-seen-later")
    assert not isinstance(counts, Gone) and len(counts) == 5
    assert "does not follow" in say.follows_from_counts(counts)
