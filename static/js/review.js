"use strict";
/* Keys of the review: j and k move between findings, the printed letters act on the current one. */
(function () {
  const cards = () => Array.from(document.querySelectorAll("[data-finding]")).filter((card) => card.offsetParent !== null);
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
  let next = null;  // where focus goes after a judgment: the next card still to judge

  function current() { return document.activeElement.closest("[data-finding]"); }

  function move(step) {
    const all = cards();
    if (!all.length) return;
    const place = all.indexOf(current());
    const to = all[Math.max(0, Math.min(all.length - 1, place < 0 ? 0 : place + step))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  function act(card, key) {
    const open = card.querySelector("details.dismiss[open]");
    const reason = open && open.querySelector(`[data-reason-key="${key}"]`);
    if (reason) { reason.click(); return true; }
    const target = card.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.matches("details")) { target.open = !target.open; if (target.open) target.querySelector("button").focus(); }
    else target.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      const sign = document.querySelector("[data-sign]");
      if (sign) { event.preventDefault(); sign.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); move(event.key === "j" ? 1 : -1); return; }
    const card = current();
    if (card && act(card, event.key)) event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", () => {
    const all = cards();
    const card = current();
    const rest = all.slice(all.indexOf(card) + 1).concat(all).find((one) => one !== card && !one.classList.contains("finding--decided"));
    next = card && rest ? rest.id : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!next || document.querySelector(".field-error")) return;
    const card = document.getElementById(next);
    if (card) card.focus();
    next = null;
  });
})();
