"""Are the words of `datapackage.json` fit to be shown, and do its examples keep their own constraints?"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import duckdb

from scripts.checks.descriptor_rules import FORM
from scripts.findings import Finding, finding
from scripts.package.contract import with_words
from scripts.package.opening import DESCRIPTOR

Json = dict[str, Any]
SHOWN = ("title", "description", "blank", "unit", "example")
MARKUP = re.compile(r"<[a-zA-Z/!?]|&#|&[a-zA-Z]+;|\{\s*[{%#]|[}%]\}|[$#]\{|\]\(|(?i:javascript|vbscript):")
UNTOLD = "The list of words has no categories: give each its value, label and description there."
TOLD_ONCE = (
    "The list of words is not as python -m scripts tidy writes it. Change {where}, or commonWords for a "
    "word that stands there, then run it."
)
BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"))


def faults(descriptor: Json) -> Iterator[Finding]:
    """List what is wrong with the words of a descriptor whose form is sound."""
    for place, name, text in _words(descriptor):
        if message := _fault_of(text):
            yield finding(FORM, DESCRIPTOR, f"The {name} {message}.", field=place, value=text)
    for table in descriptor["resources"]:
        for field in table["schema"]["fields"]:
            yield from _bounds(f"{table['name']}.{field['name']}", field.get("constraints", {}))
    yield from _examples(descriptor)
    yield from _lists(descriptor)


def _lists(descriptor: Json) -> Iterator[Finding]:
    """Lists of words that are not as `tidy` writes them, and words with two labels."""
    labels: dict[str, str] = {}
    wanted = (field for table in with_words(descriptor)["resources"] for field in table["schema"]["fields"])
    for table in descriptor["resources"]:
        for field in table["schema"]["fields"]:
            place, words = f"{table['name']}.{field['name']}", field.get("categories", [])
            if field != next(wanted):
                message = TOLD_ONCE.format(where=field.get("sameWordsAs", "the categories of the column"))
                yield finding(FORM, DESCRIPTOR, message, field=place)
            elif "enum" in field.get("constraints", {}) and not words:
                yield finding(FORM, DESCRIPTOR, UNTOLD, field=place)
            for one in words:
                if (other := labels.setdefault(one["value"], one["label"])) != one["label"]:
                    message = f"The word {one['value']} is called “{other}” in another column."
                    yield finding(FORM, DESCRIPTOR, message, field=place, value=one["label"])


def _words(descriptor: Json) -> Iterator[tuple[str, str, str]]:
    for name in ("title", "description"):
        yield "", name, descriptor[name]
    for word in descriptor.get("keywords", []):
        yield "keywords", "keyword", word
    for table in descriptor["resources"]:
        parts = [(table["name"], table)]
        parts += [(f"{table['name']}.{field['name']}", field) for field in table["schema"]["fields"]]
        for place, part in parts:
            for name in SHOWN:
                if part.get(name):
                    yield place, name, str(part[name])
            for one in part.get("categories", ()):
                yield from (
                    (place, f"{name} of {one['value']}", one.get(name, ""))
                    for name in ("label", "description")
                )


@cache  # the same words stand in many tables
def _fault_of(text: str) -> str:
    """What a page or a reader would trip over; blank where there is nothing."""
    if any(unicodedata.category(sign)[0] == "C" for sign in text):
        return "holds an invisible character or a line break"
    if text != " ".join(text.split()):
        return "begins or ends with a space, or holds two in a row"
    if unicodedata.normalize("NFC", text) != text:
        return "holds letters that are not composed"
    if MARKUP.search(text):
        return "holds markup or template syntax"
    return "holds letters broken by a wrong encoding" if "\ufffd" in text or "â€" in text else ""


def _bounds(place: str, constraints: Json) -> Iterator[Finding]:
    for low, high in BOUNDS:
        if low in constraints and high in constraints and constraints[low] > constraints[high]:
            message = f"{low} is above {high}, so no cell can keep both."
            yield finding(FORM, DESCRIPTOR, message, field=place, value=constraints[low])
    words = constraints.get("enum", [])
    if len(set(words)) < len(words):
        yield finding(FORM, DESCRIPTOR, "A word of the list stands twice.", field=place)


def _examples(descriptor: Json) -> Iterator[Finding]:
    """Examples that break a constraint of their own column; patterns are matched by DuckDB."""
    asked = []
    for table in descriptor["resources"]:
        for field in table["schema"]["fields"]:
            example, constraints = str(field.get("example", "")), field.get("constraints", {})
            place = f"{table['name']}.{field['name']}"
            if example and "enum" in constraints and example not in constraints["enum"]:
                yield finding(
                    FORM, DESCRIPTOR, "The example is not one of the list.", field=place, value=example
                )
            if example and "pattern" in constraints:
                asked.append((place, example, constraints["pattern"]))
    for (place, example, pattern), keeps in zip(asked, _kept(asked), strict=True):
        if not keeps:
            message = f"The example does not keep the pattern {pattern}."
            yield finding(FORM, DESCRIPTOR, message, field=place, value=example)


def _kept(asked: Sequence[tuple[str, str, str]]) -> list[bool]:
    """Does each example match its pattern? One query for all, because each costs as much as this one."""
    examples, patterns = [one[1] for one in asked], [one[2] for one in asked]
    query = "SELECT regexp_full_match(unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))"
    return [keeps for (keeps,) in duckdb.execute(query, [examples, patterns]).fetchall()]
