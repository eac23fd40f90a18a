"""Slips of meaning: each is well-formed, and each is contradicted by another cell of the package.

They were written from the contract and the tables alone, before the rules that look for them. A maker goes
through one table and gives the changes of one kind of slip; `against` is the cell that contradicts it.
`make mutants` tries them all in one database and writes how many of each kind are found.
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scripts.checks import exceptions, sql_rules
from scripts.checks.sql_rules import OPEN, RULES, SqlRule
from scripts.checks.subject import with_rows
from scripts.findings import HINT, Finding
from scripts.package.opening import Package
from tests import memo
from tests.conftest import FROZEN, PATHS, read_csv
from tests.rule_cases import OF_READINGS, OF_ROWS, Bench, Change, place_of

MOST = 12  # of one kind
Row = dict[str, str]
Slip = tuple[list[Change], str]
YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


@dataclass(frozen=True)
class Meaning:
    """One slip: what is changed, and the cell that contradicts it."""

    kind: str
    changes: list[Change]
    against: str


def rows(table: str) -> list[Row]:
    """The rows of a table as published."""
    return read_csv(FROZEN / PATHS[table])


def _set(table: str, key: str | list[str], **cells: str) -> Change:
    return {"table": table, "row": key, "set": cells}


def _value(row: Row, **cells: str) -> Change:
    return _set("reported_values", row["value_id"], **cells)


V = rows("reported_values")
BY_ID = {row["value_id"]: row for row in V}
INDICATORS = {row["indicator_id"]: row for row in rows("indicators")}
PLACES = {row["place_id"]: row for row in rows("places")}
STUDIES = {row["study_id"]: row for row in rows("studies")}
SOURCES = {row["source_id"]: row for row in rows("sources")}
POPULATIONS = {row["population_id"]: row for row in rows("populations")}
LINKS = rows("links")


def _later(text: str, years: int = 1) -> str:
    return YEAR.sub(lambda found: str(int(found[0]) + years), text)


def _country(place: str) -> str:
    row = PLACES[place]
    return place if not row["parent_id"] else _country(row["parent_id"])


# Readings against their own tokens and words
def bound_turned_round() -> Iterator[Slip]:
    for row in V:
        if row["qualifier"] in ("more_than", "at_least") and re.search(
            "over|more than|at least|plus", row["printed"], re.I
        ):
            yield (
                [_value(row, qualifier="less_than", low="", high=row["low"])],
                f"printed: {row['printed']}",
            )
        if row["qualifier"] in ("less_than", "at_most") and re.search(
            "less than|nearly|almost|up to|près", row["printed"], re.I
        ):
            yield (
                [_value(row, qualifier="more_than", high="", low=row["high"])],
                f"printed: {row['printed']}",
            )


def bound_as_exact() -> Iterator[Slip]:
    for row in V:
        if (
            row["qualifier"] in ("more_than", "at_least", "less_than", "at_most")
            and row["written_in"] == "digits"
        ):
            end = row["low"] or row["high"]
            yield [_value(row, qualifier="exact", low=end, high=end)], f"printed: {row['printed']}"


def exact_as_bound() -> Iterator[Slip]:
    for row in V:
        if row["qualifier"] == "exact" and re.fullmatch("[0-9.,]+( ?%)?", row["printed"]):
            yield [_value(row, qualifier="at_least", high="")], f"printed: {row['printed']}"


def about_as_exact() -> Iterator[Slip]:
    for row in V:
        if row["qualifier"] == "about":
            yield [_value(row, qualifier="exact")], f"printed: {row['printed']}"


def number_word_misread() -> Iterator[Slip]:
    for row in V:
        if row["written_in"] == "words" and row["low"] == row["high"] and row["low"] != "0":
            other = str(float(row["low"]) + 3).removesuffix(".0")
            yield [_value(row, low=other, high=other)], f"printed: {row['printed']}"


def range_read_as_its_start() -> Iterator[Slip]:
    for row in V:
        if row["qualifier"] in ("range", "range_of_estimates") and row["written_in"] == "digits":
            yield [_value(row, qualifier="exact", high=row["low"])], f"printed: {row['printed']}"


def percent_as_count() -> Iterator[Slip]:
    for row in V:
        if "%" in row["printed"] or "per" in row["printed"]:
            other = "people-interviewed" if float(row["low"] or "0.5") % 1 == 0 else "mean-age"
            yield [_value(row, indicator_id=other)], f"printed: {row['printed']}"


def ages_against_scope() -> Iterator[Slip]:
    for row in V:
        scope = row["scope_as_printed"]
        if re.search("under 18|minors", scope) and row["age_max"] == "17":
            yield [_value(row, age_max="18")], f"scope_as_printed: {scope}"
        elif (found := re.search(r"aged ([0-9]+)(?: to |-)([0-9]+)", scope)) and row["age_max"] == found[2]:
            yield [_value(row, age_max=str(int(found[2]) + 2))], f"scope_as_printed: {scope}"
        elif re.search(r"under 1[0-7]\b", scope) and row["age_max"]:
            yield (
                [_value(row, age_max="17" if row["age_max"] != "17" else "14")],
                f"scope_as_printed: {scope}",
            )


def sex_against_scope() -> Iterator[Slip]:
    for row in V:
        scope = row["scope_as_printed"]
        if row["sex"] == "female" and re.search("girls|women|female", scope):
            yield [_value(row, sex="male")], f"scope_as_printed: {scope}"
        if row["sex"] == "male" and re.search(r"\b(boys|men|males?)\b", scope):
            yield [_value(row, sex="female")], f"scope_as_printed: {scope}"


def sex_of_one_for_all() -> Iterator[Slip]:
    for row in V:
        words = row["scope_as_printed"]
        if (
            row["sex"] == "female"
            and re.search("^[^;]*(girls|women|female)", words)
            and not re.search("boy|male", words.replace("female", ""))
        ):
            yield [_value(row, sex="all")], f"scope_as_printed: {words}"


def period_against_its_words() -> Iterator[Slip]:
    for row in V:
        if YEAR.search(row["period_as_printed"]) and row["period"] and row["period_basis"] == "as_printed":
            yield (
                [_value(row, period=_later(row["period"], -1))],
                f"period_as_printed: {row['period_as_printed']}",
            )


def half_year_as_year() -> Iterator[Slip]:
    for row in V:
        if re.search("six months|first half", row["period_as_printed"]) and "/" in row["period"]:
            yield [_value(row, period=row["period"][:4])], f"period_as_printed: {row['period_as_printed']}"


def last_year_as_this() -> Iterator[Slip]:
    for row in V:
        words = row["period_as_printed"].lower()
        if words in ("last year", "tahun lalu") and len(row["period"]) == 4:
            yield (
                [_value(row, period=_later(row["period"]))],
                f"date_published of {row['source_id']} and “{words}”",
            )


def period_after_publication() -> Iterator[Slip]:
    for row in V:
        published = SOURCES[row["source_id"]]["date_published"]
        if published and row["period"][:4] and row["indicator_id"] != "people-to-reach":
            gap = (
                int(published[:4]) - int(row["period"][-7:].replace("/", "-").split("-")[0] or 0)
                if "/" not in row["period"]
                else 3
            )
            yield (
                [_value(row, period=_later(row["period"], gap + 1))],
                f"date_published of {row['source_id']}: {published}",
            )


def period_against_fieldwork() -> Iterator[Slip]:
    for row in V:
        study = STUDIES.get(row["study_id"])
        if study and study["fieldwork"] and not row["printing_of"] and len(row["period"]) in (4, 7):
            yield (
                [_value(row, period=_later(row["period"], -2))],
                f"fieldwork of {study['study_id']}: {study['fieldwork']}",
            )


def place_outside_study() -> Iterator[Slip]:
    for row in V:
        study = STUDIES.get(row["study_id"])
        if study and study["place_id"] not in ("world", "place-unnamed"):
            other = "kolkata" if _country(study["place_id"]) != "india" else "dhaka"
            yield [_value(row, place_id=other)], f"place of {study['study_id']}: {study['place_id']}"


def three_cities_as_one() -> Iterator[Slip]:
    for row in V:
        if row["place_id"] == "three-cities" and row["value_id"] in {
            one["from_id"]
            for one in LINKS
            if one["relation"] in ("numerator_of", "denominator_of", "earlier_end_of", "later_end_of")
        }:
            yield [_value(row, place_id="phnom-penh")], "the place of the linked share or change"
        if row["place_id"] == "kolkata" or row["place_id"] == "mumbai":
            yield [_value(row, place_id="india")], f"place of {row['study_id']}"


def place_against_scope() -> Iterator[Slip]:
    names = {
        "Phnom Penh": "phnom-penh",
        "Siem Reap": "siem-reap",
        "Sihanoukville": "sihanoukville",
        "Cambodia": "cambodia",
        "Hai Phong": "hai-phong",
        "Ho Chi Minh City": "ho-chi-minh-city",
        "Dominican Republic": "dominican-republic",
    }
    for row in V:
        for name, place in names.items():
            if name in row["scope_as_printed"] and row["place_id"] == place:
                other = (
                    next(one for one in ("kampala", "siem-reap") if one != place)
                    if place != "cambodia"
                    else "thailand"
                )
                yield [_value(row, place_id=other)], f"scope_as_printed: {row['scope_as_printed']}"


def unit_against_token() -> Iterator[Slip]:
    for row in V:
        if re.search("cases$", row["printed"]) and INDICATORS[row["indicator_id"]]["unit"] == "cases":
            yield [_value(row, indicator_id="victims-recorded")], f"printed: {row['printed']}"
        if (
            re.search("victims|people|persons|children", row["printed"])
            and INDICATORS[row["indicator_id"]]["unit"] == "people"
        ):
            yield [_value(row, indicator_id="cases-recorded")], f"printed: {row['printed']}"


def credited_to_another() -> Iterator[Slip]:
    for row in V:
        source = SOURCES[row["source_id"]]
        if (
            row["evidence"] == "primary"
            and source["organisation_id"]
            and row["credited_to"] == source["organisation_id"]
        ):
            other = "aple" if row["credited_to"] != "aple" else "unodc"
            yield (
                [_value(row, credited_to=other)],
                f"organisation_id of {source['source_id']}: {source['organisation_id']}",
            )


def credited_against_series() -> Iterator[Slip]:
    for row in V:
        if row["series"].startswith(("aple", "ijm", "moi", "ncct")) and row["credited_to"]:
            other = "us-state-department" if row["credited_to"] != "us-state-department" else "aple"
            yield [_value(row, credited_to=other)], f"the body of the series {row['series']}"


def weighted_without_a_weight() -> Iterator[Slip]:
    for row in V:
        if row["weighted"] in ("unknown", "not_applicable"):
            study = STUDIES.get(row["study_id"])
            if study and study["weighting"] in ("unweighted", "not_applicable"):
                yield (
                    [_value(row, weighted="yes")],
                    f"weighting of {study['study_id']}: {study['weighting']}",
                )
            elif (
                INDICATORS[row["indicator_id"]]["kind"] == "count"
                and row["weighted"] == "not_applicable"
                and int(row["low"] or 1) % 5 == 0
            ):
                yield [_value(row, weighted="yes")], f"{row['indicator_id']} is a count"


def nature_against_indicator() -> Iterator[Slip]:
    for row in V:
        if row["indicator_id"] == "claimed-share" and row["nature"] == "claimed":
            yield [_value(row, nature="observed")], "indicator: claimed share"


# Readings against other rows
def printing_of_another_root() -> Iterator[Slip]:
    roots = [row for row in V if not row["printing_of"]]
    for row in V:
        if root := BY_ID.get(row["printing_of"]):
            for other in roots:
                alike = all(other[name] == root[name] for name in ("indicator_id", "study_id", "topic"))
                if (
                    alike
                    and other is not root
                    and other["low"] != row["low"]
                    and other["period"][:4] != row["period"][:4]
                ):
                    yield (
                        [_value(row, printing_of=other["value_id"])],
                        f"number and period of {other['value_id']}",
                    )
                    break


def _pairs(relation: str) -> Iterator[tuple[Row, Row, Row]]:
    for link in LINKS:
        if link["relation"] == relation:
            yield link, BY_ID[link["from_id"]], BY_ID[link["to_id"]]


def _link_key(link: Row) -> list[str]:
    return [link["from_id"], link["relation"], link["to_id"]]


def denominator_of_another_study() -> Iterator[Slip]:
    people = [
        row
        for row in V
        if not row["printing_of"]
        and INDICATORS[row["indicator_id"]]["kind"] == "count"
        and row["study_id"]
        and row["low"]
    ]
    for link, old, share in _pairs("denominator_of"):
        for other in people:
            if (
                other["topic"] == old["topic"]
                and other["study_id"] != old["study_id"]
                and other["place_id"] != old["place_id"]
                and float(other["low"]) > 500
            ):
                yield (
                    [_set("links", _link_key(link), from_id=other["value_id"])],
                    f"study and place of {share['value_id']}",
                )
                break


def numerator_of_another() -> Iterator[Slip]:
    people = [
        row
        for row in V
        if not row["printing_of"] and INDICATORS[row["indicator_id"]]["kind"] == "count" and row["low"]
    ]
    for link, old, share in _pairs("numerator_of"):
        for other in people:
            if (
                other["topic"] == old["topic"]
                and other["place_id"] != old["place_id"]
                and float(other["low"]) < 50
            ):
                yield (
                    [_set("links", _link_key(link), from_id=other["value_id"])],
                    f"place of {share['value_id']}",
                )
                break


def ends_exchanged() -> Iterator[Slip]:
    for link, end, change in _pairs("earlier_end_of"):
        for other in LINKS:
            if other["to_id"] == link["to_id"] and other["relation"] == "later_end_of":
                yield (
                    [
                        _set("links", _link_key(link), from_id=other["from_id"]),
                        _set("links", _link_key(other), from_id=link["from_id"]),
                    ],
                    f"periods of {end['value_id']} and {change['value_id']}",
                )


def earlier_called_later() -> Iterator[Slip]:
    for link, _end, change in _pairs("later_end_of"):
        if not any(one["to_id"] == link["to_id"] and one["relation"] == "earlier_end_of" for one in LINKS):
            yield (
                [_set("links", _link_key(link), relation="earlier_end_of")],
                f"period of {change['value_id']}: {change['period']}",
            )


def share_doubled() -> Iterator[Slip]:
    over = {link["to_id"]: BY_ID[link["from_id"]] for link, _, _ in _pairs("numerator_of")}
    under = {link["to_id"]: BY_ID[link["from_id"]] for link, _, _ in _pairs("denominator_of")}
    for key in over.keys() & under.keys():
        row = BY_ID[key]
        if row["low"] == row["high"] and row["written_in"] == "digits":
            other = str(round(float(row["low"]) * 2 + 1, 2))
            yield (
                [
                    _value(
                        row, low=other, high=other, printed=f"{other}%", interval_low="", interval_high=""
                    )
                ],
                f"{over[key]['value_id']} of {under[key]['value_id']}",
            )


def share_of_other_people() -> Iterator[Slip]:
    for relation in ("numerator_of", "denominator_of"):
        for _, end, share in _pairs(relation):
            if end["place_id"] == share["place_id"]:
                other = (
                    "siem-reap"
                    if _country(end["place_id"]) == "cambodia" and end["place_id"] != "siem-reap"
                    else ("kolkata" if end["place_id"] == "maharashtra" else "maharashtra")
                )
                yield [_value(end, place_id=other)], f"place of {share['value_id']}"
            if end["sex"] in ("female", "male"):
                yield (
                    [_value(end, sex="male" if end["sex"] == "female" else "female")],
                    f"sex of {share['value_id']}",
                )


def count_in_another_year() -> Iterator[Slip]:
    for relation in ("numerator_of", "denominator_of", "earlier_end_of", "later_end_of"):
        for _, end, other in _pairs(relation):
            if end["period"] and other["period"]:
                yield (
                    [_value(end, period=_later(end["period"], -1))],
                    f"period of {other['value_id']}: {other['period']}",
                )


def numerator_of_other_ages() -> Iterator[Slip]:
    for _, end, share in _pairs("numerator_of"):
        if end["age_max"] and end["age_max"] == share["age_max"]:
            yield [_value(end, age_max=str(int(end["age_max"]) - 2))], f"ages of {share['value_id']}"


def series_of_another_body() -> Iterator[Slip]:
    series = rows("series")
    for row in V:
        mine = next((one for one in series if one["series_id"] == row["series"]), None)
        for other in series if mine else []:
            if (
                other["indicator_id"] == row["indicator_id"]
                and other["period_kind"] != mine["period_kind"]
                and other["organisation_id"] != mine["organisation_id"]
            ):
                yield (
                    [_value(row, series=other["series_id"])],
                    f"period {row['period']} and body of {other['series_id']}",
                )
                break


def two_of_one_series_and_year() -> Iterator[Slip]:
    for row in V:
        if row["series"] and not row["printing_of"] and len(row["period"]) == 4:
            others = [
                one["period"]
                for one in V
                if one["series"] == row["series"]
                and not one["printing_of"]
                and len(one["period"]) == 4
                and one["period"] < row["period"]
                and one["population_id"] == row["population_id"]
            ]
            if others:
                yield (
                    [_value(row, period=max(others), period_as_printed="")],
                    f"another reading of {row['series']} in {max(others)}",
                )


def partition_that_does_not_add_up() -> Iterator[Slip]:
    for link, part, whole in _pairs("part_of"):
        if (
            link["partition"]
            and part["low"] == part["high"]
            and part["written_in"] == "digits"
            and float(part["low"]) > 20
        ):
            other = str(int(float(part["low"])) - 11)
            yield [_value(part, low=other, high=other, printed=other)], f"the parts of {whole['value_id']}"


# Sources
def year_against_address() -> Iterator[Slip]:
    for row in SOURCES.values():
        if re.search(r"/(19|20)[0-9]{2}[/-][0-9]{2}|/20[0-9]{6}/", row["url"]) and row["date_published"]:
            yield (
                [_set("sources", row["source_id"], date_published=_later(row["date_published"], -1))],
                f"url: {row['url']}",
            )


def month_against_address() -> Iterator[Slip]:
    for row in SOURCES.values():
        if (found := re.search(r"/(20[0-9]{2})[/-]([01][0-9])[/-]", row["url"])) and row[
            "date_published"
        ].startswith(found[1] + "-"):
            month = "03" if found[2] != "03" else "08"
            yield (
                [_set("sources", row["source_id"], date_published=f"{found[1]}-{month}")],
                f"url: {row['url']}",
            )


def year_against_title() -> Iterator[Slip]:
    for row in SOURCES.values():
        if (found := YEAR.findall(row["title"])) and row["date_published"][:4] in found:
            yield (
                [_set("sources", row["source_id"], date_published=str(int(row["date_published"][:4]) - 2))],
                f"title: {row['title']}",
            )


def address_twice() -> Iterator[Slip]:
    all_rows = [row for row in SOURCES.values() if row["url"]]
    for row, other in zip(all_rows[::14], all_rows[7::14], strict=False):
        url = (
            other["url"].replace("https:", "http:")
            if other["url"].startswith("https")
            else other["url"].replace("http:", "https:")
        )
        yield (
            [
                _set(
                    "sources",
                    row["source_id"],
                    url=url if len(url) % 2 else other["url"].rstrip("/") + "/#top",
                )
            ],
            f"url of {other['source_id']}",
        )


def independence_against_kind() -> Iterator[Slip]:
    for row in SOURCES.values():
        if (
            row["kind"] == "newspaper"
            and row["independence"] == "independent"
            and len(row["title"]) % 4 == 0
        ):
            yield (
                [_set("sources", row["source_id"], independence="government")],
                f"kind: newspaper, publisher {row['publisher']}",
            )
        if row["independence"] == "implementer":
            yield (
                [_set("sources", row["source_id"], independence="independent")],
                f"organisation_id: {row['organisation_id']}",
            )


def body_against_publisher() -> Iterator[Slip]:
    for row in SOURCES.values():
        if row["organisation_id"] in ("aple", "ijm", "us-state-department", "unodc", "unicef", "moi"):
            yield (
                [_set("sources", row["source_id"], organisation_id="chab-dai")],
                f"publisher: {row['publisher']}",
            )


def language_against_token() -> Iterator[Slip]:
    for row in SOURCES.values():
        if row["decimal_mark"] == "comma":
            yield (
                [_set("sources", row["source_id"], decimal_mark="point", language="en")],
                "printed tokens of its readings",
            )


# Vocabulary
def place_in_a_wrong_parent() -> Iterator[Slip]:
    for row in PLACES.values():
        if row["parent_id"] == "cambodia":
            yield (
                [
                    _set(
                        "places",
                        row["place_id"],
                        parent_id="phnom-penh" if row["place_id"] != "phnom-penh" else "siem-reap",
                    )
                ],
                f"level {row['level']} and its readings",
            )
        elif row["parent_id"]:
            yield (
                [
                    _set(
                        "places",
                        row["place_id"],
                        parent_id="thailand" if row["parent_id"] != "thailand" else "laos",
                    )
                ],
                f"studies and readings of {row['place_id']}",
            )


def code_of_another_country() -> Iterator[Slip]:
    for row in PLACES.values():
        if row["iso_3166_2"]:
            yield [_set("places", row["place_id"], iso_3166_2="TH-12")], f"parent_id: {row['parent_id']}"


def unit_against_kind() -> Iterator[Slip]:
    for row in INDICATORS.values():
        if row["kind"] == "share":
            yield (
                [_set("indicators", row["indicator_id"], unit="people")],
                f"kind: share, name {row['name']}",
            )
        elif row["kind"] == "count" and row["unit"] == "people":
            yield (
                [_set("indicators", row["indicator_id"], unit="percent")],
                f"kind: count, name {row['name']}",
            )


def direction_against_name() -> Iterator[Slip]:
    for row in INDICATORS.values():
        if row["direction"] and re.search("fall|rise|fewer|more", row["name"], re.I):
            yield (
                [
                    _set(
                        "indicators",
                        row["indicator_id"],
                        direction="fall" if row["direction"] == "rise" else "rise",
                    )
                ],
                f"name: {row['name']}",
            )


def base_against_its_words() -> Iterator[Slip]:
    for row in POPULATIONS.values():
        if "Its base is" in row["definition"] or "recorded" in row["definition"]:
            yield (
                [_set("populations", row["population_id"], base_kind="all_children")],
                f"definition: {row['definition']}",
            )


def period_kind_against_name() -> Iterator[Slip]:
    for row in rows("series"):
        other = "calendar_year" if row["period_kind"] != "calendar_year" else "half_year"
        if re.search("year|October|April", row["name"]):
            yield (
                [_set("series", row["series_id"], period_kind=other)],
                f"name: {row['name']}, and periods of its readings",
            )


def series_of_another_organisation() -> Iterator[Slip]:
    for row in rows("series"):
        yield (
            [_set("series", row["series_id"], organisation_id="unicef")],
            f"credited_to of its readings, name {row['name']}",
        )


# Studies
def fieldwork_against_name() -> Iterator[Slip]:
    for row in STUDIES.values():
        if row["fieldwork"] and row["fieldwork"][:4] in row["name"]:
            yield (
                [_set("studies", row["study_id"], fieldwork=_later(row["fieldwork"], -1))],
                f"name: {row['name']}",
            )


def study_in_another_country() -> Iterator[Slip]:
    for row in STUDIES.values():
        if row["place_id"] not in ("world", "place-unnamed") and any(
            one["study_id"] == row["study_id"] for one in V
        ):
            yield [_set("studies", row["study_id"], place_id="thailand")], "places of its readings"


def design_against_note() -> Iterator[Slip]:
    for row in STUDIES.values():
        if re.search(
            "respondent-driven|convenience|cluster|household survey|judged|time-space|capture",
            row["design_note"] + row["name"],
        ):
            other = "venue_count" if row["design"] != "venue_count" else "experiment"
            yield [_set("studies", row["study_id"], design=other)], f"design_note: {row['design_note']}"


def no_sample_called_one() -> Iterator[Slip]:
    for row in STUDIES.values():
        if row["design"] in ("convenience", "experiment", "modelled") and row["is_sample"] != "yes":
            yield [_set("studies", row["study_id"], is_sample="yes")], f"design: {row['design']}"


def body_against_study_name() -> Iterator[Slip]:
    for row in STUDIES.values():
        if row["name"].startswith(("IJM", "CWDA", "UNICEF", "UYDEL", "IOM", "World Vision")):
            yield [_set("studies", row["study_id"], organisation_id="mosvy")], f"name: {row['name']}"


def fact_of_another_study() -> Iterator[Slip]:
    facts = rows("study_facts")
    for row in facts:
        if row["attribute"] in (
            "fieldwork",
            "report_title",
            "measurement_rounds",
            "age_band",
            "design",
        ) and row["study_id"].startswith("ijm"):
            other = "two-samples-chn-2009" if row["attribute"] != "fieldwork" else "ijm-khm-2012"
            if other != row["study_id"]:
                yield (
                    [_set("study_facts", row["study_fact_id"], study_id=other)],
                    f"credited_to, source and words: {row['fact_as_printed']}",
                )


# Time and statements
def event_in_another_year() -> Iterator[Slip]:
    for row in rows("events"):
        if row["date"][:4] and row["date"][:4] in row["title"] + row["text"] + row["fact_as_printed"]:
            yield (
                [
                    _set(
                        "events",
                        row["event_id"],
                        date=_later(row["date"], 1 if row["date"] < "2019" else -4),
                    )
                ],
                f"text: {row['text']}",
            )


def event_of_another_kind() -> Iterator[Slip]:
    for row in rows("events"):
        if row["kind"] in ("law", "plan", "tip_tier", "closure"):
            yield (
                [_set("events", row["event_id"], kind="programme" if row["kind"] != "plan" else "closure")],
                f"title: {row['title']}",
            )


def break_in_another_year() -> Iterator[Slip]:
    for row in rows("series_breaks"):
        if row["at"][:4] and row["at"][:4] in row["text"] + row["fact_as_printed"]:
            yield (
                [_set("series_breaks", [row["series_id"], row["break_id"]], at=_later(row["at"], 3))],
                f"text: {row['text']}",
            )


def break_of_another_kind() -> Iterator[Slip]:
    for row in rows("series_breaks"):
        if row["kind"] in ("law", "online_scam", "venue_closure"):
            yield (
                [_set("series_breaks", [row["series_id"], row["break_id"]], kind="organisation")],
                f"text: {row['text']}",
            )


def tier_against_its_sources() -> Iterator[Slip]:
    stated: dict[tuple[str, str], list[str]] = {}
    for one in rows("tip_tier_sources"):
        stated.setdefault((one["place_id"], one["report_year"]), []).append(one["tier_as_stated"])
    for row in rows("tip_tiers"):
        told = stated.get((row["place_id"], row["report_year"]), [])
        if len(told) > 1 and set(told) == {row["tier"]}:
            other = "tier_1" if row["tier"] != "tier_1" else "tier_3"
            sources = [
                one
                for one in rows("tip_tier_sources")
                if (one["place_id"], one["report_year"]) == (row["place_id"], row["report_year"])
            ]
            yield (
                [
                    _set("tip_tiers", [row["place_id"], row["report_year"]], tier=other),
                    _set(
                        "tip_tier_sources",
                        [sources[0][name] for name in ("place_id", "report_year", "source_id", "locator")],
                        tier_as_stated=other,
                    ),
                ],
                "the other sources of that year",
            )


def statement_before_its_source() -> Iterator[Slip]:
    for row in rows("statements"):
        yield (
            [_set("statements", row["statement_id"], date=_later(row["date"]))],
            f"date_published of {row['source_id']}",
        )


def stance_against_bearing() -> Iterator[Slip]:
    bearings = rows("scopes")
    for row in rows("statements"):
        mine = {one["bearing"] for one in bearings if one["statement_id"] == row["statement_id"]}
        if "supports" in mine:
            yield [_set("statements", row["statement_id"], stance="disputes")], "bearing: supports"
        if "disputes" in mine:
            yield [_set("statements", row["statement_id"], stance="supports")], "bearing: disputes"


def bearing_against_stance() -> Iterator[Slip]:
    stances = {row["statement_id"]: row["stance"] for row in rows("statements")}
    for row in rows("scopes"):
        if row["bearing"] in ("supports", "disputes") and stances[row["statement_id"]] in (
            "supports",
            "disputes",
        ):
            yield (
                [
                    _set(
                        "scopes",
                        row["scope_id"],
                        bearing="disputes" if row["bearing"] == "supports" else "supports",
                    )
                ],
                f"stance: {stances[row['statement_id']]}",
            )


def statement_of_another_study() -> Iterator[Slip]:
    for row in (row for row in rows("scopes") if row["statement_id"]):
        end, other = ("study_id", "vac-khm-2013") if row["study_id"] else ("value_id", "KH245")
        cells = {end: other, "scope_id": f"{row['statement_id']}.{other}"}
        yield [_set("scopes", row["scope_id"], **cells)], "the other rows of the statement"


def assumption_against_its_token() -> Iterator[Slip]:
    for row in rows("assumptions"):
        if row["basis"] == "sourced" or (row["parameter"] == "false_negative_rate" and row["fact_id"]):
            other = (
                str(round(float(row["value"]) / 2 + 0.01, 4))
                if row["parameter"] != "design_effect"
                else "3"
            )
            yield (
                [_set("assumptions", row["assumption_id"], value=other)],
                f"value_as_printed: {row['value_as_printed']}",
            )
        if row["source_id"]:
            other = "yi-2015" if row["source_id"] != "yi-2015" else "bbs-2019"
            yield (
                [_set("assumptions", row["assumption_id"], source_id=other)],
                f"the source of {row['fact_id']}",
            )


def assumption_of_another_fact() -> Iterator[Slip]:
    for row in rows("assumptions"):
        if row["fact_id"]:
            yield (
                [
                    _set(
                        "assumptions",
                        row["assumption_id"],
                        fact_id="KH268" if row["fact_id"] != "KH268" else "KH271",
                    )
                ],
                f"value_as_printed: {row['value_as_printed']}",
            )


def claim_with_another_number() -> Iterator[Slip]:
    for row in (row for row in rows("scopes") if row["claim_id"]):
        other = "52.2-percent" if row["claim_id"] != "52.2-percent" else "40-percent"
        cells = {"claim_id": other, "scope_id": f"{other}.{row['value_id']}"}
        yield [_set("scopes", row["scope_id"], **cells)], "number of the reading"


def _study_alone(key: str, cell: str) -> Row | None:
    """The scope of a row that bears on one study."""
    studies = [one for one in rows("scopes") if one[key] == cell and one["study_id"]]
    return studies[0] if len(studies) == 1 else None


def limitation_of_another() -> Iterator[Slip]:
    for row in rows("limitations"):
        if row["raised_by"]:
            yield [_set("limitations", row["limitation_id"], raised_by="unicef")], f"text: {row['text']}"
        if scope := _study_alone("limitation_id", row["limitation_id"]):
            other = "ijm-khm-2012" if scope["study_id"] == "ijm-khm-2015" else "ijm-khm-2015"
            cells = {"study_id": other, "scope_id": f"{row['limitation_id']}.{other}"}
            yield [_set("scopes", scope["scope_id"], **cells)], f"text and value: {row['text']}"


def role_of_another_wave() -> Iterator[Slip]:
    swaps = {
        "KH010": "KH038",
        "KH038": "KH010",
        "KH007": "KH034",
        "KH034": "KH007",
        "KH018": "KH043",
        "KH043": "KH018",
        "KH005": "KH007",
        "KH006": "KH031",
        "KH009": "KH035",
        "KH022": "KH024",
        "KH023": "RESP-098-c",
        "KH021": "KH009",
        "KH037": "KH010",
        "KH033": "KH007",
    }
    for row in rows("featured"):
        if row["value_id"] in swaps:
            yield (
                [_set("featured", row["role"], value_id=swaps[row["value_id"]])],
                f"what_for: {row['what_for']}",
            )
        if row["study_id"] in ("ijm-khm-2012", "ijm-khm-2015"):
            yield (
                [
                    _set(
                        "featured",
                        row["role"],
                        study_id="ijm-khm-2012" if row["study_id"].endswith("5") else "ijm-khm-2015",
                    )
                ],
                f"what_for: {row['what_for']}",
            )


def helpline_of_another() -> Iterator[Slip]:
    for row in rows("helplines"):
        yield (
            [
                _set(
                    "helplines",
                    row["helpline_id"],
                    channel="web" if row["channel"] == "telephone" else "telephone",
                )
            ],
            f"contact_as_printed: {row['contact_as_printed']}",
        )
        yield (
            [_set("helplines", row["helpline_id"], organisation_id="ijm")],
            f"the body of {row['source_id']}",
        )


def term_that_misses_its_word() -> Iterator[Slip]:
    for row in rows("terms"):
        yield [_set("terms", row["term_id"], pattern=r"\bno[ -]such[ -]word\b")], f"avoid: {row['avoid']}"


def gap_of_another_topic() -> Iterator[Slip]:
    for row in rows("not_available"):
        if scope := _study_alone("not_available_id", row["not_available_id"]):
            yield (
                [
                    _set(
                        "not_available",
                        row["not_available_id"],
                        topic="response" if row["topic"] != "response" else "venue_studies",
                    )
                ],
                f"topic of the readings of {scope['study_id']}",
            )


MAKERS: tuple[Callable[[], Iterator[Slip]], ...] = tuple(
    value
    for name, value in list(globals().items())
    if callable(value)
    and not name.startswith("_")
    and getattr(value, "__annotations__", {}).get("return") == Iterator[Slip]
)


def all_meanings() -> list[Meaning]:
    """Every slip, at most so many of a kind, the same ones on each machine."""
    found: list[Meaning] = []
    for maker in MAKERS:
        kind = maker.__name__.replace("_", " ")
        slips = list(maker())
        chosen = random.Random(kind).sample(slips, MOST) if len(slips) > MOST else slips
        found += [Meaning(kind, changes, against) for changes, against in chosen]
    return found


def judged(slips: Iterable[Meaning]) -> Iterator[tuple[Meaning, str]]:
    """Each slip, tried and taken back, and the rule that finds it; blank where none does."""
    times: Counter[tuple[str, str]] = Counter()  # what found the last ones of a kind is asked first
    with Package(FROZEN) as package:
        bench = Bench(package)
        sound = {rule.id: _found(rule, bench) for rule in RULES if rule.may_be_excepted}
        before = memo.contents(bench.connection)
        read = {rule.id: {*memo.columns_read(bench.connection, rule.query)} for rule in RULES}
        for one in slips:
            again: dict[str, list[Finding]] = {}
            with bench.trial(one.changes):
                bench.renew(*OF_READINGS, *OF_ROWS)
                rules = rules_on({change["table"] for change in one.changes}, before, read, bench)
                rules.sort(key=lambda rule: (-times[one.kind, rule.id], rule.level == HINT))
                found = next((rule.id for rule in rules if _speaks(rule, bench, again)), "")
                found = found or _unneeded(bench, sound | again)
            times[one.kind, found] += 1
            yield one, found


def rules_on(
    tables: set[str], before: dict[memo.Column, int], read: dict[str, set[memo.Column]], bench: Bench
) -> list[SqlRule]:
    """The rules that read a column of these that is new; order of rows and use of words are no meaning."""
    after = memo.contents(bench.connection, {*tables, *OF_READINGS, *OF_ROWS})
    changed = {column for column, content in after.items() if before[column] != content}
    others = ("rows-sorted-by-key", "row-not-used")
    return [rule for rule in RULES if rule.id not in others and changed & read[rule.id]]


def _found(rule: SqlRule, bench: Bench) -> list[Finding]:
    """What a rule finds, exceptions among it."""
    found = sql_rules.offences(bench.connection, rule)
    return with_rows(found, bench.connection, bench.subject.package.tables) if found else []


def _speaks(rule: SqlRule, bench: Bench, again: dict[str, list[Finding]]) -> bool:
    """Does the rule find what is no exception? On sound data none does. All it finds goes into `again`."""
    found = _found(rule, bench)
    if rule.may_be_excepted:
        again[rule.id] = found
    usual = bench.usual(rule) if rule.level == HINT else set()
    return any(place_of(one) not in usual for one in exceptions.left(found, bench.connection, OPEN))


def _unneeded(bench: Bench, found: dict[str, list[Finding]]) -> str:
    """The rule on exceptions, where one of them holds nothing back any more."""
    every = [one for some in found.values() for one in some]
    return exceptions.NEEDED.id if exceptions.not_needed(every, bench.connection, OPEN) else ""


def main() -> int:
    """Try all slips, and say by kind how many are found, and which survived."""
    numbers: dict[str, list[bool]] = defaultdict(list)
    for one, found in judged(all_meanings()):
        numbers[one.kind].append(bool(found))
        if not found:
            print(f"Survived: {one.kind}: {one.changes}; {one.against}")
    for kind, all_ in numbers.items():
        print(f"{kind}: {sum(all_)} of {len(all_)} found")
    found, put_in = sum(map(sum, numbers.values())), sum(map(len, numbers.values()))
    print(f"Slips of meaning: {found:,} of {put_in:,} found")
    return 0 if 4 * found >= 3 * put_in else 1


if __name__ == "__main__":
    sys.exit(main())
