"""The page of one study: who ran it, where, when, who paid, how age was decided, whom it left out.

The page also has the study's figures, and what others say about it. A section without lines is left out.
"""

import re
from collections.abc import Iterator

from scripts.package.files import Row, group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.site import page_parts as parts
from scripts.site.content_nodes import Line, ListEntry, join_lines, make_list_entry
from scripts.site.page_data import PageData
from scripts.site.standards_page import answers_on_bias
from scripts.site.uncertainty import short_interval_of_counted_share
from scripts.wording.quotable_sentences import estimates_by_preferred_method
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    lowercase_first,
    period_in_words,
)

NO_DESIGN = ("not_read", "not_applicable", "unknown", "not_reported", "other")
PAID = re.compile(r"\b(paid for|sponsors?|money from|supported)\b")
SHOWN = (  # columns of a study, each shown with its title
    "setting",
    "is_sample",
    "sampling_unit",
    "frame_as_printed",
    "weighting",
    "observation_mode",
    "venue_types_as_printed",
)


def study_page(data: PageData, study: Row) -> parts.PageContent:
    """The page of one study; its rows are its figures, with how often each is reported."""
    name = study["name"]
    contents = "what it was, who ran it, how age was decided, whom it left out, and its figures"
    return parts.PageContent(
        id=study["study_id"],
        title=name,
        description=parts.search_engine_description(
            f"{name}, {parts.organisation_name(data, study)}: {contents}"
        ),
        facts=tuple(_fact_lines(data, study)),
        sections=parts.lines_by_section(SECTIONS, data, study),
        rows=tuple(_figure_entry(data, main) for main in _main_mentions(data, study)),
        cites=(),
    )


def _main_mentions(data: PageData, study: Row) -> list[Reading]:
    """The main mention of each quantity in a study, except withdrawn quantities."""
    return [
        reading for reading in data.reading_index.main_mentions if reading.study_id == study["study_id"]
    ]


def _fact_lines(data: PageData, study: Row) -> Iterator[tuple[str, Line]]:
    """Yield what a study was, who ran it and why, where, when, who paid, and how age was established."""
    yield "What it was", (study_design_in_words(study),)
    interest = study["interest"].removeprefix("Not stated in what we read.")
    yield "Who ran it", (f"{parts.organisation_name(data, study)}. {interest}",)
    yield "Where", (data.name_of("places", study["place_id"]),)
    yield "When", (period_in_words(study["fieldwork"]) or "We could not see when.",)
    yield "Who paid", (_funder_words(study),)
    if study["population_id"]:
        yield "Of whom", (parts.population_words(data, study["population_id"], ""),)
    if study["age_method"] != "not_applicable":
        yield "How age was decided", (parts.age_method_in_words(data, study),)
    yield "What it speaks for", (study["generalises_to"],)


def _method_lines(data: PageData, study: Row) -> Iterator[Line]:
    """Yield how a study was done, as far as we could see."""
    columns = data.contract.table("studies").field_by_name
    for name in SHOWN:
        if study[name] not in ("", "not_applicable"):
            word = f"“{study[name]}”" if name.endswith("_printed") else code_for_readers(study[name])
            yield (f"{columns[name].title}: {word}",)


def study_design_in_words(study: Row) -> str:
    """A study's design, if known, and how we know it."""
    design = "" if study["design"] in NO_DESIGN else f"{code_for_readers(study['design']).capitalize()}. "
    return f"{design}{study['design_note']}"


def _funder_words(study: Row) -> str:
    """The sentences in the study's recorded interest on who paid; if there are none, words saying so."""
    told = [part for part in re.split(r"(?<=[.]) ", study["interest"]) if PAID.search(part)]
    return " ".join(told) or "We have no record of who paid."


def _figure_entry(data: PageData, main: Reading) -> ListEntry:
    times = str(len(data.reading_index.mentions_of_quantity(main.id)))
    return make_list_entry(
        main.id, parts.printed_number_link(data, main), parts.label_with_caution(data, main.id), times
    )


def _interval_lines(data: PageData, study: Row) -> Iterator[Line]:
    """Yield each counted share with its confidence interval."""
    for main in _main_mentions(data, study):
        value = parts.reading_link(data, main.id, data.value(main.id))
        for row in estimates_by_preferred_method(data.package, main.id):
            label = lowercase_first(parts.label_with_caution(data, main.id))
            yield (value, f", {label}: {short_interval_of_counted_share(data, row)}")


def _rows_about_study(package: Package, table: str, study: Row) -> list[Row]:
    """The rows of a table that are about this study alone, then those about several studies."""
    rows = package.rows_applying_to(table, "study_id", study["study_id"])
    return sorted(rows, key=lambda row: len(package.studies_of(table, row)) > 1)


def _limitation_lines(data: PageData, study: Row) -> Iterator[Line]:
    """The limitations of this study, then those of all figures."""
    every = data.rows_with_cell("limitations", "reach", "all_figures")
    yield from parts.limitation_lines(_rows_about_study(data.package, "limitations", study) + every)


def _missing_lines(data: PageData, study: Row) -> Iterator[Line]:
    return (
        parts.missing_item_line(data, row)
        for row in _rows_about_study(data.package, "not_available", study)
    )


def _statement_and_reply_lines(data: PageData, study: Row) -> Iterator[Line]:
    """Yield who spoke about a study, by stance, with links to their statements; then yield replies."""
    said = _rows_about_study(data.package, "statements", study)
    for alike in parts.rows_grouped_by(said, "stance"):
        speakers = group_by_key((_speaker_words(data, study, row), row) for row in alike)
        stance = capitalise_first(code_for_readers(alike[0]["stance"]))
        yield (f"{stance}: ", *join_lines(parts.statement_links(*one) for one in speakers.items()))
    yield from parts.reply_lines(data, "study_id", [study["study_id"]])


def _speaker_words(data: PageData, study: Row, statement: Row) -> str:
    """The organisation that made a statement, with a remark if it also made the study."""
    own = ", which measured" if statement["organisation_id"] == study["organisation_id"] else ""
    return f"{parts.organisation_name(data, statement)}{own}"


def _history_lines(data: PageData, study: Row) -> Iterator[Line]:
    ids = [main.id for main in _main_mentions(data, study)]
    return parts.history_lines(data, reported_values=ids, studies=[study["study_id"]])


SECTIONS: parts.Sections = {
    "leaves_out": _limitation_lines,
    "missing": _missing_lines,
    "how_sure": _interval_lines,
    "voices": _statement_and_reply_lines,
    "method": _method_lines,
    "bias": lambda data, study: answers_on_bias(data, study["study_id"]),
    "history": _history_lines,
}
