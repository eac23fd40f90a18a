"""The rules that are written in Python: what each requires, why, and how to fix a fault."""

from functools import cache
from importlib import resources

from scripts.findings import Rule
from scripts.package.files import rows_of_csv


@cache
def _read_rules_csv() -> dict[str, Rule]:
    """The rules in rules.csv, by id."""
    rows = rows_of_csv((resources.files("scripts.checks") / "rules.csv").read_bytes())
    return {row["id"]: Rule(**row) for row in rows}


def rule_from_table(rule_id: str) -> Rule:
    """The rule in rules.csv with this id; raises KeyError if there is none."""
    return _read_rules_csv()[rule_id]
