"""What takes long to make and follows from a text alone, kept by that text from build to build."""

import json
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.package.files import sha256
from scripts.package.write import write_text

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

PLACE = Path(__file__).resolve().parents[2] / "build/kept"  # git ignores it; it can be deleted at any time
MAKERS = ("markdown", "mkdocs", "mkdocs-material")


def kept(declared: str, make: Callable[[], str]) -> str:
    """What was made from this text before, or is made now. The text names the version of its maker too."""
    place = PLACE / sha256(declared.encode())
    if not place.exists():
        write_text(place, make())
    return place.read_text(encoding="utf-8")


class KeptPages:
    """What Markdown made of each page in the last whole build, for pages that have the same text now.

    A page looks its links up among the names of all files, so that other files or settings keep none.
    """

    def __init__(self, place: Path, files: Iterable[str], settings: bytes) -> None:
        beside = [*sorted(files), *map(version, MAKERS), Path(__file__).read_text(encoding="utf-8")]
        self._place, self._beside = place, sha256(json.dumps(beside).encode() + settings)
        before = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        self._before: dict[str, list[Any]] = before
        self._now: dict[str, list[Any]] = {}

    def render(self, page: "Page", config: "MkDocsConfig", files: "Files") -> None:
        """In place of `Page.render`: the HTML of its Markdown, and what MkDocs reads out of it."""
        from mkdocs.structure.toc import get_toc  # charts are drawn without it

        key = sha256(f"{self._beside} {page.file.src_uri}\n{page.markdown}".encode())
        if made := self._before.get(key):
            page.content, page._title_from_render, ids, toc, links = made
            page.present_anchor_ids, page.toc = set(ids), get_toc(toc)
            page.links_to_anchors = {files.src_uris[name]: anchors for name, anchors in links.items()}
        else:
            type(page).render(page, config, files)
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            ids, toc = sorted(page.present_anchor_ids or ()), [*map(_heading, page.toc)]
            made = [page.content, page._title_from_render, ids, toc, links]
        self._now[key] = made

    def write(self) -> None:
        """Keep the pages of this build, once it had no fault: one that was told is told again."""
        write_text(self._place, json.dumps(self._now))


def _heading(one: "AnchorLink") -> dict[str, Any]:
    """An entry of a table of contents, as `get_toc` takes it in."""
    return {"name": one.title, "id": one.id, "level": one.level, "children": [*map(_heading, one.children)]}
