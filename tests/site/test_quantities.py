"""Each quantity as data: JSON, CSV, card, page and the table `values` agree."""

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from scripts.package.contract import CONVERT
from scripts.package.package import Package
from scripts.release.make_release import _names_belonging_to_pages
from scripts.site.downloads import LOCAL, PublishedPackage
from scripts.site.quantity_files import quantity_files
from tests.conftest import DESCRIPTOR, FROZEN, change_cells, read_csv
from tests.site.page_models import quantity, words

pytestmark = pytest.mark.xdist_group("quantities")  # one worker makes the files, once
HOST = "https://example.org/data/"
VALUES = read_csv(FROZEN / "data/derived/values.csv")
ROOTS = [row["value_id"] for row in VALUES if row["value_id"] == row["quantity_id"]]
[TABLE] = [table for table in DESCRIPTOR["resources"] if table["name"] == "values"]
TYPES = {field["name"]: field["type"] for field in TABLE["schema"]["fields"]}
LARGEST_CARD = 15_000  # bytes
FEATURED = sorted({row["value_id"] for row in read_csv(FROZEN / "data/editorial/featured.csv")} & {*ROOTS})
CARDS = {key: quantity(key).card for key in FEATURED}
MOST_SPARE = 0.3  # the blank part of a card's height, on average
TAKEN = """() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight,
  document.body.lastElementChild.getBoundingClientRect().bottom]"""


@cache
def served() -> dict[str, str]:
    """Return the files of all quantities."""
    return quantity_files(Package(FROZEN), PublishedPackage(Package(FROZEN), {}, HOST))


def of(key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(served()[f"values/{key}.json"])
    return found


def typed(row: dict[str, str]) -> dict[str, Any]:
    return {name: CONVERT[TYPES[name]](cell) if cell else None for name, cell in row.items()}


def test_each_quantity_has_its_files_and_nothing_else_is_written() -> None:
    """Only quantities featured on pages have a card to embed."""
    files = {f"values/{key}.{kind}" for key in ROOTS for kind in ("json", "csv")}
    assert served().keys() == files | {f"values/{key}.card.html" for key in FEATURED}


def test_json_csv_and_values_have_the_same_rows() -> None:
    for key in ROOTS:
        rows = [row for row in VALUES if row["quantity_id"] == key]
        assert list(csv.DictReader(io.StringIO(served()[f"values/{key}.csv"]))) == rows
        quantity_json = of(key)
        assert sorted(quantity_json["printings"], key=lambda row: row["value_id"]) == list(map(typed, rows))
        assert quantity_json["value"] == typed(next(row for row in rows if row["value_id"] == key))


@pytest.mark.parametrize("key", ROOTS[:: len(ROOTS) // 40])
def test_json_and_page_say_the_same(key: str) -> None:
    quantity_json, page = of(key), quantity(key)
    assert (quantity_json["value_in_words"][1:], quantity_json["notice"]) == (
        page.value[1:],
        page.card.notice,
    )  # begins a line
    assert quantity_json["title"][1:] in page.title
    assert quantity_json["sentence"] == page.card.sentence
    left_out = " ".join(map(words, page.sections["leaves_out"]))
    assert all(limit["name"] in left_out for limit in quantity_json["limitations"])
    assert quantity_json["source"]["source_id"] in page.cites
    assert len(quantity_json["printings"]) == len(page.rows)


def test_a_card_is_small_runs_nothing_and_never_stands_without_its_limits() -> None:
    for key in FEATURED:
        card, quantity_json = served()[f"values/{key}.card.html"], of(key)
        assert len(card.encode()) <= LARGEST_CARD
        assert "<script" not in card and "default-src 'none'" in card
        plain = re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), card).replace("&amp;", "&")
        told = [quantity_json["sentence"], *quantity_json["citations"].values(), quantity_json["notice"]]
        assert [text for text in told if text not in plain] == []
        assert quantity_json["sentence"] and all(
            limit["name"] in plain for limit in quantity_json["limitations"]
        )
        assert f'href="{HOST}values/{key}/"' in card
        assert card.index("Source: ") < card.index("Data: ") < card.index("Limits: ")


def test_no_card_is_cut_off_in_the_frame_that_its_page_gives(browser: Browser) -> None:
    """A card fits its frame, and leaves little of it blank."""
    page, spare, cut_off = browser.new_page(bypass_csp=True), [], []
    for key in FEATURED:
        height = CARDS[key].height_in_pixels
        assert (
            f'src="{HOST}" title="' in (code := CARDS[key].iframe_html(HOST))
            and f'height="{height}"' in code
        )
        page.set_content(served()[f"values/{key}.card.html"])
        for width in (320, 480, 800):
            page.set_viewport_size({"width": width, "height": height})
            wide, high, end = page.evaluate(TAKEN)
            cut_off += [(key, width)] if wide > width or high > height else []
            spare.append((height - end) / height)
    page.close()
    assert cut_off == []
    assert sum(spare) / len(spare) < MOST_SPARE


def test_without_a_site_addresses_lead_to_this_machine() -> None:
    assert PublishedPackage(Package(FROZEN), {}, "").full_address("values/") == f"{LOCAL}values/"


def test_a_withdrawn_quantity_is_served_with_nothing_to_quote(package: Path) -> None:
    key = FEATURED[0]
    change_cells(package, "reported_values", key, show="withdrawn")
    change_cells(package, "values", key, to_show="withdrawn", value_or_bound="", value_kind="", at_most="")
    opened = Package(package)
    files = quantity_files(opened, PublishedPackage(opened, {}, HOST))
    quantity_json, card = json.loads(files[f"values/{key}.json"]), files[f"values/{key}.card.html"]
    assert (
        quantity_json["sentence"],
        quantity_json["value_in_words"],
        quantity_json["citations"]["source"],
    ) == ("", "", "")
    assert quantity_json["notice"] == "Withdrawn." and 'class="value"' not in card
    assert quantity_json["value"]["to_show"] == "withdrawn"


def test_estimates_in_json_are_numbers() -> None:
    """JSON has as many estimates as the table, as numbers, with null for a blank."""
    kept = {row["estimate_id"]: row for key in ROOTS for row in of(key)["estimates"]}
    table = {row["estimate_id"]: row for row in read_csv(FROZEN / "data/derived/estimates.csv")}
    assert kept.keys() == table.keys()
    for key, row in table.items():
        for name in ("numerator", "denominator", "ci_low", "ci_high"):
            assert kept[key][name] == (float(row[name]) if row[name] else None), key


def test_each_scenario_row_is_under_scenarios_of_one_quantity() -> None:
    kept = [row["scenario_id"] for key in ROOTS for row in of(key)["scenarios"]]
    tables = [FROZEN / f"data/derived/{name}.csv" for name in ("scenario_estimates", "scenario_none_found")]
    assert sorted(kept) == sorted(row["scenario_id"] for table in tables for row in read_csv(table)) != []


def test_the_address_of_the_newest_version_has_the_files_and_no_page(tmp_path: Path) -> None:
    for name in ("KH010", "KH011"):
        (tmp_path / name).mkdir()
    pages, files = ["KH010", "KH011", "index.html"], ["KH010.json", "KH010.csv"]
    assert _names_belonging_to_pages(str(tmp_path), [*pages, *files]) == pages
