"""What is asked of a contributed file before its rows can be checked like all others."""

from scripts.findings import Rule

FILE = Rule(
    "contribution-file",
    "A contribution is a workbook of the template, or a folder of CSV files",
    "Other files cannot be read with certainty.",
    "Save the workbook as .xlsx without macros and without password. “python -m scripts contribute "
    "template study.xlsx” makes an empty one.",
)
SHEET = Rule(
    "contribution-sheet",
    "Sheets and files have the names of the template",
    "A sheet with another name is not read, and its rows would be lost without a word.",
    "Give the sheet the name that it has in the template, or delete it.",
)
COLUMN = Rule(
    "contribution-column",
    "Columns have the titles of the template, each once",
    "A column with another title is not read. Extra columns can hold what must not be sent, such as names.",
    "Give the column its title as in the template. Delete columns that the template does not have.",
)
LAYOUT = Rule(
    "contribution-layout",
    "A sheet is one table: one header, one row a record, nothing hidden or merged",
    "What is hidden or merged is overlooked, or read as something else.",
    "Unmerge cells, show or delete hidden rows and columns, and keep one table on a sheet.",
)
CELL = Rule(
    "contribution-cell",
    "A cell holds what the source gives, as text or as a plain number",
    "A spreadsheet turns 2015-06 into a date and 5 % into 0.05, and others then read something else.",
    "Set the format of the cell to Text, then type the content again.",
)
TWICE = Rule(
    "contribution-known-key",
    "A new row has a key of its own",
    "An import adds rows. It never changes those that are there.",
    "Use another key for a new row. To correct a row that is there, report an error in a value.",
)
PART = Rule(
    "contribution-part",
    "The count and the denominator of a share have rows of their own",
    "A share without a denominator has no interval, and a number that is only beside another is lost.",
    "Give the number its own row and write it here as reported there, or the short name of that row.",
)
NO_BASE = Rule(
    "contribution-base",
    "A share has its denominator",
    "A share without its denominator has no interval, and nobody can check its last digit.",
    "If the source says how many people or things it is a share of, give that number its own row and name "
    "it under “Denominator of the share”. If it does not, leave it so.",
    level="warning",
)
NO_NUMBER = Rule(
    "contribution-number",
    "A study comes with its numbers",
    "A study without a number tells nothing of what it measured.",
    "Give each number that the source gives a row of its own on the sheet “Reported values”. If you mean "
    "to send the study alone, leave it so.",
    level="warning",
)
RULES = (FILE, SHEET, COLUMN, LAYOUT, CELL, TWICE, PART, NO_BASE, NO_NUMBER)
