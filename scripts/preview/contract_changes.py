"""The difference of two contracts, word by word: what is new, gone or changed?

For a reviewer, who has to see every word; `contract.lost` tells what programs rely on.
"""

import json
from collections.abc import Iterator
from typing import Any

from scripts.package.opening import Package
from scripts.preview.results import ContractChange

CONTAINERS = {"resources", "schema", "fields", "constraints"}  # say nothing to a reader


def contract_changes(base: Package, package: Package) -> tuple[ContractChange, ...]:
    """Compare the two descriptors as they stand."""
    return tuple(_differences((), base.descriptor, package.descriptor))


def _differences(path: tuple[str, ...], before: Any, after: Any) -> Iterator[ContractChange]:
    if before == after:
        return
    old, new = _keyed(before), _keyed(after)
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield ContractChange("changed", _place(path), _text(before), _text(after))
        return
    for key in [*old, *(key for key in new if key not in old)]:
        here = (*path, key)
        if key not in new:
            yield ContractChange("gone", _place(here), was=_text(old[key]))
        elif key not in old:
            yield ContractChange("new", _place(here), became=_text(new[key]))
        else:
            yield from _differences(here, old[key], new[key])
    if isinstance(before, list) and _order(old, new) != _order(new, old):
        yield ContractChange("changed", _place((*path, "order")))


def _keyed(part: Any) -> Any:
    """A list as a dictionary: by the names or words of its parts, or else by number."""
    if not isinstance(part, list):
        return part
    names = [
        str(one.get("name", one.get("value", ""))) if isinstance(one, dict) else _text(one) for one in part
    ]
    if "" in names or len(set(names)) < len(names):
        names = [str(number) for number in range(1, len(part) + 1)]
    return dict(zip(names, part, strict=True))


def _order(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [key for key in one if key in other]


def _place(path: tuple[str, ...]) -> str:
    return ", ".join(part for part in path if part not in CONTAINERS)


def _text(part: Any) -> str:
    """A word or number as it is; of a larger part only its name is shown."""
    if isinstance(part, str):
        return part
    return "" if isinstance(part, dict | list) else json.dumps(part)
