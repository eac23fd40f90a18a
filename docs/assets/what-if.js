// The what-ifs of this page, computed as scripts/methods does. Nothing is sent anywhere.
const whatIf = {
  wilson(x, n, designEffect) {
    const z = 1.959963984540054, m = n / designEffect, p = x / n;
    const centre = p + z * z / (2 * m), reach = z * Math.sqrt(p * (1 - p) / m + z * z / (4 * m * m));
    return [(centre - reach) / (1 + z * z / m), (centre + reach) / (1 + z * z / m)];
  },
  roganGladen: (share, sensitivity, specificity) => (share + specificity - 1) / (sensitivity + specificity - 1),
  affectedNeeded: (earlier, later, hidden) => later + (earlier - later) / hidden,
  hiddenNeeded: (earlier, later, affected) => (earlier - later) / (affected - later),
  zeroBound: (n) => -Math.expm1(Math.log(0.05) / n),
};
const percent = (share) => (100 * share).toFixed(share < 0.005 ? 3 : 2) + " %";
const isShare = (share) => share >= 0 && share <= 1;
const needed = (share) => isShare(share) ? percent(share) : "no value is enough";

function judged(x, n, sensitivity, specificity) {
  if (sensitivity + specificity <= 1) return "cannot be: such judging is worse than chance";
  const [share, low, high] = [x / n, ...whatIf.wilson(x, n, 1)].map((p) => whatIf.roganGladen(p, sensitivity, specificity));
  const inside = [low, high].map((p) => percent(Math.min(1, Math.max(0, p))));
  return isShare(share) ? `${percent(share)} (${inside.join(" to ")} by sampling, people treated as independent)`
    : "cannot be: so many mistakes would give more than was counted";
}

// One entry a result: the inputs that it needs, and the words for them.
const results = {
  sampling: [["effect"], ({ x, n }, effect) => whatIf.wilson(x, n, effect).map(percent).join(" to ")],
  judged: [["sensitivity", "specificity"], ({ x, n }, se, sp) => judged(x, n, se / 100, sp / 100)],
  affected: [["hidden"], ({ earlier, later }, h) => needed(whatIf.affectedNeeded(earlier, later, h / 100))],
  hidden: [["affected"], ({ earlier, later }, q) => q / 100 > later
    ? needed(whatIf.hiddenNeeded(earlier, later, q / 100)) : "no value is enough: they are no more affected than those seen"],
  zero: [["city"], (counts, n) => percent(whatIf.zeroBound(n))],
};

function show(form) {
  const counts = Object.fromEntries(Object.entries(form.dataset).map(([name, text]) => [name, Number(text)]));
  for (const [name, [inputs, words]] of Object.entries(results)) {
    const fields = inputs.map((input) => form.elements[input]);
    const wrong = fields.find((field) => field.value === "" || !field.validity.valid);
    form.querySelector(`[data-result="${name}"]`).textContent = wrong
      ? `– (enter a number from ${wrong.min} to ${wrong.max})` : words(counts, ...fields.map((field) => Number(field.value)));
  }
}

const form = document.getElementById("what-if");
form.hidden = false;
form.addEventListener("input", () => show(form));
form.addEventListener("submit", (event) => event.preventDefault());
show(form);
