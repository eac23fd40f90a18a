"""The version, tag and date of an earlier state."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scripts.package import earlier_state
from scripts.package import git as told
from scripts.package.earlier_state import PUBLISHED, newest_version_tag, parse_version
from tests.repository import commit_all, run_git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit."""
    run_git(tmp_path, "init", "--quiet")
    (tmp_path / "a.txt").write_text("a\n", encoding="utf-8")
    commit_all(tmp_path)
    return tmp_path


def test_versions_sort_as_numbers_and_a_draft_comes_before_its_release() -> None:
    names = ["0.9.0", "1.0.0-dev0", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"]
    versions = [parse_version(name) for name in names]
    assert versions == sorted(version for version in versions if version)
    assert parse_version("1.0.0") == PUBLISHED and parse_version("1.0.0+build") == PUBLISHED
    for name in ("1.0", "v1.0.0", "1.0.0.0", "1.0.0-", "10000000000.0.0", ""):
        assert parse_version(name) is None


def test_the_newest_tag_is_that_of_the_highest_version(repository: Path) -> None:
    assert newest_version_tag(repository) is None
    for tag in ("v0.9.0", "v1.10.0", "v1.9.0", "v2.0.0-dev0", "version-3"):
        run_git(repository, "tag", tag)
    assert newest_version_tag(repository) == "refs/tags/v1.10.0"


def test_where_there_is_no_repository_nothing_is_published(tmp_path: Path) -> None:
    assert newest_version_tag(tmp_path) is None
    with earlier_state.open_comparison_base("published", tmp_path) as base:
        assert base is None
    with (
        pytest.raises(earlier_state.NoComparisonBase, match="blank"),
        earlier_state.open_comparison_base(" ", tmp_path),
    ):
        pass


def test_day_of_a_commit_and_none_without_one(repository: Path) -> None:
    seconds = int(run_git(repository, "log", "-1", "--format=%ct"))
    day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    assert told.day_of_last_commit(repository) == told.day_of_last_commit(repository, "a.txt") == day
    assert told.day_of_last_commit(repository, "no-such-file") == ""
    (repository / "inside").mkdir()
    assert told.day_of_last_commit(repository / "inside") == ""
    assert told.is_repository_root(repository) and not told.is_repository_root(repository / "inside")


def test_files_changed_since_the_commit_are_listed(repository: Path) -> None:
    assert told.uncommitted_files(repository) == []
    (repository / "a.txt").write_text("b\n", encoding="utf-8")
    (repository / "new.txt").touch()
    assert sorted(told.uncommitted_files(repository)) == ["a.txt", "new.txt"]


def test_git_revision_is_resolved_to_its_commit_or_to_a_blank(repository: Path) -> None:
    assert told.commit_hash_of(repository, "HEAD") == run_git(repository, "rev-parse", "HEAD").strip()
    assert told.commit_hash_of(repository, "no-such-name") == ""
