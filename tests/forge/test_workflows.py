"""The GitHub workflows: safe against hostile pull requests, with each shell step run here.

GitHub itself is not needed. The steps run in a clone of the same depth as GitHub's, of a merge commit made
in the same way.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import FROZEN, PATHS, ROOT, edit_contract, line_of, read_csv
from tests.repository import (
    CELL,
    change_locator_and_derive,
    change_locator_without_deriving,
    commit_all,
    install_python_script,
    lend_libraries,
    lend_python_start,
    make_repository,
    run_git,
    set_low_end_above_high_end,
)

pytestmark = pytest.mark.xdist_group("workflows")  # so that one worker runs the steps once

GITHUB = ROOT / ".github"
WORKFLOWS = {path.name: path for path in sorted((GITHUB / "workflows").glob("*.yml"))}
FORMS = [path for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
# Each commit was found beside its version in two or more unrelated public repositories, among them
# python/cpython, zizmorcore/zizmor and pypa/cibuildwheel.
PINNED = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "actions/configure-pages": "45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0",
    "actions/deploy-pages": "368f82528645a54fb793d4d04e342629a3f51346 # v5.0.1",
    "actions/download-artifact": "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
    "actions/setup-python": "a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",
    "actions/upload-artifact": "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1",
    "actions/upload-pages-artifact": "fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
}
# Steps that take long.
VALIDATE, COMPARE = "Validate with frictionless", "Compare the derived tables"
PREVIEW, SITE = "Show what would change", "Build the site"
TESTS = "Run linters, types and tests"
ADDRESS = "https://data.example.org/evidence"


def parsed(path: Path) -> dict[str, Any]:
    """Read a YAML file; YAML 1.1 reads the key `on` as true, so it is renamed."""
    content: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in content.items()}


def steps_of(path: Path) -> list[dict[str, Any]]:
    """Return all steps of all jobs in a workflow."""
    return [step for job in parsed(path)["jobs"].values() for step in job["steps"]]


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool installed alongside this Python."""
    program = Path(sys.executable).parent / name
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


# What the files say.


def test_the_actions_in_use_are_those_that_are_pinned_here() -> None:
    found = {
        line.split("uses:")[1].strip() for path in WORKFLOWS.values() for line in _lines_with_uses(path)
    }
    assert found == {f"{action}@{commit}" for action, commit in PINNED.items()}
    assert all(re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin) for pin in PINNED.values())


def _lines_with_uses(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]


TRIGGERS = {  # what triggers each; none runs untrusted code with permissions
    "comment.yml": {"workflow_run": {"workflows": ["Pull request"], "types": ["completed"]}},
    "everything.yml": {
        "push": {"branches": ["main"], "paths-ignore": ["data/**"]},
        "schedule": [{"cron": "41 2 * * 1"}],
        "pull_request": {"types": ["labeled", "synchronize", "reopened"]},
        "workflow_dispatch": None,
    },
    "new-source.yml": {"issues": {"types": ["opened", "edited"]}},
    "publish.yml": {"push": {"branches": ["main"]}, "workflow_dispatch": None},
    "pull-request.yml": {"pull_request": None, "workflow_dispatch": None},
    "release.yml": {"workflow_dispatch": None},
    "sources.yml": {"schedule": [{"cron": "17 3 2 * *"}], "workflow_dispatch": None},
}


MAY = {  # permissions of each job beyond reading the public code
    "comment.yml": {"comment": {"actions": "read", "contents": "read", "pull-requests": "write"}},
    "new-source.yml": {
        "read": {"contents": "read"},
        "answer": {"actions": "read", "contents": "read", "issues": "write"},
        "offer": {"actions": "write", "contents": "write", "pull-requests": "write"},
    },
    "publish.yml": {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
    "release.yml": {
        "build": {"contents": "read", "pages": "read"},
        "publish": {"actions": "write", "contents": "write"},
    },
    "sources.yml": {
        "visit": {"contents": "read"},
        "propose": {"contents": "write", "pull-requests": "write"},
    },
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_job_may_do_what_it_needs_and_no_more(name: str) -> None:
    """A job without write permission gets no token, since it may run or open anyone's files."""
    workflow = parsed(WORKFLOWS[name])
    assert workflow["on"] == TRIGGERS[name]
    jobs = workflow["jobs"]
    found = {job: about["permissions"] for job, about in jobs.items() if "permissions" in about}
    assert found == MAY.get(name, {})
    assert workflow["permissions"] == ({} if found else {"contents": "read"})
    for job, about in jobs.items():
        may_write = "write" in found.get(job, {}).values()
        assert may_write or not re.search("GITHUB_TOKEN|GH_TOKEN|github.token", str(about))


WITH_ITS_LABEL = (
    "github.event_name != 'pull_request' || contains(github.event.pull_request.labels.*.name, 'everything')"
)


def test_slow_jobs_run_on_a_pull_request_only_with_a_label() -> None:
    jobs = parsed(WORKFLOWS["everything.yml"])["jobs"]
    assert {job["if"] for job in jobs.values()} == {WITH_ITS_LABEL}
    assert set(jobs) == {"code", "systems", "year"}
    assert set(parsed(WORKFLOWS["pull-request.yml"])["jobs"]) == {"data", "tests"}


def test_jobs_that_may_write_run_no_python_and_no_make() -> None:
    for name, job in (("sources.yml", "propose"), ("publish.yml", "deploy"), ("release.yml", "publish")):
        steps = parsed(WORKFLOWS[name])["jobs"][job]["steps"]
        assert not re.search(r"python|\bmake\b|scripts", " ".join(step.get("run", "") for step in steps))


def test_only_main_is_published() -> None:
    jobs = parsed(WORKFLOWS["publish.yml"])["jobs"]
    assert jobs["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert jobs["deploy"]["needs"] == "build"  # skipped if the build is


@pytest.mark.parametrize("name", ["pull-request.yml", "everything.yml"])
def test_a_pull_request_finds_no_secret_and_leaves_no_cache(name: str) -> None:
    text = WORKFLOWS[name].read_text(encoding="utf-8").replace(WITH_ITS_LABEL, "")
    said = "\n".join(line.split(" #")[0] for line in text.splitlines() if not line.startswith("#"))
    assert not re.search(r"secrets|github\.token|GITHUB_TOKEN|cache|github\.event|head_ref", said)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_shell_steps_hold_no_text_from_outside_and_clones_no_token_and_each_job_ends(name: str) -> None:
    """Shell steps get values through the environment: a branch name or title could contain shell code."""
    steps = steps_of(WORKFLOWS[name])
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    clones = [step["with"] for step in steps if "checkout@" in step.get("uses", "")]
    assert clones and all(clone["persist-credentials"] is False for clone in clones)
    workflow = parsed(WORKFLOWS[name])
    most = 180 if name == "sources.yml" else 60  # that one waits between requests
    assert all(0 < job["timeout-minutes"] <= most for job in workflow["jobs"].values())
    assert "group" in workflow["concurrency"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_steps_and_jobs_that_a_workflow_refers_to_exist(name: str) -> None:
    """Every step or job referred to exists, since GitHub silently reads an unknown name as blank."""
    jobs = parsed(WORKFLOWS[name])["jobs"]
    for job in jobs.values():
        needed = job.get("needs", [])
        assert set([needed] if isinstance(needed, str) else needed) <= set(jobs)
        before: set[str] = set()
        for step in job["steps"]:
            assert set(re.findall(r"steps\.([\w-]+)\.", str(step))) <= before
            before |= {step["id"]} if "id" in step else set()
        assert set(re.findall(r"steps\.([\w-]+)\.", str(job.get("environment", "")))) <= before


def test_zizmor_finds_no_weakness_in_the_workflows() -> None:
    done = tool("zizmor", "--offline", "--no-progress", "--persona", "auditor", GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr


SCHEMAS = {
    "github-workflows": list(WORKFLOWS.values()),
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
}


@pytest.mark.slow
@pytest.mark.parametrize("schema", SCHEMAS)
def test_workflow_and_form_files_match_the_schemas_of_github(schema: str, tmp_path: Path) -> None:
    against = ("--builtin-schema", f"vendor.{schema}")
    done = tool("check-jsonschema", *against, *SCHEMAS[schema])
    assert done.returncode == 0, done.stdout + done.stderr
    broken = tmp_path / "broken.yml"
    text = SCHEMAS[schema][0].read_text(encoding="utf-8")
    broken.write_text(f"{text}\nname: [1]\nversion: no\nblank_issues_enabled: 3\n", encoding="utf-8")
    assert tool("check-jsonschema", *against, broken).returncode == 1


# What people are asked.


def introduction_of_form(form: Path) -> str:
    """Return the text that a form shows before its first question."""
    first = parsed(form)["body"][0]
    assert first["type"] == "markdown"
    text: str = first["attributes"]["value"]
    return text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_begins_with_care_and_asks_for_it_and_for_no_person(form: Path) -> None:
    """Each form opens with the care notice, which must be confirmed; blank issues are disabled."""
    asked = {field.get("id"): field["attributes"] for field in parsed(form)["body"]}
    assert introduction_of_form(form) == introduction_of_form(FORMS[0])
    for word in ("names of people or venues", "cases", "pictures", "deleted", "`docs/about.md`"):
        assert word in introduction_of_form(form)
    assert (ROOT / "docs/about.md").is_file()
    assert "Where to report" in (ROOT / "scripts/site/templates/report.html").read_text(encoding="utf-8")
    assert [option["required"] for option in asked.pop("care")["options"]] == [True]
    labels = " ".join(str(field.get("label")) for field in asked.values())
    assert not re.search(r"\b(?:your name|e-?mail|phone|contact|venue|witness)\b", labels, re.IGNORECASE)
    assert parsed(GITHUB / "ISSUE_TEMPLATE/config.yml")["blank_issues_enabled"] is False


@pytest.mark.parametrize("path", sorted(GITHUB.rglob("*.*")), ids=lambda path: path.name)
def test_github_files_use_no_term_to_avoid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    avoided = [
        row["avoid"] for row in read_csv(FROZEN / PATHS["terms"]) if re.search(row["pattern"], text, re.I)
    ]
    assert avoided == []


# What the steps do.


@dataclass(frozen=True)
class Step:
    """The exit code and output of a shell step; the code is None if the step was skipped."""

    code: int | None
    output: str = ""


@dataclass(frozen=True)
class Run:
    """A run of a job: each shell step by name, the job summary, and the clone in which it ran."""

    steps: Mapping[str, Step]
    summary: str
    clone: Path

    @property
    def codes(self) -> dict[str, int | None]:
        """The exit code of each step, by name."""
        return {name: step.code for name, step in self.steps.items()}


def run_job(
    workflow: str, job: str, clone: Path, outputs: str = "", without: Collection[str] = (), **more: str
) -> Run:
    """Run the shell steps of a job as GitHub does: after a failure, only those marked to run anyway.

    `outputs` stands for whatever an action passes to the environment of a step; `without` names slow steps
    to leave out.
    """
    description = parsed(WORKFLOWS[workflow])
    assert description["defaults"]["run"] == {"shell": "bash"}
    about, summary = description["jobs"][job], clone.parent / "summary.md"
    summary.write_text("", encoding="utf-8")
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    known |= {"CI": "true", "GITHUB_STEP_SUMMARY": str(summary), **about.get("env", {}), **more}
    steps: dict[str, Step] = {}
    for step in about["steps"]:
        if "run" in step and step["name"] not in without:
            steps[step["name"]] = _run_step(step, steps, clone, known | _environment(step, outputs))
    return Run(steps, summary.read_text(encoding="utf-8"), clone)


def _environment(step: Mapping[str, Any], outputs: str) -> dict[str, str]:
    return {
        name: re.sub(r"\$\{\{ steps\.[\w.-]+ \}\}", outputs, value)
        for name, value in step.get("env", {}).items()
    }


ALWAYS = "${{ !cancelled() && steps.set-up.outcome == 'success' }}"


def _run_step(
    step: Mapping[str, Any], before: Mapping[str, Step], clone: Path, environment: Mapping[str, str]
) -> Step:
    assert step.get("if", ALWAYS) == ALWAYS
    needed = ["Set up"] if "if" in step else list(before)
    if any(before[name].code != 0 for name in needed):
        return Step(None)
    script = clone.parent / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
    done = subprocess.run(shell, cwd=clone, env=environment, capture_output=True, text=True)
    return Step(done.returncode, done.stdout + done.stderr)


def merged_clone(origin: Path, change: Callable[[Path], None], branch: str = "change") -> Path:
    """Clone what GitHub clones: the merge of a change into the base, with the history that it asks for."""
    run_git(origin, "checkout", "--quiet", "-b", branch)
    change(origin)
    commit_all(origin, "Change")
    run_git(origin, "checkout", "--quiet", "-b", "merge", "main")
    run_git(origin, "merge", "--quiet", "--no-ff", "-m", "Merge", branch)
    clone = origin.with_name("clone")
    run_git(origin, "clone", "--quiet", *_depth(), "--branch", "merge", origin.as_uri(), str(clone))
    lend_libraries(clone)
    return clone


def _depth() -> list[str]:
    """Return git's options for the depth that the workflow asks for; 0 means the whole history."""
    steps = parsed(WORKFLOWS["pull-request.yml"])["jobs"]["data"]["steps"]
    [depth] = [step["with"]["fetch-depth"] for step in steps if "checkout@" in step.get("uses", "")]
    return ["--depth", str(depth)] if depth else []


def hostile(package: Path) -> None:
    """Add files whose names contain shell code and GitHub workflow commands."""
    for name in ("data/$(touch pwned).csv", "data/::error file=README.md::pwned\n::error::pwned.csv"):
        (package / name).write_text("a\n`touch pwned`\n", encoding="utf-8")


def other_words(package: Path) -> None:
    """Change a page, but no data."""
    page = package / "docs/contribute.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nOne more sentence.\n", encoding="utf-8")


HOSTILE_BRANCH = "a;touch${IFS}pwned;$(touch${IFS}pwned)`touch${IFS}pwned`'\""


@pytest.fixture(scope="module")
def sound_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The job's run on a sound change, from a branch with a hostile name."""
    origin = make_repository(tmp_path_factory.mktemp("sound") / "origin", FROZEN)
    clone = merged_clone(origin, change_locator_and_derive, HOSTILE_BRANCH)
    return run_job("pull-request.yml", "data", clone, without=[SITE], GITHUB_HEAD_REF=HOSTILE_BRANCH)


@pytest.fixture(scope="module")
def faulty_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The job's run on a faulty change."""
    clone = merged_clone(
        make_repository(tmp_path_factory.mktemp("faulty") / "origin", FROZEN), set_low_end_above_high_end
    )
    return run_job("pull-request.yml", "data", clone)


def test_slow_workflow_steps_call_make() -> None:
    """Steps that are too slow to run here, or that install something, only call make."""
    steps = steps_of(WORKFLOWS["pull-request.yml"]) + steps_of(WORKFLOWS["everything.yml"])
    named = [(step["name"], step["run"]) for step in steps if "run" in step]
    assert [run for name, run in named if name == "Set up"] == ["make .venv/ready"] * 2
    assert (SITE, ".venv/bin/python -m scripts derive && make site") in named
    assert (TESTS, "make test") in named and ("Run the long tests", "make long") in named


@pytest.mark.parametrize(
    ("change", "asked"), [(change_locator_and_derive, "test FAST=1"), (other_words, "test FAST=")]
)
def test_a_change_of_data_alone_runs_the_fast_tests(
    change: Callable[[Path], None], asked: str, tmp_path: Path
) -> None:
    clone = merged_clone(make_repository(tmp_path / "origin", FROZEN), change)
    make = tmp_path / "bin/make"
    make.parent.mkdir()
    make.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    make.chmod(0o755)
    run = run_job("pull-request.yml", "tests", clone, PATH=f"{make.parent}{os.pathsep}{os.environ['PATH']}")
    assert run.steps[TESTS] == Step(0, f"{asked}\n")


def lock_files_installed_by_target(target: str, place: Path) -> list[str]:
    """Return the lock files that make would install for a target, in order."""
    done = subprocess.run(["make", "-n", target], cwd=place, capture_output=True, text=True, check=True)
    return re.findall(r"--requirement (\S+)", done.stdout)


def test_make_installs_once_what_a_target_needs(tmp_path: Path) -> None:
    """Moving from a reader's set-up to that for tests, and back, installs nothing twice."""
    reader, tests = "requirements.lock", "requirements-dev.lock"
    lend_python_start(tmp_path)
    for name in ("Makefile", reader, tests):
        shutil.copy(ROOT / name, tmp_path / name)

    def written(second: int, name: str) -> None:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (second, second))

    def needed() -> tuple[list[str], list[str]]:
        return lock_files_installed_by_target("all", tmp_path), lock_files_installed_by_target(
            "test", tmp_path
        )

    written(1, reader)
    written(1, tests)
    assert needed() == ([reader], [reader, tests])
    written(2, ".venv/ready")
    assert needed() == ([], [tests])
    written(3, ".venv/ready-to-test")
    assert needed() == ([], [])
    written(4, tests)
    assert needed() == ([], [tests])
    written(4, reader)
    assert needed() == ([reader], [reader, tests])


def test_the_code_is_tried_on_the_oldest_and_the_newest_python_that_the_readme_names() -> None:
    jobs = parsed(WORKFLOWS["everything.yml"])["jobs"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [(oldest, newest)] = re.findall(r"Python (3\.\d+),[\d., ]* or (3\.\d+)", readme)
    assert jobs["code"]["strategy"]["matrix"]["python"] == [oldest, newest]
    assert "${{ matrix.python }}" in [
        step["with"].get("python-version") for step in jobs["code"]["steps"] if "with" in step
    ]


@pytest.mark.parametrize("code", [0, 1])
def test_output_of_frictionless_is_never_a_github_command(code: int, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    says = r"printf '  ::error::pwned\r::error::pwned\n'"
    install_python_script(clone, f"#!/bin/sh\n{says}\n{says} >&2\nexit {code}\n")
    [step] = [step for step in steps_of(WORKFLOWS["pull-request.yml"]) if step.get("name") == VALIDATE]
    done = _run_step(step, {"Set up": Step(0)}, clone, dict(os.environ))
    assert done.code == code
    assert done.output.count("pwned") == 4
    assert not any(line.lstrip().startswith("::") for line in done.output.splitlines())


@pytest.mark.long
def test_pull_request_with_a_sound_change_passes_and_shows_a_preview(sound_run: Run) -> None:
    assert set(sound_run.codes.values()) == {0}, sound_run.steps
    assert "::error" not in sound_run.steps["Check the data"].output
    assert "KH010" in sound_run.summary
    assert CELL in sound_run.summary
    assert len(sound_run.summary.encode()) < 1_000_000  # GitHub shows no larger summary


@pytest.mark.long
def test_pull_request_with_a_fault_shows_its_line_and_a_preview(faulty_run: Run) -> None:
    codes = dict.fromkeys(("Set up", VALIDATE, PREVIEW), 0)
    assert faulty_run.codes == codes | {"Check the data": 1, COMPARE: 1, SITE: 1}
    line = line_of(faulty_run.clone, "reported_values", "KH010")
    assert (
        f"::error file=data/reported_values.csv,line={line}," in faulty_run.steps["Check the data"].output
    )
    assert "KH010" in faulty_run.summary


@pytest.mark.long
def test_unrecorded_change_of_a_published_row_is_found_after_merging(tmp_path: Path) -> None:
    """An unrecorded change already merged into main is still found, by comparing with the published tag."""
    origin = make_repository(tmp_path / "origin", FROZEN)
    edit_contract(origin, lambda contract: contract.update(version="1.0.0"))
    commit_all(origin, "Version 1.0.0")
    run_git(origin, "tag", "v0.9.0", "HEAD^")
    run_git(origin, "tag", "v1.0.0")
    change_locator_and_derive(origin)
    commit_all(origin, "A silent change")
    clone = merged_clone(origin, other_words)
    run = run_job("pull-request.yml", "data", clone, without=[VALIDATE, COMPARE, PREVIEW, SITE])
    assert run.codes["Check the data"] == 1
    assert "title=published-cell-stays" in run.steps["Check the data"].output


@pytest.mark.long
def test_hostile_branch_and_file_names_are_never_run_by_the_shell(sound_run: Run, tmp_path: Path) -> None:
    """Neither the name of a branch nor those of files are run; frictionless reads none of these files."""
    clone = merged_clone(make_repository(tmp_path / "origin", FROZEN), hostile, HOSTILE_BRANCH)
    answer = run_job("pull-request.yml", "data", clone, without=[VALIDATE], GITHUB_HEAD_REF=HOSTILE_BRANCH)
    assert answer.codes["Check the data"] == 1
    for run in (sound_run, answer):
        assert list(run.clone.parent.rglob("pwned")) == []
    lines = [line for step in answer.steps.values() for line in step.output.splitlines()]
    commands = [line for line in lines if line.lstrip().startswith("::")]
    known = r"::(?:error|warning) file=data/[^,:]*,line=\d+,title=[\w-]+::"
    assert commands and all(re.match(known, line) for line in commands)
    assert not any(line.strip().startswith("::") for line in answer.summary.splitlines())


@pytest.mark.long
def test_what_is_published_knows_its_address_and_keeps_published_versions(
    sound_run: Run, tmp_path: Path
) -> None:
    for name in ("v/1.0.0/index.html", "latest/index.html", "index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    run_git(tmp_path, "init", "--quiet", "--initial-branch", "versions")
    commit_all(tmp_path, "The site of version 1.0.0")
    run_git(sound_run.clone, "fetch", "--quiet", str(tmp_path), "versions:refs/remotes/origin/versions")
    site = sound_run.clone / "site"
    run = run_job("publish.yml", "build", sound_run.clone, outputs=ADDRESS)
    assert set(run.codes.values()) == {0}, run.steps
    assert f'href="{ADDRESS}/results/"' in (site / "results/index.html").read_text(encoding="utf-8")
    assert (site / "v/1.0.0/index.html").read_text(encoding="utf-8") == "v/1.0.0/index.html"
    assert (site / "latest/index.html").read_text(encoding="utf-8") == "latest/index.html"
    assert "<title>" in (site / "index.html").read_text(encoding="utf-8")


def test_publishing_works_before_the_first_version(tmp_path: Path) -> None:
    [step] = [
        step for step in steps_of(WORKFLOWS["publish.yml"]) if "origin/versions" in step.get("run", "")
    ]
    run_git(tmp_path, "init", "--quiet")
    assert _run_step(step, {}, tmp_path, dict(os.environ)).code == 0


@pytest.mark.long
def test_stale_derived_tables_are_not_published(tmp_path: Path) -> None:
    clone = make_repository(tmp_path / "clone", FROZEN)
    change_locator_without_deriving(clone)
    commit_all(clone, "Only the data")
    run = run_job("publish.yml", "build", clone)
    assert run.codes == {"Set up": 0, "Check the data": 1} | dict.fromkeys(
        (SITE, "Lay the sites of published versions into it")
    )
    assert "data/derived/values.csv" in run.steps["Check the data"].output
