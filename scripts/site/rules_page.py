"""The catalogue of rules with an example each, and who found the faults that were put in to try them."""

from dataclasses import dataclass, replace

from scripts import checks
from scripts.checks.contribution_rules import RULES as CONTRIBUTION_RULES
from scripts.checks.sql_rules import SqlRule, example_in_words, in_words_of_files
from scripts.contribute.sheets import FURTHER, MAIN
from scripts.findings import Rule
from scripts.package.opening import Package
from scripts.site.page_data import PageData


@dataclass(frozen=True)
class Example:
    """What a rule says, a fault that makes it say so, and the same mended."""

    message: str
    fault: str
    mended: str


def rule_entries(data: PageData) -> list[tuple[Rule, Example | None]]:
    """Every rule in the order in which they run, with an example where a row of the package has it."""
    rules = (*checks.catalogue(), *CONTRIBUTION_RULES)
    package = data.package
    return [(replace(rule, mend=in_words_of_files(rule.mend)), _example(rule, package)) for rule in rules]


def rule_groups(data: PageData) -> list[tuple[str, list[tuple[Rule, Example | None]]]]:
    """The rules for everybody, then those on tables that contributors never fill, each with a heading."""
    groups: dict[bool, list[tuple[Rule, Example | None]]] = {False: [], True: []}
    for rule, example in rule_entries(data):
        groups[_is_for_editors(rule)].append((rule, example))
    return [("For everybody", groups[False]), ("For editors", groups[True])]


def _is_for_editors(rule: Rule) -> bool:
    return isinstance(rule, SqlRule) and rule.breaking_change["table"] not in (*MAIN, *FURTHER)


def _example(rule: Rule, package: Package) -> Example | None:
    if isinstance(rule, SqlRule) and _is_at_home(rule, package):
        return Example(in_words_of_files(rule.message), *example_in_words(rule))
    return None


def _is_at_home(rule: SqlRule, package: Package) -> bool:
    """Has the package the row of the example, as it is mended there, and what its cells point at?"""
    change = rule.breaking_change
    key = change["row"] if isinstance(change["row"], str) else " ".join(change["row"])
    row = package.index(change["table"]).get(key)
    if row is None or not rule.mended_cells.items() <= row.items():
        return False
    cells = change.get("set") or change.get("copy") or {}
    keys = package.contract.table(change["table"]).foreign_keys
    return all(cells[one.field] in package.index(one.table) for one in keys if cells.get(one.field))
