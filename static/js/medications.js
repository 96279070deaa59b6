"use strict";
/* The medication table by keyboard: the drug field as a combobox, the check while typing, lines that save by
   themselves, and an honest word on what is saved. Without this file the same forms work by reloading the page. */
(function () {
  const table = document.getElementById("medications");
  const check = document.getElementById("medication-check");
  if (!table || !check) return leaveByEscape();
  const byId = (id) => document.getElementById(id);
  const lineForm = (element) => (element && element.form && element.form.dataset.line ? element.form : null);
  const bodyOf = (form) => form.closest("tbody");
  const asker = (event) => event.detail.requestConfig.elt;  // the element that asked, though the answer replaced it
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

  /* One line on a page of its own: Escape does what the link for leaving does. */
  function leaveByEscape() {
    const leave = document.querySelector("[data-cancel]");
    if (leave) document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.target.closest("dialog")) leave.click(); });
  }

  /* ---- What is saved ---------------------------------------------------- */
  let offlineSince = "";
  const waiting = new Set();  // forms that could not be sent

  function say(text, failed) {
    const state = byId("save-state");
    state.className = failed ? "save save--failed" : "save";
    state.textContent = text;
  }

  function nameOf(form) {
    const cell = bodyOf(form) && bodyOf(form).querySelector(".line");
    return `Line ${cell ? cell.firstElementChild.textContent.trim() : ""}`;
  }

  const isEmpty = (form) => form.dataset.line === "new" && !["text", "directions", "reason", "came_from", "last_filled_on"].some((name) => form.elements[name].value.trim());

  function dirtyForms() {
    return [...document.querySelectorAll("form[data-line][data-dirty]")].filter((form) => !isEmpty(form));
  }

  function sayWhatIsOpen() {
    const open = dirtyForms();
    const state = byId("save-state");
    if (waiting.size) return;
    if (open.length) say(`${open.map(nameOf).join(", ")}: not saved yet`);
    else if (!state.querySelector(".icon")) say("");  // "Saved" stays, with its mark
  }

  function save(form) {
    if (form.isConnected && !form.classList.contains("htmx-request")) form.requestSubmit();
  }

  window.addEventListener("beforeunload", (event) => {
    if (dirtyForms().length) event.preventDefault();
  });

  /* While a line is on its way it takes no letters: what is typed then would be lost with the answer. */
  function freeze(form, isOn) {
    [...form.elements].filter((field) => field.matches("input.form-control")).forEach((field) => { field.readOnly = isOn; });
  }

  function retry() {
    [...waiting].forEach((form) => { waiting.delete(form); save(form); });
  }
  window.addEventListener("online", retry);
  setInterval(() => { if (waiting.size) retry(); }, 5000);

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const form = asker(event);
    if (!form.dataset.line) return;
    clearTimeout(timer);
    latest += 1;  // an answer about the draft is old from here on
    close();
    freeze(form, true);
    form.dataset.slow = setTimeout(() => say("Saving"), 400);
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    const form = asker(event);
    if (!form.dataset.line) return afterOther(form);
    clearTimeout(Number(form.dataset.slow));
    freeze(form, false);
    if (successful && xhr.status < 400) return afterSaved(form);
    if (xhr.status === 409 || xhr.status === 422) return afterRefused(form);
    if (xhr.status) say(`Not saved. ${xhr.status === 423 ? "Unlock, then save again." : "Your text is still here; save again."}`, true);
  });

  function cannotSend(event) {
    const form = asker(event);
    if (!form.dataset.line) return;
    offlineSince = offlineSince || clock();
    waiting.add(form);
    say(`Not saved: offline since ${offlineSince}, ${waiting.size} ${waiting.size === 1 ? "line" : "lines"} here. Trying again.`, true);
  }
  document.body.addEventListener("htmx:sendError", cannotSend);
  document.body.addEventListener("htmx:timeout", cannotSend);

  function focusIsIn(id) {
    const here = document.activeElement;
    return !here || here === document.body || Boolean(here.closest(`#${id}`));
  }

  function afterSaved(form) {
    offlineSince = "";
    waiting.delete(form);
    const line = form.dataset.line;
    if (line === "new") {
      emptyEntry(form);
      if (focusIsIn("medication-entry")) byId("new-text").focus();
    }
    if (line !== "new" && focusIsIn(`medication-${line}`) && byId(`edit-${line}`)) byId(`edit-${line}`).focus();
    sayWhatIsOpen();
  }

  function emptyEntry(form) {
    const body = byId("medication-entry");
    const number = byId("new-request_key").dataset.number;
    delete form.dataset.dirty;
    form.elements.rxcui.value = "";
    byId("new-plain").replaceChildren();
    body.querySelectorAll(".field-error").forEach((error) => error.remove());
    body.querySelectorAll(".entry-number").forEach((place) => { place.textContent = number; });
    body.querySelectorAll("input.form-control").forEach((field) => {
      field.value = "";
      ["aria-invalid", "aria-describedby"].forEach((name) => field.removeAttribute(name));
    });
  }

  function afterRefused(form) {
    say(`${nameOf(form)} not saved. Look at what is marked.`, true);
    const body = form.dataset.line === "new" ? byId("medication-entry") : byId(`medication-${form.dataset.line}`);
    body.querySelectorAll("form[data-line]").forEach((one) => { one.dataset.dirty = "1"; });
    const first = body.querySelector("[aria-invalid=true]");
    if (first && focusIsIn(body.id)) first.focus();
  }

  function afterOther(source) {
    if (source.id.startsWith("edit-")) {
      const field = byId(`line-${source.id.slice(5)}-text`);
      if (field) { field.focus(); field.select(); }
    }
  }

  function leaveEdit(line) {
    const form = byId(`line-${line}-form`);
    delete form.dataset.dirty;
    htmx.ajax("GET", form.dataset.rest, { source: check, swap: "none" }).then(() => byId(`edit-${line}`) && byId(`edit-${line}`).focus());
  }

  /* ---- The check while typing ------------------------------------------- */
  let latest = 0;
  let timer = 0;

  function look(form, delay, instead) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const isNew = form.dataset.line === "new";
      const field = form.elements;
      const values = Object.assign({ text: field.text.value, rxcui: field.rxcui.value, directions: field.directions.value, ref: isNew ? "" : form.dataset.line }, instead || {});
      latest += 1;
      htmx.ajax("POST", check.dataset.url, { source: check, swap: "none", values, headers: { "X-Draft": String(latest) } })
        .catch(() => {});  // a newer question or a saved line called it off
    }, delay);
  }

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const draft = event.detail.xhr.getResponseHeader("X-Draft");
    if (draft && draft !== String(latest)) event.detail.shouldSwap = false;
  });

  const GAP = 2000;  // at most one announcement in this time
  let announced = "";
  let spokenAt = 0;
  let speaking = 0;
  function announce() {
    if (speaking) return;
    speaking = setTimeout(() => {
      speaking = 0;
      const text = byId("medication-panel").dataset.announce;
      if (text === announced) return;
      spokenAt = Date.now();
      byId("medication-status").textContent = announced = text;
    }, Math.max(500, spokenAt + GAP - Date.now()));
  }
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target && event.detail.target.id === "medication-panel") announce();
    showFlagInList();
  });

  function showFlagInList() {
    const spot = document.querySelector(".combo-list:not([hidden]) .combo-flag");
    const first = document.querySelector("#new-flags .live-one");
    if (spot) spot.replaceChildren(...(first ? ["If added: ", ...[...first.childNodes].map((node) => node.cloneNode(true))] : []));
  }

  /* ---- The drug field: WAI-ARIA combobox with a listbox ------------------- */
  let asked = null;
  let askTimer = 0;
  let active = null;

  const isDrugField = (element) => element.matches && element.matches(".combo > input");
  const listOf = (field) => field.parentElement.querySelector(".combo-list");
  const optionsOf = (field) => [...listOf(field).querySelectorAll("[role=option]")];

  /* From a letter to its answer the list that is shown, if any, is an older one. */
  const setBusy = (list, isOn) => list.setAttribute("aria-busy", String(isOn));

  function prepare(field) {
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${field.id}-list`, autocomplete: "off" })
      .forEach(([name, value]) => field.setAttribute(name, value));
  }

  function close() {
    clearTimeout(askTimer);
    if (asked) asked.abort();
    active = null;
    document.querySelectorAll(".combo-list[aria-busy=true]").forEach((list) => setBusy(list, false));
    document.querySelectorAll(".combo-list:not([hidden])").forEach((list) => {
      list.hidden = true;
      list.replaceChildren();
      const field = list.parentElement.querySelector("input");
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    });
  }

  async function suggest(field, more) {
    if (asked) asked.abort();
    asked = new AbortController();
    const typed = field.value;
    const body = new URLSearchParams({ q: typed, field: field.id, more: more ? "1" : "" });
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    try {
      const answer = await fetch(check.dataset.suggest, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: asked.signal });
      const text = await answer.text();
      const list = listOf(field);
      setBusy(list, field.value !== typed);
      if (answer.redirected || (!answer.ok && answer.status !== 422) || document.activeElement !== field) return;
      list.innerHTML = text;
      list.hidden = false;
      list.scrollIntoView({ block: "nearest" });
      active = null;
      field.setAttribute("aria-expanded", "true");
      field.removeAttribute("aria-activedescendant");
      sayCount(list);
    } catch (error) {
      if (error.name !== "AbortError") cannotSuggest(field);
    }
  }

  function cannotSuggest(field) {
    const words = document.createElement("p");
    words.className = "hint";
    words.textContent = "The list of medicines can't be reached now. Type on; the name is kept as typed.";
    close();
    listOf(field).replaceChildren(words);
    listOf(field).hidden = false;
  }

  let counting = 0;
  function sayCount(list) {
    clearTimeout(counting);
    counting = setTimeout(() => {
      const count = list.querySelector("[data-count]");
      if (count) byId("medication-status").textContent = count.textContent;
    }, 300);
  }

  function activate(field, option) {
    if (active) active.setAttribute("aria-selected", "false");
    active = option;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
    if (!option.dataset.more) look(field.form, 200, { text: option.dataset.label, rxcui: option.dataset.rxcui });
  }

  function move(field, step) {
    const options = optionsOf(field);
    if (!options.length) return;
    const place = active ? options.indexOf(active) + step : step > 0 ? 0 : options.length - 1;
    activate(field, options[(place + options.length) % options.length]);
  }

  function pick(field, option) {
    if (option.dataset.more) return suggest(field, true);
    field.value = option.dataset.label;
    field.form.elements.rxcui.value = option.dataset.rxcui;
    field.form.dataset.dirty = "1";
    close();
    sayWhatIsOpen();
    look(field.form, 0);
  }

  table.addEventListener("input", (event) => {
    const form = lineForm(event.target);
    if (!form) return;
    form.dataset.dirty = "1";
    sayWhatIsOpen();
    if (!isDrugField(event.target)) {
      if (event.target.name === "directions") look(form, 150);
      return;
    }
    form.elements.rxcui.value = "";
    clearTimeout(askTimer);
    if (event.target.value.trim().length < 3) { close(); look(form, 300); return; }
    setBusy(listOf(event.target), true);
    askTimer = setTimeout(() => suggest(event.target), 60);
    look(form, 400);
  });

  table.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    const field = option.closest(".combo").querySelector("input");
    pick(field, option);
    field.focus();
  });

  /* ---- Keys and focus ----------------------------------------------------- */
  function drugKey(event) {
    const field = event.target;
    const isOpen = !listOf(field).hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) move(field, event.key === "ArrowDown" ? 1 : -1);
      else if (field.value.trim().length >= 3) suggest(field);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isOpen && active) pick(field, active);
      else if (field.value.trim()) { close(); field.form.elements.directions.focus(); }
    } else if (event.key === "Tab" && isOpen) {
      if (active) pick(field, active);
      else close();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  table.addEventListener("keydown", (event) => {
    if (isDrugField(event.target)) drugKey(event);
    const editing = event.target.closest("tbody.is-editing");
    if (event.key === "Escape" && editing && !event.defaultPrevented) leaveEdit(editing.id.replace("medication-", ""));
  });

  table.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-cancel]");
    if (cancel) { event.preventDefault(); leaveEdit(cancel.dataset.cancel); }
  });

  table.addEventListener("focusin", (event) => { if (isDrugField(event.target)) prepare(event.target); });

  table.addEventListener("focusout", (event) => {
    const form = lineForm(event.target);
    if (!form || !bodyOf(form) || bodyOf(form).contains(event.relatedTarget)) return;
    if (isDrugField(event.target)) close();
    setTimeout(() => {
      if (!form.isConnected || !form.dataset.dirty || !document.hasFocus() || bodyOf(form).contains(document.activeElement)) return;
      const isLine = form.dataset.line !== "new" || (form.elements.text.value.trim() && (form.elements.rxcui.value || form.elements.directions.value.trim()));
      if (isLine) save(form);
    }, 0);
  });

  document.querySelectorAll(".combo > input").forEach(prepare);
  if (document.activeElement === document.body && !document.querySelector("[data-focus-first]")) byId("new-text").focus();
})();
