"""Put tables into their canonical form: sort rows and trim cells. All files are written, or none."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator

from scripts.package.contract import Table, expand_word_lists
from scripts.package.file_transaction import lock_files
from scripts.package.files import UnreadableFile, csv_text, read_table_bytes
from scripts.package.package import DESCRIPTOR, Package

AT_THE_EDGES = " \t\n\r\f\v\u00a0\u200b\ufeff"  # characters that a spreadsheet leaves around a cell


def rewrite_tables_canonically(package: Package) -> tuple[list[str], dict[str, str]]:
    """Rewrite the tables of data/ in the form that the check requires, and copy shared lists of codes.

    Returns the rewritten files, and those that a person has to fix, each with the reason.
    """
    with lock_files(package.folder) as files:
        texts, left = _canonical_texts_and_refusals(package)
        files.write_all_or_none(texts)
    return [*texts], left


def _canonical_texts_and_refusals(package: Package) -> tuple[dict[str, str], dict[str, str]]:
    """The new texts by path, and the reasons why other files cannot be rewritten."""
    left: dict[str, str] = {}
    texts: dict[str, str] = {}
    if (whole := expand_word_lists(package.descriptor)) != package.descriptor:
        texts[DESCRIPTOR] = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    for table in package.contract.entered_tables:
        try:
            old = read_table_bytes(package.folder, package.folder / table.path)
            new = _canonical_table_text(old, table)
        except UnreadableFile as error:
            left[table.path] = str(error)
            continue
        if new.encode() != old:
            texts[table.path] = new
    return texts, left


def _canonical_table_text(content: bytes, table: Table) -> str:
    """The table's text in the canonical form that the check requires."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        header, *rows = _trimmed_rows(text)
    except (UnicodeError, csv.Error, ValueError) as error:
        raise UnreadableFile("It is not CSV in UTF-8. Save it again as CSV, UTF-8, with commas.") from error
    if sorted(header) != sorted(table.column_names) or any(len(row) != len(header) for row in rows):
        raise UnreadableFile("Its columns, or the cells of a row, are not those of datapackage.json.")
    places = [header.index(name) for name in table.column_names]
    keys = [table.column_names.index(name) for name in table.primary_key]
    ordered = [[row[place] for place in places] for row in rows]
    ordered.sort(key=lambda row: [row[key] for key in keys])
    return csv_text(table.column_names, ordered)


def _trimmed_rows(text: str) -> Iterator[list[str]]:
    """Yield every row that is not empty, with trimmed cells and composed Unicode."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for row in csv.reader(io.StringIO(lines, newline=""), strict=True):
        cells = [unicodedata.normalize("NFC", cell).strip(AT_THE_EDGES) for cell in row]
        if any(cells):
            yield cells
