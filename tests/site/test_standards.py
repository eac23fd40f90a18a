"""Pages on what is judged by standards: risk of bias, second readings, and reporting checklists."""

from collections import Counter

from statsmodels.stats.proportion import proportion_confint

from scripts.site import standards_page
from scripts.site.withdrawn_figures import WithdrawnMark
from tests.conftest import FROZEN, ROOT, read_csv, with_subtests
from tests.site.page_models import DATA, said, words

FOLDERS = {"today": ROOT, "frozen": FROZEN}
ROWS = read_csv(FROZEN / "data/method/risk_of_bias.csv")
UNREAD = {"whole_study": "not_assessable"}


def test_a_judged_study_is_a_sample_with_all_answers_or_the_one_that_it_cannot_be_assessed() -> None:
    rows = read_csv(ROOT / "data/method/risk_of_bias.csv")
    samples = {row["study_id"] for row in read_csv(ROOT / "data/studies.csv") if row["is_sample"] == "yes"}
    judged = {row["study_id"] for row in rows}
    assert judged <= samples
    asked = set(standards_page.questions_on_bias(DATA)) - set(UNREAD)
    for study in judged:
        answers = {row["item"]: row["answer"] for row in rows if row["study_id"] == study}
        told = set(answers) == asked and set(answers.values()) <= set(standards_page.LETTERS)
        assert told or answers == UNREAD, study


@with_subtests(FOLDERS)
def test_yes_and_no_have_words_of_a_source_and_silence_is_unclear(name: str) -> None:
    for row in read_csv(FOLDERS[name] / "data/method/risk_of_bias.csv"):
        assert len(row["words_as_printed"].split()) <= 25, row
        assert row["words_as_printed"] or row["answer"] in ("unclear", "not_assessable"), row
        assert bool(row["source_id"]) == bool(row["locator"]), row
        assert row["source_id"] or row["answer"] == "not_assessable", row


def test_letters_by_study_are_those_of_the_table_in_the_order_of_the_checklist() -> None:
    shown = {
        row[0]: row[1:] for row in (said(section.cells) for section in standards_page.risk_of_bias(DATA))
    }
    names = {row["study_id"]: row["name"] for row in read_csv(FROZEN / "data/studies.csv")}
    answered = [row for row in ROWS if row["item"] not in UNREAD]
    assert set(shown) == {names[row["study_id"]] for row in answered}
    order = list(standards_page.questions_on_bias(DATA))
    for row in answered:
        letter = shown[names[row["study_id"]]][order.index(row["item"])]
        assert letter == standards_page.LETTERS[row["answer"]], row


@with_subtests(sorted({row["study_id"] for row in ROWS}))
def test_a_study_says_each_answer_with_its_words(study_id: str) -> None:
    lines = [words(line) for line in standards_page.answers_on_bias(DATA, study_id)]
    own = [row for row in ROWS if row["study_id"] == study_id]
    assert len(lines) == len(own)
    for row in own:
        assert any(row["words_as_printed"] in line and row["locator"] in line for line in lines)


# What was read a second time.

AGAIN = read_csv(FROZEN / "data/method/second_readings.csv")


def test_each_field_says_how_many_agree_of_those_compared() -> None:
    found = standards_page.agreement_of_second_readings(DATA)
    assert not isinstance(found, WithdrawnMark)
    rows = {title: counts for title, *counts in (said(entry.cells) for entry in found)}
    counted = Counter(row["number"] for row in AGAIN if row["reach"] == "read")
    same, compared = counted["agrees"], counted["agrees"] + counted["differs"]
    low, high = proportion_confint(same, compared, method="wilson")
    span = f"{100 * low:.1f}% to {100 * high:.1f}%"
    assert rows["Number"] == [f"{same} of {compared}", span, str(counted["open"])]
    assert len(rows) == len(standards_page.COMPARED)


# Lists of what to report.


def own(name: str) -> list[dict[str, str]]:
    """Return the rows of a table about this project."""
    return read_csv(ROOT / f"docs/assets/{name}.csv")


def test_a_standard_counts_its_items_by_status_and_wave() -> None:
    ours, studies = (
        standards_page.checklist_result(DATA, "gather", ""),
        standards_page.survey_reporting_checklist(DATA),
    )
    assert ours.number_of_items == len(own("gather"))
    assert ours.count("met") == len([row for row in own("gather") if row["status"] == "met"])
    assert studies.number_of_items == len({row["item"] for row in own("study-reporting")})
    for wave in ("2012", "2015"):
        rows = [row for row in own("study-reporting") if row["wave"] == wave]
        assert studies.count("reported", wave) == len([row for row in rows if row["status"] == "reported"])
        assert studies.count("not reported", wave) == len(
            [row for row in rows if row["status"] == "not_reported"]
        )
    every = ours.items + studies.items + studies.unseen
    asked = {entry.id: said(entry.cells)[0] for entry in every}
    for row in own("study-reporting"):
        words = f"{row['item']}. {row['asks']} ({row['basis']})"
        assert asked[f"study-{row['item']}"] == words
    assert asked["gather-2"] == "2. Who paid"
    assert "In part" in " ".join(said(studies.items[0].cells)) and said(studies.unseen[0].cells)[1:] == [
        "2012",
        "2015",
    ]
    ids = [entry.id for entry in every]
    assert len(ids) == len(set(ids)) and {"gather-1", "study-1"} <= set(ids)
