"""What is asked of a contributed file before its rows can be checked like all others."""

from scripts.checks.rule_table import listed

FILE = listed("contribution-file")
SHEET = listed("contribution-sheet")
COLUMN = listed("contribution-column")
LAYOUT = listed("contribution-layout")
CELL = listed("contribution-cell")
TWICE = listed("contribution-known-key")
PART = listed("contribution-part")
NO_BASE = listed("contribution-denominator")
RULES = (FILE, SHEET, COLUMN, LAYOUT, CELL, TWICE, PART, NO_BASE)
