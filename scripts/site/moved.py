"""Old addresses: a page that became a part of another leaves a small page behind that leads there.

They are files as they stand, so the search and the sitemap do not hold them. Their addresses are relative:
they work from a disk, below any address, and within a version.
"""

import jinja2

from scripts.site.pages import TEMPLATES

MOVED = {
    "ethics": "about/#ethics",
    "fair": "methodology/#fair",
    "links": "sources/",
    "not-counted": "limitations/#not-counted",
    "printed-versions": "disagreements/#printed-versions",
    "recomputed": "disagreements/#recomputed",
    "releases": "data/#versions",
    "standards": "methodology/#items",
    "what-would-settle": "what-if/#settle",
}


def forwarding_pages(site_url: str) -> dict[str, str]:
    """The page that stands at each old address."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    template = environment.get_template("moved.html")
    root = f"{site_url.rstrip('/')}/" if site_url else "../"
    return {f"{old}/index.html": template.render(new=new, root=root) for old, new in MOVED.items()}
