"""The surveys of venues side by side: each place once, its own figures and contradictions, no ranking."""

from pathlib import Path

from scripts.site.topic_pages import surveys_of_venues
from tests.conftest import FROZEN, alter
from tests.site.listings import VALUES, cells, pages_of, table
from tests.site.page_models import links

STUDIES = {row["study_id"]: row for row in table("studies")}


def shown(package: Path = FROZEN) -> dict[str, list[str]]:
    """The cells of each place by its name."""
    return {cells(one)[0]: cells(one)[1:] for one in surveys_of_venues(pages_of(package))}


def test_every_survey_of_venues_of_the_same_body_stands_there_once() -> None:
    linked = [link for one in surveys_of_venues(pages_of(FROZEN)) for link in links(one)]
    studies = [link.address.split("/")[1] for link in linked if link.address.startswith("studies/")]
    ours = STUDIES["ijm-khm-2015"]
    same = [
        key
        for key, row in STUDIES.items()
        if (row["organisation_id"], row["setting"]) == (ours["organisation_id"], "venues")
    ]
    assert len(studies) == len(set(studies)) and set(same) <= set(studies)
    falls = {row["study_id"] for row in VALUES.values() if row["topic"] == "comparable_studies"} & {
        row["study_id"] for row in VALUES.values() if row["indicator_id"].startswith("fall-of")
    }
    assert set(studies) == set(same) | falls - {""}


def test_places_are_not_ranked_and_ours_comes_first() -> None:
    places = [*shown()]
    assert places[0] == "Phnom Penh, Siem Reap and Sihanoukville" and places[1:] == sorted(places[1:])


def test_a_round_that_the_data_do_not_hold_says_so() -> None:
    shares = {
        row["study_id"]
        for row in VALUES.values()
        if (row["indicator_id"], row["age_max"], row["show"]) == ("share-in-age-band", "17", "free")
    }
    for one in surveys_of_venues(pages_of(FROZEN)):
        ids = [link.address.split("/")[1] for link in links(one) if link.address.startswith("studies/")]
        said = cells(one)[4]
        assert said.count("no share that we have seen") == len([key for key in ids if key not in shares])
        assert ("hold no second round" in said) == (len(ids) == 1 and "fall" not in said), said


def test_what_contradicts_itself_is_that_of_the_derived_table() -> None:
    told = {place: row[4] for place, row in shown().items()}
    assert (
        "85.8 % against 23.9 % to 2.4 % is 89.96 percent" in told["Twenty towns of the Dominican Republic"]
    )
    assert "2.2 % against 38 of 2,104 is 1.81 percent" in told["Phnom Penh, Siem Reap and Sihanoukville"]
    assert told["Metro Cebu"] == "We found none."


def test_a_figure_that_was_withdrawn_is_not_shown(package: Path) -> None:
    alter(package, "reported_values", "IJM-DOM-04", show="withdrawn")
    assert "2.2 %" not in shown(package)["Twenty towns of the Dominican Republic"][3]
