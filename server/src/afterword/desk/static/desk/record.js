// Small comforts of the record form. Everything works without them.
"use strict";
(() => {
  const form = document.getElementById("record-form");
  if (!form) return;
  // Signing in again in another tab gives a new token; the page's own would be refused.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || form.elements.csrfmiddlewaretoken.value;
  let changed = false;
  let leaving = false;

  // A figure just typed is an estimate until somebody says more; an emptied one is unknown.
  form.addEventListener("input", (event) => {
    changed = true;
    const basis = form.querySelector(`[data-basis-of="${event.target.id}"]`);
    if (!basis) return;
    if (event.target.value.trim() === "") basis.value = "unknown";
    else if (basis.value === "unknown") basis.value = "estimated";
  });

  const renumber = (part, from, to) => {
    for (const element of part.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby", "data-basis-of"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll(`[${from}]`, `[${to}]`).replaceAll(`-${from}--`, `-${to}--`));
      }
    }
    part.dataset.row = to;
    const head = part.querySelector(".part-head");
    head.textContent = head.textContent.replace(/\d+$/, to + 1);
  };

  for (const button of form.querySelectorAll("[data-add-row]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const parts = button.closest("details").querySelectorAll(".part");
      const last = parts[parts.length - 1];
      const row = Number(last.dataset.row);
      const fresh = last.cloneNode(true);
      renumber(fresh, row, row + 1);
      for (const field of fresh.querySelectorAll("input")) field.value = "";
      for (const field of fresh.querySelectorAll("select")) field.selectedIndex = 0;
      for (const select of fresh.querySelectorAll("select.basis")) select.value = "unknown";
      for (const wrong of fresh.querySelectorAll(".wrong")) wrong.remove();
      last.after(fresh);
      fresh.querySelector("input").focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => {
    form.elements.csrfmiddlewaretoken.value = token();
    leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (changed && !leaving) event.preventDefault(); });
})();
