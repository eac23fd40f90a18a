// Looks up a number among all that are printed. Without this script the two pages with every number stand open.
const form = document.getElementById("look-up"), section = document.getElementById("numbers");
const said = document.getElementById("look-up-found");

// 15,000 and 15 000 are 15000; 52,2 is 52.2; Khmer digits are digits.
const latin = (text) => text.replace(/[\u17e0-\u17e9]/g, (digit) => digit.charCodeAt(0) - 0x17e0);
const bare = (text) => latin(text.toLowerCase()).replace(/(\d)[,\s](?=\d{3}(?!\d))/g, "$1").replace(/(\d),(?=\d{1,2}(?!\d))/g, "$1.");
const asked = () => bare(form.elements.find.value.trim());
const NUMBER = /\d+(?:\.\d+)?/g;
// In “2.2 percent were under 18” the 18 is no share; in “from 8.16 to 2.2 percent” both are.
const SHARE = /\d+(?:\.\d+)?(?=(?:\s*(?:to|and|or|-|–)\s*\d+(?:\.\d+)?)?\s?(?:%|per\s?cent))/g;
const numbersIn = (text, which) => [...new Set((text.match(which) ?? []).map(Number))];
const printed = (row) => row.numbers ??= row.dataset.numbers.split(" ").map(Number);
// “two percent” is not found in “thirty-two percent”.
const begins = (word) => new RegExp(`(?:^|[^\\p{L}\\d-])${word.replace(/[^\p{L}\d\s]/gu, "\\$&")}`, "u");

// The rows with all that is asked for; else those with one of its numbers, since a sentence may hold several.
function find(rows, text) {
  const numbers = numbersIn(text, NUMBER), shares = numbersIn(text, SHARE);
  if (!numbers.length) {
    const words = text.split(/\s+/).map(begins);
    return { rows: rows.filter((row) => words.every((word) => word.test(row.textContent.toLowerCase()))), by: [] };
  }
  const right = shares.length ? rows.filter((row) => row.dataset.unit === "percent") : rows;
  const all = right.filter((row) => numbers.every((number) => printed(row).includes(number)));
  if (all.length) return { rows: all, by: [] };
  const by = (shares.length ? shares : numbers).filter((one) => right.some((row) => printed(row).includes(one)));
  return { rows: right.filter((row) => by.some((one) => printed(row).includes(one))), by };
}

// The list of each page, read when something is asked for the first time; those of Cambodia come first.
async function listOf(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("numeral-table");
}

let loaded;
async function load() {
  const [table, ...more] = await Promise.all([...document.querySelectorAll("a.numbers")].map(listOf));
  for (const one of more) table.append(...one.tBodies);
  table.classList.add("found");
  section.append(table);
  return [...table.querySelectorAll("[data-numbers]")];
}

async function show() {
  const words = asked();
  if (words !== "") said.textContent ||= "Looking …";
  const rows = words === "" ? [] : await (loaded ??= load());
  if (words !== asked()) return; // more was typed meanwhile
  const found = find(rows, words), shown = new Set(found.rows);
  for (const row of rows) row.hidden = !shown.has(row);
  section.hidden = words === "";
  said.textContent = words === "" ? "" : sentence(words, found);
}

function sentence(text, { rows, by }) {
  if (rows.length) return `Found${by.length ? ` for ${by.join(" or ")}` : ""}: ${rows.length}.`;
  if (!/\d/.test(text)) return "No entry has all of these words. Try the number alone.";
  return "No source that we read gives it. We may have worked it out from reported counts, or it is reported where we could not read.";
}

const tell = () => { loaded = undefined; said.textContent = "The numbers could not be read. They stand on the two pages below."; };
form.addEventListener("input", () => {
  show().catch(tell);
  const words = form.elements.find.value;
  history.replaceState(null, "", location.pathname + (words ? `?${new URLSearchParams({ find: words })}` : ""));
});
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.find.value = new URLSearchParams(location.search).get("find") ?? "";
form.hidden = false;
show().catch(tell);
