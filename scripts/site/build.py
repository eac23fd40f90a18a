"""Build the site: fill in the pages, add the charts and the data, then let MkDocs make HTML.

The site is made in a separate folder, which replaces the old site only once it is complete. The MkDocs
hooks are in hooks.py; `mkdocs build` and `mkdocs serve` use them too.
"""

import logging
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cached_property
from logging.handlers import BufferingHandler
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from scripts.contribute import template
from scripts.findings import SITE_URL, to_one_printable_line
from scripts.package.atomic_write import (
    BUILD,
    hard_link_unchanged_files,
    replace_folder_atomically,
    restore_interrupted_folder,
    write_bytes_atomically,
)
from scripts.package.files import UsageError
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log
from scripts.publish.release_files import all_release_files, released_descriptor
from scripts.publish.release_history import package_as_published
from scripts.site import brief_pdfs, browser_engine, disk_cache
from scripts.site.charts import standalone_files
from scripts.site.check_page import ENGINE, PACKAGE
from scripts.site.downloads import DOWNLOAD, PublishedPackage
from scripts.site.quantity_files import quantity_files
from scripts.site.render import PageFault as PageFault
from scripts.site.render import PageRenderer, render_briefs

MOST_WARNINGS = 100_000
CONTENTS = "contents"  # the key in MkDocs' `extra` for the files that the site is made from
KEPT = "kept"  # the key for the path of the page cache and, once that is read, for the `PageCache`


class SiteBuildError(UsageError):
    """Raised if a fault stops the site from being built."""


def build_site(package: Package, place: Path, site_url: str = SITE_URL) -> None:
    """Build the site of the package in a folder; raises SiteBuildError if a page or a link is broken."""
    restore_interrupted_folder(place)
    _refuse_folder_other_than_site(place)
    build_engine_if_possible(package.folder)
    log.info("Filling in the pages …")
    contents = mkdocs_input_files(package, site_url)
    log.info("Building the site …")
    with replace_folder_atomically(place) as out, tempfile.TemporaryDirectory() as empty_folder:
        _run_mkdocs(package.folder, contents, out, site_url, empty_docs_folder=empty_folder)
        hard_link_unchanged_files(out, place)


def write_pages(package: Package) -> Path:
    """Fill in the pages and write them to build/docs, for site builders that do not run our hooks."""
    place = package.folder / BUILD / "docs"
    log.info("Filling in the pages …")
    contents = mkdocs_input_files(package, SITE_URL)
    with replace_folder_atomically(place) as docs:
        for name, content in contents.items():
            write_bytes_atomically(docs / name, content)
    return place


def _refuse_folder_other_than_site(place: Path) -> None:
    """Raise SiteBuildError if a folder contains something other than a site, which a build would delete."""
    if place.exists() and any(place.iterdir()) and not (place / "sitemap.xml").exists():
        raise SiteBuildError(f"{place} holds something other than a site. Name a new or empty folder.")


def mkdocs_input_files(package: Package, site_url: str) -> dict[str, bytes]:
    """The contents of all MkDocs input files, by name: pages, charts and downloads."""
    return MkDocsInput(package, site_url).input_files_by_name()


class MkDocsInput:
    """The files that MkDocs builds the site from, for one state of the data.

    Each time the files are asked for, only pages that have been edited are filled in again. `files` are the
    release files, if they have already been made.
    """

    def __init__(self, package: Package, site_url: str, files: Mapping[str, bytes] | None = None) -> None:
        self._as_entered, self._package = package, package_as_published(package, SITE_URL)
        self.files = files or all_release_files(self._package)
        self._published = PublishedPackage(self._package, self.files, site_url)
        self._pages = PageRenderer(self._package, self._published)

    def input_files_by_name(self) -> dict[str, bytes]:
        """The contents of all files, by name; the pages are filled in from docs/ as it is now."""
        texts = (
            self._published.root_files_by_name()
            | self._pages.all_pages_by_name()
            | self._files_of_quantities
        )
        contents = {f"{DOWNLOAD}/{name}": content for name, content in self.files.items()}
        contents |= {name: text.encode() for name, text in texts.items()}
        style = self._package.bytes_of_file("docs/assets/style.css").decode()
        contents |= standalone_files.svg_and_png_files_of_pictures(texts.values(), style)
        contents |= brief_pdfs.brief_pdf_files(self._package.folder, self._brief_texts, texts, style)
        contents |= self._data_files | _workbook_files(self._package, self._published)
        for name in contents:
            refuse_path_outside_site(name)
        return contents

    @cached_property
    def _files_of_quantities(self) -> dict[str, str]:
        return quantity_files(self._package, self._published)

    @cached_property
    def _brief_texts(self) -> dict[str, str]:
        return render_briefs(self._package, self._published)

    @cached_property
    def _data_files(self) -> dict[str, bytes]:
        return _files_of_tables_and_assets(self._package) | _engine_files(self._as_entered)


def refuse_path_outside_site(name: str) -> None:
    """Raise SiteBuildError if a file of the site would be written outside the site's folder."""
    if {"", ".", ".."}.intersection(name.split("/")) or re.search(r"[\\:\x00-\x1f]", name):
        raise SiteBuildError(
            f"“{to_one_printable_line(name)}” would be written outside the folder of the site. Fix its id."
        )


def _files_of_tables_and_assets(package: Package) -> dict[str, bytes]:
    """The bytes of datapackage.json, of every table, and of every file in docs/assets/, by path."""
    docs = package.folder / "docs"
    assets = [path.relative_to(docs).as_posix() for path in (docs / "assets").rglob("*") if path.is_file()]
    files = {table.path: package.bytes_of_file(table.path) for table in package.contract.tables}
    files |= {path: package.bytes_of_file(f"docs/{path}") for path in assets}
    return files | {DESCRIPTOR: released_descriptor(package)}


def _workbook_files(package: Package, published: PublishedPackage) -> dict[str, bytes]:
    """The empty workbook, and the example workbooks that pages link to, each filled in with a study."""
    filled = {
        path: template.workbook_with_rows(package, template.rows_of_study(package, study_id))
        for path, study_id in published.examples.items()
    }
    return {"contribute/study.xlsx": template.empty_workbook(package)} | filled


def build_engine_if_possible(folder: Path) -> None:
    """Build the browser engine if this is the project's own site; if that fails, only log the reason."""
    try:
        if folder == browser_engine.HERE:
            browser_engine.build_engine_if_missing()
    except browser_engine.EngineUnavailable as reason:
        log.info(f"No check in the browser: {reason} The other pages are whole.")


def _engine_files(package: Package) -> dict[str, bytes]:
    """The files that a browser loads to check a contribution; none if the engine has not been built."""
    if not (folder := browser_engine.existing_engine_folder()):
        return {}
    files = {f"{ENGINE}/{folder.name}/{path.name}": path.read_bytes() for path in folder.iterdir()}
    return files | {PACKAGE: browser_engine.zip_of_rules_and_tables(package)}


def _run_mkdocs(
    folder: Path, contents: dict[str, bytes], out: Path, site_url: str, *, empty_docs_folder: str
) -> None:
    """Build the HTML from `contents`, which the hooks pass on, so that MkDocs reads no pages from disk."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # an advertisement of the theme that looks like an error
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    warnings = BufferingHandler(MOST_WARNINGS)  # such as dead links; reported if the build fails
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = load_config(
            str(folder / "mkdocs.yml"),
            docs_dir=empty_docs_folder,
            site_dir=str(out),
            site_url=site_url,
            strict=True,
            hooks=[str(Path(__file__).with_name("hooks.py"))],
        )
        config.extra |= {CONTENTS: contents, KEPT: disk_cache.PLACE / "pages.json"}
        mkdocs_build(config)
        config.extra[KEPT].write()  # by now the hooks have put a `PageCache` in the place of the path
    except TemplateSyntaxError as error:
        raise SiteBuildError(f"{error.filename}, line {error.lineno}: {error.message}") from error
    except (TemplateError, TypeError, AttributeError, LookupError) as error:
        raise SiteBuildError(f"mkdocs.yml or a template asks for what is not there: {error}") from error
    except MkDocsException as error:
        said = [record.getMessage() for record in warnings.buffer]
        raise SiteBuildError("\n  ".join([str(error), *said])) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
