"""The rules that a contributed file must pass before its rows are checked like any others."""

from scripts.checks.python_rule_texts import rule_from_table

FILE = rule_from_table("contribution-file")
SHEET = rule_from_table("contribution-sheet")
COLUMN = rule_from_table("contribution-column")
LAYOUT = rule_from_table("contribution-layout")
CELL = rule_from_table("contribution-cell")
TWICE = rule_from_table("contribution-known-key")
PART = rule_from_table("contribution-part")
NO_BASE = rule_from_table("contribution-denominator")
UNREAD_WORDS = rule_from_table("contribution-words")
RULES = (FILE, SHEET, COLUMN, LAYOUT, CELL, TWICE, PART, NO_BASE, UNREAD_WORDS)
