"""No page has a fault of our own in its markup. It runs where Java is and VNU_JAR names the checker."""

import os
import shutil
from pathlib import Path

from tests.markup import ACCEPTED, messages, why_accepted
from tests.outside import needs

IS_HERE = bool(shutil.which("java") and os.environ.get("VNU_JAR"))


@needs("IS_HERE", "Java with a checker that VNU_JAR names")
def test_no_fault_is_ours_and_each_that_is_accepted_is_there(package_built: Path, tmp_path: Path) -> None:
    site = package_built / "site"
    vnu = Path(os.environ["VNU_JAR"])
    assert {why_accepted(one) for one in messages(vnu, site)} == set(ACCEPTED.values())
    (tmp_path / "page.html").write_text("<!doctype html><title>A page</title><p></div>", encoding="utf-8")
    assert "" in map(why_accepted, messages(vnu, tmp_path))
