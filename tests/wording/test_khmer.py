"""The Khmer page uses only readings that the English pages use, and all those in the home page's answer."""

import re

from scripts.package.files import read_page_text
from tests.conftest import FROZEN, PATHS, ROOT, read_csv

READINGS = {row["role"]: row["value_id"] for row in read_csv(FROZEN / PATHS["featured"]) if row["value_id"]}


def bound(text: str) -> set[str]:
    """Return the ids of the readings that a template uses by role."""
    return {READINGS[role] for role in re.findall(r'"([a-z0-9-]+)"', text) if role in READINGS}


def page(name: str) -> str:
    """Return the template of a page, with its included parts."""
    text = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
    return re.sub(
        r'\{% include "(parts/[\w.]+)" %\}',
        lambda part: read_page_text(ROOT, ROOT / "docs" / part[1]),
        text,
    )


def test_khmer_page_uses_the_readings_of_the_english_pages() -> None:
    khmer, english = page("km"), page("index")
    answer = english.partition("\n## ")[0]
    assert bound(answer) and bound(answer) <= bound(khmer)
    assert bound(khmer) <= bound(english) | bound(page("results")) | bound(page("ranges"))
