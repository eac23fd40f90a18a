"""A second country: the package relabelled to an invented one, and nothing in `scripts/`.

Places, bodies, studies, ids and texts of the tables, the contract, the pages and the settings get other
names. What comes of it has to be free of errors and warnings, to derive, and to make a site that says
nowhere what the package was about. `python -m tests.second_country` tries today's package, `--frozen` the
one that tests run on; both are left in a folder, to be looked at.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from scripts import checks, derived
from scripts.findings import Report
from scripts.findings.renderers import RENDERINGS
from scripts.package.opening import Package
from scripts.package.tidy import tidy
from scripts.package.write import write_text
from scripts.site import build
from tests.frozen import OF_THE_PROJECT, ROOT, whole_frozen

PARTS = (*OF_THE_PROJECT, "data", "datapackage.json")
NAMES = {  # as texts, ids and addresses write them; a longer name comes before one that it holds
    "Cambodia": "Kavoria",
    "Khmer": "Swahili",
    "Phnom Penh": "Port Selm",
    "Siem Reap": "Olm Varda",
    "Siam Reap": "Ulm Varda",
    "Sihanouk": "Maren",
    "Battambang": "Dorsamund",
    "Kandal": "Rostal",
    "Poipet": "Kerpat",
    "Takeo": "Salvo",
    "Koh Kong": "Ile Bren",
    "Kampong Som": "Haven Brel",
    "International Justice Mission": "Eastern Rescue League",
    "M'lop Tapang": "S'orn Velak",
    "M'Lop Tapang": "S'Orn Velak",
    "Mith Samlanh": "Arn Delvary",
    "Damnok Toek": "Felmar Osk",
    "Chab Dai": "Hal Brun",
}
CODES = {  # of the country, its language and bodies, and what ids begin with
    "CAMBODIA": "KAVORIA",
    "Siemreap": "Olmvarda",
    "IJM": "ERL",
    "ijm": "erl",
    r"\bAPLE\b": "ARDA",
    r"\baple": "arda",
    r"\bADHOC\b": "ALDOR",
    r"\badhoc\b": "aldor",
    r"\bKHM\b": "XVA",
    r"\bkhm\b": "xva",
    r"\bkm\b": "sw",
    r"\bKH(?=-?[0-9])": "XV",
    r"\bKT(?=[0-9])": "KA",
    r"\bE2-": "W2-",
    r"\bRESP-": "ACT-",
    r"\b([LNS])(?=[0-9][0-9]\b)": r"\g<1>9",
}
PACKED = {".png", ".gz", ".parquet", ".pdf", ".ttf"}  # whose bytes spell anything
GONE = re.compile(rb"(?i:cambodia|khmer|ijm|international justice|phnom|siem.?reap|sihanouk)|\bKH-?\d\d")


def forms(name: str) -> tuple[str, str, str]:
    """A name in a text, in an id and in an address: Phnom Penh, phnom-penh, phnompenh."""
    bare = name.lower().replace("'", "")
    return name, bare.replace(" ", "-"), bare.replace(" ", "")


RELABELLED = [
    (re.compile(old), new)
    for olds, news in [*((forms(old), forms(new)) for old, new in NAMES.items()), (CODES, CODES.values())]
    for old, new in zip(olds, news, strict=True)
]


def relabelled(text: str) -> str:
    """The same text about the other country."""
    for old, new in RELABELLED:
        text = old.sub(new, text)
    return text


def relabel(source: Path, place: Path) -> Package:
    """Lay the package out under other names, and derive what is computed."""
    files = (one for part in PARTS for one in (source / part, *(source / part).rglob("*")) if one.is_file())
    for path in (one for one in files if one.parent.name != "derived"):
        new = place / relabelled(path.relative_to(source).as_posix())
        if path.suffix in PACKED:
            shutil.copyfile(path, new)
        else:
            write_text(new, relabelled(path.read_text(encoding="utf-8")))
    tidy(Package(place, with_derived=False))
    for name, text in derived.build(Package(place, with_derived=False)).items():
        write_text(place / name, text)
    return Package(place)


def checked(package: Package) -> Report:
    """What the check finds; frictionless, which knows no names, is left out."""
    return checks.run(package, checks.OUR_OWN, past=checks.OUR_OWN)


def left_in(place: Path) -> Iterator[str]:
    """Each file of a folder, or packed in one, that still says a name, and which."""
    for path in sorted(one for one in place.rglob("*") if one.is_file() and one.suffix not in PACKED):
        name = path.relative_to(place).as_posix()
        for part, content in _contents(path):
            if said := {match[0].decode() for match in GONE.finditer(part.encode() + content)}:
                yield f"{name} {part}: {', '.join(sorted(said))}"


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """What a file holds; of one that packs others, what these hold."""
    if is_zipfile(path):
        with ZipFile(path) as packed:
            yield from ((name, packed.read(name)) for name in packed.namelist())
    else:
        yield path.name, path.read_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Relabel the package, and say what still tells of the country that it was about."""
    parser = argparse.ArgumentParser(prog="python -m tests.second_country", description=__doc__)
    parser.add_argument("--frozen", action="store_true", help="the package that tests run on")
    source = whole_frozen() if parser.parse_args(arguments).frozen else ROOT
    folder = Path(tempfile.mkdtemp(prefix="second-country-"))
    package = relabel(source, folder / "package")
    report = checked(package)
    print(RENDERINGS["text"](report))
    build.build(package, folder / "site")
    left = list(left_in(folder / "site"))
    print(
        "\n".join([*left, f"{len(report.findings)} findings; {len(left)} files with a name left: {folder}"])
    )
    return 1 if report.findings or left else 0


if __name__ == "__main__":
    sys.exit(main())
