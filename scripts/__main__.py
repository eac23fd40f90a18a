"""The commands. Each is thin: it reads its options, calls one module, and prints for people."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from scripts.checks import LAYERS
from scripts.findings import RENDERINGS

HERE = Path(__file__).resolve().parent.parent
OK, FAULTS, TOOL_FAILED = 0, 1, 2

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
    skipped = [*options.skip, *(["reproduction"] if options.without_derived else [])]
    layers = [name for name in options.layer or checks.LAYERS if name not in skipped]
    if set(checks.with_needed(layers)) & set(options.skip):
        raise UsageError("The other layers need descriptor and bytes: leave out --skip of these.")
    if not layers:
        raise UsageError("No layer is left to run: --skip takes away what --layer names.")
    if "published" in (options.layer or ()) and options.base is None:
        raise UsageError("The layer published compares: name the published version with --base.")
    with _base(options.base, package) as base:
        report = checks.run(package, layers, _tell, not options.without_derived, base)
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
    with _base(options.base, package) as base:
        found = look(package, base or package, _tell)
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
        build.build(package, place, _tell)
    except (build.PageError, build.SiteError) as error:
        raise UsageError(str(error)) from error
    print(f"The site is in {_short(place)}. Look at it with “make serve” or “python -m scripts serve”.")
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
    _add_base(preview_parser, "what to compare with: a folder, or a revision such as main", required=True)
    preview_parser.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="how to print (default: markdown)",
    )
    derive_parser = _command(commands, "derive", derive)
    derive_parser.add_argument("--check", action="store_true", help="compare only; exit 1 if they differ")
    site_parser = _command(commands, "site", site)
    site_parser.add_argument("--output", default="", help="folder to write to (default: site)")
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


def _add_check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=RENDERINGS, default="text", help="how to print (default: text)"
    )
    command.add_argument(
        "--layer", choices=LAYERS, action="append", help="run only this layer (may be repeated)"
    )
    command.add_argument("--skip", choices=LAYERS, action="append", default=[], help="leave this layer out")
    command.add_argument(
        "--without-derived", action="store_true", help="leave data/derived out, before it is rebuilt"
    )
    _add_base(command, "compare with this published version: a folder, or a revision such as v1.0.0")
    command.add_argument("--rules", action="store_true", help="list the rules and check nothing")
    command.add_argument("--explain", metavar="RULE", help="say what a rule asks and how to mend a fault")


def _add_base(command: argparse.ArgumentParser, words: str, required: bool = False) -> None:
    command.add_argument("--base", metavar="REV-OR-FOLDER", required=required, help=words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. A failure of the tool is said in one line, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except KeyboardInterrupt:
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
