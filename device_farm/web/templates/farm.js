"use strict";
// What pages of the farm do by themselves: show what happens as it does, and come back when the store does.
document.addEventListener("DOMContentLoaded", () => {
  const away = document.getElementById("away");
  if (away) { setTimeout(() => location.reload(), 5000); return; }
  for (const now of document.querySelectorAll("img.now")) {
    const again = () => setTimeout(() => { now.src = now.src.replace(/[?].*|$/, "?" + Date.now()); }, 3000);
    now.addEventListener("load", () => { now.hidden = false; again(); });
    now.addEventListener("error", () => { now.hidden = true; again(); });
    if (now.complete) { now.dispatchEvent(new Event(now.naturalWidth ? "load" : "error")); }
  }
  const list = document.getElementById("live");
  if (!list || !window.EventSource) { return; }
  const state = document.getElementById("live-state");
  const say = (on) => { state.textContent = on ? state.dataset.on : state.dataset.off; state.classList.toggle("lost", !on); };
  const seen = new Set();
  const source = new EventSource("/live?after=" + encodeURIComponent(list.dataset.after));
  source.addEventListener("open", () => say(true));
  source.addEventListener("error", () => say(false));
  source.addEventListener("happening", (event) => {
    const told = JSON.parse(event.data);
    if (seen.has(told.id)) { return; }
    seen.add(told.id);
    const line = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = told.at;
    time.textContent = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(new Date(told.at));
    line.append(time, " ", told.text);
    line.className = "fresh";
    list.prepend(line);
    while (list.children.length > 100) { list.lastElementChild.remove(); }
  });
  window.addEventListener("pagehide", () => source.close());
});
