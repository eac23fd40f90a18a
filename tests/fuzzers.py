"""Damaged inputs of five kinds, each from its number alone: the same number gives the same input again."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

NASTY = [
    b"\0",
    b"\xff",
    b"\r",
    b"\n",
    b'"',
    b",",
    b";",
    b"\x1b[2J",
    b"{{",
    b"<",
    b"&",
    b"]]>",
    b"\xef\xbb\xbf",
]
MARKS = b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"
ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1e308,
    10**30,
    "",
    "\x00",
    "x" * 5_000,
    "../../x",
    "{{ 7*7 }}",
    [],
    {},
    [[]],
]
RANGE = b'<mergeCell ref="A1:XFD1048576"/><hyperlink ref="A:XFD"/><cols><col min="1" max="16384"/></cols>'
Damage = Callable[[bytes, random.Random], bytes]


def bytes_of(data: bytes, chance: random.Random) -> bytes:
    """A few bytes are cut, doubled, replaced, moved or put in."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 2, 10, 1_000)))
        put = chance.choice([b"", chance.choice(NASTY), data[at:to] * 2, chance.randbytes(3), MARKS])
        data = chance.choice([data[:at] + put + data[to:], data[:at] + put + data[at:], data[:at] or b"x"])
    return data


def table(data: bytes, chance: random.Random) -> bytes:
    """A CSV file: bytes, or cells that move, vanish or become another."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    cells = lines[at].split(b",")
    kind = chance.randrange(7)
    if kind == 0:
        chance.shuffle(cells)
    elif kind == 1:
        cells[chance.randrange(len(cells))] = chance.choice(
            [*NASTY, b"9" * 400, b"=1+1", b"x" * 30_000, b"1e9"]
        )
    elif kind == 2:
        cells.append(b"x")
    elif kind == 3:
        return b"\n".join([*lines[:at], *lines[at:] * chance.choice((2, 3))])
    elif kind == 4:
        return data.replace(b",", b";").decode().encode(chance.choice(["utf-16", "utf-8", "utf-8-sig"]))
    else:
        return bytes_of(data, chance)
    return b"\n".join([*lines[:at], b",".join(cells), *lines[at + 1 :]])


def tree(data: bytes, chance: random.Random) -> bytes:
    """A JSON file: bytes, or parts that become another kind, are doubled or go."""
    if chance.random() < 0.3:
        return bytes_of(data, chance)
    whole = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        _spoil(whole, chance)
    return json.dumps(whole, ensure_ascii=False, indent=chance.choice((None, 1))).encode()


def _spoil(part: Any, chance: random.Random) -> None:
    """Go down by chance, and change what is found there."""
    while isinstance(part, dict | list) and part:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = chance.choice(keys)
        if not isinstance(part[key], dict | list) or not part[key] or chance.random() < 0.15:
            kind = chance.randrange(4)
            if kind == 0:
                del part[key]
            elif kind == 1 and isinstance(part, dict):
                part[f"{key}x"] = part.pop(key)
            elif kind == 2:
                part[key] = [part[key]]
            else:
                part[key] = deepcopy(chance.choice(ODD))  # what comes next may go down into it
            return
        part = part[key]


def page(data: bytes, chance: random.Random) -> bytes:
    """A page or the settings: bytes, or a head and templates that nobody meant."""
    put = chance.choice(
        [
            *(
                b"---\ntitle: [a\n---\n",
                b"---\ntitle: a: b\n---\n",
                b"---\n- a\n---\n",
                b"nav: [x\n",
                b"\t- x: y\n",
            ),
            *(b"{{ v('no-role') }}", b"{% for %}", b"{{ [1] * 9 }}", b"x" * 6_000, b"&a [*a, *a]\n", MARKS),
        ]
    )
    return put + data if chance.random() < 0.5 else bytes_of(data, chance)


def workbook(data: bytes, chance: random.Random) -> bytes:
    """A zip: bytes of it, or a part that is damaged, doubled, left out or swollen."""
    if chance.random() < 0.25:
        return bytes_of(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(parts))
        kind = chance.randrange(5)
        if kind == 0:
            del parts[name]
        elif kind == 1:
            parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + RANGE)
        elif kind == 2:
            at = parts[name].find(b"<", chance.randrange(len(parts[name]) + 1))
            parts[name] = (
                parts[name][:at] + parts[name][at : at + 300] * chance.choice((2, 500)) + parts[name][at:]
            )
        elif kind == 3:
            parts[name] = parts[name].replace(
                b'"1"', chance.choice([b'"-1"', b'"99999999999"', b'""', b'"x"'])
            )
        else:
            parts[name] = bytes_of(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without a time
    return buffer.getvalue()


def damaged(damage: Damage, data: bytes, number: int) -> bytes:
    """The input of this number."""
    return damage(data, random.Random(number))
