"""What the pages about the check show: the browser engine, the questions of the form, and all rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scripts import checks
from scripts.checks.contributed_file_rules import RULES as CONTRIBUTION_RULES
from scripts.checks.rule_files import SqlRule, example_in_words, spell_columns_as_in_files
from scripts.contribute.contribution_layout import FURTHER, MAIN
from scripts.contribute.in_browser import MOST_BYTES
from scripts.contribute.key_labels import Labels
from scripts.contribute.result_questions import Question, name_suggestions, nested_questions
from scripts.findings import Rule
from scripts.package.files import Row, group_by_key, rows_of_csv
from scripts.package.package import Package
from scripts.site import browser_engine
from scripts.site.page_data import PageData
from scripts.site.publisher import form_address

ENGINE, PACKAGE = "engine", "check/package.zip.gz"  # their addresses on the site
PATIENCE = 60  # seconds after which people may want to stop a check
LABELS = "docs/parts/questions.csv"


def check_settings(data: PageData) -> dict[str, object]:
    """Settings for the check in a browser; `folder` is blank if the browser engine has not been built."""
    limits = {"most_bytes": MOST_BYTES, "patience": PATIENCE, "form": form_address("new-source")}
    if not (folder := browser_engine.existing_engine_folder()):
        return limits | {"folder": "", "bytes": 0}
    size = sum((folder / name).stat().st_size for name in (browser_engine.WORKER, *browser_engine.FILES))
    place = f"{ENGINE}/{folder.name}/"
    return limits | {"folder": place, "files": " ".join(browser_engine.FILES), "bytes": size}


def questions_of_group(data: PageData, group: str) -> tuple[list[list[Question]], list[Question]]:
    """A group's questions in the form for one result: those of each screen, and those folded away at first.

    The questions come from the Python code that also checks the answers.
    """
    asked = [question for question in nested_questions(data.package) if question.group == group]
    screens: list[list[Question]] = []
    for question in asked:
        if question.is_beside:
            screens[-1].append(question)
        elif not question.is_aside:
            screens.append([question])
    return screens, [question for question in asked if question.is_aside]


def names_offered(data: PageData, table: str) -> list[tuple[str, Row]]:
    """The names to suggest while somebody types, each with its row.

    Reasons for having no name are among the suggestions; their rows are empty.
    """
    labels, rows = Labels(data.package, data.package.contract.table(table)), data.package.rows_by_key(table)
    return [(name, rows.get(labels.key_of(name), {})) for name in name_suggestions(data.package, table)]


def questions_in_other_words(data: PageData) -> Mapping[str, list[Row]]:
    """The translated labels of each question, by question; none if docs/parts/questions.csv is missing."""
    package = data.package
    rows = rows_of_csv(package.bytes_of_file(LABELS)) if (package.folder / LABELS).is_file() else []
    return group_by_key((row["question"], row) for row in rows)


@dataclass(frozen=True)
class RuleExample:
    """A rule's message, a fault that triggers it, and the same row corrected."""

    message: str
    fault: str
    fixed: str


def rule_entries(data: PageData) -> list[tuple[Rule, RuleExample | None]]:
    """All rules in the order in which they run, each with an example, or None if there is none to show."""
    rules = (*checks.all_rules(), *CONTRIBUTION_RULES)
    package = data.package
    return [
        (replace(rule, fix=spell_columns_as_in_files(rule.fix)), _rule_example(rule, package))
        for rule in rules
    ]


def rule_groups(data: PageData) -> list[tuple[str, list[tuple[Rule, RuleExample | None]]]]:
    """The rules under two headings: those for everybody, and those for tables that only editors fill in."""
    groups = group_by_key((_is_rule_for_editors_only(entry[0]), entry) for entry in rule_entries(data))
    return [("For everybody", groups[False]), ("For editors", groups[True])]


def _is_rule_for_editors_only(rule: Rule) -> bool:
    return isinstance(rule, SqlRule) and rule.breaking_change["table"] not in (*MAIN, *FURTHER)


def _rule_example(rule: Rule, package: Package) -> RuleExample | None:
    if isinstance(rule, SqlRule) and _example_fits_package(rule, package):
        return RuleExample(spell_columns_as_in_files(rule.message), *example_in_words(rule))
    return None


def _example_fits_package(rule: SqlRule, package: Package) -> bool:
    """Return whether the package contains the example's row, unchanged, and all rows that it refers to."""
    change = rule.breaking_change
    key = change["row"] if isinstance(change["row"], str) else " ".join(change["row"])
    row = package.rows_by_key(change["table"]).get(key)
    if row is None or not rule.fixed_cells.items() <= row.items():
        return False
    cells = change.get("set") or change.get("copy") or {}
    keys = package.contract.table(change["table"]).foreign_keys
    return all(
        cells[link.field] in package.rows_by_key(link.table) for link in keys if cells.get(link.field)
    )
