"""Each method against its reference values, a second computation and its laws.

The reference values were computed elsewhere beforehand, by other routes, and are
compared to the last digit given.
"""
