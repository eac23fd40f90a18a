"""A section without rows is left out of its page, and links to it go to the page."""

from pathlib import Path

import pytest

from scripts.site.links_to_omitted_sections import pages_with_working_links

TEMPLATE = "# A page\n{% if rows %}\n## Part { #part }\n{% endif %}\n"
THERE, LEFT_OUT = "# A page\n## Part { #part }\n", "# A page\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "b.md").write_text('<details id="fold"></details>', encoding="utf-8")
    return tmp_path


def led(docs: Path, link: str, page: str) -> str:
    """Return where a link on another page leads, if the page with the section has this text."""
    return pages_with_working_links({"a.md": page, "b.md": f"See [it]({link})."}, docs)["b.md"][9:-2]


def test_a_link_to_a_section_that_is_left_out_leads_to_the_page(docs: Path) -> None:
    assert led(docs, "a.md#part", LEFT_OUT) == "a.md"
    assert led(docs, "#fold", LEFT_OUT) == "b.md"
    assert (
        pages_with_working_links({"a.md": f"{LEFT_OUT}[x](#part)"}, docs)["a.md"] == f"{LEFT_OUT}[x](a.md)"
    )


def test_a_link_to_a_section_that_stands_is_kept(docs: Path) -> None:
    assert led(docs, "a.md#part", THERE) == "a.md#part"


@pytest.mark.parametrize("slip", ["a.md#pert", "b.md#part", "c.md#part", "values/a.md#part"])
def test_wrong_link_is_kept_for_mkdocs_to_report(slip: str, docs: Path) -> None:
    assert led(docs, slip, LEFT_OUT) == slip


def test_link_to_a_left_out_section_of_a_template_leads_to_the_page(docs: Path) -> None:
    assert led(docs, "a.md#about-it", LEFT_OUT) == "a.md#about-it"
    (docs / "parts").mkdir()
    (docs / "parts/some.html").write_text('<p id="about-it"></p>', encoding="utf-8")
    assert led(docs, "a.md#about-it", LEFT_OUT) == "a.md"
