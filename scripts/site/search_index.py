"""Finish the search index: remove what should not be found, and add synonyms."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.package.files import rows_of_csv
from scripts.site.render import BOOST

INDEX = "search/search_index.json"
SYNONYMS = "data/editorial/synonyms.csv"
SECTION_OF_MANY = re.compile(rf"(?:{'|'.join(BOOST)})/.*#")  # a section of a generated page or a list

Entry = dict[str, Any]


def trim_index_and_add_synonyms(site: Path) -> None:
    """Remove sections of lists and of generated pages from the index, and add synonyms."""
    index = site / INDEX
    whole = json.loads(index.read_text(encoding="utf-8"))
    synonyms = site / SYNONYMS
    rows = rows_of_csv(synonyms.read_bytes()) if synonyms.exists() else []  # a site may have no data
    sets = [_SynonymSet(row["terms_as_typed"].split(";")) for row in rows]
    kept = (entry for entry in whole["docs"] if not SECTION_OF_MANY.match(entry["location"]))
    whole["docs"] = [entry | {"text": entry["text"] + _synonym_paragraph(entry, sets)} for entry in kept]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    index.write_text(text, encoding="utf-8", newline="\n")


class _SynonymSet:
    """A set of terms that mean the same."""

    def __init__(self, terms: list[str]) -> None:
        self.terms = terms
        any_of_them = "|".join(re.escape(term.removesuffix("s")) for term in terms)
        self._any = re.compile(rf"\b(?:{any_of_them})s?\b", re.IGNORECASE)

    def other_terms_if_any_in_text(self, text: str) -> Iterator[str]:
        """Yield the terms that the text lacks, if it contains at least one other term of the set."""
        if self._any.search(text):
            held = text.lower()
            yield from (term for term in self.terms if term.lower() not in held)


def _synonym_paragraph(entry: Entry, sets: list[_SynonymSet]) -> str:
    """A paragraph with synonyms for words in an entry; blank if there are none."""
    text = f"{entry['title']} {entry['text']}"
    others = [term for terms in sets for term in terms.other_terms_if_any_in_text(text)]
    return f"<p>Also: {', '.join(others)}</p>" if others else ""
