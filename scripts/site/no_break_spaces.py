"""Keep a value and its unit together: put a no-break space between a number and what it counts.

A range such as 30-35 is also kept on one line, because browsers break lines after a hyphen. This is done in
the finished HTML, so that templates and models need not deal with it. Drawings, scripts, machine-readable
text, the search index and the downloads are left unchanged.
"""

import re

ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
INLINE = re.compile(r"</?(?:a|abbr|b|em|q|span|strong)\b[^>]*>")
RUN = re.compile(
    r"<(?P<kept>code|pre|script|select|style|svg|textarea)\b.*?</(?P=kept)>"
    rf"|(?P<words>(?:[^<]+|{INLINE.pattern})+)"
    r"|<[^>]*>",
    re.DOTALL,
)
MARK = "\ue000"  # stands for a tag; in text from the data, this character is always an entity
A_DIGIT = re.compile(r"\d")
SPACE = rf"({MARK}*)[ \n]+({MARK}*)"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NO_UNIT = (
    "among|an|and|are|as|at|beside|both|but|by|can|do|does|each|fell|for|from|give|gives|had|has|have|in|is|it"
    "|made|no|nor|not|of|on|only|or|out|per|said|says|since|than|that|the|then|there|they|this|to|until|was|we|were"
    "|what|when|where|which|while|who|whose|will|with|would"
)
LONGEST = 9  # letters in a unit such as "provinces"; a longer word may go on the next line
UNIT = rf"%|per cent\b|percentage\b|(?!(?:{NO_UNIT})\b)[a-z]{{2,{LONGEST}}}\b|(?:{MONTHS})\b"
# Not in an address or a date, and not if there is a tag inside.
RANGE = re.compile(r"(?<![\w/.:-])\d[\d.,]*%?-\d[\d.,]*\d?%?(?![\w/-])")
KEPT = (  # letters to look for first, which is many times faster; pattern; replacement
    ("", re.compile(rf"(?<=\d){SPACE}(?={UNIT})"), "\\1\xa0\\2"),
    ("of", re.compile(rf"(?<=\d){SPACE}of{SPACE}(?=\d)"), "\\1\xa0\\2of\\3\xa0\\4"),
    ("nder", re.compile(rf"(?<=\b[Uu]nder){SPACE}(?=1\d\b)"), "\\1\xa0\\2"),
    ("Tier", re.compile(rf"(?<=\bTier){SPACE}(?=[123]\b)"), "\\1\xa0\\2"),
    ("\xa0per", re.compile(rf"(?<=\xa0per|tage){SPACE}(?=cent\b|points?\b)"), "\\1\xa0\\2"),
    ("-", RANGE, r'<span class="whole">\g<0></span>'),
)


def html_with_no_break_spaces(html: str) -> str:
    """The page with no-break spaces between numbers and their units."""
    return ARTICLE.sub(lambda article: RUN.sub(_join_with_no_break_space, article[0]), html)


def _join_with_no_break_space(found: re.Match[str]) -> str:
    words = found["words"]
    if words is None or MARK in words or not A_DIGIT.search(words):
        return found[0]
    tags = INLINE.findall(words)
    bare = INLINE.sub(MARK, words)
    for letters, pattern, kept in KEPT:
        bare = pattern.sub(kept, bare) if letters in bare else bare
    return "".join(piece + tag for piece, tag in zip(bare.split(MARK), [*tags, ""], strict=True))
