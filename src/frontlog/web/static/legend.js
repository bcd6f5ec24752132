// The legend is drawn with the map's own marks.
import { NEUTRAL, markCanvas } from "./marks.js";

/** @typedef {import("./marks.js").Side} Side */
const MEANING = /** @type {[import("./marks.js").State, string][]} */ ([
  ["held", "held"], ["claimed", "claimed: outlined"], ["contested", "contested: hatched"], ["vacated", "vacated: dashed"], ["unknown", "not known"],
]);

/** @param {Side[]} sides */
export function legend(sides) {
  const list = document.querySelector("#legend ul");
  if (!list) return;
  const shown = [...sides].sort((a, b) => b.places - a.places).slice(0, 8);
  /** @param {HTMLCanvasElement|null} mark @param {string} text @param {string} [kind] */
  const add = (mark, text, kind = "") => {
    const item = document.createElement("li");
    item.className = kind;
    if (mark) item.append(mark);
    item.append(text);
    list.append(item);
  };
  for (const side of shown) add(markCanvas(side.colour, side.shape, "held"), side.name);
  if (sides.length > shown.length) add(null, `and ${sides.length - shown.length} more`, "soft");
  add(null, "Marks", "heading");
  for (const [state, meaning] of MEANING) add(markCanvas(NEUTRAL, "circle", state), meaning);
  add(null, "Larger: capitals and cities. Province tint: held, or, fainter, all its places on record; stripes: split.", "soft");
  if (matchMedia("(max-width: 860px)").matches) document.getElementById("legend")?.removeAttribute("open");
}
