"""The rows that a workbook shows: one of each kind in the template, or all of one study of the package."""

from collections.abc import Mapping, Sequence

from scripts.contribute.sheets import LIMITS, SCOPES, offered
from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.opening import Package

Rows = Mapping[str, list[Row]]
SHARE, COUNT, BASE = Role("share-under-18-later"), Role("under-18-seen-later"), Role("people-seen-later")
LIMIT = Role("children-on-the-street")
OF_A_LIMIT = "limitation_id"  # of scopes, those of a limitation; others are the work of editors
NOT_FOLLOWED = ("studies", "reported_values")  # what other studies print is not part of this one


def example_keys(package: Package) -> Mapping[str, Sequence[str]]:
    """What the template shows, by table: a study with a count, its base, their share, and a limitation."""
    named = package.index("featured")
    values = [named[role]["value_id"] for role in (SHARE, COUNT, BASE) if role in named]
    readings = package.index("reported_values")
    shares = [readings[key] for key in values[:1] if key in readings]
    limits = [named[role]["limitation_id"] for role in (LIMIT,) if role in named]
    return {
        "sources": [share["source_id"] for share in shares],
        "studies": [share["study_id"] for share in shares],
        "reported_values": values,
        LIMITS: limits,
        SCOPES: [row["scope_id"] for row in package.rows(SCOPES) if row["limitation_id"] in limits],
    }


def rows_of_study(package: Package, study_id: str) -> Rows:
    """All rows that make up a study, by table. KeyError for a study that the package does not have."""
    tables = {table.name: table for table in offered(package.contract)}
    chosen: dict[str, dict[str, Row]] = {name: {} for name in tables}  # by key
    chosen["studies"][study_id] = package.index("studies")[study_id]
    for target in NOT_FOLLOWED:  # what hangs on the study, then on its values
        for table in tables.values():
            for key in table.foreign_keys if table.name != target else ():
                rows = package.rows(table.name) if key.table == target else ()
                own = (row for row in rows if row[key.field] in chosen[target] and row.get(OF_A_LIMIT, "-"))
                chosen[table.name] |= {table.key_of(row): row for row in own}
    followed = [
        (table.name, key)
        for table in tables.values()
        for key in table.foreign_keys
        if key.table in tables and key.table not in NOT_FOLLOWED
    ]
    for name, key in followed * len(tables):  # what these point at, and that in turn
        named = {row[key.field] for row in chosen[name].values()} - {""}
        chosen[key.table] |= {one: package.index(key.table)[one] for one in named}
    return {
        name: [row for row in package.rows(name) if table.key_of(row) in chosen[name]]
        for name, table in tables.items()
    }
