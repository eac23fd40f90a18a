"""Interpret the filled cells of one row, in a sheet or a CSV file, as the contributor meant them."""

import re
import unicodedata
from collections.abc import Mapping

from scripts.contribute.cell_coercion import NUMBERS, coerce_text_to_column
from scripts.contribute.contribution_layout import PARTS, Entry, blank_reasons, matching_code
from scripts.contribute.plain_numbers import to_ascii_digits
from scripts.findings import Cell
from scripts.package.contract import Field, Table
from scripts.package.files import Row

UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")  # characters without width
UNSPACED = "\u1780-\u17ff"  # a script in which characters without width may separate words


def make_entry(
    table: Table, file: str, line: int, typed: Mapping[str, str], places: Mapping[str, Cell], noun: str
) -> Entry:
    """Make an entry from the texts typed in a row, by field; `noun` is “row” or, in a CSV file, “line”."""
    columns = table.field_by_name | PARTS
    row = dict.fromkeys((*table.column_names, *PARTS), "")
    for name, text in typed.items():
        row |= cells_of_answer(text, columns[name], table)
    parts = {relation: token for relation in PARTS if (token := row.pop(relation))}
    return Entry(
        table=table.name,
        cells=row,
        file=file,
        line=line,
        places=places,
        typed=typed,
        parts=parts,
        noun=noun,
    )


def cells_of_answer(text: str, field: Field, table: Table) -> Row:
    """The cells that store an answer: text or codes in its own column, or a reason in the reason column."""
    if field.is_date_or_period or field.type in NUMBERS:
        text = to_ascii_digits(text)
    why_blank = matching_code(text, blank_reasons(table, field))
    if why_blank and not (field.is_free_text and text[:1] + text[-1:] != "()"):
        return {f"{field.name}_reason": why_blank}
    words = text.split(";") if field.is_list else [text]
    return {
        field.name: ";".join(
            matching_code(word, field.categories) or coerce_text_to_column(field, word) for word in words
        )
    }


def normalise_text(text: str) -> str:
    """The text with single spaces and composed letters; invisible characters stay only as word breaks."""
    seen = UNSEEN.sub(lambda match: match[0] if _is_word_separator(match) else "", text)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _is_word_separator(match: re.Match[str]) -> bool:
    """Return whether a zero-width character separates words in a script that is written without spaces."""
    around = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
    return match[0] in "\u200b\u200c\u200d" and bool(re.fullmatch(f"[{UNSPACED}]{{2}}", around))
