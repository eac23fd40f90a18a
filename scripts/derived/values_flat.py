"""The whole ledger as one file in words, for a spreadsheet."""

from collections import Counter
from collections.abc import Iterator

from scripts.derived import conflicts
from scripts.derived.comparison import age_words
from scripts.package.ledger import Ledger, Reading

COPIED = (
    "topic",
    "sex",
    "printed",
    "low",
    "high",
    "nature",
    "period_basis",
    "evidence",
    "scope_as_printed",
    "locator",
    "show",
)


def rows(ledger: Ledger) -> Iterator[dict[str, object]]:
    """One row a reading, keys replaced by names."""
    counts = _conflict_counts(ledger)
    for one in ledger.readings.values():
        yield {
            "value_id": one.id,
            "quantity_id": one.root_id,
            **{name: one.row[name] for name in COPIED},
            **_names(ledger, one),
            **_source(ledger, one),
            "printings": len(ledger.printings(one.root_id)),
            "conflicts": counts[one.id],
        }


def _conflict_counts(ledger: Ledger) -> Counter[object]:
    counts: Counter[object] = Counter()
    for row in conflicts.rows(ledger):
        counts.update({row["root_id"], row["value_id"]})
    return counts


def _name(ledger: Ledger, table: str, value: str) -> str:
    return ledger.index(table)[value]["name"] if value else ""


def _names(ledger: Ledger, one: Reading) -> dict[str, object]:
    indicator = ledger.indicators[one.indicator_id]
    return {
        "indicator": indicator["name"],
        "unit": indicator["unit"],
        "study": _name(ledger, "studies", one.study_id),
        "place": _name(ledger, "places", one.place_id),
        "ages": age_words(one),
        "population": _name(ledger, "populations", one.population_id),
        "period": one.period or one.row["period_as_printed"],
        "qualifier": one.qualifier.replace("_", " "),
        "weighted": one.row["weighted"].replace("_", " "),
        "credited_to": _name(ledger, "organisations", one.row["credited_to"]),
    }


def _source(ledger: Ledger, one: Reading) -> dict[str, object]:
    source = ledger.index("sources")[one.row["source_id"]]
    return {
        "source_title": source["title"],
        "publisher": source["publisher"],
        "date_published": source["date_published"],
        "url": source["url"],
        "read_extent": source["read_extent"].replace("_", " "),
    }
