"""Fill in answers that follow from other cells, and defaults for missing answers.

This spares contributors from typing them. If a question has no answer, its cell gets the code that claims
the least, or stays blank with a reason. Workbooks and folders of CSV files are completed alike, except that
a point in a number such as 6.4 in a CSV file is a decimal point even if the source uses a comma.
"""

import re
from collections.abc import Callable

from scripts.contribute.contribution_layout import Entry, code_for_no_answer
from scripts.contribute.plain_numbers import ENDS, IN_DOUBT
from scripts.contribute.printed_result import (
    OF_INTERVALS,
    cells_from_token,
    split_interval,
    write_numbers_plainly,
)
from scripts.package.contract import Table
from scripts.package.files import Row

FindRow = Callable[[str, str], Row]  # finds a row by table and key; empty if there is none

WITH_A_COMMA = ("de", "es", "fr", "id", "it", "nl", "pt", "ru", "sv", "vi")  # use a comma
ALIKE = (  # columns that a count and a denominator take from their share
    "topic",
    "study_id",
    "source_id",
    "place_id",
    "sex",
    "population_id",
    "period",
    "nature",
    "locator",
    "study_id_reason",
    "population_id_reason",
    "period_reason",
    "credited_to",
    "credited_to_reason",
)
OF_PEOPLE = ("people", "percent")  # units whose people are those of the study
STANDS_SO = ("implementer", "government", "foreign_government")  # kinds that determine independence
WEIGHTED = {"weighted": "yes", "unweighted": "no", "not_applicable": "not_applicable"}  # study: reading
NOT_WEIGHTED = re.compile(
    r"\bun-?weighted|\b(?:sin|não|sem|non|pas|not|bila|tanpa|niet)"
    r" (?:pond[eé]r|weighted|uzani|pembobot|gewogen)|\bongewogen|\bungewichtet",
    re.IGNORECASE,
)
IS_WEIGHTED = re.compile(
    r"\b(?:(?:[\w-]+-)?weighted|pond[eé]r\w+|gewogen|gewichtet|terbobot|baada ya uzani)\b", re.IGNORECASE
)
OF_THE_INVITED = re.compile(r"\b(?:response|responded|participation|took part)\b")  # not those measured
LOOKS_BACK = re.compile(r"\b(?:recall\w*|looking back|before (?:the age of )?18|in childhood)\b")
DECIMAL = re.compile(r"(?:(?<![0-9.,])0(?=[.,][0-9])|[0-9](?=[.,][0-9]{1,2}(?![0-9])))([.,])")
PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
OF_THE_NUMBER = (*ENDS, *OF_INTERVALS)  # replaced even if typed, by the number in the indicator's unit
EDITION = re.compile(r"\b(?:modern slavery|countries counted)\b")
OF_THE_COUNT = ("age_min", "age_max", "scope_as_printed")  # only a count takes these, too


def cells_from_study(row: Row, find_row: FindRow) -> Row:
    """The place, population and period of the row's study, and the topic of the reading it repeats.

    Cells that are filled in the row, or blank with a reason, are left out.
    """
    study, main = find_row("studies", row["study_id"]), find_row("reported_values", row["mention_of"])
    cells = {"place_id": study.get("place_id", ""), "period": study.get("fieldwork", "")}
    if find_row("indicators", row["indicator_id"]).get("unit") in OF_PEOPLE:
        cells["population_id"] = study.get("population_id", "")
    cells["topic"] = main.get("topic", "")
    return {
        name: value
        for name, value in cells.items()
        if value and not row[name] + row.get(f"{name}_reason", "")
    }


def fill_in_independence(row: Row, find_row: FindRow) -> Row:
    """Fill in whether a publisher is independent, if the kind of organisation determines that."""
    kind = find_row("organisations", row["organisation_id"]).get("kind", "")
    return row if row["independence"] or kind not in STANDS_SO else row | {"independence": kind}


def evidence_and_credit_cells(row: Row, find_row: FindRow) -> Row:
    """The cells that say whether the publisher itself counted and, if still blank, whom to credit."""
    source = find_row("sources", row["source_id"])
    body = find_row("studies", row["study_id"]).get("organisation_id", "")
    counted_by = {row["credited_to"] or body, body or row["credited_to"]}
    speaker = source.get("organisation_id", "")
    if not speaker and source.get("kind") == "academic_article":  # by its authors, not an organisation
        kind = find_row("organisations", body).get("kind", "")
        speaker = body if kind in ("academic", "research_body") else ""
    evidence = "primary" if speaker and counted_by == {speaker} else "secondary"
    credit = {} if row["credited_to"] + row["credited_to_reason"] else {"credited_to": body}
    return {"evidence": evidence} | credit


def cell_for_weighted(row: Row, find_row: FindRow) -> Row:
    """Whether a share is weighted, as its study says or, if the study leaves this open, its own wording.

    This does not apply to other figures, or to shares of the people invited, such as a response rate.
    """
    indicator = find_row("indicators", row["indicator_id"])
    if indicator.get("kind") != "share" or OF_THE_INVITED.search(
        _casefolded_indicator_key_and_name(indicator)
    ):
        return {"weighted": "not_applicable"}
    weighting = find_row("studies", row["study_id"]).get("weighting", "")
    return {"weighted": WEIGHTED.get(weighting) or _weighted_code_from_wording(row)}


def _weighted_code_from_wording(row: Row) -> str:
    """Whether a share is weighted, judged by the words in and around it; unknown if they do not say."""
    words = f"{row['scope_as_printed']} {row['printed']}"
    if NOT_WEIGHTED.search(words):
        return "no"
    return "yes" if IS_WEIGHTED.search(words) else "unknown"


def cell_for_show(row: Row, find_row: FindRow) -> Row:
    """How a figure may be shown: freely, only as retrospective, or not as a trend.

    Modelled figures that appear in several editions are not shown as a trend.
    """
    words = _casefolded_indicator_key_and_name(find_row("indicators", row["indicator_id"]))
    if LOOKS_BACK.search(words):
        return {"show": "retrospective_only"}
    is_edition = find_row("studies", row["study_id"]).get("design") == "modelled" and EDITION.search(words)
    return {"show": "no_trend" if is_edition else "free"}


def reason_for_no_interval(row: Row, find_row: FindRow) -> Row:
    """Record that a confidence interval does not apply to a count, unless it is estimated or has one."""
    is_count = find_row("indicators", row["indicator_id"]).get("kind") == "count"
    may_have_one = row["interval_low"] + row["interval_level"] or row["nature"] in ("estimated", "modelled")
    return {"interval_level_reason": "not_applicable"} if is_count and not may_have_one else {}


def _casefolded_indicator_key_and_name(indicator: Row) -> str:
    """The key and name of an indicator, as lower-case words."""
    words = f"{indicator.get('indicator_id', '')} {indicator.get('name', '')}"
    return words.replace("-", " ").casefold()


def reading_defaults(row: Row, find_row: FindRow, is_plain: bool = False) -> Row:
    """A reading with blanks filled from its other cells; `is_plain` keeps numbers such as 6.4 as typed."""
    mark, indicator = decimal_mark_of_source(row, find_row), find_row("indicators", row["indicator_id"])
    plain = {name: text for name, text in row.items() if is_plain and PLAIN_NUMBER.fullmatch(text)}
    row = split_interval(write_numbers_plainly(row, mark) | plain, mark, indicator.get("unit", ""))
    was_blank = not row["period"]
    row = row | cells_from_study(row, find_row)
    words = row["period_as_printed"]
    is_ours = was_blank or (words and not any(sign.isdecimal() for sign in words))  # such as “last year”
    basis = "not_stated" if not row["period"] else "our_reading" if is_ours else "as_printed"
    inferred = {"period_basis": basis} | cells_from_token(row, mark, indicator)
    inferred |= (
        evidence_and_credit_cells(row, find_row)
        | cell_for_weighted(row, find_row)
        | cell_for_show(row, find_row)
        | reason_for_no_interval(row, find_row)
    )
    return row | {name: value for name, value in inferred.items() if not row[name] or name in OF_THE_NUMBER}


def decimal_mark_of_source(row: Row, find_row: FindRow) -> str:
    """The decimal mark that a reading's source uses; a point if the source is not found."""
    return find_row("sources", row["source_id"]).get("decimal_mark", "point")


def fill_in_decimal_mark(row: Row, tokens: list[str]) -> Row:
    """Fill in a document's decimal mark: that of English, of the document's numbers, or of its language.

    It is left blank if the numbers conflict, or if one could have the language's mark before thousands.
    """
    if row["decimal_mark"]:
        return row
    if row["language"] == "en":
        return row | {"decimal_mark": "point"}
    marks = {mark for token in tokens for mark in DECIMAL.findall(token)}
    if len(marks) > 1:
        return row
    usual = "," if row["language"] in WITH_A_COMMA else "."
    if not marks and any(usual in IN_DOUBT.findall(token) for token in tokens):
        return row  # 1,428 in a French document; 1.428 has its language's thousands mark
    mark = next(iter(marks), usual)
    return row | {"decimal_mark": "comma" if mark == "," else "point"}


def reasons_for_blanks(row: Row, table: Table) -> Row:
    """What to record for questions left blank: the reason or code that claims the least."""
    weakest = {field.name: code_for_no_answer(field) for field in table.fields}
    return {
        name: word
        for name, word in weakest.items()
        if word and not row[name] and row.get(name.removesuffix("_reason")) == ""
    }


def cells_from_share(share: Entry, part: Entry, relation: str) -> Row:
    """The cells of a count or a denominator, with blanks filled in from its share."""
    names = (*ALIKE, *(OF_THE_COUNT if relation == "numerator_of" else ()))
    blank = [name for name in names if not part.cells[name] + _reason_or_cell(part, name)]
    return {**part.cells, **{name: share.cells[name] for name in blank}}


def _reason_or_cell(entry: Entry, name: str) -> str:
    """The answer in a column and the reason why it is blank, joined; for a reason column, the answer."""
    return entry.cells.get(f"{name}_reason", "") + entry.cells.get(name.removesuffix("_reason"), "")
