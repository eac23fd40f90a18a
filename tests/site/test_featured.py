"""Featured readings: pages refer to roles, and a withdrawn reading never breaks them.

Each featured reading is withdrawn in turn, as the page `contribute` describes, and pages are rendered
again.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from inspect import Parameter, signature
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from scripts.checks import featured_role_references, prose, sql_rules
from scripts.checks.context import CheckContext
from scripts.findings import Finding
from scripts.package.featured_roles import WITH_A_NAME, WITHOUT_A_NAME
from scripts.package.package import Package
from scripts.site import render as site_pages
from scripts.site.charts import CHARTS
from scripts.site.downloads import PublishedPackage
from scripts.site.page_data import PageData
from scripts.site.value_page import value_page
from scripts.site.withdrawn_figures import (
    END,
    NOTHING,
    START,
    FigureLost,
    WithdrawnMark,
    answer_or_withdrawn_mark,
    mark_if_input_is_mark,
    without_marked_sentences,
)
from scripts.wording.text_formatting import escape_html_and_markdown, format_percent
from tests.conftest import (
    FROZEN,
    ROOT,
    change_cells,
    change_rows,
    copy_package,
    mark_later_cases_long,
    read_csv,
    rebuild_derived_tables,
)
from tests.site import page_models
from tests.site.page_models import VALUES, WHY

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("featured")]  # one worker draws the charts, once

Row = dict[str, str]
PATH = "data/editorial/featured.csv"
FEATURED = {row["role"]: row for row in read_csv(FROZEN / PATH)}
READINGS = {role: row["value_id"] for role, row in FEATURED.items() if row["value_id"]}
DOCS = {page.name: page.read_text(encoding="utf-8") for page in sorted(ROOT.glob("docs/*.md"))}
# The pages that ask for roles, or show charts that do; all others are filled in once, with all withdrawn.
ASKING = [name for name, text in DOCS.items() if any(f'"{role}"' in text for role in READINGS)]
ASKING += [] if "disagreements.md" in ASKING else ["disagreements.md"]
# Errors that the withdrawal of a main mention itself causes, each with its own fix.
OF_A_ROOT = {"withdrawn-main-mention-is-alone", "kept-apart"}
# If the new main mention differs from the one before, each cell that differs is reported. Warnings also
# name rows that were compared with the one withdrawn.
OF_ANOTHER = {
    "change-of-its-ends",
    "end-of-its-change",
    "end-in-the-period-of-its-change",
    "place-inside-study",
    "exception-needed",
}


def main_of(value_id: str) -> str:
    return VALUES[value_id]["mention_of"] or value_id


def withdraw(package: Path, *ids: str) -> None:
    """Withdraw readings as the page `contribute` describes, and rebuild the derived tables."""
    page_models.withdraw(package, *ids)
    rebuild_derived_tables(package)


COMPILED = FileSystemBytecodeCache()  # keeps unchanged templates compiled


def filled_in(package: Path, roots: list[str], names: Iterable[str] = DOCS) -> dict[str, str]:
    """Return some rendered pages of docs/, and those of some quantities."""
    opened = Package(package)
    data = PageData(opened)
    environment = site_pages._make_environment(opened, data)
    environment.bytecode_cache = COMPILED
    environment.globals["published"] = PublishedPackage(opened, {}, "")
    render = partial(site_pages._render_template, environment, data)
    texts = site_pages._with_heading_as_title(
        site_pages._texts_or_all_faults([*names], partial(site_pages._render_page_of_docs, render, data)),
    )
    for root in data.main_mentions:
        if root.id in roots:
            name = f"values/{root.id}.md"
            texts[name] = render(name, "value.html", partial(value_page, data, root))
    return texts


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    """The pages before any withdrawal."""
    return filled_in(FROZEN, [main_of(row) for row in READINGS.values()])


def found_by_rules(package: Path) -> list[Finding]:
    return sql_rules.check(CheckContext(Package(package, with_derived=False)))


def quoting(role: str) -> list[str]:
    """Return the pages that show this reading."""
    written = re.compile(rf'\b(?:v|figure)\("{role}"\)(?!\.(?:id|source_id|oldest_age)\b)')
    return [name for name, text in DOCS.items() if written.search(text)]


def charts(page: str) -> dict[str, str]:
    """Return the charts of a page by id."""
    found = re.findall(r'(<figure class="chart"[^>]*id="(.*?)".*?</figure>)', page, re.DOTALL)
    return {key: drawn for drawn, key in found}


def assert_whole(pages: dict[str, str]) -> None:
    """Assert that no internal mark is left, and that bold type is closed."""
    for name, page in pages.items():
        assert START not in page and END not in page, name
        assert [line for line in page.split("\n") if line.count("**") % 2] == [], name


@pytest.mark.parametrize("role", mark_later_cases_long(1, zip(READINGS)))
def test_withdrawn_featured_reading_is_reported_by_the_check_and_noticed_on_its_pages(
    role: str, package: Path, before: dict[str, str]
) -> None:
    """One warning names each page that shows the reading; they say it is withdrawn, and charts omit it."""
    reading = READINGS[role]
    withdraw(package, reading)
    found = found_by_rules(package)
    assert {fault.rule for fault in found if fault.level == "error"} <= OF_A_ROOT
    [told] = [fault for fault in found if fault.rule == "featured-reading-stands"]
    assert (told.row, told.value, told.level) == (role, reading, "warning")
    after = filled_in(package, [main_of(reading)], ASKING)
    assert_whole(after)
    link = rf'withdrawn: <a href="[./]*values/{main_of(reading)}/#{reading}">'
    for name in quoting(role):
        assert f"docs/{name}" in told.message
        assert re.search(link, after[name]) and not re.search(link, before[name]), name
        for chart in [key for key, drawn in charts(before[name]).items() if f'/#{reading}"' in drawn]:
            assert "Withdrawn, and so not drawn" in charts(after[name])[chart], (name, chart)
    for name, page in after.items():
        assert f'/#{reading}"' not in re.sub(link, "", "".join(charts(page).values())), name
    assert f"Withdrawn, do not quote.</strong> {WHY}" in after[f"values/{main_of(reading)}.md"]


def promote(package: Path, old: str, new: str) -> None:
    """Make another mention the main one of a quantity, and change all references to the old one."""

    def define(rows: list[Row]) -> None:
        for row in rows:
            of_it = old in (row["value_id"], row["mention_of"])
            row["mention_of"] = "" if row["value_id"] == new else new if of_it else row["mention_of"]

    def point(rows: list[Row]) -> None:
        for row in rows:
            row.update({name: new for name, cell in row.items() if cell == old})
            if row.get("scope_id", "").endswith(f".{old}"):  # a key made of the two keys that it joins
                row["scope_id"] = row["scope_id"].removesuffix(old) + new
        rows.sort(key=lambda row: [*row.values()][:3])

    change_rows(package, "reported_values", define)
    for table in ("links", "scopes"):
        change_rows(package, table, point)


@pytest.mark.parametrize(
    ("role", "new"),
    mark_later_cases_long(
        1,
        [
            ("people-seen-later", "KH006"),
            ("under-18-seen-later", "KH008"),
            ("fall-of-the-share-as-printed", "KH025-a"),
        ],
    ),
)
def test_pages_survive_a_withdrawn_main_mention_replaced_by_another(
    role: str, new: str, package: Path
) -> None:
    """The rule withdrawn-main-mention-is-alone asks for this; the role may be changed later."""
    reading = READINGS[role]
    promote(package, reading, new)
    withdraw(package, reading)
    assert {fault.rule for fault in found_by_rules(package)} - OF_ANOTHER == {"featured-reading-stands"}
    after = filled_in(package, [reading, new], ASKING)
    assert_whole(after)
    for name in quoting(role):
        assert re.search(rf'withdrawn: <a href="[./]*values/{new}/#{reading}">', after[name]), name
    change_cells(package, "featured", role, value_id=new)
    assert {fault.rule for fault in found_by_rules(package)} <= OF_ANOTHER


def test_page_whose_figures_are_all_withdrawn_shows_a_notice(package: Path, before: dict[str, str]) -> None:
    withdraw(package, *READINGS.values())
    after = filled_in(package, [main_of(row) for row in READINGS.values()])
    assert set(after) == set(before)
    assert_whole(after)
    for name in {name for role in READINGS for name in quoting(role)}:
        assert "withdrawn: <a" in after[name], name
        assert not re.search(r"\d %(?:</a>)?\*\*|Undefined", after[name]), name
    [chart] = {charts(page).get("chart-unseen", "") for page in after.values()} - {""}
    assert NOTHING in chart and "<svg" not in chart and "Withdrawn, and so not drawn: " in chart
    assert "<form" not in after["what-if.md"]


def test_sentence_with_a_withdrawn_figure_is_replaced_by_a_notice(package: Path) -> None:
    [before] = filled_in(package, [], ["other-surveys.md"]).values()
    assert "questioned [2,376](values/KH128.md) people" in before
    withdraw(package, "KH128")
    [after] = filled_in(package, [], ["other-surveys.md"]).values()
    assert "questioned" not in after.partition("In households, 2013")[2][:60] and "2,376" not in after
    assert re.search(r"withdrawn: <a href=\"[./]*values/KH128/#KH128\">", after)


def test_pages_mention_no_withdrawal_if_there_is_none(before: dict[str, str]) -> None:
    """Only pages without rows in the frozen package say that something is missing."""
    assert_whole(before)
    assert [name for name, page in before.items() if "was withdrawn: " in page] == []
    assert [name for name, page in before.items() if NOTHING in page] == [
        "more.md",
        "next-survey.md",
        "other-surveys.md",
    ]


def test_role_given_to_another_reading_changes_every_page(tmp_path: Path) -> None:
    """One changed cell gives a role to another reading, on every page."""
    package = copy_package(tmp_path / "package")

    [old, new] = (READINGS[f"age-{name}"] for name in ("added-by-make-up", "error-of-passport-photographs"))
    change_cells(package, "featured", "age-added-by-make-up", value_id=new)
    assert found_by_rules(package) == []
    [after] = filled_in(package, [], ["what-if.md"]).values()
    assert after.count(f"values/{new}/#{new}") > 1 and f"#{old}" not in after


# Roles that do not exist, and roles that nothing asks for.


def told(package: Path) -> list[tuple[str, int, str, str]]:
    """Return file, line, level and message of the findings on roles in prose."""
    found = prose.check(CheckContext(Package(package, with_derived=False)))
    return [
        (finding.table, finding.line, finding.level, finding.message)
        for finding in found
        if finding.rule.startswith("role-")
    ]


def test_a_role_that_is_not_there_is_named_with_its_page_and_line(package: Path) -> None:
    page = package / "docs/about.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    page.write_text("\n".join([*lines, '{{ v("people-seen-latter") }}']) + "\n", encoding="utf-8")
    words = f"There is no role people-seen-latter in {PATH}. Did you mean people-seen-later?"
    assert told(package) == [("docs/about.md", len(lines) + 1, "error", words)]
    with pytest.raises(
        site_pages.PageFault, match=r"docs/about\.md: .* role cannot be “people-seen-latter”"
    ):
        filled_in(package, [])


def test_an_id_is_not_accepted_as_a_role(package: Path) -> None:
    page = package / "docs/about.md"
    page.write_text('{{ v("KH010") }}', encoding="utf-8")
    assert told(package) == [("docs/about.md", 1, "error", f"There is no role KH010 in {PATH}.")]


def test_a_role_of_another_kind_stops_the_page_in_words(package: Path) -> None:
    (package / "docs/about.md").write_text('{{ v("venue-study-later") }}', encoding="utf-8")
    words = r"docs/about\.md: there is no value_id for the role venue-study-later in data/editorial"
    with pytest.raises(site_pages.PageFault, match=words):
        filled_in(package, [])


def test_unassigned_role_of_a_table_or_chart_is_reported_on_each_page_that_uses_it(package: Path) -> None:
    gone = ("none-found-under-16", "under-16-seen-later")
    change_rows(package, "featured", lambda rows: [rows.remove(FEATURED[role]) for role in gone] and None)
    missed = {(table, level) for table, _, level, _ in told(package)}
    pages = [name for name, text in DOCS.items() if any(f'"{role}"' in text for role in gone)]
    assert missed == {(f"docs/{name}", "error") for name in pages} and len(pages) > 1


def test_page_may_use_a_role_that_is_optional(package: Path) -> None:
    page = package / "docs/about.md"
    text = page.read_text(encoding="utf-8")
    more = '{% if optional("a-role") %}{{ v("a-role") }}{% else %}We looked for none.{% endif %}'
    page.write_text(f"{text}\n{more}\n", encoding="utf-8")
    assert told(package) == []
    assert "We looked for none." in filled_in(package, [])["about.md"]
    other = package / "docs/glossary.md"
    other.write_text(other.read_text(encoding="utf-8") + '\n{{ v("a-role") }}\n', encoding="utf-8")
    assert [(file, level) for file, _, level, _ in told(package)] == [("docs/glossary.md", "error")]


def test_unused_role_is_a_warning(package: Path) -> None:
    for name in ("index", "limitations"):
        page = package / f"docs/{name}.md"
        text = page.read_text(encoding="utf-8").replace(
            'limitation_of("measured-by-its-own-programme")', "1"
        )
        page.write_text(text, encoding="utf-8")
    line = [*FEATURED].index("measured-by-its-own-programme") + 2
    words = "No page asks for measured-by-its-own-programme."
    assert told(package) == [("data/editorial/featured.csv", line, "warning", words)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('{{ v("a-role") }}', ["a-role"]),
        ('{% set x = interval(\'one\', "two", effect="least") %}', ["one", "two"]),
        ('{{ people_missed("one", "two", measure="x", assumed= "0.1") }}', ["one", "two"]),
        ('{{ say.none_found(zero_bounds("one"), zero_bounds("two")) }}', ["one", "two"]),
        ('{{ row("sources", "a-source") }} read_csv("a.csv") <a href="x">', []),
        ("{{ v(one) }} v(", []),
        ('{{ chart("a-kind", name="x", earlier="one", later="two", title="x") }}', ["one", "two"]),
        ('{{ chart("a-kind", first=optional("one")) }}', ["one"]),
        ('{{ figure("one"\n) }}{# v("two") #}{% raw %}{{ v("two") }}{% endraw %}', ["one"]),
        ('{{ v("one") }} {% if %}', []),
    ],
)
def test_role_uses_are_found_in_page_templates(text: str, asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(text, encoding="utf-8")
    assert [
        use.role for use in featured_role_references.find_role_uses(tmp_path) if use.file == "docs/a.md"
    ] == asked


def test_unreadable_page_is_skipped_when_roles_are_searched(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_bytes(b'{{ v("a-role") }} caf\xe9')
    (tmp_path / "docs/b.md").symlink_to("/etc/hostname")
    assert featured_role_references.find_role_uses(tmp_path) == []


def test_check_knows_every_parameter_that_takes_a_role() -> None:
    """The check recognises a role as a positional or a named argument."""
    tables = {
        name: function
        for module in site_pages.ASKED
        for name, function in site_pages._public_functions_of_module(module)
    }
    found = 0
    for name, function in [*tables.items(), *CHARTS.items()]:
        for parameter in signature(function).parameters.values():
            if "Role" in str(parameter.annotation):
                is_named = parameter.kind is Parameter.KEYWORD_ONLY
                assert parameter.name in WITH_A_NAME if is_named else name in WITHOUT_A_NAME, name
                found += 1
    assert found > 20


IDS = {
    *VALUES,
    *(row["study_id"] for row in read_csv(FROZEN / "data/studies.csv")),
    *(row["limitation_id"] for row in read_csv(FROZEN / "data/limitations.csv")),
    *(row["source_id"] for row in read_csv(FROZEN / "data/sources.csv")),
}
EXAMPLES = {"docs/contribute-tables.md"}  # this page shows what an id looks like


def test_no_code_names_a_role() -> None:
    """No code names a role, except a rule's example in a comment; one-word roles may be ordinary words."""
    named = {role for role in FEATURED if "-" in role}
    code = [*ROOT.glob("scripts/**/*.py"), *ROOT.glob("scripts/**/*.html"), *ROOT.glob("scripts/**/*.sql")]
    for file in code:
        text = re.sub(r"(?m)^--.*$", "", file.read_text(encoding="utf-8"))
        assert {*re.findall(r"[\w.-]+", text)} & named == set(), file


def test_no_page_template_or_chart_names_an_id() -> None:
    named = []
    pages = [
        path
        for place in ("*.md", "brief/*.md", "parts/*.html", "assets/*.js")
        for path in ROOT.glob(f"docs/{place}")
    ]
    for file in [*pages, *ROOT.glob("scripts/**/*")]:
        name = file.relative_to(ROOT).as_posix()
        if file.suffix in (".md", ".js", ".html", ".py") and name not in EXAMPLES:
            words = re.findall(r"[\w-]+", file.read_text(encoding="utf-8"))
            parts = {part for word in words for part in (word, *word.split("."))}
            named += [(name, part) for part in parts & IDS]
    about_it = {("docs/voices.md", "khmer-times-2015"), ("docs/article-statements.md", "khmer-times-2015")}
    assert {*named} == about_it  # the one document that pages are about


# Withdrawn parts, and the sentence in their place.


def said(text: str, *withdrawn: str) -> str:
    """Return a line in words, with a mark for withdrawn readings in place of `@`."""
    mark = WithdrawnMark(withdrawn).__html__()
    return without_marked_sentences(text.replace("@", mark), lambda ids: f"({' '.join(ids) or 'nothing'})")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Of all, @ were so.", "(KH1)"),
        ("One. Of all, @ were so. Three.", "One. (KH1) Three."),
        ("@ is one. @ is two, 2.2% of it. Three is 3.5.", "(KH1) Three is 3.5."),
        ("**What was found.** As printed: @. Another @. More.", "**What was found.** (KH1) More."),
        ("- **Led:** @ of some", "- (KH1)"),
        ("1. **A claim.** @ and 1.8% are kept. [More](a.md).", "1. **A claim.** (KH1) [More](a.md)."),
        ("> @ of them", "> (KH1)"),
        ("## The counts beside @ give @ { #recomputed }", "## (KH1) { #recomputed }"),
        ('- <span id="two"></span>**@ and @ differ.** More.', '- <span id="two"></span>(KH1) More.'),
        ("<div markdown>**@** of people. Two.</div>", "<div markdown>(KH1) Two.</div>"),
        ("<p>One. Of all, @ were so. Three.</p>", "<p>One. (KH1) Three.</p>"),
        ("<p>Of all, @ were so. Two.</p>", "<p>(KH1) Two.</p>"),
        ("<details><summary>All @</summary>", "<details><summary>(KH1)</summary>"),
        ("@</details>", "(KH1)</details>"),
        ('<td colspan="2">@</td>', '<td colspan="2">(KH1)</td>'),
        ('<a href="x">@</a> of them.</p>', "(KH1)</p>"),
        ("**In a case: @** @ And so on.", "(KH1)"),
        ("ក @។ ខ។", "(KH1) ខ។"),
        ("One. The U.S. Department of State told of @. Three.", "One. (KH1) Three."),
        ("  Text @", "  (KH1)"),
        ("No mark. Two.", "No mark. Two."),
    ],
)
def test_sentence_with_withdrawn_figures_becomes_one_notice(line: str, words: str) -> None:
    assert said(line, "KH1") == words
    assert said(f"Above.\n\n{line}\n\nBelow.", "KH1") == f"Above.\n\n{words}\n\nBelow."


def test_notice_names_all_withdrawn_figures_of_a_sentence() -> None:
    assert said("@, @.", "KH1", "KH2") == "(KH1 KH2)"
    assert said("@.") == "(nothing)"


def test_anything_computed_from_a_withdrawn_figure_is_its_placeholder() -> None:
    gone = WithdrawnMark(["KH1"])
    for made in (
        gone.lower,
        gone["upper"],
        gone[0].estimate,
        mark_if_input_is_mark(format_percent)(gone, 1),
    ):
        assert escape_html_and_markdown(made) == f"{START}KH1{END}"
    assert not list(gone) and not gone
    assert mark_if_input_is_mark(format_percent)(50, 1) == "50.0%"


def test_text_of_the_data_cannot_imitate_a_placeholder() -> None:
    text = f"a {START}KH010{END} b"
    assert START not in escape_html_and_markdown(text) and unescape(escape_html_and_markdown(text)) == text


# Rows that are picked by their columns.

SHARE, PEOPLE = "share-under-18-later", "people-seen-later"


def one_of(table: str, is_meant: Callable[[Row], bool]) -> Row:
    [row] = [row for row in read_csv(FROZEN / f"data/derived/{table}.csv") if is_meant(row)]
    return row


@pytest.mark.parametrize(
    ("effect", "table", "key"),
    [
        ("least", "estimates", "KH010.KH005.wilson"),
        ("4", "scenario_estimates", "KH010.KH005.deff-4.wilson"),
        ("all_alike", "scenario_estimates", "KH010.KH005.icc-1.wilson"),
    ],
)
def test_interval_is_looked_up_by_its_design_effect(effect: str, table: str, key: str) -> None:
    row = one_of(table, lambda row: next(iter(row.values())) == key)
    assert PageData(Package(FROZEN)).figures.interval(SHARE, PEOPLE, effect=effect) == row


def test_derived_rows_are_looked_up_by_their_readings() -> None:
    figures = PageData(Package(FROZEN)).figures
    earlier, counted = "share-under-18-earlier", ("under-18-seen-earlier", "under-18-seen-later")
    effect = "design_effect_to_include_zero"
    alike = {"measure": "difference", "assumption_id": "icc-1", "method": "newcombe"}
    for table, key, found in (
        (
            "changes",
            "KH038.KH010.difference.printed",
            figures.change(earlier, SHARE, measure="difference"),
        ),
        (
            "changes",
            "KH034.KH007.relative_reduction.counts",
            figures.change(*counted, measure="relative_reduction"),
        ),
        (
            "scenario_changes",
            "KH034.KH007.difference.1936.icc-1.newcombe",
            figures.scenario_change(*counted, **alike),
        ),
        (
            "scenario_tipping_points",
            f"KH034.KH007.1936.{effect}",
            figures.tipping_point(*counted, measure=effect),
        ),
        (
            "scenario_people_missed",
            "KH038.KH010.change_bounds.hidden-0.1",
            figures.people_missed(earlier, SHARE, measure="change_bounds", assumed="0.1"),
        ),
        (
            "scenario_estimates",
            "KH010.KH005.least_specificity",
            figures.least_specificity(SHARE, PEOPLE),
        ),
        ("estimates", "KH007.KH001.without", figures.venue_count(counted[1])),
        ("scenario_estimates", "KH034.KH031.without", figures.venue_count(counted[0])),
    ):
        assert found == one_of(table, lambda row, key=key: next(iter(row.values())) == key)  # type: ignore[misc]


def test_missing_derived_row_raises_lost() -> None:
    figures = PageData(Package(FROZEN)).figures
    for ask in (
        partial(figures.interval, "share-under-18-earlier", PEOPLE, effect="2"),
        partial(figures.change, SHARE, "share-under-18-earlier", measure="difference"),
        partial(figures.interval, "share-under-18-earlier", PEOPLE, effect="least"),
    ):
        with pytest.raises(FigureLost):
            ask()


def test_derived_rows_of_a_withdrawn_reading_give_its_placeholder(package: Path) -> None:
    """The rows are gone even before derived tables are rebuilt."""
    page_models.withdraw(package, READINGS[SHARE])
    found = answer_or_withdrawn_mark(PageData(Package(package)).figures.rows)("estimates", value_id=SHARE)
    assert str(found) == f"{START}{READINGS[SHARE]}{END}"
