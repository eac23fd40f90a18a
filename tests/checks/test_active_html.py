"""Prose pages contain nothing that a browser would run, or fetch from another site."""

from pathlib import Path

import pytest

from scripts.checks.active_html import lines_with_active_html
from tests.conftest import ROOT

ACTIVE = [
    "<script>alert(1)</script>",
    '<script src="assets/copy.js"></script>',
    '<script type="text/late" data-src="https://example.org/assets/copy.js"></script>',
    '<script type="text/late" data-src="{{ base }}../other/copy.js"></script>',
    '<SCRIPT type="module">a()</SCRIPT>',
    '<img src="https://example.org/a.png">',
    "![A picture](//example.org/a.png)",
    "![A picture](http://example.org/a.png)",
    '<p onclick="a()">x</p>',
    "<svg/onload=a()>",
    "A [link](javascript:alert(1)).",
    "A [link](java&#115;cript:alert(1)).",
    "A [link][a].\n\n[a]: javascript:alert(1)",
    '<a href=" java\tscript:alert(1)">x</a>',
    "A [link](b.md){ onmouseover=a() }",
    '<a href="data:text/html,x">x</a>',
    '<iframe src="b.html"></iframe>',
    '<meta http-equiv="refresh" content="0">',
    '<div style="background: url(//example.org/a.png)">x</div>',
    '<base href="//example.org">',
    "{{ a macro without an end <script>alert(1)</script>",
]
HARMLESS = [
    "```\n<script>alert(1)</script>\n```",
    "`<script>` is text here, and so is `onclick=`.",
    "pd.merge(a, b, on=key)",
    "    left.merge(right, on = 'value_id')",
    '<script type="text/late" data-src="{{ base }}assets/copy.js"></script>',
    '<script type="application/ld+json">{{ published.json_ld(base, false) }}</script>',
    "![A picture](assets/a.png) and a [link](https://example.org/a(b)).",
    '<a href="{{ base }}sources/{{ figure("a-role").source_id }}/">x</a>',
    '<div class="rows" style="--head-2: \'2012\'" markdown>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</div>',
    "Data: what there is. JavaScript: none.",
]


@pytest.mark.parametrize("text", ACTIVE)
def test_active_html_in_a_page_is_reported_with_its_line(text: str) -> None:
    [(line, _)] = lines_with_active_html(f"# A title\n\nWords.\n\n{text}\n")
    assert line in (1, 5, 7)


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_text_code_blocks_and_own_files_pass_the_active_html_check(text: str) -> None:
    assert [*lines_with_active_html(f"# A title\n\n{text}\n")] == []


@pytest.mark.parametrize("page", [*(ROOT / "docs").glob("*.md")], ids=lambda page: page.name)
def test_no_page_of_docs_holds_active_html(page: Path) -> None:
    assert [*lines_with_active_html(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("part", [*(ROOT / "docs/parts").glob("*.html")], ids=lambda part: part.name)
def test_no_include_of_docs_holds_active_html(part: Path) -> None:
    assert [*lines_with_active_html(part.read_text(encoding="utf-8"), is_markdown=False)] == []
