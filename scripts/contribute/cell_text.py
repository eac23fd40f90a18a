"""What a cell of a workbook says as text, and what a spreadsheet has made of it in place of that."""

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from scripts.package.contract import Field

LONGEST_CELL = 5_000  # characters; the longest of the package has under 600
SERIAL_DATES = range(20_000, 60_000)  # days since 1900 by which a spreadsheet stores 1954 to 2064
LEFT_OUT = {7: "day", 4: "month"}  # by the length of a date
OF_LIBREOFFICE = {"=TRUE()": True, "=FALSE()": False}  # which saves what was typed as TRUE so
AS_TEXT = "Set the format of the cell to Text, then type"
UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")  # signs of no width
UNSPACED = "\u1780-\u17ff"  # letters of a script whose words signs of no width part, as the check lets them
FIRST_DAY = datetime.date(1899, 12, 30)


@dataclass
class Tidying:
    """What was put right without a question, because nobody could mean it."""

    blank_rows: int = 0
    cells: int = 0

    def tidy(self, text: str) -> str:
        """Text without outer or doubled spaces and unseen signs, and with its letters composed."""
        tidied = unicodedata.normalize("NFC", re.sub(r"\s{2,}", " ", _seen(text)).strip())
        self.cells += tidied != text
        return tidied

    def said(self) -> tuple[str, ...]:
        """One line, if there is something to say."""
        told = {
            f"{self.blank_rows:,} blank row{'s' * (self.blank_rows > 1)} left out": self.blank_rows,
            f"spaces, unseen signs or letters in {self.cells:,} cell{'s' * (self.cells > 1)}": self.cells,
        }
        words = [text for text, number in told.items() if number]
        return (f"Tidied: {'; '.join(words)}.",) if words else ()


def _seen(text: str) -> str:
    """Without signs of no width; between letters of a script without spaces they part words, and stay."""
    return UNSEEN.sub(lambda match: match[0] if _parts_words(match) else "", text)


def _parts_words(match: re.Match[str]) -> bool:
    around = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
    return match[0] in "\u200b\u200c\u200d" and bool(re.fullmatch(f"[{UNSPACED}]{{2}}", around))


def plain(value: object) -> str:
    """Write a cell as people type it: 2104 and not 2104.0, 2.2 and not 2.2000000000000002."""
    if isinstance(value, float):
        return f"{value:.15f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.15g}"
    return str(value)


def typed_in(cell: Cell) -> str:
    """What stands in a cell, for somebody who has to find it: of a formula, its text."""
    value = cell.value
    if isinstance(value, float) and not math.isfinite(value):
        return "a number without end"
    if isinstance(value, DataTableFormula):  # which has no text
        return f"a table of data over {value.ref}"
    return str(value.text if isinstance(value, ArrayFormula) else value)


def fault_of_cell(cell: Cell, field: Field) -> tuple[str, str] | None:
    """What a spreadsheet has made of a cell, and what to type instead."""
    value = cell.value
    if value in OF_LIBREOFFICE:
        value = OF_LIBREOFFICE[value]
    elif cell.data_type == "f":
        is_token = field.name == "printed"
        mend = (
            f"{AS_TEXT} what the source prints."
            if is_token
            else "Type its result as a plain number or as text."
        )
        return "The cell holds a formula.", mend
    if cell.data_type == "e":
        return "The cell holds an error of the spreadsheet.", "Type what the source prints."
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        day = str(value)[:10]
        return f"The spreadsheet has made a date of this cell: {day}.", _typed_date(day, field)
    if isinstance(value, bool):
        return "The cell holds TRUE or FALSE.", "Choose a word of the list, such as yes or no."
    if isinstance(value, float) and not math.isfinite(value):
        return (
            "The number is larger than any that a spreadsheet holds.",
            f"{AS_TEXT} what the source prints.",
        )
    if isinstance(value, int | float) and field.name == "printed":
        return (
            "The cell holds a number, so a zero at its end or a sign beside it is gone.",
            f"{AS_TEXT} what the source prints, such as 9.0 %.",
        )
    if isinstance(value, int | float):
        return _fault_of_number(value, cell.number_format, field)
    return _fault_of_text(str(value))


def _fault_of_number(value: float, number_format: str, field: Field) -> tuple[str, str] | None:
    if "%" in number_format:
        return (
            f"The cell shows {plain(round(100 * value, 10))} % and holds {plain(value)}.",
            f"{AS_TEXT} {plain(round(100 * value, 10))}, without the sign.",
        )
    if field.is_date and int(value) in SERIAL_DATES:
        day = FIRST_DAY + datetime.timedelta(days=int(value))
        return f"{plain(value)} is how a spreadsheet stores the day {day}.", _typed_date(str(day), field)
    return None


def _typed_date(day: str, field: Field) -> str:
    """What to type for a date: as much of it as the column takes, and no more than the source prints."""
    pattern = field.constraints["pattern"] if field.is_date else ""
    forms = [form for form in (day, day[:7], day[:4]) if re.fullmatch(pattern, form)]
    if not forms:
        return f"{AS_TEXT} what the source prints."
    known = [f"{form} if the source prints no {LEFT_OUT[len(form)]}" for form in forms[1:]]
    return f"{AS_TEXT} {', or '.join([forms[0], *known])}."


def _fault_of_text(text: str) -> tuple[str, str] | None:
    if len(text) > LONGEST_CELL:
        return (
            f"The cell has more than {LONGEST_CELL:,} characters.",
            "Shorten it to what the column asks for.",
        )
    if "\n" in text or "\r" in text:
        return "The cell holds a line break.", "Write it on one line."
    return None
