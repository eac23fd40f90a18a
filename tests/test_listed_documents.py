"""What lists of documents and of the project itself show: sources, studies, standards, rules, data.

What has to be shown is worked out here from the CSV files alone.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.package.opening import Package
from scripts.site.about_data_set import about_data_set
from scripts.site.dictionary import coverage, dictionary
from scripts.site.downloads import downloads
from scripts.site.lines import Code
from scripts.site.origin import origin
from scripts.site.page_data import PageData
from scripts.site.released import Published
from scripts.site.rules_page import rule_entries, rules_tried
from scripts.site.source_lists import listed_sources, listed_studies, outside_addresses, where_to_report
from scripts.site.standards_page import gather, reporting
from tests.conftest import DESCRIPTOR, ROOT, change_rows, read_csv
from tests.listings import VALUES, Row, pages_of, table


@pytest.fixture(scope="module")
def data() -> PageData:
    """What the pages of the real package may ask."""
    return pages_of(ROOT)


# Documents and studies.


def test_a_document_says_how_many_readings_of_it_stand(package: Path) -> None:
    gone = ("KH010", "KH230")
    change_rows(
        package,
        "reported_values",
        lambda rows: [row.update(show="withdrawn") for row in rows if row["value_id"] in gone],
    )
    kept = [row for row in VALUES.values() if row["value_id"] not in gone]
    times = Counter(row["source_id"] for row in kept)
    rows = {row["source_id"]: row for row in table("sources")}
    shown = listed_sources(pages_of(package))
    assert [one.id for one in shown] == list(rows)
    for one in shown:
        read = rows[one.id]["read_extent"].replace("_", " ")
        number = times[one.id]
        readings = f"; {number} reading{'' if number == 1 else 's'}" if number else ""
        assert one.read == read + readings
        assert ("date not visible" in one.about) == (not rows[one.id]["date_published"])
        assert one.page.address == f"../sources/{one.id}/"


def test_a_study_says_when_and_of_whom_or_why_that_is_not_known(data: PageData) -> None:
    people = {row["population_id"]: row for row in table("populations")}
    rows = {row["study_id"]: row for row in table("studies")}
    shown = listed_studies(data)
    assert [one.id for one in shown] == list(rows)
    for one in shown:
        row = rows[one.id]
        when = row["fieldwork"] or row["fieldwork_reason"].replace("_", " ")
        assert one.by_whom.endswith(f"; fieldwork: {when}")
        population = people.get(row["population_id"])
        named = (
            f"{population['name']} ({population['base_kind'].replace('_', ' ')})"
            if population
            else row["population_id_reason"].replace("_", " ")
        )
        assert one.design == f"{row['design'].replace('_', ' ')}; {named}"


def test_each_known_address_stands_with_the_day_or_why_there_is_none(data: PageData) -> None:
    rows = [row for row in table("sources") if row["url"]]
    shown = outside_addresses(data)
    assert shown.with_day == len([row for row in rows if row["date_seen"]])
    assert [(one.address, one.archived) for one in shown.listed] == [
        (row["url"], row["archived_url"]) for row in rows
    ]
    assert [one.last_seen for one in shown.listed] == [
        row["date_seen"] or row["date_seen_reason"].replace("_", " ") for row in rows
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "The day on which the page was read was not recorded"),
        ("2026-11-01", "Last checked on 2026-11-01"),
    ],
)
def test_where_to_report_says_when_its_page_was_last_seen(package: Path, day: str, words: str) -> None:
    change_rows(package, "helplines", lambda rows: [row.update(date_checked=day) for row in rows])
    shown = where_to_report(pages_of(package))
    assert shown.checked == words
    assert [line["contact_as_printed"] for line in shown.lines] == [
        row["contact_as_printed"] for row in table("helplines")
    ]
    pages = {row["source_id"]: row["url"] for row in table("sources")}
    assert shown.page.address == pages[table("helplines")[0]["source_id"]]


# The project itself.


def own(name: str) -> list[Row]:
    """A table about this project."""
    return read_csv(ROOT / f"docs/assets/{name}.csv")


def test_a_standard_counts_its_items_by_status_and_wave(data: PageData) -> None:
    ours, studies = gather(data), reporting(data)
    assert ours.asked == len(own("gather"))
    assert ours.count("met") == len([row for row in own("gather") if row["status"] == "met"])
    assert studies.asked == len({row["item"] for row in own("study-reporting")})
    for wave in ("2012", "2015"):
        rows = [row for row in own("study-reporting") if row["wave"] == wave]
        assert studies.count("reported", wave) == len([row for row in rows if row["status"] == "reported"])
        assert studies.count("not reported", wave) == len(
            [row for row in rows if row["status"] == "not_reported"]
        )
    asked = {one.id: one.asks for one in ours.items + studies.items}
    for row in own("study-reporting"):
        words = f"{row['item']}. {row['asks']} ({row['basis']})"
        assert asked[f"study-{row['item']}-{row['wave']}"] == words
    assert asked["gather-2"] == "2. Who paid"
    ids = [one.id for one in ours.items + studies.items]
    assert len(ids) == len(set(ids)) and {"gather-1", "study-1-2012"} <= set(ids)


def test_an_item_leads_to_pages_and_tables_and_names_code(data: PageData) -> None:
    places = {place.words: place.address for one in gather(data).items for place in one.where}
    assert places["results#under-18"] == "../results/#under-18"
    assert places["data/indicators.csv"] == "../data/indicators.csv"
    named = {row["where"] for row in own("gather")}
    code = {
        place
        for where in named
        for place in where.split("; ")
        if place and not place.startswith(("docs/", "data"))
    }
    assert code and {words for words, address in places.items() if not address} == code
    assert {len(one.where) for one in gather(data).items if "Who paid" in one.asks} == {0}


def test_each_rule_of_the_data_has_an_example_and_no_other_rule(data: PageData) -> None:
    files = {path.stem for path in (ROOT / "scripts/checks/rules").glob("*.sql")}
    shown = {one.rule.id: one for one in rule_entries(data)}
    assert {key for key, one in shown.items() if one.example} == files
    assert {"contribution-cell", "prose-figure"} <= set(shown) - files
    example = shown["formula-cell"].example
    assert example and example.fault.startswith("data/") and example.mended and example.message


def test_faults_put_in_are_added_up_and_listed_by_kind(package: Path) -> None:
    path = package / "docs/assets/kill-table.csv"
    path.write_text(
        "operator,named_rule,mutants,by_the_named,by_another,survived,frictionless\n"
        "one kind,rule-a,1000,997,1,2,7\nanother,rule-b,234,234,0,0,0\n",
        encoding="utf-8",
    )
    shown = rules_tried(pages_of(package))
    assert (shown.put_in, shown.by_the_named, shown.by_another, shown.by_none, shown.by_frictionless) == (
        *("1,234", "1,231", "1", "2", "7"),
    )
    assert [(one.fault, one.rule, one.found) for one in shown.trials] == [
        ("one kind", "rule-a", "1000, 997, 1, 2; 7"),
        ("another", "rule-b", "234, 234, 0, 0; 0"),
    ]


def test_the_dictionary_has_every_column_with_what_it_allows(data: PageData) -> None:
    shown = {table.name: table for table in dictionary(data)}
    assert list(shown) == [resource["name"] for resource in DESCRIPTOR["resources"]]
    for resource in DESCRIPTOR["resources"]:
        described = shown[resource["name"]]
        assert f"Key: {', '.join(resource['schema']['primaryKey'])}." in described.about
        assert [one.field.name for one in described.columns] == [
            field["name"] for field in resource["schema"]["fields"]
        ]
        for one, field in zip(described.columns, resource["schema"]["fields"], strict=True):
            limits = field.get("constraints", {})
            assert one.allowed.endswith(" may be blank") == ("required" not in limits)
            assert one.allowed.startswith(", ".join(limits.get("enum", [])))
            assert one.type == field["type"] + (f", {field['unit']}" if "unit" in field else "")


def test_coverage_stands_by_topic_and_in_all(data: PageData) -> None:
    shown = coverage(data)
    assert shown[-1].topic == "all" and int(shown[-1].numbers[0]) == len(VALUES)
    times = Counter(row["topic"].replace("_", " ") for row in VALUES.values())
    assert {one.topic: int(one.numbers[0]) for one in shown[:-1]} == times


def test_a_table_says_its_size_and_its_rows_and_the_contract_only_its_size(data: PageData) -> None:
    shown = {one.path: one for one in downloads(data)}
    path = ROOT / "data/reported_values.csv"
    assert shown["data/reported_values.csv"].size == (
        f"{path.stat().st_size / 1000:,.1f} kB, {len(VALUES):,} rows"
    )
    assert "rows" not in shown["datapackage.json"].size


def test_the_data_set_says_that_it_has_no_doi_until_it_has_one(data: PageData) -> None:
    published = Published(Package(ROOT), {"a-1.0.zip": b"x" * 12_345, "notes.txt": b"y"}, "")
    about = about_data_set(data, published)
    assert about.doi == "None has been assigned."
    assert about.title == DESCRIPTOR["title"] and about.version.startswith(DESCRIPTOR["version"])
    assert [(one.file.words, one.file.address, one.size) for one in about.bundles] == [
        ("a-1.0.zip", "../download/a-1.0.zip", "12.3 kB")
    ]
    published.dataset = replace(published.dataset, doi="10.1234/abc")
    assert about_data_set(data, published).doi == "10.1234/abc"


def test_a_build_outside_git_says_that_its_commit_is_not_known(package: Path) -> None:
    made = Published(Package(package), {}, "").provenance
    outside = dict(origin(made))
    assert outside["Built from commit"] == ("not known: the build was made outside git",)
    assert outside["Libraries"] == outside["Python"] == ("not known",)
    for is_changed, words in ((True, ", with changes that are in no commit"), (False, "")):
        inside = replace(made, commit="abc", commit_date="2026-11-26", with_uncommitted_changes=is_changed)
        assert dict(origin(inside))["Built from commit"] == (Code("abc"), f" of 2026-11-26{words}")
