"""What the catalogue of rules says of tables, and what a person at a sheet reads in place of it."""

import re
from collections.abc import Mapping

LOW, HIGH, PRINTED, RESTATES = "low", "high", "printed", "printing_of"
# Patterns of the catalogue, and what stands for each; a name in braces is the title of its column.
OF_A_SHEET = {
    "whose name ends in _as_printed": "whose title ends in “as printed”",
    "; where a column of the same name with _reason stands beside it, fill that": ", or say why it is",
    r"With the qualifier (.+?) the ends (.+?) to (.+?) do not fit": (
        r"The qualifier is \1, which does not fit {low} \2 and {high} \3"
    ),
    r"\(open\)": "blank",
    r"\blow equals high\b": "{low} equals {high}",
    r"\blow(?= for )": "{low}",
    r"\bhigh(?= for )": "{high}",
    r"\bonly low\b": "only {low}",
    r"\bonly high\b": "only {high}",
    r"\blow and high\b": "{low} and {high}",
    r"\b(?:[Tt]he|its) token (?=“)": "",
    r"\bThe same token\b": "The same number",
    r"\bCopy the token\b": "Copy the number",
    r"\bthe token\b": "{printed}",
    r"\bThe reading (?=[0-9])": "The number ",
    r"\broots of one indicator": "first printings of one indicator",
    r"\bmake the row a root of its own\b": "leave {printing_of} blank",
    r"\bthe root that the source restates\b": "the first printing, which the source restates",
    r", its root (\S+) has\b": r", and \1, which it restates, has",
    r" on the root\b": "",
    r"\b(?:a|the) root\b": "the first printing",
    r"\bids\b": "short names",
    r"\bid\b": "short name",
}


def in_sheet_words(text: str, titles: Mapping[str, str]) -> str:
    """The sentence with titles and words of a sheet; `titles` has that of each column by its field."""
    for words, instead in OF_A_SHEET.items():
        for name in (LOW, HIGH, PRINTED, RESTATES):
            instead = instead.replace(f"{{{name}}}", titles[name])
        text = re.sub(words, instead, text)
    return text
