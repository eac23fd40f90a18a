"""The check: layers that run in order. A layer with errors ends the run, because the next trusts it."""

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
    """Run the chosen layers over the package in this folder, telling which one stopped the run."""
    findings: list[Finding] = []
    for name, layer in LAYERS.items():
        if name not in layers:
            continue
        findings += layer(package)
        if not is_valid(findings):
            _tell_what_was_left(name, layers, tell)
            break
    return findings


def _tell_what_was_left(stopped: str, layers: Collection[str], tell: Callable[[str], None]) -> None:
    names = list(LAYERS)
    left = [name for name in names[names.index(stopped) + 1 :] if name in layers]
    if left:
        tell(f"Not run, because {stopped} has errors: {', '.join(left)}.")


def catalogue() -> list[Rule]:
    """Every rule of every layer, in the order in which they run."""
    modules = (descriptor, byte_gate, schema, rules, reproduction, prose)
    return [rule for module in modules for rule in module.RULES]
