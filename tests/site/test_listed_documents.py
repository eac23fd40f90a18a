"""Lists of documents and of the project: sources, studies, standards, rules, data.

Expected contents are worked out here from the CSV files alone.
"""

from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from scripts.checks import sql_rules
from scripts.contribute import result_questions
from scripts.package.package import Package
from scripts.site.check_page import questions_of_group, rule_entries
from scripts.site.content_nodes import WebLink
from scripts.site.downloads import PublishedPackage, coverage_by_topic, dictionary, downloads
from scripts.site.index_pages import listed_sources, listed_studies
from scripts.site.page_data import PageData
from scripts.site.publisher import where_to_report
from scripts.site.render import _make_environment, _render_template
from scripts.wording.text_formatting import code_for_readers, lowercase_first
from tests.conftest import DESCRIPTOR, FROZEN, RELEASED, ROOT, change_rows
from tests.site.listings import STANDING, VALUES, cells, in_words, pages_of, table
from tests.site.page_models import links, said

# Documents and studies.


def test_a_document_says_how_many_readings_of_it_stand(package: Path) -> None:
    gone = ("KH010", "KH230")
    change_rows(
        package,
        "reported_values",
        lambda rows: [row.update(show="withdrawn") for row in rows if row["value_id"] in gone],
    )
    kept = [row for row in STANDING.values() if row["value_id"] not in gone]
    times = Counter(row["source_id"] for row in kept)
    rows = {row["source_id"]: row for row in table("sources")}
    kinds = {row["kind"] for row in rows.values()}
    _, folds = listed_sources(pages_of(package))
    assert [{rows[entry.id]["kind"] for entry in fold.rows} for fold in folds] == [
        {fold.id} for fold in folds
    ]
    assert {fold.id for fold in folds} == kinds
    shown = [entry for fold in folds for entry in fold.rows]
    assert sorted(entry.id for entry in shown) == sorted(rows)
    for entry in shown:
        row, number = rows[entry.id], times[entry.id]
        figures = f"; {number} figure{'' if number == 1 else 's'}" if number else ""
        _, publisher, date, says, _ = cells(entry)
        assert says.endswith(row["read_extent"].replace("_", " ") + figures)
        assert date == (row["date_published"] or "not visible")
        assert publisher.partition(", in ")[0] == row["publisher"].partition(", in ")[0]
        assert (", in " in publisher.removeprefix(row["publisher"])) == (row["language"] != "en")
        assert [link.address for link in links(entry)] == [f"sources/{entry.id}/"]


def test_a_study_says_when_and_of_whom_or_why_that_is_not_known(data: PageData) -> None:
    people = {row["population_id"]: row for row in table("populations")}
    rows = {row["study_id"]: row for row in table("studies")}
    shown = [entry for group in listed_studies(data) for entry in group.rows]
    assert sorted(entry.id for entry in shown) == sorted(rows)
    for entry in shown:
        row = rows[entry.id]
        when = " to ".join(in_words(end) for end in row["fieldwork"].split("/"))
        _, by_whom, design = cells(entry)
        assert by_whom.endswith(" we do not know when.") == (not when)
        last = by_whom.rpartition("Fieldwork: ")[2].removesuffix(".")
        assert not when or set(last.split()) <= set(when.split())
        population = people.get(row["population_id"])
        assert design.endswith(row["design_note"])
        whom = lowercase_first(population["name"]).removeprefix("surveyed ") if population else ""
        assert not population or lowercase_first(design).startswith(f"{whom}. ")
        assert "_" not in design and (not population or f"({population['population_kind']}" not in design)


@pytest.mark.parametrize("day", ["", "2026-11-01"])
def test_where_to_report_says_when_its_page_was_last_seen(package: Path, day: str) -> None:
    change_rows(package, "sources", lambda rows: [row.update(date_seen=day) for row in rows])
    shown = where_to_report(pages_of(package))["printed_by"]
    assert {source["day"] for source in shown} == {day}
    named = {row["source_id"]: (row["title"], row["url"]) for row in table("sources")}
    pages = dict.fromkeys(row["source_id"] for row in table("helplines"))
    assert [source["page"] for source in shown] == [WebLink(*named[source_id]) for source_id in pages]


# The project itself.


def test_a_rule_of_the_data_has_an_example_in_a_row_of_the_package(data: PageData) -> None:
    files = {path.stem for path in (ROOT / "scripts/checks/rules").glob("*.sql")}
    shown = {rule.id: example for rule, example in rule_entries(data)}
    adding = {rule.id for rule in sql_rules.RULES if "add" in rule.breaking_change}
    assert {key for key, example in shown.items() if example} == files - adding
    assert {"contribution-cell", "prose-figure"} <= set(shown) - files
    example = shown["formula-cell"]
    assert example and ".csv, row " in example.fault and example.fixed and example.message


def test_the_dictionary_has_every_column_with_what_it_allows(data: PageData) -> None:
    shown = {table.id: table for table in dictionary(data)}
    assert list(shown) == [resource["name"] for resource in RELEASED]
    for resource in RELEASED:
        described = shown[resource["name"]]
        assert f"Key: {', '.join(resource['schema']['primaryKey'])}." in said(described.paragraphs)[0]
        rows = iter(described.rows)
        for field in resource["schema"]["fields"]:
            name, kind, holds, _, allowed = cells(next(rows))
            assert name == field["name"]
            assert (" Blank: " in holds) == ("required" not in field.get("constraints", {}))
            assert kind == field["type"] + (f", {field['unit']}" if "unit" in field else "")
            words = field.get("categories", field.get("listOf", []))
            assert bool(allowed) == bool(words)
            for word in words:
                value, meaning = cells(next(rows))
                assert value == word["value"] and word["label"] in f"{value.replace('_', ' ')} {meaning}"
                assert meaning.endswith(word.get("description", "."))
        assert not [*rows]


def test_a_table_says_its_size_and_its_rows_and_the_contract_only_its_size(data: PageData) -> None:
    rows = [cells(row) for group in downloads(data) for row in group.rows]
    shown = {path: size for path, _, size in rows}
    assert len(rows) == len(shown) == 1 + len(RELEASED)
    assert list(shown)[:2] == ["data/derived/results.csv", "data/derived/subjects.csv"]
    path = FROZEN / "data/reported_values.csv"
    size = f"{path.stat().st_size / 1000:,.1f} kB, {len(VALUES):,} rows"
    assert shown["data/reported_values.csv"] == size
    assert "rows" not in shown["datapackage.json"]


def test_each_question_of_the_form_is_asked_of_all_or_folded_away(data: PageData) -> None:
    groups = [questions_of_group(data, name) for name in ("source", "study", "result", "limit")]
    screens = [screen for asked, _ in groups for screen in asked]
    asked = [question for screen in screens for question in screen]
    folded = [question for _, aside in groups for question in aside]
    every = result_questions.nested_questions(data.package)
    assert sorted(question.id for question in (*asked, *folded)) == sorted(
        question.id for question in every
    )
    assert {question.is_aside for question in asked} == {False}
    assert {question.is_aside for question in folded} == {True}


def test_the_data_set_says_that_it_has_no_doi_until_it_has_one(data: PageData) -> None:
    environment = _make_environment(data.package, data)
    published = PublishedPackage(Package(FROZEN), {"a-1.0.zip": b"x" * 12_345, "notes.txt": b"y"}, "")
    for doi in ("", "10.1234/abc"):
        published.dataset = replace(published.dataset, doi=doi)
        environment.globals["published"] = published
        page = unescape(_render_template(environment, data, "index.md", "about.html"))
        assert f"<dt>DOI</dt><dd>{doi or 'None has been assigned.'}</dd>" in page
    assert f"<dt>Data set</dt><dd>{DESCRIPTOR['title']}</dd>" in page
    assert f"<dt>Version</dt><dd>{DESCRIPTOR['version']} (not released)</dd>" in page
    assert '<a href="download/a-1.0.zip" download>a-1.0.zip</a>, 12.3 kB, SHA-256 ' in page
    assert "notes.txt" not in page


def test_a_build_outside_git_says_that_its_commit_is_not_known(data: PageData, package: Path) -> None:
    environment = _make_environment(data.package, data)
    environment.globals["published"] = published = PublishedPackage(Package(package), {}, "")
    for commit, is_changed, words in (
        ("", False, "not known: this copy was built outside git"),
        ("abc", True, "<code>abc</code> of 2026-11-26, with changes that are in no commit"),
        ("abc", False, "<code>abc</code> of 2026-11-26"),
    ):
        cells = {"commit": commit, "commit_date": "2026-11-26", "with_uncommitted_changes": is_changed}
        published.provenance = replace(published.provenance, **cells)
        page = _render_template(environment, data, "data.md", "provenance.html")
        assert f"<dt>Built from commit</dt><dd>{words}</dd>" in page
        assert "<dt>Libraries</dt><dd>not known</dd>" in page


def test_the_table_of_what_is_covered_counts_each_topic_and_all(data: PageData) -> None:
    rows = {name: counts for name, *counts in (said(entry.cells) for entry in coverage_by_topic(data))}
    for topic in {row["topic"] for row in STANDING.values()}:
        own = [row for row in STANDING.values() if row["topic"] == topic]
        missing = [row for row in table("not_available") if row["topic"] == topic]
        assert rows[code_for_readers(topic)][-1] == str(len(missing))
        assert rows[code_for_readers(topic)][:3:2] == [
            str(len(own)),
            str(len({row["source_id"] for row in own})),
        ]
    assert rows["all"][0] == str(len(STANDING))
