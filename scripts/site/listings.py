"""What templates ask for by name, each with the function that answers it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from scripts.package.featured import MACROS
from scripts.package.reading import ENOUGH_PEOPLE
from scripts.site import (
    about_data_set,
    article_page,
    article_statements,
    charts,
    check_page,
    dictionary,
    disagreements_page,
    downloads,
    errors_together,
    limits_pages,
    listed,
    look_up,
    next_wave,
    page_parts,
    pictures,
    response_pages,
    result_tables,
    results_grid,
    rules_page,
    settling_page,
    someone,
    standards_page,
    statements_page,
    tier_page,
    topic_panels,
    what_ifs,
)
from scripts.site.gone import Gone, kept_gone
from scripts.site.page_data import PageData
from scripts.wording import sentences

MODELS: dict[str, Callable[..., Any]] = {
    "browser_check": check_page.browser_check,
    "one_result_form": check_page.one_result_form,
    "about_data_set": about_data_set.about_data_set,
    "article_statements": article_statements.article_statements,
    "verdicts": article_statements.verdicts,
    "claims_of_source": article_page.claims_of_source,
    "coverage": dictionary.coverage,
    "dictionary": dictionary.dictionary,
    "disagreements": disagreements_page.disagreements,
    "event_checks": disagreements_page.event_checks,
    "limitations": limits_pages.limitations,
    "groups_not_counted": limits_pages.groups_not_counted,
    "not_available": limits_pages.not_available,
    "travelling_claims": look_up.claims,
    "numerals": look_up.numerals,
    "all_series": response_pages.all_series,
    "timeline": response_pages.timeline,
    "rule_entries": rules_page.rule_entries,
    "rule_groups": rules_page.rule_groups,
    "deciders": settling_page.deciders,
    "listed_sources": listed.listed_sources,
    "listed_studies": listed.listed_studies,
    "where_to_report": someone.where_to_report,
    "agreement": standards_page.agreement,
    "gather": standards_page.gather,
    "questions_on_bias": standards_page.questions,
    "risk_of_bias": standards_page.risk_of_bias,
    "reporting": standards_page.reporting,
    "statements": statements_page.statements,
    "all_replies": statements_page.all_replies,
    "tiers_since": tier_page.tiers_since,
    "tier_table": tier_page.tier_table,
    "tier_strip": tier_page.tier_strip,
    "quote_table": listed.quote_table,
    "panels": topic_panels.panels,
    "versions": topic_panels.versions,
    "results_grid": results_grid.results_grid,
    "intervals": result_tables.intervals,
    "changes": result_tables.changes,
    "explanations": result_tables.explanations,
    "outside_tables": what_ifs.outside_tables,
    "age_table": what_ifs.age_table,
    "together_tables": errors_together.together_tables,
    "bounds_of_none_found": what_ifs.bounds,
    "what_if_form": what_ifs.form,
    "size_tables": next_wave.size_tables,
    "downloads": downloads.downloads,
    "framed": charts.framed,
    "both_waves": pictures.waves,
    "what_was_seen": pictures.frame,
    "study_facts": page_parts.study_facts,
    "document": page_parts.document,
    "value_topics": listed.value_topics,
}


def names(data: PageData) -> dict[str, Any]:
    """All that templates may ask for, for one package."""
    package = data.package
    return {
        **{name: partial(model, data) for name, model in MODELS.items()},
        **{name: getattr(data.figures, name) for name in MACROS},
        "ledger": package.ledger,
        "contract": package.contract,
        "row": package.row,
        "rows": package.rows,
        "matching": lambda table, **cells: package.matching(table, **cells) or Gone(),
        "name_of": package.name_of,
        "finder": data.finder,
        "enough_people": ENOUGH_PEOPLE,
        "cite_source": data.cite_source,
        "cite_package": data.cite_package,
        "origin": someone.origin,
        "someone": someone.someone,
        "form": someone.form,
        "say": {name: kept_gone(one) for name, one in vars(sentences).items() if callable(one)},
    }
