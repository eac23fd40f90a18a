// Compiles the Python that a browser loads, by the same Python that will run it there.
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide({ env: { HOME: "/", PYTHONNODEBUGRANGES: "1" } }); // no columns: smaller
python.mountNodeFS("/making", process.cwd());
python.runPython(readFileSync("compiled.py", "utf8"));
