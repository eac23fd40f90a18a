"""The charts: chosen from derived tables and drawn as inline SVG when the site is built.

Shapes and dashes tell the kinds apart, and colour only beside them; a table under each chart holds its
numbers. What the marks say is the title.
"""

from collections.abc import Callable

from markupsafe import Markup

from scripts.site.charts import (
    claim_origins,
    comparable,
    over_time,
    recomputed,
    shares,
    together,
    unseen,
)
from scripts.site.charts.figure import figure
from scripts.site.charts.model import Chart
from scripts.site.charts.model import Data as Data

CHARTS: dict[str, Callable[[Data], Chart]] = {
    "printed-versions": shares.printed_versions,
    "under-16": shares.young_children,
    "printed-against-recomputed": recomputed.printed_against_recomputed,
    "unseen": unseen.tipping_curve,
    "several-errors": together.several_errors,
    "early-claims": claim_origins.early_claims,
    "response": over_time.response,
    "comparable-studies": comparable.comparable_studies,
}


def draw(name: str, data: Data, base: str) -> Markup:
    """Draw one of the charts; base leads from the page to the root of the site."""
    return figure(CHARTS[name](data), data, base)
