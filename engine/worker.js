// Python and DuckDB in one worker. Started from a blob URL, it keeps to the policy of its page.
// The page fetches all files, since it is free while Python starts here; a worker that has them needs no network.
import { loadPyodide } from "pyodide";
import createPyodideModule from "./node_modules/pyodide/pyodide.asm.mjs";
import { info } from "./node_modules/pyodide/pyodide-lock.json";
import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from "./node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs";

const HERE = "https://in.memory.invalid/"; // no host: these names are answered below
const NAME = "X-Name";
const awaited = new Map(); // the files by name: each a promise, and how it is kept once the page sends the file
let duckdb, check; // once they are ready

function file(name) {
  if (!awaited.has(name)) {
    let arrived;
    awaited.set(name, { promise: new Promise((resolve) => { arrived = resolve; }), arrived });
  }
  return awaited.get(name);
}

async function taken(name) { // each is read once, and not kept
  const content = await file(name).promise;
  awaited.delete(name);
  return content;
}

// Pyodide and DuckDB fetch what they are made of; a compiled module is named by its answer, and handed over.
self.fetch = async (asked) => {
  const url = String(asked.url ?? asked), name = url.replace(HERE, "");
  if (name === url) throw new TypeError("no network here");
  return new Response(name.endsWith(".wasm") ? null : await taken(name), { headers: { [NAME]: name } });
};
WebAssembly.instantiateStreaming = async (answer, imports) => {
  const module = await taken((await answer).headers.get(NAME));
  return { module, instance: await WebAssembly.instantiate(module, imports) };
};

async function load() {
  const python = await startPython();
  python.registerJsModule("_engine", {
    restart() { duckdb.reset(); duckdb.open({}); },
    connect: () => duckdb.connect(),
    put: (name, bytes) => duckdb.registerFileBuffer(name, bytes),
    ask: (connection, sql) => rowsOf(connection, sql),
  });
  for (const name of ["libraries.zip", "package.zip"]) {
    python.unpackArchive(await taken(name), "zip", { extractDir: "/project" });
  }
  python.runPython("import sys; sys.path[:0] = ['/project', '/project/libraries']");
  const { answer, prepare } = python.pyimport("scripts.contribute.in_browser");
  prepare(); // the database is still on its way
  duckdb = await startDuckDB();
  check = (ask, files) => answer(ask, python.toPy(files), (text) => postMessage({ step: text }));
}

const startPython = () => loadPyodide({
  indexURL: HERE,
  createPyodideModule,
  lockFileContents: { info, packages: {} },
  packageBaseUrl: HERE,
  stdout: () => {},
  stderr: () => {},
});

async function startDuckDB() {
  const engine = { mainModule: `${HERE}duckdb-eh.wasm`, mainWorker: null };
  const made = await createDuckDB({ mvp: engine, eh: engine }, new VoidLogger(), BROWSER_RUNTIME);
  await made.instantiate(() => {});
  return made;
}

// The rows of an answer as JSON, column by column, with the kind of each column for Python to read them by.
function rowsOf(connection, sql) {
  const table = connection.query(sql), { fields } = table.schema;
  return JSON.stringify({
    names: fields.map((field) => field.name),
    kinds: fields.map((field) => String(field.type)),
    columns: fields.map((field, at) => Array.from(table.getChildAt(at), field.type.scale === 0 ? whole : plain)),
  });
}

const whole = (cell) => (cell === null ? null : String(cell)); // wider than 64 bits
const plain = (cell) => (typeof cell === "bigint" ? String(cell) : cell?.toArray ? Array.from(cell, plain) : cell);

const failed = (error) => postMessage({ failed: String(error?.message ?? error).slice(-2000) });

self.onmessage = ({ data }) => {
  try {
    if (data.name) file(data.name).arrived(data.content);
    else postMessage({ answer: check(data.ask, data.files) });
  } catch (error) {
    failed(error);
  }
};
load().then(() => postMessage({ ready: true }), failed);
