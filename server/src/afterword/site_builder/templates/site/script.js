// Shows a small note in a corner of the page that loads this, while an incident or planned work is
// going on. It asks the status page for nothing but that note, sets no cookie and stores nothing.
(() => {
  "use strict";
  const script = document.currentScript;
  const home = script && script.src ? new URL(script.src).origin : {{ home|safe }};
  const wish = (script && script.dataset) || {};
  const corner = /^(top|bottom)-(left|right)$/.test(wish.position || "") ? wish.position : "bottom-right";
  const [edge, side] = corner.split("-");
  const others = {{ others|safe }};
  const spoken = (wish.language || document.documentElement.lang).toLowerCase().split("-")[0];
  const frame = document.createElement("iframe");
  frame.src = `${home}${others.includes(spoken) ? `/${spoken}` : ""}/embed/frame/`;
  frame.title = wish.title || {{ title|safe }};
  Object.assign(frame.style, {
    position: "fixed", [edge]: "16px", [side]: "16px", zIndex: "2147483000", border: "0",
    width: "min(320px, calc(100vw - 32px))", height: "115px", borderRadius: "8px",
    boxShadow: "0 2px 12px rgba(0, 0, 0, .25)", visibility: "hidden",
  });
  let dismissed = null;
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== home || !data) return;
    if (data.action === "dismissFrame") dismissed = data.about;
    const tall = Number(data.height);
    if (tall > 0) frame.style.height = `${Math.min(Math.max(tall, 48), 420)}px`;
    const shown = data.action === "showFrame" && data.about !== dismissed;
    frame.style.visibility = shown ? "visible" : "hidden";
  });
  const place = () => document.body.append(frame);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
