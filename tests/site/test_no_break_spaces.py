"""A number stays on one line with its unit, and a number that looks like a year with its noun."""

import re
from html import unescape
from pathlib import Path

import pytest

from scripts.site.no_break_spaces import html_with_no_break_spaces


def joined(words: str) -> str:
    """Return a page's text with ~ for each no-break space."""
    article = html_with_no_break_spaces(f"<article>{words}</article>").replace("\xa0", "~")
    return article.removeprefix("<article>").removesuffix("</article>")


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("2.2 % were", "2.2~% were"),
        ("38 of 2,104 people working", "38~of~2,104~people working"),
        ("38\nof\n2,104", "38~of~2,104"),
        ("<b>2.2</b> % of <a href='5 %'>all</a>", "<b>2.2</b>~% of <a href='5 %'>all</a>"),
        ("<a>38</a> of <b>2,104</b>", "<a>38</a>~of~<b>2,104</b>"),
        ("6 percentage points, 35 per cent", "6~percentage~points, 35~per~cent"),
        ("on 6 March 2015", "on 6~March 2015"),
        ("in 2012 and in 2015 the", "in 2012 and in 2015 the"),
        ("under 18 among people, 18 fell", "under~18 among people, 18 fell"),
        ("in Tier 3 since", "in Tier~3 since"),
        ("“30-35 per cent” of", "“<span class=\"whole\">30-35</span>~per~cent” of"),
        ("15%-30%, 80,000-100,000 girls", "<span class=\"whole\">15%-30%</span>, "
         "<span class=\"whole\">80,000-100,000</span>~girls"),
        ("2015-06-10 a/30-35 30-<b>35</b>", "2015-06-10 a/30-35 30-<b>35</b>"),
        ("<code>5 % 2</code> <pre>7 days</pre>", "<code>5 % 2</code> <pre>7 days</pre>"),
        ("3 <p>people</p>", "3 <p>people</p>"),
        ("no number %", "no number %"),
        ("1 \ue000 % <b>2 %</b>", "1 \ue000 % <b>2 %</b>"),
    ],
)  # fmt: skip
def test_no_break_space_joins_a_number_to_its_unit(words: str, together: str) -> None:
    assert joined(words) == together


def test_no_break_spaces_are_added_only_within_the_article() -> None:
    assert html_with_no_break_spaces("<title>2 %</title><article>2 %</article>2 %").count("\xa0") == 1


# Run in a browser, by test_browser.py.
# Each block of text as one string; each match as a range, which has more than one line if it has more tops.
BROKEN = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const unit =
    /\\d\\s(?:%|of\\s\\d|(?:people|children|girls|boys|women|men|venues|cases|points|years)\\b)/g;
  const blocks = "p, li, td, th, dd, dt, h1, h2, h3, summary, caption, figcaption, blockquote, label";
  const mine = (node, block) => node.parentElement.closest(blocks) === block;
  const found = [];
  let looked = 0;
  for (const block of document.querySelectorAll(`article :is(${blocks})`)) {
    if (block.closest("svg, pre, select")) continue;
    const nodes = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (mine(walker.currentNode, block)) nodes.push(walker.currentNode);
    const text = nodes.map((node) => node.data).join("");
    const spot = (at) => {
      for (const node of nodes) { if (at < node.length) return [node, at]; at -= node.length; }
    };
    for (const match of text.matchAll(unit)) {
      const range = document.createRange();
      range.setStart(...spot(match.index));
      range.setEnd(...spot(match.index + match[0].length - 1));
      const lines = [...range.getClientRects()].filter((one) => one.width > 1).map((one) => one.bottom);
      looked += lines.length > 0;
      const is_broken = lines.length && Math.max(...lines) - Math.min(...lines) > 8;
      if (is_broken) found.push(text.slice(Math.max(0, match.index - 20), match.index + 30));
    }
  }
  return [looked, found];
}"""


BLOCK = re.compile(r"<(tr|p|li|dd|dt|h\d|summary|caption|figcaption)\b[^>]*>(.*?)</\1>", re.DOTALL)
LIKE_A_YEAR = re.compile(r"“(?:19|20)\d\d”|\b(?:1,9|2,0)\d\d\b(?!\.\d)")
A_PERIOD = re.compile(r"\((?:a different )?period")
NOUN = re.compile(
    r"people|victims|individuals|persons|girls|women|children|venues|cases|មនុស្ស|នាក់", re.IGNORECASE
)


def test_number_that_looks_like_a_year_is_followed_by_its_noun(site_folder: Path) -> None:
    """Examples are a printed “2014” that counts people, and a denominator of 1,936."""
    met, bare = 0, set()
    for path in site_folder.rglob("index.html"):
        if path.parent.name == "rules":  # its examples are cells, as a spreadsheet shows them
            continue
        html = path.read_text(encoding="utf-8")
        article = html.partition("<article")[2].partition("</article>")[0]
        article = re.sub(r"<(svg|pre)\b.*?</\1>", "", article, flags=re.DOTALL)
        for block in BLOCK.finditer(article):
            words = unescape(re.sub(r"<[^>]*>", " ", block[2]))
            if LIKE_A_YEAR.search(words) and not A_PERIOD.search(words):  # which is a year
                met += 1
                bare |= set() if NOUN.search(words) else {(path.parent.name, " ".join(words.split()))}
    assert met > 20
    assert bare == set()
