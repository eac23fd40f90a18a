"""The command line: the commands, their options, and how failures are reported."""

import argparse
import gc
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Sequence
from errno import EACCES, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import TypeAlias

from scripts import commands
from scripts.checks import LAYERS
from scripts.commands import OK, TOOL_FAILED, print_progress
from scripts.findings import LONGEST_MESSAGE, to_one_printable_line
from scripts.findings.renderers import RENDERINGS
from scripts.package.files import UsageError
from scripts.package.package import Package
from scripts.package.progress_log import send_log_to
from scripts.source_links import ARCHIVE, check_source_links

Command = Callable[[argparse.Namespace, Package], int]
WAYS_OUT = "change its rights, close the program that keeps it open, or work in a copy of the folder"
NO_VERDICT = "This is not a verdict on the data. “python -m scripts --debug …” shows where it happened."
Steps: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def build_parser() -> argparse.ArgumentParser:
    """Build the argument parser for all commands."""
    main = argparse.ArgumentParser(
        prog="python -m scripts",
        description="Check, derive and publish the data package.",
        epilog="Exit codes: 0 all is well, 1 faults in the data, 2 the tool could not do its work.",
    )
    _add_flag(main, "--debug", "show the Python traceback of a failure")
    steps = main.add_subparsers(required=True, metavar="COMMAND")
    _add_check_options(_add_command(steps, "check", commands.check_package))
    _add_command(steps, "tidy", commands.tidy_tables)
    _add_correct_options(_add_command(steps, "correct", commands.record_corrections))
    _add_preview_options(_add_command(steps, "preview", commands.preview_change))
    derive = _add_command(steps, "derive", commands.derive_tables)
    derive.set_defaults(with_derived=False)
    _add_flag(derive, "--check", "compare only; exit 1 if they differ")
    _add_contribute_commands(steps)
    site = _add_command(steps, "site", commands.build_site)
    site.add_argument("--output", default="", help="folder to write to (default: site)")
    _add_flag(site, "--pages-only", "only fill in the pages, into build/docs for another builder")
    _add_release_options(_add_command(steps, "release", commands.make_or_prepare_release))
    _add_sources_commands(steps)
    serve = _add_command(steps, "serve", commands.serve_site)
    serve.add_argument("--port", type=int, default=8000, help="port (default: 8000)")
    return main


def _add_command(subparsers: Steps, name: str, function: Command) -> argparse.ArgumentParser:
    words = (function.__doc__ or "").strip()
    command = subparsers.add_parser(name, help=words, description=words)
    command.add_argument("--package", default="", help="folder of the data package (default: this one)")
    command.set_defaults(run=function, with_derived=True)
    return command


def _add_subcommands(subparsers: Steps, name: str, help_text: str) -> Steps:
    command = subparsers.add_parser(name, help=help_text, description=help_text)
    return command.add_subparsers(required=True, metavar="STEP")


def _add_flag(command: argparse.ArgumentParser, name: str, help_text: str) -> None:
    command.add_argument(name, action="store_true", help=help_text)


def _add_contribute_commands(subparsers: Steps) -> None:
    words = "Send a study from a spreadsheet: an empty file to fill in, and its import."
    steps = _add_subcommands(subparsers, "contribute", words)
    template = _add_command(steps, "template", commands.make_contribution_template)
    template.add_argument("path", metavar="PATH", help="study.xlsx, or a new folder for CSV files")
    template.add_argument("--study", default="", help="fill it with a study of the package, as an example")
    bring_in = _add_command(steps, "import", commands.import_contribution)
    bring_in.add_argument("path", metavar="PATH", help="a filled workbook, or a folder of CSV files")
    _add_flag(bring_in, "--dry-run", "only check; write nothing")
    _add_format_option(bring_in, RENDERINGS, "text")


def _add_sources_commands(subparsers: Steps) -> None:
    words = "Ask whether the documents are still where they were read; it needs the internet."
    check = _add_command(_add_subcommands(subparsers, "sources", words), "check", check_source_links)
    _add_flag(check, "--write", "write data/sources.csv too, for review")
    check.add_argument("--pause", type=float, default=5.0, help="seconds between two visits to one host")
    check.add_argument("--deadline", type=float, default=30.0, help="seconds for one visit")
    check.add_argument("--archive", default=ARCHIVE, help="the archive that is asked for copies")


def _add_format_option(command: argparse.ArgumentParser, choices: Collection[str], default: str) -> None:
    command.add_argument(
        "--format", choices=choices, default=default, help=f"how to print (default: {default})"
    )


def _add_check_options(command: argparse.ArgumentParser) -> None:
    _add_format_option(command, RENDERINGS, "text")
    words = "run only this layer (may be repeated)"
    command.add_argument("--layer", choices=LAYERS, action="append", help=words)
    command.add_argument("--skip", choices=LAYERS, action="append", default=[], help="leave this layer out")
    words = "leave data/derived out, before it is rebuilt, and frictionless, which reads it too"
    command.add_argument("--without-derived", action="store_false", dest="with_derived", help=words)
    words = "compare with what is out: “published” for the newest version, a folder, or a revision"
    command.add_argument("--base", metavar="REV-OR-FOLDER", help=words)
    _add_flag(command, "--hints", "ask also what only reviewers look at; a hint fails nothing")
    _add_flag(command, "--rules", "list the rules and check nothing")
    command.add_argument("--explain", metavar="RULE", help="say what a rule asks and how to fix a fault")


def _add_correct_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("reason", metavar="REASON", help="why it changed, as readers will see it")
    words = "what is out: “published” for the newest version with a tag, a folder, or a revision"
    command.add_argument("--base", metavar="REV-OR-FOLDER", default="published", help=words)


def _add_preview_options(command: argparse.ArgumentParser) -> None:
    words = "what to compare with: a folder, or a revision such as main"
    command.add_argument("--base", metavar="REV-OR-FOLDER", required=True, help=words)
    words = "whose rows stay, where that is not the base"
    command.add_argument("--published", metavar="REV-OR-FOLDER", help=words)
    _add_format_option(command, ("text", "markdown", "json"), "text")


def _add_release_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", default="", help="folder to write to (default: dist)")
    words = "write a version (default: the contract’s, without -dev0), its day and record; build nothing"
    command.add_argument("--prepare", metavar="X.Y.Z", nargs="?", const=False, help=words)
    words = "build the site of this version into a folder of all versions: /v/X.Y.Z/ and /latest/"
    command.add_argument("--assemble", metavar="FOLDER", default="", help=words)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; report a failure of the tool in one line, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    send_log_to(print_progress)
    words = sys.argv[1:] if arguments is None else arguments
    if any(re.fullmatch("(--[a-z-]+=)?", word) for word in words):  # as from an unset variable
        print_progress("An argument of the command is empty. Leave it out, or say what is meant.")
        return TOOL_FAILED
    options = build_parser().parse_args(words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with commands.open_package(options) as package:
            code: int = options.run(options, package)
            return code
    except KeyboardInterrupt:  # Ctrl+C, or a request to stop
        print_progress("Stopped.")
    except BrokenPipeError:  # the reader of the pipe, such as head, has closed it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except UsageError as error:
        print_progress(str(error))
    except ModuleNotFoundError as error:
        print_progress(f"The library {error.name} is missing. Run “make” once, then use .venv/bin/python")
        print_progress("(on Windows: .venv\\Scripts\\python) in place of python.")
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        print_progress(_failure_message(error))
    return TOOL_FAILED


def _failure_message(error: Exception) -> str:
    """Say what stopped the tool, and what to do about it."""
    place = to_one_printable_line(_file_of_error(error), LONGEST_MESSAGE)
    if any(os.strerror(code) in str(error) for code in (ENOSPC, EFBIG)):  # or a library's message says so
        return f"No space is left on the disk to write {place}: free some, then run again."
    if isinstance(error, OSError) and error.errno in (EACCES, EPERM, EROFS):
        return f"{place} may not be read or written: {WAYS_OUT}, then run again."
    is_of_file = isinstance(error, OSError)
    kind = (
        "A file could not be read or written" if is_of_file else f"The tool failed: {type(error).__name__}"
    )
    return f"{kind}: {to_one_printable_line(str(error), LONGEST_MESSAGE)}\n{NO_VERDICT}"


def _file_of_error(error: Exception) -> str:
    """The file that an error is about, or its folder if the file is a hidden one of ours."""
    name = isinstance(error, OSError) and (error.filename2 or error.filename)
    if not name:
        return "a file, here or among the temporary ones"
    path = Path(str(name))
    return str(path.parent if path.name.startswith(".") else path)


if __name__ == "__main__":
    gc.set_threshold(50_000, 50, 50)  # commands are short: collect reference cycles rarely
    sys.exit(main())
