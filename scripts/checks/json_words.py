"""What Python and jsonschema say of a contract, in our words: a reader need not know either."""

import json
import re
from itertools import accumulate
from typing import Any

import jsonschema

from scripts.findings import shown

MOST_DIGITS = 300  # of a number; Python itself refuses four thousand, and no contract has twenty
FORMS = {
    "object": "an object in {}",
    "array": "a list in []",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
LONGEST = 80  # characters of a value in a sentence
DEEPEST = 50  # brackets within brackets: no contract has twenty; where Python stops differs by version
TEXT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")
TOO_DEEP = "The file cannot be read: it has too many brackets within brackets."
HALF = "The file cannot be read: a text holds half of a letter, such as \\ud800, which no file can keep."


def whole_number(digits: str) -> int:
    """A whole number of the file. ValueError for one that is too long to be one."""
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has {len(digits):,} digits")
    return int(digits)


def is_too_deep(text: str) -> bool:
    """Has it more brackets within brackets than a contract? Asked of the text, before they are followed."""
    steps = (1 if bracket in "[{" else -1 for bracket in BRACKET.findall(TEXT.sub("", text)))
    return max(accumulate(steps), default=0) > DEEPEST


def why_unreadable(error: ValueError) -> str:
    """Why a text is no JSON that can be kept."""
    return HALF if isinstance(error, UnicodeError) else f"The file cannot be read: {error}."


def of_form(error: jsonschema.ValidationError) -> str:
    """What one fault against a form is, without the words of the library for the kinds that are common."""
    value, asked = _as_json(error.instance), error.validator_value
    said = {
        "type": lambda: f"This has to be {_one_of(asked)}, and it is {value}.",
        "required": lambda: f"This lacks {_missing(error)}.",
        "enum": lambda: f"This has to be one of {', '.join(map(_as_json, asked))}, and it is {value}.",
        "const": lambda: f"This has to be {_as_json(asked)}, and it is {value}.",
        "minItems": lambda: f"This list needs at least {asked}.",
        "minLength": lambda: f"This text needs at least {asked} characters, and it is {value}.",
        "uniqueItems": lambda: f"This list holds something twice: {value}.",
    }
    return said.get(str(error.validator), lambda: f"{error.message}.")()


def _one_of(types: str | list[str]) -> str:
    return " or ".join(FORMS[one] for one in ([types] if isinstance(types, str) else types))


def _missing(error: jsonschema.ValidationError) -> str:
    """The properties that are asked for and are not there; each has an error of its own."""
    names: list[Any] = list(error.validator_value)
    return next((str(one) for one in names if f"'{one}'" in error.message), ", ".join(map(str, names)))


def _as_json(value: object) -> str:
    return shown(json.dumps(value, ensure_ascii=False), LONGEST)
