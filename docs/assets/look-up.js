// Looks up a number among all that are printed. Without this script the whole list stands on the page.
const form = document.getElementById("look-up"), section = document.getElementById("numbers");
const home = section.previousElementSibling, rows = [...document.getElementById("numeral-table").tBodies[0].rows];

// 15,000 and 15 000 are 15000; 52,2 is 52.2.
const bare = (text) => text.toLowerCase().replace(/(\d)[,\s](?=\d{3}(?!\d))/g, "$1").replace(/(\d),(?=\d{1,2}(?!\d))/g, "$1.");
const SHARE = /%|per\s?cent/;

function fits(row, asked) {
  const numbers = (asked.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  if (!numbers.length) return asked.split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word));
  const printed = row.dataset.numbers.split(" ").map(Number);
  return numbers.every((number) => printed.includes(number)) && (!SHARE.test(asked) || row.dataset.unit === "percent");
}

// While something is asked, the list stands below the form; else in its place further down.
function show() {
  const asked = bare(form.elements.find.value.trim());
  for (const row of rows) row.hidden = asked !== "" && !fits(row, asked);
  (asked ? form : home).after(section);
  section.firstElementChild.open = asked !== "";
  const found = rows.filter((row) => !row.hidden).length;
  document.getElementById("look-up-found").textContent = asked === "" ? ""
    : found ? `Found: ${found}.` : "No source that we read prints it. We may have worked it out from printed counts, or it is printed where we could not read.";
}

form.addEventListener("input", () => {
  show();
  const asked = form.elements.find.value;
  history.replaceState(null, "", location.pathname + (asked ? `?${new URLSearchParams({ find: asked })}` : ""));
});
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.find.value = new URLSearchParams(location.search).get("find") ?? "";
form.hidden = false;
show();
