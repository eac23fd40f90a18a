"""The MkDocs hooks named in mkdocs.yml; they run however MkDocs is started.

`python -m scripts site` passes in pages that are already filled in. Under `mkdocs build` and `mkdocs
serve`, these hooks check the data and fill in the pages at each build.
"""

import json
import logging
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # MkDocs only knows this file

from scripts import checks
from scripts.findings import SITE_URL, remove_control_characters
from scripts.findings.renderers import RENDERINGS
from scripts.package.atomic_write import write_text_atomically
from scripts.package.file_transaction import (
    BUILD_LOCK,
    DATA,
    exclusive_lock,
    finish_or_undo_interrupted_write,
)
from scripts.package.files import UsageError, sha256_hex
from scripts.package.package import DESCRIPTOR, Package
from scripts.site import build, search_index
from scripts.site.content_security_policy import ScriptNotListed, html_with_security_policy
from scripts.site.live_rebuild import LiveRebuild
from scripts.site.no_break_spaces import html_with_no_break_spaces
from scripts.site.render import BOOST, TEMPLATES

WATCHED = (DATA, DESCRIPTOR, "overrides", TEMPLATES)  # besides docs/ and mkdocs.yml, which MkDocs watches
# These make the HTML; another version may make it differently.
MAKERS = ("markdown", "mkdocs", "mkdocs-material")
# The table of all values has five thousand such gaps. The pattern starts with a line end, to be fast.
BETWEEN_CELLS = re.compile(r"\n(?<=</t[dhr]>\n)\n*(?=<)")
OF_THE_THEME = re.compile(r'class="(?=md-(?:skip|banner|header|tabs|sidebar|footer)[ "])')
LATE_SEARCH = {  # code in the theme's script, and what replaces it
    '$(location.protocol!=="file:")': "$(!1)",  # the index is not loaded with the page
    '"link[rel=alternate]"': '"link[rel=alternate][hreflang]"',  # a feed is not a language
}
MISSING = "404.md"
CHANGED = "changed"  # the key in the settings for the files that a build makes
make_engine = cache(build.build_engine_if_possible)  # tried once, however often the pages are made
_served: LiveRebuild | None = None  # set while pages are served: MkDocs then adds a script to each


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is `mkdocs serve`, which shows the pages while people edit them."""
    global _served
    _served = LiveRebuild() if command == "serve" else None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
    """Make MkDocs rebuild only what an edit affects."""
    if _served:
        server.builder = _served.make_partial_builder(config, builder)


def on_config(config: MkDocsConfig) -> None:
    """Make MkDocs report broken links, and fill in the pages unless they were passed in.

    This runs before MkDocs empties the output folder, so a fault in the data leaves the old site in place.
    """
    nav, links = config.validation.nav, config.validation.links
    nav.omitted_files = nav.absolute_links = logging.WARNING
    links.absolute_links = links.unrecognized_links = logging.WARNING
    if build.CONTENTS not in config.extra:
        folder = Path(config.config_file_path).parent
        config.watch += [str(folder / path) for path in WATCHED]
        config.extra[build.CONTENTS] = _input_files_or_abort(folder)


def _input_files_or_abort(folder: Path) -> dict[str, bytes]:
    """The input files of the site, from the current data; raises Abort with the reason if that fails."""
    try:
        finish_or_undo_interrupted_write(folder)
        with exclusive_lock(folder / BUILD_LOCK), Package(folder) as package:
            if report := checks.report_if_pages_blocked(package):
                said = RENDERINGS["text"](report)
                raise Abort(remove_control_characters(f"{said}\nNo page was made. Fix these first."))
            make_engine(folder)
            contents = _served.current_site_files if _served else build.mkdocs_input_files
            return contents(package, SITE_URL)
    except (UsageError, OSError) as error:
        raise Abort(remove_control_characters(str(error))) from error


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the files of docs/ with the filled-in ones, in the order in which MkDocs would find them."""
    contents: dict[str, bytes] = config.extra.pop(build.CONTENTS)
    made = [File.generated(config, name, content=content) for name, content in contents.items()]
    changed = _served.names_to_build(contents) if _served else contents
    for file in made:
        if file.src_uri not in changed:  # a partial build skips unchanged files
            file.is_modified = lambda: False  # type: ignore[method-assign]
    config.extra[CHANGED] = [file for file in made if file.src_uri in changed]
    of_theme = [file for file in files if file.src_dir != config.docs_dir]
    all_of_them = Files([*of_theme, *sorted(made, key=file_sort_key)])
    if place := config.extra.get(build.KEPT):
        config.extra[build.KEPT] = PageCache(place, config, all_of_them)
    return all_of_them


class PageCache:
    """The HTML of each page from the last whole build, reused for pages whose text has not changed.

    A page's links depend on the names of all files, so nothing is reused if a file is added, removed or
    renamed, or if the settings change.
    """

    def __init__(self, place: Path, config: MkDocsConfig, files: Files) -> None:
        texts = [Path(path).read_text(encoding="utf-8") for path in (config.config_file_path, __file__)]
        beside = json.dumps([*sorted(files.src_uris), *texts, *map(version, MAKERS)])
        self._place, self._beside = place, sha256_hex(beside.encode())
        self._before: dict[str, list[Any]] = {}
        with suppress(OSError, ValueError):  # no pages are cached, or the file is damaged
            self._before = dict(json.loads(place.read_text(encoding="utf-8")))
        self._now: dict[str, object] = {}

    def render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Replace `Page.render`: take the page from the cache, or render it if the cache lacks it."""
        key = sha256_hex(f"{self._beside} {page.file.src_uri}\n{page.markdown}".encode())
        if made := self._before.get(key):
            page.content, page._title_from_render, ids, toc, links = made
            page.present_anchor_ids, page.toc = set(ids), get_toc(toc)
            page.links_to_anchors = {files.src_uris[name]: anchors for name, anchors in links.items()}
        else:
            Page.render(page, config, files)
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            ids, toc = sorted(page.present_anchor_ids or ()), [*map(_toc_entry_as_dict, page.toc)]
            made = [page.content, page._title_from_render, ids, toc, links]
        self._now[key] = made

    def write(self) -> None:
        """Save the pages of a build; skipped after a faulty build, so that faults are reported again."""
        with suppress(OSError):  # the site is complete even if its pages cannot be cached
            write_text_atomically(self._place, json.dumps(self._now))


def _toc_entry_as_dict(heading: AnchorLink) -> dict[str, object]:
    """An entry in a table of contents, in the form that `get_toc` reads."""
    return {
        "name": heading.title,
        "id": heading.id,
        "level": heading.level,
        "children": [*map(_toc_entry_as_dict, heading.children)],
    }


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Make a page use the pages saved by the last build, if this build may use them."""
    if pages := config.extra.get(build.KEPT):
        page.render = partial(pages.render, page)  # type: ignore[method-assign]


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
    """Stop Jinja from checking whether templates have changed, since none changes during a build."""
    env.auto_reload = False


@event_priority(100)
def _reduce_page_to_title_for_search(context: object, /, page: Page, **others: object) -> None:
    """Reduce a generated page to its title while the search indexes it, and keep the whole for later."""
    if page.file.src_uri.partition("/")[0] in BOOST:
        page.meta["whole"], page.content = page.content, (page.content or "").partition("</h1>")[0]


@event_priority(-100)
def _restore_whole_page(context: object, /, page: Page, **others: object) -> None:
    page.content = page.meta.pop("whole", page.content)


on_page_context = CombinedEvent(_reduce_page_to_title_for_search, _restore_whole_page)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """If a page states its language, declare it in the HTML and translate the theme's words around it."""
    if language := page.meta.get("lang"):
        output = output.replace('<html lang="en"', f'<html lang="{language}"', 1)
        output = OF_THE_THEME.sub('lang="en" class="', output)
        around, article, rest = output.partition("<article")
        for english, words in page.meta.get("around", {}).items():
            said = f'<span lang="{language}">{escape(words)}</span>'
            around = re.sub(rf">\s*{re.escape(english)}\s*<", f">{said}<", around)
        output = around + article + rest
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the 404 page, the search index and the HTML of the pages that were built."""
    out, files = Path(config.site_dir), config.extra.pop(CHANGED)
    pages = {file.src_uri: out / file.dest_uri for file in files if file.is_documentation_page()}
    if MISSING in pages:
        write_404_page(out, config.site_url or "")
        pages[MISSING] = out / "404.html"
    search_index.trim_index_and_add_synonyms(out)
    if _served:
        _served.remember_or_restore_index(out / search_index.INDEX)
    load_search_index_late(out)
    for path in pages.values():
        html = html_with_no_break_spaces(path.read_text(encoding="utf-8"))
        try:
            html = html_with_security_policy(html, names_scripts=_served is None)
        except ScriptNotListed as error:
            raise Abort(f"{path.relative_to(out).as_posix()}: {error}") from error
        path.write_text(BETWEEN_CELLS.sub("", html), encoding="utf-8", newline="\n")


def write_404_page(out: Path, site_url: str) -> None:
    """Write 404.html, if the site has such a page, with links that start at the host's root.

    A host shows this page at any address, so links relative to the page would fail.
    """
    page = out / "404/index.html"
    if not page.exists():  # some packages have no such page
        return
    root = urlsplit(site_url).path.rstrip("/") + "/"
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'"\.\.(?:/|(?="))', f'"{root}', text)
    (out / "404.html").write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(out / "404")


def load_search_index_late(site: Path) -> None:
    """Make pages load the search index at the first search, since loading it with each page is slow."""
    for path in (site / "assets/javascripts").glob("bundle.*.min.js"):
        script = path.read_text(encoding="utf-8")
        for theirs, ours in LATE_SEARCH.items():
            script = script.replace(theirs, ours, 1)
        path.write_text(script, encoding="utf-8", newline="\n")
