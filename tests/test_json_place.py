"""A finding of the contract names its line: a second way marks the place and looks for the mark."""

import json
from typing import Any

import pytest

from scripts.checks.descriptor import line_of
from tests.conftest import DESCRIPTOR

TEXT = json.dumps(DESCRIPTOR, ensure_ascii=False, indent=2)
PLACES = [
    (("resources", table, "schema", "fields", column), f"{one['name']}.{field['name']}")
    for table, one in enumerate(DESCRIPTOR["resources"])
    for column, field in enumerate(one["schema"]["fields"])
]


def marked_line(path: tuple[Any, ...], key: str) -> int:
    """The line of this property when it is given a value that stands nowhere else."""
    whole = json.loads(TEXT)
    part = whole
    for step in path:
        part = part[step]
    part[key] = "a mark"
    lines = json.dumps(whole, ensure_ascii=False, indent=2).splitlines()
    [line] = [number for number, words in enumerate(lines, 1) if '"a mark"' in words]
    return line


@pytest.mark.parametrize(("path", "place"), PLACES[::29])
def test_a_column_is_found_by_its_name_and_by_its_number(path: tuple[Any, ...], place: str) -> None:
    assert line_of(TEXT, DESCRIPTOR, place) == marked_line(path, "name")
    numbered = ".".join(map(str, path))
    assert line_of(TEXT, DESCRIPTOR, numbered) == marked_line(path, "name")
    assert line_of(TEXT, DESCRIPTOR, f"{numbered}.type") == marked_line(path, "type")


@pytest.mark.parametrize("place", ["", "nowhere.at all", "resources.999"])
def test_a_place_that_is_not_there_has_the_line_of_what_holds_it(place: str) -> None:
    assert line_of(TEXT, DESCRIPTOR, place) in (0, line_of(TEXT, DESCRIPTOR, "resources"))
