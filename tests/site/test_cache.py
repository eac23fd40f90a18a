"""A build with cached files gives the same as one without."""

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from scripts.site import build
from scripts.site import disk_cache as cache_module
from scripts.site.disk_cache import get_cached_or_make
from tests.conftest import bytes_of_files


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache_module, "PLACE", tmp_path / "kept")
    return tmp_path / "kept"


def test_cached_result_is_made_once_for_each_text(place: Path) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return f"drawing {len(made)}: កុមារ\n"

    assert [
        get_cached_or_make("one", make),
        get_cached_or_make("one", make),
        get_cached_or_make("other", make),
    ] == [
        "drawing 1: កុមារ\n",
        "drawing 1: កុមារ\n",
        "drawing 2: កុមារ\n",
    ]
    assert len(list(place.iterdir())) == 2


def test_failed_result_is_not_cached(place: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        get_cached_or_make("one", lambda: str(1 // 0))
    assert get_cached_or_make("one", lambda: "made") == "made"


SETTINGS = """site_name: A few pages
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables, toc]
validation: {not_found: warn, anchors: warn}
"""
PAGES = {
    "index.md": "# Home\n\n[a figure](values/a.md#here)\n\n## End { #end }\n",
    "404.md": "# Nothing here\n",
    "values/a.md": "# A\n\n<div markdown=1>\n**5**\n</div>\n\n## Here { #here }\n\n[up](../index.md#end)\n",
}


def made(folder: Path, pages: dict[str, str]) -> dict[str, bytes]:
    """Build a site of a few pages with what the last build cached."""
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    out, docs = folder / "site", folder / "docs"
    docs.mkdir(exist_ok=True)
    files = {name: text.encode() for name, text in pages.items()}
    build._run_mkdocs(folder, files, out, "https://example.org/", empty_docs_folder=str(docs))
    return {name: content for name, content in bytes_of_files(out).items() if "sitemap" not in name}


def test_only_unchanged_pages_are_taken_from_the_last_build(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path / "one", PAGES)
    rendered: list[str] = []
    render = Page.render

    def noted(page: Page, config: MkDocsConfig, files: Files) -> None:
        rendered.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", noted)
    assert (made(tmp_path / "one", PAGES), rendered) == (first, [])
    changed = PAGES | {"values/a.md": PAGES["values/a.md"].replace("5", "6")}
    again = made(tmp_path / "one", changed)
    assert rendered == ["values/a.md"]
    (place / "pages.json").write_text("{", encoding="utf-8")  # a damaged cache counts as none
    assert again == made(tmp_path / "anew", changed) != first
    rendered.clear()
    made(tmp_path / "one", changed | {"values/b.md": "# B\n"})  # any page could link to a new one
    assert sorted(rendered) == sorted([*PAGES, "values/b.md"])


def test_dead_link_in_a_cached_page_is_reported_in_every_build(place: Path, tmp_path: Path) -> None:
    made(tmp_path, PAGES)
    assert (place / "pages.json").exists()
    for _ in range(2):
        with pytest.raises(build.SiteBuildError, match="not contain an anchor '#here'"):
            made(tmp_path, PAGES | {"values/a.md": "# A\n"})
