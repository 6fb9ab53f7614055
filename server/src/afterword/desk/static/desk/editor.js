// The editor. Findings come from the server (one checker, no twin here); this paints them under
// the text, keeps them in place while typing, and puts replacements in so that undo takes them back.
"use strict";
(() => {
  const form = document.getElementById("editor-form");
  if (!form) return;
  const title = document.getElementById("title");
  const body = document.getElementById("body");
  const mirror = document.getElementById("mirror");
  const statusLine = document.getElementById("check-status");
  const count = document.getElementById("findings-count");
  const boxes = { findings: document.getElementById("findings"), coverage: document.getElementById("coverage") };
  // Signing in again in another tab gives a new token; the page's own would be refused.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || form.elements.csrfmiddlewaretoken.value;
  const RANK = { error: 0, warning: 1, suggestion: 2 };
  const DEBOUNCE_MS = 250;
  const RETRY_MS = 5000;

  document.body.classList.add("live");
  let findings = [];
  let before = { title: title.value, body: body.value };
  const saved = { ...before };
  let here = 0;
  let asked = 0;
  let timer = 0;
  let running = null;
  let leaving = false;
  let lastField = body;

  const placed = () => findings.filter((f) => f.field !== "whole");
  const fieldOf = (finding) => (finding.field === "title" ? title : body);
  const isDirty = () => title.value !== saved.title || body.value !== saved.body;

  const say = (text) => { if (statusLine.textContent !== text) statusLine.textContent = text; };

  // Painting

  const pieces = (text, marks) => {
    const edges = new Set([0, text.length]);
    for (const mark of marks) { edges.add(mark.start); edges.add(mark.end); }
    const cuts = [...edges].filter((e) => e >= 0 && e <= text.length).sort((a, b) => a - b);
    const found = [];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      let over = null;
      for (const mark of marks) {
        if (mark.start <= cuts[i] && cuts[i + 1] <= mark.end
          && (!over || (RANK[mark.severity] ?? 3) < (RANK[over.severity] ?? 3))) over = mark;
      }
      found.push([text.slice(cuts[i], cuts[i + 1]), over]);
    }
    return found;
  };

  const paint = () => {
    const marks = findings.filter((f) => f.field === "body" && f.end > f.start);
    const painted = document.createDocumentFragment();
    for (const [text, mark] of pieces(body.value, marks)) {
      if (!mark) { painted.append(text); continue; }
      const element = document.createElement("mark");
      element.className = mark.number === here ? `${mark.severity} here` : mark.severity;
      element.dataset.number = mark.number;
      element.textContent = text;
      painted.append(element);
    }
    // A last line that is empty has no height without this.
    painted.append("\n");
    mirror.replaceChildren(painted);
    const worst = findings.filter((f) => f.field === "title").sort((a, b) => (RANK[a.severity] ?? 3) - (RANK[b.severity] ?? 3))[0];
    for (const severity of Object.keys(RANK)) title.classList.toggle(`has-${severity}`, worst?.severity === severity);
  };

  // Keep marks where their words are while somebody types; a mark whose words are edited goes.
  const follow = (name, field) => {
    const old = before[name];
    const now = field.value;
    if (old === now) return;
    const most = Math.min(old.length, now.length);
    let head = 0;
    while (head < most && old[head] === now[head]) head += 1;
    let tail = 0;
    while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
    const moved = now.length - old.length;
    findings = findings.filter((f) => f.field !== name || f.end <= head || f.start >= old.length - tail);
    for (const f of findings) {
      if (f.field === name && f.start >= old.length - tail && f.start >= head) { f.start += moved; f.end += moved; }
    }
    before[name] = now;
  };

  // Checking

  const check = async () => {
    const mine = (asked += 1);
    running?.abort();
    running = new AbortController();
    const sent = { title: title.value, body: body.value };
    let answer;
    try {
      answer = await fetch(form.dataset.check, {
        method: "POST",
        body: new URLSearchParams(sent),
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
    if (title.value !== sent.title || body.value !== sent.body) return;
    findings = told.findings;
    if (!findings.some((f) => f.number === here)) here = 0;
    paint();
    show("findings", told.panels.findings);
    show("coverage", told.panels.coverage);
    count.textContent = told.summary;
    say(told.blocking ? `${told.summary}. ${told.blocking === 1 ? "One" : told.blocking} in the way of publishing.` : `${told.summary}.`);
  };

  const soon = () => { clearTimeout(timer); timer = setTimeout(check, DEBOUNCE_MS); };
  const notNow = (text) => { say(text); clearTimeout(timer); timer = setTimeout(check, RETRY_MS); };

  // The server sends escaped HTML, from the template that also serves browsers without scripts.
  const show = (name, html) => {
    const box = boxes[name];
    if (box.dataset.html === html) return;
    const focused = box.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && (focused.dataset.fix ? `[data-fix="${focused.dataset.fix}"]` : `[data-goto="${focused.dataset.goto}"]`);
    box.dataset.html = html;
    box.innerHTML = html;
    reveal(box);
    if (again) (box.querySelector(again) || body).focus();
    markHere();
  };

  const reveal = (root) => { for (const e of root.querySelectorAll("button[hidden]")) e.hidden = false; };

  // Travelling

  const markHere = () => {
    for (const item of document.querySelectorAll(".finding")) item.classList.toggle("here", Number(item.dataset.number) === here);
    for (const mark of mirror.querySelectorAll("mark")) mark.classList.toggle("here", Number(mark.dataset.number) === here);
  };

  const go = (finding) => {
    const field = fieldOf(finding);
    here = finding.number;
    field.focus({ preventScroll: true });
    field.setSelectionRange(finding.start, finding.end);
    markHere();
    const target = field === body ? mirror.querySelector(`mark[data-number="${here}"]`) || body : title;
    target.scrollIntoView({ block: target === body ? "nearest" : "center" });
    document.getElementById(`finding-${here}`)?.scrollIntoView({ block: "nearest" });
    const place = inOrder().indexOf(finding) + 1;
    const fix = finding.replacement === null ? "" : finding.replacement ? ` Alt+. puts in “${finding.replacement}”.` : " Alt+. takes it out.";
    say(`Finding ${place} of ${placed().length}, ${finding.severity}, ${finding.rule}: ${finding.message}${fix}`);
  };

  const inOrder = () => placed().sort((a, b) => (a.field === b.field ? a.start - b.start || a.end - b.end : a.field === "title" ? -1 : 1));

  const travel = (step) => {
    const all = inOrder();
    if (!all.length) { say(findings.length ? "What is left is missing from the text; see the list of findings." : "Nothing found."); return; }
    const at = all.findIndex((f) => f.number === here);
    if (at >= 0) { go(all[(at + step + all.length) % all.length]); return; }
    const field = document.activeElement === title ? "title" : "body";
    const caret = (field === "title" ? title : body).selectionStart;
    const ahead = (f) => (f.field === field ? f.start >= caret : f.field === "body");
    const next = all.findIndex(ahead);
    if (step > 0) go(all[next < 0 ? 0 : next]);
    else go(all[((next < 0 ? all.length : next) - 1 + all.length) % all.length]);
  };

  const underCaret = () => {
    const field = document.activeElement;
    if (field !== title && field !== body) return null;
    const name = field === title ? "title" : "body";
    const caret = field.selectionStart;
    return findings.find((f) => f.field === name && f.number === here && f.start <= caret && caret <= f.end)
      || inOrder().find((f) => f.field === name && f.start <= caret && caret <= f.end) || null;
  };

  // Changing the text the way typing does, so that undo works

  const type = (field, text) => {
    field.focus();
    const done = document.execCommand(text ? "insertText" : "delete", false, text);
    if (!done) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const fix = (finding) => {
    if (!finding || finding.replacement === null) { say("No replacement is offered here."); return; }
    const field = fieldOf(finding);
    const { start, replacement } = finding;
    field.focus();
    field.setSelectionRange(start, finding.end);
    type(field, replacement);
    field.setSelectionRange(start, start + replacement.length);
    say(replacement ? `Replaced with “${replacement}”. Ctrl+Z takes it back.` : "Taken out. Ctrl+Z puts it back.");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const byNumber = (n) => findings.find((f) => f.number === Number(n));
    if (button.dataset.fix && byNumber(button.dataset.fix)) { event.preventDefault(); fix(byNumber(button.dataset.fix)); }
    else if (button.dataset.goto && byNumber(button.dataset.goto)) go(byNumber(button.dataset.goto));
    else if (button.dataset.insert !== undefined) type(lastField, button.dataset.insert);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") { event.preventDefault(); travel(event.shiftKey ? -1 : 1); }
    else if (event.altKey && event.code === "Period") { event.preventDefault(); fix(underCaret() || findings.find((f) => f.number === here)); }
    else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      const save = form.querySelector('button[value="save"]');
      if (save) form.requestSubmit(save);
    }
  });

  for (const [name, field] of [["title", title], ["body", body]]) {
    field.addEventListener("focus", () => { lastField = field; });
    field.addEventListener("input", () => { follow(name, field); paint(); soon(); keep(); keepSoon(); });
  }
  document.addEventListener("selectionchange", () => {
    const finding = underCaret();
    const number = finding ? finding.number : 0;
    if (number !== here && (finding || document.activeElement === body || document.activeElement === title)) { here = number; markHere(); }
  });

  // Nothing typed is lost: the server keeps it for whoever types, as a draft that nobody else sees

  const keptLine = document.getElementById("kept-status");
  const KEEP_AFTER_MS = 1500;
  const KEEP_AGAIN_MS = 15000;
  // What a page may still send while it is being closed.
  const MOST_WHEN_CLOSING = 20000;
  let held = { ...before };
  let keepTimer = 0;
  let keeping = false;

  const keepOnServer = async (closing = false) => {
    clearTimeout(keepTimer);
    const sent = { title: title.value, body: body.value };
    if (!form.dataset.keep || leaving || (sent.title === held.title && sent.body === held.body)) return;
    if (keeping && !closing) { keepTimer = setTimeout(keepOnServer, KEEP_AFTER_MS); return; }
    keeping = true;
    let told = {};
    let status = 0;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams({ ...sent, pad: form.elements.pad.value, based_on: form.elements.based_on.value }),
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        credentials: "same-origin",
        keepalive: closing && sent.body.length < MOST_WHEN_CLOSING,
      });
      status = answer.status;
      told = await answer.json().catch(() => ({}));
    } catch { /* no network, or the server is being started again: tried again below */ }
    keeping = false;
    if (status === 200) {
      held = sent;
      if (title.value === sent.title && body.value === sent.body) store((s) => s.removeItem(KEY));
      keptLine.textContent = `Kept for you ${told.kept_at}, not saved as a revision yet.`;
      return;
    }
    keptLine.textContent = told.message || "Not kept on the server; this tab still has it. Trying again.";
    if (status === 0 || status >= 500 || status === 401) keepTimer = setTimeout(keepOnServer, KEEP_AGAIN_MS);
  };

  const keepSoon = () => { clearTimeout(keepTimer); keepTimer = setTimeout(keepOnServer, KEEP_AFTER_MS); };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepOnServer(true); });

  // Until the server has it, this tab keeps a copy

  const KEY = `draft:${form.dataset.statement}`;
  const store = (act) => { try { return act(window.sessionStorage); } catch { return null; } };
  const keep = () => store((s) => s.setItem(KEY, JSON.stringify({ title: title.value, body: body.value, at: new Date().toLocaleTimeString() })));

  const offerKept = () => {
    const kept = store((s) => JSON.parse(s.getItem(KEY) || "null"));
    if (!kept) return;
    // A browser sends line ends as CR LF and the server trims the end: the same text all the same.
    if (kept.title.trim() === title.value.trim() && kept.body.trimEnd() === body.value.trimEnd()) { store((s) => s.removeItem(KEY)); return; }
    const bar = document.createElement("div");
    bar.className = "note warning";
    bar.setAttribute("role", "status");
    bar.append(`This tab still holds text typed at ${kept.at} that was not saved. `);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "small";
    again.textContent = "Put it back";
    again.addEventListener("click", () => {
      for (const [field, text] of [[title, kept.title], [body, kept.body]]) {
        if (field.value !== text) { field.focus(); field.select(); type(field, text); }
      }
      bar.remove();
    });
    const away = document.createElement("button");
    away.type = "button";
    away.className = "small";
    away.textContent = "Throw it away";
    away.addEventListener("click", () => { store((s) => s.removeItem(KEY)); bar.remove(); body.focus(); });
    bar.append(again, " ", away);
    form.prepend(bar);
  };

  form.addEventListener("submit", (event) => {
    form.elements.csrfmiddlewaretoken.value = token();
    if (event.submitter?.name === "preview") return;
    leaving = true; if (isDirty()) keep();
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && isDirty()) event.preventDefault(); });

  reveal(document);
  offerKept();
  if (form.hasAttribute("data-unsaved")) { held = {}; keepSoon(); }
  paint();
  check();
})();
