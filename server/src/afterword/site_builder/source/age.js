// Says so when nobody confirms the site any more: a page that stands may be older than it looks.
"use strict";
(async () => {
  const line = document.getElementById("age");
  if (!line) return;
  let answer, told;
  try {
    answer = await fetch("/age.json", { cache: "no-cache", credentials: "omit" });
    told = answer.ok ? await answer.json() : {};
  } catch {
    return; // No network: nothing is known, so nothing is said.
  }
  // The server's clock on both sides, for the reader's may be wrong by hours; a cache adds its Age.
  const sent = Date.parse(answer.headers.get("Date") ?? "") || Date.now();
  const now = sent + 1000 * (Number(answer.headers.get("Age")) || 0);
  const since = told.behind?.[location.pathname] ?? told.confirmed_at;
  const minutes = Math.floor((now - Date.parse(since)) / 60_000);
  if (!(minutes >= 2)) return;
  const [amount, unit] = minutes < 120 ? [minutes, "minute"]
    : minutes < 2880 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang).format(-amount, unit);
  line.textContent = line.dataset.stale.replace("AGO", () => ago);
  line.hidden = false;
})();
