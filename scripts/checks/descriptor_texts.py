"""Check that the texts of `datapackage.json` can be shown, and that its examples meet its constraints."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from scripts.checks.descriptor_schema import Json, matches_regex
from scripts.package.contract import expand_word_lists

Fault = tuple[str, str, object]  # a place, what is wrong there, and the value found
SHOWN = ("title", "description", "blank", "unit", "example")
MARKUP = re.compile(r"<[a-zA-Z/!?]|&#|&[a-zA-Z]+;|\{\s*[{%#]|[}%]\}|[$#]\{|\]\(|(?i:javascript|vbscript):")
UNTOLD = "The list of words has no categories: give each its value, label and description there."
TOLD_ONCE = (
    "The list of words is not as python -m scripts tidy writes it. Change {where}, or commonWords for a "
    "word that stands there, then run it."
)
BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"))


def faults_in_texts(descriptor: Json) -> Iterator[Fault]:
    """Yield faults in the words of a descriptor that is otherwise valid."""
    for place, name, text in _texts_with_json_path(descriptor):
        if message := _why_text_cannot_be_shown(text):
            yield place, f"The {name} {message}.", text
    for place, field in _columns_with_json_path(descriptor):
        yield from (
            (place, *fault) for fault in _faults_in_constraints(field, field.get("constraints", {}))
        )
    yield from _faults_in_code_lists(descriptor)


def _columns_with_json_path(descriptor: Json) -> Iterator[tuple[str, Json]]:
    """Yield each column, preceded by its path, such as `studies.title`."""
    for table in descriptor["resources"]:
        for field in table["schema"]["fields"]:
            yield f"{table['name']}.{field['name']}", field


def _texts_with_json_path(descriptor: Json) -> Iterator[tuple[str, str, str]]:
    for name in ("title", "description"):
        yield "", name, descriptor[name]
    yield from (("keywords", "keyword", word) for word in descriptor.get("keywords", []))
    tables = ((table["name"], table) for table in descriptor["resources"])
    for place, part in (*tables, *_columns_with_json_path(descriptor)):
        yield from ((place, name, str(part[name])) for name in SHOWN if part.get(name))
        for category in part.get("categories") or part.get("listOf", ()):
            for name in ("label", "description"):
                yield place, f"{name} of {category['value']}", category.get(name, "")


@cache  # the same text occurs in many tables
def _why_text_cannot_be_shown(text: str) -> str:
    """What is wrong with the characters, spaces or markup of a text; blank if nothing is."""
    categories = {unicodedata.category(sign) for sign in text if not sign.isprintable()}
    if categories - {"Zs"}:
        return "holds an invisible character or a line break"
    if categories:
        return "holds a space other than the usual one, such as a no-break space"
    if text != " ".join(text.split()):
        return "begins or ends with a space, or holds two in a row"
    if unicodedata.normalize("NFC", text) != text:
        return "holds letters that are not composed"
    if MARKUP.search(text):
        return "holds markup or template syntax"
    return "holds letters broken by a wrong encoding" if "\ufffd" in text or "â€" in text else ""


def _faults_in_constraints(field: Json, constraints: Json) -> Iterator[tuple[str, object]]:
    """Yield constraints that no cell can meet, and examples that break their column's constraints."""
    for low, high in BOUNDS:
        if low in constraints and high in constraints and constraints[low] > constraints[high]:
            yield f"{low} is above {high}, so no cell can keep both.", constraints[low]
    words, pattern = constraints.get("enum", []), constraints.get("pattern")
    example = field.get("example")
    if example and words and example not in words:
        yield "The example is not one of the list.", example
    if example and pattern and not matches_regex(pattern, str(example)):
        yield f"The example does not keep the pattern {pattern}.", example


def _faults_in_code_lists(descriptor: Json) -> Iterator[Fault]:
    """Yield faults in lists of codes: a code with no label or two, or a list not as `tidy` writes it."""
    labels: dict[str, str] = {}
    for (place, field), (_, wanted) in zip(
        _columns_with_json_path(descriptor),
        _columns_with_json_path(expand_word_lists(descriptor)),
        strict=True,
    ):
        words = field.get("categories") or field.get("listOf", [])
        if field != wanted:
            where = field.get("sameWordsAs", "the categories of the column")
            yield place, TOLD_ONCE.format(where=where), ""
        elif "enum" in field.get("constraints", {}) and not words:
            yield place, UNTOLD, ""
        for word in words:
            if (other := labels.setdefault(word["value"], word["label"])) != word["label"]:
                yield (
                    place,
                    f"The word {word['value']} is called “{other}” in another column.",
                    word["label"],
                )
