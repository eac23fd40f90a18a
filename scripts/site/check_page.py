"""The page that checks a file in the browser: what it loads, and how long that takes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.contribute.in_browser import MOST_BYTES
from scripts.contribute.one_result import Question, names, questions
from scripts.package.files import Row, csv_rows
from scripts.package.opening import Package
from scripts.site import engine
from scripts.site.page_data import PageData
from scripts.site.someone import form_address

ENGINE, PACKAGE = "engine", "check/package.zip.gz"  # where the site keeps them
PATIENCE = 60  # seconds of a check after which a person may want to stop it
LINES = ((9.0, "a usual line"), (1.6, "a slow phone line"))  # megabits a second
MILLION, BITS = 1_000_000, 8
START = 3  # seconds from the last byte to the first check, on a small machine; Python starts before


@dataclass(frozen=True)
class Engine:
    """What the page has to know of the engine; no folder where the site was built without one."""

    folder: str
    files: str
    bytes: int
    most_bytes: int = MOST_BYTES
    patience: int = PATIENCE
    form: str = ""

    @property
    def megabytes(self) -> str:
        """The size of all that is loaded once."""
        return f"{self.bytes / MILLION:.0f}"

    @property
    def waits(self) -> list[str]:
        """How long the first check takes to begin, by the line."""
        return [f"{_in_words(self._seconds(speed))} on {line}" for speed, line in LINES]

    def _seconds(self, speed: float) -> float:
        return START + self.bytes * BITS / MILLION / speed

    @property
    def most_megabytes(self) -> str:
        """The largest file that the page takes."""
        return f"{self.most_bytes // MILLION}"


GROUPS = {  # their titles, and what is folded away in each
    "source": ("The source", "decimals, and how the publisher stands to the study"),
    "study": ("The study", "what was drawn, and weights"),
    "result": ("The result", "a result in words, a small number, who is credited"),
    "limit": ("What it leaves out", "who says so, and which way it pulls"),
}
LABELS = "docs/parts/questions.csv"
FOUND_BY_NAME = ("organisations", "places", "populations", "indicators")


@dataclass(frozen=True)
class Group:
    """Questions that belong together: those that all are asked, and those that are folded away."""

    title: str
    asked: list[Question]
    aside_title: str
    aside: list[Question]


@dataclass(frozen=True)
class Form:
    """The questions about one result: by group, with the names that are offered while somebody types."""

    groups: list[Group]
    names: list[tuple[str, list[str]]]
    in_other_words: Mapping[str, list[Row]]  # labels in other languages, by question


def one_result_form(data: PageData) -> Form:
    """What the form asks; its answers are checked by the same Python."""
    asked = questions(data.package)
    return Form(
        [_group(name, asked) for name in GROUPS],
        [(table, names(data.package, table)) for table in FOUND_BY_NAME],
        _in_other_words(data.package),
    )


def _in_other_words(package: Package) -> dict[str, list[Row]]:
    """What the questions are called in other languages, where a table beside the pages tells it."""
    labels: dict[str, list[Row]] = defaultdict(list)
    for row in csv_rows(package.content(LABELS)) if (package.folder / LABELS).is_file() else ():
        labels[row["question"]].append(row)
    return labels


def _group(name: str, asked: list[Question]) -> Group:
    title, aside_title = GROUPS[name]
    first, aside = (
        [one for one in asked if (one.group, one.is_aside) == (name, is_aside)]
        for is_aside in (False, True)
    )
    return Group(title, first, aside_title, aside)


def _in_words(seconds: float) -> str:
    """A time to wait as people say it: in tens of seconds, from one and a half minutes on in minutes."""
    if seconds >= 90:
        return f"about {seconds / 60:.0f} minutes"
    return f"about {10 * max(1, round(seconds / 10))} seconds"


def browser_check(data: PageData) -> Engine:
    """The engine that is kept; making one is left to the build."""
    form = form_address("new-source")
    try:
        folder = engine.engine(lambda text: None, may_fetch=False)
    except engine.NoEngine:
        return Engine("", "", 0, form=form)
    sizes = {name: (folder / name).stat().st_size for name in (engine.WORKER, *engine.FILES)}
    return Engine(f"{ENGINE}/{folder.name}/", " ".join(engine.FILES), sum(sizes.values()), form=form)
