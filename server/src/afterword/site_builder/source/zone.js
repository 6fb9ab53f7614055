// Adds the reader's own time after each UTC time, and names the zone; where a zone is asked for,
// theirs is chosen beforehand. Without it the page says UTC, and the form the page's own zone.
"use strict";
(() => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = document.querySelector("select[data-zone-here]");
  if (asked && asked.value === "" && asked.dataset.zoneHere !== timeZone) {
    const mine = [...asked.options].find((each) => each.value === timeZone);
    if (mine) mine.selected = true;
  }
  if (!timeZone || /^(Etc\/)?(UTC|GMT)$/.test(timeZone)) return;
  // Our English is the British one: days before months, 24 hours.
  const tongue = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const clock = new Intl.DateTimeFormat(tongue, {
    timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  });
  const date = new Intl.DateTimeFormat(tongue, { timeZone, day: "numeric", month: "long" });
  const utcDate = new Intl.DateTimeFormat(tongue, { timeZone: "UTC", day: "numeric", month: "long" });
  let added = 0;
  for (const time of document.querySelectorAll("time.at")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const otherDay = date.format(moment) === utcDate.format(moment) ? "" : `${date.format(moment)}, `;
    const local = document.createElement("span");
    local.className = "local";
    local.textContent = ` (${otherDay}${clock.format(moment)})`;
    time.append(local);
    added += 1;
  }
  const zone = document.getElementById("zone");
  if (zone && added) {
    zone.textContent = zone.dataset.yours.replace("ZONE", () => timeZone.replaceAll("_", " "));
  }
})();
