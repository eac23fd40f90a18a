// Looks up a number among all that are printed. Without this script the two pages with every number stand open.
const form = document.getElementById("look-up"), section = document.getElementById("numbers");
const said = document.getElementById("look-up-found");

// 15,000 and 15 000 are 15000; 52,2 is 52.2.
const bare = (text) => text.toLowerCase().replace(/(\d)[,\s](?=\d{3}(?!\d))/g, "$1").replace(/(\d),(?=\d{1,2}(?!\d))/g, "$1.");
const asked = () => bare(form.elements.find.value.trim());
const SHARE = /%|per\s?cent/;

function fits(row, asked) {
  const numbers = (asked.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  if (!numbers.length) return asked.split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word));
  const printed = row.dataset.numbers.split(" ").map(Number);
  return numbers.every((number) => printed.includes(number)) && (!SHARE.test(asked) || row.dataset.unit === "percent");
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
  for (const row of rows) row.hidden = !fits(row, words);
  section.hidden = words === "";
  const found = rows.filter((row) => !row.hidden).length;
  said.textContent = words === "" ? ""
    : found ? `Found: ${found}.` : "No source that we read prints it. We may have worked it out from printed counts, or it is printed where we could not read.";
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
