"""The description that all metadata formats share, read from the contract and the tables."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scripts.package.contract import NOT_RELEASED, Table
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import date_span
from scripts.package.reading_index import ReadingIndex
from scripts.wording.citations import Citation

CITE = "Cite the source of each figure, and this package."
FIRST_FILTERS = {  # filters on the table of values, by what they select
    "All figures on a subject of the table subjects": "subject_ids contains {subject}",
    "Of these, every number and scope that was published": "is_distinct = true",
    "Of these, each quantity once": "mention = main",
    "Of these, what was found or recorded, not only claimed": "evidence_type is not claim",
    "Of these, the country, and its people abroad": "in_country is not no",
    "Of these, children alone, with an age or without one; ages that cross 18, such as 8 to 24, suspects, "
    "courts and adults asked about their childhood are left out": "age_group begins with children",
    "Shares of people under 18, found by surveys of the country, as every source gives them": (
        "kind = share, ages_counted = under 18, in_country = yes, is_distinct = true, "
        "evidence_type = sample_survey, to_show is not conflict_only"
    ),
    "The same without a sample that we know of": (
        "kind = share, ages_counted = under 18, in_country = yes, is_distinct = true, "
        "evidence_type = other_study, to_show is not conflict_only"
    ),
    "Shares of people under 18 among those whom police, courts or services recorded": (
        "kind = share, ages_counted = under 18, in_country = yes, is_distinct = true, "
        "evidence_type = administrative_record, to_show is not conflict_only"
    ),
    "Offences against children alone, mostly sexual, commercial or not; most counts of children are of "
    "victims, the next line, and the newest counts of cases and arrests mix ages": (
        "about_group contains offences_against_children, in_country is not no"
    ),
    "Child victims whom police, courts or services recorded, of trafficking too": (
        "indicator_id = victims-recorded, age_group begins with children, is_distinct = true"
    ),
    "Shares with the counts behind them, and what chance in sampling leaves open": (
        "kind = share, share_by_counts is not blank, mention = main"
    ),
    "Counts over the years: one series at a time; most counts stand in no series": "series_id = {series}",
    "What share of people in the sex trade is said to be children: every claim, none a measurement": (
        "indicator_id = claimed-share"
    ),
    "One city or province, such as this one; place has more names, such as several cities together": (
        "place = {city}"
    ),
    "Where a claim comes from: every mention, to be sorted by date_published; a number that the table "
    "claims does not name was not met as a claim that travels": ("claim_ids contains {claim}"),
    "Shares of people under 18 in other countries": (
        "topic = comparable_studies, indicator_id = share-in-age-band, "
        "ages_counted = under 18, in_country = no, is_distinct = true, "
        "evidence_type is not claim, to_show is not conflict_only"
    ),
}
BEFORE_YOU_QUOTE = {  # columns of that table to look at before quoting, and why
    "evidence_type": "a claim is what somebody said, with no method that we know of: it is no measurement",
    "in_country": "no: the figure is of another country or of the world, and must not stand for this one",
    "year_label": "a span is one figure for those years together; further mentions can give another year",
    "part_of": "the totals that hold this figure: do not add it to them",
    "series_note": "years without a figure, and breaks, between a row and the one before it in its series",
    "scope_as_printed": "whom the figure is about, in the words of its source",
    "quantity_id": "rows with the same one are one result that several sources give: quote one of them",
    "to_show": "free: the figure may be quoted alone; retrospective_only: only as what adults recall; "
    "no_trend: never in a line with other years; else only beside the figures of stands_with",
    "stands_with": "fetch these rows too, further mentions among them, which mention = main leaves out",
    "not_comparable_with": "figures that look alike and must not be set beside this one, free or not",
    "differs_from": "other numbers for the same quantity",
    "contradicts": "figures with which it cannot both be true; in_tension_with: what differs unexplained",
    "study_id": "leads to studies.csv, which says how the figure came about",
    "ages_counted": "of those counted; denominator_ages has those of the people whom a share is of",
    "months": "how long police, courts or services counted: 12 is a whole year",
    "date_published": "when the source appeared, not what year the figure is about",
    "period_words": "when, where the source gives no year; such rows have no from_year and no to_year",
    "age_group": "children_no_age_given where a source says children and gives no age",
}
DOI = re.compile(r"(?:https://doi\.org/)?(10\.\d{4,9}/\S+)")


@dataclass(frozen=True)
class DatasetMetadata:
    """The package as a whole, as its contract describes it."""

    name: str
    title: str
    description: str
    version: str
    created: str  # a date; blank if not known
    doi: str  # blank until a DOI has been assigned and entered as the `id` of the contract
    licence: Mapping[str, str]  # its SPDX name, path and title
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    homepage: str

    @property
    def is_released(self) -> bool:
        """Whether this version has been released."""
        return not self.version.endswith(NOT_RELEASED)

    @property
    def version_with_date(self) -> str:
        """The version for readers, with its date if known."""
        words = self.version if self.is_released else f"{self.version} (not released)"
        return ", ".join(filter(None, (words, self.created)))

    @property
    def release_file_stem(self) -> str:
        """The part before the suffix in the names of release files that contain all tables."""
        return f"{self.name}-{self.version}"

    @property
    def title_version_description(self) -> tuple[str, str, str]:
        """What readers should know before using a number: title, version with licence, and description."""
        licence = f"{self.licence['title']} ({self.licence['path']})"
        return self.title, f"Version {self.version_with_date}. {licence}.", self.description

    @property
    def citation(self) -> Citation:
        """The citation for the package; a release is cited at its permanent address."""
        kind = "Data set" if self.is_released else "Data set, not released"
        stays = self.homepage and f"{self.homepage.rstrip('/')}/v/{self.version}/"
        return Citation(
            key=self.release_file_stem,
            kind="dataset",
            authors=self.creators,
            date=self.created,
            no_date="not known",
            title=self.title,
            publisher=self.name,
            url=stays if self.is_released else self.homepage,
            version=self.version,
            note=f"{kind}. {self.licence['name']}",
            are_bodies=True,
            own_doi=self.doi,
        )


@dataclass(frozen=True)
class DescribedDataset(DatasetMetadata):
    """The package as a whole, as its contract and its tables describe it."""

    tables: tuple[Table, ...]
    rows: int  # number of rows in all tables
    country: str
    years: tuple[str, ...]
    latest_document: str
    indicators: tuple[Row, ...]
    techniques: tuple[str, ...]  # the sampling designs of the studies, as far as known
    subjects: tuple[Row, ...]  # what people look for
    claim: str  # this and the next two fields are examples for the filters
    series: str
    city: str

    @property
    def suggested_value_filters(self) -> dict[str, str]:
        """The filters on the table `values` that suit most readers, by what they select."""
        subject = self.subjects[0]["subject_id"] if self.subjects else ""
        named = {"claim": self.claim, "series": self.series, "city": self.city, "subject": subject}
        return {want: cells.format_map(named) for want, cells in FIRST_FILTERS.items()}

    @property
    def path_of_sources_table(self) -> str:
        """The path of the table that lists every document behind the figures."""
        return next(table.path for table in self.tables if table.name == "sources")


def read_dataset_metadata(package: Package) -> DatasetMetadata:
    """The metadata in the contract, which must have passed the check of the contract."""
    descriptor = package.descriptor
    doi = DOI.fullmatch(descriptor.get("id", ""))
    return DatasetMetadata(
        **{name: descriptor[name] for name in ("name", "title", "description", "version")},
        created=descriptor.get("created", "")[:10],
        doi=doi[1] if doi else "",
        licence=descriptor["licenses"][0],
        creators=tuple(
            contributor["title"]
            for contributor in descriptor["contributors"]
            if "creator" in contributor["roles"]
        ),
        keywords=tuple(descriptor.get("keywords", [])),
        homepage=descriptor.get("homepage", ""),
    )


def describe_dataset(package: Package) -> DescribedDataset:
    """The description of the data in a package that has passed the check."""
    tables = package.contract.released_contract.tables
    return DescribedDataset(
        **vars(read_dataset_metadata(package)),
        tables=tables,
        rows=sum(len(package.rows(table.name)) for table in tables),
        country=package.name_of("places", package.country_id),
        years=_first_and_last_year(package.reading_index, package.country_id),
        latest_document=_latest_document_date(package.rows("sources")),
        indicators=tuple(package.rows("indicators")),
        techniques=_known_study_designs(package),
        subjects=tuple(package.rows("subjects_told")),
        claim=_most_common_id(row["claim_id"] for row in package.rows("scopes")),
        series=_most_common_id(row["series"] for row in package.rows("reported_values")),
        city=package.name_of("places", _most_common_id(_city_ids_of_figures(package))),
    )


def _most_common_id(ids: Iterable[str]) -> str:
    """The id that occurs most often; blank if all are blank."""
    counted = Counter(filter(None, ids))
    return max(counted, key=lambda key: (counted[key], key), default="")


def _city_ids_of_figures(package: Package) -> Iterator[str]:
    """Yield the place id of each figure about a city in the country, once for each figure."""
    for row in package.rows("reported_values"):
        is_city = package.row("places", row["place_id"])["level"] == "city"
        if is_city and package.country_id in package.reading_index.containing_places(row["place_id"]):
            yield row["place_id"]


def _known_study_designs(package: Package) -> tuple[str, ...]:
    """The labels of the designs that studies have, each once; unknown designs are left out."""
    labels = package.contract.table("studies").field_by_name["design"].label_by_code
    used = {row["design"] for row in package.rows("studies")} - package.codes_common_to_all_columns
    return tuple(label for design, label in labels.items() if design in used)


def _first_and_last_year(index: ReadingIndex, country: str) -> tuple[str, ...]:
    """The first and last year of figures about the country and places in it; empty if none is dated."""
    spans = [
        date_span(reading.period)
        for reading in index.readings_by_id.values()
        if reading.period and country in (reading.place_id, *index.containing_places(reading.place_id))
    ]
    starts, ends = [reach.start for reach in spans], [reach.end for reach in spans]
    return (min(starts)[:4], max(ends)[:4]) if spans else ()


def _latest_document_date(sources: list[Row]) -> str:
    """The date of the latest document, or of our latest visit to one."""
    dates = [row[name] for row in sources for name in ("date_published", "date_seen")]
    return max(filter(None, dates), key=lambda date: (date_span(date).start, date))
