"""Quote names and values for SQL."""


def quote_name(name: str) -> str:
    """Return a name quoted as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_literal(text: object) -> str:
    """Return a value quoted as an SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"
