"""Metadata in all formats agree with datapackage.json, tables and pages, and nothing is invented."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
import yaml
from pybtex.database import parse_string

from scripts.package.package import Package
from scripts.publish.dataset import DescribedDataset, describe_dataset
from scripts.publish.formats import FORMATS
from scripts.publish.metadata import ATOM, atom_feed, citation_cff, dataset_json_ld, feed_entries
from scripts.publish.release_files import sources_bib
from scripts.publish.release_history import RecordedRelease, RowCounts
from tests.conftest import (
    ADDRESS,
    DESCRIPTOR,
    FROZEN,
    RELEASED,
    ROOT,
    build_site,
    bytes_of_files,
    copy_package,
    edit_contract,
    make_once_for_all_workers,
    mark_later_cases_long,
    read_csv,
)

DOI = "10.1234/example.5"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IDENTIFIER = f"https://doi.org/{DOI}"
LIMITS = (
    "not national rates",
    "not numbers of children",
    "were left out",
    "also ran a programme against this exploitation",
)


class Page:
    """The visible text of a page, its links, and its description for search engines."""

    def __init__(self, html: str) -> None:
        self.described = "".join(
            re.findall(r"<script type=\"?application/ld\+json\"?>(.*?)</script>", html, re.S)
        )
        shown = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)
        self.text = " ".join(unescape(re.sub(r"<[^>]+>", "", shown)).split())
        self.links = {unescape(link) for link in re.findall(r"\bhref=\"?([^\"\s>]+)", shown)}


def with_doi(package: Path, identifier: str) -> Path:
    """Write an identifier into the datapackage.json of a copy."""
    edit_contract(package, lambda whole: whole.update(id=identifier))
    return package


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with an identifier, and its site built for a known address."""

    def make(place: Path) -> None:
        build_site("--package", str(with_doi(copy_package(place), IDENTIFIER)), SITE_URL=ADDRESS)

    return make_once_for_all_workers(tmp_path_factory, "addressed", make)


@pytest.fixture(params=mark_later_cases_long(1, [("",), (ADDRESS,)]))
def described_at(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A built site without a known address, or with one, and that address."""
    made = request.getfixturevalue("addressed" if request.param else "built_package")
    return made / "site", request.param


def page_of(site: Path, name: str) -> Page:
    return Page((site / name / "index.html").read_text(encoding="utf-8"))


def place_of(address: str, root: str, page: str) -> str:
    """Return the site's file for an address in a description."""
    if root:
        assert address.startswith(root), address
        return address.removeprefix(root)
    up = "../" if page else ""
    assert address.startswith(up), address
    return address.removeprefix(up)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "about-the-data"])
def test_search_engines_read_what_the_page_shows(described_at: tuple[Path, str], name: str) -> None:
    """Google requires name and description; marked-up facts must be visible on the page."""
    folder, root = described_at
    page = page_of(folder, name)
    facts = json.loads(page.described)
    assert (facts["@context"], facts["@type"]) == ("https://schema.org/", "Dataset")
    assert facts["name"] == DESCRIPTOR["title"]
    assert facts["description"] == DESCRIPTOR["description"]
    assert 50 <= len(facts["description"]) <= 5000
    assert [limit for limit in LIMITS if limit not in facts["description"]] == []
    shown = [facts["name"], facts["description"], facts["version"], facts["creativeWorkStatus"]]
    assert facts["version"].endswith("-dev0") and facts["creativeWorkStatus"] == "not released"
    assert not facts.keys() & {"datePublished", "dateModified"}  # the build was made outside git
    shown += [facts["temporalCoverage"], facts["spatialCoverage"]["name"], *facts["keywords"]]
    shown += [creator["name"] for creator in facts["creator"]]
    assert [text for text in shown if " ".join(text.split()) not in page.text] == []
    if "variableMeasured" in facts:  # they are in the table that the page links
        indicators = {row["name"] for row in read_csv(FROZEN / "data/indicators.csv")}
        assert {*facts["variableMeasured"]} <= indicators
        assert [link for link in page.links if link.endswith("data/indicators.csv")]
        designs = {row["design"] for row in read_csv(FROZEN / "data/studies.csv")}
        known = designs - {word["value"] for word in DESCRIPTOR["commonWords"]}
        assert len(facts["measurementTechnique"]) == len(known) > 3
        assert [text for text in facts["measurementTechnique"] if text not in page.text] == []
    assert facts["license"] in page.links
    assert facts["isAccessibleForFree"] is True and "free to use" in page.text
    [sources] = facts["isBasedOn"]  # and no commit, as the build was made outside git
    assert place_of(sources, root, name) == "data/sources.csv"
    assert facts["publisher"] == facts["creator"]
    assert facts["url"] == f"{root or ('../' if name else '')}data/"


@pytest.mark.parametrize("name", ["", "about-the-data"])
def test_every_download_is_there_with_its_hash(described_at: tuple[Path, str], name: str) -> None:
    folder, root = described_at
    page = page_of(folder, name)
    found = json.loads(page.described)["distribution"]
    links = page.links | page_of(folder, "data").links  # that page lists the tables
    kinds = [download["encodingFormat"] for download in found]
    tables = len(RELEASED) if name else 0
    assert (kinds.count("application/zip"), kinds.count("text/csv"), len(found)) == (1, tables, tables + 4)
    for download in found:
        place = place_of(download["contentUrl"], root, name)
        content = (folder / place).read_bytes()
        assert download["sha256"] == hashlib.sha256(content).hexdigest()
        assert download["contentSize"] == f"{len(content)} B"
        assert ("../" if name else "") + place in links
        if download["encodingFormat"] != "text/csv":
            assert download["sha256"] in page.text


def test_the_indicators_are_those_of_the_table(described_at: tuple[Path, str]) -> None:
    facts = json.loads(page_of(described_at[0], "about-the-data").described)
    assert facts["variableMeasured"] == [
        row["name"] for row in read_csv(described_at[0].parent / "data/indicators.csv")
    ]


def test_the_years_are_those_of_the_figures_on_the_country(described_at: tuple[Path, str]) -> None:
    data = described_at[0].parent / "data"
    parents = {row["place_id"]: row["parent_id"] for row in read_csv(data / "places.csv")}

    def is_inside(place: str) -> bool:
        return place == "cambodia" or (bool(place) and is_inside(parents[place]))

    periods = [
        row["period"] for row in read_csv(data / "reported_values.csv") if is_inside(row["place_id"])
    ]
    years = [int(year) for period in periods for year in re.findall(r"\b(?:19|20)\d\d\b", period)]
    facts = json.loads(page_of(described_at[0], "about-the-data").described)
    assert facts["temporalCoverage"] == f"{min(years)}/{max(years)}"


def test_no_identifier_is_invented(built_package: Path) -> None:
    """Without an assigned DOI none is shown, and the data set is identified by name and version."""
    for name in ("", "about-the-data"):
        page = page_of(built_package / "site", name)
        named = f"{DESCRIPTOR['name']}-{DESCRIPTOR['version']}"
        assert json.loads(page.described)["identifier"] == named and named in page.text
        assert "None has been assigned." in page.text
    assert "doi" not in (ROOT / "CITATION.cff").read_text(encoding="utf-8").lower()


@pytest.mark.long
def test_a_configured_doi_appears_everywhere(addressed: Path) -> None:
    dataset = describe_dataset(Package(addressed))
    assert yaml.safe_load(citation_cff(dataset))["doi"] == DOI
    assert json.loads(dataset_json_ld(dataset, [], "", False))["identifier"] == IDENTIFIER
    page = page_of(addressed / "site", "about-the-data")
    assert json.loads(page.described)["identifier"] == IDENTIFIER
    assert DOI in page.text and "None has been assigned." not in page.text


@pytest.mark.parametrize(
    "identifier", ["cambodia-csec-evidence", "10.1234", "https://example.org/10.1234/5"]
)
def test_invalid_doi_is_ignored(tmp_path: Path, identifier: str) -> None:
    package = with_doi(copy_package(tmp_path / "package"), identifier)
    assert describe_dataset(Package(package)).doi == ""


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b"])
def test_json_ld_escapes_a_hostile_title(hostile: str) -> None:
    text = dataset_json_ld(replace(describe_dataset(Package(FROZEN)), title=hostile), [], "", False)
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == hostile


def test_citation_file_agrees_with_datapackage_json() -> None:
    citation = yaml.safe_load(citation_cff(describe_dataset(Package(FROZEN))))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["authors"] == [{"name": body["title"]} for body in DESCRIPTOR["contributors"]]
    for ours, theirs in (("title", "title"), ("abstract", "description"), ("version", "version")):
        assert citation[ours] == DESCRIPTOR[theirs]
    assert citation["license"] == DESCRIPTOR["licenses"][0]["name"]
    day = yaml.safe_load(
        citation_cff(replace(describe_dataset(Package(FROZEN)), version="1.0.0", created="2027-01-01"))
    )
    assert str(day["date-released"]) == "2027-01-01"
    assert ("date-released" in citation) == ("created" in DESCRIPTOR) == ("dev0" not in citation["version"])


def citation_file_faults(text: str, place: Path) -> str:
    """Return the faults of a file under the Citation File Format 1.2.0 schema; blank if there are none."""
    place.write_text(text, encoding="utf-8")
    schema = ("--builtin-schema", "vendor.citation-file-format", "--default-filetype", "yaml")
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize("version", ["1.0.0", "1.0.0-dev0"])
@pytest.mark.parametrize("known", [{}, {"created": "2027-01-02", "homepage": ADDRESS, "doi": DOI}])
def test_the_citation_file_is_valid_and_names_year_and_address_where_known(
    version: str, known: dict[str, str], tmp_path: Path
) -> None:
    text = citation_cff(replace(describe_dataset(Package(FROZEN)), version=version, **known))
    assert citation_file_faults(text, tmp_path / "CITATION.cff") == ""
    made = yaml.safe_load(text)
    cited = made.get("preferred-citation", made)
    year = str(cited.get("year", cited.get("date-released", "")))[:4]
    assert year == known.get("created", "")[:4]
    stays = "" if version.endswith("dev0") else f"v/{version}/"
    assert cited.get("url", "") == (f"{ADDRESS}{stays}" if known else "")
    assert cited.get("doi") == known.get("doi")
    assert ("not released" in cited.get("notes", "")) == (bool(known) and version.endswith("dev0"))
    assert ("date-released" in made) == (bool(known) and not version.endswith("dev0"))


def test_a_citation_file_that_breaks_the_schema_is_reported(tmp_path: Path) -> None:
    text = citation_cff(describe_dataset(Package(FROZEN))).replace("authors", "writers")
    assert "authors" in citation_file_faults(text, tmp_path / "CITATION.cff")


def test_one_file_of_bibtex_cites_the_package_and_every_source() -> None:
    package = Package(FROZEN)
    found = parse_string(sources_bib(package, describe_dataset(package)), "bibtex").entries
    rows = {row["source_id"]: row for row in read_csv(FROZEN / "data/sources.csv")}
    first, *others = found
    assert first == describe_dataset(package).citation.key and others == list(rows)
    years = {key: found[key].fields.get("year", "") for key in others}
    assert years == {key: row["date_published"][:4] for key, row in rows.items()}
    assert "" in years.values()


def test_search_engines_are_led_to_every_page_that_may_be_indexed(hostile_package: Path) -> None:
    """The sitemap lists every page, and not the page for missing addresses."""
    site = hostile_package / "site"
    listed = [
        location.text for location in ElementTree.parse(site / "sitemap.xml").iter(f"{{{SITEMAP}}}loc")
    ]
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert sorted(map(str, listed)) == sorted(f"{ADDRESS}{page}/".replace("/./", "/") for page in pages)
    assert len(pages) > 150


def test_reference_managers_and_search_engines_read_the_page_of_a_figure(
    described_at: tuple[Path, str],
) -> None:
    folder, root = described_at
    html = (folder / "values/KH010/index.html").read_text(encoding="utf-8")
    tags = {
        name: unescape(text)
        for name, text in re.findall(r'<meta name="(citation_\w+)" content="([^"]*)"', html)
    }
    page, url = page_of(folder, "values/KH010"), f"{root}values/KH010/" if root else None
    facts = json.loads(page.described)
    assert tags["citation_title"] == facts["name"] and tags["citation_author"] in page.text
    assert tags.get("citation_public_url") == url
    assert facts["url"] == f"{root or '../../'}values/KH010/"
    figure = next(
        row for row in read_csv(FROZEN / "data/reported_values.csv") if row["value_id"] == "KH010"
    )
    said = facts["mainEntity"]
    assert said["measuredValue"]["value"] == float(figure["low"]) == float(figure["high"])
    assert said["observationDate"] == figure["period"] and said["description"] in page.text
    assert facts["isPartOf"]["version"] == DESCRIPTOR["version"]
    titles = {row["title"] for row in read_csv(FROZEN / "data/sources.csv")}
    assert facts["citation"] and {citation["name"] for citation in facts["citation"]} <= titles


# The feed

RELEASES = [
    RecordedRelease("1.1.0", "2027-02-01", "1.0.0", "b", (), ("C101",), {"links": RowCounts(3, 1, 0, 0)}),
    RecordedRelease("1.0.0", "2027-01-01", "", "a", (), (), {"links": RowCounts(2, 2, 0, 0)}),
]
CORRECTION = {
    "correction_id": "C101",
    "version": "1.1.0",
    "date": "2027-01-20",
    "kind": "correction",
    "table_name": "reported_values",
    "row_key": "KH001",
    "field": "low",
    "was": "1 & <2>",
    "became": "",
    "reason": "A slip of ours.",
}


def feed_of(releases: list[RecordedRelease], corrections: list[Mapping[str, str]]) -> ElementTree.Element:
    """Return the feed, parsed."""
    dataset: DescribedDataset = describe_dataset(Package(FROZEN))
    found = feed_entries(releases, [dict(row) for row in corrections], ADDRESS)
    return ElementTree.fromstring(atom_feed(dataset, found, ADDRESS).encode())


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{{{ATOM}}}{name}") or ""


def test_feed_lists_releases_and_corrections_newest_first() -> None:
    xml = feed_of(RELEASES, [CORRECTION])
    found = xml.findall(f"{{{ATOM}}}entry")
    assert [text(entry, "id") for entry in found] == [
        f"{ADDRESS}v/1.1.0/",
        f"{ADDRESS}data/#C101",
        f"{ADDRESS}v/1.0.0/",
    ]
    assert [text(entry, "updated") for entry in found] == [
        "2027-02-01T00:00:00Z",
        "2027-01-20T00:00:00Z",
        "2027-01-01T00:00:00Z",
    ]
    assert text(found[1], "title") == "Correction in version 1.1.0: reported_values KH001"
    assert text(found[1], "content") == "low: “1 & <2>” became “”. A slip of ours."
    assert text(xml, "updated") == "2027-02-01T00:00:00Z"


def test_the_feed_has_what_its_format_asks_for() -> None:
    """RFC 4287 requires id, title, updated and author."""
    for releases in (RELEASES, []):
        xml = feed_of(releases, [])
        assert xml.tag == f"{{{ATOM}}}feed"
        assert all(text(xml, name) for name in ("id", "title", "updated"))
        assert xml.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == DESCRIPTOR["contributors"][0]["title"]
        links = {link.get("rel"): link.get("href") for link in xml.findall(f"{{{ATOM}}}link")}
        assert links == {"self": f"{ADDRESS}feed.xml", "alternate": f"{ADDRESS}data/"}
        assert len(xml.findall(f"{{{ATOM}}}entry")) == len(releases)


def test_feedparser_reads_the_feeds() -> None:
    """feedparser finds no fault, and reads back what was written."""
    dataset: DescribedDataset = describe_dataset(Package(FROZEN))
    found = feed_entries(RELEASES, [CORRECTION], ADDRESS)
    read = feedparser.parse(atom_feed(dataset, found, ADDRESS))
    assert (read.bozo, read.version) == (False, "atom10")
    assert [entry.id for entry in read.entries] == [link.address for link in found]
    assert [entry.title for entry in read.entries] == [entry.title for entry in found]
    broken = atom_feed(dataset, found, ADDRESS).replace("</entry>", "", 1)
    assert feedparser.parse(broken).bozo


def test_the_description_names_publisher_citation_and_commit() -> None:
    dataset: DescribedDataset = describe_dataset(Package(FROZEN))
    facts = json.loads(dataset_json_ld(dataset, [], "", False, commit="abc"))
    assert [body["name"] for body in facts["publisher"]] == list(dataset.creators)
    assert (
        facts["citation"] == dataset.citation.citation_line and facts["isBasedOn"][1]["identifier"] == "abc"
    )


def test_feed_entry_of_a_removed_row_names_no_cell() -> None:
    removal = CORRECTION | {"kind": "removal", "field": "", "was": "", "became": ""}
    xml = feed_of([], [removal])
    assert text(xml.findall(f"{{{ATOM}}}entry")[0], "content") == "A slip of ours."


def test_every_page_leads_to_the_feed(described_at: tuple[Path, str]) -> None:
    folder, root = described_at
    for name, up in (("", ""), ("data", "../"), ("values/KH010", "../../")):
        assert f"{up}feed.xml" in page_of(folder, name).links, name
    feed = ElementTree.parse(folder / "feed.xml").getroot()
    assert text(feed, "id") == f"{root or 'http://127.0.0.1:8000/'}feed.xml"


# The build itself


def test_the_site_offers_the_files_of_a_release(described_at: tuple[Path, str]) -> None:
    files = bytes_of_files(described_at[0] / "download")
    briefs = [files.pop(name) for name in ("brief-en.pdf", "brief-km.pdf")]  # of the site, not of a release
    assert all(content.startswith(b"%PDF") for content in briefs)
    told = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    kinds = {".bib", ".zip", ".csv", *(kind.suffix for kind in FORMATS)}
    assert {Path(name).suffix for name in files} == kinds
