// A second click while the first is on its way sends nothing. The server does each form once, too;
// this keeps its answer, such as a link that is shown one time only, from being replaced.
"use strict";
(() => {
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) event.preventDefault();
    else {
      sent.add(form);
      // What answers with a file, or not at all, leaves the page standing.
      setTimeout(() => sent.delete(form), 4000);
    }
  });
})();
