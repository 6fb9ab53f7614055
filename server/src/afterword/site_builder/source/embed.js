// Runs inside the framed note: tells the page around it how tall it is and whether to show it, and
// looks once a minute whether something changed. Stores nothing.
"use strict";
(() => {
  const note = document.querySelector("[data-about]");
  if (!note || window.parent === window) return;
  const { about } = note.dataset;
  const tell = (action) => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ action, about, height }, "*");
  };
  const close = note.querySelector("button");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => tell("dismissFrame"));
  }
  tell(about ? "showFrame" : "hideFrame");
  window.addEventListener("resize", () => tell(about ? "showFrame" : "hideFrame"));
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(window.location.href);
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = fresh.querySelector("[data-about]");
      if (found && found.dataset.asOf !== note.dataset.asOf) window.location.reload();
    } catch {
      // The status page is not reached just now; what is shown stays.
    }
  }, 60000);
})();
