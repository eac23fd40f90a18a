"""Contact details are found however they are written; numbers of reports and the like are allowed."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from scripts.checks import sql_rules
from scripts.contribute import filled_workbook, in_browser, result_form, template
from scripts.package.package import Package
from scripts.package.sql_views import HAS_SIGNS
from tests.checks.rule_cases import BY_RULE
from tests.conftest import FROZEN, mark_later_cases_long

RULE = BY_RULE["contact-or-coordinate"]


def split_at_bars(texts: str) -> list[str]:
    """Return the single texts of a string that separates them by bars."""
    return texts.split(" | ")


TELEPHONES = split_at_bars(
    "០១២ ៣៤៥ ៦៧៨ | ០១២៣៤៥៦៧៨ | ទូរស័ព្ទ០១២៣៤៥៦៧៨ | ０１２ ３４５ ６７８ | 012345678 | 012 345 6789 | "
    "012/345/678 | 012‑345‑678 | 012–345–678 | 012−345−678 | 012, 345, 678 | (012) 345-678 | "
    "+(855) 12 345 678 | 855 12 345 678 | (855) 12-34-56-78 | +855, 12, 345, 678 | 00 855 12 345 678 | "
    "012\u200b345\u200b678 | 012\u200b 345\u200b 678 | 012  345  678 | 012\xa0345\xa0678 | "
    "012\t345\n678 | 012\x00345\x1b678 | "
    "012\ud800345678 | 0️⃣1️⃣2️⃣345678 | 012 34 56 78 | 02-123-4567 | 01 23 45 67 89 | "
    "ask at 012 345 678, 2 of them | in 2018 012 345 678 | call no. 012345678 | +1–202–555–0123 | "
    "02−123−4567 | 855 (0)12 345 678 | Report no. 12, 012 345 678 | on 01.03.2018 at 012 345 678"
)
MAILS = split_at_bars(
    "someone@example.org | someone @ example.org | someone＠example．org | a.b@mail.example.co.uk | "
    "mailto:someone@example.org | some\u200bone@exam\xadple.org | <someone@1example.org>"
)
CHATS = split_at_bars(
    "t.me/girl | https://wa.me/85512345678 | https://T.ME/girl | tel:1288 | viber://chat | www.t.me /a"
)
SPARED = split_at_bars(
    "Report no. 0123456789 | ISBN 012-345-678-9 | ISBN 978-99963-123-4-5 | ISBN 978-99963-… | "
    "01.03.2018-31.03.2018 survey | from 01-03-2018 to 05-04-2018 | 2018-03-01/2018-05-01 | 2018-03-01 | "
    "alpha 0.05 1.96 12 34 | people aged 05-09 10-14 15-19 | p < 0.00000001 | pp. 12-19, 30-35 | "
    "1,037/14,412 | 12.000 to 15.000 | 37 of 412 (9.0 %) | 9.0 % (37 of 412) | 80,000-100,000 | "
    "9.0 % (95 % CI 6.4 to 12.2) | 412 of 855 (48.2 %), 37 of 855 (4.3 %) | +12,345,678 to +13,000,000 | "
    "5 @ 3.50 each | medium.com/@organisation/paper.html | medium.com/@some.name | on WhatsApp: a study | "
    "hotel: 12 | at.me/a"
)
ADDRESSES = split_at_bars(
    "flickr.com/photos/54591706@N02/5261.html | https://example.org/012345678/report | "
    "https://doi.org/10.1371/journal.pone.0216578012"
)


REPORTS = split_at_bars(
    "CSEC/2015/0123-4567 | E/CN.4/2015/0123 | A/HRC/0123-4567 | case 0123-4567 | p. 012-345 | "
    "Grant no. 012345678 | ISSN 0123-4567 | doi 10.1016/j.x.2005.012345678 | Publication nr. 0123456789"
)
MORE_TELEPHONES = split_at_bars(
    "Ref. 012-345-678 | no. 023-456-7890 | KH-012-345-678 | document/012345678 | 0123-456-789"
)
POINTS = split_at_bars("11.5564, 104.9282 | at 11°33′20″N 104°55′E | -8.6500;115.2167 | ១១.៥៥៦៤, ១០៤.៩២៨២")
NO_TEXT_OF_A_TABLE = re.compile("[\x00-\x08\x1b\ud800]")  # refused by the layer of bytes, before any rule


def texts_with_contacts(texts: list[str], field: str = "b") -> set[str]:
    """Return the texts in which the rule finds a contact, as cells of one column."""
    rule = next(rule for rule in sql_rules.RULES if rule.id == "contact-or-coordinate")
    with duckdb.connect() as connection:
        cells = "(SELECT DISTINCT unnest(?::VARCHAR[]) AS value)"
        told = f"SELECT value, false AS is_helpline, {HAS_SIGNS} FROM {cells}"
        connection.execute(f"CREATE TABLE texts AS {told}", [texts])
        connection.execute(
            f"CREATE VIEW text_cells AS SELECT 'a' AS file, 1 AS line, '{field}' AS field, value FROM texts"
        )
        return {found.value for found in sql_rules.findings_of_rule(connection, rule)}


def test_the_rule_finds_contacts_however_they_are_written() -> None:
    contacts = [*TELEPHONES, *MORE_TELEPHONES, *MAILS, *CHATS, *POINTS, *RULE.finds]
    spared = [*SPARED, *REPORTS, *RULE.spares]
    texts = [text for text in (*contacts, *spared) if not NO_TEXT_OF_A_TABLE.search(text)]
    assert len(texts) > 100
    assert texts_with_contacts(texts) == {text for text in contacts if text in texts}


def test_of_a_web_address_only_mail_and_chats_are_contacts() -> None:
    addresses = [*ADDRESSES, *CHATS, *MAILS, *TELEPHONES]
    found = texts_with_contacts([text for text in addresses if not NO_TEXT_OF_A_TABLE.search(text)], "url")
    assert found == {*CHATS, *MAILS}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", mark_later_cases_long(1, [("012 345 678",), ("t.me/girl",), ("someone@example.org",)])
)
def test_form_reports_a_contact_at_its_question_and_gives_no_file(text: str) -> None:
    asked = {"result": {"title": f"Survey, {text}", "page": text}}
    said = json.loads(in_browser.answer(json.dumps(asked), {}, lambda told: None))
    told = {
        question
        for part in said["parts"]
        for question, row in zip(part["questions"], part["rows"], strict=True)
        if row[2].startswith("The answer holds a")
    }
    assert told == {"title", "page"} and said["files"] == {} and not said["can_be_sent"]


def test_workbook_of_the_form_keeps_every_odd_character(tmp_path: Path) -> None:
    """The workbook that the form produces holds exactly the text that was checked, even odd characters."""
    signs = "\x00\x1b\ud800\x09\x0b\x0c\x1c\x1f\x7f\x85\x9f\U0001fffe"
    odd = {
        **{"title": f"A{signs}B", "publisher": "=1+1", "interest": "#REF!", "speaks_for": "_x0041_ x005F_"},
        **{"scope": "<b>&amp;", "base_scope": "TRUE", "page": "1e5", "limit": "+5", "limit_text": "'x"},
        **{"result": "37 of 412 (9.0 %)", "design_note": "2018-05-01", "place": "A\u200bB\u2028C"},
    }
    package = Package(FROZEN, with_derived=False)
    book = result_form.FormRows(package, odd).workbook()
    (tmp_path / result_form.NAME).write_bytes(template.workbook_bytes(book, is_compressed=False))
    kept = filled_workbook.read_workbook(tmp_path / result_form.NAME, package.contract)
    made = filled_workbook.read_open_workbook(book, result_form.NAME, package.contract)
    assert (kept.entries, kept.findings) == (made.entries, made.findings)
    assert [finding.value for finding in kept.findings] == ["=1+1", "#REF!"]
    [source] = [entry for entry in kept.entries if entry.table == "sources"]
    assert source.cells["title"] == " ".join(f"A{signs[3:]}B".split())


def test_form_stores_khmer_digits_and_signs_as_typed() -> None:
    typed = "ឆ្នាំ ២០១៨ – ½ of ２"
    filled = result_form.FormRows(Package(FROZEN, with_derived=False), {"title": typed})
    assert filled.rows["sources"][0]["title"] == typed
