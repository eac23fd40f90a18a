"""The table `values` for Stata, with labels of variables and of the words that a column may hold."""

import io
from datetime import datetime

import pandas as pd

from scripts.package.contract import Field
from scripts.package.opening import Package
from scripts.package.zips import NO_TIME
from scripts.publish.dataset import Dataset

TABLE = "values"
LONGEST_LABEL = 80  # characters, by the format
VERSION = 118  # of the format: the first that holds UTF-8


def stata_file(package: Package, dataset: Dataset) -> bytes:
    """Write the file; its day is that of the data if known, and its byte order that of most machines."""
    table = package.contract.table(TABLE)
    frame = package.frame(TABLE)
    columns = {field.name: _typed(frame[field.name], field) for field in table.fields}
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_stata(
        buffer,
        write_index=False,
        version=VERSION,
        byteorder="little",
        time_stamp=datetime.fromisoformat(dataset.created) if dataset.created else datetime(*NO_TIME),
        data_label=f"{dataset.name} {dataset.version}"[:LONGEST_LABEL],
        variable_labels={field.name: field.title[:LONGEST_LABEL] for field in table.fields},
    )
    return buffer.getvalue()


def _typed(cells: pd.Series, field: Field) -> pd.Series:
    """Numbers as numbers, words of a list as numbers with labels, all else as text; blank is missing."""
    if field.type != "string":
        return pd.to_numeric(cells.where(cells != ""), errors="raise").astype("float64")
    if field.words:
        words = pd.Categorical(cells.where(cells != ""), categories=field.words)
        return pd.Series(words.rename_categories(field.labels))
    return cells.astype(object)
