"""The check: layers that run in order. A layer with errors ends the run, because the next trusts it."""

import time
from collections.abc import Callable, Collection
from pathlib import Path

from scripts.checks import byte_gate, descriptor, prose, reproduction, rules, schema
from scripts.findings import Finding, Rule, is_valid

Layer = Callable[[Path], list[Finding]]
LAYERS: dict[str, Layer] = {
    "descriptor": descriptor.check,
    "bytes": byte_gate.check,
    "schema": schema.check,
    "rules": rules.check,
    "reproduction": reproduction.check,
    "prose": prose.check,
}


def run(package: Path, layers: Collection[str], tell: Callable[[str], None]) -> list[Finding]:
    """Run the chosen layers over the package in this folder, telling the time of each and what was left."""
    findings: list[Finding] = []
    times: list[str] = []
    chosen = [name for name in LAYERS if name in layers]
    for name in chosen:
        start = time.perf_counter()
        findings += LAYERS[name](package)
        times.append(f"{name} {time.perf_counter() - start:.1f} s")
        if not is_valid(findings):
            break
    tell(f"Checked: {', '.join(times)}.")
    if left := chosen[len(times) :]:
        tell(f"Not run, because {chosen[len(times) - 1]} has errors: {', '.join(left)}.")
    return findings


def catalogue() -> list[Rule]:
    """Every rule of every layer, in the order in which they run."""
    modules = (descriptor, byte_gate, schema, rules, reproduction, prose)
    return [rule for module in modules for rule in module.RULES]


def explain(rule_id: str) -> str:
    """Give the entry of a rule as text. KeyError for an unknown id."""
    rule = {rule.id: rule for rule in catalogue()}[rule_id]
    lines = [f"{rule.id} ({rule.level}): {rule.title}.", f"  why:  {rule.why}", f"  mend: {rule.mend}"]
    if isinstance(rule, rules.SqlRule):
        lines += [f"  says: {rule.message}", f"  a change that breaks it: {rule.example}"]
    return "\n".join(lines)
