"""The commands. Each is thin: it reads its options, calls one module, and prints for people."""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from scripts.checks import LAYERS
from scripts.findings import RENDERINGS

HERE = Path(__file__).resolve().parent.parent
OK, FAULTS, TOOL_FAILED = 0, 1, 2
READ_DERIVED = ("frictionless", "reproduction")  # the layers that need the derived tables

# Each command imports what it needs when it runs: charts and databases take a second to load.


def check(options: argparse.Namespace) -> int:
    """Check the data and print what was found."""
    from scripts import checks

    if options.rules:
        print("\n".join(f"{rule.id} ({rule.level}): {rule.title}" for rule in checks.catalogue()))
        return OK
    if options.explain is not None:
        return _explain(options.explain)
    package = _package(options.package)
    skipped = [*options.skip, *(READ_DERIVED if options.without_derived else [])]
    layers = [name for name in options.layer or checks.LAYERS if name not in skipped]
    if set(checks.with_needed(layers)) & set(options.skip):
        raise UsageError("The other layers need descriptor and bytes: leave out --skip of these.")
    if not layers:
        raise UsageError("No layer is left to run: another option takes away what --layer names.")
    if "published" in (options.layer or ()) and options.base is None:
        raise UsageError("The layer published compares: name the published version with --base.")
    with _base(options.base, package) as base:
        if options.base and base is None:
            _tell("Nothing is published yet: no version has a tag in this clone.")
        asked = "frictionless" in (options.layer or ())
        report = checks.run(package, layers, _tell, not options.without_derived, base, at_any_size=asked)
    print(RENDERINGS[options.format](report))
    return OK if report.is_valid else FAULTS


@contextmanager
def _base(name: str | None, package: Path) -> Iterator[Path | None]:
    """Open what --base names while a command compares with it."""
    from scripts import history

    try:
        with nullcontext() if name is None else history.opened(name, package) as base:
            yield base
    except history.NoBase as error:
        raise UsageError(str(error)) from error


def _explain(rule_id: str) -> int:
    from scripts import checks

    try:
        print(checks.explain(rule_id))
    except KeyError:
        raise UsageError(
            f"There is no rule {rule_id}. List them: python -m scripts check --rules"
        ) from None
    return OK


def preview(options: argparse.Namespace) -> int:
    """Show what a change does: rows, computed values, pages, and what the check says of it."""
    from scripts.preview import preview as look
    from scripts.preview.renderings import RENDERINGS as PREVIEWS

    package = _package(options.package)
    with _base(options.base, package) as base, _base(options.published, package) as published:
        found = look(package, base or package, _tell, published if options.published else base)
    print(PREVIEWS[options.format](found))
    return OK if found.is_valid else FAULTS


def derive(options: argparse.Namespace) -> int:
    """Rebuild the derived tables, or with --check only compare them."""
    from scripts import derived, files
    from scripts.checks import reproduction

    package = _package(options.package)
    if not _is_sound(package):
        return FAULTS
    changed = 0
    for path, text in derived.build(package).items():
        place = package / path
        if not options.check:
            files.clear_leftovers(place)
        difference = reproduction.first_difference(reproduction.committed_text(place), text)
        if difference is None:
            continue
        changed += 1
        if options.check:
            number, has, gives = difference
            print(f"{path}, line {number}\n  - {has}\n  + {gives}")
        else:
            files.write_text(place, text)
            print(f"Wrote {path}.")
    return _derive_verdict(changed, options.check)


def _is_sound(package: Path) -> bool:
    """Nothing is derived from data with faults; say what they are."""
    from scripts import checks

    report = checks.run(package, checks.OF_THE_DATA, lambda text: None, with_derived=False)
    if not report.is_valid:
        print(RENDERINGS["text"](report))
        print("Nothing was derived. Mend these first.")
    return report.is_valid


def _derive_verdict(changed: int, only_check: bool) -> int:
    if not changed:
        print("The derived tables are what the data give.")
    elif only_check:
        tables = "1 derived table differs" if changed == 1 else f"{changed} derived tables differ"
        print(f"{tables} from the data (-: committed, +: what the data give).")
        print("Mend: run “python -m scripts derive” and commit what it writes.")
        return FAULTS
    return OK


def site(options: argparse.Namespace) -> int:
    """Build the site."""
    from scripts.site import build

    package = _package(options.package)
    place = Path(options.output).resolve() if options.output else package / "site"
    try:
        if options.pages_only:
            print(f"The pages are in {_short(build.write_pages(package, _tell))}.")
            return OK
        build.build(package, place, _tell)
    except (build.PageError, build.SiteError) as error:
        raise UsageError(str(error)) from error
    print(f"The site is in {_short(place)}. Look at it with “make serve” or “python -m scripts serve”.")
    return OK


def release(options: argparse.Namespace) -> int:
    """Build the files of a release into dist/, or refuse and say why."""
    from scripts.release import archive, assemble, gate, make

    package = _package(options.package)
    place = Path(options.output).resolve() if options.output else package / "dist"
    try:
        if options.prepare:
            warning = gate.other_data(package)
            return _prepared(gate.prepare(package), warning)
        if options.assemble:
            return _assembled(assemble.assemble(package, Path(options.assemble).resolve(), _tell))
        if options.archive:
            archive.archive(package, place, options.archive, print)
            return OK
        report = gate.failing_check(package, _tell)
        if report is not None:
            print(RENDERINGS["text"](report))
            print("Nothing was released. Mend these first.")
            return FAULTS
        files = make.make(package, place, _tell)
    except gate.Refused as refusal:
        raise UsageError(str(refusal)) from refusal
    print(f"The release is in {_short(place)}: {len(files)} files. Next: docs/releases.md.")
    return OK


def _prepared(names: list[str], warning: str) -> int:
    print("\n".join(f"Wrote {name}." for name in names) or "All is as the contract and the tables give.")
    if warning:
        print(warning)
    return OK


def _assembled(places: list[str]) -> int:
    print("\n".join(f"Put in place: {place}" for place in places))
    return OK


def serve(options: argparse.Namespace) -> int:
    """Show the built site on this machine until Ctrl+C."""
    from scripts.site import server

    folder = _package(options.package) / "site"
    if not (folder / "index.html").exists():
        raise UsageError(f"There is no site in {_short(folder)}. Build it first: python -m scripts site")
    try:
        server.serve(folder, options.port)
    except OSError as error:
        hint = f"python -m scripts serve --port {options.port + 1}"
        raise UsageError(f"Port {options.port} cannot be used ({error.strerror}). Try: {hint}") from error
    return OK


def contribute_template(options: argparse.Namespace) -> int:
    """Make an empty workbook (NAME.xlsx) or folder of CSV files to fill in."""
    from scripts import files
    from scripts.contribute import example, template

    package, place = _package(options.package), Path(options.path)
    if place.exists():
        raise UsageError(f"{options.path} is there already. Choose another name, or delete it first.")
    try:
        study, blank = options.study, template.one_row_each
        rows = example.rows_of_study(package, study) if study else blank(package)
    except KeyError:
        raise UsageError(f"There is no study {options.study} in data/studies.csv.") from None
    if place.suffix == ".xlsx":
        files.write_bytes(place, template.workbook(package, rows))
    elif place.suffix:
        raise UsageError("Name a workbook that ends in .xlsx, or a folder for CSV files.")
    else:
        files.write_all({place / name: text for name, text in template.folder(package, rows).items()})
    print(f"Wrote {options.path}. Fill it in, then check it:")
    print(f"python -m scripts contribute import {options.path} --dry-run")
    return OK


def contribute_import(options: argparse.Namespace) -> int:
    """Check a workbook or a folder of CSV files, and add its rows to data/ if they are sound."""
    from scripts import contribute

    package, path = _package(options.package), Path(options.path)
    if not path.exists():
        raise UsageError(f"There is no file or folder {options.path}.")
    outcome = contribute.bring_in(package, path.resolve(), options.dry_run, _tell)
    print(contribute.said(outcome, options.format))
    return OK if outcome.report.is_valid else FAULTS


class UsageError(Exception):
    """Something that the person who typed the command can mend."""


def _package(folder: str) -> Path:
    package = Path(folder).resolve() if folder else HERE
    if not package.is_dir():
        raise UsageError(f"There is no folder {folder}.")
    if not (package / "datapackage.json").is_file():
        raise UsageError(
            f"There is no datapackage.json in {_short(package)}. Name the folder that holds it."
        )
    return package


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    main = argparse.ArgumentParser(
        prog="python -m scripts",
        description="Check, derive and publish the data package.",
        epilog="Exit codes: 0 all is well, 1 faults in the data, 2 the tool could not do its work.",
    )
    main.add_argument("--debug", action="store_true", help="show the Python traceback of a failure")
    commands = main.add_subparsers(required=True, metavar="COMMAND")
    _add_check(_command(commands, "check", check))
    preview_parser = _command(commands, "preview", preview)
    _add_preview(preview_parser)
    derive_parser = _command(commands, "derive", derive)
    derive_parser.add_argument("--check", action="store_true", help="compare only; exit 1 if they differ")
    _add_contribute(commands)
    site_parser = _command(commands, "site", site)
    site_parser.add_argument("--output", default="", help="folder to write to (default: site)")
    site_parser.add_argument(
        "--pages-only",
        action="store_true",
        help="only fill in the pages, into build/docs for another builder",
    )
    _add_release(_command(commands, "release", release))
    serve_parser = _command(commands, "serve", serve)
    serve_parser.add_argument("--port", type=int, default=8000, help="port (default: 8000)")
    return main


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    words = (run.__doc__ or "").strip()
    command = commands.add_parser(name, help=words, description=words)
    command.add_argument("--package", default="", help="folder of the data package (default: this one)")
    command.set_defaults(run=run)
    return command


def _add_contribute(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "Send a study from a spreadsheet: an empty file to fill in, and its import."
    contribute = commands.add_parser("contribute", help=words, description=words)
    steps = contribute.add_subparsers(required=True, metavar="STEP")
    template = _command(steps, "template", contribute_template)
    template.add_argument("path", metavar="PATH", help="study.xlsx, or a new folder for CSV files")
    template.add_argument("--study", default="", help="fill it with a study of the package, as an example")
    bring_in = _command(steps, "import", contribute_import)
    bring_in.add_argument("path", metavar="PATH", help="a filled workbook, or a folder of CSV files")
    bring_in.add_argument("--dry-run", action="store_true", help="only check; write nothing")
    _add_format(bring_in)


def _add_format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=RENDERINGS, default="text", help="how to print (default: text)"
    )


def _add_check(command: argparse.ArgumentParser) -> None:
    _add_format(command)
    command.add_argument(
        "--layer",
        choices=LAYERS,
        action="append",
        help="run only this layer (may be repeated); frictionless then reads any number of rows",
    )
    command.add_argument("--skip", choices=LAYERS, action="append", default=[], help="leave this layer out")
    command.add_argument(
        "--without-derived",
        action="store_true",
        help="leave data/derived out, before it is rebuilt, and frictionless, which reads it too",
    )
    _add_base(
        command, "compare with what is out: “published” for the newest version, a folder, or a revision"
    )
    command.add_argument("--rules", action="store_true", help="list the rules and check nothing")
    command.add_argument("--explain", metavar="RULE", help="say what a rule asks and how to mend a fault")


def _add_preview(command: argparse.ArgumentParser) -> None:
    _add_base(command, "what to compare with: a folder, or a revision such as main", required=True)
    command.add_argument(
        "--published", metavar="REV-OR-FOLDER", help="whose rows stay, where that is not the base"
    )
    command.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="how to print (default: markdown)",
    )


def _add_base(command: argparse.ArgumentParser, words: str, required: bool = False) -> None:
    command.add_argument("--base", metavar="REV-OR-FOLDER", required=required, help=words)


def _add_release(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", default="", help="folder to write to (default: dist)")
    command.add_argument(
        "--prepare",
        action="store_true",
        help="write releases.json and the metadata for the version in datapackage.json, and build nothing",
    )
    command.add_argument(
        "--assemble",
        metavar="FOLDER",
        default="",
        help="build the site of this version into a folder of all versions: /v/X.Y.Z/ and /latest/",
    )
    command.add_argument(
        "--archive",
        choices=("dry-run", "draft"),
        default="",
        help="show what an archive would get, or send it as a draft to ARCHIVE_URL with ARCHIVE_TOKEN",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. A failure of the tool is said in one line, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except KeyboardInterrupt:  # Ctrl+C, or a polite request to end
        _tell("Stopped.")
        return TOOL_FAILED
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except UsageError as error:
        _tell(str(error))
        return TOOL_FAILED
    except ModuleNotFoundError as error:
        _tell(f"The library {error.name} is missing. Run “make” once, then use .venv/bin/python")
        _tell("(on Windows: .venv\\Scripts\\python) in place of python.")
        return TOOL_FAILED
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        _tell(f"The tool failed: {type(error).__name__}: {error}")
        _tell("This is not a verdict on the data. “python -m scripts --debug …” shows where it happened.")
        return TOOL_FAILED


if __name__ == "__main__":
    sys.exit(main())
