// Draws a place's mark: the side gives colour and shape, the state gives fill, outline or hatch.
/** @typedef {{id: string, name: string, colour: string, shape: string, places: number}} Side */
/** @typedef {"held"|"claimed"|"contested"|"vacated"|"unknown"} State */

export const NEUTRAL = "#7d8590";
/** @type {State[]} */
export const STATES = ["held", "claimed", "contested", "vacated", "unknown"];

/** @param {CanvasRenderingContext2D} pen @param {string} shape @param {number} size @param {number} inset */
function outline(pen, shape, size, inset) {
  const mid = size / 2;
  const r = mid - inset;
  pen.beginPath();
  if (shape === "square") pen.rect(mid - r * 0.86, mid - r * 0.86, r * 1.72, r * 1.72);
  else if (shape === "diamond") {
    pen.moveTo(mid, mid - r); pen.lineTo(mid + r, mid); pen.lineTo(mid, mid + r); pen.lineTo(mid - r, mid);
  } else if (shape === "triangle") {
    pen.moveTo(mid, mid - r); pen.lineTo(mid + r * 0.95, mid + r * 0.72); pen.lineTo(mid - r * 0.95, mid + r * 0.72);
  } else pen.arc(mid, mid, r, 0, 2 * Math.PI);
  pen.closePath();
}

/** @param {CanvasRenderingContext2D} pen @param {number} size @param {string} colour @param {string} shape @param {State} state */
export function drawMark(pen, size, colour, shape, state) {
  const unit = size / 22;
  pen.lineJoin = "round";
  outline(pen, shape, size, 2.2 * unit);
  pen.fillStyle = state === "held" ? colour : "#ffffff";
  pen.fill();
  if (state === "contested") {
    pen.save();
    pen.clip();
    pen.strokeStyle = colour;
    pen.lineWidth = 2.6 * unit;
    pen.beginPath();
    for (let at = -size; at < size * 2; at += 5.2 * unit) { pen.moveTo(at, size); pen.lineTo(at + size, 0); }
    pen.stroke();
    pen.restore();
    outline(pen, shape, size, 2.2 * unit);
  }
  if (state === "vacated") pen.setLineDash([3 * unit, 2.4 * unit]);
  pen.strokeStyle = state === "held" ? "#ffffff" : colour;
  pen.lineWidth = (state === "claimed" ? 3.4 : state === "held" ? 1.6 : 2) * unit;
  pen.stroke();
  pen.setLineDash([]);
  if (state === "held") {
    outline(pen, shape, size, 1.2 * unit);
    pen.strokeStyle = "rgb(20 28 38 / .55)";
    pen.lineWidth = 0.8 * unit;
    pen.stroke();
  }
  if (state === "unknown") {
    pen.fillStyle = colour;
    pen.font = `600 ${Math.round(12 * unit)}px sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText("?", size / 2, size / 2 + unit);
  }
}

/** @param {number} size */
function pad(size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("this browser has no canvas");
  return { canvas, pen };
}

/** @param {string} colour @param {string} shape @param {State} state */
export function markImage(colour, shape, state) {
  const { pen } = pad(44);
  drawMark(pen, 44, colour, shape, state);
  return pen.getImageData(0, 0, 44, 44);
}

/** @param {string} colour @param {string} shape @param {State} state */
export function markCanvas(colour, shape, state) {
  const { canvas, pen } = pad(36);
  drawMark(pen, 36, colour, shape, state);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** Stripes of the two colours of a split province. @param {string} one @param {string} other */
export function stripes(one, other) {
  const { pen } = pad(32);
  pen.fillStyle = one;
  pen.fillRect(0, 0, 32, 32);
  pen.strokeStyle = other;
  pen.lineWidth = 11.3;
  pen.beginPath();
  for (const at of [-32, 0, 32]) { pen.moveTo(at - 8, 40); pen.lineTo(at + 40, -8); }
  pen.stroke();
  return pen.getImageData(0, 0, 32, 32);
}
