"""Neutralise hostile Markdown: the layout stays, but nothing runs and nobody is mentioned.

GitHub e-mails a bot's comments to people. So text written by others must mention nobody, refer to no issue,
load or link to nothing, and contain no HTML. GitHub detects mentions, issue numbers and URLs after decoding
entities, so escaping is not enough: a zero-width space is inserted into each mention, number and URL.
"""

import re

LARGEST = 60_000  # characters; GitHub allows 65,536 in a comment, and we add some
INSIDE = "\u200b"  # zero-width space
LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
# Control, invisible and text-direction characters, and the private area that we use for `KEPT`.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
NUMERIC = re.compile(r"&#0*([0-9]{1,6});")
KEPT = 0xE000  # escaped characters are moved here, and written as escapes again
# Characters with a meaning in HTML, links, pictures, footnotes, code blocks, strikethrough or formulas.
ACTING = re.compile(r"[&<>\[\]`~$\\]")
CALLING = re.compile(
    r"[@\ue040]|#(?![# ])|\ue023|(?<=GH)[-\ue02d]|[:\ue03a](?=[/\ue02f])|(?<=www)[.\ue02e]", re.I
)


def make_markdown_harmless(text: str) -> str:
    """Make Markdown harmless but keep its layout; a long text is cut."""
    plain = LINK.sub(r"\1", UNSEEN.sub("", text[: 2 * LARGEST]))
    read = NUMERIC.sub(lambda found: _decode_character_reference(int(found[1])), plain)
    parted = CALLING.sub(lambda found: found[0] + INSIDE, read)
    return _cut_at_line_end("".join(map(_escape_active_character, parted)))


def _decode_character_reference(number: int) -> str:
    """The character for a reference such as &#97;, or a marker for punctuation, which is escaped later."""
    sign = chr(number)
    if 32 < number < 127 and not sign.isalnum():
        return chr(KEPT + number)
    return sign if sign.isprintable() and not UNSEEN.match(sign) else " "


def _escape_active_character(sign: str) -> str:
    code = ord(sign)
    if KEPT < code < KEPT + 127:
        return f"&#{code - KEPT};"
    return f"&#{code};" if ACTING.match(sign) else sign


def _cut_at_line_end(text: str) -> str:
    """Cut the text at the end of a line, so that no table row or entity is left incomplete."""
    if len(text) <= LARGEST:
        return text
    return text[: text.rfind("\n", 0, LARGEST) + 1] + "\n(cut here)"
