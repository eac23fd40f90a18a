// Python and DuckDB in one worker. Started from a blob URL, it keeps to the policy of its page.
// Everything is fetched once, unpacked, and kept in memory: from then on there is no network.
import { loadPyodide } from "pyodide";
import createPyodideModule from "./node_modules/pyodide/pyodide.asm.mjs";
import { info } from "./node_modules/pyodide/pyodide-lock.json";
import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from "./node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs";

const HERE = "https://in.memory.invalid/"; // no host: these names are answered below
const kept = new Map();
let check; // once Python is ready
const network = self.fetch.bind(self);

self.fetch = async (asked) => {
  const name = String(asked.url ?? asked).replace(HERE, "");
  if (!kept.has(name)) throw new TypeError("no network here");
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  const bytes = kept.get(name);
  kept.delete(name); // each is read once
  return new Response(bytes, { headers: { "Content-Type": type } });
};

async function fetched(address, arrived) {
  const answer = await network(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(piece, controller) { arrived(piece.length); controller.enqueue(piece); },
  }));
  const plain = address.endsWith(".gz") ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

async function load({ engine, files, data }) { // where they are, and the names of those of the engine
  let bytes = 0;
  const arrived = (more) => postMessage({ bytes: bytes += more });
  const get = async ([name, address]) => kept.set(name, await fetched(address, arrived));
  await Promise.all([...files.map((file) => [file.replace(/\.gz$/, ""), engine + file]), ["data.zip", data]].map(get));
  postMessage({ loaded: true });
  const [python, duckdb] = await Promise.all([startPython(), startDuckDB()]);
  python.registerJsModule("_engine", {
    restart() { duckdb.reset(); duckdb.open({}); },
    connect: () => duckdb.connect(),
    put: (name, file) => duckdb.registerFileBuffer(name, file),
    ask: (connection, sql) => rowsOf(duckdb, connection, sql),
  });
  for (const name of ["libraries.zip", "data.zip"]) {
    python.unpackArchive(kept.get(name), "zip", { extractDir: "/project" });
    kept.delete(name);
  }
  python.runPython("import sys; sys.path[:0] = ['/project', '/project/libraries']");
  const { answer } = python.pyimport("scripts.contribute.in_browser");
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
  const duckdb = await createDuckDB({ mvp: engine, eh: engine }, new VoidLogger(), BROWSER_RUNTIME);
  await duckdb.instantiate(() => {});
  return duckdb;
}

// The rows of an answer as JSON, column by column, with the kind of each column for Python to read them by.
function rowsOf(duckdb, connection, sql) {
  const table = connection.query(sql), { fields } = table.schema;
  return JSON.stringify({
    names: fields.map((field) => field.name),
    kinds: fields.map((field) => String(field.type)),
    columns: fields.map((field, at) => Array.from(table.getChildAt(at), field.type.scale === 0 ? whole : plain)),
  });
}

const whole = (cell) => (cell === null ? null : String(cell)); // wider than 64 bits
const plain = (cell) => (typeof cell === "bigint" ? String(cell) : cell?.toArray ? Array.from(cell, plain) : cell);

self.onmessage = async ({ data }) => {
  try {
    if (data.load) {
      await load(data.load);
      postMessage({ ready: true });
    } else {
      postMessage({ answer: check(data.ask, data.files) });
    }
  } catch (error) {
    postMessage({ failed: String(error?.message ?? error).slice(-2000) });
  }
};
