// The internal review: findings from the server while somebody types, painted where they are.
// Everything works without this.
"use strict";
(() => {
  const form = document.getElementById("review-form");
  if (!form) return;
  const body = document.getElementById("body");
  const mirror = document.getElementById("mirror");
  const statusLine = document.getElementById("check-status");
  const list = document.getElementById("findings");
  // Signing in again in another tab gives a new token; the page's own would be refused.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || form.elements.csrfmiddlewaretoken.value;
  const SEVERITIES = ["error", "warning", "suggestion"];
  const DEBOUNCE_MS = 400;
  const RETRY_MS = 5000;

  document.body.classList.add("live");
  let findings = [];
  let here = 0;
  let asked = 0;
  let timer = 0;
  let running = null;
  let changed = false;
  let leaving = false;

  const say = (text) => { if (statusLine.textContent !== text) statusLine.textContent = text; };
  const values = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const texts = () => [...form.querySelectorAll("textarea")];
  const fieldOf = (finding) => form.elements[finding.field];

  const paint = () => {
    const marks = findings.filter((f) => f.field === "body" && f.end > f.start).sort((a, b) => a.start - b.start);
    const painted = document.createDocumentFragment();
    let at = 0;
    for (const mark of marks) {
      if (mark.start < at) continue;
      painted.append(body.value.slice(at, mark.start));
      const element = document.createElement("mark");
      element.className = mark.number === here ? `${mark.severity} here` : mark.severity;
      element.textContent = body.value.slice(mark.start, mark.end);
      painted.append(element);
      at = mark.end;
    }
    painted.append(body.value.slice(at), "\n");
    mirror.replaceChildren(painted);
    for (const field of texts()) {
      if (field === body) continue;
      const worst = SEVERITIES.find((s) => findings.some((f) => f.field === field.name && f.severity === s));
      for (const severity of SEVERITIES) field.classList.toggle(`has-${severity}`, severity === worst);
    }
    for (const row of form.querySelectorAll(".part.entry")) {
      row.classList.toggle("has-finding", findings.some((f) => row.contains(fieldOf(f))));
    }
  };

  const check = async () => {
    const mine = (asked += 1);
    running?.abort();
    running = new AbortController();
    const sent = new URLSearchParams(values());
    let answer;
    try {
      answer = await fetch(form.dataset.check, {
        method: "POST",
        body: sent,
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        credentials: "same-origin",
        signal: running.signal,
      });
    } catch (wrong) {
      if (wrong.name !== "AbortError") notNow("The check does not answer. Your text is still here; trying again.");
      return;
    }
    if (mine !== asked) return;
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      say(told.message || "The check failed. Your text is still here; save it all the same.");
      if (answer.status >= 500) notNow(statusLine.textContent);
      return;
    }
    if (new URLSearchParams(values()).toString() !== sent.toString()) return;
    findings = told.findings;
    if (!findings.some((f) => f.number === here)) here = 0;
    // The server sends escaped HTML, from the template that also serves browsers without scripts.
    if (list.dataset.html !== told.html) {
      const inside = list.contains(document.activeElement);
      list.dataset.html = told.html;
      list.innerHTML = told.html;
      reveal(list);
      if (inside) body.focus();
    }
    paint();
    say(`${told.summary}.`);
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(check, DEBOUNCE_MS); };
  const notNow = (text) => { say(text); clearTimeout(timer); timer = setTimeout(check, RETRY_MS); };
  const reveal = (root) => { for (const each of root.querySelectorAll("button[hidden]")) each.hidden = false; };

  const go = (finding) => {
    const field = fieldOf(finding);
    if (!field) return;
    here = finding.number;
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    field.focus({ preventScroll: true });
    field.setSelectionRange(finding.start, finding.end);
    paint();
    (field === body ? mirror.querySelector("mark.here") || body : field).scrollIntoView({ block: "center" });
    for (const item of list.querySelectorAll(".finding")) item.classList.toggle("here", Number(item.dataset.number) === here);
    say(`Passage ${finding.number} of ${findings.length}, ${finding.rule}: ${finding.message}`);
  };

  // Rows

  const addRow = (button) => {
    const parts = button.closest("details").querySelectorAll(".part");
    const last = parts[parts.length - 1];
    const from = Number(last.dataset.row);
    const fresh = last.cloneNode(true);
    for (const element of fresh.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll(`[${from}]`, `[${from + 1}]`).replaceAll(`-${from}--`, `-${from + 1}--`));
      }
    }
    fresh.dataset.row = from + 1;
    for (const field of fresh.querySelectorAll("input, textarea")) field.value = "";
    for (const wrong of fresh.querySelectorAll(".wrong")) wrong.remove();
    last.after(fresh);
    return fresh;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const finding = findings.find((f) => f.number === Number(button.dataset.goto));
    if (finding) go(finding);
    else if (button.dataset.addRow !== undefined) addRow(button).querySelector("input:not([type=hidden]), textarea").focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "F8" && findings.length) {
      event.preventDefault();
      const at = findings.findIndex((f) => f.number === here);
      const step = event.shiftKey ? -1 : 1;
      go(findings[at < 0 ? 0 : (at + step + findings.length) % findings.length]);
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  // Nothing typed is lost: this tab keeps a copy until a save has taken it

  const KEY = `review:${form.dataset.review}`;
  const store = (act) => { try { return act(window.sessionStorage); } catch { return null; } };
  const keep = () => store((s) => s.setItem(KEY, JSON.stringify({ at: new Date().toLocaleTimeString(), values: values() })));
  const same = (one, other) => one.replaceAll("\r\n", "\n").trim() === other.replaceAll("\r\n", "\n").trim();

  const putBack = (kept) => {
    for (const [name, value] of kept.values) {
      for (let tries = 0; !form.elements[name] && tries < 50; tries += 1) {
        const button = [...form.querySelectorAll("[data-add-row]")].find((each) => name.startsWith(each.closest("details").querySelector("[name*='[']").name.split("[")[0]));
        if (!button) break;
        addRow(button).closest("details").open = true;
      }
      const field = form.elements[name];
      if (field && name !== "based_on") field.value = value;
    }
    changed = true;
    paint();
    soon();
  };

  const offerKept = () => {
    const kept = store((s) => JSON.parse(s.getItem(KEY) || "null"));
    if (!kept) return;
    const typed = kept.values.filter(([name, value]) => name !== "based_on" && value.trim() !== "" && !/\.(id|origin|kind)$/.test(name));
    const shown = values().map(([, value]) => value);
    if (typed.every(([name, value]) => (form.elements[name] ? same(form.elements[name].value, value) : false) || shown.some((each) => same(each, value)))) {
      store((s) => s.removeItem(KEY));
      return;
    }
    const bar = document.createElement("div");
    bar.className = "note warning";
    bar.setAttribute("role", "status");
    bar.append(`This tab still holds text typed at ${kept.at} that was not saved. `);
    const button = (label, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "small";
      made.textContent = label;
      made.addEventListener("click", () => { act(); bar.remove(); body.focus(); });
      bar.append(made, " ");
    };
    button("Put it back", () => putBack(kept));
    button("Throw it away", () => store((s) => s.removeItem(KEY)));
    form.prepend(bar);
  };

  form.addEventListener("input", (event) => {
    changed = true;
    // Marks whose words may have moved go until the check has answered.
    findings = findings.filter((f) => f.field !== event.target.name);
    paint();
    soon();
    keep();
  });
  form.addEventListener("submit", () => {
    form.elements.csrfmiddlewaretoken.value = token();
    leaving = true;
    if (changed) keep();
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (changed && !leaving) event.preventDefault(); });

  reveal(document);
  offerKept();
  paint();
  check();
})();
