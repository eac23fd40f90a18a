"""What the note of a column title says: what the column holds, and what each of its coded words means."""

from functools import cache
from importlib import resources

from scripts.contribute.labels import of_reason, of_word
from scripts.contribute.sheets import reasons
from scripts.package.contract import Field, Table
from scripts.package.files import csv_rows

Meanings = dict[tuple[str, str], str]  # by column and word; a blank column stands for any


@cache
def _meanings() -> Meanings:
    rows = csv_rows((resources.files("scripts.contribute") / "words.csv").read_bytes())
    return {(row["column"], row["word"]): row["meaning"] for row in rows}


def about(table: Table, column: Field, is_needed: bool) -> str:
    """What a contributor has to know of a column."""
    needed = "Has to be filled. " if is_needed else ""
    unit = f" Unit: {column.unit}." if column.unit else ""
    words = [f"{of_word(word)}{_said(column, word)}" for word in column.words]
    words += [f"{of_reason(word)}{_said(column, word)}" for word in reasons(table, column)]
    listed = f"\n\nWords: {'; '.join(words)}." if words else ""
    example = column.example if not column.words else of_word(column.example)
    return f"{needed}{in_plain_words(column)}{unit} Example: {example}.{listed}"


def in_plain_words(column: Field) -> str:
    """The description of a column, its coded words as the drop-down shows them."""
    text = column.description
    for word in column.words:
        text = text.replace(word, of_word(word))
    return text


def _said(column: Field, word: str) -> str:
    """What a word means, unless the description has said so."""
    if f"{word}:" in column.description:
        return ""
    meaning = meaning_of(column, word)
    return f" – {meaning}" if meaning else ""


def meaning_of(column: Field, word: str) -> str:
    """What a coded word of a column means, in a few words; blank where the word says it."""
    return _meanings().get((column.name, word)) or _meanings().get(("", word), "")
