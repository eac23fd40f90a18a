"""The GitHub jobs, tested without GitHub, on events and answers as it sends them and on hostile text."""

import io
import json
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import markdown as markdown_library
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scripts.forge import comments, issue_attachments
from scripts.forge.comments import WE, post_or_update_comment
from scripts.forge.github_api import (
    GitHub,
    RequestRefused,
    client_and_event_from_environment,
    read_https_body_up_to,
    regular_files_in_zip,
)
from scripts.forge.jobs import JOBS, main
from scripts.forge.pull_request import (
    BY_HAND,
    CHECK,
    MAIL,
    open_pull_request,
    run_git_with_push_rights,
    write_tables_into_package,
)
from scripts.forge.sanitise_markdown import INSIDE, LARGEST, make_markdown_harmless
from scripts.preview import preview_renderers
from tests.conftest import FROZEN, ROOT, rebuild_derived_tables, run_command
from tests.contribute.contributions import remove_study, write_workbook
from tests.integration.test_structure import named_in
from tests.preview.test_preview import STRUCTURE, Seen
from tests.repository import commit_all, run_git

WORKFLOWS = ROOT / ".github/workflows"
COMMIT, OTHER_COMMIT = "a" * 40, "b" * 40
MARK = "<!-- {} of this repository -->"
REPOSITORY, FORK = 1, 2  # ids
RUN = {
    "id": 77,
    "head_sha": COMMIT,
    "head_branch": "new figures;$(touch pwned)",
    "head_repository": {"id": FORK, "owner": {"login": "someone"}},
    "conclusion": "success",
    "html_url": "https://github.example/o/r/actions/runs/77",
    "pull_requests": [],  # as for each fork
}
FINISHED = {"action": "completed", "workflow_run": RUN}
FILE = "https://github.com/user-attachments/files/123/study.xlsx"
BODY = f"### Title of the document\n\nA\n\n### The figures, as printed\n\n[study.xlsx]({FILE})\n"
ISSUE = {
    "action": "opened",
    "issue": {"number": 12, "title": "New source: `$(touch pwned)`", "body": BODY},
    "repository": {"default_branch": "main"},
}


def zipped(files: Mapping[Any, bytes]) -> bytes:
    """Return the zip that GitHub makes of files uploaded by a job."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


class Forge:
    """A stand-in for the parts of GitHub's API that the jobs use; it records what it was asked."""

    def __init__(self, artifacts: dict[str, dict[str, bytes]] | None = None, heads: str = COMMIT) -> None:
        self.artifacts = list((artifacts or {}).items())
        self.comments: list[dict[str, Any]] = []
        self.pulls = [pull(5, heads)]
        self.files: list[dict[str, str]] = [{"filename": "data/places.csv"}]
        self.asked: list[tuple[str, str, Any]] = []
        self.requests: list[urllib.request.Request] = []

    @property
    def github(self) -> GitHub:
        """The API client as a job gets it."""
        return self.with_remote("")

    def with_remote(self, remote: str) -> GitHub:
        """Return the API client with a repository to push to."""
        return GitHub("https://api.example", "o/r", "a-token", remote, run_id=77, send=self.send)

    def send(self, request: urllib.request.Request) -> bytes:
        """Answer a request as GitHub would."""
        self.requests.append(request)
        path = request.full_url.removeprefix("https://api.example/repos/o/r")
        content = json.loads(request.data) if isinstance(request.data, bytes) else None
        self.asked.append((request.get_method(), path, content))
        if path.endswith("/zip"):
            return zipped(self.artifacts[int(path.split("/")[-2])][1])
        return json.dumps(self._answer(request.get_method(), path.partition("?")[0], content)).encode()

    def _answer(self, method: str, path: str, content: Any) -> Any:
        if "/artifacts" in path:
            named = enumerate(self.artifacts)
            return {
                "artifacts": [
                    {"id": at, "name": name, "size_in_bytes": 9, "expired": False}
                    for at, (name, _) in named
                ]
            }
        if path == "/pulls":
            return self.pulls if method == "GET" else {"number": 9}
        if method == "GET":
            return self.files if path.endswith("/files") else self._page_of_comments()
        if method == "POST" and "/comments" in path:
            number = 31 + len(self.comments)
            self.comments.append({"id": number, "user": {"login": WE}, "body": content["body"]})
        if method == "PATCH":
            [comment] = [
                comment for comment in self.comments if str(comment["id"]) == path.rpartition("/")[2]
            ]
            comment["body"] = content["body"]
        return None

    def _page_of_comments(self) -> list[dict[str, Any]]:
        page = int(re.findall(r"[?&]page=(\d+)", self.asked[-1][1])[0])
        return self.comments[100 * (page - 1) : 100 * page]

    def writes(self) -> list[tuple[str, str]]:
        """Return method and path of each request that changes something on GitHub."""
        return [(method, path) for method, path, _ in self.asked if method != "GET"]


def pull(number: int, commit: str, repository: int = FORK) -> dict[str, Any]:
    return {"number": number, "head": {"sha": commit, "repo": {"id": repository}}}


# Hostile text.

HOSTILE = (
    "@octocat",
    "&#64;octocat &#064;octocat &#x40;octocat &commat;octocat",
    "@&#111;ctocat @​octocat",
    "#12 &#35;12 #&#49;2 o/r#12 GH-12 G&#72;-12 GH&#45;12 gh-12",
    "<b>x</b> <!-- x --> <img src=x onerror=alert(1)> <details>",
    "&lt;b&gt; &#60;b&#62; &amp;#60;b>",
    "[x](https://a.example) [y]: https://a.example ![z](//a.example/p.png) [[x](y)](z)",
    "https://a.example http&#58;//a.example https:&#47;/a.example www.a.example WWW&#46;a.example",
    "a@b.example mailto:a@b.example",
    "```\n~~~\n`code` $x$ $$y$$ ~~gone~~ [^1] [ ] [x]",
    "\u202eturned\u200b\x1b[31m \ue040octocat \ue023" + "12",
    "\\@octocat \\<b> \\[x](y)",
)
CALLS = r"@\w|#\d|\bGH-\d|://|www\.\w"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_comment_mentions_nobody_and_makes_no_markup(text: str) -> None:
    _calls_nobody(make_markdown_harmless(text))
    _calls_nobody(make_markdown_harmless(f"| {text} | {text} |".replace("\n", " ")))


def _calls_nobody(said: str) -> None:
    page = markdown_library.markdown(said, extensions=["tables"])
    seen, prose = Seen(), Seen()
    seen.feed(page)
    prose.feed(re.sub("<pre>.*?</pre>", "", page, flags=re.DOTALL))  # references in code have no effect
    plain = {"h1", "h4", "h5", "h6", "em", "blockquote", "hr", "pre", "code", "ol", "br"}
    assert seen.tags <= STRUCTURE | plain
    assert re.search(CALLS, unescape(said), re.IGNORECASE) is None
    assert re.search(CALLS, prose.text, re.IGNORECASE) is None
    assert not any(sign in said for sign in "<>[]`~$\\\u202e\x1b\ue040")


SIGNS = [*"@#&;<[]():|1a \n\u200b\ue040", "#64", "64", "35", "//", "www.", "GH-"]
NASTY = st.lists(st.sampled_from(SIGNS), max_size=24)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("    <")  # four spaces begin a block of code
@example("@  \n@")  # two spaces at the end break a line, and mention nobody
@given(NASTY.map("".join))
def test_random_markdown_in_a_comment_mentions_nobody(text: str) -> None:
    _calls_nobody(make_markdown_harmless(text))


def test_comment_keeps_headings_lists_and_tables_of_the_preview() -> None:
    table = "| a | b |\n|---|--:|\n| c | [rule](rules/#rule) |\n"
    text = f"## What\n\n**Bold** 2.2%\n\n- **New: KH1**\n  - Reported “2.2”\n\n{table}"
    assert make_markdown_harmless(text) == text.replace("[rule](rules/#rule)", "rule")


def test_a_long_text_is_cut_at_a_line() -> None:
    said = make_markdown_harmless("a line of &#60; and more\n" * 10_000)
    assert LARGEST - 100 < len(said) < LARGEST + 100
    assert set(said.splitlines()) == {"a line of &#60; and more", "", "(cut here)"}
    assert len(make_markdown_harmless("<" * 1_000_000)) < 65_536


# The preview as a comment.


def preview_of(text: str) -> dict[str, dict[str, bytes]]:
    return {"preview": {"preview.md": text.encode()}, "site": {"index.html": b""}}


def comment_on(artifacts: dict[str, dict[str, bytes]], **run: Any) -> str:
    """Return the comment posted for a run with these artifacts."""
    forge = Forge(artifacts)
    comments.comment_change_preview(forge.github, {"workflow_run": RUN | run})
    body: str = forge.comments[0]["body"]
    return body


def test_a_preview_is_posted_once_and_then_edited() -> None:
    """The pull request is looked up by branch and commit; the artifact store never receives the token."""
    forge = Forge(preview_of("## What\n\n@octocat <b>2.2%</b>"))
    assert comments.comment_change_preview(forge.github, FINISHED) == "#5: posted"
    [comment] = forge.comments
    assert comment["body"].startswith(f"{MARK.format('preview')}\n## What")
    assert f"@{INSIDE}octocat &#60;b&#62;2.2%" in comment["body"]
    assert "(https://github.example/o/r/actions/runs/77/artifacts/1)" in comment["body"]
    assert "`aaaaaaaaaa` passed" in comment["body"]
    assert comments.comment_change_preview(forge.github, FINISHED) == "#5: edited"
    assert len(forge.comments) == 1
    assert forge.writes() == [("POST", "/issues/5/comments"), ("PATCH", "/issues/comments/31")]
    assert forge.asked[0][1].endswith("&state=open&head=someone%3Anew+figures%3B%24%28touch+pwned%29")
    assert all("Authorization" not in request.headers for request in forge.requests)
    assert all(request.unredirected_hdrs["Authorization"] == "Bearer a-token" for request in forge.requests)


def test_hints_for_reviewers_are_folded_and_escaped() -> None:
    """Only our own fold is kept as HTML; a copy in the text is escaped. Without room it is left out."""
    assert (comments.FOLD, comments.END) == (preview_renderers.FOLD, preview_renderers.END)
    hints = f"{comments.FOLD}\n\n- @octocat {comments.FOLD}\n\n</p>\n\n{comments.END}"
    lines = comment_on(preview_of(f"## What\n\n{hints}")).splitlines()
    assert [line for line in lines if "<" in line or "&#60;" in line] == [
        *(MARK.format("preview"), comments.FOLD),
        *(f"- @{INSIDE}octocat &#60;details&#62;&#60;summary&#62;For reviewers&#60;/summary&#62;",),
        *("&#60;/p&#62;", comments.END),
    ]
    assert "For reviewers" not in comment_on(preview_of("a line\n" * 9000 + hints))


@pytest.mark.parametrize(
    ("names", "is_code"),
    [
        (["data/places.csv", "data/derived/changes.csv"], False),
        (["data/places.csv", "scripts/forge/github_api.py"], True),
        ([".github/workflows/pull-request.yml"], True),
        (["docs/index.md"], True),
        (["datapackage.json"], True),
        (["data/x.py"], True),
        (["data/places.csv"] * 100, True),  # a list without end
    ],
)
def test_comment_warns_if_the_pull_request_changes_code(names: list[str], is_code: bool) -> None:
    for kind in ("filename", "previous_filename"):
        forge = Forge(preview_of("The pull request changes data and pages alone."))
        forge.files = [{"filename": "data/places.csv", kind: name} for name in names]
        comments.comment_change_preview(forge.github, FINISHED)
        said = forge.comments[0]["body"].partition("---")[2]
        assert ("read these first" in said, comments.ONLY_DATA in said) == (is_code, not is_code)


@pytest.mark.parametrize(
    ("pulls", "fork"),
    [
        ([], RUN["head_repository"]),
        ([pull(5, OTHER_COMMIT)], RUN["head_repository"]),
        ([pull(5, COMMIT, REPOSITORY)], RUN["head_repository"]),
        ([{"number": 5, "head": {"sha": COMMIT, "repo": None}}], RUN["head_repository"]),
        ([pull(5, COMMIT)], None),
    ],
    ids=["none", "a newer push", "another repository", "a fork that went", "a fork that is gone"],
)
def test_preview_of_an_outdated_commit_is_not_posted(pulls: list[Any], fork: Any) -> None:
    forge = Forge(preview_of("x"))
    forge.pulls = pulls
    finished = {"workflow_run": RUN | {"head_repository": fork}}
    assert comments.comment_change_preview(forge.github, finished) == comments.SUPERSEDED
    assert forge.writes() == []


def test_failed_run_without_a_preview_still_gets_a_comment() -> None:
    body = comment_on({}, conclusion="failure")
    assert comments.NO_PREVIEW in body and "did not pass" in body and "/artifacts/" not in body
    assert comments.NO_PREVIEW in comment_on({"preview": {"other.md": b"x"}})


def test_our_comment_is_recognised_among_others_that_copy_its_mark() -> None:
    forge = Forge()
    others = [{"id": at, "user": {"login": "someone"}, "body": MARK.format("preview")} for at in range(100)]
    forge.comments = [*others]
    assert post_or_update_comment(forge.github, 5, "preview", "x") == "#5: posted"
    assert post_or_update_comment(forge.github, 5, "verdict", "x") == "#5: posted"
    assert post_or_update_comment(forge.github, 5, "preview", "y") == "#5: edited"
    assert forge.comments[:100] == others and forge.comments[100]["body"].endswith("\ny")


def test_artifact_that_is_large_or_holds_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("data/places.csv")
    link.external_attr = 0o120777 << 16
    bomb, many = {"preview.md": b"0" * (5_000_001)}, {f"{at}": b"" for at in range(201)}
    for content, why in (
        (zipped({link: b"/etc/passwd"}), "link"),
        (zipped(bomb), "large"),
        (zipped(many), "large"),
        (b"PK", "unpacked"),
    ):
        with pytest.raises(RequestRefused, match=why):
            regular_files_in_zip(content)
    with pytest.raises(RequestRefused, match="too large"):
        Forge().github.files_in_artifact({"id": 1, "size_in_bytes": 5_000_001})


# The files of an issue.


KEPT = "https://github.com/user-attachments/files"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (BODY, [FILE]),
        (f"{BODY}\n[b.ods]({KEPT}/9/b.ods) {KEPT}/9/c.pdf", [FILE, f"{KEPT}/9/b.ods", f"{KEPT}/9/c.pdf"]),
        (f"{BODY}\nMended: {KEPT}/124/study.xlsx", [f"{KEPT}/124/study.xlsx"]),
        (f"{KEPT}/1/a.xlsx {KEPT}/2/A.XLSX", [f"{KEPT}/2/A.XLSX"]),
        *(
            (text, [])
            for text in (
                *("", f"{KEPT}/../../o/r/files/study.xlsx"),
                *(f"{KEPT}/1/a/../../../study.xlsx", f"{KEPT}/1/..xlsx", f"{KEPT}/1/a.xlsx/../../b"),
                KEPT.replace("https", "http") + "/1/study.xlsx",
                KEPT.replace("github.com", "github.com.evil.example") + "/1/study.xlsx",
                f"https://x@evil.example/https//{KEPT[8:]}/1/study.xlsx",
                "https://github.com/o/r/raw/main/study.xlsx",
            )
        ),
    ],
)
def test_only_what_github_keeps_as_an_attachment_is_fetched(text: str, wanted: list[str]) -> None:
    assert [*issue_attachments.attachment_urls_by_name(text).values()] == wanted


class Answer(io.BytesIO):
    """A response, read from an address."""

    def __init__(self, content: bytes, address: str = "https://store.example/x") -> None:
        super().__init__(content)
        self._address = address

    def geturl(self) -> str:
        """Return the address after redirects."""
        return self._address


def test_an_attachment_is_read_up_to_its_limit_and_by_https_alone() -> None:
    assert read_https_body_up_to(Answer(b"12345"), 5) == b"12345"  # type: ignore[arg-type]
    with pytest.raises(RequestRefused, match="larger"):
        read_https_body_up_to(Answer(b"123456"), 5)  # type: ignore[arg-type]
    with pytest.raises(RequestRefused, match="https"):
        read_https_body_up_to(Answer(b"1", "http://store.example/x"), 5)  # type: ignore[arg-type]


def sender_returning(content: bytes) -> Callable[[urllib.request.Request], bytes]:
    return lambda request: content


def raise_no_route(request: urllib.request.Request) -> bytes:
    raise OSError("no route")


def test_an_issue_without_a_file_or_whose_file_cannot_be_had_gets_a_verdict(tmp_path: Path) -> None:
    none = {"issue": {"number": 1, "body": None}}
    assert not issue_attachments.write_verdict_and_tables(none, tmp_path, tmp_path / "a")
    assert (tmp_path / "a/verdict.md").read_text("utf-8") == issue_attachments.NO_WORKBOOK.format("nothing")
    assert not issue_attachments.write_verdict_and_tables(ISSUE, tmp_path, tmp_path / "b", raise_no_route)
    assert (tmp_path / "b/verdict.md").read_text("utf-8") == issue_attachments.NO_ANSWER


def test_a_broken_workbook_gets_the_verdict_of_the_import(tmp_path: Path) -> None:
    place = tmp_path / "issue"
    assert not issue_attachments.write_verdict_and_tables(
        ISSUE, FROZEN, place, sender_returning(b"no workbook")
    )
    said = (place / "verdict.md").read_text("utf-8")
    assert said.startswith(issue_attachments.FAULTS) and "workbook.xlsx" in said
    assert [path.name for path in place.iterdir()] == ["verdict.md"]


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["a.xlsx", "c.pdf"], ["workbook.xlsx ?", "workbook.xlsx"]),
        (["b.ods"], ["workbook.ods ?"]),
        (["Sheet1.csv"], ["workbook.csv ?", "workbook.csv"]),
        (["sources.csv", "studies.csv", "../studies.csv"], ["sources.csv, studies.csv"] * 2),
        (["a.xlsx", "b.xlsx"], []),
        (["a.xlsx", "sources.csv"], []),
        (["study.exe"], []),
    ],
)
def test_issue_may_attach_one_workbook_or_the_tables_of_one_study(
    names: list[str], asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []

    def run(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
        if words[0] == "derive":
            return subprocess.CompletedProcess(words, 1, "", "")
        path = Path(words[2])
        sent = sorted(file.name for file in path.iterdir()) if path.is_dir() else [path.name]
        runs.append(f"{', '.join(sent)}{' ?' * ('--dry-run' in words and not path.is_dir())}")
        return subprocess.CompletedProcess(words, int(path.suffix == ".ods"), "as the import says", "")

    monkeypatch.setattr(issue_attachments, "_run_package_command", run)
    body = "\n".join(f"{KEPT}/{at}/{name}" for at, name in enumerate(names))
    assert not issue_attachments.write_verdict_and_tables(
        {"issue": {"body": body}}, FROZEN, tmp_path / "issue", sender_returning(b"x")
    )
    assert runs == asked
    said = (tmp_path / "issue/verdict.md").read_text("utf-8")
    assert said.startswith(issue_attachments.NO_WORKBOOK.partition("{")[0]) is (not asked)
    assert ("**Not read:** c.pdf." in said) is ("c.pdf" in names)
    assert (issue_attachments.FAULTS in said) is ("b.ods" in names)


def test_failed_import_is_not_reported_as_a_fault_of_the_file(tmp_path: Path) -> None:
    assert not issue_attachments.write_verdict_and_tables(
        ISSUE, tmp_path, tmp_path / "issue", sender_returning(b"x")
    )  # no package there
    assert (tmp_path / "issue/verdict.md").read_text("utf-8") == issue_attachments.FAILED


def run_command_in_this_process(package: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the job within this Python."""
    return run_command(*words, "--package", str(package))


@pytest.mark.slow
def test_sound_workbook_of_an_issue_becomes_a_pull_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sound workbook becomes a pull request; commands run within this Python, to save three starts."""
    monkeypatch.setattr(issue_attachments, "_run_package_command", run_command_in_this_process)
    package = clone_of(FROZEN, tmp_path / "package")
    rows = remove_study(package)
    rebuild_derived_tables(package)
    commit_all(package, "Without the study")
    write_workbook(rows, tmp_path / "study.xlsx")
    place, content = tmp_path / "issue", (tmp_path / "study.xlsx").read_bytes()
    assert issue_attachments.write_verdict_and_tables(ISSUE, package, place, sender_returning(content))
    assert (place / "verdict.md").read_text("utf-8").startswith(issue_attachments.SOUND)
    handed = {
        path.relative_to(place / "rows").as_posix(): path.read_bytes() for path in place.rglob("*.csv")
    }
    assert {"data/studies.csv", "data/reported_values.csv", "data/derived/values.csv"} <= set(handed)
    run_git(package, "checkout", "--quiet", "--", ".")
    forge, remote = Forge({"rows": handed}), create_bare_repository(tmp_path)
    forge.pulls = []
    assert result_of_opening_pull_request(forge, package, remote) == "#9 opened"
    shown = run_git(remote, "show", "--stat", "--format=%ce", "new-source-12")
    assert MAIL in shown and "data/studies.csv" in shown


def test_verdict_on_an_issue_is_one_edited_comment_that_mentions_nobody() -> None:
    forge = Forge({"verdict": {"verdict.md": b"**No.** @octocat <img>"}})
    assert comments.comment_import_verdict(forge.github, ISSUE) == "#12: posted"
    assert comments.comment_import_verdict(forge.github, ISSUE) == "#12: edited"
    body = forge.comments[0]["body"]
    assert f"@{INSIDE}octocat &#60;img&#62;" in body and comments.NEXT in body
    broken = Forge()
    comments.comment_import_verdict(broken.github, ISSUE)
    assert comments.NO_VERDICT in broken.comments[0]["body"]


# The rows that a pull request may hold.

PLACES, SEARCHES = "data/places.csv", "data/method/searches.csv"
HEAD, ROW = b"place_id,name\n", b"a,A\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A package folder with an entered table, a derived one, hand-written ones and a symbolic link."""
    written = ("data/editorial/exceptions.csv", *(f"data/{name}.csv" for name in BY_HAND))
    for name in (PLACES, SEARCHES, "data/derived/changes.csv", *written):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(HEAD + ROW)
    (tmp_path / "data/linked.csv").symlink_to("places.csv")
    return tmp_path


def test_new_rows_and_computed_tables_are_accepted(tables: Path) -> None:
    rows = HEAD + ROW + b'b,"B, @x\n"\n' * 5_000
    files = {PLACES: rows, "data/derived/changes.csv": HEAD + b"c,C\n", SEARCHES: rows}
    assert write_tables_into_package(files, tables) == ["data/derived/changes.csv", SEARCHES, PLACES]
    assert {name: (tables / name).read_bytes() for name in files} == files


MORE = HEAD + ROW + b"b,B\n"
REFUSED = {
    **{
        name: ({name: MORE}, "no table")
        for name in (
            *("../places.csv", "/data/places.csv", "data/places.csv\n", ".github/workflows/x.yml"),
            *("scripts/x.py", "data/editorial/exceptions.csv", "data/corrections.csv", "data/replies.csv"),
        )
    },
    "a table that is not there": ({"data/towns.csv": MORE}, "no plain file"),
    "a link": ({"data/linked.csv": MORE}, "no plain file"),
    "a row less": ({PLACES: HEAD + b"b,B\n"}, "change or go"),
    "a row that is another": ({PLACES: HEAD + b"a,B\nb,B\n"}, "change or go"),
    "another column": ({PLACES: b"place_id,title\na,A\n"}, "columns"),
    "a row with more cells": ({PLACES: MORE + b"c,C,C\n"}, "numbers of cells"),
    "no text": ({PLACES: MORE + b"\xff,C\n"}, "no CSV"),
    "a quote that stays open": ({PLACES: MORE + b'c,"C\n'}, "no CSV"),
    "nothing at all": ({PLACES: b""}, "numbers of cells"),
    "too many rows": ({PLACES: HEAD + ROW + b"b,B\n" * 5_001}, "More than"),
    "computed tables alone": ({"data/derived/changes.csv": MORE}, "No table of data/"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unexpected_files_of_an_artifact_are_refused_and_not_written(case: str, tables: Path) -> None:
    files, why = REFUSED[case]
    with pytest.raises(RequestRefused, match=why):
        write_tables_into_package(
            {PLACES: MORE} | files if PLACES not in files and "alone" not in case else files, tables
        )
    assert (tables / PLACES).read_bytes() == HEAD + ROW


# The pull request.


def clone_of(source: Path, place: Path) -> Path:
    """Copy a package into a new git repository, as a job has it."""
    shutil.copytree(source, place)
    run_git(place, "init", "--quiet", "--initial-branch", "main")
    commit_all(place, "Base")
    return place


def create_bare_repository(folder: Path) -> Path:
    """Create a bare repository to push to."""
    run_git(folder, "init", "--quiet", "--bare", "remote.git")
    return folder / "remote.git"


def result_of_opening_pull_request(forge: Forge, folder: Path, remote: Path) -> str:
    return open_pull_request(forge.with_remote(str(remote)), ISSUE, folder)


def test_rows_become_one_commit_on_main_and_the_check_is_started(tables: Path, tmp_path: Path) -> None:
    clone, remote = clone_of(tables, tmp_path / "clone"), create_bare_repository(tmp_path)
    forge = Forge({"rows": {PLACES: MORE}})
    forge.pulls = []
    assert result_of_opening_pull_request(forge, clone, remote) == "#9 opened"
    assert run_git(remote, "show", "--name-only", "--format=%an %s", "new-source-12").split("\n") == [
        "github-actions[bot] Add the rows of issue 12",
        "",
        PLACES,
        "",
    ]
    assert run_git(remote, "rev-list", "--count", "new-source-12").strip() == "2"
    writes = [(path, content) for method, path, content in forge.asked if method == "POST"]
    assert [path for path, _ in writes] == ["/pulls", "/actions/workflows/pull-request.yml/dispatches"]
    assert writes[0][1] | {"body": ""} == {
        "title": "Rows from issue 12",
        "head": "new-source-12",
        "base": "main",
        "body": "",
    }
    assert writes[1][1] == {"ref": "new-source-12"}
    assert "pwned" not in str(writes)  # no text of the issue is used


def test_a_fixed_workbook_replaces_the_first_but_is_refused_over_the_work_of_others(
    tables: Path, tmp_path: Path
) -> None:
    clone, remote = clone_of(tables, tmp_path / "clone"), create_bare_repository(tmp_path)
    result_of_opening_pull_request(Forge({"rows": {PLACES: MORE}}), clone, remote)
    run_git(clone, "checkout", "--quiet", "main")
    again = Forge({"rows": {PLACES: MORE + b"c,C\n"}})
    assert result_of_opening_pull_request(again, clone, remote) == "#5 brought up to date"
    assert run_git(remote, "show", f"new-source-12:{PLACES}").encode() == MORE + b"c,C\n"
    assert run_git(remote, "rev-list", "--count", "new-source-12").strip() == "2"
    (clone / "note").write_text("x", encoding="utf-8")
    commit_all(clone, "A reviewer adds something")
    run_git(clone, "push", "--quiet", str(remote), "HEAD:new-source-12")
    run_git(clone, "checkout", "--quiet", "main")
    with pytest.raises(RequestRefused, match="work of others"):
        result_of_opening_pull_request(Forge({"rows": {PLACES: MORE}}), clone, remote)
    assert "note" in run_git(remote, "ls-tree", "--name-only", "new-source-12")


def test_token_is_neither_plain_in_git_configuration_nor_in_errors() -> None:
    said = run_git_with_push_rights("a-token", ROOT, "config", "--list")
    assert "http.extraheader=AUTHORIZATION: basic" in said and "a-token" not in said
    with pytest.raises(RequestRefused, match=r"^git no-such-command failed\.$"):
        run_git_with_push_rights("a-token", ROOT, "no-such-command")


# How the workflows run the jobs.


def jobs_of(name: str) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))["jobs"]
    return jobs


def test_each_job_that_may_write_runs_this_folder_alone_without_libraries() -> None:
    jobs = jobs_of("comment.yml") | jobs_of("new-source.yml")
    writers = {name: job for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert set(writers) == {"comment", "answer", "offer"}
    for job in writers.values():
        [clone, step] = job["steps"]
        assert clone["uses"].startswith("actions/checkout@") and "ref" not in clone["with"]  # main
        *command, name = step["run"].split()
        assert command == ["python3", "-m", "scripts.forge.jobs"] and name in JOBS


def uploaded_artifact_paths(name: str) -> dict[str, str]:
    """Return the artifacts that the jobs of a workflow upload, name to path."""
    steps = [step for job in jobs_of(name).values() for step in job["steps"]]
    return {
        step["with"]["name"]: step["with"]["path"]
        for step in steps
        if "upload-artifact@" in step.get("uses", "")
    }


def test_uploaded_artifacts_have_the_names_that_the_scripts_expect() -> None:
    request_name = yaml.safe_load((WORKFLOWS / "pull-request.yml").read_text("utf-8"))["name"]
    comment = yaml.safe_load((WORKFLOWS / "comment.yml").read_text("utf-8"))
    assert comment[True]["workflow_run"]["workflows"] == [request_name]  # YAML 1.1 reads “on” as true
    assert uploaded_artifact_paths("pull-request.yml") == {
        comments.PREVIEW: f"build/{comments.PREVIEW_FILE}",
        comments.SITE: "site",
    }
    assert uploaded_artifact_paths("new-source.yml") == {
        comments.VERDICT: f"build/issue/{comments.VERDICT_FILE}",
        issue_attachments.ROWS: f"build/issue/{issue_attachments.ROWS}",
    }
    assert (WORKFLOWS / CHECK).is_file()


def test_issue_form_and_workflow_agree_on_labels() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/new-source.yml").read_text("utf-8"))
    labels = [field["attributes"].get("label") for field in form["body"]]
    asked = jobs_of("new-source.yml")["read"]["if"]
    assert "Title of the document" in labels and "'### Title of the document'" in asked
    assert FILE.rpartition("/files/")[0] in asked


def test_the_folder_needs_the_standard_library_alone() -> None:
    for path in (ROOT / "scripts/forge").glob("*.py"):
        others = {name for name in named_in(path) if not name.startswith("scripts.forge")}
        assert {module.split(".")[0] for module in others} <= sys.stdlib_module_names


def test_a_job_reads_event_and_token_from_what_github_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    event, output = tmp_path / "event.json", tmp_path / "output"
    event.write_text(json.dumps({"issue": {"number": 1, "body": ""}}), encoding="utf-8")
    known = {
        **{"GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "7", "GITHUB_EVENT_PATH": str(event)},
        **{"GITHUB_API_URL": "https://api.example", "GITHUB_SERVER_URL": "https://github.example"},
        **{"GITHUB_OUTPUT": str(output), "GITHUB_TOKEN": "t"},
    }
    github, read = client_and_event_from_environment(known)
    assert (github.token, github.remote, github.run_id) == ("t", "https://github.example/o/r", 7)
    assert read["issue"]["number"] == 1
    monkeypatch.chdir(tmp_path)
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    assert main(["read-issue"]) == 0
    assert output.read_text("utf-8") == "rows=false\n"
    monkeypatch.setattr(
        "scripts.forge.jobs.client_and_event_from_environment", lambda: (Forge().github, ISSUE)
    )
    assert main(["offer-rows"]) == 1
    assert "Refused: The run handed over no rows." in capsys.readouterr().err
