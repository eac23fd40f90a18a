"""Errors that list the known values for somebody who typed an unknown value."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import TypeVar

LISTED = 12  # the most known values in a message
Value = TypeVar("Value")


def raise_if_unknown_value(name: str, typed: str, known: Collection[str]) -> None:
    """Raise ValueError if a value is not among the known values of its parameter.

    If no values are known, every value is allowed.
    """
    if known and typed not in known:
        raise ValueError(f"{name} cannot be “{typed}”.{known_values_sentence(typed, known)}")


def value_or_key_error(values: Mapping[str, Value], key: str, what: str) -> Value:
    """The value of a key; for an unknown key, raises KeyError with `what` and the known keys."""
    if key not in values:
        raise KeyError(f"{what}.{known_values_sentence(key, values.keys())}")
    return values[key]


def known_values_sentence(typed: str, known: Collection[str]) -> str:
    """A sentence that lists the known values, starting with those most like what was typed."""
    like = get_close_matches(typed, known, LISTED)
    listed = [*dict.fromkeys([*like, *sorted(known)])][:LISTED]
    others = f" and {len(known) - LISTED} others" if len(known) > LISTED else ""
    return f" Known: {', '.join(listed)}{others}."
