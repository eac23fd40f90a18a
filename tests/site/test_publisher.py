"""Pages name the contact that the publisher has set or, if none is set, say what to do instead."""

from html import unescape
from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.site.render import PageFault, render_pages
from tests.conftest import FROZEN, ROOT, mark_later_cases_long

NOBODY = "there is no address to write to"
REPOSITORY, CONTACT = "https://example.org/project", "people@example.org"


def rendered(
    package: Path, monkeypatch: pytest.MonkeyPatch, repository: str, contact: str
) -> dict[str, str]:
    """Return all pages of a package, rendered with these settings."""
    monkeypatch.setenv("REPO_URL", repository)
    monkeypatch.setenv("CONTACT", contact)
    with Package(package) as opened:
        return {name: unescape(page) for name, page in render_pages(opened).items()}


@pytest.mark.slow
def test_contact_links_are_on_every_page_if_set(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = rendered(FROZEN, monkeypatch, REPOSITORY, CONTACT)
    for name, page in pages.items():
        assert f'href="{REPOSITORY}/issues/new/choose"' in page, name
        assert f'href="mailto:{CONTACT}"' in page and NOBODY not in page, name
    for name, times in (
        ("about.md", 2),
        ("contribute.md", 2),
        ("check.md", 2),
        ("data.md", 2),
    ):  # in the text and at the end
        assert pages[name].count(f"mailto:{CONTACT}") == times, name
    for form in ("new-source", "data-error", "reply"):
        assert f"{REPOSITORY}/issues/new?template={form}.yml" in pages["contribute.md"]
        assert (ROOT / f".github/ISSUE_TEMPLATE/{form}.yml").is_file()
    assert f'<a id="check-send" href="{REPOSITORY}/issues/new?template=new-source.yml"' in pages["check.md"]


@pytest.mark.slow
def test_page_says_what_to_do_if_no_contact_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = rendered(FROZEN, monkeypatch, "", "")
    assert [name for name, page in pages.items() if NOBODY in page] == ["about.md"]
    assert not any("Something wrong on this page" in page for page in pages.values())
    for name in ("contribute.md", "check.md"):
        assert "These pages have no address to send to yet." in pages[name], name
    assert "mailto:" not in "".join(pages.values())
    assert "check-send" not in pages["check.md"]


BAD = ["javascript:alert(1)", "people@example.org?cc=x", 'x@y.org"><b>']


@pytest.mark.slow
@pytest.mark.parametrize("bad", mark_later_cases_long(1, zip(BAD)))
def test_invalid_contact_address_stops_the_build(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    with pytest.raises((PageFault, ValueError), match="not a plain web address"):
        rendered(FROZEN, monkeypatch, "", bad)


def test_each_page_leads_at_its_top_to_the_lines_as_printed(built_package: Path) -> None:
    for path in (built_package / "site").rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        if "This page has moved" in html:
            continue
        top, _, rest = html.partition("<main")
        said = "Report a concern in Cambodia"
        if path.parent.name == "km":
            said = '<span lang="km">កន្លែងរាយការណ៍</span>'
        assert f'<a href="#where-to-report">{said}</a>' in top, path
        assert path.parent.name == "km" or rest.count('id="where-to-report"') == 1, path
    sources = (built_package / "site/sources/index.html").read_text(encoding="utf-8")
    told = sources.partition('id="hotlines"')[2].partition("</p>")[0]
    assert "The numbers under “Where to report” come from" in told and "have not rung these numbers" in told
