"""No page has a fault of our own in its markup. It runs where Java is and VNU_JAR names the checker."""

import os
import shutil
from pathlib import Path

from tests.markup import ACCEPTED, Fault, faults, report
from tests.outside import needs

IS_HERE = bool(shutil.which("java") and os.environ.get("VNU_JAR"))
SAID = "Attribute “autocomplete” is only allowed when …"
OF_THE_THEME = Fault("a/", 1, SAID, '<input class="md-toggle">')
OURS = Fault("a/", 2, SAID, '<input type="checkbox">')


def test_the_same_fault_is_accepted_of_the_theme_and_not_of_us() -> None:
    assert OF_THE_THEME.why_accepted and not OURS.why_accepted
    assert report([OF_THE_THEME, OURS, OF_THE_THEME], 1).splitlines() == [
        'a/, line 2: Attribute “autocomplete” is only allowed when … <input type="checkbox">',
        "accepted, 2 times: the theme's switches of menu and search",
        "1 pages, 1 faults of our own.",
    ]


@needs("IS_HERE", "Java with a checker that VNU_JAR names")
def test_no_fault_is_ours_and_each_that_is_accepted_is_there(package_built: Path, tmp_path: Path) -> None:
    site = package_built / "site"
    found = faults(Path(os.environ["VNU_JAR"]), site)
    assert [one for one in found if not one.why_accepted] == []
    assert {one.why_accepted for one in found} == set(ACCEPTED.values())
    (tmp_path / "page.html").write_text("<!doctype html><title>A page</title><p></div>", encoding="utf-8")
    assert [one.message for one in faults(Path(os.environ["VNU_JAR"]), tmp_path)] != []
