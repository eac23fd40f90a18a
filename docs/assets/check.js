// Lays out a check that runs in a worker: no rule, limit or message of the check is here.
// The words of this page stand in it; those of the check come from Python, and are shown as text.
const form = document.getElementById("check");
if (form) {
  const shown = document.getElementById("check-answer"), said = form.querySelector("output");
  const input = form.elements["check-files"], [start] = form.querySelectorAll("[type=submit]"), { stop } = form.elements;
  const one = document.getElementById("one"), send = document.getElementById("check-send");
  const bar = form.querySelector("progress"), set = form.dataset;
  const word = (name) => document.querySelector(`#check-says [data-word="${name}"]`).textContent;
  const say = (text) => { place.textContent = text; };
  let place = said, worker, loading, isReady = false, isBusy = false, waiting, patience;

  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, more);

  function busy(is) {
    isBusy = is;
    start.disabled = is || !input.files.length;
    stop.hidden = !is;
    clearTimeout(patience);
    if (!is) bar.hidden = true;
  }

  function ended(name) {
    loading?.abort(); // or a phone would go on to pay for it
    worker?.terminate();
    worker = undefined;
    isReady = false;
    busy(false);
    say(word(name));
  }

  // A file of the engine, counted while it arrives, and unpacked: a host may not do it, and may refuse large ones.
  async function fetched(name, { signal }) {
    const answer = await fetch(new URL(name, name === set.package ? location : new URL(set.engine, location)), { signal });
    if (!answer.ok) throw new Error(answer.status);
    const counted = answer.body.pipeThrough(new TransformStream({
      transform(piece, on) { bar.value += piece.length / set.bytes; on.enqueue(piece); },
    }));
    const plain = name.endsWith(".gz") ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
    return new Response(plain, { headers: { "Content-Type": "application/wasm" } });
  }

  async function sent(name, own) {
    const answer = fetched(name, own);
    const content = name.includes(".wasm") ? await WebAssembly.compileStreaming(answer) : new Uint8Array(await (await answer).arrayBuffer());
    worker?.postMessage({ name: name.replace(/\.gz$/, ""), content });
  }

  // Python starts while the last and largest file, the database, is on its way.
  async function begun(own) {
    bar.value = 0;
    const files = [set.package, ...set.files.split(" ")], last = files.pop();
    const code = await (await fetched(set.worker, own)).blob();
    // From a blob, so that the policy of this page holds for the worker too.
    const from = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    worker = new Worker(from, { type: "module" });
    worker.onerror = () => ended("broken");
    worker.onmessage = heard;
    await Promise.all(files.map((name) => sent(name, own)));
    await sent(last, own);
    if (!isReady && !own.signal.aborted) { bar.hidden = true; say(word("starting")); }
  }

  function heard({ data }) {
    if (data.step) say(data.step);
    if (data.failed) { console.error(data.failed); ended("broken"); }
    if (data.ready) { isReady = true; waiting(); }
    if (data.answer) { busy(false); show(JSON.parse(data.answer)); }
  }

  async function ask(question, files) {
    say(""); // what is said stands once, beside the button that was pressed
    place = files.length ? said : one.querySelector("output");
    shown.hidden = true;
    busy(true);
    const asks = async () => {
      say(word("checking"));
      patience = setTimeout(() => say(word("slow")), 1000 * set.patience);
      const read = await Promise.all(files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));
      worker.postMessage({ ask: JSON.stringify(question), files: Object.fromEntries(read) });
    };
    if (isReady) return asks();
    waiting = asks;
    bar.hidden = false;
    say(word("loading"));
    const own = loading = new AbortController();
    return begun(own).catch(({ name }) => own.signal.aborted || ended(/Range|Compile/.test(name) ? "broken" : "offline"));
  }

  function show(answer) {
    say(answer.verdict);
    if (send) send.href = filled(send.href, answer.form ?? {});
    const books = links(answer, ([name]) => name.endsWith(".xlsx")), way = toSend(answer);
    const found = answer.parts.flatMap(laidOut);
    // What can be sent is fetched first, and dropped into the form that opens next; unless something is to be looked at.
    const parts = way.length && !answer.look_first ? [...books, ...way, ...found] : [...found, ...books, ...way];
    shown.replaceChildren(made("h2", answer.verdict), ...parts, ...kept(answer));
    shown.hidden = false;
    shown.focus();
    mark(answer.parts.flatMap(({ questions }) => questions).filter(Boolean));
  }

  // Which questions the answer is about; each row of the table leads to its own.
  function mark(ids) {
    for (const field of one.elements) field.setAttribute("aria-invalid", ids.includes(field.name));
    unfold((field) => ids.includes(field.name) || field.value);
  }

  // A question that has an answer, or that the answer of the check is about, is not folded away.
  function unfold(isMeant) {
    for (const field of [...one.elements].filter(isMeant)) field.closest("fieldset details")?.setAttribute("open", "");
  }

  function toSend({ can_be_sent }) {
    if (!send || !can_be_sent) return [];
    const way = made("p");
    way.append(made("a", word("send"), { href: send.href, rel: send.rel }));
    return [way];
  }

  function filled(address, cells) {
    const url = new URL(address);
    for (const [name, text] of Object.entries(cells)) url.searchParams.set(name, text);
    return url.href;
  }

  function laidOut({ heading, sentences, head, rows, questions }) {
    const list = made("ul");
    list.append(...sentences.map((text) => made("li", text)));
    return [made("h3", heading), ...(sentences.length ? [list] : []), ...(rows.length ? [table(head, rows, heading, questions)] : [])];
  }

  function table(head, rows, label, questions) {
    const whole = made("table"), top = whole.createTHead().insertRow(), body = whole.createTBody();
    top.append(...head.map((text) => made("th", text, { scope: "col" })));
    for (const [number, row] of rows.entries()) {
      const cells = row.map((text, at) => cell(text, head[at]));
      if (questions[number]) cells[0].replaceChildren(made("a", row[0], { href: `#one-${questions[number]}` }));
      body.insertRow().append(...cells);
    }
    const frame = made("div", undefined, { className: "rows", role: "region", ariaLabel: label });
    frame.append(whole);
    return frame;
  }

  function cell(text, label) {
    const one = made("td", text);
    one.dataset.label = label;
    return one;
  }

  // What only a maintainer needs is folded away.
  function kept(answer) {
    const copy = made("button", word("copy"), { type: "button", className: "copy" });
    copy.addEventListener("click", () => navigator.clipboard.writeText(answer.text).then(() => say(word("copied"))));
    const others = links(answer, ([name]) => !name.endsWith(".xlsx")), more = made("details", undefined, { className: "keep" });
    more.append(made("summary", word("others")), ...others);
    return [...(answer.text ? [copy] : []), ...(others.length ? [more] : [])];
  }

  function links({ files }, isMeant) {
    const list = made("ul", undefined, { className: "keep" });
    for (const [name, data] of Object.entries(files ?? {}).filter(isMeant)) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)), item = made("li");
      item.append(made("a", `${word("keep")} ${name}`, { href: URL.createObjectURL(new Blob([bytes])), download: name }));
      list.append(item);
    }
    return list.children.length ? [list] : [];
  }

  input.addEventListener("change", () => busy(isBusy));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    busy(isBusy);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...input.files];
    if (files.reduce((sum, file) => sum + file.size, 0) > set.most) say(word("large"));
    else if (files.length) ask({}, files);
  });
  stop.addEventListener("click", () => ended("stopped"));
  addEventListener("beforeunload", (event) => { if (isBusy) event.preventDefault(); });

  // The answers about one result: kept in this browser alone, and checked as a workbook. Each tab holds a draft of
  // its own, by a lock that goes with the tab: two never write into one.
  const DRAFT = "one-result", drafts = [DRAFT, ...Array.from({ length: 8 }, (_, at) => `${DRAFT}-${at + 2}`)];
  let own = DRAFT;
  const told = (name) => { one.querySelector("output").textContent = word(name); };
  const given = () => Object.fromEntries([...new FormData(one)].filter(([, text]) => text.trim()));
  const held = (name) => new Promise((done) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => { done(Boolean(lock)); return lock && new Promise(() => {}); });
  });

  // After a reload its own; else one that was left, or a new one.
  async function claim() {
    try {
      for (const name of [sessionStorage.getItem(DRAFT) ?? DRAFT, ...drafts.filter((name) => localStorage.getItem(name)), ...drafts]) {
        if (!await held(name)) continue;
        own = name;
        return sessionStorage.setItem(DRAFT, own);
      }
    } catch {} // without locks, or where nothing is kept
  }

  function keep() {
    try { localStorage.setItem(own, JSON.stringify(given())); told("kept"); } catch { told("unkept"); }
  }

  function restore() {
    let draft = {};
    try { draft = JSON.parse(localStorage.getItem(own)) ?? {}; } catch {}
    for (const [name, text] of Object.entries(draft)) if (one.elements[name]) one.elements[name].value = text;
    if (Object.keys(draft).length) one.parentElement.open = true;
    unfold(({ name }) => name in draft);
    follow();
    try { step(one.elements[localStorage.getItem(`${own}-at`)]?.closest(".step")); } catch {}
  }

  // Which questions are asked depends on the first. On a phone one step is shown at a time; the style sheet hides others.
  const steps = () => [...one.querySelectorAll(".step:not([hidden])")];
  let now = one.querySelector(".step");

  const plain = (text) => text.trim().replace(/\s+/g, " ").replace(/[“”„"‘’']/g, "").toLowerCase();
  const chosen = ({ list, value }) => [...list.options].find((offered) => plain(offered.value) === plain(value))?.dataset ?? {};

  function mayBeAShare() {
    const { indicator, indicator_unit } = one.elements, { kind } = chosen(indicator);
    return kind ? kind === "share" : ["", "percent"].includes(indicator_unit.value);
  }

  function choose() {
    const origin = one.elements.origin.value;
    for (const part of one.querySelectorAll("[data-asked-of]")) {
      const { askedOf, ofAShare } = part.dataset;
      part.hidden = !origin || Boolean(askedOf) && !askedOf.split(" ").includes(origin) || ofAShare === "" && !mayBeAShare();
    }
    for (const kind of [".step > details", ".step"]) { // a step is hidden if all that it holds is
      for (const whole of one.querySelectorAll(kind)) whole.hidden = !whole.querySelector(":scope > :is(.described, details):not([hidden])");
    }
    one.querySelector("[type=submit]").disabled = !origin;
    for (const group of one.querySelectorAll("fieldset")) group.hidden = !group.querySelector(".step:not([hidden])");
    step(now);
  }

  function step(to) {
    const all = steps(), at = Math.max(0, all.indexOf(to)), bar = one.querySelector("progress");
    now = all[at];
    for (const part of one.querySelectorAll(".step, fieldset")) part.classList.toggle("now", part.contains(now));
    one.classList.toggle("begun", at > 0);
    one.classList.toggle("ended", at === all.length - 1 || !shown.hidden);
    one.elements.back.disabled = at === 0;
    one.elements.next.disabled = at === all.length - 1;
    one.querySelector("[data-step=at]").textContent = at + 1;
    one.querySelector("[data-step=all]").textContent = all.length;
    Object.assign(bar, { max: all.length, value: at + 1 });
  }

  function move(by) {
    step(steps()[steps().indexOf(now) + by]);
    now.scrollIntoView();
    try { localStorage.setItem(`${own}-at`, now.querySelector("[name]").name); } catch {}
  }

  // What follows from an answer is asked once there is one; of a name, once, if it is offered nowhere.
  function follow() {
    choose();
    for (const told of one.querySelectorAll(".definition")) told.textContent = chosen(told.parentElement.querySelector("input")).definition ?? "";
    const offered = [...one.querySelectorAll("datalist option:not(.own)")].map(({ parentElement, value }) => `${parentElement.id} ${plain(value)}`);
    const known = new Set(offered);
    for (const own of one.querySelectorAll("datalist option.own")) own.remove();
    for (const more of one.querySelectorAll("[data-describes]")) {
      const { value, list } = one.elements[more.dataset.describes], name = `${list?.id} ${plain(value)}`;
      more.hidden = !plain(value) || Boolean(list) && known.has(name);
      if (list && !more.hidden) list.append(made("option", undefined, { value, className: "own" })); // to be chosen again
      known.add(name);
    }
  }

  one.addEventListener("input", keep);
  one.addEventListener("change", follow);
  one.elements.back.addEventListener("click", () => move(-1));
  one.elements.next.addEventListener("click", () => move(1));
  one.addEventListener("click", ({ target: { dataset, textContent } }) => {
    if (!dataset.answers) return;
    const field = document.getElementById(dataset.answers);
    field.value = dataset.sameAs ? one.elements[dataset.sameAs].value : textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  one.addEventListener("keydown", (event) => {
    const isStep = event.key === "Enter" && event.target.matches("input") && one.elements.next.offsetParent;
    if (!isStep) return;
    event.preventDefault(); // or the key of a phone would start the check
    follow();
    const asked = [...now.querySelectorAll("[name]")].filter((field) => field.offsetParent);
    const next = asked[asked.indexOf(event.target) + 1];
    if (next) next.focus();
    else if (!one.elements.next.disabled) move(1);
  });
  shown.addEventListener("click", ({ target }) => { // the step of a question is shown before the link leads to it
    if (target.hash?.startsWith("#one-")) step(document.getElementById(target.hash.slice(1)).closest(".step"));
  });
  one.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) ask({ result: given() }, []);
  });
  one.elements.clear.addEventListener("click", () => {
    if (!confirm(word("sure"))) return;
    one.reset();
    now = one.querySelector(".step");
    follow();
    mark([]);
    try { for (const name of [own, `${own}-at`]) localStorage.removeItem(name); } catch {}
    told("cleared");
  });
  claim().then(restore);

  const can = "WebAssembly" in window && "DecompressionStream" in window && "Worker" in window && "postMessage" in Worker.prototype;
  if (!can) say(word("cannot"));
  input.disabled = !can;
  form.hidden = false;
  one.hidden = !can;
}
