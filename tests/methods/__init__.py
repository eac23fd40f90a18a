"""Tests of each statistical method against reference values, a second computation, and its properties.

The reference values were computed elsewhere beforehand, by other methods, and are compared to the last
digit given.
"""
