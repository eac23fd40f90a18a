"""The data that page templates may use; an unknown id raises KeyError, so that the build fails.

`PageData.figures` finds featured readings by their roles, and the rows that were computed from them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from scripts.findings import did_you_mean
from scripts.package.featured_roles import MACROS, Role
from scripts.package.files import Row, rows_of_csv
from scripts.package.gap_answers import WHOLE, AnsweringRow, Gap, first_answers_by_gap
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.unknown_value_errors import raise_if_unknown_value
from scripts.publish.dataset import describe_dataset
from scripts.site.content_nodes import Link
from scripts.site.table_filters import ReadingFinder
from scripts.site.withdrawn_figures import (
    NO_LONGER_SAID,
    NOTHING,
    FigureLost,
    WithdrawnMark,
    without_marked_sentences,
)
from scripts.wording import citations
from scripts.wording.natural_frequencies import count_that_percentages_round_to
from scripts.wording.quotable_sentences import QuotableSentences
from scripts.wording.reading_words import CAUTIONS, ReadingWords
from scripts.wording.text_formatting import escape_html_and_markdown, sort_by_number

NO_CELLS: Mapping[str, str] = {}
VERDICTS = "docs/parts/verdicts.csv"  # conclusions that pages may state, each with its condition
JUDGED = SandboxedEnvironment(undefined=StrictUndefined)
CLAIMED = "The tables no longer show what it claims"
Words = str | WithdrawnMark
TITLE = re.compile(r"^# (.+?)(?: \{ #[a-z0-9-]+ \})?$", re.MULTILINE)


class PageData:
    """What page templates may use: the package, the words for values, and the links between pages."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.values = ReadingWords(package)
        self.quotes = QuotableSentences(package, self.values)
        self.figures = FeaturedFigures(self)
        self.finder = ReadingFinder(package, self.values)
        # By page, then by the name of a chart: the arguments with which the page draws that chart.
        self.charts: dict[str, dict[str, object]] = defaultdict(dict)
        # Shortcuts to what pages use most often.
        self.row, self.rows, self.rows_with_cell = package.row, package.rows, package.rows_with_cell
        self.rows_with_cells, self.rows_by_key, self.name_of = (
            package.rows_with_cells,
            package.rows_by_key,
            package.name_of,
        )
        self.reading_index, self.contract, self.featured_roles = (
            package.reading_index,
            package.contract,
            package.featured_roles,
        )
        self.country = package.country_id
        self.reading, self.value, self.printed = (
            self.values.reading,
            self.values.number_with_unit,
            self.values.quoted_number,
        )
        self.label, self.caution_words = self.values.quantity_label, self.values.caution_words
        self.publisher, self.source = self.values.publisher, self.values.source_row
        self.with_own_report_box: set[str] = set()  # pages that say where to report in their own language
        self._page = ""
        self.base = ""  # path from the open page to the root of the site
        # These caches last as long as this object: `mkdocs serve` makes a new one for each build.
        self.cite_source = cache(lambda key: citations.citation_of_source(package.row("sources", key)))
        self.cite_package = cache(lambda: describe_dataset(package).citation)

    @property
    def main_mentions(self) -> list[Reading]:
        """The main mention of every quantity, including withdrawn quantities, which keep their pages."""
        return [
            reading for reading in self.package.reading_index.readings_by_id.values() if reading.is_main
        ]

    def is_featured(self, main: Reading) -> bool:
        """Return whether a quantity is featured on the pages of docs/."""
        return bool(self.package.rows_with_cell("featured", "value_id", main.id))

    def forget_page(self, page: str) -> None:
        """Forget a page's charts and its own report box, before the page is filled in again."""
        self.charts.pop(page, None)
        self.with_own_report_box.discard(page)

    def record_chart_name(self, name: str, asked: object) -> bool:
        """Record a chart of the open page; return False if a different chart on any page has its name."""
        is_alike = all(charts.get(name, asked) == asked for charts in self.charts.values())
        self.charts[self._page][name] = asked
        return is_alike

    def id_of_own_report_box(self) -> str:
        """Record that the open page has its own box on where to report a case; return the box's id."""
        self.with_own_report_box.add(self._page)
        return "where-to-report"

    def open_page(self, name: str) -> None:
        """Set the page that is being filled in, so that links are relative to it."""
        self._page = name
        self.figures.shown, self.figures.asked = set(), set()
        self.base = "" if name == "index.md" else "../" * (name.count("/") + 1)

    def reading_link(self, value_id: str, words: str) -> Link:
        """A link to a reading on its quantity's page."""
        return Link(words, f"values/{self.reading(value_id).quantity_id}/", value_id)

    def value_url(self, value_id: str) -> Markup:
        """The address of a reading on its quantity's page."""
        return self.relative_address(self.reading_link(value_id, value_id))

    def link_html_to_reading(self, value_id: str, words: str) -> Markup:
        """Words that link to a reading on its quantity's page, as HTML."""
        return self.link_as_html(self.reading_link(value_id, words))

    def answer_link(self, answer: AnsweringRow) -> Link:
        """A link to the row that fills a gap; the words of the link depend on the row's table."""
        if answer.table == "reported_values":
            return self.reading_link(answer.key, self.value(answer.key))
        row = self.row(answer.table, answer.key)
        if answer.table == "sources":
            return Link(row["title"], f"sources/{answer.key}/")
        if answer.table in ("statements", "replies"):
            body = self.name_of("organisations", row["organisation_id"])
            return Link(f"what {body} said", "voices-all/", answer.key)
        return Link(row.get("fact_as_printed") or row["name"], f"studies/{row['study_id']}/")

    def relative_address(self, link: Link) -> Markup:
        """The address of a link, relative to the open page."""
        anchor = f"#{link.anchor}" if link.anchor else ""
        return Markup(f"{self.base}{link.address}{anchor}")

    def link_as_html(self, link: Link) -> Markup:
        """A link as HTML, relative to the open page."""
        return Markup('<a href="{}">{}</a>').format(
            self.relative_address(link), escape_html_and_markdown(link.words)
        )

    def page_with_withdrawal_notices(self, page: str) -> str:
        """A filled-in page, with notices in place of sentences that use withdrawn or missing figures."""
        return without_marked_sentences(page, self._withdrawal_notice)

    def _withdrawal_notice(self, ids: Sequence[str]) -> str:
        """A notice that names the withdrawn readings or, if there are none, says why a sentence is gone."""
        readings = self.package.reading_index.readings_by_id
        links = [
            self.link_html_to_reading(key, self.values.quantity_label(key))
            for key in ids
            if key in readings
        ]
        begin = "This figure was" if len(links) == 1 else "These figures were"
        withdrawn = Markup("{} withdrawn: {}.").format(begin, Markup("; ").join(links))
        otherwise = NO_LONGER_SAID if ids else NOTHING
        return Markup('<span lang="en">{}</span>').format(withdrawn if links else otherwise)


def page_heading(page: str) -> str:
    """The heading of a filled-in page, as plain text."""
    found = TITLE.search(page)
    return Markup(found[1]).striptags() if found else ""


def _caution_even_if_alone(reading: Reading) -> str:
    """The caution that a reading needs even where only its number is shown; blank if it needs none."""
    return f" – {CAUTIONS[reading.show]}" if reading.show in CAUTIONS else ""


def _property_or_withdrawn_mark(word: Callable[[PageData, Reading], str]) -> property:
    """Words for a featured reading, as a property; a `WithdrawnMark` if the reading was withdrawn."""

    def words(figure: "FeaturedReading") -> Words:
        return (
            WithdrawnMark([figure.id]) if figure.reading.is_withdrawn else word(figure.data, figure.reading)
        )

    return property(words)


class FeaturedReading:
    """The words for a featured reading; they are `WithdrawnMark` objects if the reading was withdrawn."""

    def __init__(self, data: PageData, reading: Reading) -> None:
        self.id, self.source_id, self.oldest_age = reading.id, reading.source_id, reading.age_limits[1]
        self.data, self.reading = data, reading

    link = _property_or_withdrawn_mark(
        lambda data, reading: (
            data.link_html_to_reading(reading.id, data.value(reading.id)) + _caution_even_if_alone(reading)
        )
    )
    value = _property_or_withdrawn_mark(lambda data, reading: data.value(reading.id))
    printed = _property_or_withdrawn_mark(lambda data, reading: data.printed(reading.id))
    label = _property_or_withdrawn_mark(lambda data, reading: data.label(reading.id))
    scope = _property_or_withdrawn_mark(lambda data, reading: reading.scope_as_printed)
    year = _property_or_withdrawn_mark(lambda data, reading: reading.period[:4])
    published = _property_or_withdrawn_mark(
        lambda data, reading: data.reading_index.date_published(reading)[:4]
    )
    quote = _property_or_withdrawn_mark(lambda data, reading: data.quotes.sentence_to_quote(reading.id))


class FeaturedFigures:
    """The featured readings of one package by role, and what was computed from them.

    Most methods raise `FigureLost` if a reading was withdrawn or a row is missing; the page then says so.
    """

    def __init__(self, data: PageData) -> None:
        self._data, self._package, self.featured_roles = data, data.package, data.package.featured_roles
        self.study_of, self.limitation_of = self.featured_roles.study_id, self.featured_roles.limitation_id
        # Ids of the readings that the open page shows, and of all that it uses.
        self.shown: set[str] = set()
        self.asked: set[str] = set()
        self.fallen: dict[str, str] = {}  # by key: which sentence is no longer on pages, and why

    def v(self, role: Role) -> Words:
        """A featured reading as a link to its page."""
        link: Words = self.figure(role).link
        return link

    def figure(self, role: Role) -> FeaturedReading:
        """A featured reading, with everything that pages say about it."""
        reading = self.featured_roles.reading(role)
        self.shown.add(reading.id)
        self.asked.add(reading.id)
        return FeaturedReading(self._data, reading)

    def readings_shown_without_companions(self) -> Iterator[str]:
        """Yield a message for each reading that the open page shows with none of its companions."""
        for key in sorted(self.shown):
            company = self._data.reading_index.required_companions(self._data.reading(key))
            beside = [other for other in company if not other.is_withdrawn]
            if beside and self.asked.isdisjoint(other.id for other in beside):
                others = " or ".join(f"{other.id} ({other.printed})" for other in beside)
                yield f"{key} ({self._data.reading(key).printed}) needs {others} beside it."

    def about(self, role: Role, counted: Sequence[str] = ()) -> Words:
        """A featured share in everyday words, such as “about 8 in 100”.

        If mentions of the share, or percentages in `counted`, round differently, the share is as reported.
        """
        share = self.featured_roles.reading(role)
        gone = _mark_if_input_withdrawn(share, counted)
        return self._data.values.natural_frequency(share.id, counted) if gone is None else gone

    def in_hundred(self, role: Role, counted: Sequence[str] = ()) -> int | WithdrawnMark:
        """How many of a hundred squares to fill for a share.

        Raises FigureLost if mentions of the share, or percentages in `counted`, round differently.
        """
        share = self.featured_roles.reading(role)
        if (gone := _mark_if_input_withdrawn(share, counted)) is not None:
            return gone
        squares = {
            count_that_percentages_round_to(100, [version])
            for version in (*self._data.values.percentages_of_mentions(share.id), *counted)
        }
        if len(squares) != 1:
            raise FigureLost()
        return squares.pop()

    def absent(
        self,
        key: str,
        form: str = "long",
        language: str = "en",
        *,
        study: Role | None = None,
        is_linked: bool = False,
    ) -> Words:
        """The words for something that is not available: a sentence (`long`), or a word for a table cell.

        Once the data contain the answer, a sentence becomes blank and a word becomes a link to the answer.
        For a cell about a single study, `study` is the study's role. If `is_linked`, words for something
        that is still missing link to what would settle it.
        """
        words = self._words_of_absence(key, form, language)
        of_study = (key, self.study_of(study) if study else WHOLE)
        if answer := self.answers.get(of_study) or self.answers.get((key, WHOLE)):
            self.fallen[key] = f"“{words}” is on no page now: {answer.key} ({answer.table}) answers {key}."
            return "" if form == "long" else self._data.link_as_html(self._data.answer_link(answer))
        return self._data.link_as_html(Link(words, "to-settle/", key)) if is_linked else words

    def is_absence_worded(self, key: str) -> bool:
        """Return whether there is an English sentence saying that this item is not available."""
        return bool(self._rows_of_words(key, "long", "en"))

    def _rows_of_words(self, key: str, form: str, language: str) -> list[Row]:
        return self._package.rows_with_cells(
            "absence_words", not_available_id=key, form=form, language=language
        )

    def _words_of_absence(self, key: str, form: str, language: str) -> str:
        for row in self._rows_of_words(key, form, language):
            return row["words"]
        raise ValueError(f"absence_words has no {form} words for {key} in {language}")

    @cached_property
    def answers(self) -> dict[Gap, AnsweringRow]:
        """For each gap that the data now fill, the first row that fills it."""
        return first_answers_by_gap(self._package)

    def verdict(self, key: str, **given: object) -> str:
        """The sentence of a row of verdicts.csv; `given` has the parameters of the row's condition.

        Raises FigureLost if the tables do not meet the condition or a reading that it uses was withdrawn.
        """
        if key not in self._verdicts:
            raise ValueError(f"There is no verdict “{key}”.{did_you_mean(key, self._verdicts)}")
        row = self._verdicts[key]
        needed = meta.find_undeclared_variables(JUDGED.parse(f"{{{{ {row['holds_if']} }}}}"))
        for name in given:
            raise_if_unknown_value(f"verdict {key}: a parameter", name, needed)
        asked = {name: getattr(self, name) for name in MACROS}
        asked |= {name: getattr(self._package, name) for name in ("row", "rows")} | {
            "matching": self._package.rows_with_cells
        }
        try:
            holds = JUDGED.compile_expression(row["holds_if"], undefined_to_none=False)(asked, **given)
        except (TemplateError, KeyError, ValueError) as error:
            raise ValueError(f"{VERDICTS}, {key}, holds_if: {error}") from error
        if not holds:
            self.readings(
                *(
                    Role(featured["role"])
                    for featured in self._package.rows("featured")
                    if featured["value_id"]
                )
            )
            self.fallen[key] = (
                f"{VERDICTS}, {key}: no page says “{row['words']}” now. {CLAIMED}: {row['claims']}."
            )
            raise FigureLost(key)
        return row["words"]

    @cached_property
    def _verdicts(self) -> dict[str, Row]:
        """The rows of verdicts.csv by key; the file is read when a page first needs it."""
        return {row["verdict"]: row for row in rows_of_csv(self._package.bytes_of_file(VERDICTS))}

    def facts_of(self, study: Role, attribute: str) -> list[Row]:
        """What sources say about an attribute of a featured study."""
        return self._package.rows_with_cells(
            "study_facts", study_id=self.study_of(study), attribute=attribute
        )

    def interval(self, share: Role, people: Role, effect: str) -> Row:
        """The row with the interval for a share of these people, by the preferred method.

        `effect` is `least` (people are independent), an assumed design effect, or `all_alike` (all people
        in a venue are alike).
        """
        assumed = self._package.rows_with_cells("scenario_assumptions", parameter="design_effect")
        known = ["least", "all_alike", *(row["value"] for row in assumed)] if assumed else []
        raise_if_unknown_value("interval: effect", effect, known)
        which = {"measure": "sampled_share", "is_first_method": "true"}
        if effect == "least":
            return self.rows("estimates", which, value_id=share, denominator_id=people)[0]
        found = self.rows("scenario_estimates", which, value_id=share, denominator_id=people)
        wanted = ("icc", 1.0) if effect == "all_alike" else ("design_effect", float(effect))
        return _rows_or_raise_if_none(
            row for row in found if self._assumed_parameter_and_value(row) == wanted
        )[0]

    def _assumed_parameter_and_value(self, row: Row) -> tuple[str, float]:
        """The parameter that a scenario assumes, and its value."""
        assumption = self._package.row("scenario_assumptions", row["assumption_id"])
        return assumption["parameter"], float(assumption["value"])

    def change(self, earlier: Role, later: Role, measure: str) -> Row:
        """The reported change between two featured readings, in this measure."""
        return self._rows_comparing_pair("changes", earlier, later, measure)[0]

    def scenario_change(self, earlier: Role, later: Role, measure: str, **cells: str) -> Row:
        """The first scenario of a change, with the smallest denominator for the earlier survey."""
        return self._rows_comparing_pair("scenario_changes", earlier, later, measure, **cells)[0]

    def people_missed(self, earlier: Role, later: Role, measure: str, **cells: str) -> Row:
        """The first scenario in which the later survey missed people, with the smallest denominator."""
        return self._rows_comparing_pair("scenario_people_missed", earlier, later, measure, **cells)[0]

    def tipping_point(self, earlier: Role, later: Role, measure: str, **cells: str) -> Row:
        """The first row with a point beyond which there is no fall, with the smallest denominator."""
        return self._rows_comparing_pair("scenario_tipping_points", earlier, later, measure, **cells)[0]

    def _rows_comparing_pair(
        self, table: str, earlier: Role, later: Role, measure: str, **cells: str
    ) -> list[Row]:
        """The rows of a table for two featured readings and a measure, smallest denominator first."""
        found = self.rows(table, {"measure": measure, **cells}, earlier_id=earlier, later_id=later)
        return sort_by_number(found, "earlier_denominator") if "earlier_denominator" in found[0] else found

    def differences(self, earlier: Role, later: Role) -> list[Row]:
        """The scenarios of the difference between two counted shares.

        In each row, `likeness` is the assumed intraclass correlation; blank if none is assumed.
        """
        found = self._rows_comparing_pair("scenario_changes", earlier, later, "difference")
        assumed = self._package.rows_with_cells("scenario_assumptions", parameter="icc")
        likeness = {row["assumption_id"]: row["value"] for row in assumed}
        return [row | {"likeness": likeness.get(row["assumption_id"], "")} for row in found]

    def venue_count(self, people: Role) -> Row:
        """The row with the smallest possible share of venues in which none of these people was seen.

        The row comes from `scenario_estimates` if a source calls the number of people an estimate.
        """
        [count] = self.readings(people)
        measure = {"measure": "least_share_of_venues_without", "numerator_id": count.id}
        tables = ("estimates", "scenario_estimates")
        return _rows_or_raise_if_none(
            row for table in tables for row in self._package.rows_with_cells(table, **measure)
        )[0]

    def least_specificity(self, share: Role, people: Role) -> Row:
        """The row with the specificity at which adults taken for children would explain the whole share."""
        measure = {"measure": "least_specificity"}
        return self.rows("scenario_estimates", measure, value_id=share, denominator_id=people)[0]

    def parts_outside(self, earlier: Role, later: Role) -> list[Row]:
        """Rows on how many of the people missed must be affected to undo a fall, for each share missed."""
        found = self._rows_comparing_pair("scenario_people_missed", earlier, later, "affected_needed")
        return sort_by_number(found, "assumed")

    def joint_errors(self, earlier: Role, later: Role) -> list[Row]:
        """Rows giving the share of people missed that would cancel a fall, if there were also other errors.

        Only rows with the smallest earlier denominator are included. They are sorted by the share of those
        missed who are affected, by design effect, and by how well children are recognised.
        """
        rows = self._rows_comparing_pair(
            "scenario_tipping_points", earlier, later, "hidden_share_needed_jointly"
        )
        smallest = [row for row in rows if row["earlier_denominator"] == rows[0]["earlier_denominator"]]
        turned = {"assumed": 1, "design_effect": 1, "sensitivity_ratio": -1}
        return sorted(smallest, key=lambda row: [side * float(row[name]) for name, side in turned.items()])

    def zero_bounds(self, none_found: Role) -> list[Row]:
        """Scenarios of “none found”, by number of people: shares not ruled out, and chances of none."""
        return self.rows("scenario_none_found", value_id=none_found)

    def rounding_tests(self, share: Role, people: Role) -> list[Row]:
        """Tests of whether a share follows from its count and this number of people, one for each rule."""
        [base] = self.readings(people)
        return self.rows("consistency", {"denominator": base.low}, value_ids=share)

    def readings(self, *roles: Role) -> list[Reading]:
        """The readings with these roles; raises FigureLost if one of them was withdrawn."""
        found = [self.featured_roles.reading(role) for role in roles]
        self.asked |= {reading.id for reading in found}
        if withdrawn := [reading.id for reading in found if reading.is_withdrawn]:
            raise FigureLost(*withdrawn)
        return found

    def rows(self, table: str, cells: Mapping[str, str] = NO_CELLS, /, **roles: Role) -> list[Row]:
        """The rows of a derived table with these cells and, in the columns in `roles`, these readings.

        Raises FigureLost if a reading was withdrawn or there is no such row.
        """
        found = self.readings(*roles.values())
        ids = {column: reading.id for column, reading in zip(roles, found, strict=True)}
        for reference in self._package.contract.table(table).foreign_keys:
            if key := cells.get(reference.field):
                known = self._package.rows_by_key(reference.table)
                raise_if_unknown_value(f"{table}.{reference.field}", key, known)
        return _rows_or_raise_if_none(self._package.rows_with_cells(table, **cells, **ids))


def _mark_if_input_withdrawn(share: Reading, counted: Sequence[object]) -> WithdrawnMark | None:
    """A `WithdrawnMark` if the share, or a number compared with it, was withdrawn; otherwise None."""
    if share.is_withdrawn:
        return WithdrawnMark([share.id])
    return next((percentage for percentage in counted if isinstance(percentage, WithdrawnMark)), None)


def _rows_or_raise_if_none(rows: Iterable[Row]) -> list[Row]:
    """The rows; raises FigureLost if there are none."""
    found = list(rows)
    if not found:
        raise FigureLost()
    return found
