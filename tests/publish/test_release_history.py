"""The hash that identifies a version covers datapackage.json and every released table."""

from pathlib import Path

from scripts.package.package import Package
from scripts.publish.release_history import data_sha256
from tests.conftest import PATHS, RELEASED, edit_contract


def test_the_hash_of_the_data_changes_with_the_contract_and_with_each_table(package: Path) -> None:
    seen = [data_sha256(Package(package))]
    assert data_sha256(Package(package)) == seen[0]
    edit_contract(package, lambda contract: contract.update(title="Another title"))
    seen.append(data_sha256(Package(package)))
    for table in RELEASED:
        with (package / table["path"]).open("a", encoding="utf-8") as file:
            file.write("one,more\n")
        seen.append(data_sha256(Package(package)))
    assert len(set(seen)) == len(seen)


def test_settings_of_this_site_are_no_part_of_the_data(package: Path) -> None:
    before = data_sha256(Package(package))
    with (package / PATHS["terms"]).open("a", encoding="utf-8") as file:
        file.write("one,more\n")
    assert data_sha256(Package(package)) == before
