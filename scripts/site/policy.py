"""The Content-Security-Policy of each page: what a browser runs is ours alone, on whatever host.

It stands in a `meta` element, since not every host lets us set a header. The template allows scripts that
stand in the page, for builders that do not come by here; here each of them is named by its hash instead.
"""

import base64
import hashlib
import re

INLINE = "'unsafe-inline'"
WASM, RUNS_WASM = "'wasm-unsafe-eval'", 'data-worker="'
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
A_TYPE = re.compile(r"""\btype=["']?([^"'\s>]+)""")
LEFT_BEHIND = ' markdown="0"'  # by the extension that leaves HTML as it stands
RUN = ("text/javascript", "module")
POLICY = re.compile(
    rf"(<meta http-equiv=\"?Content-Security-Policy\"? content=\"[^\"]*script-src 'self' (?:{WASM} )?)"
    rf"{INLINE}"
)


def with_policy(html: str, names_scripts: bool = True) -> str:
    """The page with the hashes of its own scripts in its policy, unless a script is still to be put in."""
    html = html.replace(LEFT_BEHIND, "")  # no attribute of HTML
    if RUNS_WASM in html:  # its worker starts from a blob, so that this policy holds for it too
        html = html.replace("script-src 'self'", f"script-src 'self' {WASM}", 1)
    return with_hashes(html) if names_scripts else html


def with_hashes(html: str) -> str:
    """The page with a policy that lets run what stands in it now, and nothing that is put in later."""
    return POLICY.sub(lambda match: match[1] + " ".join(hashes(html)), html, count=1)


def hashes(html: str) -> list[str]:
    """The hash of each script that a browser would run, in the order of the page, each once."""
    run = [text for attributes, text in SCRIPT.findall(html) if _is_run(attributes)]
    digests = (hashlib.sha256(text.encode()).digest() for text in run)
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests))


def _is_run(attributes: str) -> bool:
    kind = A_TYPE.search(attributes)
    return "src=" not in attributes and (kind is None or kind[1] in RUN)
