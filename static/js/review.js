"use strict";
/* Keys of the review: j and k move between findings, the printed letters act on the current one, and on the plan. */
(function () {
  const cards = () => Array.from(document.querySelectorAll("[data-finding]")).filter((card) => card.offsetParent !== null);
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
  let worked = null;  // the card that a request was sent from

  function current() { return document.activeElement.closest("[data-finding]"); }

  function move(step) {
    const all = cards();
    if (!all.length) return;
    const place = all.indexOf(current());
    const to = all[Math.max(0, Math.min(all.length - 1, place < 0 ? 0 : place + step))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  /* While the reasons are open, a letter is one of them first: k is a reason there, and "back" elsewhere. */
  function dismiss(card, key) {
    const reason = card.querySelector(`details.dismiss[open] [data-reason-key="${CSS.escape(key)}"]`);
    if (reason) reason.click();
    return Boolean(reason);
  }

  function act(card, key) {
    const target = card.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    if (target.matches("details")) { target.open = !target.open; if (target.open) target.querySelector("button").focus(); }
    else target.click();
    return true;
  }

  /* The letters of the plan: in the problem that has the focus, else in the first that still lacks this. */
  function plan(key) {
    const here = document.activeElement.closest(".plan-item");
    const link = [here, document].map((place) => place && place.querySelector(`a[data-plan-key="${CSS.escape(key)}"]`)).find(Boolean);
    if (link) link.click();
    return Boolean(link);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      const sign = document.querySelector("[data-sign]");
      if (sign) { event.preventDefault(); sign.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.body.dataset.keys === "off") return;
    const card = current();
    if (card && dismiss(card, event.key)) { event.preventDefault(); return; }
    if (event.key === "j" || event.key === "k") { event.preventDefault(); move(event.key === "j" ? 1 : -1); return; }
    if ((card && act(card, event.key)) || plan(event.key)) event.preventDefault();
  });

  /* After a judgment focus goes to the next card still to judge; else it stays where it was. */
  document.addEventListener("htmx:beforeRequest", () => {
    const card = current();
    worked = card && card.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const card = worked && document.getElementById(worked);
    worked = null;
    if (!card || card.querySelector(".field-error")) return;
    if (!card.classList.contains("finding--decided")) { card.focus(); return; }
    const all = cards();
    const place = all.indexOf(card);
    const next = all.slice(place).concat(all).find((one) => !one.classList.contains("finding--decided"));
    (next || document.getElementById("plan")).focus();
  });
})();
