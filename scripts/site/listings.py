"""What the templates that list things ask for by name, each with the function that answers it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from scripts.site import (
    about_data_set,
    article_page,
    dictionary,
    disagreements_page,
    limits_pages,
    look_up,
    response_pages,
    rules_page,
    settling_page,
    source_lists,
    standards_page,
    statements_page,
    tier_page,
    topic_panels,
    value_table,
)
from scripts.site.page_data import PageData

MODELS: dict[str, Callable[..., Any]] = {
    "about_data_set": about_data_set.about_data_set,
    "claims_of_source": article_page.claims_of_source,
    "coverage": dictionary.coverage,
    "dictionary": dictionary.dictionary,
    "disagreements": disagreements_page.disagreements,
    "limitations": limits_pages.limitations,
    "groups_not_counted": limits_pages.groups_not_counted,
    "not_available": limits_pages.not_available,
    "travelling_claims": look_up.claims,
    "numerals": look_up.numerals,
    "all_series": response_pages.all_series,
    "timeline": response_pages.timeline,
    "rule_entries": rules_page.rule_entries,
    "rules_tried": rules_page.rules_tried,
    "deciders": settling_page.deciders,
    "listed_sources": source_lists.listed_sources,
    "listed_studies": source_lists.listed_studies,
    "outside_addresses": source_lists.outside_addresses,
    "where_to_report": source_lists.where_to_report,
    "gather": standards_page.gather,
    "reporting": standards_page.reporting,
    "statements": statements_page.statements,
    "all_replies": statements_page.all_replies,
    "tier_table": tier_page.tier_table,
    "panels": topic_panels.panels,
    "quantities": topic_panels.quantities,
    "value_pieces": value_table.value_pieces,
}


def names(data: PageData) -> dict[str, Any]:
    """The functions that templates see, for one package."""
    asked = {name: partial(model, data) for name, model in MODELS.items()}
    return {**asked, "value_columns": value_table.COLUMNS}
