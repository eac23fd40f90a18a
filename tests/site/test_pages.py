"""Pages of quantities, sources and studies: each has all that its data require, ready to quote.

Expected contents are worked out here from the CSV files alone.
"""

import html
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given, settings
from pybtex.database import Entry, parse_string

from scripts.package.package import Package
from scripts.publish.dataset import describe_dataset
from scripts.wording import citations
from scripts.wording.citations import Citation, citation_of_source, escape_latex
from scripts.wording.quotable_sentences import QuotableSentences
from scripts.wording.reading_words import ReadingWords
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    date_in_words,
    shorten_text,
    small_number_in_words,
)
from tests.conftest import (
    DESCRIPTOR,
    FROZEN,
    PATHS,
    change_cells,
    change_rows,
    read_csv,
    rebuild_derived_tables,
    render_pages_of,
    with_subtests,
)
from tests.site.page_models import WHY, links, withdraw, words
from tests.site.test_page_models import models

pytestmark = pytest.mark.xdist_group("pages")  # one worker fills the pages in, once

Row = dict[str, str]
ORDER = (  # of the sections, if a quantity has them
    "Who disputes or supports it",
    "What it is",
    "How sure",
    "What it leaves out",
    "What belongs with it",
    "Cite and download",
    "History",
)


def table(name: str) -> list[Row]:
    """Return the rows of an entered table."""
    return read_csv(FROZEN / PATHS[name])


def keyed(name: str) -> dict[str, Row]:
    """Return the rows of a table by their first column."""
    return {next(iter(row.values())): row for row in table(name)}


VALUES, SOURCES, STUDIES = keyed("reported_values"), keyed("sources"), keyed("studies")
POPULATIONS, PLACES, STATEMENTS = keyed("populations"), keyed("places"), keyed("statements")
ROOTS = [key for key, row in VALUES.items() if not row["mention_of"]]


def quantity(row: Row) -> str:
    """Return the id of a reading's quantity."""
    return row["mention_of"] or row["value_id"]


THIS = describe_dataset(Package(FROZEN))
PRINTINGS: dict[str, list[Row]] = defaultdict(list)
for _row in VALUES.values():
    PRINTINGS[quantity(_row)].append(_row)


@pytest.fixture(scope="module")
def small_pages() -> dict[str, str]:
    """The pages of the frozen package, to compare with those after a change."""
    return render_pages_of(FROZEN)


def text(page: str) -> str:
    """Return the visible text of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def quotes_of(package: Path) -> QuotableSentences:
    """Return the ready sentences of a package."""
    opened = Package(package)
    return QuotableSentences(opened, ReadingWords(opened))


QUOTES = quotes_of(FROZEN)


def test_every_quantity_has_a_page_in_the_order_in_which_a_reader_asks(
    rendered_pages: dict[str, str],
) -> None:
    assert {name for name in rendered_pages if name.startswith("values/")} == {
        f"values/{root}.md" for root in ROOTS
    }
    for root in ROOTS:
        heads = re.findall(
            r"^## (.+?)(?: \{ #[^}]+\})?$", rendered_pages[f"values/{root}.md"], re.MULTILINE
        )
        assert heads == [head for head in ORDER if head in heads], root
        assert "Cite and download" in heads


def test_every_mention_has_its_anchor_with_token_source_locator_and_how_much_was_read(
    rendered_pages: dict[str, str],
) -> None:
    for root, printings in PRINTINGS.items():
        page = rendered_pages[f"values/{root}.md"]
        for row in printings:
            entry = page.partition(f'<tr id="{row["value_id"]}">')[2].partition("</tr>")[0]
            source, words = SOURCES[row["source_id"]], text(entry)
            for part in (
                f"“{row['printed']}”",
                source["title"],
                source["publisher"],
                date_in_words(source["date_published"]) or "date not visible",
                row["locator"],
                f"Read: {source['read_extent'].replace('_', ' ')}",
                row["scope_as_printed"],
            ):
                assert " ".join(part.split()) in words, (row["value_id"], part)
            assert " ".join(QUOTES.sentence_to_quote(row["value_id"]).split()) in text(page)
            assert f'href="../../sources/{row["source_id"]}/"' in entry
            if row["interval_low"]:
                assert f"{row['interval_low']} to {row['interval_high']}" in words


def bare(words: str) -> str:
    """Return a text without spaces, since markup may add some."""
    return "".join(words.split())


def test_each_page_shows_everything_in_its_model(rendered_pages: dict[str, str]) -> None:
    """test_value_page.py and test_page_models.py test the contents of the models."""
    for address, model in models().items():
        page = rendered_pages[f"{address.removesuffix('/')}.md"]
        seen = bare(text(page))
        lines = [line for _, line in model.facts]
        lines += [line for section in model.sections.values() for line in section]
        linked = (row for name in ("related", "unrelated") for row in getattr(model, name, ()))
        lines += [cell for row in (*model.rows, *linked) for cell in row.cells]
        lines += [getattr(model, "byline", ())]
        assert [words(line) for line in lines if bare(words(line)) not in seen] == [], address
        for link in links(tuple(lines)):
            there = "" if link.address is None else f"../../{link.address}"
            assert f'href="{there}{f"#{link.anchor}" if link.anchor else ""}"' in page, (address, link)


CONDITION = re.compile(
    "counted independently|on the same condition|everyone( in a venue,)? or no one|design effect"
)


def test_interval_for_chance_alone_is_stated_with_its_condition(rendered_pages: dict[str, str]) -> None:
    """The condition is that people were counted independently, or were as alike as stated."""
    found = [
        sentence
        for page in rendered_pages.values()
        for line in page.splitlines()
        if "hance alone" in line
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text(line))
        if re.search(r"hance alone.*% to ", sentence)
    ]
    assert [sentence for sentence in found if not CONDITION.search(sentence)] == []
    assert len(found) > 5


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2015", "2015"),
        ("2015-06", "June 2015"),
        ("2015-06-09", "9 June 2015"),
        ("2024 report", "2024 report"),
        ("2015-13", "2015"),
    ],
)
def test_a_partial_date_is_written_as_far_as_it_is_known(date: str, words: str) -> None:
    assert date_in_words(date) == words


# Citations.


def parsed(citation: Citation) -> Entry:
    """Parse a BibTeX entry with an independent parser."""
    entries = parse_string(citation.bibtex_entry, "bibtex").entries
    assert list(entries) == [citation.key]
    return entries[citation.key]


SIGNS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{"\\" + sign: sign for sign in "&%$#_"},
}
COMMAND = re.compile("|".join(re.escape(command) for command in sorted(SIGNS, key=len, reverse=True)))


def unlatex(field: str) -> str:
    """Decode a LaTeX field, and assert that it has no other special character."""
    rest = COMMAND.sub("", field)
    assert not re.search(r"[\\{}&%$#_~^]", rest), field
    return COMMAND.sub(lambda match: SIGNS[match[0]], field)


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://plu.mx/a/?doi=10.1080/09540121.2015.1096893", "10.1080/09540121.2015.1096893"),
        ("https://link.springer.com/article/10.1007%2Fs10611-011-9328-z", "10.1007/s10611-011-9328-z"),
        ("https://www.hindawi.com/journals/art/2016/5360180/", None),
    ],
)
def test_citation_takes_the_doi_from_the_address(url: str, doi: str | None) -> None:
    citation = citation_of_source(SOURCES["bbs-2019"] | {"url": url})
    assert parsed(citation).fields.get("doi") == doi


@with_subtests(SOURCES)
def test_the_citation_of_a_source_holds_what_the_ledger_has_and_no_more(source_id: str) -> None:
    row = SOURCES[source_id]
    citation = citation_of_source(row)
    entry = parsed(citation)
    fields = entry.fields
    if row["title"].startswith("("):  # in our words, so no title
        assert "title" not in fields
        assert row["title"].strip("()") in unlatex(fields["note"])
        assert f"[{row['title'].strip('()')}]" in citation.citation_line
    else:
        assert unlatex(fields["title"][1:-1]) == row["title"]
    holder = next(name for name in ("journal", "institution", "howpublished") if name in fields)
    publisher = row["publisher"].partition(" (" if row["publisher"].endswith(")") else "\0")[0]
    where = [unlatex(fields[holder]), *(fields.get(name, "") for name in ("volume", "number", "pages"))]
    assert re.sub(r"\W", "", "".join(where)) == re.sub(r"\W", "", publisher)
    remark = row["publisher"].removeprefix(publisher).strip(" ()")
    assert remark.lower() in unlatex(fields.get("note", "")).lower()
    assert fields.get("year", "") == row["date_published"][:4]
    assert fields.get("url", "") == row["url"]
    people = entry.persons.get("author", [])
    is_body = row["kind"] not in ("newspaper", "news_agency", "magazine", "blog", "academic_article")
    names = [name.strip() for name in row["creator"].split(";") if name] or [publisher] * is_body
    shown = [unlatex(str(person).strip("{}")) for person in people]
    assert len(shown) == sum(2 if name.endswith(" and others") else 1 for name in names)
    if people and not row["creator"].strip():
        [body] = people
        assert (body.last_names, body.first_names) == ([f"{{{escape_latex(names[0])}}}"], [])
    reason = code_for_readers(row["date_published_reason"])
    if not row["date_published"]:
        assert fields["note"].endswith(f"Date {reason}")
    text_parts = [
        *names,
        row["title"].strip("()") if row["title"].startswith("(") else row["title"],
        row["url"],
        date_in_words(row["date_published"]) or f"n.d.; date {reason}",
    ]
    assert [part for part in text_parts if part not in citation.citation_line] == []


def test_the_citation_of_the_package_names_version_date_and_licence() -> None:
    citation = replace(
        THIS, version="1.2.0", created="2027-03-04", homepage="https://example.org/"
    ).citation
    fields = parsed(citation).fields
    assert (fields["version"], fields["year"]) == ("1.2.0", "2027")
    address = "https://example.org/v/1.2.0/"  # which stays as it is
    for part in (DESCRIPTOR["title"], "1.2.0", "4 March 2027", "CC-BY-4.0", address):
        assert part in citation.citation_line
    assert not any("not released" in text for text in (citation.citation_line, citation.bibtex_entry))


def test_a_citation_of_what_is_not_released_says_so_and_invents_no_date() -> None:
    citation = replace(THIS, version="1.2.0-dev0", created="", homepage="").citation
    for text in (citation.citation_line, citation.bibtex_entry):
        assert "1.2.0-dev0" in text and "not released" in text and "None" not in text
    assert "(n.d.; date not known)" in citation.citation_line and "n.d." not in citation.bibtex_entry
    assert not {"url", "year"} & set(parsed(citation).fields)


NASTY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@settings(deadline=None)
@given(title=NASTY, name=NASTY, publisher=NASTY)
def test_any_text_makes_a_bibtex_entry_that_reads_back(title: str, name: str, publisher: str) -> None:
    row = SOURCES["khmer-times-2015"] | {"title": title, "creator": name, "publisher": publisher}
    citation = citation_of_source(row)
    fields = parsed(citation).fields
    assert unlatex(fields.get("title", "  ")[1:-1]).split() == citation.title.split()
    assert citation.title in (title, "")
    assert unlatex(fields["journal"]).split() == citation.publisher.split()


def test_citation_of_a_web_page_gives_the_day_it_was_seen() -> None:
    row = SOURCES["khmer-times-2015"] | {"date_seen": "2026-11-24"}
    citation = citation_of_source(row)
    assert citation.citation_line.endswith("Seen on 24 November 2026.")
    assert "Seen 2026-11-24" in parsed(citation).fields["note"]


def test_citations_stand_on_the_pages_as_they_are_made(rendered_pages: dict[str, str]) -> None:
    for root in ("KH010", "KH038", "RESP-110-a", "KH030"):
        page = html.unescape(rendered_pages[f"values/{root}.md"]) if root in ROOTS else ""
        for row in PRINTINGS[root]:
            made = citation_of_source(SOURCES[row["source_id"]])
            assert not page or made.citation_line in page
        cited = [citation_of_source(SOURCES[row["source_id"]]).bibtex_entry for row in PRINTINGS[root]]
        assert not page or any(bibtex in page for bibtex in cited)
    for source_id, row in SOURCES.items():
        page = html.unescape(rendered_pages[f"sources/{source_id}.md"])
        assert citations.citation_of_source(row).bibtex_entry in page
        assert THIS.citation.citation_line in page


# Pages of sources and studies.


def test_a_heading_names_a_place_once(package: Path) -> None:
    """A place is not repeated if the name of the population ends with it."""
    row = VALUES["KH266"]
    place = PLACES[row["place_id"]]["name"]
    assert POPULATIONS[row["population_id"]]["name"].endswith(f" {place}")
    values = ReadingWords(Package(package))
    assert values.quantity_label("KH266").lower().count(place.lower()) == 1


def test_label_of_a_figure_without_population_begins_with_its_scope() -> None:
    label = ReadingWords(Package(FROZEN)).quantity_label("RESP-159-a")
    assert not VALUES["RESP-159-a"]["population_id"]
    assert label.lower().startswith(f"{VALUES['RESP-159-a']['scope_as_printed']}, ")


@given(st.text())
def test_shortened_text_is_short_and_keeps_its_beginning(words: str) -> None:
    short = shorten_text(words, 20)
    assert len(short) <= 20 and "\n" not in short
    assert " ".join(words.split()).startswith(short.removesuffix(" …"))


def test_every_table_that_scrolls_has_a_name_and_rows_have_headers(rendered_pages: dict[str, str]) -> None:
    """Tables of charts are exempt, since several cells together identify their rows."""
    found = [
        (name, *parts)
        for name, page in rendered_pages.items()
        for parts in re.findall(r"(<div[^>]*>)\s*(<table[^>]*>)(.*?)</table>", page, re.DOTALL)
    ]
    assert len(found) > 300
    for name, box, table, rest in found:
        assert ("aria-label=" in box) == ('class="scroll"' in box), name
        body = rest.partition("<tbody>")[2]
        if "Numbers of the chart" not in box and "folded" not in table:
            assert body.count('<th scope="row">') == body.count("<tr"), name


HOSTILE = "A \"title\": 'x' {{ 7 * 6 }} {% raw %} <b> & # ---\\"


def front_matter(page: str) -> Any:
    """Return the YAML above a page, which MkDocs passes on to the HTML."""
    return yaml.safe_load(page.split("---\n")[1])


def test_each_page_of_a_value_a_source_or_a_study_has_its_own_description(
    rendered_pages: dict[str, str],
) -> None:
    said = {name: front_matter(page)["description"] for name, page in rendered_pages.items() if "/" in name}
    assert len(said) == len(ROOTS) + len(SOURCES) + len(STUDIES)
    assert {name: words for name, words in said.items() if not 20 <= len(html.unescape(words)) <= 160} == {}
    assert [words for words, times in Counter(said.values()).items() if times > 1] == []
    for root in ROOTS:
        words = html.unescape(said[f"values/{root}.md"]).removesuffix(" …")
        assert " ".join(QUOTES.sentence_to_quote(root).split()).startswith(words), root


@pytest.mark.slow
def test_a_description_takes_hostile_text_as_text(package: Path) -> None:
    named = (("sources", "source_id", "title"), ("studies", "study_id", "name"))
    for name, _, column in named:
        change_rows(package, name, lambda rows, column=column: rows[0].update({column: HOSTILE}))  # type: ignore[misc]
    after = render_pages_of(package)
    for name, key, _ in named:
        row = read_csv(package / PATHS[name])[0]
        words = front_matter(after[f"{name}/{row[key]}.md"])["description"]
        assert " ".join(HOSTILE.split()) in html.unescape(words)
        assert not set(words) & set("<>\"'{}") and "42" not in html.unescape(words)


# The log of searches.

LOG = table("searches")


def test_search_log_page_shows_the_totals_of_the_log(rendered_pages: dict[str, str]) -> None:
    [told] = re.findall(r".* logged searches, .*", rendered_pages["calculations.md"])
    found, new, taken = (sum(int(row[name]) for row in LOG) for name in ("found", "new", "taken"))
    without = sum(not row["search_id"] for row in SOURCES.values())
    used = small_number_in_words(taken)
    counts = rf"{len(LOG)} logged .* {found} results, of which we used {used} as .* {without} sources"
    assert re.search(counts, told)
    assert (
        f" {capitalise_first(small_number_in_words(new))} results were at addresses not among our sources"
        in rendered_pages["calculations.md"]
    )


def test_each_search_has_its_row_and_each_source_leads_to_its_search(
    rendered_pages: dict[str, str],
) -> None:
    for row in LOG:
        [shown] = re.findall(
            rf'<tr id="search-{row["search_id"]}">.*?</tr>', rendered_pages["searches.md"], re.DOTALL
        )
        assert row["words_as_typed"].split()[-1] in shown and row["left_out"][:20] in shown
    for row in SOURCES.values():
        links = re.findall(r'searches/#search-([^"]+)"', rendered_pages[f"sources/{row['source_id']}.md"])
        assert links == [row["search_id"]] * bool(row["search_id"])


# One change in the data shows everywhere.


@pytest.mark.slow
def test_one_changed_value_changes_prose_quote_chart_table_and_look_up(
    package: Path, small_pages: dict[str, str]
) -> None:
    """Change the printed 2015 share and expect the new number wherever the site shows it."""

    change_cells(package, "reported_values", "KH010", printed="2.3", low="2.3", high="2.3")
    change_cells(
        package, "reported_values", "KH201", printed="2,18 Prozent", low="2.18", high="2.18"
    )  # so that a
    rebuild_derived_tables(package)  # denominator fits both
    after = render_pages_of(package)
    assert set(after) == set(small_pages)
    quote = QUOTES.sentence_to_quote("KH010").replace("2.2%", "2.3%")
    for name, part in (
        (
            "index.md",
            r"</strong> Reported: <a [^>]*KH010\">2\.3%</a> \(<a [^>]*>Khmer Times<",
        ),  # below the squares
        ("results.md", r"reported <a [^>]*KH010\">2\.3%</a>, and also the counts"),  # prose
        ("index.md", r"<q [^>]*>[^<]*reported[^<]*2\.3%"),  # the sentence to copy
        ("data.md", r"<q [^>]*>[^<]*reported[^<]*2\.3%"),
        (
            "results.md",
            r"<desc[^>]*>[^<]*People “working”, as reported: 2\.3%",
        ),  # the picture's text alternative
        ("results.md", r"<text [^>]*>2\.3%<"),  # its label
        ("results.md", r"in 2012 and 2\.3% in 2015\. The counts for 2015 give"),  # the title of its chart
        (
            "disagreements.md",
            r"2015: “2\.3”, under 18, .*Khmer Times</a></td><td>as reported</td><td [^>]*>2\.3<",
        ),
        ("values/KH010.md", "<strong>“2\\.3”</strong>"),
        ("values.md", r'id="KH010" data-number="2\.3"'),
        ("numbers.md", r'data-numbers="2\.3"'),
        ("results.md", r"KH010\">2\.3%"),
    ):
        assert re.search(part, html.unescape(after[name])), (name, part)
        assert not re.search(part, html.unescape(small_pages[name])), (name, part)
    for name in ("values/KH010.md", "article-statements.md"):
        assert quote in text(after[name]), name
        assert QUOTES.sentence_to_quote("KH010") not in text(after[name]), name


@pytest.mark.slow
def test_withdrawn_value_keeps_its_page_and_is_on_no_other(package: Path) -> None:
    """Its page says that it is withdrawn, and has its anchor and history, but no sentence to quote."""
    withdraw(package, "KH201")
    rebuild_derived_tables(package)
    after = render_pages_of(package)
    page = after["values/KH201.md"]
    assert "**Withdrawn.**" in page and f"{WHY} [History]" in page
    assert 'class="cite"' not in page and 'class="quote"' not in page
    assert '<tr id="KH201">' in page
    assert f"KH201 was withdrawn. {WHY}" in text(page).partition("## History")[2]
    for name in (
        "values.md",
        "claims.md",
        "claims-traced.md",
        "numbers.md",
        "reported-versions.md",
        "studies/ijm-khm-2015.md",
    ):
        assert "values/KH201/" not in after[name], name
