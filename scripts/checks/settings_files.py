"""Can the files be read that commands read beside the data: the record, settings, the head of a page?"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.package import record_file
from scripts.package.files import MERGED, NotPlain, merge_mark, read_text

SETTINGS = "mkdocs.yml"
OTHERS = ("overrides/main.html", "CITATION.cff", ".zenodo.json")
HEAD = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
Fault = tuple[str, int, str]  # file, line, and what is wrong


def faults(folder: Path) -> Iterator[Fault]:
    """What is wrong with those that there are; a package of data alone has none."""
    for name in (record_file.NAME, SETTINGS, *OTHERS):
        if (folder / name).exists() or (folder / name).is_symlink():
            try:
                yield from _faults_of(name, read_text(folder, folder / name))
            except NotPlain as error:
                yield name, 0, str(error)


def _faults_of(name: str, text: str) -> Iterator[Fault]:
    if name == record_file.NAME:
        try:
            record_file.entries(text)
        except record_file.NoRecord as error:
            yield name, error.line, error.message
    elif line := merge_mark(text):
        yield name, line, MERGED
    elif name == SETTINGS:
        yield from _yaml_faults(name, text, 0)


def of_page(name: str, text: str) -> Iterator[Fault]:
    """Marks of a merge, and what heads a page."""
    if line := merge_mark(text):
        yield name, line, MERGED
    head = HEAD.match(text)
    if head and "{{" not in head[1] and "{%" not in head[1]:
        yield from _yaml_faults(name, head[1], 1)


def _yaml_faults(name: str, text: str, before: int) -> Iterator[Fault]:
    import yaml  # a package without settings is checked where there is none

    try:
        read: Any = yaml.safe_load(text.replace("!ENV ", ""))  # without a look at the environment
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + before if error.problem_mark else 0
        yield name, line, f"This is no YAML: {error.problem}."
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        yield name, 0, f"This is no YAML: {type(error).__name__}."
    else:
        if not isinstance(read, dict) or not all(isinstance(key, str) for key in read):
            yield name, 1 + before, "These are no settings, a name and a value each."
        elif before and not all(isinstance(read.get(key, ""), str) for key in ("title", "description")):
            yield name, 1 + before, "The title and the description are text: put quotes around them."
