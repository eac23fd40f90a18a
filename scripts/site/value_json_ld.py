"""JSON-LD for the page of a figure: what the page shows, for search engines and reference managers."""

from markupsafe import Markup

from scripts.package.reading import Reading
from scripts.publish.metadata import SCHEMA_ORG, json_for_script_element, schema_org_dataset_reference
from scripts.site.downloads import PublishedPackage
from scripts.site.page_data import PageData
from scripts.site.value_page import ValuePage


def figure_json_ld(data: PageData, page: ValuePage, published: PublishedPackage) -> Markup:
    """The schema.org WebPage for a figure, with its data set, the figure itself and its sources."""
    root = published.root or data.base
    facts = {
        "@context": SCHEMA_ORG,
        "@type": "WebPage",
        "name": page.title,
        "description": page.description,
        "url": f"{root}values/{page.id}/",
        "isPartOf": schema_org_dataset_reference(published.dataset, root),
        "mainEntity": _observation_json(data, data.reading(page.id), page),
        "citation": [data.cite_source(source_id).schema_org_metadata for source_id in page.cites],
    }
    return Markup(json_for_script_element(facts))


def _observation_json(data: PageData, figure: Reading, page: ValuePage) -> dict[str, object]:
    """The figure itself, with the sentence that quotes it and the notice that belongs to it."""
    card, indicator = page.card, data.row("indicators", figure.indicator_id)
    natures = data.contract.table("reported_values").field_by_name["nature"].label_by_code
    return {
        "@type": "Observation",
        "name": card.title,
        "description": f"{card.notice} {card.sentence}".strip(),
        "variableMeasured": indicator["name"],
        "observationAbout": {"@type": "Place", "name": data.name_of("places", figure.place_id)},
        "observationDate": figure.period,
        "measurementTechnique": natures[figure.nature],
        "measuredValue": _number_json(figure, indicator["unit"]),
    }


def _number_json(figure: Reading, unit: str) -> dict[str, object]:
    """The number with its unit, or the two ends of a range."""
    ends = {"minValue": figure.low, "maxValue": figure.high}
    numbers = {"value": figure.low} if figure.low == figure.high else ends
    written = {name: float(number) for name, number in numbers.items() if number}
    return {"@type": "QuantitativeValue", **written, "unitText": unit.replace("_", " ")}
