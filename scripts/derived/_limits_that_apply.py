"""Which limits can apply to a quantity: none on the judging of age where no age is told, for example."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.wording.naming import ages


@dataclass(frozen=True)
class Asked:
    """What decides whether a limit can apply."""

    has_ages: bool
    is_relative: bool  # a share or a change
    is_count: bool
    is_none_found: bool
    is_read_in_part: bool


# By kinds of limitations; a kind that is not here can apply to every quantity of its study or topic.
CAN_APPLY: dict[str, Callable[[Asked], bool]] = {
    "age_judgement": lambda one: one.has_ages,
    "false_papers": lambda one: one.has_ages,
    "coverage": lambda one: one.has_ages,
    "hidden_methods": lambda one: one.has_ages,
    "displacement": lambda one: one.has_ages,
    "comparability": lambda one: one.has_ages,
    "zero_claim": lambda one: one.is_none_found,
    "weighting": lambda one: one.is_relative,
    "sampling": lambda one: one.is_relative,
    "denominator": lambda one: one.has_ages or one.is_relative,
}


def can_apply(limitation: Row, asked: Asked) -> bool:
    """Could this limit bear on this quantity?"""
    if limitation["reach"] == "all_figures":
        return asked.is_read_in_part
    if limitation["reach"] == "whole_topic":
        return asked.is_count or asked.is_relative
    test = CAN_APPLY.get(limitation["kind"])
    return test is None or test(asked)


def asked_of(package: Package, root: Reading) -> Asked:
    """What there is to know of a quantity."""
    kind = package.ledger.kind(root)
    sources = {one.source_id for one in package.ledger.printings(root.id)}
    return Asked(
        has_ages=bool(ages(root)) or root.show == "with_both_denominators",
        is_relative=kind in ("share", "change"),
        is_count=kind == "count",
        is_none_found=root.qualifier == "none_found",
        is_read_in_part=any(package.row("sources", key)["read_extent"] != "whole" for key in sources),
    )
