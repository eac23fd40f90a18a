"""Quotes names and values for SQL."""


def quoted(name: str) -> str:
    """Return a name quoted as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """Return a value quoted as an SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"
