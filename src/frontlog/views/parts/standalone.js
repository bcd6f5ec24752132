"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const STATES = { he: "held", cl: "claimed", co: "contested", va: "vacated", un: "unknown" };
const RADII = [7, 6.2, 5, 4.2, 3.6], NEUTRAL = "#7d8590", SVG = "http://www.w3.org/2000/svg";
const slider = document.getElementById("slider"), then = document.getElementById("then"), play = document.getElementById("play");

function draw(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (parent) parent.append(element);
  return element;
}

function hatch(defs, colour) {
  const id = "hatch" + colour.slice(1);
  if (document.getElementById(id) || defs.querySelector("#" + id)) return id;
  const pattern = draw("pattern", { id, width: 3.2, height: 3.2, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
  draw("rect", { width: 3.2, height: 3.2, fill: "#fff" }, pattern);
  draw("rect", { width: 1.5, height: 3.2, fill: colour }, pattern);
  return id;
}

function outline(shape, x, y, r) {
  if (shape === "square") return `M${x - r * 0.86} ${y - r * 0.86}h${r * 1.72}v${r * 1.72}h${-r * 1.72}Z`;
  if (shape === "diamond") return `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
  if (shape === "triangle") return `M${x} ${y - r}L${x + r} ${y + r * 0.75}L${x - r} ${y + r * 0.75}Z`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

function mark(parent, defs, side, state, x, y, r) {
  const colour = side ? side[1] : NEUTRAL, shape = side ? side[2] : "circle";
  const fill = state === "held" ? colour : state === "contested" ? `url(#${hatch(defs, colour)})` : "#fff";
  const path = draw("path", { d: outline(shape, x, y, r), fill, stroke: state === "held" ? "#fff" : colour, "stroke-width": state === "claimed" ? 2.6 : 1.3 }, parent);
  if (state === "vacated") path.setAttribute("stroke-dasharray", "2.5 2");
  if (state === "unknown") draw("text", { x, y: y + 3, "text-anchor": "middle", "font-size": 8, fill: NEUTRAL }, parent).textContent = "?";
  return path;
}

const svg = draw("svg", { viewBox: `0 0 ${data.width} ${data.height}`, role: "img", "aria-label": "Map; the table says the same" }, document.getElementById("map"));
const defs = draw("defs", {}, svg);
draw("path", { d: data.land, class: "land" }, svg);
const provinces = new Map(data.provinces.map(([id, d]) => [id, draw("path", { d, class: "province", fill: "none" }, svg)]));
draw("path", { d: data.roads, class: "road" }, svg);
const layer = draw("g", {}, svg);

function show() {
  const at = Number(slider.value), rows = (then.checked ? data.then : data.now)[at];
  const day = new Date(data.days[at] + "T00:00:00Z").toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const label = document.createElement("small");
  if (then.checked) label.className = "past";
  label.textContent = then.checked ? " as known that day" : " as known now";
  document.getElementById("day").replaceChildren(day, label);
  slider.setAttribute("aria-valuetext", day);
  layer.replaceChildren();
  const table = [], taken = [], inside = new Map(), count = {};
  const ordered = [...rows].sort((a, b) => data.places[a[0]][3] - data.places[b[0]][3]);
  const marks = draw("g", {}, layer);
  for (const row of [...ordered].reverse()) {
    const [number, code, sideAt, sure, since] = row, [name, x, y, rank, province] = data.places[number], side = data.sides[sideAt], state = STATES[code];
    const path = mark(marks, defs, side, state, x, y, RADII[rank]);
    draw("title", {}, path).textContent = `${name}: ${state} ${side ? side[0] : ""} since ${since}, ${sure} % sure`;
    count[state] = (count[state] || 0) + 1;
    if (side && state !== "unknown") inside.set(province, (inside.get(province) || new Set()).add(side[1]));
    taken.push([x - 6, y - 6, x + 6, y + 6]);
    table.unshift([name, state, side ? side[0] : "", since, `${sure} %`]);
  }
  for (const row of ordered.slice(0, 110)) {
    const [name, x, y] = data.places[row[0]], wide = name.length * 6.2;
    for (const [dx, dy, anchor] of [[10, 4, "start"], [-10, 4, "end"], [0, -10, "middle"], [0, 18, "middle"]]) {
      const left = anchor === "start" ? x + dx : anchor === "end" ? x + dx - wide : x - wide / 2;
      const area = [left, y + dy - 10, left + wide, y + dy + 2];
      if (taken.some((t) => area[0] < t[2] && t[0] < area[2] && area[1] < t[3] && t[1] < area[3])) continue;
      taken.push(area);
      draw("text", { x: x + dx, y: y + dy, "text-anchor": anchor }, layer).textContent = name;
      break;
    }
  }
  for (const [id, path] of provinces) {
    const colours = [...(inside.get(id) || [])];
    path.setAttribute("fill", colours.length === 1 ? colours[0] : colours.length ? `url(#${hatch(defs, colours[0])})` : "none");
    path.setAttribute("fill-opacity", colours.length === 1 ? 0.16 : 0.3);
  }
  document.getElementById("rows").replaceChildren(...table.map((cells) => {
    const line = document.createElement("tr");
    for (const cell of cells) line.insertCell().textContent = cell;
    return line;
  }));
  document.getElementById("count").textContent = `${rows.length} places: ` + Object.keys(count).sort().map((state) => `${count[state]} ${state}`).join(", ");
}

function entry(list, side, state, text) {
  const item = document.createElement("li");
  const small = draw("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, item);
  mark(small, draw("defs", {}, small), side, state, 10, 10, 7);
  item.append(text);
  document.getElementById(list).append(item);
}

for (const side of data.sides.slice(0, 12)) entry("sides", side, "held", side[0]);
for (const code in STATES) entry("marks", null, STATES[code], { unknown: "not known", claimed: "claimed: outlined", contested: "contested: hatched" }[STATES[code]] || STATES[code]);
slider.max = data.days.length - 1;
slider.value = data.days.length - 1;
slider.addEventListener("input", show);
then.addEventListener("change", show);
let timer = 0;
play.addEventListener("click", () => {
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = "▶ Play"; };
  if (timer) return stop();
  if (slider.value === slider.max) slider.value = 0;
  play.textContent = "❚❚ Pause";
  show();
  timer = setInterval(() => { if (slider.value === slider.max) return stop(); slider.value = Number(slider.value) + 1; show(); }, 800);
});
show();
