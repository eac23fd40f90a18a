"""The check of a package: layers of tests, run in order.

A layer with errors ends the run, because the later layers rely on it. Errors in derived tables end the run
only if their files cannot be read, since nothing else is computed from these tables.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from scripts.checks.selection import EVERYTHING as EVERYTHING
from scripts.checks.selection import Selection as Selection
from scripts.findings import STALE, Finding, Report, Rule, has_no_errors, is_derived
from scripts.package.package import Package
from scripts.package.progress_log import log, log_step

if TYPE_CHECKING:
    from scripts.checks.context import CheckContext

# Each module has `check` and `RULES`. It is imported only when it runs, since some libraries load slowly.
LAYERS = {
    "descriptor": "descriptor",
    "bytes": "csv_syntax",
    "frictionless": "public_validator",  # runs in parallel with the layers below; its findings come last
    "schema": "schema",
    "rules": "sql_rules",
    "published": "unrecorded_changes",
    "reproduction": "reproduction",
    "prose": "prose",
    "made": "generated_files",
}
FIRST = ("descriptor", "bytes")  # all other layers rely on these
OF_THE_DATA = (*FIRST, "schema", "rules")  # these must pass before tables are derived
OUR_OWN = tuple(name for name in LAYERS if name != "frictionless")  # for when time is short


def import_layer(name: str) -> ModuleType:
    """Import the module of a layer."""
    return import_module(f"scripts.checks.{LAYERS[name]}")


def run_layers(
    package: Package,
    layers: Collection[str],
    base: Package | None = None,
    layers_run_despite_errors: Collection[str] = (),
    asked: Selection = EVERYTHING,
) -> Report:
    """Run the chosen layers over the package; log how long each took, and which were not run.

    The layer `published` compares the package with `base`; without a base, it checks nothing. An error in a
    layer of `layers_run_despite_errors` does not end the run, for callers who want to see everything at
    once.
    """
    from scripts.checks import finding_causes
    from scripts.checks.context import CheckContext

    chosen = add_prerequisite_layers(layers)
    with ExitStack() as at_the_end:
        subject = CheckContext(package, base=base, at_the_end=at_the_end, asked=asked)
        findings, times = _findings_and_seconds_of_layers(chosen, subject, layers_run_despite_errors)
        if not {*times} <= {*FIRST}:
            findings = drop_consequences_of_errors(findings)
        if {"schema", "rules"} & {*times} and asked.tables is None:  # else the caller orders the findings
            findings = finding_causes.sort_package_findings_causes_first(
                findings, subject.database, package.contract
            )
    done = [name for name in times if name not in subject.left_out]
    log.info(f"Checked: {', '.join(f'{name} {times[name]:.1f} s' for name in done)}.")
    if left := chosen[len(times) :]:
        log.info(f"Not run, because {done[-1]} has errors: {', '.join(left)}. Fix these, then run again.")
    not_run = tuple(name for name in LAYERS if name not in done)
    return Report(tuple(findings), tuple(done), not_run, tuple(subject.notes))


def _findings_and_seconds_of_layers(
    chosen: Sequence[str], context: "CheckContext", layers_run_despite_errors: Collection[str]
) -> tuple[list[Finding], dict[str, float]]:
    """The findings of the layers, up to the first that ends the run, and the seconds that each took."""
    findings: list[Finding] = []
    times: dict[str, float] = {}
    for name in chosen:
        log_step(f"Layer {name}")
        start = time.perf_counter()
        findings += dict.fromkeys(import_layer(name).check(context))  # each finding only once
        times[name] = time.perf_counter() - start
        if (
            not has_no_errors(findings if name in FIRST else _findings_on_entered_files(findings))
            and name not in layers_run_despite_errors
        ):
            break
    if context.beside:
        log_step("Waiting for frictionless")
        start = time.perf_counter()
        findings += context.beside(findings)
        times["frictionless"] += time.perf_counter() - start
    return findings, times


def report_if_pages_blocked(package: Package) -> Report | None:
    """A report on what prevents the pages from being built; None if nothing does.

    Only part of the check is run: whether the files can be read and the derived tables are up to date. This
    costs only about a second, since building the pages needs most of what is read and computed anyway.
    """
    try:
        report = run_layers(package, (*FIRST, "reproduction"))
    except Exception:  # the data may break rules of layers skipped here
        report = run_layers(package, OF_THE_DATA)
        if report.is_valid:
            raise
    return None if report.is_valid else report


def _findings_on_entered_files(findings: Iterable[Finding]) -> list[Finding]:
    return [found for found in findings if not is_derived(found.table)]


def drop_consequences_of_errors(findings: Sequence[Finding]) -> list[Finding]:
    """The findings on entered files, and those on derived tables that are not mere consequences of others.

    If entered files have errors or derived tables are outdated, the only findings kept on derived tables
    are those that say that a table is outdated.
    """
    written = _findings_on_entered_files(findings)
    derived = [found for found in findings if is_derived(found.table)]
    stale = [found for found in derived if found.rule == STALE]
    return [*written, *(stale if stale or not has_no_errors(written) else derived)]


def add_prerequisite_layers(layers: Collection[str]) -> list[str]:
    """The chosen layers and those that must first make sure that files can be read, in running order."""
    later = [name for name in LAYERS if name in layers and name not in FIRST]
    needed = FIRST if later else FIRST[:1] if "bytes" in layers else ()
    return [name for name in LAYERS if name in layers or name in needed]


def all_rules() -> list[Rule]:
    """All rules, in the order of their layers, followed by those on unneeded exceptions and on causes."""
    from scripts.checks import finding_causes
    from scripts.checks.sql_rules import NEEDED

    return [*(rule for name in LAYERS for rule in import_layer(name).RULES), NEEDED, finding_causes.CAUSE]


def explanation_of_rule(rule_id: str) -> str:
    """A text that explains a rule: why it exists, how to fix a fault and, for a rule in SQL, an example.

    Raises KeyError for an unknown id.
    """
    from scripts.checks import contributed_file_rules
    from scripts.checks.rule_files import SqlRule, example_in_words, spell_columns_as_in_files

    rule = {rule.id: rule for rule in (*all_rules(), *contributed_file_rules.RULES)}[rule_id]
    fix = spell_columns_as_in_files(rule.fix)
    lines = [f"{rule.id} ({rule.level}): {rule.title}.", f"  why:    {rule.why}", f"  fix:    {fix}"]
    if isinstance(rule, SqlRule):
        broken, fixed = example_in_words(rule)
        lines += [
            f"  says:   {spell_columns_as_in_files(rule.message)}",
            f"  breaks: {broken}",
            f"  fixed:  {fixed}",
        ]
    return "\n".join(lines)
