"""The script of the what-ifs without a browser: it computes as the package does, and reads input.

It runs in the Node that comes with Playwright, with a form made of strings in place of the page.
"""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from scripts.methods.design_effect import wilson_interval_at_effective_size
from scripts.methods.misclassification import raw_rogan_gladen_estimate
from scripts.methods.proportion import upper_bound_if_none_found
from scripts.methods.undercoverage import (
    affected_share_to_cancel_fall,
    hidden_part_for_change_limit_zero,
    hidden_part_to_cancel_fall,
)
from tests.conftest import FROZEN, ROOT, read_csv

SCRIPT = (ROOT / "docs/assets/what-if.js").read_text(encoding="utf-8")
BOUNDS = {  # name of an input: its least and greatest value, whether it is whole, and its initial value
    "effect": (1, 2104, "", "1"),
    "sensitivity": (0, 100, "", "100"),
    "specificity": (0, 100, "", "100"),
    "hidden": (0.01, 100, "", "10"),
    "affected": (0, 100, "", "50"),
    "effects": (1, 1936, "", "1"),
    "ratio": (0.01, 100, "", "1"),
    "others": (0, 100, "", "50"),
    "city": (1, 1000000, "yes", "300"),
}
Typed = Sequence[tuple[str, str]]  # the name of each input, and the text typed into it
ALONE = "(by sampling, people treated as independent)"
TOO_MANY = "cannot be: so many mistakes would give more than was counted"
BY_CHANCE = "cannot be: such judging is worse than chance"
PAGE = """
const bounds = %s, given = %s, outputs = {};
const elements = Object.fromEntries(Object.entries(bounds).map(([name, [min, max, whole, start]]) =>
  [name, { value: given[name] ?? start, dataset: { min: String(min), max: String(max), whole } }]));
const form = { elements,
  dataset: { x: "38", n: "2104", x1: "147", n1: "1936", earlier: "0.0816", later: "0.022" },
  addEventListener() {}, querySelector: (asked) => outputs[asked.split('"')[1]] ??= {} };
globalThis.document = { getElementById: () => form };
"""
# Each program of the list runs in its own context.
APART = """
const [programs] = %s, { runInNewContext } = require("vm");
console.log(JSON.stringify(programs.map((one) => JSON.parse(runInNewContext(one)))));
"""


def run(code: str, *given: dict[str, str]) -> list[Any]:
    """Run code with the script for each form, in one start of Node, and return the results."""
    node = compute_driver_executable()[0]
    pages = [PAGE % (json.dumps(BOUNDS), json.dumps(inputs)) for inputs in given]
    programs = [f"{page}\n{{{SCRIPT}\nJSON.stringify({code});}}" for page in pages]
    program = APART % json.dumps([programs])
    done = subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True)
    results: list[Any] = json.loads(done.stdout)
    return results


def all_told(typed: Sequence[Typed]) -> list[dict[str, str]]:
    """Return the text of each result, for each of several forms."""
    forms = run("outputs", *map(dict, typed))
    return [{name: output["textContent"] for name, output in outputs.items()} for outputs in forms]


@cache
def told(*typed: tuple[str, str]) -> dict[str, str]:
    """Return the text of each result, with these inputs."""
    return all_told([typed])[0]


def test_the_script_computes_as_the_package_does() -> None:
    """It agrees to nine digits over a grid, so that readers get the answers that the tables hold."""
    people, shares = ((0, 2, 38, 147), (287, 2104)), ((0.0816, 0.0076), (0.022, 0.001))
    cases = list(product(*people, *shares, (0.3, 0.9), (0.982, 1.0), (1, 4.5)))
    [found] = run(
        f"""{json.dumps(cases)}.map(([x, n, p, q, s, c, effect]) => [
        ...whatIf.wilson(x, n, effect), whatIf.roganGladen(p, s, c), whatIf.affectedNeeded(p, q, s),
        whatIf.hiddenNeeded(p, q, c), whatIf.zeroBound(n)])""",
        {},
    )
    for (x, n, p, q, s, c, effect), got in zip(cases, found, strict=True):
        limits = wilson_interval_at_effective_size(x, n, effect)
        expected = [
            *(limits.lower, limits.upper),
            raw_rogan_gladen_estimate(p, s, c),
            affected_share_to_cancel_fall(p, q, s),
            hidden_part_to_cancel_fall(p, q, c),
            upper_bound_if_none_found(n),
        ]
        assert got == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_what_if_with_several_errors_agrees_with_package_and_table() -> None:
    cases = list(product((0.02, 0.5, 1), (0.3, 0.6, 1, 2), (1, 4, 10, 100)))
    [found] = run(
        f"{json.dumps(cases)}.map(([q, r, d]) => whatIf.hiddenTogether(147, 1936, 38, 2104, q, r, d))", {}
    )
    for (q, r, d), got in zip(cases, found, strict=True):
        expected = hidden_part_for_change_limit_zero(147, 1936, 38, 2104, q, r, d)
        assert (float("inf") if got is None else got) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    rows = read_csv(FROZEN / "data/derived/scenario_tipping_points.csv")
    rows = [
        row
        for row in rows
        if row["earlier_denominator"] == "1936" and row["assumed"] == "0.5" and row["sensitivity_ratio"]
    ]
    forms = all_told(
        [[("effects", row["design_effect"]), ("ratio", row["sensitivity_ratio"])] for row in rows]
    )
    for row, said in zip(rows, forms, strict=True):
        shown = said["together"]
        percent = f"{100 * float(row['estimate']):.2f}%"
        assert shown == (percent if float(row["estimate"]) else "nobody: it is not shown even then")


@pytest.mark.parametrize(
    ("typed", "name", "says"),
    [
        ((("hidden", "10"),), "affected", "61.80%"),
        ((("hidden", "5"),), "affected", "no share would be enough"),
        (
            (("affected", "2"),),
            "hidden",
            "no share would be enough: they are no more affected than those seen",
        ),
        ((("others", "2"),), "together", "no share would be enough"),
        ((("specificity", "98"),), "judged", f"0% to 0.479% {ALONE}"),
        ((("specificity", "97.5"),), "judged", TOO_MANY),
        ((("sensitivity", "1.5"),), "judged", f"87.91% to 100.00% {ALONE}"),
        ((("sensitivity", "1"),), "judged", "cannot be: with recognition so poor, less would be counted"),
        ((("sensitivity", "1"), ("specificity", "95")), "judged", BY_CHANCE),
        ((("city", "1000000"),), "zero", "less than 0.001%"),
    ],
)
def test_what_if_judges_interval_limits_and_not_point_estimates(
    typed: Sequence[tuple[str, str]], name: str, says: str
) -> None:
    assert told(*typed)[name] == says


@pytest.mark.parametrize("text", ["7,3", " 7.3 ", "7.30", "7,30"])
def test_a_decimal_comma_is_accepted(text: str) -> None:
    assert told(("hidden", text))["affected"] == told(("hidden", "7.3"))["affected"]
    assert told(("hidden", text))["affected"] != told(("hidden", "73"))["affected"]


@pytest.mark.parametrize(
    "text",
    ["", "-1", "1000000000", "1e999", "1e1", "-", "7,3,1", "1,000", "1.000,5", "٧", "0x7", "NaN", "7 3"],
)
def test_impossible_what_if_input_gives_a_hint_instead_of_a_number(text: str) -> None:
    shown = told(*((name, text) for name in BOUNDS))
    assert len(shown) == 6
    assert all(words.startswith("– (enter a ") for words in shown.values())


@pytest.mark.parametrize("text", ["7.5", "7,5"])
def test_number_of_people_must_be_whole(text: str) -> None:
    assert told(("city", text))["zero"] == "– (enter a whole number from 1 to 1000000)"


def test_what_if_results_are_never_rounded_to_zero() -> None:
    names = ("hidden", "sensitivity", "specificity", "city")
    typed = product(("0.01", "50", "100"), ("0", "50", "100"), ("98.2", "98", "100"), ("1", "999999"))
    for shown in all_told([list(zip(names, numbers, strict=True)) for numbers in typed]):
        assert not [words for words in shown.values() if "0.000%" in words or "NaN" in words]


def test_what_if_page_has_the_inputs_tried_here() -> None:
    template = (ROOT / "scripts/site/templates/what_if_form.html").read_text(encoding="utf-8")
    for name in BOUNDS:
        assert f'number("{name}", ' in template
    assert template.count("{{ number(") == len(BOUNDS)
