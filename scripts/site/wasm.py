"""A WebAssembly module without the exports that nobody asks for.

DuckDB exports each of its 78,000 functions, for extensions that are linked to it later. No extension is
loaded here; the names alone make up an eighth of the download, and a second of each start.
"""

import re
from collections.abc import Iterator

HEAD, IMPORTS, EXPORTS = 8, 2, 7  # bytes before the first section, and the kinds of two sections
MADE_UP = b"dynCall_"  # names that the JavaScript puts together
MORE, SEVEN_BITS = 0x80, 0x7F  # how a number is written, from its lowest bits on


def with_needed_exports(module: bytes, javascript: str) -> bytes:
    """The module with those exports alone that its JavaScript or its own imports name."""
    words = {word.encode() for word in re.findall(r"[\w$]+", javascript)}
    imports = b"".join(content for kind, content in _sections(module) if kind == IMPORTS)
    written = [module[:HEAD]]
    for kind, content in _sections(module):
        if kind == EXPORTS:
            kept = [
                entry
                for name, entry in _exports(content)
                if name in words or name in imports or name.startswith(MADE_UP)
            ]
            content = _number(len(kept)) + b"".join(kept)
        written += [bytes([kind]), _number(len(content)), content]
    return b"".join(written)


def _sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """Each section: its kind, and what it holds."""
    at = HEAD
    while at < len(module):
        size, start = _read(module, at + 1)
        yield module[at], module[start : start + size]
        at = start + size


def _exports(section: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each export: its name, and the whole entry (name, kind, index)."""
    count, at = _read(section, 0)
    for _ in range(count):
        length, name = _read(section, at)
        end = _read(section, name + length + 1)[1]
        yield section[name : name + length], section[at:end]
        at = end


def _read(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins here, and where the next byte is."""
    number = shift = 0
    while True:
        byte = data[at]
        number, shift, at = number | (byte & SEVEN_BITS) << shift, shift + 7, at + 1
        if byte < MORE:
            return number, at


def _number(number: int) -> bytes:
    if number < MORE:
        return bytes([number])
    return bytes([number & SEVEN_BITS | MORE]) + _number(number >> 7)
