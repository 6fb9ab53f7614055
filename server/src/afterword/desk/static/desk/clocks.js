// Keeps countdowns fresh. The server has already written them; this only counts on.
"use strict";
(() => {
  const unit = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const span = (seconds) => {
    if (seconds < 60) return "less than a minute";
    if (seconds >= 86400) seconds -= seconds % (seconds < 3 * 86400 ? 3600 : 86400);
    const minutes = Math.floor(seconds / 60);
    const parts = [[Math.floor(minutes / 1440), "day"], [Math.floor(minutes / 60) % 24, "hour"], [minutes % 60, "minute"]];
    return parts.filter(([n]) => n).map(([n, word]) => unit(n, word)).join(" ");
  };
  const tick = () => {
    for (const clock of document.querySelectorAll("time[data-countdown]")) {
      const left = Math.trunc((Date.parse(clock.dateTime) - Date.now()) / 1000);
      const text = left >= 0 ? `in ${span(left)}` : `${span(-left)} overdue`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("late", left < 0);
    }
  };
  // Readers' own zone, added to the title; the text keeps the zone it names.
  const zones = () => {
    for (const at of document.querySelectorAll("time[datetime]")) {
      if (at.dataset.zoned) continue;
      const own = new Date(at.dateTime);
      if (!Number.isNaN(own.valueOf())) at.title = `${at.title ? at.title + "\n" : ""}Your time: ${own.toLocaleString()}`;
      at.dataset.zoned = "yes";
    }
  };
  // On a phone the ways lie in one line; the one that is open is brought into view.
  document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  zones();
  setInterval(tick, 15000);
  document.addEventListener("htmx:afterSwap", zones);
})();
