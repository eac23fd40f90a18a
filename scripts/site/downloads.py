"""What the page of downloads says of each file: its size, its rows, its date and its hash."""

from scripts.package.contract import GROUPS
from scripts.package.files import sha256
from scripts.package.opening import DESCRIPTOR
from scripts.publish.bundle import released_descriptor
from scripts.publish.formats import FIRST
from scripts.site.lines import Entry, File, Marked, Section, entry
from scripts.site.page_data import PageData
from scripts.wording.words import kilobytes


def downloads(data: PageData) -> list[Section]:
    """The tables, group by group, the contract before the first."""
    contract, content = data.package.contract.released, data.package.content
    words = f"Contract: Every table, column, key and licence, version {contract.version}"
    files: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    files["core"].append(_download(data, DESCRIPTOR, words, released_descriptor(data.package)))
    for one in sorted(contract.tables, key=lambda table: table.name != FIRST):
        about = f"{one.title}: {one.description}"
        files[one.group].append(_download(data, one.path, about, content(one.path)))
    return [Section(group, title, rows=tuple(files[group])) for group, title in GROUPS.items()]


def _download(data: PageData, path: str, about: str, content: bytes) -> Entry:
    """A file: bytes in thousands, and the rows below the header of a table. A cell holds no line end."""
    lines = content.count(b"\n")
    rows = f", {lines - 1:,} rows" if path.endswith(".csv") else ""
    day = f", {data.created}" if data.created else ""
    made = f"{kilobytes(len(content))}{rows}{day} "
    return entry("", File(path, path), about, (made, Marked(sha256(content), "code")))
