// A box drawn around the ink of a charge the machine missed: by dragging, or by two clicks, corner to corner.
"use strict";

{
  const EDGES = ["left", "top", "right", "bottom"];
  let begun = null; // where the first corner is, and on which page

  const form = () => document.querySelector("#missed[open] form[data-draws]");

  function pointOn(frame, event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(frame.getScreenCTM().inverse());
    const inside = (value, most) => Math.round(Math.min(Math.max(0, value), Number(most)));
    return { x: inside(point.x, frame.dataset.width), y: inside(point.y, frame.dataset.height) };
  }

  function show(svg, box) {
    for (const other of document.querySelectorAll("rect.drawn")) other.toggleAttribute("hidden", other.ownerSVGElement !== svg);
    const drawn = svg.querySelector("rect.drawn");
    drawn.setAttribute("x", box.left);
    drawn.setAttribute("y", box.top);
    drawn.setAttribute("width", box.right - box.left);
    drawn.setAttribute("height", box.bottom - box.top);
  }

  function put(svg, from, to) {
    const box = {
      left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), right: Math.max(from.x, to.x), bottom: Math.max(from.y, to.y),
    };
    form().elements.page_id.value = svg.dataset.sheet;
    for (const edge of EDGES) form().elements[edge].value = box[edge];
    show(svg, box);
  }

  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest && event.target.closest("svg[data-sheet]");
    if (!svg || form() === null) return;
    event.preventDefault();
    const at = pointOn(svg.querySelector("[data-frame]"), event);
    if (begun !== null && begun.svg === svg && begun.isClicked) { put(svg, begun.at, at); begun = null; return; }
    begun = { svg, at, isClicked: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (begun !== null && form() !== null) put(begun.svg, begun.at, pointOn(begun.svg.querySelector("[data-frame]"), event));
  });
  document.addEventListener("pointerup", (event) => {
    if (begun === null || form() === null) return;
    const to = pointOn(begun.svg.querySelector("[data-frame]"), event);
    if (Math.abs(to.x - begun.at.x) + Math.abs(to.y - begun.at.y) < 6) { begun.isClicked = true; return; }
    put(begun.svg, begun.at, to);
    begun = null;
    form().elements.statute.focus();
  });
  document.addEventListener("change", (event) => {
    const svg = form() !== null && EDGES.includes(event.target.name)
      ? document.querySelector(`svg[data-sheet="${CSS.escape(form().elements.page_id.value)}"]`) : null;
    if (svg) show(svg, Object.fromEntries(EDGES.map((edge) => [edge, Number(form().elements[edge].value) || 0])));
  });
}
