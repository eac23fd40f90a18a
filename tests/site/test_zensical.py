"""Zensical, the theme's successor to MkDocs, builds the same pages from mkdocs.yml without a warning."""

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.conftest import ROOT, mkdocs_settings, run_command

OF_THE_THEME = "__skip"  # an anchor that only one of the two builders writes


class Article(HTMLParser):
    """The words, links and anchors of a page's main part; spaces are dropped, as coloured code differs.

    Links are resolved on a host with the site at its root: Zensical points those of HTML in Markdown one
    folder too high, and a browser goes no higher than the root.
    """

    def __init__(self, path: Path, address: str) -> None:
        super().__init__()
        self.is_open = False
        self.is_hidden = False  # words for the search, which only one builder writes, hidden from view
        self.words = ""
        self.links: list[str] = []
        self.anchors: list[str] = []
        self._address = address
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_open = self.is_open or tag == "article"
        self.is_hidden = self.is_hidden or (tag == "nav" and ("hidden", None) in attrs)
        if self.is_open:
            named = {name: value for name, value in attrs if value}
            self.links += [urljoin(self._address, named["href"])] if "href" in named else []
            self.anchors += {named.get("id", OF_THE_THEME)} - {OF_THE_THEME}

    def handle_endtag(self, tag: str) -> None:
        self.is_open = self.is_open and tag != "article"
        self.is_hidden = self.is_hidden and tag != "nav"

    def handle_data(self, data: str) -> None:
        self.words += "".join(data.split()) if self.is_open and not self.is_hidden else ""


def articles(folder: Path) -> dict[str, Article]:
    """Return each page of a site by name, except 404 pages, which differ between hosts."""
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    host = "https://example.org/"
    return {name: Article(path, host + name) for name, path in names.items() if "404" not in name}


@pytest.mark.long
def test_zensical_builds_pages_with_the_same_names_words_and_links(
    package: Path, built_package: Path
) -> None:
    done = run_command("site", "--pages-only", "--package", str(package))
    assert done.returncode == 0, done.stderr
    zensical = [sys.executable, "-m", "zensical", "build", "--strict"]
    filled_in = os.environ | {"DOCS_DIR": "build/docs"}
    said = subprocess.run(zensical, cwd=package, env=filled_in, capture_output=True, text=True, timeout=240)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "No issues found" in said.stdout + said.stderr
    ours, theirs = articles(built_package / "site"), articles(package / "site")
    assert len(ours) > 150
    assert sorted(theirs) == sorted(ours)
    for part in ("words", "links", "anchors"):
        differ = [name for name in ours if getattr(theirs[name], part) != getattr(ours[name], part)]
        assert differ == [], part
    assert sum(len(article.links) for article in ours.values()) > 10_000
    assert sum(len(article.anchors) for article in ours.values()) > 1_000
    assert "data/reported_values.csv" in (package / "site/data/index.html").read_text(encoding="utf-8")


def test_mkdocs_settings_use_no_plugin_unknown_to_zensical() -> None:
    """Zensical silently ignores unknown plugins and hooks, so only the search and one hook are used.

    For Zensical, `--pages-only` does that hook's work on the pages.
    """
    settings = mkdocs_settings()
    assert settings["hooks"] == ["scripts/site/hooks.py"]
    assert settings["plugins"] == ["search"]
    assert set(settings["validation"]) <= {"not_found", "anchors"}  # Zensical reads no other
    assert not {"exclude_docs", "extra_templates", "extra_javascript"} & set(settings)
    assert {path.name for path in (ROOT / "overrides").iterdir()} == {
        "main.html",
        "sitemap.xml",
    }  # Zensical has a sitemap of its own
