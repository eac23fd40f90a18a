"""Render the pages: fill in the templates of docs/ from the data, and escape text from the data.

Hand-written pages and the partial templates next to this file are templates. Text from the data is only
ever a value: it is escaped for HTML and for Markdown, and no page is rendered as a template twice.
"""

import json
from collections.abc import Callable
from functools import cache, cached_property, partial
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import jinja2
import markupsafe
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from scripts.findings import SITE_URL
from scripts.package.featured_roles import MACROS, OPTIONAL
from scripts.package.files import Row, UsageError
from scripts.package.package import Package
from scripts.package.progress_log import log
from scripts.package.reading import ENOUGH_PEOPLE, Reading
from scripts.site import charts, page_parts, publisher
from scripts.site.downloads import PublishedPackage
from scripts.site.links_to_omitted_sections import pages_with_working_links
from scripts.site.page_data import PageData, page_heading
from scripts.site.source_page import source_page
from scripts.site.study_page import study_page
from scripts.site.template_arguments import with_arguments_checked
from scripts.site.value_page import value_page
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark, mark_if_input_is_mark
from scripts.wording import result_sentences, text_formatting

OTHER = "values/x.md"  # stands for all pages in a folder, since they end the same way
TEMPLATES = Path(__file__).parent / "templates"
# Templates can call each public function in these modules by its name.
NAMED = (
    "charts.mention_marks",
    "check_page",
    "claims_page",
    "document_page",
    "downloads",
    "missing_information",
    "index_pages",
    "result_tables",
    "scenario_tables",
    "selection_picture",
    "standards_page",
    "topic_lists",
    "value_json_ld",
)
ASKED = [import_module(f"scripts.site.{name}") for name in NAMED]
OF_PAGE_DATA = ("finder", "cite_source", "cite_package", "id_of_own_report_box")  # members of `PageData`
FILTERS: dict[str, Callable[..., Any]] = {
    "begun": text_formatting.capitalise_first,
    "css_string": text_formatting.quote_as_css_string,
    "decimals": text_formatting.format_decimals,
    "digits": text_formatting.digits_of_telephone_number,
    "in_words": text_formatting.small_number_in_words,
    "kilobytes": text_formatting.format_kilobytes,
    "one_in": text_formatting.one_in_so_many,
    "part": text_formatting.proportion_as_percent,
    "percent": text_formatting.format_percent,
    "plain": text_formatting.code_for_readers,
    "points": text_formatting.as_percentage_points,
    "safe_path": text_formatting.require_site_address,
    "safe_url": text_formatting.require_web_address,
    "span": text_formatting.period_in_words,
    "whole": text_formatting.format_whole_number,
}
# By kind of page: its template, and the function that prepares its content.
KINDS: dict[str, tuple[str, Callable[[PageData, Any], object]]] = {
    "sources": ("source.html", source_page),
    "studies": ("study.html", study_page),
    "values": ("value.html", value_page),
}

Render = Callable[..., str]  # takes the name of a page, its template and its model

# The search finds a generated page only by its title, and by its number as people type it. A title counts a
# thousand times as much as text: these factors put the pages of docs/ first.
BOOST = {"values": 0.001, "studies": 0.001, "sources": 0.0005}
FEATURED = 2  # puts a featured quantity before others with the same number
HEAD = "---\n"  # the start of every page of docs/
NOT_ALONE = ("withdrawn", "conflict_only", "with_both_denominators")
NOT_SEARCHED = "search: {exclude: true}"


class UntranslatedPhrases(dict[str, str]):
    """English phrases, which stand for themselves; a page in another language sets `t` to translations."""

    def __missing__(self, phrase: str) -> str:
        return phrase


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates, so that a preview, which renders two packages, compiles each only once."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Use the name as the key, because two packages have the same template in different folders."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the bucket's code to the compiled template; None if this text has not been compiled."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that has been compiled."""
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()


class PageFault(UsageError):
    """Raised for a fault in a page, such as using something that is not in the data."""


def render_pages(package: Package, published: PublishedPackage | None = None) -> dict[str, str]:
    """Fill in every page of docs/ and a page per quantity, source and study; return Markdown by name.

    Raises PageFault, which names every faulty page of docs/ and its fault.
    """
    return PageRenderer(package, published).all_pages_by_name()


class PageRenderer:
    """The pages of one package; after an edit in docs/, only the affected ones are filled in again."""

    def __init__(self, package: Package, published: PublishedPackage | None = None) -> None:
        self._docs, self._data = package.folder / "docs", PageData(package)
        self._environment = _make_environment(package, self._data, published)
        self._render = partial(_render_template, self._environment, self._data)
        # The content of each file of docs/, and its page, by name.
        self._made: dict[str, tuple[bytes, str]] = {}

    def all_pages_by_name(self) -> dict[str, str]:
        """The Markdown of every page by name; raises PageFault, which names every faulty page."""
        data, by_hand = self._data, self.hand_written_pages_by_name()
        texts = _with_heading_as_title(by_hand) | self._generated_pages
        ending, own = cache(partial(_page_ending, self._environment, data)), data.with_own_report_box
        texts = {
            name: f"{text}\n\n{ending(name if '/' not in name else OTHER, name in own)}\n"
            for name, text in texts.items()
        }
        for said in self.statements_no_longer_made:
            log.info(said)
        return texts | pages_with_working_links({name: texts[name] for name in by_hand}, self._docs)

    def hand_written_pages_by_name(self) -> dict[str, str]:
        """The pages of docs/ only; raises PageFault, which names every faulty page."""
        return _texts_or_all_faults(_page_names(self._docs), self._render_hand_written_page)

    @property
    def statements_no_longer_made(self) -> list[str]:
        """A message for each sentence that pages of docs/ no longer show because the data changed."""
        return [*self._data.figures.fallen.values()]

    def _render_hand_written_page(self, name: str) -> str:
        """A page of docs/, filled in again only if its file has changed."""
        content = (self._docs / name).read_bytes()
        if self._made.get(name, (b"", ""))[0] != content:
            self._made[name] = content, _render_page_of_docs(self._render, self._data, name)
        return self._made[name][1]

    @cached_property
    def _generated_pages(self) -> dict[str, str]:
        """A page for each source, study and quantity."""
        data, pages = self._data, {}
        for kind, (template, model) in KINDS.items():
            is_main = kind == "values"
            found = (
                {reading.id: reading for reading in data.main_mentions}
                if is_main
                else data.rows_by_key(kind)
            )
            for key, subject in found.items():
                name = f"{kind}/{key}.md"
                page = self._render(name, template, partial(model, data, subject))
                pages[name] = _with_search_boost(data, kind, subject, page)
        return pages


def render_briefs(package: Package, published: PublishedPackage) -> dict[str, str]:
    """The filled-in text of the one-page brief, by language."""
    data = PageData(package)
    render = partial(_render_template, _make_environment(package, data, published), data)
    names = [f"brief/{name}" for name in _page_names(package.folder / "docs/brief")]
    texts = _texts_or_all_faults(names, partial(_render_page_of_docs, render, data))
    return {Path(name).stem: text for name, text in texts.items()}


def statements_no_longer_made_by_pages(package: Package) -> list[str]:
    """A message for each sentence that pages of docs/ no longer show because the data changed."""
    pages = PageRenderer(package)
    pages.hand_written_pages_by_name()
    return pages.statements_no_longer_made


def _page_names(folder: Path) -> list[str]:
    """The file names of the pages in a folder."""
    return sorted(page.name for page in folder.glob("*.md"))


def _texts_or_all_faults(names: list[str], text_of: Callable[[str], str]) -> dict[str, str]:
    """The texts of pages of docs/ by name; raises PageFault with all faults at once."""
    texts, faults = {}, []
    for name in names:
        try:
            texts[name] = text_of(name)
        except PageFault as error:
            faults.append(str(error))
    if faults:
        raise PageFault("\n  ".join(faults))
    return texts


def _render_page_of_docs(render: Render, data: PageData, name: str) -> str:
    """A page of docs/ or a brief; raises PageFault if a figure lacks the companions that it requires."""
    data.forget_page(name)
    text = data.page_with_withdrawal_notices(render(name, name))
    if faults := [f"docs/{name}: {fault}" for fault in data.figures.readings_shown_without_companions()]:
        raise PageFault("\n  ".join(faults))
    return text


def _with_heading_as_title(texts: dict[str, str]) -> dict[str, str]:
    """The pages, each with its heading as its title for browsers and search, instead of its menu name.

    MkDocs and its theme write a title as it is, so it is escaped here.
    """
    escaped = {name: str(markupsafe.escape(page_heading(text))) for name, text in texts.items()}
    titles = {name: f"{HEAD}title: {json.dumps(title)}\n" for name, title in escaped.items()}
    return {name: text.replace(HEAD, titles[name], 1) for name, text in texts.items()}


def _render_template(
    environment: SandboxedEnvironment,
    data: PageData,
    name: str,
    template: str,
    model: Callable[[], object] = lambda: None,
) -> str:
    """Render a page whose content `model` prepares; an error in `model` or template raises PageFault."""
    data.open_page(name)
    try:
        return environment.get_template(template).render(base=data.base, page=model())
    except (jinja2.TemplateError, KeyError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        reason = f"there is no {error.args[0]}" if isinstance(error, KeyError) else str(error)
        raise PageFault(f"docs/{name}{line}: {reason}") from error


def _page_ending(environment: SandboxedEnvironment, data: PageData, name: str, says_where: bool) -> str:
    """The end of a page: where to report a case, and whom to write to."""
    data.open_page(name)
    return environment.get_template("report.html").render(
        base=data.base, is_searched=name == "index.md", says_where=says_where
    )


def _make_environment(
    package: Package, data: PageData, out: PublishedPackage | None = None
) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([package.folder / "docs", TEMPLATES]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=text_formatting.escape_html_and_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    environment.globals.update(_template_globals(data))
    environment.globals["published"] = out or PublishedPackage(package, {}, SITE_URL)
    environment.globals["t"] = UntranslatedPhrases()
    environment.filters.update(
        {name: mark_if_input_is_mark(function) for name, function in FILTERS.items()}
    )
    environment.filters["filled"] = text_formatting.fill_phrase
    return environment


def _template_globals(data: PageData) -> dict[str, Any]:
    """The names that templates may use, for one package."""
    package = data.package
    return {
        **{
            name: with_arguments_checked(name, partial(answer_or_withdrawn_mark(function), data), package)
            for module in ASKED
            for name, function in _public_functions_of_module(module)
        },
        **{
            name: with_arguments_checked(
                name, answer_or_withdrawn_mark(getattr(data.figures, name)), package
            )
            for name in MACROS
        },
        OPTIONAL: package.featured_roles.role_if_known,
        **{name: getattr(data, name) for name in OF_PAGE_DATA},
        **{
            name: getattr(package, name) for name in ("reading_index", "contract", "row", "rows", "name_of")
        },
        "verdict": answer_or_withdrawn_mark(data.figures.verdict),
        "absent": data.figures.absent,
        "matching": partial(_quotable_rows, package),
        "chart": _chart_macro(data),
        "document": partial(page_parts.source_title_link, data),
        "study_facts": partial(page_parts.study_facts, data),
        "enough_people": ENOUGH_PEOPLE,
        "where_to_report": partial(publisher.where_to_report, data),
        "site_publisher": publisher.publisher_from_environment,
        "form": publisher.link_to_form,
        "say": {
            name: mark_if_input_is_mark(function)
            for name, function in vars(result_sentences).items()
            if callable(function)
        },
    }


def _chart_macro(data: PageData) -> Callable[..., Markup]:
    """A function that renders a chart with its words and numbers, in the page's language."""

    @jinja2.pass_context
    def chart(context: Context, /, kind: str, **given: Any) -> Markup:
        template = context.environment.get_template("chart.html")
        framed = charts.chart_model(data, kind, **given)
        return Markup(template.render(base=data.base, t=context.resolve("t"), one=framed))

    return chart


def _quotable_rows(package: Package, table: str, **cells: str) -> list[Row] | WithdrawnMark:
    """The rows with these cells whose readings may be shown alone; a `WithdrawnMark` if there are none."""
    rows = package.rows_with_cells(table, **cells)
    gone = [row for row in rows if row.get("show") in NOT_ALONE]
    withdrawn = (row["value_id"] for row in gone if row["show"] == "withdrawn")
    return [row for row in rows if row not in gone] or WithdrawnMark(withdrawn)


def _public_functions_of_module(module: ModuleType) -> list[tuple[str, Callable[..., Any]]]:
    """The public functions that a module defines, with their names, without those that it imports."""
    found = [member for member in vars(module).items() if isfunction(member[1]) and member[0][0] != "_"]
    return [(name, function) for name, function in found if function.__module__ == module.__name__]


def _with_search_boost(data: PageData, kind: str, reading: Any, page: str) -> str:
    """A generated page with its search weight and a quantity's number; unchanged if that is withdrawn."""
    typed, times = "", 1
    if isinstance(reading, Reading):
        if reading.is_withdrawn:
            return page
        typed = _number_as_typed_in_search(reading, data.row("indicators", reading.indicator_id)["unit"])
        times = FEATURED if data.is_featured(reading) else 1
    tags = f"\ntags: {[typed]}" if typed else ""
    return page.replace(NOT_SEARCHED, f"search: {{boost: {times * BOOST[kind]}}}{tags}", 1)


def _number_as_typed_in_search(reading: Reading, unit: str) -> str:
    """The number as people type it in the search box, such as 1200 or 8%; blank for a range."""
    if not reading.low or reading.low != reading.high:
        return ""
    return f"{float(reading.low):.12g}{'%' if unit == 'percent' else ''}"
