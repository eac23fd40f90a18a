"""Helpers for the tests of all methods: tables of cases, and random input."""

import importlib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pkgutil import iter_modules

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from scripts import methods
from scripts.methods.common import Interval

MODULES = [
    importlib.import_module(f"scripts.methods.{module.name}") for module in iter_modules(methods.__path__)
]
FEW = settings(max_examples=60, deadline=None)
LEVEL = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
SHARE = st.floats(0, 1)
SAMPLE = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
WAVES = st.tuples(SAMPLE, SAMPLE).map(lambda pair: (*pair[0], *pair[1]))
Waves = tuple[int, int, int, int]


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("->")] for line in table.split("\n")[1:-1]]


def evaluate(expression: str, **helpers: object) -> object:
    names: dict[str, object] = {}
    for module in MODULES:
        names |= vars(module)
    return eval(expression, names | helpers)  # of the tables of these tests only


def rounded_like(value: float | Fraction, printed: str) -> str:
    places = len(printed.partition(".")[2])
    whole = Decimal(round(Fraction(value) * 10**places))
    return f"{whole.scaleb(-places):.{places}f}"


def gives(expression: str, printed: str, **helpers: object) -> None:
    """Assert that a value, an interval or a list equals the printed numbers to their last digit."""
    found = evaluate(expression, **helpers)
    if isinstance(found, Interval):
        found = (found.lower, found.upper)
    values = found if isinstance(found, Sequence) else [found]
    wanted = printed.split()
    assert [rounded_like(v, p) for v, p in zip(values, wanted, strict=True)] == wanted


def refuses(expression: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        evaluate(expression)
    assert str(caught.value) == message


def near(found: Interval, wanted: Sequence[float], within: float = 1e-9) -> None:
    assert [found.lower, found.upper] == pytest.approx(wanted, rel=within, abs=within)
