"""Check the bytes of each file: it must be plain CSV that DuckDB and frictionless read in the same way.

This check runs before either program. It makes sure that line numbers are right, and keeps away files that
DuckDB would misread (it silently swaps columns if the header is reordered) or that would hold frictionless
up (it takes minutes to read one huge cell).
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scripts.checks.context import CheckContext
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import MOST_OF_A_KIND, Finding, Rule, make_finding, to_one_printable_line
from scripts.package.contract import Table
from scripts.package.files import LARGEST_TABLE, MERGE_MARK, MERGE_MARKS, MERGED, why_unreadable

LONGEST_LINE = 20_000  # bytes; the longest real line has under 1,500
STRETCH = LONGEST_LINE // 3
BLOCK = 1_000_000  # bytes read at a time
HOLDS_CR = "The line ends with CR or CRLF, as Windows writes it, or holds one. Others may too."
ARCHIVE = b"PK\x03\x04"
OTHER_FILES = {  # the first bytes of files in other formats
    b"\xff\xfe": "The file is UTF-16.",
    b"\xfe\xff": "The file is UTF-16.",
    b"\xef\xbb\xbf": "The file begins with a byte order mark.",
    ARCHIVE: "The file is a workbook or archive with the name of a CSV file.",
}
# Quotes enclose a whole cell, or are doubled inside one. Any other quote is just a character for Python but
# an error for DuckDB, and either may join lines because of it.
A_CELL = rb'(?:"(?:[^"]|"")*"|[^",]*)'
A_ROW = re.compile(A_CELL + rb"(?:," + A_CELL + rb")*")
ENDS_OF_CELLS = {b",", b"\n", b""}
LETTERS = bytes({*range(256)} - {*b",\n"})  # every byte but commas and line breaks
A_MERGE_MARK = re.compile(MERGE_MARK.pattern.encode(), re.MULTILINE)
OF_A_MERGE = [mark.encode() for mark in MERGE_MARKS]  # searched for first, in a hundredth of the time

FILE = rule_from_table("bytes-file")
ENCODING = rule_from_table("bytes-encoding")
LINE_ENDS = rule_from_table("bytes-line-ends")
LINE_LENGTH = rule_from_table("bytes-line-length")
HEADER = rule_from_table("bytes-header")
CELLS = rule_from_table("bytes-cells")
RULES = (FILE, ENCODING, LINE_ENDS, LINE_LENGTH, HEADER, CELLS)


def check(context: CheckContext) -> list[Finding]:
    """Check the bytes of every table that `datapackage.json` declares."""
    found: list[Finding] = []
    for table in context.package.tables:
        context.at(f"Layer bytes, {table.path}")
        found += findings_on_file(context.package.folder, table)
    return found


def findings_on_file(folder: Path, table: Table) -> list[Finding]:
    """The faults of one file.

    If it has several kinds of faults, only the first kind is returned, since the others may follow from it.
    """
    path = folder / table.path
    fault = why_unreadable(folder, path, LARGEST_TABLE)
    if fault or path.stat().st_size == 0:
        return [make_finding(FILE, table.path, fault or "The file is empty.")]
    if _is_file_faultless(path, table):
        return []
    for look in (_findings_on_bytes, _findings_on_header, _findings_on_rows):
        if found := list(islice(look(path, table), MOST_OF_A_KIND)):
            return found
    return []


def _is_file_faultless(path: Path, table: Table) -> bool:
    """Return whether a quick check of large blocks finds no fault; most files then need no closer look.

    Returns False for a table with a single column, in which a blank line would look like a row.
    """
    head, width = ",".join(table.column_names).encode() + b"\n", len(table.column_names)
    for first, block in _blocks_of_lines(path):
        is_rest = first > 1 or block.startswith(head)
        if not (is_rest and _is_block_faultless(block) and has_only_rows_of_width(block, width)):
            return False
    return width > 1  # with a single column, a blank line would look regular


def _blocks_of_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the number of the first line and the text of each block of about a megabyte of whole lines.

    A huge line is cut.
    """
    number = 1
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            block += file.readline(LONGEST_LINE + 1)
            yield number, block
            number += block.count(b"\n")


def _findings_on_bytes(path: Path, table: Table) -> Iterator[Finding]:
    for first, block in _blocks_of_lines(path):
        for number, line in enumerate(io.BytesIO(block), first):
            if fault := _fault_of_line(line, number):
                rule, message, value = fault
                yield make_finding(rule, table.path, message, line=number, value=value)
                # One such fault is enough: others in the file have the same cause.
                if rule is ENCODING or message in (HOLDS_CR, MERGED) or len(line) > LONGEST_LINE:
                    return


def _is_block_faultless(block: bytes) -> bool:
    """Return whether a quick check finds no fault in these lines, which saves time in large files.

    It does not look for blank lines.
    """
    if b"\0" in block or b"\r" in block or not block.endswith(b"\n"):
        return False
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if any(mark[:1] in block and mark in block for mark in OF_A_MERGE) and A_MERGE_MARK.search(block):
        return False
    # Every stretch of text has a line break, so no line is too long.
    return all(block.find(b"\n", at, at + STRETCH) >= 0 for at in range(0, len(block) - STRETCH, STRETCH))


def _fault_of_line(line: bytes, number: int) -> tuple[Rule, str, str] | None:
    """The fault in a line's bytes, if any: the rule, the message and the text to show."""
    start = line[:40].decode("utf-8", "replace")
    if number == 1 and (mark := next(filter(line.startswith, OTHER_FILES), b"")):
        return ENCODING, OTHER_FILES[mark], "" if mark == ARCHIVE else start
    if b"\0" in line:
        return ENCODING, "The line holds a NUL byte.", start
    if len(line) > LONGEST_LINE and b"\r" in line:
        return LINE_ENDS, HOLDS_CR, "\\r"
    if len(line) > LONGEST_LINE:
        return LINE_LENGTH, f"The line is longer than {LONGEST_LINE:,} bytes.", start
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        place = line[max(0, error.start - 15) : error.start + 15].decode("cp1252", "replace")
        return ENCODING, f"A letter is not UTF-8, at byte {error.start + 1} of the line.", place
    if A_MERGE_MARK.match(line):
        return CELLS, MERGED, start
    if b"\r" in line:
        return LINE_ENDS, HOLDS_CR, "\\r"
    if not line.endswith(b"\n"):
        return LINE_ENDS, "The last line does not end with a line break.", line.decode()[-40:]
    return None if line.strip() else (LINE_ENDS, "The line is blank.", "")


def _findings_on_header(path: Path, table: Table) -> Iterator[Finding]:
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader([file.readline()]))
    if header != table.column_names:
        message = _header_difference(header, table.column_names)
        yield make_finding(HEADER, table.path, message, line=1, value=",".join(header))


def _header_difference(header: list[str], expected: list[str]) -> str:
    faults = {
        "Missing": [name for name in expected if name not in header],
        "Not in the contract": [name for name in header if name not in expected],
        "Twice": [name for name, times in Counter(header).items() if times > 1],
    }
    words = [f"{fault}: {_names_in_words(names)}." for fault, names in faults.items() if names]
    if len(header) == 1 and ";" in header[0]:
        return "The columns are separated by semicolons. Save the file with commas."
    if words:
        return " ".join(words)
    first = next(i for i, name in enumerate(header) if name != expected[i])
    place = f"Column {first + 1} is {header[first]}, but {expected[first]} is expected."
    return f"The columns stand in another order. {place}"


def _names_in_words(names: list[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def _findings_on_rows(path: Path, table: Table) -> Iterator[Finding]:
    width = len(table.column_names)
    for first, block in _blocks_of_lines(path):
        if not has_only_rows_of_width(block, width):
            for number, line in enumerate(block.split(b"\n")[:-1], start=first):
                if message := fault_of_row(line, width):
                    yield make_finding(CELLS, table.path, message, line=number, value=line.decode())


def has_only_rows_of_width(block: bytes, width: int) -> bool:
    """Return whether every line is a row of this width, judged by the text outside quotes.

    If the text is split at each quote, every second part lies inside quotes. A doubled quote inside a cell
    merely adds an empty part outside.
    """
    outside = block.split(b'"')[::2]
    rows = (b"," * (width - 1) + b"\n") * block.count(b"\n")  # no line may end within quotes
    return (
        {part[:1] for part in outside[1:]} <= ENDS_OF_CELLS
        and {part[-1:] for part in outside[:-1]} <= ENDS_OF_CELLS
        and b"".join(outside).translate(None, LETTERS) == rows
    )


def fault_of_row(line: bytes, width: int) -> str:
    """The fault in a line that should be one row of this width; blank if there is none."""
    if not A_ROW.fullmatch(line):
        return "A quote stands inside a cell, or the cell that it opens does not end on this line."
    cells = next(csv.reader([line.decode()], strict=True))
    more = (
        f" Past the last column: “{to_one_printable_line(','.join(cells[width:]))}”."
        if len(cells) > width
        else ""
    )
    return "" if len(cells) == width else f"The row has {len(cells)} cells, the header has {width}.{more}"
