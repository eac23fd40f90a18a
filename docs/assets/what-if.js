// The what-ifs of this page, computed as scripts/methods does. Nothing is sent anywhere.
const whatIf = {
  wilson(x, n, designEffect) {
    const z2 = 1.959963984540054 ** 2, m = n / designEffect, found = x / designEffect;
    const root = Math.sqrt(z2 * (z2 + 4 * found * (m - found) / m));
    const lower = (count) => 2 * count * count / m / (2 * count + z2 + root);
    return [lower(found), 1 - lower(m - found)];
  },
  roganGladen: (share, sensitivity, specificity) => (share + specificity - 1) / (sensitivity + specificity - 1),
  affectedNeeded: (earlier, later, hidden) => later + (earlier - later) / hidden,
  hiddenNeeded: (earlier, later, affected) => (earlier - later) / (affected - later),
  zeroBound: (n) => -Math.expm1(Math.log(0.05) / n),
  hiddenTogether(x1, n1, x2, n2, affected, ratio, designEffect) {
    const below = x1 / n1 - whatIf.wilson(x1, n1, designEffect)[0];
    const above = (whatIf.wilson(x2, n2, designEffect)[1] - x2 / n2) / ratio;
    const limit = (hidden) => (1 - hidden) * x2 / n2 / ratio + hidden * affected - x1 / n1
      + Math.hypot((1 - hidden) * above, below);
    if (limit(0) >= 0) return 0;
    if (limit(1) < 0) return Infinity;
    let [low, high] = [0, 1];
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (limit(middle) < 0) low = middle; else high = middle;
    }
    return high;
  },
};
const percent = (share) => share === 0 ? "0%" : share > 0 && share < 0.000005 ? "less than 0.001%"
  : (100 * share).toFixed(share < 0.005 ? 3 : 2) + "%";
const isShare = (share) => share >= 0 && share <= 1;
const needed = (share) => isShare(share) ? percent(share) : "no share would be enough";

// What cannot be is judged by the limits of the counted share, not by its point.
function judged(x, n, sensitivity, specificity) {
  if (sensitivity + specificity <= 1) return "cannot be: such judging is worse than chance";
  const [share, low, high] = [x / n, ...whatIf.wilson(x, n, 1)].map((p) => whatIf.roganGladen(p, sensitivity, specificity));
  if (high < 0) return "cannot be: so many mistakes would give more than was counted";
  if (low > 1) return "cannot be: with recognition so poor, less would be counted";
  const ends = [low, high].map((p) => percent(Math.min(1, Math.max(0, p)))).join(" to ");
  const by = "by sampling, people treated as independent";
  return isShare(share) ? `${percent(share)} (${ends} ${by})` : `${ends} (${by})`;
}

function together({ x, n, x1, n1 }, affected, ratio, effect) {
  const hidden = whatIf.hiddenTogether(x1, n1, x, n, affected, ratio, effect);
  return hidden === 0 ? "nobody: it is not shown even then" : needed(hidden);
}

// One entry a result: the inputs that it needs, and the words for them.
const results = {
  sampling: [["effect"], ({ x, n }, effect) => whatIf.wilson(x, n, effect).map(percent).join(" to ")],
  judged: [["sensitivity", "specificity"], ({ x, n }, se, sp) => judged(x, n, se / 100, sp / 100)],
  affected: [["hidden"], ({ earlier, later }, h) => needed(whatIf.affectedNeeded(earlier, later, h / 100))],
  hidden: [["affected"], ({ earlier, later }, q) => q / 100 > later
    ? needed(whatIf.hiddenNeeded(earlier, later, q / 100)) : "no share would be enough: they are no more affected than those seen"],
  together: [["others", "ratio", "effects"], (counts, q, ratio, effect) => together(counts, q / 100, ratio, effect)],
  zero: [["city"], (counts, n) => percent(whatIf.zeroBound(n))],
};

// A number as people type it. A comma before one, two, four or more digits is a decimal one; before three
// it could part thousands, so it is an error, as is all else. Never does 7,3 become 73.
function typed(field) {
  const text = field.value.trim().replace(/^(\d+),(\d{1,2}|\d{4,})$/, "$1.$2");
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  const { min, max, whole } = field.dataset;
  return number >= Number(min) && number <= Number(max) && !(whole && number % 1) ? number : NaN;
}

function show(form) {
  const counts = Object.fromEntries(Object.entries(form.dataset).map(([name, text]) => [name, Number(text)]));
  for (const [name, [inputs, words]] of Object.entries(results)) {
    const fields = inputs.map((input) => form.elements[input]);
    const wrong = fields.find((field) => Number.isNaN(typed(field)));
    form.querySelector(`[data-result="${name}"]`).textContent = wrong
      ? `– (enter a ${wrong.dataset.whole ? "whole " : ""}number from ${wrong.dataset.min} to ${wrong.dataset.max})`
      : words(counts, ...fields.map(typed));
  }
}

const form = document.getElementById("what-if");
form.hidden = false;
form.addEventListener("input", () => show(form));
form.addEventListener("submit", (event) => event.preventDefault());
show(form);
