// Filters, sorts and downloads the table of all values, or of all sources. Without this script the whole table stands there.
// Cells are read as text and never as markup; nothing is sent anywhere.
const form = document.getElementById("find"), table = document.getElementById("found-table");
const rows = [...table.tBodies].flatMap((topic) => [...topic.rows].slice(1));
const home = new Map(rows.map((row) => [row, row.parentElement])), heads = [...table.tHead.rows[0].cells];
const fields = [...form.elements].filter((one) => one.name);
const facets = fields.filter((one) => !["find", "sort"].includes(one.name));
// A row says for each facet the positions of the choices that it has.
const choices = (row) => row.choices ??= row.dataset.fits.split(" ").map((some) => some.split("."));
// Whole words are compared, in the singular: boys find boy, and male does not find female.
const WORD = /\d+\.\d+|[\p{L}\p{M}\d]+/gu;
const singular = (word) => word.replace(/([^aeiou])ies$/, "$1y").replace(/(ss|sh|ch|x)es$|([^su])s$/, "$1$2");
const bare = (text) => text.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/['’]/g, "").replaceAll("%", " percent ");
const plain = (text) => (bare(text).match(WORD) ?? []).map(singular).join(" ");
// The address of a row's page holds the id of its quantity, so that this finds all mentions of it.
const ids = (row) => row.querySelector("a").getAttribute("href").split(/(?:values|sources)\//).pop();
const groups = (row) => facets.flatMap((facet, at) =>
  facet.name === "group" ? choices(row)[at].map((choice) => facet.options[choice].value.replaceAll("_", " ")) : []);
const words = (row) => row.words ??=
  ` ${plain([ids(row), ...[...row.cells].map((cell) => cell.textContent), ...groups(row)].join(" "))} `;
// Each term with all that mean the same.
const alike = new Map(form.dataset.alike.split("|").flatMap((set) => {
  const terms = set.split(";");
  return terms.map((term) => [plain(term), terms]);
}));
const longest = Math.max(...[...alike.keys()].map((term) => term.split(" ").length));

// What has to be in a row: for each term that was typed, itself or another that means the same.
function wanted() {
  const typed = form.find.value.split(/\s+/).filter(plain), terms = [];
  while (typed.length) {
    let many = longest;
    while (many > 1 && !alike.has(plain(typed.slice(0, many).join(" ")))) many -= 1;
    const term = typed.splice(0, many).join(" ");
    terms.push(alike.get(plain(term)) ?? [term]);
  }
  return terms;
}

const fits = (row, terms) =>
  terms.every((some) => some.some((term) => words(row).includes(` ${plain(term)} `))) && facets.every((facet, at) =>
    !facet.value || choices(row)[at].includes(`${facet.selectedIndex}`));

// What cannot be ordered: 0 for what can, 1 for a period only in words, such as “early 2000s”, 2 for a blank cell.
function unsortable(key, text) {
  if (text === "" || text === "not stated" || text === "not visible") return 2;
  return key === "when" && !/^[\d/-]+$/.test(text) ? 1 : 0;
}

// What cannot be ordered comes last in either order; rows that are alike keep the order of the page.
function compare(key, sign) {
  const column = heads.findIndex((head) => head.dataset.key === key);
  const cell = (row) => key === "number" ? row.dataset.number : row.cells[column].textContent.trim();
  return (one, other) => {
    const [a, b] = [cell(one), cell(other)];
    const [first, second] = [unsortable(key, a), unsortable(key, b)];
    if (first || second) return first - second;
    return sign * (key === "number" ? a - b : a.localeCompare(b, "en"));
  };
}

const shown = () => [...table.rows].filter((row) => row.id && !row.hidden);

// What is found or sorted is one list, which is not folded; else each row is below its topic.
function lay(order) {
  const isOne = table.classList.toggle("found", fields.some((field) => field.value));
  for (const row of order) (isOne ? table.tBodies[0] : home.get(row)).append(row);
}

function show() {
  const sort = form.sort.value, key = sort.replace("-", "");
  const order = sort ? [...rows].sort(compare(key, sort === key ? 1 : -1)) : rows;
  const terms = wanted();
  for (const row of rows) row.hidden = !fits(row, terms);
  lay(order);
  for (const head of heads) {
    head.ariaSort = head.dataset.key === key ? (sort === key ? "ascending" : "descending") : "none";
  }
  document.getElementById("count").textContent = said(shown().length, terms);
  offer(terms);
  table.dispatchEvent(new Event("shown"));
}

// A figure of several cities together is of none of them alone: how many are left out so, as a link that adds them.
function offer(terms) {
  const { place } = form, line = document.getElementById("together"), chosen = place?.selectedIndex;
  const wider = place?.value && [...place.options].find((option) => option.value === `with-${place.value}`);
  if (!line) return;
  line.hidden = true;
  if (!wider) return;
  const name = place.options[chosen].text;
  place.value = wider.value;
  const many = rows.filter((row) => fits(row, terms)).length - shown().length, address = chosenOnes();
  place.selectedIndex = chosen;
  if (!many) return;
  const words = `and ${many} ${many === 1 ? "figure" : "figures"} of several places together, ${name} among them`;
  line.replaceChildren(Object.assign(document.createElement("a"), { href: `?${address}`, textContent: words }));
  line.hidden = false;
}

const chosenOnes = () => new URLSearchParams(fields.filter((one) => one.value).map((one) => [one.name, one.value]));

// How many there are and which words found them; or what was asked for in vain, and what of it can be changed.
function said(many, terms) {
  const { things } = table.dataset, typed = form.find.value.trim(), set = facets.filter((facet) => facet.value);
  const others = terms.flatMap((some) => some.filter((term) => !` ${plain(typed)} `.includes(` ${plain(term)} `)));
  const also = others.length ? ` Words that mean the same count too: ${others.join(", ")}.` : "";
  if (many || !(typed || set.length)) return `Showing ${many} of ${rows.length} ${things}.${also}`;
  const having = [...(typed ? [`“${typed}”`] : []), ...(set.length ? ["these filters"] : [])].join(" and "), chosen = set.map((facet) => facet.labels[0].firstChild.data.trim()).join(", ");
  const change = [...(typed ? ["try other words"] : []), ...(chosen ? [`change a filter (${chosen})`] : [])].join(", or ");
  return `No ${things} with ${having}.${also} You could ${change}.`;
}

// The address holds what is chosen, so that it can be shared.
function remember() {
  const chosen = chosenOnes();
  history.replaceState(null, "", [location.pathname, ...(`${chosen}` ? [chosen] : [])].join("?"));
}

// As it comes, the page shows all: there is nothing to lay out anew.
let isUsed = false;
function recall() {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = asked.get(field.name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
  if (isUsed || location.search) show();
  if (facets.some((one) => one.value)) form.querySelector("details").open = true;
  isUsed = true;
}

// Published lines as they are, but for cells that a spreadsheet would run: these get an apostrophe.
const CELL = /("(?:[^"]|"")*"|[^,]*)(,|$)/g;
const RUNS = /^("?)(?=[=+@\t\r]|-(?![\d.]+"?$))/;
const safe = (line) => line.replace(CELL, (all, cell, end) => cell.replace(RUNS, "$1'") + end);

async function take() {
  const answer = await fetch(table.dataset.source);
  if (!answer.ok) throw new Error(answer.statusText);
  const [header, ...lines] = (await answer.text()).trimEnd().split("\n");
  const line = new Map(lines.map((one) => [one.slice(0, one.indexOf(",")), one]));
  const chosen = shown().filter((row) => line.has(row.id)).map((row) => safe(line.get(row.id)));
  const link = document.createElement("a"); // the mark in front tells spreadsheets that it is UTF-8
  link.href = URL.createObjectURL(new Blob(["\ufeff", [header, ...chosen, ""].join("\n")], { type: "text/csv" }));
  link.download = `selected-${table.dataset.source.split("/").pop()}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const change = () => { show(); remember(); };
form.addEventListener("input", change);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("clear").addEventListener("click", () => { form.reset(); change(); form.find.focus(); });
document.getElementById("take").addEventListener("click", () => take().catch(() => {
  document.getElementById("count").textContent = "The file could not be read. Take the whole file above.";
}));
for (const head of heads) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => {
    form.sort.value = form.sort.value === head.dataset.key ? `-${head.dataset.key}` : head.dataset.key;
    change();
  });
  head.append(button);
  head.ariaSort = "none";
}
window.addEventListener("popstate", recall);
recall();
const sought = location.hash && document.getElementById(location.hash.slice(1));
if (sought) {
  sought.closest("tbody").querySelector("input").checked = true;
  sought.scrollIntoView();
}
