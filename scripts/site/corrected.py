"""What was corrected behind a page since version 1.0.0, and what the bodies quoted there answered."""

from collections.abc import Iterable

from scripts.package.files import Row
from scripts.site.tables import Tables


class History:
    """Corrections and replies, as far as they concern the rows behind one page."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def corrections(
        self, value_ids: Iterable[str] = (), source_ids: Iterable[str] = (), study_ids: Iterable[str] = ()
    ) -> list[Row]:
        """The corrections of these rows, in the order in which they were made."""
        keys = {
            *(("reported_values", key) for key in value_ids),
            *(("sources", key) for key in source_ids),
            *(("studies", key) for key in study_ids),
        }
        return [
            row for row in self._tables.rows("corrections") if (row["table_name"], row["row_key"]) in keys
        ]

    def replies(self, value_ids: Iterable[str] = (), study_ids: Iterable[str] = ()) -> list[Row]:
        """What was answered on these values and studies."""
        values, studies = {*value_ids} - {""}, {*study_ids} - {""}
        return [
            row
            for row in self._tables.rows("replies")
            if row["value_id"] in values or row["study_id"] in studies
        ]
