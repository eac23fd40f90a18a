"""The rows that a workbook shows: one of each kind in the template, or all of one study of the package."""

from collections.abc import Iterator, Mapping, Sequence

from scripts.contribute.sheets import offered
from scripts.package.contract import Contract, Table
from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.opening import Package

Rows = Mapping[str, list[Row]]
SHARE, COUNT, BASE = Role("share-under-18-later"), Role("under-18-seen-later"), Role("people-seen-later")
LIMIT = Role("children-on-the-street")
NOT_FOLLOWED = ("studies", "reported_values")  # what other studies print is not part of this one


def example_keys(package: Package) -> Mapping[str, Sequence[str]]:
    """What the template shows, by table: a study with a count, its base, their share, and a limitation."""
    named = package.index("featured")
    values = [named[role]["value_id"] for role in (SHARE, COUNT, BASE) if role in named]
    readings = package.index("reported_values")
    shares = [readings[key] for key in values[:1] if key in readings]
    return {
        "sources": [share["source_id"] for share in shares],
        "studies": [share["study_id"] for share in shares],
        "reported_values": values,
        "limitations": [named[role]["limitation_id"] for role in (LIMIT,) if role in named],
    }


def rows_of_study(package: Package, study_id: str) -> Rows:
    """All rows that make up a study, by table. KeyError for a study that the package does not have."""
    the_contract = package.contract
    rows = {table.name: package.rows(table.name) for table in offered(the_contract)}
    chosen: dict[str, list[Row]] = {name: [] for name in rows}
    chosen["studies"] = [row for row in rows["studies"] if row["study_id"] == study_id]
    if not chosen["studies"]:
        raise KeyError(study_id)
    for target in ("studies", "reported_values"):  # what hangs on the study, then on its values
        for name, field in _pointing_at(the_contract, target):
            keys = {row[the_contract.table(target).primary_key[0]] for row in chosen[target]}
            _add(chosen[name], (row for row in rows[name] if row[field] in keys))
    for table in offered(the_contract):
        _follow(chosen, rows, table, the_contract)
    return {name: [row for row in rows[name] if row in some] for name, some in chosen.items()}


def _pointing_at(the_contract: Contract, target: str) -> list[tuple[str, str]]:
    return [
        (table.name, key.field)
        for table in offered(the_contract)
        for key in table.foreign_keys
        if key.table == target and table.name != target
    ]


def _follow(chosen: dict[str, list[Row]], rows: Rows, table: Table, the_contract: Contract) -> None:
    """Add what the chosen rows of a table point at, and what that points at in turn."""
    for key in table.foreign_keys:
        if key.table in rows and key.table not in NOT_FOLLOWED:
            wanted = {row[key.field] for row in chosen[table.name]} - {""}
            before = len(chosen[key.table])
            _add(chosen[key.table], (row for row in rows[key.table] if row[key.key] in wanted))
            if len(chosen[key.table]) > before:
                _follow(chosen, rows, the_contract.table(key.table), the_contract)


def _add(chosen: list[Row], rows: Iterator[Row]) -> None:
    chosen += [row for row in rows if row not in chosen]
