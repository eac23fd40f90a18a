"""A result as a source prints it, taken apart: a share with its count and its base, or two ends."""

import re
from collections.abc import Mapping

from scripts.contribute.filling import number_in
from scripts.package.files import Row

NUMBER = r"[0-9](?:[0-9.,\s]*[0-9])?"
OF = r"\s*(?:/|⁄|(?:(?:out\s+)?of(?:\s+the)?|sur)\s)\s*"
NOUN = r"(?:\s+[^0-9()%,;:]+?)?"  # such as people
PAIR = rf"(?:n\s*=\s*)?(?P<count>{NUMBER}){NOUN}{OF}(?P<base>{NUMBER}){NOUN}"
SHARE = rf"(?P<share>[^0-9()]*{NUMBER}\s*(?:%|per\s?cent\b|percent\b)[^0-9()]*?)"
BREAK = r"\s*[,;:=(\[–—-]\s*"
SHARES = (  # the share behind its count and its base, or before them
    rf"{PAIR}\s*\((?P<share>.+)\)",
    rf"{PAIR}{BREAK}{SHARE}[)\]]?\.?",
    rf"{SHARE}{BREAK}{PAIR}[)\]]?\.?",
    rf"(?P<count>{NUMBER}){NOUN}\s*\({SHARE}\){OF}(?P<base>{NUMBER}){NOUN}",
)
PERCENT = r"\s*(?:%|per\s?cent)?"
RANGE = rf"(?:between\s+|from\s+)?(?P<low>{NUMBER}){PERCENT}\s*(?:to|and|–|—|-)\s*(?P<high>{NUMBER})[^0-9]*"
Parts = Mapping[str, str]


def share_in(text: str) -> Parts | None:
    """The tokens of a share, its count and its base; none where the text is no such thing."""
    matches = (re.fullmatch(form, text, re.IGNORECASE) for form in SHARES)
    return next((one.groupdict() for one in matches if one), None)


def ends_in(text: str) -> Row:
    """The two ends of a range as they are stored; nothing where the text is none."""
    match = re.fullmatch(RANGE, text, re.IGNORECASE)
    ends = {name: number_in(token) for name, token in match.groupdict().items()} if match else {}
    return {**ends, "qualifier": "range"} if ends and all(ends.values()) else {}


def unread(text: str) -> str:
    """Why no reading can be made of the text."""
    many = len(re.findall(NUMBER, text)) > 1
    why = "it holds several numbers" if many else "it holds no plain number in digits"
    return f"This cannot be taken apart: {why}."
