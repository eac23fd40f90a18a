"""Rebuild only the pages that an edit affects, while `mkdocs serve` runs.

After an edit to a page, that page is filled in again; after an edit to the data, all pages are filled in
again. MkDocs then makes HTML only for the pages whose text has changed. The search and the downloads stay
as they were when the site was first shown, and if another page links to a section of an edited page, that
link is not checked.
"""

from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from scripts.package.file_transaction import DATA
from scripts.package.files import sha256_hex
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log
from scripts.site.build import MkDocsInput
from scripts.site.render import TEMPLATES

SETTINGS = ("mkdocs.yml", "overrides")  # settings for all pages
WAITS = (
    "Only what shows the edit was made again. “python -m scripts site” looks at the whole site: it follows "
    "every link, and makes the search and the downloads anew."
)


class LiveRebuild:
    """The state of the site that `mkdocs serve` shows, so that a rebuild makes only what has changed."""

    def __init__(self) -> None:
        self._input: MkDocsInput | None = None
        self._state = ""  # a hash of the files that `_input` was made from
        self._contents: dict[str, bytes] = {}  # the files that are shown at present
        self._index = b""  # the search index for all pages
        self.is_partial = False  # whether MkDocs builds only the pages that differ

    def current_site_files(self, package: Package, site_url: str) -> dict[str, bytes]:
        """The contents of the site's input files, by name, from the current data and pages."""
        docs = package.folder / "docs"
        pages = set(docs.glob("*.md"))
        others = [path for path in docs.rglob("*") if path not in pages]
        beside = [package.folder / DATA, package.folder / DESCRIPTOR, package.folder / "releases.json"]
        state = _state_hash([*others, *beside, TEMPLATES]) + " ".join(sorted(page.name for page in pages))
        if self._input is None or state != self._state:
            files = self._input.files if self._input else None
            self._input, self._state = MkDocsInput(package, site_url, files), state
        return self._input.input_files_by_name()

    def names_to_build(self, contents: dict[str, bytes]) -> set[str]:
        """The names of the files to build: in a partial build those that have changed, otherwise all."""
        before, self._contents = self._contents if self.is_partial else {}, contents
        return {name for name, content in contents.items() if before.get(name) != content}

    def remember_or_restore_index(self, place: Path) -> None:
        """Remember the search index of a whole build; restore it after a partial build replaces it."""
        if self.is_partial:
            place.write_bytes(self._index)
        else:
            self._index = place.read_bytes()

    def make_partial_builder(self, config: MkDocsConfig, whole: Callable[[], None]) -> Callable[[], None]:
        """Return a function that rebuilds what an edit affects; it calls `whole` if the settings change."""
        folder, shown_at = Path(config.config_file_path).parent, config.site_url or ""
        settings = [folder / name for name in SETTINGS]
        of_all = _state_hash(settings)

        def rebuild_what_changed() -> None:
            nonlocal of_all
            before, of_all = of_all, _state_hash(settings)
            self.is_partial = of_all == before and not config.strict
            if not self.is_partial:
                return whole()
            fresh = load_config(config.config_file_path, site_dir=config.site_dir)
            fresh.site_url = shown_at
            try:
                build(fresh, serve_url=shown_at, dirty=True)
            except BaseException:
                self._contents = {}  # it is not known what was written
                raise
            log.info(WAITS)

        return rebuild_what_changed


def _state_hash(places: list[Path]) -> str:
    """A single hash of the files and folders at these paths, including all files in the folders."""
    files = {file for place in places for file in (place, *place.rglob("*")) if file.is_file()}
    return sha256_hex(
        "".join(f"{file} {sha256_hex(file.read_bytes())}\n" for file in sorted(files)).encode()
    )
