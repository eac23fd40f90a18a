"""Quotes names and values for SQL."""


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Quote a value for SQL."""
    return "'" + str(text).replace("'", "''") + "'"
