"""The one template step: pages of docs/ are filled in from the data, and text of the data is escaped.

Hand-written pages and the partial templates beside this file are templates. Text of the data is
only ever a value: it is escaped for HTML and for Markdown, and no page passes a template twice.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from scripts.findings import SITE_URL
from scripts.package.files import UsageError
from scripts.package.opening import Package
from scripts.site import listings
from scripts.site.accessible import with_names
from scripts.site.gone import kept_gone
from scripts.site.page_data import PageData
from scripts.site.page_parts import Page
from scripts.site.released import Published
from scripts.site.search import FEATURED, searched, typed
from scripts.site.source_page import source_page
from scripts.site.study_page import study_page
from scripts.site.value_page import value_page
from scripts.wording.words import (
    decimals,
    digits,
    escape,
    part,
    percent,
    plain_word,
    points,
    safe_path,
    safe_url,
    span_words,
    whole,
)

OTHER = "values/x.md"  # for each page in a folder: what its end says and links is that of every other
REPORT = (
    'id="where-to-report"'  # of the box of where to report; a page may have its own, in another language
)
TEMPLATES = Path(__file__).parent / "templates"


class PageError(UsageError):
    """A page asks for something that the data do not have."""


def render_pages(package: Package, published: Published | None = None) -> dict[str, str]:
    """Fill in every page of docs/, and one page a quantity, a source and a study: name and Markdown.

    The pages of docs/ come first, because each quantity lists those that quote it.
    PageError names every page of docs/ that is at fault, and the fault.
    """
    data = PageData(package)
    environment = _environment(package, data)
    environment.globals["published"] = published or Published(package, {}, SITE_URL)
    texts = _written_by_hand(environment, data, sorted((package.folder / "docs").glob("*.md")))
    for source in data.package.rows("sources"):
        name = f"sources/{source['source_id']}.md"
        page = _render(environment, data, name, "source.html", model=partial(source_page, data, source))
        texts[name] = searched("sources", page)
    for study in data.package.rows("studies"):
        name = f"studies/{study['study_id']}.md"
        page = _render(environment, data, name, "study.html", model=partial(study_page, data, study))
        texts[name] = searched("studies", page)
    featured = {row["value_id"] for row in package.rows("featured")}
    for root in data.roots:
        name = f"values/{root.id}.md"
        page = _render(environment, data, name, "value.html", model=partial(value_page, data, root))
        words = typed(root, package.row("indicators", root.indicator_id)["unit"])
        times = FEATURED if root.id in featured else 1
        texts[name] = page if root.is_withdrawn else searched("values", page, words, times)
    closing = cache(partial(_closing, environment, data))
    return {
        name: f"{with_names(text)}\n\n{closing(name if '/' not in name else OTHER, REPORT in text)}\n"
        for name, text in texts.items()
    }


def _closing(environment: SandboxedEnvironment, data: PageData, name: str, says_where: bool) -> str:
    """Where to report, and whom to write to, at the end of each page."""
    data.open_page(name)
    return environment.get_template("report.html").render(
        base=data.base, is_searched=name == "index.md", says_where=says_where
    )


def _written_by_hand(
    environment: SandboxedEnvironment, data: PageData, pages: list[Path]
) -> dict[str, str]:
    """The pages of docs/; what is wrong with any of them is said at once."""
    texts, faults = {}, []
    for name in (page.name for page in pages):
        try:
            texts[name] = data.without_gone(_render(environment, data, name, name))
        except PageError as error:
            faults.append(str(error))
    if faults:
        raise PageError("\n  ".join(faults))
    return texts


def _render(
    environment: SandboxedEnvironment,
    data: PageData,
    name: str,
    template: str,
    model: Callable[[], Page | None] = lambda: None,
) -> str:
    """Lay a page out; `model` selects and words it, which can fail as the template can."""
    data.open_page(name)
    try:
        return environment.get_template(template).render(base=data.base, page=model())
    except (jinja2.TemplateError, KeyError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        reason = f"there is no {error.args[0]}" if isinstance(error, KeyError) else str(error)
        raise PageError(f"docs/{name}{line}: {reason}") from error


def _environment(package: Package, data: PageData) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([package.folder / "docs", TEMPLATES]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # no template changes meanwhile
    )
    environment.globals.update(listings.names(data))
    environment.filters.update(
        part=kept_gone(part),
        percent=kept_gone(percent),
        safe_url=safe_url,
        safe_path=safe_path,
        digits=digits,
        points=kept_gone(points),
        whole=kept_gone(whole),
        plain=plain_word,
        decimals=kept_gone(decimals),
        span=span_words,
    )
    return environment
