"""Output formats of a preview: Markdown for a summary page, text, and JSON."""

import json
import re
import sys
from dataclasses import asdict, replace
from pathlib import Path

import jinja2
from markupsafe import Markup

from scripts.findings import LONGEST_MESSAGE, LONGEST_VALUE, Report, to_one_printable_line
from scripts.findings.renderers import escape_markdown, findings_as_json_data, group_similar_findings
from scripts.findings.renderers import findings_as_markdown as report_as_markdown
from scripts.preview import VOCABULARIES, Preview
from scripts.preview.changed_readings import CONFLICTS, READINGS
from scripts.preview.output_changes import BOOKKEEPING
from scripts.wording.text_formatting import code_for_readers, join_with_commas_and, label_by_conflict_type

LARGEST = 900_000  # bytes; GitHub allows a megabyte
KINDS = ("added", "changed", "removed")
# A folded part. The comment on a pull request uses these two strings to fold it again.
FOLD, END = "<details><summary>For reviewers</summary>", "</details>"
ALL = "`python -m scripts preview --format json` gives all."
CUT = f"\n\nThe rest does not fit on this page: {ALL}\n"
NOTHING = "This change changes no column, no row, no computed number and no page."


def preview_as_json(preview: Preview) -> str:
    """The whole preview as JSON, with as many findings as the output of the check lists."""
    whole = {"says": summary_sentence(preview), "valid": preview.is_valid}
    bare = replace(preview, report=Report((), (), ()), hints=())
    hints = findings_as_json_data(Report(preview.hints, (), ()))["findings"]
    whole |= asdict(bare) | {"report": findings_as_json_data(preview.report), "hints": hints}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def preview_as_markdown(preview: Preview) -> str:
    """The preview as Markdown: most important first, long lists shortened, text from the data escaped."""
    above = (*VOCABULARIES, *([READINGS] if preview.readings else []))
    text = TEMPLATES.get_template("preview.md").render(
        preview=preview,
        says=summary_sentence(preview),
        errors=sum(found.level == "error" for found in preview.report.findings),
        report=Markup(report_as_markdown(preview.report)),
        hints=[hint.table_cells for hint in group_similar_findings(preview.hints)],
        vocabularies=[table for table in preview.rows if table.table in VOCABULARIES and table.rows],
        others=[table for table in preview.changed_tables if table.table not in above],
        derived=[table for table in preview.derived.tables if table.table not in (*BOOKKEEPING, CONFLICTS)],
    )
    return _cut_to_summary_size(re.sub(r"\n{3,}", "\n\n", text).strip())


def markdown_for_terminal(text: str) -> str:
    """The Markdown as shown in a terminal, with characters instead of entities such as &#40;."""
    text = text.replace(FOLD, "### For reviewers").replace(END, "")
    return re.sub("&#([0-9]+);", lambda match: chr(int(match[1])), text)


def _cut_to_summary_size(text: str) -> str:
    """The text; if it is too long for a summary page, cut at the end of a line, with a note."""
    data = text.encode()
    if len(data) <= LARGEST:
        return text
    return data[: data.rindex(b"\n", 0, LARGEST)].decode() + CUT


def summary_sentence(preview: Preview) -> str:
    """The first sentence, for readers who do not program: how many rows were added, pages changed, etc."""
    if preview.unreadable:
        return preview.unreadable
    rows = {kind: sum(len(table.row_changes_of_kind(kind)) for table in preview.rows) for kind in KINDS}
    pages = preview.pages
    counts = [
        *((count, "row", kind) for kind, count in rows.items()),
        (len(preview.contract), "place", "of the contract changed"),
        (len(preview.derived.numbers), "computed number", "changed"),
        (len(pages.new) + len(pages.changed) + len(pages.gone), "page", "changed"),
    ]
    parts = [f"{count_with_noun(count, word)} {counted}" for count, word, counted in counts if count]
    return f"In this change: {join_with_commas_and(parts)}." if parts else NOTHING


def count_with_noun(count: int, word: str) -> str:
    """A number with its noun: 1 row, 2,104 rows."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def escape_text(text: object, longest: int = LONGEST_VALUE) -> Markup:
    """Text from the data, escaped for Markdown; Markdown that is already safe is unchanged."""
    if isinstance(text, Markup):
        return text
    return Markup(
        escape_markdown(to_one_printable_line(f"{text:,}" if isinstance(text, int) else str(text), longest))
    )


def before_and_after_words(was: str, became: str) -> Markup:
    """The content of a cell before and after, each in full, so that the two never look the same."""
    return Markup(f"{quoted_cell(was, sys.maxsize)} → {quoted_cell(became, sys.maxsize)}")


def quoted_cell(text: str, longest: int = LONGEST_VALUE) -> Markup:
    """The content of a cell, in quotation marks; “(blank)” if there is none."""
    return Markup(f"“{escape_text(text, longest)}”" if text else "(blank)")


def relative_change_words(relative: float | None) -> Markup:
    """The relative change in a number as a percentage, or “from zero”."""
    return Markup("from zero" if relative is None else f"{100 * relative:+.3g}%")


# Every text in the template is passed through `escape_text`, so that none is left unescaped.
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=escape_text,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters |= {
    "long": lambda text: escape_text(text, LONGEST_MESSAGE),
    "plain_word": code_for_readers,
}
TEMPLATES.globals |= {
    "before_and_after": before_and_after_words,
    "quoted_cell": quoted_cell,
    "relative_change": relative_change_words,
    "count_with_noun": count_with_noun,
    "conflict_types": label_by_conflict_type,
}
TEMPLATES.globals |= {"ALL": Markup(ALL), "FOLD": Markup(FOLD), "END": Markup(END)}
RENDERINGS = {
    "text": lambda preview: markdown_for_terminal(preview_as_markdown(preview)),
    "markdown": preview_as_markdown,
    "json": preview_as_json,
}
