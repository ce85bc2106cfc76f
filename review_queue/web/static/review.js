// Keys, dialogs, lost connections, and fields and ink that light up together. Without it every page still works.
"use strict";

const $ = (selector) => document.querySelector(selector);
const RETRY = 2000; // milliseconds between tries while there is no connection
const IDLE = 30.2 * 60 * 1000; // a moment after the server has locked the session
let busy = false; // an answer is on its way: a second press is not an answer to the next question
let unsaved = null; // the form that could not be sent yet, and the button that sent it
let idle = 0;

function typing() {
  const at = document.activeElement;
  return at !== null && at.matches("input:not([type=checkbox]), textarea, select");
}

function toggle(opener) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (dialog === null) return;
  if (dialog.open) { dialog.close(); return; }
  dialog.showModal();
  if (opener.dataset.page !== undefined) window.zoomTo(opener);
}

function act(element) {
  if (element.matches("input")) { element.focus(); element.select(); return; }
  element.click();
}

function onEscape() {
  if (typing()) { document.activeElement.blur(); return; }
  const panel = $("#panel");
  if (panel !== null) panel.replaceChildren();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const dialog = $("dialog[open]");
  if (event.key === "Escape" && dialog === null) { onEscape(); return; }
  if (typing() || busy || $("#top[data-shortcuts]") === null) return;
  if (dialog !== null) {
    const opener = $(`[data-opens="${dialog.id}"]`);
    if (opener !== null && opener.dataset.key === event.key) { dialog.close(); event.preventDefault(); }
    return;
  }
  if (event.key === "Enter") {
    const focused = document.activeElement;
    if (focused !== null && focused.matches("button, a, summary")) return;
    const accept = $("[data-enter]");
    if (accept !== null) { event.preventDefault(); act(accept); }
    return;
  }
  for (const scope of [$("#panel"), document]) {
    const element = scope && scope.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (element) { event.preventDefault(); act(element); return; }
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener !== null) toggle(opener);
  const closer = event.target.closest("[data-closes]");
  if (closer !== null) document.getElementById(closer.dataset.closes).close();
  if (event.target.closest("[data-shuts]") !== null) $("#panel").replaceChildren();
});

// --- sending: one answer a question, and nothing typed is lost while there is no connection ---

const isAnswer = (element) => element.matches("form") && (element.getAttribute("method") || "") === "post";

function tell(words) {
  const bar = $("#offline");
  if (bar === null) return;
  bar.textContent = words;
  bar.hidden = words === "";
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const from = event.detail.elt;
  if (!isAnswer(from) && !from.matches("a")) return;
  if (busy) { event.preventDefault(); return; }
  busy = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const from = event.detail.requestConfig.elt; // the page it stood on may be gone
  if (isAnswer(from) || from.matches("a")) busy = false;
  if (event.detail.successful) { unsaved = null; tell(""); rest(); }
});

function onLost(event) {
  const from = event.detail.requestConfig.elt;
  if (isAnswer(from)) {
    const cause = event.detail.requestConfig.triggeringEvent;
    unsaved = { form: from, button: cause ? cause.submitter : null };
    tell("No connection: not saved yet. What you typed stays here, and is sent as soon as the server answers.");
    setTimeout(resend, RETRY);
  } else if (from.matches("input")) {
    tell("No connection: keep typing, nothing is lost while this page stays open.");
    setTimeout(() => { if (from.isConnected && !unsaved) window.htmx.trigger(from, "retry"); }, RETRY);
  } else if (from.matches("a")) {
    tell("No connection. Try again in a moment.");
  }
}
document.addEventListener("htmx:sendError", onLost);
document.addEventListener("htmx:timeout", onLost);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) tell("Something went wrong on the server; nothing was changed. Try again.");
});

function resend() {
  if (unsaved === null || !unsaved.form.isConnected || busy) return;
  unsaved.form.requestSubmit(unsaved.button);
}

window.addEventListener("beforeunload", (event) => { if (unsaved !== null) event.preventDefault(); });

function rest() {
  clearTimeout(idle);
  if ($("#top") === null) return;
  idle = setTimeout(() => {
    window.location.assign(`/locked?to=${encodeURIComponent(window.location.pathname)}`);
  }, IDLE);
}

// --- after every change of the page ---

// The next question's input has the same name as this one's; without this it would be given the keyboard.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.matches("body") && typing()) document.activeElement.blur();
});

function settle(inside) {
  const start = inside.querySelector("[data-focus]") || (inside.id === "panel" && inside.querySelector("#text"));
  if (start) { start.focus(); start.select(); }
  window.sessionStorage.clear(); // htmx leaves the address there; nothing of a record stays in the browser
  rest();
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.matches("body, #panel")) settle(event.detail.target);
});
document.addEventListener("DOMContentLoaded", () => settle(document.body));

// --- fields and ink light up together ---

function light(element, on) {
  for (const other of document.querySelectorAll("[data-path]")) {
    if (other.dataset.path === element.dataset.path) other.classList.toggle("lit", on);
  }
}

function reveal(element) {
  const sheets = $(".sheets");
  const mark = document.querySelector(`rect[data-path="${CSS.escape(element.dataset.path)}"]`);
  if (sheets === null || mark === null || !element.matches(".field")) return;
  const inside = mark.getBoundingClientRect();
  const frame = sheets.getBoundingClientRect();
  if (inside.top < frame.top || inside.bottom > frame.bottom) {
    sheets.scrollTop += inside.top - frame.top - frame.height / 3;
  }
}

for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
  document.addEventListener(name, (event) => {
    const element = event.target.closest && event.target.closest("[data-path]");
    if (!element) return;
    light(element, on);
    if (on) reveal(element);
  });
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest("rect[data-path]");
  const missed = $("#missed");
  if (mark === null || (missed !== null && missed.open)) return;
  const link = document.querySelector(`a.field[data-path="${CSS.escape(mark.dataset.path)}"]`);
  if (link !== null) { link.focus(); link.scrollIntoView({ block: "center" }); }
});
