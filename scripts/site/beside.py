"""What has to stand beside a figure does: on pages, boxes to copy, cards and briefs as they are filled in.

A build asks it of the sentences of docs/ and of the readings in a role, which these sentences are about.
Lists that are made of rows say by themselves what belongs beside a figure; tests ask it of whole pages.

`show` of a reading says how it may be shown. A range that was computed has its level. Who speaks in a box
to copy prints what it says there.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from scripts.package.reading import Reading
from scripts.site.page_data import PageData
from scripts.wording.printers import printer
from scripts.wording.reading_words import CAUTIONS
from scripts.wording.reported_by import NEWSPAPERS
from scripts.wording.words import begun, percent

OF_ROWS = ("values/", "sources/", "studies/")  # made of rows, with their notices at their heads
# Drawings are looked at where they are made. A row, a paragraph, a box and a card are each read as one
# piece; what a document says may be a heading of its own, for the other numbers stand below it.
DRAWN = re.compile(r"<(?:svg|script|style)\b.*?</(?:svg|script|style)>", re.DOTALL)
BOX = re.compile(r'<q class="quote".*?</q>|<body>.*</body>', re.DOTALL)
TABLE, ROW = (re.compile(rf"<{tag}\b.*?</{tag}>", re.DOTALL) for tag in ("table", "tr"))
TEXT = re.compile(r"<(?=h\d).*?</h\d>|(<p\b.*?</p>|<li\b.*?</li>|[^\n]+)", re.DOTALL)
TAG, PART = re.compile(r"<[^>]*>"), re.compile(r"[.;] ")  # what one body says ends with a part
LINK = re.compile(r'<a href="[^"]*?values/[^"#]+#([^"]+)">(.*?)</a>', re.DOTALL)
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
RANGE = re.compile(r"(?<![\d.,])(\d+\.?\d*)%? (?:to|and|ដល់) (\d+\.?\d*)(?=%| percentage)")
CITED = r"(?<!citing )(?<!citing the )(?<!ដកស្រង់អង្គការ )"  # who is cited does not speak
WITH_INTERVALS = ("estimates", "scenario_estimates", "scenario_changes", "scenario_tipping_points")
PLACES = range(4)  # decimals with which pages write the ends of a range
BY_ITSELF = 1000  # from here on a number in a text is taken for that of a reading, without a link too


def of_sentences(data: PageData, texts: Mapping[str, str]) -> list[str]:
    """Where a sentence of these pages lacks what has to stand beside a reading in a role; each once.

    Pages and cards that are made of rows are left out: another figure may have the same number.
    """
    written = {name: text for name, text in texts.items() if not name.startswith(OF_ROWS)}
    return faults(data, written, {row["value_id"] for row in data.package.rows("featured")})


def faults(data: PageData, texts: Mapping[str, str], about: Collection[str] = ()) -> list[str]:
    """Where a page, a box to copy or a card lacks what has to stand beside a figure; each once.

    About some readings by their ids, or about all.
    """
    needs = _Needs(data, about or data.package.ledger.readings.keys())
    found = (f"docs/{name}: {fault}" for name, text in texts.items() for fault in needs.lacking(name, text))
    return list(dict.fromkeys(found))


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


class _Needs:
    """What some figures of one package need beside them."""

    def __init__(self, data: PageData, about: Collection[str]) -> None:
        self._data, self._values, self._readings = data, data.values, data.package.ledger.readings
        self._about = [one for one in self._readings.values() if one.id in about]
        known = [one for one in self._about if one.is_point and float(one.low) >= BY_ITSELF]
        self._in_company = [(self._values.value(one.id), one) for one in known if self._company(one)]
        self._told, self._levels = self._telling(), dict(self._spans())
        names = "|".join(map(re.escape, sorted(self._told, key=len, reverse=True)))
        self._speakers = re.compile(rf"{CITED}(?<!\w)(?:{names})(?!\w)")
        self._figures = {*NUMBER.findall(" ".join(map(self._values.value, self._readings)))}

    def lacking(self, name: str, page: str) -> Iterator[str]:
        """What is missing on a page or a card. The page of a quantity has its notice at its head."""
        page, is_written = DRAWN.sub("", page), not name.startswith(OF_ROWS)
        boxes, page = BOX.findall(page), BOX.sub("", page)
        tables, texts = TABLE.findall(page), TEXT.findall(TABLE.sub("\n", page))
        pieces = {
            self._alone: boxes + (texts if is_written else []),
            self._linked: (ROW.findall("".join(tables)) + texts) * (not name.startswith("values/")),
            self._ranges: boxes + (tables + texts if is_written else []),
            self._spoken: boxes * name.endswith(".md"),  # the sentence of a card is that of the page
        }
        for ask, piece in ((ask, piece) for ask, some in pieces.items() for piece in some):
            yield from (f"{fault}: {_plain(piece)[:90]} …" for fault in ask(piece))

    def _alone(self, piece: str) -> Iterator[str]:
        """Numbers that may not stand alone, with a link or without."""
        numbers = NUMBER.findall(text := _plain(piece))
        for one in (one for number, one in self._in_company if number in numbers):
            yield from self._lacks(one, text)

    def _linked(self, piece: str) -> Iterator[str]:
        """Figures that lead to their reading."""
        for key, words in LINK.findall(piece):
            begins = f"{_plain(words)}, ".startswith(f"{self._values.value(key)}, ")
            if begins or self._values.printed(key) in _plain(words):
                yield from self._lacks(self._readings[key], _plain(piece))

    def _lacks(self, one: Reading, text: str) -> Iterator[str]:
        """What a text that shows a reading lacks: others beside it, or the words that go with it."""
        together = [one, *self._company(one)]
        for other in together[1:]:
            number = self._values.value(other.id)
            alike = [some.id for some in together if self._values.value(some.id) == number]
            if sum(map(text.count, {number, *map(self._values.printed, alike)})) < len(alike):
                yield f"{one.id} ({one.printed}) needs {other.id} ({other.printed}) beside it"
        if CAUTIONS.get(one.show, "") not in text:
            yield f"{one.id} ({one.printed}) needs “{CAUTIONS[one.show]}” beside it"

    def _company(self, one: Reading) -> list[Reading]:
        """What must stand beside a reading; a sentence can know those of it alone that it is about."""
        company = self._values.company(one.id)
        return [other for other in company if other in self._about] or company

    def _spans(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Each range that was computed at a level, in all ways of writing its ends, and the level."""
        ids = {one.id for one in self._about}
        for row in (row for table in WITH_INTERVALS for row in self._data.package.rows(table)):
            if row["ci_low"] and row["ci_high"] and ids.intersection(row.values()):
                low, high = sorted(abs(float(row[end])) for end in ("ci_low", "ci_high"))
                ways = ((f"{low:.{digits}f}", f"{high:.{digits}f}") for digits in PLACES)
                yield from ((ends, percent(row["ci_level"], 0)) for ends in ways)

    def _ranges(self, piece: str) -> Iterator[str]:
        """Ranges that were computed, without their level."""
        for ends in RANGE.findall(text := _plain(piece)):
            if (level := self._levels.get(ends, "")) not in text:
                yield f"{' to '.join(ends)} needs its level, {level}, beside it"

    def _telling(self) -> dict[str, set[str]]:
        """The numbers that each body tells in documents of its own, by the names that it is called."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._readings.values():
            source = self._values.source(one.id)
            own = self._data.package.name_of("organisations", source["organisation_id"])
            initials = source["organisation_id"].upper()
            kind = NEWSPAPERS if source["kind"] == "newspaper" else ""
            for name in {printer(source), begun(printer(source)), own, initials, kind} - {""}:
                found[name].update(NUMBER.findall(self._data.quotes.told(one)))
        return found

    def _spoken(self, piece: str) -> Iterator[str]:
        """Figures of a box to copy that nobody prints who speaks in that part of it."""
        for part in PART.split(_plain(piece)):
            told = [self._told[name] for name in self._speakers.findall(part)]
            unsaid = self._figures.intersection(NUMBER.findall(part)).difference(*told) if told else ()
            yield from (f"{number} is printed by nobody who speaks there" for number in sorted(unsaid))
