"""What hand-written pages say of this publication holds for its rows and for its pages."""

import re

from tests.conftest import FROZEN, ROOT, read_csv


def page(name: str) -> str:
    """A page of docs/ on one line."""
    return " ".join((ROOT / f"docs/{name}.md").read_text(encoding="utf-8").split())


def test_pages_say_that_single_operations_stand_as_events_if_some_do() -> None:
    """They say that no person and no case is recorded, and may not deny what the timeline lists."""
    operations = [row for row in read_csv(FROZEN / "data/events.csv") if "Raid" in row["title"]]
    assert operations
    for words in (page("about"), page("methodology")):
        assert re.search(r"single police operation [^.]*\(response\.md#timeline\)", words)
        assert "single cases" not in words and "Left out are cases," not in words


def test_both_pages_on_sending_say_that_it_needs_an_account_and_what_to_do_without_one() -> None:
    asked = r'No account\? {% set no_account = true %} {% include "someone.html" %}'
    for name in ("check", "contribute"):
        assert re.search(rf"needs? (?:an account|one) .*?{asked}", page(name)), name
    assert "no account with access" not in page("contribute")


def test_titles_of_sources_stand_as_the_page_on_words_says() -> None:
    assert "words in quotation marks, titles without" in page("about")
