"""After an edit `mkdocs serve` rebuilds little, with the same result as a full build."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from scripts.package.package import Package
from scripts.site import live_rebuild
from scripts.site.live_rebuild import LiveRebuild
from scripts.site.page_data import PageData
from scripts.site.render import PageRenderer, render_pages
from tests.conftest import change_cells

SOURCE = "acton-2015"
ROLE = "boys-of-13-judged-adult"
ENDS = {"index.md", "values/x.md"}  # rendered each time for the end of every page


@pytest.fixture
def filled_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the pages rendered, in order."""
    names: list[str] = []
    open_page = PageData.open_page

    def noted(data: PageData, name: str) -> None:
        names.append(name)
        open_page(data, name)

    monkeypatch.setattr(PageData, "open_page", noted)
    yield names


@pytest.mark.slow
def test_partly_rendered_pages_equal_a_full_rendering(package: Path, filled_in: list[str]) -> None:
    kept = PageRenderer(Package(package))
    before = kept.all_pages_by_name()
    about = package / "docs/about.md"
    text = about.read_text(encoding="utf-8")

    def after(edited: str) -> dict[str, str]:
        filled_in.clear()
        about.write_text(edited, encoding="utf-8")
        return kept.all_pages_by_name()

    def made() -> set[str]:
        """Return the pages rendered; each page of docs/ is rendered once more, for its ending."""
        return {name for name in filled_in if filled_in.count(name) > ("/" not in name)} - ENDS

    assert before | after(f"{text}\n\nA word.\n") != before
    assert made() == {"about.md"}
    quoted = after(f"{text}\n\n{{{{ v('{ROLE}') }}}}\n")
    assert made() == {"about.md"}
    assert quoted == render_pages(Package(package))
    assert after(text) == before
    assert made() == {"about.md"}


def test_partial_build_covers_only_the_pages_that_differ() -> None:
    serving = LiveRebuild()
    shown = {"a.md": b"1", "b.md": b"2"}
    assert serving.names_to_build(shown) == {"a.md", "b.md"}
    serving.is_partial = True
    assert serving.names_to_build(shown) == set()
    assert serving.names_to_build(shown | {"b.md": b"3", "c.md": b"4"}) == {"b.md", "c.md"}
    serving.is_partial = False
    assert serving.names_to_build(shown) == {"a.md", "b.md"}


def test_search_index_is_complete_after_a_partial_build(tmp_path: Path) -> None:
    serving, place = LiveRebuild(), tmp_path / "index.json"
    place.write_text("of all", encoding="utf-8")
    serving.remember_or_restore_index(place)
    serving.is_partial = True
    place.write_text("of a part", encoding="utf-8")
    serving.remember_or_restore_index(place)
    assert place.read_text(encoding="utf-8") == "of all"


class Filled:
    """A stand-in for the rendering of pages, which records the files that it is given."""

    made: ClassVar[list[object]] = []

    def __init__(self, package: Package, site_url: str, files: object) -> None:
        self.files = files or "the downloads"
        Filled.made.append(files)

    def input_files_by_name(self) -> dict[str, bytes]:
        return {}


def test_edit_of_more_than_a_page_renders_every_page_again(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_rebuild, "MkDocsInput", Filled)
    monkeypatch.setattr(Filled, "made", [])
    serving = LiveRebuild()

    about, part = package / "docs/about.md", next((package / "docs/parts").glob("*.html"))
    edits: list[tuple[Callable[[], object], int]] = [
        (lambda: None, 1),
        (lambda: about.write_text("# About\n", encoding="utf-8"), 1),
        (lambda: part.write_text("", encoding="utf-8"), 2),
        (lambda: change_cells(package, "sources", SOURCE, title="Another title"), 3),
        (lambda: about.rename(about.with_name("new.md")), 4),
        (lambda: None, 4),
    ]
    for edit, times in edits:
        edit()
        serving.current_site_files(Package(package), "")
        assert len(Filled.made) == times
    assert Filled.made == [None, *["the downloads"] * 3]
