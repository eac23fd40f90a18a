"""The effects of a change on computed tables and pages, which are made in a separate folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from scripts import derived
from scripts.package import database
from scripts.package.atomic_write import write_text_atomically
from scripts.package.package import Package
from scripts.package.row_changes import AFTER, BEFORE, CellChange, load_package_state
from scripts.preview.table_differences import TableChanges, compare_loaded_tables

# Computed tables that only repeat what is in other parts of the preview.
BOOKKEEPING = ("values", "results")
PLACES_IN_A_LIST = {("origins", "position")}  # these change with every earlier row
OTHER_CONTRACT = "The base cannot be {} by the code of today: {}."
PARTS = ("data", "docs", "datapackage.json", "releases.json")  # what pages are made from
NUMBERS = ("integer", "number")


@dataclass(frozen=True, kw_only=True)
class NumberChange:
    """A computed number before and after; `relative` is None if the number before was zero."""

    table: str
    key: str
    field: str
    before: str
    after: str
    relative: float | None


@dataclass(frozen=True)
class DerivedChanges:
    """The changes in the computed tables; `numbers` leaves out tables that only repeat others."""

    numbers: tuple[NumberChange, ...] = ()  # the largest relative change first
    tables: tuple[TableChanges, ...] = ()
    not_computed: str = ""


@dataclass(frozen=True)
class PageChanges:
    """The pages whose text differs, or why they cannot be compared."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    not_rendered: str = ""
    fault: str = ""  # in a page after the change, so that the site cannot be built
    fallen: tuple[str, ...] = ()  # sentences that are no longer on the pages


def has_same_input_files(base: Package, package: Package) -> bool:
    """Return whether both packages have the same input files for tables and pages."""
    return _input_files_by_path(base) == _input_files_by_path(package)


def _input_files_by_path(package: Package) -> dict[str, bytes]:
    """The contents of the files that tables and pages are made from, by path."""
    folder = package.folder
    paths = [path for part in PARTS for path in (folder / part, *(folder / part).rglob("*"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def copy_with_derived_tables(package: Package, folder: Path, as_committed: bool) -> Package:
    """Copy the files from which pages are made, with derived tables as committed or computed now.

    Pages name the commit from which they were made. A copy has no commit, so the pages of two copies do not
    differ in this.
    """
    for part in PARTS:
        if (package.folder / part).is_dir():
            shutil.copytree(package.folder / part, folder / part, symlinks=True)
        elif (package.folder / part).is_file():
            shutil.copyfile(package.folder / part, folder / part)
    if not as_committed:
        for path, text in derived.texts_of_derived_tables(package).items():
            write_text_atomically(folder / path, text)
    return Package(folder)


def copy_base_with_derived_tables(base: Package, folder: Path) -> tuple[Package | None, str]:
    """A copy of the base, with its derived tables as committed or, if one is missing, computed now.

    If no copy can be made, None and the reason.
    """
    tables = base.contract.derived_tables
    as_committed = bool(tables) and all((base.folder / table.path).is_file() for table in tables)
    try:
        return copy_with_derived_tables(base, folder, as_committed), ""
    except Exception as error:  # a different contract may cause any error
        return None, OTHER_CONTRACT.format("computed", _error_in_words(error))


def _error_in_words(error: Exception) -> str:
    return f"{type(error).__name__} {error}".rstrip(". ")


def derived_changes(base: Package, package: Package) -> DerivedChanges:
    """Compare the computed tables of two packages; the largest relative changes of numbers come first."""
    before, after = base.contract.derived_tables, package.contract.derived_tables
    with database.open_empty_database() as connection:
        load_package_state(connection, BEFORE, base, before)
        load_package_state(connection, AFTER, package, after)
        tables = compare_loaded_tables(connection, before, after)
    counted = [table for table in after if table.name not in BOOKKEEPING]
    numeric = {
        (table.name, field.name) for table in counted for field in table.fields if field.type in NUMBERS
    }
    numeric -= PLACES_IN_A_LIST
    number_changes: list[NumberChange] = []
    for table in tables:
        changed = ((row.key, cell) for row in table.row_changes_of_kind("changed") for cell in row.cells)
        number_changes += [
            _number_change(table.table, key, cell)
            for key, cell in changed
            if (table.table, cell.field) in numeric and cell.was and cell.became
        ]
    return DerivedChanges(tuple(sorted(number_changes, key=_sort_key_largest_change_first)), tables)


def _number_change(table: str, key: str, cell: CellChange) -> NumberChange:
    """A number that has changed to another number."""
    before, after = float(cell.was), float(cell.became)
    return NumberChange(
        table=table,
        key=key,
        field=cell.field,
        before=cell.was,
        after=cell.became,
        relative=(after - before) / abs(before) if before else None,
    )


def _sort_key_largest_change_first(change: NumberChange) -> tuple[float, str, str, str]:
    """A sort key for changed numbers; a change from zero counts as the largest."""
    return (
        -abs(change.relative) if change.relative is not None else -float("inf"),
        change.table,
        change.key,
        change.field,
    )


def page_changes(base: Package, package: Package) -> PageChanges:
    """Render the pages of both packages with the current code and compare them."""
    from scripts.site.render import PageFault, PageRenderer, render_pages

    try:
        pages = PageRenderer(package)
        after = pages.all_pages_by_name()
    except PageFault as error:
        return PageChanges(fault=str(error))
    try:
        before = render_pages(base)
    except Exception as error:  # a different contract may cause any error
        return PageChanges(not_rendered=OTHER_CONTRACT.format("rendered", _error_in_words(error)))
    differing = [name for name in before if after.get(name) != before[name]]
    return PageChanges(
        new=tuple(name for name in after if name not in before),
        gone=tuple(name for name in differing if name not in after),
        changed=tuple(name for name in differing if name in after),
        fallen=tuple(pages.statements_no_longer_made),
    )
