// The what-ifs of this page, computed as scripts/methods does. Nothing is sent anywhere.
const whatIf = {
  wilson(x, n, designEffect) {
    const z = 1.959963984540054, m = n / designEffect, p = x / n;
    const centre = p + z * z / (2 * m), reach = z * Math.sqrt(p * (1 - p) / m + z * z / (4 * m * m));
    return [(centre - reach) / (1 + z * z / m), (centre + reach) / (1 + z * z / m)].map(this.inside);
  },
  roganGladen(share, sensitivity, specificity) {
    return (share + specificity - 1) / (sensitivity + specificity - 1);
  },
  affectedNeeded: (earlier, later, hidden) => later + (earlier - later) / hidden,
  hiddenNeeded: (earlier, later, affected) => (earlier - later) / (affected - later),
  zeroBound: (n) => -Math.expm1(Math.log(0.05) / n),
  inside: (share) => Math.min(1, Math.max(0, share)),
};
const percent = (share) => (100 * share).toFixed(share < 0.005 ? 3 : 2) + " %";
const possible = (share) => share >= 0 && share <= 1 ? percent(share) : "no value between 0 and 100 % is enough";

function show(form) {
  const given = Object.fromEntries([...form.elements].filter((e) => e.name).map((e) => [e.name, Number(e.value)]));
  const { x, n, earlier, later } = Object.fromEntries(Object.entries(form.dataset).map(([k, v]) => [k, Number(v)]));
  const [low, high] = whatIf.wilson(x, n, given.effect);
  const judged = (share) => whatIf.inside(whatIf.roganGladen(share, given.sensitivity / 100, given.specificity / 100));
  const usable = given.sensitivity + given.specificity > 100;
  const results = {
    sampling: `${percent(low)} to ${percent(high)}`,
    judged: usable ? `${percent(judged(x / n))} (${percent(judged(low))} to ${percent(judged(high))})`
      : "sensitivity and specificity must be more than 100 % together",
    affected: given.hidden > 0 ? possible(whatIf.affectedNeeded(earlier, later, given.hidden / 100))
      : "nobody is outside, so nothing can undo the fall",
    hidden: given.affected / 100 > later ? possible(whatIf.hiddenNeeded(earlier, later, given.affected / 100))
      : "they are not more affected than the people seen, so nothing can undo the fall",
    zero: given.city >= 1 ? percent(whatIf.zeroBound(given.city)) : "at least 1 person must be seen",
  };
  for (const [name, text] of Object.entries(results)) form.querySelector(`[data-result="${name}"]`).textContent = text;
}

const form = typeof document === "undefined" ? null : document.getElementById("what-if");
if (form) {
  form.hidden = false;
  form.addEventListener("input", () => show(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  show(form);
}
