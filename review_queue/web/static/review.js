// Keys, the whole-page window, and fields and ink that light up together. Without it every page still works.
"use strict";

const $ = (selector) => document.querySelector(selector);
let busy = false;

function typing() {
  return document.activeElement !== null && document.activeElement.matches("input, textarea, select");
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog === null) return;
  if (dialog.open) { dialog.close(); return; }
  for (const image of dialog.querySelectorAll("image[data-href]")) {
    image.setAttribute("href", image.dataset.href);
    image.removeAttribute("data-href");
  }
  dialog.showModal();
  const here = dialog.querySelector(".here");
  if (here !== null) here.scrollIntoView({ block: "center", inline: "center" });
}

function act(element) {
  if (element.matches("input")) { element.focus(); element.select(); return; }
  element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape" && typing()) { document.activeElement.blur(); return; }
  if (typing() || document.body.dataset.shortcuts !== "on") return;
  const dialog = $("dialog[open]");
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
  for (const element of document.querySelectorAll("[data-key]")) {
    if (element.dataset.key === event.key) { event.preventDefault(); act(element); return; }
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener !== null) open(opener.dataset.opens);
  const closer = event.target.closest("[data-closes]");
  if (closer !== null) document.getElementById(closer.dataset.closes).close();
});

// One answer a question: a second press while the first is on its way is not an answer to the next one.
document.addEventListener("submit", (event) => {
  if (busy) { event.preventDefault(); return; }
  busy = true;
});
window.addEventListener("pageshow", () => { busy = false; });

const field = $("input[data-preview]");
if (field !== null) {
  const shown = $("output.preview");
  let timer = 0;
  let latest = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++latest;
      const text = field.value.trim();
      if (text === "") { shown.textContent = ""; return; }
      const answer = await fetch(field.dataset.preview, { method: "POST", body: new URLSearchParams({ text }) })
        .then((response) => (response.ok ? response.json() : {}), () => ({}));
      if (mine !== latest) return;
      shown.classList.toggle("refused", "problem" in answer);
      shown.textContent = "shown" in answer ? `Kept as ${answer.shown}` : "problem" in answer ? `Not yet: ${answer.problem}` : "";
    }, 150);
  });
}

const start = $("[data-focus]");
if (start !== null) { start.focus(); start.select(); }

for (const element of document.querySelectorAll("[data-path]")) {
  const light = (on) => {
    for (const other of document.querySelectorAll("[data-path]")) {
      if (other.dataset.path === element.dataset.path) other.classList.toggle("lit", on);
    }
  };
  element.addEventListener("pointerenter", () => {
    light(true);
    const sheets = $(".sheets");
    const mark = document.querySelector(`rect[data-path="${CSS.escape(element.dataset.path)}"]`);
    if (sheets !== null && mark !== null && element.matches(".field")) reveal(sheets, mark);
  });
  element.addEventListener("pointerleave", () => light(false));
  element.addEventListener("focus", () => light(true));
  element.addEventListener("blur", () => light(false));
  if (element.matches("rect")) {
    element.addEventListener("click", () => {
      for (const link of document.querySelectorAll("a.field[data-path]")) {
        if (link.dataset.path === element.dataset.path) { link.focus(); link.scrollIntoView({ block: "center" }); }
      }
    });
  }
}

function reveal(sheets, mark) {
  const inside = mark.getBoundingClientRect();
  const frame = sheets.getBoundingClientRect();
  if (inside.top < frame.top || inside.bottom > frame.bottom) {
    sheets.scrollTop += inside.top - frame.top - frame.height / 3;
  }
}
