"""A page must show a figure with others that it may not be shown without; lists add them automatically."""

from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.site import render
from scripts.site.downloads import PublishedPackage
from scripts.site.page_data import PageData
from scripts.site.render import PageFault, render_briefs, render_pages
from scripts.wording.reading_words import CAUTIONS
from tests.conftest import FROZEN, change_cells, change_rows
from tests.site.page_models import DATA, Row, opened

PEOPLE, ELSEWHERE = (DATA.figures.figure(f"people-seen-later{end}") for end in ("", "-elsewhere"))
BOTH = '{{ v("people-seen-later") }} people, elsewhere {{ figure("people-seen-later-elsewhere").printed }}.'
NEEDS = f"{PEOPLE.id} ({DATA.values.reading(PEOPLE.id).printed}) needs {ELSEWHERE.id}"
LISTS = """{% set topic, article = "other_surveys", "khmer-times-2015" %}
{% include "statements.html" %}{% include "series.html" %}{% include "claims.html" %}
{% include "panels.html" %}{% include "versions.html" %}{% include "values.html" %}"""


def shown(text: str, data: PageData) -> list[str]:
    """Return what a page with this text fails to show."""
    data.open_page("context.md")
    render._make_environment(data.package, data).from_string(text).render(base=data.base)
    return list(data.figures.readings_shown_without_companions())


def test_page_must_show_both_of_two_figures_that_belong_together() -> None:
    data = opened(FROZEN)
    assert shown(BOTH, data) == []
    [fault] = shown('{{ v("people-seen-later") }} people were seen.', data)
    assert fault.startswith(NEEDS)


def test_withdrawn_figure_is_not_required_beside_another(package: Path) -> None:
    change_cells(package, "reported_values", ELSEWHERE.id, show="withdrawn")
    assert shown('{{ v("people-seen-later") }}', opened(package)) == []


@pytest.mark.slow
def test_page_without_a_required_companion_figure_is_not_built(package: Path) -> None:
    page = package / "docs/glossary.md"
    text = page.read_text(encoding="utf-8").replace("people-seen-later-elsewhere", "venues-seen-later")
    page.write_text(text, encoding="utf-8")
    with pytest.raises(PageFault, match=r"docs/glossary\.md: " + PEOPLE.id):
        render_pages(Package(package))


def test_brief_without_a_required_companion_figure_is_not_built(package: Path) -> None:
    brief = package / "docs/brief/km.md"
    brief.write_text('{{ v("people-seen-later") }}\n', encoding="utf-8")
    with pytest.raises(PageFault, match=r"docs/brief/km\.md: " + PEOPLE.id), Package(package) as altered:
        render_briefs(altered, PublishedPackage(altered, {}, ""))


@pytest.mark.parametrize("show", ["retrospective_only", "no_trend"])
def test_figure_is_shown_with_its_caution(show: str, package: Path) -> None:
    def set_show(rows: list[Row]) -> None:
        for row in rows:
            row["show"] = show if row["show"] == "free" else row["show"]

    change_rows(package, "reported_values", set_show)
    data = opened(package)
    data.open_page("context.md")
    environment = render._make_environment(data.package, data)
    for text in (LISTS, '{{ v("share-under-18-later") }}'):
        assert CAUTIONS[show] in environment.from_string(text).render(base=data.base)
