// The whole page in a dialog, opened at the place that is asked about, to zoom into and move.
"use strict";

{
  const CONTEXT = 8; // heights of the ink shown around it at first
  let viewer = null;

  // OpenSeadragon adds a style of its own for buttons we do not show, unless it finds one: this stands for it.
  const style = document.createElementNS("urn:docket-clerk", "style");
  style.setAttribute("data-openseadragon-mobile-css", "");
  document.head.append(style);

  window.zoomTo = (opener) => {
    const at = opener.dataset;
    document.getElementById("whole-where").textContent = at.where;
    const box = document.createElement("div");
    document.getElementById("zoom").replaceChildren(box);
    viewer = window.OpenSeadragon({
      element: box,
      tileSources: { type: "image", url: at.page, buildPyramid: false },
      drawer: "canvas",
      showNavigationControl: false,
      degrees: Number(at.turned),
      maxZoomPixelRatio: 4,
      visibilityRatio: 0.5,
      gestureSettingsMouse: { clickToZoom: false },
      animationTime: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.4,
    });
    viewer.addHandler("open", () => place(at));
    viewer.canvas.focus();
  };

  // Nothing of the viewer stays in the page: what is copied for the browser's history must bear no inline style.
  document.addEventListener("close", (event) => {
    if (event.target.id !== "whole" || viewer === null) return;
    viewer.destroy();
    viewer = null;
    document.getElementById("zoom").replaceChildren();
    for (const touched of document.querySelectorAll("[style]")) touched.removeAttribute("style");
  }, true);

  // OpenSeadragon measures in widths of the page, whatever its picture's size.
  function place(at) {
    if (at.ink === undefined) return;
    const [left, top, right, bottom] = at.ink.split(",").map((edge) => Number(edge) / Number(at.width));
    const height = bottom - top;
    const mark = document.createElement("div");
    mark.className = "here-box";
    viewer.addOverlay({ element: mark, location: new window.OpenSeadragon.Rect(left, top, right - left, height) });
    const around = CONTEXT * height;
    viewer.viewport.fitBounds(
      new window.OpenSeadragon.Rect(left - around, top - around, right - left + 2 * around, height + 2 * around), true
    );
  }
}
