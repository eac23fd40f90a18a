"""Under the names of another country the package is as sound, and nothing tells what it was about."""

from pathlib import Path

import pytest

from scripts.site import build
from tests.conftest import FROZEN, ROOT
from tests.second_country import GONE, checked, left_in, relabel, relabelled

OF_ANY = {  # lists of all countries and of languages
    *(
        "scripts/package/languages.csv",
        "scripts/contribute/taken_as.py",
        "scripts/checks/words/countries.csv",
    ),
}
CASES = "scripts/checks/rules"  # of rules: they run on rows of the package of the tests


def test_no_code_names_the_country_its_places_or_bodies() -> None:
    files = (
        one for one in (ROOT / "scripts").rglob("*") if one.suffix in (".py", ".html", ".csv", ".json")
    )
    names = {one.relative_to(ROOT).as_posix() for one in files if GONE.search(one.read_bytes())}
    assert {name for name in names if not name.startswith(CASES)} == OF_ANY


def test_a_name_gives_way_in_texts_ids_and_addresses() -> None:
    was = "IJM in Phnom Penh, Cambodia: KH010, ijm-khm-2015, KH-12, phnompenhpost.com"
    assert relabelled(was) == "ERL in Port Selm, Kavoria: XV010, erl-xva-2015, XV-12, portselmpost.com"


@pytest.mark.long
def test_another_country_has_no_finding_and_its_site_no_name_of_this_one(tmp_path: Path) -> None:
    package = relabel(FROZEN, tmp_path / "package")
    build.build(package, tmp_path / "site")
    assert not checked(package).findings
    assert not list(left_in(tmp_path / "site"))
