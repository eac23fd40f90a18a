"""What people look for: how many quantities there are, how they are known, and what is not available."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from scripts.derived import Cells, values
from scripts.package.files import Row
from scripts.package.package import Package

KNOWN_AS = {
    "sample_survey": "found",
    "other_study": "found",
    "administrative_record": "recorded",
    "estimate": "estimated",
    "model": "estimated",
    "claim": "claimed",
}  # by the kind of evidence


def rows(package: Package) -> Iterator[Cells]:
    """One row a subject; a quantity is counted once, however many sources give it."""
    frame = values.rows(package)
    quantities = frame[frame["mention"] == "main"]
    subjects = quantities["subject_ids"].str.split(";")
    for told in package.rows("subjects_told"):
        yield _row(package, told, quantities[[told["subject_id"] in keys for keys in subjects]])


def _row(package: Package, told: Row, quantities: pd.DataFrame) -> Cells:
    ways = Counter(KNOWN_AS[word] for word in quantities["evidence_type"])
    gaps = package.grouped("subject_gaps", "subject_id", told["subject_id"])
    missing = [package.row("not_available", gap["not_available_id"]) for gap in gaps]
    years = sorted(filter(None, [*quantities["from_year"], *quantities["to_year"]]))
    return {
        **{name: told[name] for name in ("subject_id", "subject", "words_as_typed", "beware")},
        **{way: ways[way] for way in KNOWN_AS.values()},
        "from_year": years[0] if years else "",
        "to_year": years[-1] if years else "",
        "not_available": "; ".join(f"{row['not_available_id']}: {row['what']}" for row in missing),
    }
