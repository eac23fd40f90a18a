"""What the note of a column title says: what the column holds, and what each of its coded words means."""

from scripts.contribute.sheets import reasons
from scripts.package.contract import Category, Field, Table

MADE = "Short name of the row. It may stay blank: it is made for you."


def about(table: Table, column: Field, is_needed: bool, example: str) -> str:
    """What a contributor has to know of a column, with an example as its cell shows it, if there is one."""
    needed = "Has to be filled. " if is_needed else ""
    unit = f" Unit: {column.unit}." if column.unit else ""
    such = f" Example: {example.removesuffix('.')}." if example else ""
    words = [explained(one) for one in (*column.categories, *reasons(table, column))]
    listed = "\n\n" + "\n".join(words) if words else ""
    own = MADE if table.primary_key == (column.name,) else in_plain_words(column)
    return f"{needed}{own}{unit}{such}{listed}"


def in_plain_words(column: Field) -> str:
    """The description of a column, its coded words as the drop-down shows them."""
    text = column.description
    for word, label in column.labels.items():
        text = text.replace(word, label)
    return text


def explained(word: Category) -> str:
    """A word with what it means, unless that says no more."""
    return f"{word.label} – {word.description}" if word.description else word.label
