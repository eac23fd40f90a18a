"""Compiles all modules in the two archives, without their docstrings: they are smaller, and start sooner."""

import ast
import importlib._bootstrap_external as how
import zipfile
from pathlib import Path

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
NO_TIME = (1980, 1, 1, 0, 0, 0)


def compiled(name: str, source: bytes) -> bytes:
    """What stands in a .pyc file, which is never compared with its source."""
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False):
            node.body[0].value.value = ""
    return how._code_to_hash_pyc(compile(tree, name, "exec", dont_inherit=True), b"\0" * 8, False)


for path in map(Path, ("/making/python_stdlib.zip", "/making/libraries.zip")):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist()) if name[-1] != "/"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            is_code = name.endswith(".py")
            entry = zipfile.ZipInfo(f"{name}c" if is_code else name, NO_TIME)
            archive.writestr(entry, compiled(name, content) if is_code else content)
