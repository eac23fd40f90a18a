"""Subjects that people look for: the best figures on each, how many there are, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.derived import Cells, values
from scripts.derived._subject_figures_in_words import (
    KNOWN_AS,
    Value,
    counts_by_year_in_words,
    main_figures_in_words,
)
from scripts.package.files import Row
from scripts.package.package import Package


def rows(package: Package) -> Iterator[Cells]:
    """Yield a row for each subject, in which a quantity counts once, however many sources report it."""
    figures = values.rows(package).astype(str).to_dict("records")
    by_id: dict[str, Value] = {row["value_id"]: row for row in figures}
    quantities = [row for row in by_id.values() if row["mention"] == "main"]
    for told in package.rows("subjects_told"):
        own = [row for row in quantities if told["subject_id"] in row["subject_ids"].split(";")]
        words = {
            "main_figures": main_figures_in_words(package, by_id, told["subject_id"]),
            "by_year": counts_by_year_in_words(package, own),
        }
        yield words | _subject_row(package, told, own)


def _subject_row(package: Package, subject: Row, quantities: Sequence[Value]) -> Cells:
    ways = Counter(KNOWN_AS[row["evidence_type"]] for row in quantities)
    gaps = package.rows_with_cell("subject_gaps", "subject_id", subject["subject_id"])
    missing = [package.row("not_available", gap["not_available_id"]) for gap in gaps]
    ends = ("from_year", "to_year")
    years = sorted(filter(None, (row[end] for row in quantities for end in ends)))
    return {
        **{name: subject[name] for name in ("subject_id", "subject", "words_as_typed", "beware")},
        **{way: ways[way] for way in KNOWN_AS.values()},
        "from_year": years[0] if years else "",
        "to_year": years[-1] if years else "",
        "not_available": "; ".join(f"{row['not_available_id']}: {row['what']}" for row in missing),
    }
