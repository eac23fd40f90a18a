"""The brief: sentences of the pages on one accessible sheet, with reproducible bytes."""

import re
from functools import cache
from pathlib import Path

import pytest

from scripts.package.package import Package
from scripts.site import brief_pdfs
from scripts.site.downloads import PublishedPackage
from scripts.site.render import render_briefs, render_pages
from tests.conftest import FROZEN, ROOT, change_cells, copy_package, read_csv

MOST_WORDS = 260
REVIEWER = "A Native Reader"


def told(folder: Path, site_url: str = "") -> dict[str, list[brief_pdfs.Block]]:
    """Return the blocks of the brief by language."""
    with Package(folder) as package:
        texts = render_briefs(package, PublishedPackage(package, {}, site_url))
    return {language: list(brief_pdfs.markdown_blocks_with_kinds(text)) for language, text in texts.items()}


def words(lines: list[brief_pdfs.Block]) -> str:
    return " ".join(said for kind, said in lines if kind != "picture").replace("\xa0", " ")


@cache
def made() -> dict[str, bytes]:
    """Return the files of the brief."""
    with Package(FROZEN) as package:
        texts = render_briefs(package, PublishedPackage(package, {}, ""))
        pages = {name: text for name, text in render_pages(package).items() if "/" not in name}
    return brief_pdfs.brief_pdf_files(
        FROZEN, texts, pages, (ROOT / "docs/assets/style.css").read_text(encoding="utf-8")
    )


@pytest.mark.slow
def test_each_brief_is_one_accessible_reproducible_page() -> None:
    assert set(made()) == {"download/brief-en.pdf", "download/brief-km.pdf"}
    for name, content in made().items():
        assert content.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", content)) == 1, name
        assert re.search(rb"pdfuaid:part>1<|pdfuaid:part=\"1\"", content), name
        language = name.split("-")[1].partition(".")[0]
        assert f"/Lang({language}".encode() in content.replace(b" ", b""), name
        assert b"CreationDate" not in content and b"ModDate" not in content, name
    first = made()
    made.cache_clear()
    assert made() == first


def test_english_has_few_words_and_each_part() -> None:
    lines = told(FROZEN)["en"]
    counted = [word for word in words(lines).split() if re.search(r"\w", word)]
    assert len(counted) <= MOST_WORDS
    heads = [said for kind, said in lines if kind == "head"]
    assert heads == [
        "What was not seen",
        "Who disputes it",
        "Who was left out",
        "What to quote",
        "What not to write",
        "Where to report",
    ]
    assert ("picture", "two-surveys") in lines
    for line in read_csv(FROZEN / "data/editorial/helplines.csv"):
        assert line["contact_as_printed"] in words(lines), line
        assert line["contact_as_printed"] in words(told(FROZEN)["km"]), line


def test_khmer_has_the_parts_of_the_english_one_in_the_same_order() -> None:
    english, khmer = told(FROZEN)["en"], told(FROZEN)["km"]
    assert [kind for kind, _ in khmer if kind != "text"] == [kind for kind, _ in english if kind != "text"]
    assert ("picture", "two-surveys-km") in khmer
    for lines in (english, khmer):
        assert "https://creativecommons.org/licenses/by/4.0/" in words(lines)
        assert all(figure in words(lines) for figure in ("2.2%", "1.81%", "8.16%", "7.59%"))


def test_sentences_of_the_brief_are_those_of_the_home_page() -> None:
    with Package(FROZEN) as package:
        home = words(list(brief_pdfs.markdown_blocks_with_kinds(render_pages(package)["index.md"])))
    lines = [said.replace("\xa0", " ") for kind, said in told(FROZEN)["en"] if kind in ("title", "text")]
    assert lines[0] in home
    assert lines[1] in home
    unseen = [line for line in lines if line.startswith(("We have seen", "We have not seen how age"))]
    assert len(unseen) == 2 and all(line in home for line in unseen)
    assert any("left out the most vulnerable children" in line and line in home for line in lines)
    assert any("disputed" in line and line.partition(". ")[0] in home for line in lines)
    assert next(line for line in lines if line.startswith("The Khmer Times, citing")) in home


def test_a_brief_shows_a_changed_and_a_withdrawn_figure(package: Path) -> None:
    before = words(told(package)["en"])

    assert "7.59%" in before
    change_cells(package, "reported_values", "KH037", printed="7.58 percent", low="7.58", high="7.58")
    assert words(told(package)["en"]) == before.replace("7.59", "7.58")
    change_cells(package, "reported_values", "KH037", show="withdrawn")
    after = words(told(package)["en"])
    assert "7.58" not in after and "This figure was withdrawn" in after


def test_address_and_publisher_of_the_brief_come_from_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITORS", "The Editors")
    for lines in told(FROZEN, "https://example.org/site").values():
        assert "https://example.org/site/" in words(lines) and "Edited by The Editors." in words(lines)
    monkeypatch.delenv("EDITORS")
    for lines in told(FROZEN).values():
        assert "http://127" not in words(lines) and "Edited" not in words(lines)


@pytest.mark.slow
def test_khmer_says_that_it_is_not_reviewed_until_a_setting_names_who_did(tmp_path: Path) -> None:
    assert "មិនទាន់បានពិនិត្យ" in words(told(FROZEN)["km"])
    copy = copy_package(tmp_path / "copy")
    setting = copy / "docs/parts/km.html"
    text = setting.read_text(encoding="utf-8")
    setting.write_text(text.replace('reviewed_by = ""', f'reviewed_by = "{REVIEWER}"'), encoding="utf-8")
    with Package(copy) as package:
        page = render_pages(package)["km.md"]
    for said in (words(told(copy)["km"]), page):
        assert REVIEWER in said and "មិនទាន់បានពិនិត្យ" not in said


def test_text_of_an_svg_is_extracted_with_its_positions() -> None:
    drawing = brief_pdfs.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg" fill="#000000"><svg x="10" y="20" width="50" '
        'viewBox="0 0 100 9" font-size="12px"><g transform="translate(2,4)">'
        '<text transform="translate(2,2)" font-weight="bold"><tspan>a</tspan>'
        '<tspan x="0" dy="14"> b</tspan></text></g></svg></svg>'
    )
    a, b = brief_pdfs._remove_and_yield_texts_of_drawing(drawing)
    assert (a["x"], a["y"], a["size"], a["words"]) == (12, 23, 6, "a")
    assert (b["x"], b["y"], b["size"], b["words"]) == (12, 30, 6, " b")
    assert all(
        (text["fill"], text["weight"], text["anchor"]) == ("#000000", "bold", "start") for text in (a, b)
    )
    assert "".join(drawing.itertext()) == ""
