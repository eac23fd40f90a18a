"""The content security policy, which limits the scripts that a page may run.

The policy is in a `meta` element, because some hosts do not let us set a header. The template allows every
inline script, for site builders that do not run this code; this code allows only inline scripts whose
hashes are listed in inline_scripts.csv.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from scripts.package.files import rows_of_csv

LISTED = Path(__file__).with_name("inline_scripts.csv")
INLINE = "'unsafe-inline'"
WASM, RUNS_WASM = "'wasm-unsafe-eval'", 'data-worker="'
SCRIPT = re.compile(  # an inline script that runs: neither data nor a link to a file
    r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=(?![\"']?(?:text/javascript|module)[\"'\s>]))[^>]*>(.*?)</script>",
    re.DOTALL,
)
LEFT_BEHIND = ' markdown="0"'  # left over from the extension that passes HTML through
POLICY = re.compile(
    rf"(<meta http-equiv=\"?Content-Security-Policy\"? content=\"[^\"]*script-src 'self' (?:{WASM} )?)"
    rf"{INLINE}"
)
TO_THE_ROOT = re.compile(
    r'(?<=^__md_scope=new URL\(")[./]*(?:[\w.-]+/)*(?=",location\))'
)  # differs with the depth of a page


class ScriptNotListed(ValueError):
    """Raised if an inline script is not listed in inline_scripts.csv."""


def html_with_security_policy(html: str, names_scripts: bool = True) -> str:
    """Complete the policy in a page's HTML: allow WebAssembly if the page runs it, and its inline scripts.

    Each inline script is allowed by its hash, and ScriptNotListed is raised if one is not listed in
    inline_scripts.csv. If `names_scripts` is false, the policy goes on allowing every inline script.
    """
    html = html.replace(LEFT_BEHIND, "")  # not an HTML attribute
    if RUNS_WASM in html:  # its worker starts from a blob, so that the same policy applies to it
        html = html.replace("script-src 'self'", f"script-src 'self' {WASM}", 1)
    if not names_scripts:
        return html
    return POLICY.sub(lambda match: match[1] + " ".join(_script_hashes(html)), html, count=1)


def _script_hashes(html: str) -> list[str]:
    """The hash of each inline script that a browser would run, in page order and without repeats."""
    scripts = dict.fromkeys(SCRIPT.findall(html))
    for script in scripts:
        alike = script_hash(TO_THE_ROOT.sub(".", script, count=1))
        if alike not in hashes_of_listed_scripts():
            raise ScriptNotListed(
                f"A script in this page is not listed: {script.strip()[:60]!r}. Take it out; or, if it is "
                f"of the theme or of overrides/main.html, add {alike} to {LISTED.name}."
            )
    return [f"'{script_hash(script)}'" for script in scripts]


def script_hash(script: str) -> str:
    """The SHA-256 hash of a script, written as a content security policy needs it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


@cache
def hashes_of_listed_scripts() -> frozenset[str]:
    """The hashes in inline_scripts.csv, which lists the inline scripts that pages may run."""
    return frozenset(row["hash"] for row in rows_of_csv(LISTED.read_bytes()))
