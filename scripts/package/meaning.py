"""What rules on meaning share: readings beside what they refer to, and numbers written as words."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from scripts.package.contract import Table
from scripts.package.sql import literal

# The zero of each script, from Arabic to the wide ones.
ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
DIGITS = "".join(chr(ord(zero) + digit) for zero in ZEROS for digit in range(10))
PLAIN = "0123456789" * len(ZEROS)
MARKS, PLAIN_MARKS = "，．％", ",.%"
# A set of several places holds each place that its name tells: Kilifi, Kwale and Mombasa.
PLACES_WITHIN = """
SELECT p.place_id, p.name, p.level, [p.place_id, p.parent_id, q.parent_id, r.parent_id] AS within,
    list_filter(within, lambda one: one IS NOT NULL AND one <> 'world')[-1] AS country
FROM main.places p
LEFT JOIN main.places q ON q.place_id = p.parent_id
LEFT JOIN main.places r ON r.place_id = q.parent_id
"""
# An interval behind the number: (95 % CI 1.9-4.8), [112 to 193], IC à 95 % : 3,0-4,9.
INTERVAL = (
    r"([0-9][^(\[]*?) ?(?:"
    r"[(\[][^()\[\]]*[0-9] ?%? ?(?:;|, |[–—-]|to|and|bis|à|a) ?[−–-]?[0-9][^()\[\]]*[)\]]"
    r"|[,;:]? *(?:[0-9]{2} ?% ?)?\b(?:CI|CrI|UI|IC|KI)\b.*)"
)
# The numbers of a token as a cell holds them: without thousands separators, with a point.
NUMBERS = r"""
list_transform(
    regexp_extract_all(token, '[0-9]+(?:[ \x{A0}\x{202F}][0-9]{3}\b)*(?:[.,][0-9]+)*'),
    lambda one: regexp_replace(CASE WHEN s.decimal_mark = 'comma'
        THEN replace(replace(one, '.', ''), ',', '.') ELSE replace(one, ',', '') END,
        '[ \x{A0}\x{202F}]', '', 'g'))
"""
# Every reading beside its indicator, place, study and source, so that rules join it once. Most tokens have
# one byte a letter, and so none of those signs: they are left as they are.
ALL_READINGS = f"""
SELECT v.*, i.kind, i.unit, i.direction, w.name AS place_name, w.level AS place_level, w.within, w.country,
    t.place_id AS study_place, t.fieldwork, t.organisation_id AS study_body, t.weighting, t.design,
    s.date_published AS published, s.organisation_id AS speaker, s.kind AS source_kind, s.independence,
    p.base_kind,
    try_cast(left(v.period, 4) AS INTEGER) AS from_year,
    try_cast(left(split_part(v.period, '/', -1), 4) AS INTEGER) AS to_year,
    CASE WHEN strlen(v.printed) = length(v.printed) THEN v.printed
        ELSE translate(v.printed, '{DIGITS + MARKS}٫٬', '{PLAIN + PLAIN_MARKS}'
            || CASE s.decimal_mark WHEN 'comma' THEN ',.' ELSE '.,' END) END AS token,
    regexp_replace(token, '{INTERVAL}', '\\1') AS token_alone,
    {NUMBERS} AS numbers_printed
FROM main.reported_values v
LEFT JOIN main.indicators i USING (indicator_id)
LEFT JOIN places_within w ON w.place_id = v.place_id
LEFT JOIN main.studies t ON t.study_id = v.study_id
LEFT JOIN main.sources s ON s.source_id = v.source_id
LEFT JOIN main.populations p ON p.population_id = v.population_id
"""
# One in so many, with digits: a share that is read in percent. Rules and the import ask for it by this.
FRACTION = re.compile(
    r"\b(?P<part>[1-9]|one|uma?|una?|une|eine[rm]?)\s+"
    r"(?:(?:in|out\s+of)(?:\s+every)?|of\s+every|(?:de|em)\s+cada|sur|von)\s+(?P<whole>[0-9](?:[0-9.,]*[0-9])?)\b",
    re.IGNORECASE,
)
THOUSAND = 1_000
READ = ("places", "reported_values", "indicators", "studies", "sources", "populations")


def places_within(tables: Sequence[Table]) -> str:
    """One row a place, with all places that hold it, and its country."""
    return _where_all_are_there(tables, PLACES_WITHIN)


def all_readings(tables: Sequence[Table]) -> str:
    """One row a reading, with what it refers to, its token in digits 0 to 9, and the numbers in it.

    `token_alone` is the token without an interval that stands behind its number.
    """
    return _where_all_are_there(tables, ALL_READINGS)


def _where_all_are_there(tables: Sequence[Table], query: str) -> str:
    """A package without one of these tables has no such view; the rules that read it say so."""
    return query if set(READ) <= {table.name for table in tables} else ""


@cache
def _words_for_numbers() -> list[list[str]]:
    """Word, kind and value of each word for a number: number_words.csv beside this module."""
    text = (resources.files("scripts.package") / "number_words.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


@cache
def number_words() -> str:
    """One row a word for a number, a scale or a fraction, as a query."""
    values = ", ".join(
        f"({literal(word)}, {literal(kind)}, {value}::DOUBLE)" for word, kind, value in _words_for_numbers()
    )
    return f"SELECT * FROM (VALUES {values}) AS words (word, kind, value)"


@cache
def scales() -> Mapping[str, int]:
    """What each word such as thousand or million stands for; shorter words mean other things as well."""
    scaled = {word: int(value) for word, kind, value in _words_for_numbers() if kind == "scale"}
    return {word: value for word, value in scaled.items() if value >= THOUSAND and word != "mil"}


def is_plain_number(token: str) -> bool:
    """A token that is a whole number in words and no more: thirty-eight, one million, five percent."""
    whole = {word for word, kind, _ in _words_for_numbers() if kind != "fraction"} | {
        "percent",
        "per",
        "cent",
    }
    return whole.issuperset(token.lower().replace("-", " ").split())
