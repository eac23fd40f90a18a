"""No method takes what is no possible number: it refuses it in words, and never answers with nonsense."""

from collections.abc import Callable
from inspect import Parameter, isfunction, signature
from math import inf, isnan, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.methods.arguments import Interval
from tests.methods.common import MODULES

Method = Callable[..., Any]


METHODS = [
    one
    for module in MODULES
    for one in vars(module).values()
    if isfunction(one) and one.__module__ == module.__name__ != "scripts.methods.arguments"
    if not one.__name__.startswith("_")
]
NUMBERS = {  # one that each argument takes, with the others
    **{
        "share": 0.1,
        "sensitivity": 0.9,
        "specificity": 0.95,
        "affected": 0.5,
        "hidden": 0.2,
        "p_seen": 0.1,
    },
    **{"p1": 0.2, "p2": 0.1, "hidden1": 0.1, "hidden2": 0.2, "rate": 0.1, "icc": 0.1, "cv": 0.5},
    **{"x": 3, "n": 100, "x1": 9, "n1": 100, "x2": 3, "n2": 120, "t1": 20, "t2": 30, "places": 7},
    **{"deff": 2, "level": 0.9, "ratio": 0.8, "power": 0.8, "half_width": 0.05, "mean_cluster_size": 8},
    **{"earlier": 0.2, "later": 0.1},
}
OTHERS = {
    "limits": Interval(0.1, 0.2),
    "printed": "7.5",
    "rounding": "half_up",
    "figures": [("7.5", 3)],
    ("reduction_rounding_range", "earlier"): "8.16",
    ("reduction_rounding_range", "later"): "2.2",
}
NAMED = pytest.mark.parametrize("method", METHODS, ids=[one.__name__ for one in METHODS])


def sound(method: Method) -> dict[str, Any]:
    names = signature(method).parameters
    return {
        name: OTHERS.get((method.__name__, name), OTHERS.get(name, NUMBERS.get(name))) for name in names
    }


def numbers_of(method: Method) -> list[Parameter]:
    return [one for one in signature(method).parameters.values() if one.annotation in (int, float)]


@NAMED
def test_each_number_of_each_method_is_refused_by_name_where_it_is_none(method: Method) -> None:
    method(**sound(method))
    for one in numbers_of(method):
        for wrong in (nan, inf, -inf):
            with pytest.raises(ValueError, match=rf"\b{one.name}\b.* must .*, got "):
                method(**sound(method) | {one.name: wrong})


@NAMED
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_numbers_give_an_answer_or_a_refusal_in_words(method: Method, data: st.DataObject) -> None:
    """Swapped, negative and endless ones too: nothing but ValueError comes out, and no answer is blank."""
    # No count and no share is smaller or larger than these but 0, and the endless.
    others = st.sampled_from([0.0, -0.0, inf, -inf, nan])
    like_counts = st.one_of(st.floats(1e-9, 1e12), st.floats(-1e12, -1e-9), others)
    any_float = st.one_of(like_counts, st.floats(0.001, 1), st.integers(-5, 3000).map(float))
    any_int = st.integers(-5, 3000)
    wild = {
        one.name: data.draw(any_int if one.annotation is int else any_float, label=one.name)
        for one in numbers_of(method)
    }
    try:
        found = method(**sound(method) | wild)
    except ValueError as refused:
        assert ", got " in str(refused)
        return
    limits = [found.lower, found.upper] if isinstance(found, Interval) else [found]
    assert not any(isinstance(one, float) and isnan(one) for one in limits)
