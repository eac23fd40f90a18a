"""Make the package of one country, with its rows and a few generic pages, from one with several countries.

`scripts/` has to check, derive and build it unchanged. `python -m tests.country` does this for eight
countries of today's package, or for those named, and leaves them in a folder for inspection.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from scripts import checks, derived
from scripts.findings.renderers import RENDERINGS
from scripts.package.atomic_write import write_text_atomically
from scripts.package.files import UsageError, csv_text
from scripts.package.package import DESCRIPTOR, Package
from scripts.site import build
from tests.frozen import ROOT
from tests.frozen.__main__ import Rows, cut_tables

COUNTRIES = (
    *("bangladesh", "dominican-republic", "india", "kenya"),
    *("mozambique", "nepal", "philippines", "uganda"),
)
# Tables that start empty in the package of another country.
WITHOUT = (
    *("absence_answers", "absence_words", "article_evidence", "article_statements", "events", "featured"),
    *("helplines", "helplines_compared", "limitation_examples", "searches", "subject_gaps"),
    "subject_headlines",
    *("tip_tiers", "tip_tier_sources"),
)
IF_USED = ("limitations", "not_available", "statements")  # rows of these are kept only if referred to
CLAIMS = "{% set found = travelling_claims() %}"
MISSING = '{% set missing = not_available(*(rows("not_available") | map(attribute="topic") | unique)) %}'
# Pages that every page links to: title and content.
PAGES = {
    "index.md": ("What was measured in {name}", "[Figures](values.md), [rules](rules.md)"),
    "about.md": ("About", "## Who answers { #who-answers }\n\nNobody: a test made this."),
    "calculations.md": ("Calculations", '## Bias { #risk-of-bias }\n\n{% include "risk_of_bias.html" %}'),
    "claims-traced.md": (
        "Claims",
        CLAIMS + '{% include "claims_found.html" %}',
    ),
    "dictionary.md": ("Columns", '{% include "dictionary.html" %}'),
    "limitations-all.md": ("Limitations", '{% include "limitations.html" %}'),
    "rules.md": ("Rules", '{% include "rules.html" %}'),
    "sources.md": ("Sources", '{% include "sources.html" %}'),
    "studies.md": ("Studies", '{% include "studies.html" %}'),
    "to-settle.md": ("What is missing", MISSING + '{% include "not_available.html" %}'),
    "values.md": ("Figures", '{% include "values.html" %}'),
}
HEAD = "---\ndescription: {title}\n---\n# {title}\n\n"
ANOTHER, ELSEWHERE = "Cambodia", "Elsewhere"  # pages must not contain it; elsewhere it is replaced
LINK = re.compile(r'\b(?:href|src)="?([^"\s>#][^"\s>]*|#[^"\s>]+)')


def write_country_package(source: Package, country: str, place: Path) -> Package:
    """Write the package of one country into a new folder: rows, datapackage.json, pages and settings."""
    name = source.name_of("places", country)
    held = _country_rows(source, country)
    for table in (table for table in source.tables if not table.is_derived):
        cells = [[cell.replace(ANOTHER, ELSEWHERE) for cell in row.values()] for row in held[table.name]]
        write_text_atomically(place / table.path, csv_text(table.column_names, cells))
    words = {"name": f"{country}-evidence", "title": f"What was measured in {name}", "country": country}
    words |= {"description": f"Reported figures on {name}, each with its source."}
    contract = json.dumps(source.descriptor | words, ensure_ascii=False, indent=2)
    write_text_atomically(place / DESCRIPTOR, contract.replace(ANOTHER, ELSEWHERE) + "\n")
    _write_pages(place, name)
    for path, text in derived.texts_of_derived_tables(Package(place, with_derived=False)).items():
        write_text_atomically(place / path, text)
    return Package(place)


def _country_rows(source: Package, country: str) -> Rows:
    """Return the readings of a country, the rows that they refer to, and the labels of codes."""
    held = {table.name: source.rows(table.name) for table in source.tables if not table.is_derived}
    held |= {name: [] for name in WITHOUT}
    held["scenario_assumptions"] = [row for row in held["scenario_assumptions"] if not row["source_id"]]
    readings = source.reading_index.readings_by_id.values()
    values = {
        reading.id
        for reading in readings
        if source.reading_index.country_of_place(reading.place_id) == country
    }
    return cut_tables(held, [table for table in source.tables if table.name in held], values, IF_USED)


def _write_pages(place: Path, name: str) -> None:
    """Write the pages, and the project's settings with this name and without a menu."""
    shutil.copytree(ROOT / "overrides", place / "overrides")
    shutil.copytree(ROOT / "docs/assets", place / "docs/assets")
    for page, (title, body) in PAGES.items():
        head = HEAD.replace("{title}", title.replace("{name}", name))
        write_text_atomically(place / "docs" / page, f"{head}{body}\n")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for old, new in {
        r"^site_name: .*": f"site_name: What was measured in {name}",
        r"^  (helplines_of|translations|pictures): .*\n": "",
        r"^not_in_nav: .*\n(  .*\n)*": "not_in_nav: '*.md'\n",
        r"^nav:\n(  .*\n)*": "nav: [index.md]\n",
    }.items():
        settings, times = re.subn(old, new, settings, flags=re.MULTILINE)
        assert times, old
    write_text_atomically(place / "mkdocs.yml", settings)


def country_package_faults(source: Package, country: str, place: Path) -> Iterator[str]:
    """Yield what is wrong with a country's package: errors of the check, and faults of its site."""
    package = write_country_package(source, country, place / "package")
    report = checks.run_layers(package, checks.OUR_OWN, layers_run_despite_errors=checks.OUR_OWN)
    if not report.is_valid:
        yield RENDERINGS["text"](report)
    try:
        build.build_site(package, place / "site")
    except UsageError as error:
        yield str(error)
    pages = {path: path.read_text(encoding="utf-8") for path in (place / "site").rglob("*.html")}
    yield from (f"{path} says {ANOTHER}" for path, text in pages.items() if ANOTHER in text)
    yield from sorted(_dead_links(place / "site", pages))


def _dead_links(site: Path, pages: dict[Path, str]) -> set[str]:
    """Return the links that lead to no file, or to a missing part of a page."""
    dead = set()
    for path, text in pages.items():
        here = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        for link in {urljoin(here, link) for link in LINK.findall(text) if ":" not in link}:
            target = site / urlsplit(link).path.lstrip("/")
            page = pages.get(target / "index.html" if target.is_dir() else target)
            part = urlsplit(link).fragment
            if not target.exists() or (
                part and page and not re.search(rf'\bid="?{re.escape(part)}["\s>]', page)
            ):
                dead.add(f"{link} is linked and not there")
    return dead


def main(*countries: str) -> int:
    """Cut out each country and print what fails; return an exit code."""
    folder, source = Path(tempfile.mkdtemp(prefix="countries-")), Package(ROOT)
    failed = 0
    for country in countries or COUNTRIES:
        said = [*country_package_faults(source, country, folder / country)]
        failed += bool(said)
        print(f"{country}: {'; '.join(said) or 'checked, derived and built'}", flush=True)
    print(f"Left in {folder}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
