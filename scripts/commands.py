"""The commands: each calls one module with the opened package and prints the result for people."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from scripts.findings import Report, remove_control_characters
from scripts.findings.renderers import RENDERINGS
from scripts.package.earlier_state import open_comparison_base as earlier
from scripts.package.file_transaction import (
    BUILD_LOCK,
    LockedFiles,
    exclusive_lock,
    finish_or_undo_interrupted_write,
    lock_files,
)
from scripts.package.files import UsageError
from scripts.package.package import DESCRIPTOR, Package

HERE = Path(__file__).resolve().parent.parent
OK, FAULTS, TOOL_FAILED = 0, 1, 2
READ_DERIVED = ("frictionless", "reproduction")  # the layers that need the derived tables

# Each command imports what it needs when it runs, since loading charts and databases takes a second.


def check_package(options: argparse.Namespace, package: Package) -> int:
    """Check the data and print the findings."""
    from scripts import checks

    if options.rules:
        print_result("\n".join(f"{rule.id} ({rule.level}): {rule.title}" for rule in checks.all_rules()))
        return OK
    if options.explain is not None:
        try:
            print_result(checks.explanation_of_rule(options.explain))
        except KeyError:
            said = f"There is no rule {options.explain}. List them: python -m scripts check --rules"
            raise UsageError(said) from None
        return OK
    skipped = [*options.skip, *(() if options.with_derived else READ_DERIVED)]
    layers = [name for name in options.layer or checks.LAYERS if name not in skipped]
    if set(checks.add_prerequisite_layers(layers)) & set(options.skip):
        raise UsageError("The other layers need descriptor and bytes: leave out --skip of these.")
    if not layers:
        raise UsageError("No layer is left to run: another option takes away what --layer names.")
    if "published" in (options.layer or ()) and options.base is None:
        raise UsageError("The layer published compares: name the published version with --base.")
    with earlier(options.base, package.folder) as base:
        every = checks.Selection(hints=options.hints)
        report = checks.run_layers(package, layers, base=base, asked=every)
    print_result(RENDERINGS[options.format](report))
    return OK if report.is_valid else FAULTS


def preview_change(options: argparse.Namespace, package: Package) -> int:
    """Show what a change does to rows, computed values and pages, with the findings of the check."""
    from scripts.preview import compare_packages as look
    from scripts.preview.preview_renderers import RENDERINGS as PREVIEWS

    with earlier(options.base, package.folder) as base, earlier(options.published, package.folder) as out:
        found = look(package, base or package, out if options.published else base)
    print_result(PREVIEWS[options.format](found))
    return OK if found.is_valid else FAULTS


def tidy_tables(options: argparse.Namespace, package: Package) -> int:
    """Sort the rows of data/ and write its files as the check requires, without changing their content."""
    from scripts.package import tidy_tables as form

    written, left = form.rewrite_tables_canonically(package)
    print("\n".join(f"Wrote {path}." for path in written) or "No file needed it.")
    for path, why in left.items():
        print(f"Left {path}: {why}")
    return FAULTS if left else OK


def record_corrections(options: argparse.Namespace, package: Package) -> int:
    """Record in data/corrections.csv what has changed in published rows, all with the same reason."""
    from scripts import checks
    from scripts.checks import unrecorded_changes

    if not options.reason.strip():
        raise UsageError('Say why it changed, such as: python -m scripts correct "Table 3 says 2.3%."')
    with lock_files(package.folder) as files, earlier(options.base, package.folder) as base:
        report = checks.run_layers(package, checks.FIRST)
        if not report.is_valid:
            return _print_refusal(report, "Nothing was told.")
        rows = (
            unrecorded_changes.rows_missing_from_corrections(package, base, options.reason.strip())
            if base
            else []
        )
        files.write_all_or_none(unrecorded_changes.corrections_file_with_rows(package, rows))
    if not rows:
        print_result("No published row changed that data/corrections.csv does not tell.")
        return OK
    print_result(
        "\n".join(
            [f"Added to {unrecorded_changes.PATH}:", *map(unrecorded_changes.correction_sentence, rows)]
        )
    )
    return OK


def derive_tables(options: argparse.Namespace, package: Package) -> int:
    """Check the data and rebuild the derived tables, or with --check only compare them."""
    with nullcontext() if options.check else lock_files(package.folder) as files:
        return _write_or_compare_derived(package, files)


def _write_or_compare_derived(package: Package, files: LockedFiles | None) -> int:
    """Write the derived tables or, if `files` is None, only show where they differ."""
    from scripts import derived
    from scripts.checks import reproduction

    if not _print_findings_and_may_continue(package, "Nothing was derived."):
        return FAULTS
    texts = derived.texts_of_derived_tables(package)
    old = {path: reproduction.committed_text(package.folder / path) for path in texts}
    changed = {path: text for path, text in texts.items() if text != old[path]}
    if not changed:
        print_result("The derived tables are what the data give.")
    elif files:
        files.write_all_or_none(changed)
        print_result("\n".join(f"Wrote {path}." for path in changed))
    else:
        for path, text in changed.items():
            number, has, gives = reproduction.first_differing_line(old[path], text)
            print_result(f"{path}, line {number}\n  - {has}\n  + {gives}")
        print_result(
            f"Tables that differ from the data: {len(changed)} (-: committed, +: what the data give)."
        )
        print_result("Fix: run “python -m scripts derive” and commit what it writes.")
    return FAULTS if changed and not files else OK


def _print_findings_and_may_continue(package: Package, message_if_refused: str) -> bool:
    """Check the data, print the findings, and return whether they contain no error."""
    from scripts import checks

    with Package(package.folder, package.with_derived) as once:  # frees its database afterwards
        report = checks.run_layers(once, [*checks.OF_THE_DATA, "prose"])
    print_result(
        RENDERINGS["text"](report) + ("" if report.is_valid else f"\n{message_if_refused} Fix these first.")
    )
    return report.is_valid


def build_site(options: argparse.Namespace, package: Package) -> int:
    """Build the site, provided that all files are readable and the derived tables match the data."""
    from scripts import checks
    from scripts.site import build

    if stands_against := checks.report_if_pages_blocked(package):
        return _print_refusal(stands_against, "No page was made.")
    place = Path(options.output or package.folder / "site").resolve()
    with exclusive_lock(package.folder / BUILD_LOCK):
        if options.pages_only:
            print_result(f"The pages are in {_path_relative_to_here(build.write_pages(package))}.")
            return OK
        build.build_site(package, place)
    print_result(
        f"The site is in {_path_relative_to_here(place)}. Look at it with “make serve” or “python -m "
        "scripts serve”."
    )
    return OK


def make_or_prepare_release(options: argparse.Namespace, package: Package) -> int:
    """Build the files of a release or of an upcoming version in dist/, or say why this is refused."""
    with lock_files(package.folder) as files:
        _raise_if_contract_unreadable(package)
        if options.prepare is not None:
            return _prepare_release_files(options.prepare or "", package, files)
        with exclusive_lock(package.folder / BUILD_LOCK):
            if options.assemble:
                return _add_version_to_site_folder(options.assemble, package)
            return _make_release_files(options, package, files)


def _prepare_release_files(version: str, package: Package, files: LockedFiles) -> int:
    from scripts.release import release_conditions

    if not _print_findings_and_may_continue(package, "Nothing was prepared."):
        return FAULTS
    said = release_conditions.prepare_version(package, files, version)
    print_result("\n".join(said or ["All is as the contract and the tables give."]))
    return OK


def _add_version_to_site_folder(folder: str, package: Package) -> int:
    from scripts.release import make_release

    places = make_release.add_site_of_version(package, Path(folder).resolve())
    print_result("\n".join(f"Put in place: {place}" for place in places))
    return OK


def _make_release_files(options: argparse.Namespace, package: Package, files: LockedFiles) -> int:
    from scripts.release import make_release, release_conditions

    if report := release_conditions.report_of_failing_check(package):
        return _print_refusal(report, "Nothing was released.")
    place = Path(options.output or package.folder / "dist").resolve()
    made = make_release.make_release(package, place, files)
    print_result(
        make_release.release_summary(package, f"{_path_relative_to_here(place)}: {len(made)} files")
    )
    return OK


def _print_refusal(report: Report, message: str) -> int:
    print_result(RENDERINGS["text"](report))
    print_result(f"{message} Fix these first.")
    return FAULTS


def serve_site(options: argparse.Namespace, package: Package) -> int:
    """Show the built site on this machine until Ctrl+C is pressed."""
    from scripts.site import local_server

    folder = package.folder / "site"
    if not (folder / "index.html").exists():
        raise UsageError(
            f"There is no site in {_path_relative_to_here(folder)}. Build it first: python -m scripts site"
        )
    try:
        local_server.serve_folder_locally(folder, options.port)
    except (OSError, OverflowError) as error:
        hint = "For any that is free: python -m scripts serve --port 0"
        raise UsageError(f"Port {options.port} cannot be used ({error}). {hint}") from error
    return OK


def make_contribution_template(options: argparse.Namespace, package: Package) -> int:
    """Make an empty workbook (NAME.xlsx) or folder of CSV files to fill in."""
    from scripts.contribute import template

    _raise_if_contract_unreadable(package)
    place = Path(options.path)
    if place.exists():
        raise UsageError(f"{options.path} is there already. Choose another name, or delete it first.")
    if place.suffix not in ("", ".xlsx"):
        raise UsageError("Name a workbook that ends in .xlsx, or a folder for CSV files.")
    if options.study and options.study not in package.rows_by_key("studies"):
        raise UsageError(f"There is no study {options.study} in data/studies.csv.")
    template.write_template(package, place, options.study)
    print_result(f"Wrote {options.path}. Fill in or change what you like, then check it:")
    print_result(f"python -m scripts contribute import {options.path} --dry-run")
    return OK


def import_contribution(options: argparse.Namespace, package: Package) -> int:
    """Check a workbook or a folder of CSV files, and add its rows to data/ if they are valid."""
    from scripts import contribute

    _raise_if_contract_unreadable(package)
    path = Path(options.path)
    if not path.exists():
        raise UsageError(f"There is no file or folder {options.path}.")
    outcome = contribute.import_contribution(package, path.resolve(), options.dry_run)
    print_result(contribute.outcome_text(outcome, options.format))
    return OK if outcome.report.is_valid else FAULTS


def open_package(options: argparse.Namespace) -> Package:
    """Open the package that a command is for; raises UsageError if there is none in the folder."""
    folder = Path(options.package).resolve() if options.package else HERE
    if not (folder / DESCRIPTOR).is_file():
        raise UsageError(
            f"There is no {DESCRIPTOR} in {_path_relative_to_here(folder)}. Name the folder that holds it."
        )
    finish_or_undo_interrupted_write(folder)
    return Package(folder, options.with_derived)


def _raise_if_contract_unreadable(package: Package) -> None:
    """Refuse to continue without a readable contract, in commands that do not run the check first."""
    try:
        _ = package.contract
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{DESCRIPTOR} cannot be read. “python -m scripts check” says where.") from error


def _path_relative_to_here(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def print_progress(text: str) -> None:
    """Print progress, or the reason for stopping, to standard error."""
    print(remove_control_characters(text), file=sys.stderr)


def print_result(text: str) -> None:
    """Print the result of a command."""
    print(remove_control_characters(text))
