"""The public validator beside our own check: one verdict, or a difference with its reason."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import frictionless
import jsonschema
import pytest

from scripts import checks
from scripts.package.opening import Package
from tests.conftest import DESCRIPTOR, FROZEN, ROOT, each
from tests.test_corruption import Edit, ages, in_row, reading, swap, whole

URL = "https://www.khmertimeskh.com/6128/crackdown-on-child-sex-makes-progress/"  # of khmer-times-2015

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("frictionless_here")]

TABLES = {table["name"]: table for table in DESCRIPTOR["resources"]}


def test_referee_accepts_the_package() -> None:
    """The command that any reader can run."""
    tool = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [tool, "validate", "datapackage.json"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" VALID ") == len(TABLES)


def test_descriptor_satisfies_the_official_profile() -> None:
    """The profile of Data Package 2.0, as it is published; a fault in the contract is refused by it."""
    file = ROOT / "scripts/checks/profiles/datapackage-2.0.json"
    profile = jsonschema.Draft7Validator(json.loads(file.read_text(encoding="utf-8")))
    assert list(profile.iter_errors(DESCRIPTOR)) == []
    assert DESCRIPTOR["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert not profile.is_valid(DESCRIPTOR | {"resources": []})


@each(TABLES)
def test_fields_are_described(name: str) -> None:
    """Columns that a stranger can read: each has its type, a title and a sentence; keys are required."""
    schema = TABLES[name]["schema"]
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        assert field["type"] in ("string", "integer", "number"), field
        assert field["title"][0].isupper() and field["title"] == field["title"].strip(), field
        assert len(field["description"]) > 5 and field["description"].endswith("."), field
        assert "enum" not in constraints or field["example"] in constraints["enum"], field
        assert field["name"] not in schema["primaryKey"] or constraints["required"] is True, field


def small_package(place: Path, name: str) -> Path:
    """A package of the real table and those its keys lead to; `places` too, for its reasons."""
    names = [name, "places"]
    for one in names:
        keys = TABLES[one]["schema"].get("foreignKeys", [])
        names += {key["reference"].get("resource", one) for key in keys} - set(names)
    for path in (TABLES[one]["path"] for one in names):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes((FROZEN / path).read_bytes())
    descriptor = json.dumps(DESCRIPTOR | {"resources": [TABLES[one] for one in names]})
    (place / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return place


def verdicts(package: Path) -> tuple[bool, bool]:
    """Is it valid? Our word and that of frictionless."""
    ours = checks.run(Package(package), ("descriptor", "bytes", "schema"), lambda text: None).findings
    return ours == (), frictionless.Package(str(package / "datapackage.json")).validate().valid


@cache
def sound_verdicts(name: str) -> tuple[bool, bool]:
    """Those on the package of a table as it is."""
    with TemporaryDirectory() as place:
        return verdicts(small_package(Path(place), name))


def number(text: str) -> Edit:
    """Write the low end of a reading in another way."""
    return reading(text, "2.2")


BOTH_ACCEPT: list[tuple[str, Edit]] = [
    ("organisations", lambda data: data),
    ("organisations", swap("M'lop", "Mlop")),
    ("organisations", in_row("aple", "aple,", '"aple",')),
    ("organisations", swap("M'lop Tapang", '"M""lop, Tapang"')),
    ("reported_values", number("3.25")),
]
BOTH_REFUSE: list[tuple[str, Edit]] = [
    ("organisations", in_row("aple", "local_ngo", "charity")),
    ("organisations", in_row("aple", "local_ngo", "local_ngo ")),
    ("organisations", swap("M'lop Tapang", "")),
    ("organisations", in_row("aple", "aple,", "aple ,")),
    ("organisations", in_row("aple", "aple,", "ijm,")),
    ("organisations", swap("name,kind", "kind,name")),
    ("organisations", swap("name", "Name")),
    ("organisations", swap("name,", "kind,")),
    ("organisations", swap("M'lop", "M\udc92lop")),
    ("organisations", swap("\nijm", "\n\nijm")),
    ("organisations", in_row("ijm", ",implementer", "")),
    ("organisations", in_row("ijm", ",implementer", ",implementer,")),
    ("organisations", swap("M'lop", '"M')),
    ("organisations", lambda data: data.replace(b",", b";")),
    ("organisations", lambda data: data.decode().encode("utf-16")),
    ("organisations", whole(b"")),
    ("organisations", whole(b"PK\x03\x04" + bytes(500))),
    ("sources", in_row("phnom-penh-post-2015", "2015-06-10", "10.6.2015")),
    ("sources", swap("http://www.ganas.or.jp/20170909cambodia/", URL)),
    ("sources", swap(",tip-report-2015", ",tip-report-2016")),
    ("reported_values", in_row("KH001", ",ijm-khm-2015", ",ijm-khm-2016")),
    ("reported_values", number('"2,2"')),
    ("reported_values", number("2.2 %")),
    ("reported_values", ages("-1", "17")),
    ("reported_values", ages("0", "200")),
    ("reported_values", ages("0", "17.5")),
]
# What frictionless lets through and we do not: reason, table, edit of the table.
IN_TABLES: list[tuple[str, str, Edit]] = [
    ("spaces around a number make it text to others", "reported_values", number(" 2.2")),
    ("only Python reads 1_000 as 1000", "reported_values", number("1_000")),
    ("only Python reads digits of other scripts", "reported_values", number("٢")),
    ("no source prints a share with an exponent", "reported_values", number("22e-1")),
    ("infinity is no reading", "reported_values", number("INF")),
    ("a plus and a leading zero are not the plain form", "reported_values", number("+02.2")),
    ("elsewhere a BOM is part of the first name", "organisations", lambda data: b"\xef\xbb\xbf" + data),
    ("CRLF hides every change", "organisations", lambda data: data.replace(b"\n", b"\r\n")),
    ("a row appended to an open line joins it", "organisations", lambda data: data[:-1]),
    ("a line break in a cell shifts line numbers", "organisations", swap("M'lop Tapang", '"M\nT"')),
    ("DuckDB refuses some stray quotes", "organisations", swap("M'lop", 'M"lop')),
    ("NUL ends a text in C", "organisations", swap("M'lop", "M\0lop")),
    ("a table without rows was cut", "helplines", lambda data: data[: data.index(b"\n") + 1]),
]
# The same around the tables: reason, file, edit of the file.
AROUND_TABLES: list[tuple[str, str, Edit]] = [
    ("a misspelt property is skipped", "datapackage.json", swap("foreignKeys", "foreignKey")),
    ("a misspelt constraint is skipped", "datapackage.json", swap('"constraints"', '"constraint"')),
    ("of two equal properties one is lost", "datapackage.json", swap("{", '{"version": "9", ')),
    ("an undeclared file is not checked", "data/more.csv", lambda data: b"a\n1\n"),
]
DIFFERENCES = [(reason, table, TABLES[table]["path"], edit) for reason, table, edit in IN_TABLES]
DIFFERENCES += [(reason, "sources", file, edit) for reason, file, edit in AROUND_TABLES]


@pytest.mark.long
@pytest.mark.parametrize("accepted", [True, False])
def test_verdicts_agree(accepted: bool, tmp_path: Path) -> None:
    """Two readers written apart say the same of the same table."""
    cases = BOTH_ACCEPT if accepted else BOTH_REFUSE
    for i, (table, edit) in enumerate(cases):
        package = small_package(tmp_path / str(i), table)
        path = package / TABLES[table]["path"]
        path.write_bytes(edit(path.read_bytes()))
        assert verdicts(package) == (accepted, accepted), (table, i)


@pytest.mark.long
@pytest.mark.parametrize("accepted", [True, False])
def test_the_check_is_never_more_lenient(accepted: bool, tmp_path: Path) -> None:
    """Even without our schema: frictionless is a layer of it, behind a gate that is stricter."""
    for i, (table, edit) in enumerate(BOTH_ACCEPT if accepted else BOTH_REFUSE):
        package = small_package(tmp_path / str(i), table)
        path = package / TABLES[table]["path"]
        path.write_bytes(edit(path.read_bytes()))
        done = checks.run(Package(package), ["frictionless"], lambda text: None)
        assert done.is_valid == accepted, (table, i)


@pytest.mark.long
@pytest.mark.parametrize(("reason", "table", "file", "edit"), DIFFERENCES)
def test_known_difference_is_real(reason: str, table: str, file: str, edit: Edit, tmp_path: Path) -> None:
    """We are the stricter one, each time for this reason; a difference that is gone fails here."""
    package = small_package(tmp_path, table)
    assert sound_verdicts(table) == (True, True)
    (package / file).touch()
    (package / file).write_bytes(edit((package / file).read_bytes()))
    assert verdicts(package) == (False, True), reason
