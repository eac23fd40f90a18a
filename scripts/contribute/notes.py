"""What the note of a column title says: what the column holds, and what each of its coded words means."""

from functools import cache
from importlib import resources

from scripts.contribute.labels import of_reason, of_word
from scripts.contribute.sheets import reasons
from scripts.package.contract import Field, Table
from scripts.package.files import csv_rows

# By column and word. A blank column stands for any; a blank word for the column itself, where a contributor
# reads other words than those of the contract.
Meanings = dict[tuple[str, str], str]


@cache
def _meanings() -> Meanings:
    rows = csv_rows((resources.files("scripts.contribute") / "words.csv").read_bytes())
    return {(row["column"], row["word"]): row["meaning"] for row in rows}


def about(table: Table, column: Field, is_needed: bool, example: str) -> str:
    """What a contributor has to know of a column, with an example as its cell shows it, if there is one."""
    needed = "Has to be filled. " if is_needed else ""
    unit = f" Unit: {column.unit}." if column.unit else ""
    words = [f"{of_word(word)}{_said(column, word)}" for word in column.words]
    words += [f"{of_reason(word)}{_said(column, word)}" for word in reasons(table, column)]
    listed = f"\n\nWords: {'; '.join(words)}." if words else ""
    such = f" Example: {example.removesuffix('.')}." if example else ""
    own = meaning_of(column, "", f"{table.name}.{column.name}")
    return f"{needed}{own or in_plain_words(column)}{unit}{such}{listed}"


def in_plain_words(column: Field) -> str:
    """The description of a column, its coded words as the drop-down shows them."""
    text = meaning_of(column, "") or column.description
    for word in column.words:
        text = text.replace(word, of_word(word))
    return text


def _said(column: Field, word: str) -> str:
    """What a word means, unless the description has said so."""
    if f"{word}:" in column.description:
        return ""
    meaning = meaning_of(column, word)
    return f" – {meaning}" if meaning else ""


def meaning_of(column: Field, word: str, place: str = "") -> str:
    """What a coded word of a column means, in a few words; blank where the word says it."""
    names = (place, column.name, "")
    return next((found for name in names if (found := _meanings().get((name, word)))), "")
