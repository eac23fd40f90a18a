"""What is asked of `datapackage.json`, and of the files that it names."""

from scripts.findings import Rule

READABLE = Rule(
    "descriptor-readable",
    "datapackage.json is JSON in UTF-8",
    "Every check starts from the contract.",
    "Open the file in an editor that knows JSON and mend the place that is named.",
)
OFFICIAL = Rule(
    "descriptor-profile",
    "The descriptor satisfies the official Data Package 2.0 profile",
    "Other tools read the package by that profile.",
    "Change the property as the profile asks.",
)
PROPERTY = Rule(
    "descriptor-property",
    "Every property has a known name",
    "A misspelt property, such as constraint for constraints, is skipped by readers without a word.",
    "Correct the name, or remove the property.",
)
COMPLETE = Rule(
    "descriptor-complete",
    "Licence, version, source, dialect, and words for every column are there",
    "A column without title and description cannot be read by a stranger.",
    "Add the property that is named.",
)
FORM = Rule(
    "descriptor-form",
    "Properties have the form and the values that the check reads",
    "Another delimiter or another word for missing shows other readers other data.",
    "Give the property the value or the form that the message names.",
)
FILES = Rule(
    "descriptor-files",
    "The files of data/ are those of the contract, each once, inside the package",
    "A file that no one declared is not checked, and a path that leaves the package is not ours.",
    "Delete the file, or give it the path that datapackage.json names, or add it there.",
)
KEYS = Rule(
    "descriptor-keys",
    "Keys name columns that exist",
    "A key that points nowhere is never checked.",
    "Name a table and a column that the contract has.",
)
TABLES = Rule(
    "descriptor-tables",
    "Every table that a rule reads is in the contract, and in its folder, with the columns that it reads",
    "A rule without its table or its column checks nothing.",
    "Put the table, the column or its type back in datapackage.json and in data/, or take the rule out of "
    "scripts/checks/rules/.",
)
RULES = (READABLE, OFFICIAL, FORM, PROPERTY, COMPLETE, FILES, KEYS, TABLES)
