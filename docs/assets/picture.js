// Draws the figures that the table shows, after each change of its filters, and says what a mark stands for.
// Without this script the picture of all figures is there. The rules are those of selection_picture.py.
"use strict";
{
  const MOST_LANES = 12, STEPS = [1, 2, 5, 10], MOST_TICKS = 8, ROOM = 3;
  const table = document.getElementById("found-table"), fold = document.getElementById("picture");
  const figure = fold.querySelector("figure"), list = figure.querySelector("ul");
  const facets = [...document.getElementById("find").querySelectorAll("select:not([name=sort])")];

  function make(name, parts = [], style = "") {
    const made = document.createElement(name);
    made.append(...parts);
    if (style) made.style.cssText = style;
    return made;
  }

  function grouped(all, key) {
    const groups = new Map();
    for (const one of all) groups.set(key(one), [...groups.get(key(one)) ?? [], one]);
    return groups;
  }

  // The choices that a row has of a filter.
  function choices(row, name) {
    const at = facets.findIndex((facet) => facet.name === name);
    return row.dataset.fits.split(" ")[at].split(".").map((choice) => facets[at].options[choice]);
  }

  // The first and last year that a figure refers to, if they are known.
  function span(row) {
    const years = choices(row, "year").map((choice) => Number(choice.value));
    return years.some(Number.isNaN) ? null : [years[0], years.at(-1)];
  }

  // The populations that have most figures, each with its figures.
  function mostFrequent(rows) {
    const groups = grouped(rows, (row) => choices(row, "population")[0]);
    const lanes = [...groups].filter(([population]) => population.value !== "not-stated");
    return lanes.map(([population, lane]) => [population.text, lane])
      .sort(([name, some], [other, more]) => more.length - some.length || (name < other ? -1 : 1))
      .slice(0, MOST_LANES);
  }

  // The years between ticks, the first year, and how many years there are.
  function axis(spans) {
    if (!spans.length) return [1, 0, 0];
    const least = Math.min(...spans.map(([first]) => first)), most = Math.max(...spans.map(([, last]) => last));
    const from = (step) => Math.floor(least / step) * step, to = (step) => (Math.floor(most / step) + 1) * step;
    const step = STEPS.find((some) => to(some) - from(some) <= MOST_TICKS * some) ?? STEPS.at(-1);
    return [step, from(step), to(step) - from(step)];
  }

  // Words that link to the page of a figure; the address stays relative, so that it is not printed.
  function linked(row, words) {
    const made = make("a", [words]);
    made.href = row.cells[0].querySelector("a").getAttribute("href");
    return made;
  }

  // The number as printed.
  function mark(row) {
    const words = row.cells[0].textContent.trim().replace(/[“”]/g, "");
    return linked(row, words + ("caution" in row.dataset ? "*" : ""));
  }

  // The figures of the same years, with the numbers that the style sheet places them by.
  function marks([first, last], rows, next, [step, start]) {
    const covers = last - first + 1, room = Math.max(covers, Math.min(next - first, ROOM));
    const firstBin = Math.floor((first - start) / step), lastBin = Math.floor((last - start) / step);
    const counts = Object.entries({ n: covers, w: room, s: lastBin - firstBin + 1 }).filter(([, many]) => many > 1);
    const style = `--y:${first - start};--b:${firstBin + 1}${counts.map(([name, many]) => `;--${name}:${many}`).join("")}`;
    return make("span", [make("i", [covers > 1 ? `${first}–${last}` : first]), ...rows.map(mark)], style);
  }

  function lane(name, rows, years) {
    const groups = [...grouped(rows, (row) => `${span(row) ?? ""}`)].map(([, some]) => [span(some[0]), some]);
    const dated = groups.filter(([some]) => some).sort(([a], [b]) => a[0] - b[0] || a[1] - b[1]);
    const across = make("div", dated.map(([ends, some], at) =>
      marks(ends, some, dated[at + 1]?.[0][0] ?? Infinity, years)));
    across.className = "years";
    const item = make("li", [make("p", [name]), across]), [, undated] = groups.find(([some]) => !some) ?? [];
    if (undated) {
      item.append(make("div", [make("i", ["no year"]), ...undated.map(mark)]));
      item.lastChild.className = "undated";
    }
    return item;
  }

  function draw() {
    const rows = [...table.rows].filter((row) => row.id && !row.hidden), lanes = mostFrequent(rows);
    const drawn = lanes.flatMap(([, some]) => some), years = axis(drawn.map(span).filter(Boolean));
    const [step, start, columns] = years;
    fold.hidden = !lanes.length;
    figure.dataset.step = step;
    figure.querySelector(".shared b").textContent = step;
    figure.style.cssText = `--columns:${columns};--step:${step};--bins:${columns / step}`;
    figure.querySelector(".axis .years").replaceChildren(...Array.from({ length: columns / step }, (_, at) =>
      make("span", [start + at * step], `--y:${at * step}`)));
    list.replaceChildren(...lanes.map(([name, some]) => lane(name, some, years)));
    figure.querySelector(".not-alone").hidden = !drawn.some((row) => "caution" in row.dataset);
    const rest = figure.querySelector(".rest");
    rest.hidden = rows.length === drawn.length;
    rest.querySelector("b").textContent = rows.length - drawn.length;
    forget();
    stopAt(allMarks()[0]);
  }

  const told = make("output"), allMarks = () => [...list.querySelectorAll("a")];
  let tapped = null;
  figure.after(told);

  function tell(one, hint = "") {
    const row = document.getElementById(one.hash.slice(1)), link = linked(row, row.cells[0].textContent.trim());
    const [, what, whom, place, when, source] = [...row.cells].map((cell) => cell.firstChild.textContent.trim());
    told.replaceChildren(link, `: ${what}. Of whom: ${whom}. Where: ${place}. When: ${when}. Reported by ${source}.${hint}`);
  }

  function forget() {
    told.replaceChildren();
    tapped = null;
  }

  // Only one mark is a stop of the keyboard, or the table would be hundreds of stops away.
  function stopAt(stop) {
    for (const one of allMarks()) one.tabIndex = one === stop ? 0 : -1;
  }

  // To the next or previous mark, or to the first of the next or previous lane.
  function reached(one, key) {
    const all = allMarks(), lane = one.closest("li"), first = (item) => item?.querySelector("a");
    return {
      ArrowRight: all[all.indexOf(one) + 1], ArrowLeft: all[all.indexOf(one) - 1],
      ArrowDown: first(lane.nextElementSibling), ArrowUp: first(lane.previousElementSibling),
      Home: all[0], End: all.at(-1),
    }[key];
  }

  const pointed = (event) => list.contains(event.target) ? event.target.closest("a") : null;
  figure.addEventListener("pointerover", (event) => { if (pointed(event)) tell(pointed(event)); });
  list.addEventListener("focusin", ({ target }) => {
    stopAt(target);
    tell(target, target.matches(":focus-visible") ? " The arrow keys lead to other marks." : "");
  });
  list.addEventListener("keydown", (event) => {
    const next = reached(event.target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  // The first tap says what a mark stands for, the second follows its link.
  figure.addEventListener("click", (event) => {
    const one = pointed(event);
    if (!one || event.pointerType !== "touch" || one === tapped) return;
    event.preventDefault();
    tapped = one;
    tell(one);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") forget(); });
  table.addEventListener("shown", draw);
  stopAt(allMarks()[0]);
}
