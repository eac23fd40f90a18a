"""The catalogue of rules with an example each, and who found the faults that were put in to try them."""

from dataclasses import dataclass

from scripts import checks
from scripts.checks.contribution_rules import RULES as CONTRIBUTION_RULES
from scripts.checks.sql_rules import SqlRule, example_in_words, in_words_of_files
from scripts.contribute.sheets import FURTHER, MAIN
from scripts.findings import Rule
from scripts.package.files import Row, csv_rows
from scripts.site.lines import Section, entry
from scripts.site.page_data import PageData
from scripts.wording.words import whole


@dataclass(frozen=True)
class Example:
    """What a rule says, a fault that makes it say so, and the same mended."""

    message: str
    fault: str
    mended: str


def rule_entries(data: PageData) -> list[tuple[Rule, Example | None]]:
    """Every rule in the order in which they run, those of the data with an example."""
    return [(rule, _example(rule)) for rule in (*checks.catalogue(), *CONTRIBUTION_RULES)]


def rule_groups(data: PageData) -> list[tuple[str, list[tuple[Rule, Example | None]]]]:
    """The rules for everybody, then those on tables that contributors never fill, each with a heading."""
    groups: dict[bool, list[tuple[Rule, Example | None]]] = {False: [], True: []}
    for rule, example in rule_entries(data):
        groups[_is_for_editors(rule)].append((rule, example))
    return [("For everybody", groups[False]), ("For editors", groups[True])]


def _is_for_editors(rule: Rule) -> bool:
    return isinstance(rule, SqlRule) and rule.breaking_change["table"] not in (*MAIN, *FURTHER)


def _example(rule: Rule) -> Example | None:
    return (
        Example(in_words_of_files(rule.message), *example_in_words(rule))
        if isinstance(rule, SqlRule)
        else None
    )


def rules_tried(data: PageData) -> Section:
    """What `make mutants` found: how many faults were put in, who found them, and the same by kind."""
    rows = csv_rows(data.package.content("docs/assets/kill-table.csv"))

    def total(column: str) -> str:
        return whole(sum(int(row[column]) for row in rows))

    words = (
        f"Faults put in: {total('mutants')}. Found by the rule named for them: {total('by_the_named')}; "
        f"by another: {total('by_another')}; by none: {total('survived')}. "
        f"Frictionless alone, without our rules: {total('frictionless')}."
    )
    tried = tuple(entry("", row["operator"], row["named_rule"], _found(row)) for row in rows)
    return Section("", "Every kind of fault, and who found it", ((words,),), rows=tried)


def _found(row: Row) -> str:
    ours = ", ".join(row[name] for name in ("mutants", "by_the_named", "by_another", "survived"))
    return f"{ours}; {row['frictionless']}"
