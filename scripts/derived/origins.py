"""Provenance of claims: where is a number from, and where does the chain of credits break?"""

import pandas as pd

from scripts.derived._readings import standing
from scripts.package.opening import Package
from scripts.package.reading import sort_key, span

INPUTS = ["claim_id", "value_id", "quantity_id", "study_id", "date_published", "credited_to"]


def rows(package: Package) -> pd.DataFrame:
    """One row for each printing of each claim, the earliest first."""
    printings = package.frame("scopes")[["claim_id", "value_id"]].merge(standing(package), on="value_id")
    printings = printings[printings["claim_id"] != ""]
    origins = [one.id for one in package.ledger.standing if one.is_origin]
    persons = [one.id for one in package.ledger.standing if one.credits_person]
    printings = (
        printings[INPUTS]
        .assign(
            is_origin=printings["value_id"].isin(origins),
            credits_person=printings["value_id"].isin(persons),
            origin_id=printings["claim_id"] + "." + printings["value_id"],
            start=[span(date).start for date in printings["date_published"]],
            end=[span(date).end for date in printings["date_published"]],
        )
        .sort_values("value_id")
    )
    printings = printings.sort_values("date_published", key=lambda date: date.map(sort_key), kind="stable")
    beside = printings.merge(printings, on="claim_id", suffixes=("", "_beside"))
    beside = beside[beside["value_id"] != beside["value_id_beside"]]
    return printings.assign(
        position=printings.groupby("claim_id").cumcount() + 1,
        chain=_chain(printings, beside),
        is_earliest=_is_earliest(printings, beside),
    )


def _chain(printings: pd.DataFrame, beside: pd.DataFrame) -> pd.Series:
    """Can a reader follow the credit to a document of the body that measured or recorded the same?"""
    credited = printings["credited_to"]
    is_same = beside["quantity_id"] == beside["quantity_id_beside"]
    is_same |= (beside["study_id"] != "") & (beside["study_id"] == beside["study_id_beside"])
    is_theirs = beside["credited_to"] == beside["credited_to_beside"]
    read = beside.loc[is_same & is_theirs & beside["is_origin_beside"], "origin_id"]
    answers = [
        (printings["credits_person"], "credits_person"),
        (credited == "", "credits_nobody"),
        (printings["is_origin"], "speaks_for_itself"),
        (printings["origin_id"].isin(read), "credited_body_read"),
    ]
    return pd.Series("chain_breaks", printings.index).case_when(answers)


def _is_earliest(printings: pd.DataFrame, beside: pd.DataFrame) -> pd.Series:
    """Compare what is certain of partial dates: a bare year may lie before or after its months."""
    dated = beside[beside["date_published_beside"] != ""]
    dated = dated[(dated["start"] != dated["start_beside"]) | (dated["end"] != dated["end_beside"])]
    before = dated.loc[dated["end_beside"] < dated["start"], "origin_id"]
    perhaps = dated.loc[dated["start_beside"] <= dated["end"], "origin_id"]
    answers = [
        (printings["date_published"] == "", "unknown"),
        (printings["origin_id"].isin(before), "no"),
        (printings["origin_id"].isin(perhaps), "unknown"),
    ]
    return pd.Series("yes", printings.index).case_when(answers)
