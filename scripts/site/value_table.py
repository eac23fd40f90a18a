"""The table of all values: its columns, its order, and a row for each reading that stands."""

from dataclasses import dataclass

from scripts.package.reading import Reading
from scripts.site.finder import positions
from scripts.site.lines import Entry, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import token
from scripts.wording.naming import with_article
from scripts.wording.words import counted

TITLES = {
    "venue_studies": "The two surveys of venues",
    "early_claims": "Claims made before the surveys",
    "sex_work_counts": "People in sex work in {country}, of any age",
    "not_counted": "Groups that the surveys left out",
    "other_surveys": "Other surveys of children and young people in {country}",
    "comparable_studies": "Studies of other countries",
    "global_context": "Global and national estimates",
    "response": "The response: police, courts, organisations, hotlines",
    "assumptions": "Figures behind our what-ifs",
}
TOPICS = tuple(TITLES)


COLUMNS = {  # by their keys for scripts: the heading, and the name where rows are sorted by it
    "number": ("Printed", "number"),
    "what": ("What it is", "what it is"),
    "whom": ("Of whom", "of whom"),
    "place": ("Where", "where"),
    "when": ("When", "when"),
    "source": ("Printed by", "printed by"),
}


@dataclass(frozen=True)
class Topic:
    """The readings of a topic that stand, which a reader unfolds together."""

    key: str
    title: str
    many: str
    rows: list[Entry]


def value_topics(data: PageData) -> list[Topic]:
    """The rows, topic by topic."""
    readings = data.package.ledger.standing
    country = with_article(data.package.name_of("places", data.package.country))
    by_topic = {key: [one for one in readings if one.topic == key] for key in TOPICS}
    return [
        Topic(
            key,
            TITLES[key].format(country=country),
            counted(len(some), "reading"),
            [_row(data, one) for one in some],
        )
        for key, some in by_topic.items()
        if some
    ]


def _row(data: PageData, one: Reading) -> Entry:
    """A reading with what it can be filtered by."""
    package, values = data.package, data.values
    subject = ", ".join(part for part in values.subject(one.id) if part)
    return entry(
        one.id,
        token(data, one),
        subject + values.caution(one.id),
        package.name_of("populations", one.population_id) or "not stated",
        package.name_of("places", one.place_id),
        values.period(one),
        values.publisher(one.id),
        number=one.low or one.high,
        fits=positions(data.finder.facets, data.finder.keys(one.id)),
    )
