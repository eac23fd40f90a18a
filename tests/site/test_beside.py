"""What has to stand beside a figure: each lack is found in text as pages have it, and no page has one."""

from functools import partial
from pathlib import Path

import pytest

from scripts.package.opening import Package
from scripts.site import beside, charts, pages
from scripts.site.charts.model import PRINTED, Chart, Line, Mark, percent_panels
from scripts.site.pages import PageError, render_briefs, render_pages
from scripts.site.quantity_files import quantity_files
from scripts.site.released import Published
from tests.conftest import FROZEN, alter, change_rows, each
from tests.site.page_models import DATA, VALUES, Row, opened

CAUTIONED = ("retrospective_only", "no_trend", "conflict_only")
FIGURES = DATA.figures
PEOPLE, ELSEWHERE = (FIGURES.figure(f"people-seen-later{end}") for end in ("", "-elsewhere"))
CHILDREN, SHARE = FIGURES.figure("under-18-seen-later"), FIGURES.figure("share-under-18-later")
COUNTED = FIGURES.interval("share-under-18-later", "people-seen-later", effect="least")
RANGE = f"{float(COUNTED['ci_low']):.1f}% and {float(COUNTED['ci_high']):.1f}%"
BOX = '<q class="quote" data-copy="the sentence">{}</q>'
WITHOUT = f"{PEOPLE.id} ({DATA.values.reading(PEOPLE.id).printed}) needs {ELSEWHERE.id}"
NO_LEVEL = f"{RANGE.replace('%', '').replace('and', 'to')} needs its level, 95%, beside it"
LACKS = {
    "2,104 alone in a box": ("values/x.md", BOX.format(f"{PEOPLE.value} people were seen."), WITHOUT),
    "alone on a card": ("values/x.card.html", f"<body><p>{PEOPLE.value}</p></body>", WITHOUT),
    "alone in a paragraph": ("methodology.md", f"{CHILDREN.value} of {PEOPLE.value} people.", WITHOUT),
    "a range without its level": ("index.md", f"It lies between {RANGE}.", "needs its level, 95%"),
    "the same in a table": ("what-if.md", f"<table><tr><td>{RANGE}</td></tr></table>", "needs its level"),
    "the same in a box": ("values/x.md", BOX.format(RANGE), "needs its level"),
    "IJM prints no count": (
        "index.md",
        BOX.format(f"IJM's study judged {CHILDREN.value} of {PEOPLE.value} (or {ELSEWHERE.value}) so."),
        f"{CHILDREN.value} is printed by nobody who speaks there",
    ),
}
IN_A_BRIEF = {
    "a number alone": (
        f"{PEOPLE.value} people were seen.",
        f"{WITHOUT} ({DATA.values.reading(ELSEWHERE.id).printed}) beside it",
    ),
    "a range without its level": (RANGE, NO_LEVEL),
    "the same in Khmer": (f"ពី {RANGE.replace('and', 'ដល់')}", NO_LEVEL),
    "a speaker who does not print it": (
        BOX.format(f"IJM reported {CHILDREN.value}."),
        f"{CHILDREN.value} is printed by nobody who speaks there",
    ),
}
WHOLE = {
    "both numbers": ("methodology.md", f"{PEOPLE.value} people ({ELSEWHERE.value} elsewhere)."),
    "both, one as printed": ("methodology.md", f"{PEOPLE.value}, elsewhere {ELSEWHERE.printed}."),
    "a longer number": ("methodology.md", f"1{PEOPLE.value} people."),
    "its level": ("index.md", f"Between {RANGE} (level 95%)."),
    "who prints it": ("index.md", BOX.format(f"{SHARE.value} were under 18, IJM reported.")),
    "citing a body is not its word": (
        "index.md",
        BOX.format(f"Newspapers, citing IJM, give {CHILDREN.value}; {SHARE.value} is what IJM reported."),
    ),
}


SHOWN = {show: [key for key, row in VALUES.items() if row["show"] == show] for show in CAUTIONED}


@each(LACKS)
def test_what_is_missing_is_named_with_its_page(name: str) -> None:
    page, text, fault = LACKS[name]
    found = beside.faults(DATA, {page: text})
    assert any(one.startswith(f"docs/{page}: ") and fault in one for one in found), found


@each(WHOLE)
def test_nothing_is_said_of_what_is_whole(name: str) -> None:
    page, text = WHOLE[name]
    assert beside.faults(DATA, {page: text}) == []


@each(CAUTIONED)
def test_a_figure_with_a_link_has_beside_it_what_show_asks_for(show: str) -> None:
    key = SHOWN[show][0]
    link = str(DATA.link(key, DATA.values.value(key)))
    [fault, *_] = beside.faults(DATA, {"context.md": f"It is {link}."})
    assert key in fault
    assert beside.faults(DATA, {"context.md": f"It is {link}{DATA.values.caution(key)}."}) == []


def test_a_withdrawn_figure_is_marked_wherever_it_stands(package: Path) -> None:
    alter(package, "reported_values", SHARE.id, show="withdrawn")
    data = opened(package)
    link = str(data.link(SHARE.id, SHARE.value))
    assert beside.faults(data, {"context.md": link})
    assert not beside.faults(data, {"context.md": f"{link}{data.values.caution(SHARE.id)}"})


@pytest.mark.slow
def test_a_page_with_a_lack_is_not_built(package: Path) -> None:
    page = package / "docs/glossary.md"
    page.write_text(f"{page.read_text()}\n{PEOPLE.value} people were seen.\n")
    with pytest.raises(PageError, match=r"docs/glossary\.md: " + PEOPLE.id):
        render_pages(Package(package))


def test_a_brief_with_a_lack_is_not_built(package: Path) -> None:
    brief = package / "docs/brief/km.md"
    lines = "\n".join(line for line, _ in IN_A_BRIEF.values())
    brief.write_text(f"{brief.read_text(encoding='utf-8')}\n{lines}\n", encoding="utf-8")
    with pytest.raises(PageError) as refused, Package(package) as altered:
        render_briefs(altered, Published(altered, {}, ""))
    for line, fault in IN_A_BRIEF.values():
        told = f"docs/brief/km.md: {fault}: {beside._plain(line)}"
        assert told in str(refused.value), refused.value


LISTS = """{% set topic, article = "other_surveys", "khmer-times-2015" %}
{% include "statements.html" %}{% include "series.html" %}{% include "claims.html" %}
{% include "panels.html" %}{% include "versions.html" %}{% include "values.html" %}"""


@pytest.mark.parametrize("show", ["retrospective_only", "no_trend"])
def test_a_list_made_of_rows_says_by_itself_what_belongs_beside_each_figure(
    show: str, package: Path
) -> None:
    def set_show(rows: list[Row]) -> None:
        for row in rows:
            row["show"] = show if row["show"] == "free" else row["show"]

    change_rows(package, "reported_values", set_show)
    data = opened(package)
    data.open_page("context.md")
    text = pages._environment(data.package, data).from_string(LISTS).render(base=data.base)
    assert beside.CAUTIONS[show] in text
    assert beside.faults(data, {"context.md": text}) == []


@pytest.mark.xdist_group("pages")
def test_no_page_of_the_package_lacks_anything(pages: dict[str, str]) -> None:
    assert beside.faults(DATA, pages) == []


def test_rows_that_name_a_number_of_a_page_do_not_stop_it(package: Path) -> None:
    """A statement that tells one, another mention of it, and another figure with the same number."""
    alter(package, "statements", "S01", paraphrase=f"Of {PEOPLE.value} people, few were children.")

    def copy(rows: list[Row]) -> None:
        by_key = {row["value_id"]: row for row in rows}
        told = {"low": "2050", "high": "2050", "printed": "2,050", "mention_of": PEOPLE.id}
        rows.append(by_key[ELSEWHERE.id] | told | {"value_id": "KH900"})
        other = {"low": "1300", "high": "1300", "printed": "1,300", "show": "with_both_denominators"}
        rows.append(by_key[ELSEWHERE.id] | other | {"value_id": "KH901", "mention_of": ""})
        rows.append(rows[-1] | {"value_id": "KH902", "mention_of": "KH901", "low": "1400", "high": "1400"})

    change_rows(package, "reported_values", copy)
    glossary = package / "docs/glossary.md"
    glossary.write_text(f"{glossary.read_text(encoding='utf-8')}\nTry 1,300.\n", encoding="utf-8")
    data = opened(package)
    assert beside.faults(data, {"glossary.md": "Try 1,300."})
    names = sorted(page.name for page in (package / "docs").glob("*.md"))
    assert pages._alone(pages._environment(data.package, data), data, names) == []


def test_the_cards_of_the_package_lack_nothing() -> None:
    files = quantity_files(Package(FROZEN), Published(Package(FROZEN), {}, ""))
    assert f"values/{PEOPLE.id}.card.html" in files


@pytest.mark.parametrize("is_joined", [True, False])
def test_a_line_joins_no_editions_in_a_chart(is_joined: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = [Mark(kind=PRINTED, at=1, value_id=key) for key in SHOWN["no_trend"][:2]]
    line = Line("editions", marks, is_joined=is_joined)
    drawn = partial(Chart, title="", note="", found="", columns=("Row", "Kind", "Value, %"), tables=())
    monkeypatch.setitem(charts.CHARTS, "x", lambda _: drawn(panels=percent_panels({"": [line]})))
    if not is_joined:
        assert charts.framed(DATA, "x")["svg"]
    else:
        with pytest.raises(ValueError, match="is no_trend, and stands alone or in a line"):
            charts.framed(DATA, "x")
