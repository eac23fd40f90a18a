"""Text about a subject: the figures that answer it best, and its counts by year."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from scripts.package.package import Package
from scripts.wording.reading_words import ReadingWords

Value = Mapping[str, str]  # a row of `values`
KNOWN_AS = {
    "sample_survey": "found",
    "other_study": "found",
    "administrative_record": "recorded",
    "estimate": "estimated",
    "model": "estimated",
    "claim": "claimed",
}  # by the kind of evidence


def main_figures_in_words(package: Package, values_by_id: Mapping[str, Value], subject_id: str) -> str:
    """A numbered list of the figures chosen for a subject, each with the facts that must accompany it."""
    headlines = package.rows_with_cell("subject_headlines", "subject_id", subject_id)
    chosen = _without_withdrawn(values_by_id, [row["value_id"] for row in headlines])
    told = (
        _main_figure_in_words(package, values_by_id, values_by_id[value_id], chosen) for value_id in chosen
    )
    return " ".join(f"{place}) {words}." for place, words in enumerate(told, 1))


def _without_withdrawn(values_by_id: Mapping[str, Value], value_ids: Sequence[str]) -> list[str]:
    """These ids, without blanks and without those of withdrawn figures."""
    return [key for key in value_ids if key and values_by_id[key]["to_show"] != "withdrawn"]


def _main_figure_in_words(
    package: Package, values_by_id: Mapping[str, Value], row: Value, chosen: Sequence[str]
) -> str:
    numbers, published = ReadingWords(package), filter(None, [row["publisher"], row["date_published"]])

    def named_in(column: str) -> list[str]:
        """The number and id of each figure that a column names, except for withdrawn figures."""
        return [
            f"{numbers.number_with_unit(key)} ({key})"
            for key in _without_withdrawn(values_by_id, row[column].split(";"))
        ]

    def told_apart(others: Iterable[Value]) -> list[str]:
        """The number and id of each figure, with its people and place if these differ from `row`."""
        return [
            _number_with_differing_scope(row, other, numbers.number_with_unit(other["value_id"]))
            for other in others
        ]

    totals, parts_of_it = named_in("part_of"), told_apart(_parts_not_withdrawn(values_by_id, row))
    beside = told_apart(
        values_by_id[key] for key in _without_withdrawn(values_by_id, row["stands_with"].split(";"))
    )
    apart = [key for key in row["not_comparable_with"].split(";") if key in chosen]
    known_as = KNOWN_AS[row["evidence_type"]]
    parts = [
        f"{row['value_id']}: {numbers.number_with_unit(row['value_id'])}, {row['what']}",
        _people_in_words(package, row),
        row["place"],
        _period_in_words(row),
        f"{known_as} ({', '.join(published)})",
        f"credited to {row['credited_to']}" if row["credited_to"] else "",
        f"as printed: {row['scope_as_printed']}" if known_as in ("found", "estimated") else "",
        f"part of {', '.join(totals)}" if totals else "",
        f"of which {', '.join(parts_of_it)}" if parts_of_it else "",
        _counts_or_denominator_in_words(row, named_in("denominator_ids")),
        f"only beside {', '.join(beside)}" if beside else "",
        f"not comparable with {', '.join(apart)}" if apart else "",
    ]
    return "; ".join(filter(None, parts))


def _parts_not_withdrawn(values_by_id: Mapping[str, Value], total: Value) -> list[Value]:
    """The parts of a total with the same indicator, except for withdrawn parts and parts of parts."""
    parts = [
        part
        for part in values_by_id.values()
        if total["value_id"] in part["part_of"].split(";")
        and (part["mention"], part["indicator_id"]) == ("main", total["indicator_id"])
        and part["to_show"] != "withdrawn"
    ]
    ids = {part["value_id"] for part in parts}
    return [part for part in parts if ids.isdisjoint(part["part_of"].split(";"))]


def _number_with_differing_scope(row: Value, other: Value, number: str) -> str:
    """The number and id of another figure, with its people and place if these differ from `row`."""
    differing = [other[name] for name in ("population", "place") if other[name] != row[name]]
    return f"{number} ({'; '.join([other['value_id'], *filter(None, differing)])})"


def _counts_or_denominator_in_words(row: Value, bases: Sequence[str]) -> str:
    """The share computed from a figure's counts or, failing that, its denominator; blank without either."""
    if row["share_by_counts"]:
        return f"its counts: {row['share_by_counts']}"
    return f"of {' or '.join(bases)}" if bases else ""


def _people_in_words(package: Package, row: Value) -> str:
    """The people that a figure is about, with their sex and ages if known and not yet mentioned."""
    labels = package.contract.table("reported_values").field_by_name["sex"].label_by_code
    ages = row["ages_counted"] or row["denominator_ages"]
    sex = labels[row["sex"]] if row["sex"] in ("female", "male") else ""
    is_told = any(map(str.isdigit, ages)) and ages not in row["what"]
    return ", ".join(filter(None, [row["population"], sex, ages if is_told else ""]))


def _period_in_words(row: Value) -> str:
    year = row["year_label"] if row["from_year"] else row["period_words"] or "no year given"
    return f"{year} ({row['months']} months)" if row["months"] not in ("", "12") else year


def counts_by_year_in_words(package: Package, quantities: Sequence[Value]) -> str:
    """The counts of each series with at least two of these rows, followed by the breaks in the series."""
    members = sorted(
        (row for row in quantities if row["series_id"] and row["to_show"] != "withdrawn"),
        key=lambda row: (row["series_id"], row["from_year"], row["to_year"]),
    )
    series = [[*rows] for _, rows in groupby(members, key=lambda row: row["series_id"])]
    return " ".join(_series_year_by_year_in_words(package, rows) for rows in series if len(rows) > 1)


def _series_year_by_year_in_words(package: Package, rows: Sequence[Value]) -> str:
    key = rows[0]["series_id"]
    mixed = [name for name in ("population", "credited_to") if len({row[name] for row in rows}) > 1]
    numbers = ReadingWords(package)
    counts = []
    for row in rows:
        beside = [row["value_id"], *(row[name] for name in mixed if row[name])]
        counts.append(
            f"{row['year_label']}: {numbers.number_with_unit(row['value_id'])} ({'; '.join(beside)})"
        )
    breaks = _breaks_in_series(package, key, rows[0]["from_year"], rows[-1]["to_year"])
    stops = f"; breaks: {', '.join(breaks)}" if breaks else ""
    return f"{package.name_of('series', key)} ({key}): {', '.join(counts)}{stops}."


def _breaks_in_series(package: Package, series_id: str, first: str, last: str) -> list[str]:
    """The breaks in a series after `first` and up to `last`, each with its year and what changed."""
    labels = package.contract.table("series_breaks").field_by_name["kind"].label_by_code
    breaks = package.rows_with_cell("series_breaks", "series_id", series_id)
    changes = sorted({(row["at"][:4], labels[row["kind"]]) for row in breaks})
    return [f"{year} ({change})" for year, change in changes if first < year <= last]
