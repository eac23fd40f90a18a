"""The catalogue of rules with an example each, and who found the faults that were put in to try them."""

from dataclasses import dataclass

from scripts import checks
from scripts.checks.contribution_rules import RULES as CONTRIBUTION_RULES
from scripts.checks.sql_rules import SqlRule, example_in_words
from scripts.findings import Rule
from scripts.package.files import Row, csv_rows
from scripts.site.lines import Entry, entry
from scripts.site.page_data import PageData
from scripts.wording.words import whole


@dataclass(frozen=True)
class Example:
    """What a rule says, a fault that makes it say so, and the same mended."""

    message: str
    fault: str
    mended: str


@dataclass(frozen=True)
class Trials:
    """How many faults were put in, who found them, and the same by kind of fault."""

    put_in: str
    by_the_named: str
    by_another: str
    by_none: str
    by_frictionless: str
    trials: list[Entry]


def rule_entries(data: PageData) -> list[tuple[Rule, Example | None]]:
    """Every rule in the order in which they run, those of the data with an example."""
    return [(rule, _example(rule)) for rule in (*checks.catalogue(), *CONTRIBUTION_RULES)]


def _example(rule: Rule) -> Example | None:
    return Example(rule.message, *example_in_words(rule)) if isinstance(rule, SqlRule) else None


def rules_tried(data: PageData) -> Trials:
    """What `make mutants` found: faults put into copies of the tables, and who found each."""
    rows = csv_rows(data.package.content("docs/assets/kill-table.csv"))

    def total(column: str) -> str:
        return whole(sum(int(row[column]) for row in rows))

    return Trials(
        put_in=total("mutants"),
        by_the_named=total("by_the_named"),
        by_another=total("by_another"),
        by_none=total("survived"),
        by_frictionless=total("frictionless"),
        trials=[entry("", row["operator"], row["named_rule"], _found(row)) for row in rows],
    )


def _found(row: Row) -> str:
    ours = ", ".join(row[name] for name in ("mutants", "by_the_named", "by_another", "survived"))
    return f"{ours}; {row['frictionless']}"
