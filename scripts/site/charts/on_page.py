"""Fits what Vega-Lite drew into a page: the page's colours, ids of its own, and words that stand for it."""

import re
from dataclasses import dataclass
from html import escape

from scripts.site.charts.model import EARLIER, INK, LATER, MEASURED, OUTSIDE

# Each tint as Vega may write it, to be replaced by what the page has, so it must occur nowhere else.
TINTS = {name: f"#01020{at}" for at, name in enumerate((INK, EARLIER, LATER, MEASURED, OUTSIDE))}
# What holds anyway.
USUAL = (
    *('opacity="1"', 'fill-opacity="1"', 'stroke-width="1"', 'pointer-events="none"'),
    *('text-anchor="start"', 'font-family="sans-serif"', 'font-size="12px"', 'transform="translate(0,0)"'),
)


@dataclass(frozen=True)
class Named:
    """How a drawing is called: before its ids, by its width, and in words."""

    prefix: str
    width: str
    title: str
    words: str


def on_page(drawn: str, one: Named) -> str:
    """The drawing as it stands in the HTML of a page."""
    return _named(_lean(drawn, one.prefix), one)


def _lean(drawn: str, prefix: str) -> str:
    """Leave out what a page does not need, and make ids that are unique on it."""
    for name, colour in TINTS.items():
        drawn = drawn.replace(colour, "currentColor" if name == INK else f"var(--{name})")
    for usual in USUAL:
        drawn = drawn.replace(f" {usual}", "")
    drawn = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn).replace("url(#", f"url(#{prefix}-")
    drawn = re.sub(r"<[^>]*>", lambda tag: re.sub(r"-?\d+\.\d\d+(?:e-\d+)?", _short, tag[0]), drawn)
    while (leaner := re.sub(r"<g[^>]*></g>", "", drawn)) != drawn:
        drawn = leaner
    return re.sub(r'<path class="(?:background|foreground)"[^>]*>(?:</path>)?', "", drawn)


def _short(digits: re.Match[str]) -> str:
    return f"{float(digits[0]):.1f}".removesuffix(".0")


def _named(drawn: str, one: Named) -> str:
    size = re.search(r'viewBox="[^"]*"', drawn)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{one.width}" {size[0] if size else ""} '
        'font-family="inherit" font-size="12px" role="img" '
        f'aria-labelledby="{one.prefix}-title {one.prefix}-desc">'
        f'<title id="{one.prefix}-title">{escape(one.title)}</title>'
        f'<desc id="{one.prefix}-desc">{escape(one.words)}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: head, drawn, count=1)
