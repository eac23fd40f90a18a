"""A title says that an organisation reported a figure only if one of its own documents gives it."""

import html
import re
from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.wording.reported_by import reported_by_sentence
from tests.conftest import FROZEN, change_cells, read_csv

PACKAGE = Package(FROZEN)
IJM = "the International Justice Mission"
BODY = re.compile(r"(?<!citing )(?<!citing the )(?:IJM|International Justice Mission) (?:reported|gave)\b")
NUMBER = re.compile(r"\d[\d,.]*(?= %)")


def told(*ids: str, package: Package = PACKAGE) -> str:
    """Return who reported some readings, in words."""
    return reported_by_sentence(package, [package.reading_index.readings_by_id[key] for key in ids])


def printed_by(organisation_id: str) -> set[str]:
    """Return every number in an organisation's documents, as far as we read them."""
    own = {
        row["source_id"]
        for row in read_csv(FROZEN / "data/sources.csv")
        if row["organisation_id"] == organisation_id
    }
    rows = [row for row in read_csv(FROZEN / "data/reported_values.csv") if row["source_id"] in own]
    return {row[end] for row in rows for end in ("low", "high")}


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        (("KH010",), f"{IJM} reported"),  # several documents of the body print it
        (("KH038",), f"newspapers reported, citing {IJM}"),
        (("KH038", "KH010"), f"newspapers reported, citing {IJM}"),  # not both of them
        (("KH022",), f"newspapers reported, citing {IJM}"),
        (("KH043", "KH018"), f"the Khmer Times reported, citing {IJM}"),
    ],
)
def test_a_body_reported_what_a_document_of_its_own_prints(ids: tuple[str, ...], words: str) -> None:
    assert told(*ids) == words


def test_once_the_body_prints_it_too_the_body_reported_it(package: Path) -> None:
    change_cells(package, "reported_values", "KH039", source_id="ijm-uk-new-study")
    assert told("KH038", "KH010", package=Package(package)) == f"{IJM} reported"


@pytest.mark.xdist_group("pages")
def test_no_page_says_that_the_body_reported_what_only_others_print(rendered_pages: dict[str, str]) -> None:
    own = printed_by("ijm")
    by_hand = {name: text for name, text in rendered_pages.items() if "/" not in name}
    assert any(BODY.search(text) for text in by_hand.values())
    for name, page in by_hand.items():
        words = " ".join(html.unescape(re.sub(r"<[^>]+>|\*\*|\]\([^)]*\)", " ", page)).split())
        for sentence in re.split(r"(?<=[.!?”])\s+(?=[A-Z#“0-9])|(?<=;)\s+", words):
            _, *after = BODY.split(sentence, maxsplit=1)
            found = {number for part in after for number in NUMBER.findall(part)}
            assert found <= own, (name, sentence)
