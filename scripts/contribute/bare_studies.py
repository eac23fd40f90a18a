"""A study that comes without a number is sound, and seldom what its sender meant."""

from collections.abc import Mapping

from scripts.checks.contribution_rules import NO_NUMBER
from scripts.contribute.sheets import Entry
from scripts.findings import Finding, finding


def without_a_number(added: Mapping[str, Mapping[int, Entry]]) -> list[Finding]:
    """One finding for each new study of which no new row prints a number."""
    told = {entry.cells["study_id"] for entry in added.get("reported_values", {}).values()}
    bare = [entry for entry in added.get("studies", {}).values() if entry.cells["study_id"] not in told]
    return [_of(entry) for entry in bare]


def _of(study: Entry) -> Finding:
    name = study.cells["name"]
    message = "The file holds no number of your study."
    found = finding(NO_NUMBER, study.file, message, line=study.line, field="name", value=name)
    return found.at(study.place("name"))
