"use strict";
/* Names to settle by keyboard: arrows move, 1 to 5 choose, the printed letters act on the current entry. */
(function () {
  const names = document.getElementById("names");
  if (!names) return;
  const entries = () => [...names.querySelectorAll("[data-name]")];
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
  const current = () => document.activeElement.closest("[data-name]");
  let place = 0;  // of the entry that a request was sent from

  function go(to) {
    const all = entries();
    const entry = all[Math.max(0, Math.min(all.length - 1, to))];
    if (!entry) return;
    entry.focus();
    entry.scrollIntoView({ block: "nearest" });
  }

  function act(entry, key) {
    const target = (entry && entry.querySelector(`[data-key="${CSS.escape(key)}"]`)) || document.querySelector(`#names-undo [data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    if (!target.matches("details")) { target.click(); return true; }
    target.open = true;
    target.querySelector("input:not([type=hidden])").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog")) return;
    const entry = current();
    if (event.key === "Escape" && entry) {
      event.preventDefault();
      if (typing(event.target)) event.target.closest("details").open = false;
      if (!act(entry, "Escape")) entry.focus();
      return;
    }
    if (typing(event.target)) return;
    const isLetter = event.key.length === 1;
    if (isLetter && document.body.dataset.keys === "off") return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step) { event.preventDefault(); go(entry ? entries().indexOf(entry) + step : 0); return; }
    if (isLetter && act(entry, event.key)) event.preventDefault();
  });

  /* A changed entry keeps the focus; where one went, the next one gets it. */
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const entry = event.target.closest("[data-name]");
    place = entry ? entries().indexOf(entry) : place;
    names.dataset.worked = entry ? entry.id : "";
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const entry = document.getElementById(names.dataset.worked);
    if (!entry) { if (!current()) go(place); return; }
    const field = entry.querySelector("[aria-invalid=true]") || entry.querySelector("[data-focus-first]") || entry;
    field.focus();
  });

  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted && wanted.matches("[data-name]")) wanted.focus();
  else if (!document.querySelector("[data-focus-first]")) go(0);
})();
