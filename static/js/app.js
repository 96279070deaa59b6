"use strict";
/* What every page does: "/" finds a patient, errors get focus, and an idle page is covered and kept. */
(function () {
  const body = document.body;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && body.dataset.keys !== "off" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = document.getElementById("find-anywhere");
      if (find) { event.preventDefault(); find.focus(); }
    }
  });

  function focusFirst(root) {
    const first = root.querySelector && root.querySelector("[data-focus-first]");
    if (first) first.focus();
  }
  focusFirst(document);
  document.addEventListener("htmx:afterSettle", (event) => focusFirst(event.detail.elt));

  /* ---- The lock -------------------------------------------------------- */
  const idle = Number(body.dataset.idleSeconds || 0) * 1000;
  const cover = document.getElementById("cover");
  if (!idle || !cover) return;
  const warning = document.getElementById("lock-warning");
  const form = cover.querySelector("form");
  const error = document.getElementById("cover-error");
  const WARN = Math.min(120000, idle / 2);
  let last = Date.now();
  let told = Date.now();

  function token() { return form.querySelector("[name=csrfmiddlewaretoken]").value; }

  function lockNow() {
    if (cover.open) return;
    warning.hidden = true;
    cover.showModal();
    fetch(body.dataset.lock, { method: "POST", headers: { "X-CSRFToken": token(), "X-Background": "1" }, redirect: "manual" });
  }

  function seen() {
    if (cover.open) return;
    last = Date.now();
    warning.hidden = true;
    if (last - told > 60000) {  // typing is use, too: tell the server once a minute
      told = last;
      fetch(body.dataset.unlock, { method: "HEAD", redirect: "manual" });
    }
  }

  ["keydown", "pointerdown", "input", "scroll"].forEach((name) => document.addEventListener(name, seen, { passive: true, capture: true }));
  document.getElementById("lock-stay").addEventListener("click", seen);
  cover.addEventListener("cancel", (event) => event.preventDefault());

  setInterval(() => {
    const left = idle - (Date.now() - last);
    if (left <= 0) return lockNow();
    warning.hidden = left > WARN || cover.open;
    if (!warning.hidden) document.getElementById("lock-left").textContent = left > 60000 ? "2 minutes" : "less than a minute";
  }, 5000);

  document.querySelectorAll("[data-lock-now]").forEach((button) => button.addEventListener("click", (event) => { event.preventDefault(); lockNow(); }));
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 423) lockNow(); });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    const answer = await fetch(form.action, { method: "POST", headers: { "X-CSRFToken": token(), "X-Cover": "1" }, body: new FormData(form) });
    if (answer.status === 204) {
      form.reset();
      last = told = Date.now();
      cover.close();
    } else if (answer.status === 422) {
      error.textContent = await answer.text();
    } else {
      window.location.assign(window.location.href);
    }
  });
})();
