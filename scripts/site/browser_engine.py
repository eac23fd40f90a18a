"""Build the browser engine: Python and DuckDB in WebAssembly, with which a browser checks a contribution.

The engine is made from the sources and lock files in engine/, and kept in build/. If Node.js or a package
registry is unavailable, the site is built without the engine, and the page about the check says so.
"""

import ast
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from scripts.checks import LAYERS as LAYERS_OF_CHECK
from scripts.checks import OF_THE_DATA
from scripts.checks.rule_files import rule_text_without_test_lines
from scripts.package.atomic_write import replace_folder_atomically
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log, send_log_to
from scripts.package.reproducible_zip import pack_reproducible_zip, unzip_files

HERE = Path(__file__).resolve().parents[2]
SOURCES, KEPT = HERE / "engine", HERE / "build" / "engine"
WORKER, LICENCES = "worker.js.gz", "LICENCES.txt"
DUCKDB = "duckdb-eh.wasm.gz"
FILES = {  # each download and the file it is made from; the last, the largest, loads while Python starts
    "pyodide.asm.wasm.gz": "node_modules/pyodide/pyodide.asm.wasm",
    **{"python_stdlib.zip.gz": "python_stdlib.zip", "libraries.zip.gz": "libraries.zip"},
    DUCKDB: "node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
}
LEFT_OUT = SOURCES / "left_out.txt"  # parts of Python's own library that are large and that no check needs
LAYERS = ("checks", "contribute", "derived", "findings", "methods", "package")
CODE = ("__init__.py", *(f"{name}/**/*" for name in LAYERS))
COMPUTED = (
    "__init__",
    "conflicts",
    "_reading_comparisons",
    "_shares_counts_and_parts",
)  # the modules of scripts/derived that the check needs
READ = (".py", ".sql", ".csv", ".json", ".txt")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
PATIENCE = 300  # seconds allowed for a step; the packages are about 50 MB, and the machine may be shared
UNUSED = re.compile(r"/$|/(tests|benchmarks)/|\.pyi$|\.dist-info/(?!METADATA)")  # files in a wheel
BUNDLE = ("--bundle", "--minify", "--format=esm", "--external:node:*", "--external:ws", "--log-level=error")
PURE = ("--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14")


class EngineUnavailable(Exception):
    """Raised if the engine cannot be built; the message is a sentence that says why."""


def existing_engine_folder() -> Path | None:
    """The folder of the engine, or None if it has not been built."""
    place = KEPT / engine_hash()
    return place if place.is_dir() else None


def build_engine_if_missing() -> Path:
    """Build the engine if it is missing, and return its folder; raise EngineUnavailable if that fails."""
    place = KEPT / engine_hash()
    if not place.is_dir():
        log.info("Making the engine for browsers (once, about half a minute) …")
        with replace_folder_atomically(place) as made, tempfile.TemporaryDirectory() as work:
            _build_engine(Path(work), made)
    return place


def engine_hash() -> str:
    """A short hash of everything that the engine is made from, used in its address."""
    digest = hashlib.sha256()
    for path in [*sorted(path for path in SOURCES.iterdir() if path.is_file()), Path(__file__)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _build_engine(work_folder: Path, output_folder: Path) -> None:
    for path in SOURCES.iterdir():
        if path.is_file():
            shutil.copyfile(path, work_folder / path.name)
    npm = shutil.which("npm")
    if npm is None:
        raise EngineUnavailable("Node.js with npm is not on this machine.")
    _run_build_step([npm, "ci", "--fetch-retries=1", "--fetch-timeout=30000"], work_folder)
    bundler = work_folder / "node_modules" / ".bin" / "esbuild"
    _run_build_step(
        [shutil.which(bundler) or str(bundler), "worker.js", *BUNDLE, "--outfile=worker.min.js"],
        work_folder,
    )
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    _run_build_step(
        [*pip, "--only-binary=:all:", *PURE, "--requirement=wheels.lock", "--dest=wheels"], work_folder
    )
    _make_python_archives(work_folder)
    _run_build_step(["node", "compile.mjs"], work_folder)
    _write_downloads(work_folder, output_folder)


def _run_build_step(command: Sequence[str], work: Path) -> None:
    """Run one command of the build.

    If it fails, raise EngineUnavailable with the first line of its error output or, if there is none, the
    name of the exception.
    """
    name = Path(command[0]).stem
    try:
        subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        said = error.stderr if isinstance(error, subprocess.CalledProcessError) else ""
        reason = (said.strip() or type(error).__name__).splitlines()[0]
        raise EngineUnavailable(f"{name} could not do its step: {reason[:200]}") from error


def _make_python_archives(work: Path) -> None:
    """Write two zip files for compile.mjs to compile: the standard library, and the check's libraries."""
    whole = unzip_files((work / "node_modules" / "pyodide" / "python_stdlib.zip").read_bytes())
    without = LEFT_OUT.read_text(encoding="utf-8").split()
    needed = {name: content for name, content in whole.items() if re.split("[/.]", name)[0] not in without}
    (work / "python_stdlib.zip").write_bytes(pack_reproducible_zip(needed))
    (work / "libraries.zip").write_bytes(pack_reproducible_zip(dict(_files_of_python_libraries(work))))


def _write_downloads(work: Path, made: Path) -> None:
    """Write the files that a browser downloads, and the licences.

    The files are gzipped, because some hosts do not compress what they serve and some refuse large files.
    """
    worker = (work / "worker.min.js").read_bytes()
    contents = {WORKER: worker} | {name: (work / path).read_bytes() for name, path in FILES.items()}
    contents[DUCKDB] = wasm_with_needed_exports(contents[DUCKDB], worker.decode())
    for name, content in contents.items():
        (made / name).write_bytes(gzip.compress(content, 9, mtime=0))
    (made / LICENCES).write_text(
        "\n\n".join(_licence_texts_of_packages(work)), encoding="utf-8", newline="\n"
    )


def _licence_texts_of_packages(work: Path) -> Iterator[str]:
    """Yield a heading for each package in the engine, followed by its licence texts, if it contains any."""
    lock = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))
    for name, about in sorted(lock["packages"].items()):
        if name and not about.get("dev"):
            package = name.rpartition("node_modules/")[2]
            yield f"{package} {about['version']}: {about.get('license', 'see below')}"
            texts = sorted((work / name).glob("LICEN[CS]E*"))
            yield from (path.read_text(encoding="utf-8") for path in texts)
    for wheel in sorted((work / "wheels").glob("*.whl")):
        yield f"{' '.join(wheel.name.split('-')[:2])} (Python)"
        for name, content in unzip_files(wheel.read_bytes()).items():
            if re.search(r"\.dist-info/.*LICEN[CS]E", name):
                yield content.decode()


def _files_of_python_libraries(work: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the pure-Python libraries, and the module that replaces the `duckdb` package."""
    for wheel in sorted((work / "wheels").glob("*.whl")):
        for name, content in unzip_files(wheel.read_bytes()).items():
            if not UNUSED.search(name):
                yield f"libraries/{name}", content
    yield "libraries/duckdb.py", (work / "duckdb.py").read_bytes()


def zip_of_rules_and_tables(package: Package) -> bytes:
    """The code, rules and tables that a browser needs for a check, as a gzipped zip file."""
    code = [path for name in CODE for path in (HERE / "scripts").glob(name) if path.suffix in READ]
    others = {path for path in (HERE / "scripts/derived").glob("*.py") if path.stem not in COMPUTED}
    layers = (module for name, module in LAYERS_OF_CHECK.items() if name not in OF_THE_DATA)
    others |= {HERE / f"scripts/checks/{module}.py" for module in layers}
    files = {
        path.relative_to(HERE).as_posix(): _bytes_without_comments(path)
        for path in code
        if path not in others
    }
    contract = json.dumps(package.descriptor, ensure_ascii=False, separators=(",", ":")).encode()
    tables = [table.path for table in package.contract.tables if not table.is_derived]
    files |= {DESCRIPTOR: contract, **{path: package.bytes_of_file(path) for path in tables}}
    alike = sorted(files, key=lambda path: (PurePath(path).suffix, path))  # compresses better
    return gzip.compress(
        pack_reproducible_zip({path: files[path] for path in alike}, as_given=True), 9, mtime=0
    )


def _bytes_without_comments(path: Path) -> bytes:
    """The bytes of a file, without a Python file's comments and docstrings or a rule's lines for tests."""
    if path.suffix == ".sql":
        return rule_text_without_test_lines(path.read_text(encoding="utf-8")).encode()
    if path.suffix != ".py":
        return path.read_bytes()
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False):
            node.body[0] = ast.Pass()
    return ast.unparse(tree).encode()


HEAD, IMPORTS, EXPORTS = 8, 2, 7  # bytes before the first section, and the numbers of two kinds of section
MADE_UP = b"dynCall_"  # begins names that the JavaScript composes itself
MORE, SEVEN_BITS = 0x80, 0x7F  # a byte of LEB128: seven bits, and a flag if another byte follows


def wasm_with_needed_exports(module: bytes, javascript: str) -> bytes:
    """The WebAssembly module with only the exports that its JavaScript or its imports name.

    DuckDB exports all of its 78,000 functions, so that extensions can be linked to it later. No extension
    is loaded here, and the names alone would be an eighth of the download and add a second to each start.
    """
    words = {word.encode() for word in re.findall(r"[\w$]+", javascript)}
    asked = b"".join(content for kind, content in _wasm_sections(module) if kind == IMPORTS)
    written = [module[:HEAD]]
    for kind, content in _wasm_sections(module):
        if kind == EXPORTS:
            named = _wasm_exports(content)
            used = [
                export
                for name, export in named
                if name in words or name in asked or name.startswith(MADE_UP)
            ]
            content = _write_leb128(len(used)) + b"".join(used)
        written += [bytes([kind]), _write_leb128(len(content)), content]
    return b"".join(written)


def _wasm_sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and content of each section of a WebAssembly module."""
    at = HEAD
    while at < len(module):
        size, start = _read_leb128(module, at + 1)
        yield module[at], module[start : start + size]
        at = start + size


def _wasm_exports(section: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the whole entry (name, kind and index) of each export in an export section."""
    count, at = _read_leb128(section, 0)
    for _ in range(count):
        length, name = _read_leb128(section, at)
        end = _read_leb128(section, name + length + 1)[1]
        yield section[name : name + length], section[at:end]
        at = end


def _read_leb128(data: bytes, at: int) -> tuple[int, int]:
    """Read the LEB128 number at a position, and return it with the position after it."""
    number = shift = 0
    while True:
        byte = data[at]
        number, shift, at = number | (byte & SEVEN_BITS) << shift, shift + 7, at + 1
        if byte < MORE:
            return number, at


def _write_leb128(number: int) -> bytes:
    if number < MORE:
        return bytes([number])
    return bytes([number & SEVEN_BITS | MORE]) + _write_leb128(number >> 7)


if __name__ == "__main__":
    try:
        send_log_to(print)
        build_engine_if_missing()
    except EngineUnavailable as reason:
        print(f"No check in the browser: {reason} Its tests are passed over.")
