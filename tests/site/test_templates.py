"""Templates only do layout, with short lines and few conditions, and check the address of every link."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from scripts.site.content_nodes import Link, Piece, WebLink
from scripts.site.render import TEMPLATES
from scripts.wording.text_formatting import (
    escape_html_and_markdown,
    format_kilobytes,
    number_with_noun,
    require_site_address,
    require_web_address,
)
from tests.conftest import with_subtests

LONGEST_LINE = 160
MOST_CONDITIONS = 12
# How a template would pick or sort rows.
SELECTION = re.compile(
    r"\b(?:selectattr|rejectattr|groupby|matching|namespace)\b|\{%[^%]*\bfor\b[^%]*\bif\b"
)
CONDITION = re.compile(r"\b(?:el)?if\b")
STATEMENT = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def conditions(text: str) -> int:
    """Return the number of conditions in a template, also within expressions and loops."""
    return sum(len(CONDITION.findall(statement)) for statement in STATEMENT.findall(text))


def too_long(path: Path) -> list[str]:
    """Return the lines of a template that are longer than the limit."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > LONGEST_LINE]


@with_subtests(sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_template_has_short_lines_few_conditions_and_no_selection_of_rows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert too_long(path) == []
    assert conditions(text) <= MOST_CONDITIONS
    assert SELECTION.search(text) is None


def written(piece: Piece) -> str:
    """Return the HTML of a piece of a line on a page one level below the root."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, finalize=escape_html_and_markdown
    )
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(safe_url=require_web_address, safe_path=require_site_address)
    template = '{% from "lines.html" import line with context %}{{ line([one]) }}'
    return environment.from_string(template).render(one=piece, base="../").strip()


def test_link_escapes_its_text_and_checks_its_address() -> None:
    assert written(Link("a <b> {{ c }}", "values/KH010/", "KH010")) == (
        '<a href="../values/KH010/#KH010">a &#60;b&#62; &#123;&#123; c &#125;&#125;</a>'
    )
    assert written(Link("a", None, "b")) == '<a href="#b">a</a>'
    assert written(WebLink("a", "https://a.example/b")) == '<a href="https://a.example/b">a</a>'
    assert written("a_b") == "a&#95;b"
    for link in (
        Link("a", 'x" onclick="y'),
        WebLink("a", "a b", "file"),
        WebLink("a", "javascript:alert(1)"),
    ):
        with pytest.raises(ValueError, match=r"not an? (plain web )?address"):
            written(link)


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "//example.org/", "https://example.org/", 'x" onclick="y', "a b", "a?b"),
        *("#", "a#b#c", "a\nb", "<img>", "\\\\example.org"),
    ],
)
def test_only_an_address_inside_this_site_becomes_a_link_inside_it(address: str) -> None:
    with pytest.raises(ValueError, match="not an address inside this site"):
        require_site_address(address)


@pytest.mark.parametrize("address", ["", "./", "../values/KH010/#KH010", "#S01", "data/sources.csv"])
def test_an_address_inside_this_site_stays_as_it_is(address: str) -> None:
    assert (
        require_site_address(address) == address == escape_html_and_markdown(require_site_address(address))
    )


def test_filters_write_numbers_in_words() -> None:
    assert [number_with_noun(number, "reading") for number in (0, 1, 2)] == [
        "0 readings",
        "1 reading",
        "2 readings",
    ]
    assert format_kilobytes(1_234_567) == "1,234.6 kB"
