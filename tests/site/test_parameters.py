"""A wrong parameter of a chart, table or figure gives an error that names the page."""

import re

import pytest
from jinja2 import ChoiceLoader, DictLoader

from scripts.package.package import Package
from scripts.site.charts import CHARTS
from scripts.site.charts.chart_model import Chart
from scripts.site.page_data import PageData
from scripts.site.render import PageFault, _make_environment, _render_template
from tests.conftest import FROZEN, with_subtests

ENDS = 'earlier="share-under-18-earlier"'
WRONG = {
    'chart("share")': "There is no chart “share”. Did you mean shares?",
    f'chart("unseen", {ENDS})': "missing a required argument: 'later'. It takes earlier, later.",
    f'chart("shares", {ENDS}, latter="x")': "It takes earlier, later, first (may be left out).",
    'chart("response", earlier="x")': "got an unexpected keyword argument 'earlier'. It takes nothing.",
    f'chart("unseen", name="A b", {ENDS}, later="share-under-18-later")': "“A b” cannot be the name",
    f'chart("unseen", {ENDS}, later="no-role")': "chart “unseen”: later cannot be “no-role”. Known: ",
    'results_grid("venue-study-latr")': "surveys cannot be “venue-study-latr”. Known: venue-study-later",
    'sample_size_table(measure="half_wdth", share="share-under-18-later")': "cannot be “half_wdth”. ",
    'figures_by_population("respons")': "topic cannot be “respons”. Known: response, assumptions, ",
    'matching("links", relation="comparble")': "links.relation cannot be “comparble”. Known: comparable, ",
    'explanations_of_mismatch("KH10")': "question_id cannot be “KH10”. Known: ",
    "results_grid(of=1)": "results_grid: got an unexpected keyword argument 'of'. It takes surveys",
    'sample_size_table(measure="half_width")': "sample_size_table: missing a required argument: 'share'",
    'rows("lnks")': "there is no table “lnks”. Known: links, ",
    'row("studies", "no-study")': "there is no row “no-study” in studies. Known: ",
    'name_of("places", "camboda")': "there is no row “camboda” in places. Known: cambodia",
    'document("khmer-time-2015")': "there is no row “khmer-time-2015” in sources. Known: khmer-times-2015",
    'cite_source("khmer-time-2015")': "there is no row “khmer-time-2015” in sources. Known: khmer-times",
    'study_facts(["no-study"])': "there is no row “no-study” in studies. Known: ",
    'verdict("agree", told=["S01"], tolld=[])': "verdict agree: a parameter cannot be “tolld”. Known: ",
    'absent("N999")': "absence_words has no long words for N999 in en",
    'scenario_change("under-18-seen-earlier", "under-18-seen-later", "difference", assumption_id="x")': (
        "scenario_changes.assumption_id cannot be “x”. Known: "
    ),
    'matching("lnks")': "table cannot be “lnks”. Known: links, ",
    'matching("links", relatoin="comparable")': "a column of links cannot be “relatoin”. Known: relation, ",
    'checklist_result("gathr", "Items")': "checklist_result: name cannot be “gathr”. Known: gather, ",
    'interval("share-under-18-later", "people-seen-later", effect="lest")': "effect cannot be “lest”. ",
    'interval("share-under-18-later")': "interval: missing a required argument: 'people'",
}


def filled_in(*texts: str) -> str:
    """Render pages with these texts in one package, and return the last."""
    data = PageData(Package(FROZEN))
    environment = _make_environment(data.package, data)
    assert environment.loader
    pages = {f"{number}.md": text for number, text in enumerate(texts)}
    environment.loader = ChoiceLoader([DictLoader(pages), environment.loader])
    return [_render_template(environment, data, name, name) for name in pages][-1]


@with_subtests(WRONG)
def test_a_wrong_parameter_is_reported_with_its_page(call: str) -> None:
    with pytest.raises(PageFault, match=re.escape("docs/0.md: ") + ".*" + re.escape(WRONG[call])):
        filled_in(f"{{{{ {call} }}}}")


def test_a_new_chart_needs_no_code_to_have_its_values_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parameter that is named after a column of the contract takes what the column may hold."""

    def of_indicator(data: PageData, *, indicator: str, title: str = "") -> Chart:
        return Chart(title=title or indicator, note="", found="", panels=(), columns=(), tables=())

    monkeypatch.setitem(CHARTS, "of-indicator", of_indicator)
    told = "docs/0.md: chart “of-indicator”: indicator cannot be “share-in-age-bnd”. Known: share-in"
    with pytest.raises(PageFault, match=re.escape(told)):
        filled_in('{{ chart("of-indicator", indicator="share-in-age-bnd") }}')
    assert filled_in('{{ chart("of-indicator", indicator="share-in-age-band", title="any") }}')


def test_two_charts_of_one_name_are_refused() -> None:
    """Each chart has its own files, so names are unique; the same chart may be on several pages."""
    first = f'{{{{ chart("unseen", {ENDS}, later="share-under-18-later") }}}}'
    assert 'id="chart-unseen"' in filled_in(first, first)
    with pytest.raises(PageFault, match=r"docs/1\.md: Pages show two charts with the name “unseen”"):
        filled_in(first, first.replace("under-18", "under-16"))
    assert 'id="chart-other"' in filled_in(
        first, first.replace("under-18", "under-16").replace('"unseen"', '"unseen", name="other"')
    )
