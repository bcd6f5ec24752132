// Days along the bottom: a bar of claims a day by family, a brush over all days, and two handles.
import { dayNumber, dayText, longDay } from "./state.js";

/** @typedef {{known: string, family: string, claims: number}} Day */
const SVG = "http://www.w3.org/2000/svg";
const FAMILIES = ["control", "violence", "forces", "words"];
const HIGH = 92, TOP = 16, BASE = 62, BRUSH = 74, BRUSH_HIGH = 16;

/** @param {string} name @param {Record<string, string|number>} attributes @param {Element} [parent] */
function draw(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  parent?.append(element);
  return element;
}

export class Timeline {
  /**
   * @param {HTMLElement} box @param {Day[]} days @param {{first: number, last: number}} span
   * @param {{on: (day: number, done: boolean) => void, known: (day: number|null, done: boolean) => void, window: (first: number, last: number, done: boolean) => void}} tell
   */
  constructor(box, days, span, tell) {
    this.box = box;
    this.span = { first: span.first - 1, last: span.last + 1 };
    this.tell = tell;
    this.window = { ...this.span };
    this.on = span.last;
    /** @type {number|null} */
    this.known = null;
    /** @type {Map<number, Record<string, number>>} */
    this.counts = new Map();
    for (const day of days) {
      const number = dayNumber(day.known);
      const found = this.counts.get(number) ?? {};
      found[day.family] = day.claims;
      this.counts.set(number, found);
    }
    this.svg = /** @type {SVGSVGElement} */ (draw("svg", { height: HIGH, role: "group", "aria-label": "Claims a day, with handles for the day shown and the day of knowledge" }, box));
    const defs = draw("defs", {}, this.svg);
    const later = draw("pattern", { id: "later", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
    draw("rect", { width: 6, height: 6, fill: "#ffffff", opacity: 0.55 }, later);
    draw("rect", { width: 1.5, height: 6, fill: "#a8320b", opacity: 0.35 }, later);
    this.bars = draw("g", {}, this.svg);
    this.axis = draw("g", { "aria-hidden": "true" }, this.svg);
    this.veil = draw("rect", { class: "unknowable", y: TOP, height: BASE - TOP }, this.svg);
    this.brush = draw("g", { class: "brush" }, this.svg);
    this.mini = draw("g", {}, this.brush);
    this.view = draw("rect", { class: "view", y: BRUSH, height: BRUSH_HIGH }, this.brush);
    this.edges = [this.edge("first"), this.edge("last")];
    this.knownHandle = this.handle("known", "As known on", "K");
    this.onHandle = this.handle("on", "Day shown", "D");
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    new ResizeObserver(() => this.render()).observe(box);
    this.render();
  }

  get width() { return Math.max(200, this.box.clientWidth); }

  /** @param {number} day */
  x(day) { return ((day - this.window.first + 0.5) / (this.window.last - this.window.first + 1)) * this.width; }

  /** @param {number} x */
  dayAt(x) { return Math.floor((x / this.width) * (this.window.last - this.window.first + 1)) + this.window.first; }

  /** @param {number} day */
  miniX(day) { return ((day - this.span.first) / (this.span.last - this.span.first + 1)) * this.width; }

  /** @param {"on"|"known"} kind @param {string} label @param {string} letter */
  handle(kind, label, letter) {
    const group = draw("g", { class: `handle ${kind}`, tabindex: 0, role: "slider", "aria-label": label }, this.svg);
    draw("line", { y1: kind === "on" ? 4 : TOP + 4, y2: BASE + 4 }, group);
    draw("rect", { class: "grip", x: -9, y: kind === "on" ? 0 : BASE - 14, width: 18, height: 17, rx: 4 }, group);
    const text = draw("text", { "text-anchor": "middle", y: kind === "on" ? 12.5 : BASE - 1.5 }, group);
    text.textContent = letter;
    group.addEventListener("keydown", (event) => this.key(/** @type {KeyboardEvent} */ (event), kind));
    return group;
  }

  /** @param {"first"|"last"} end */
  edge(end) {
    const rect = draw("rect", {
      class: "edge", y: BRUSH - 2, height: BRUSH_HIGH + 4, width: 7, rx: 2, tabindex: 0, role: "slider",
      "aria-label": end === "first" ? "Window from" : "Window to", "data-end": end,
    }, this.brush);
    rect.addEventListener("keydown", (event) => {
      const step = stepOf(/** @type {KeyboardEvent} */ (event));
      if (step) this.setWindow({ ...this.window, [end]: this.window[end] + step }, true);
    });
    return rect;
  }

  /** @param {KeyboardEvent} event @param {"on"|"known"} kind */
  key(event, kind) {
    const step = stepOf(event);
    const ends = { Home: this.span.first + 1, End: this.span.last - 1 };
    const target = event.key in ends ? ends[/** @type {"Home"|"End"} */ (event.key)] : null;
    if (!step && target === null) return;
    event.preventDefault();
    const from = kind === "on" ? this.on : this.known ?? this.span.last - 1;
    this.move(kind, target ?? from + step, true);
  }

  /** @param {"on"|"known"} kind @param {number} day @param {boolean} done */
  move(kind, day, done) {
    const inside = Math.min(this.span.last, Math.max(this.span.first, day));
    if (kind === "on") this.tell.on(inside, done);
    else this.tell.known(inside >= this.span.last - 1 ? null : inside, done);
  }

  /** @param {{first: number, last: number}} wanted @param {boolean} done */
  setWindow(wanted, done) {
    const least = Math.min(6, this.span.last - this.span.first);
    let { first, last } = wanted;
    first = Math.max(this.span.first, Math.min(first, this.span.last - least));
    last = Math.min(this.span.last, Math.max(last, first + least));
    this.window = { first, last };
    this.render();
    this.tell.window(first, last, done);
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button) return;
    const left = this.svg.getBoundingClientRect();
    const x = event.clientX - left.left, y = event.clientY - left.top;
    const target = /** @type {Element} */ (event.target);
    const end = /** @type {"first"|"last"|null} */ (target.getAttribute("data-end"));
    const kind = target.closest(".handle.known") ? "known" : y < BRUSH - 3 ? "on" : "";
    const start = { ...this.window };
    const grabbed = this.miniDay(x);
    const inside = grabbed >= start.first && grabbed <= start.last;
    /** @param {PointerEvent} move @param {boolean} done */
    const drag = (move, done) => {
      const now = move.clientX - left.left;
      if (kind) return this.move(/** @type {"on"|"known"} */ (kind), this.dayAt(now), done);
      const day = this.miniDay(now);
      if (end) return this.setWindow({ ...this.window, [end]: day }, done);
      if (inside && start.last - start.first < this.span.last - this.span.first)
        return this.setWindow(this.slid(start, day - grabbed), done);
      if (Math.abs(day - grabbed) > 1) this.setWindow({ first: Math.min(day, grabbed), last: Math.max(day, grabbed) }, done);
    };
    /** @param {PointerEvent} move */
    const onMove = (move) => drag(move, false);
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener("pointermove", onMove);
    this.svg.addEventListener("pointerup", (up) => {
      this.svg.removeEventListener("pointermove", onMove);
      drag(up, true);
    }, { once: true });
    (kind === "known" ? this.knownHandle : kind === "on" ? this.onHandle : this.edges[0])?.focus({ preventScroll: true });
    event.preventDefault();
  }

  /** @param {number} x */
  miniDay(x) { return Math.floor((x / this.width) * (this.span.last - this.span.first + 1)) + this.span.first; }

  /** @param {{first: number, last: number}} from @param {number} days */
  slid(from, days) {
    const by = Math.max(this.span.first - from.first, Math.min(days, this.span.last - from.last));
    return { first: from.first + by, last: from.last + by };
  }

  /** @param {number} on @param {number|null} known */
  set(on, known) {
    this.on = on;
    this.known = known;
    if (on < this.window.first || on > this.window.last) {
      const half = Math.floor((this.window.last - this.window.first) / 2);
      this.window = this.slid(this.window, on - half - this.window.first);
      this.render();
    }
    this.place();
  }

  render() {
    this.svg.setAttribute("width", String(this.width));
    this.bars.replaceChildren();
    this.mini.replaceChildren();
    const days = this.window.last - this.window.first + 1;
    const bin = Math.max(1, Math.ceil(days / (this.width / 5)));
    this.columns(this.bars, this.window, bin, TOP, BASE, (day) => this.x(day) - (this.x(1) - this.x(0)) / 2);
    const all = this.span.last - this.span.first + 1;
    this.columns(this.mini, this.span, Math.max(1, Math.ceil(all / (this.width / 3))), BRUSH, BRUSH + BRUSH_HIGH, (day) => this.miniX(day));
    this.ticks();
    this.place();
  }

  /** @param {Element} into @param {{first: number, last: number}} span @param {number} bin @param {number} top @param {number} base @param {(day: number) => number} x */
  columns(into, span, bin, top, base, x) {
    /** @type {{day: number, sums: number[], total: number}[]} */
    const columns = [];
    for (let day = span.first; day <= span.last; day += bin) {
      const sums = FAMILIES.map((family) => {
        let sum = 0;
        for (let at = day; at < day + bin; at += 1) sum += this.counts.get(at)?.[family] ?? 0;
        return sum;
      });
      columns.push({ day, sums, total: sums.reduce((a, b) => a + b, 0) });
    }
    const most = Math.max(1, ...columns.map((column) => column.total));
    for (const { day, sums, total } of columns) {
      let y = base;
      const left = x(day), wide = Math.max(1, x(day + bin) - left - (bin === 1 && x(day + 1) - left > 6 ? 2 : 0.4));
      sums.forEach((sum, at) => {
        const high = ((base - top) * sum) / most;
        y -= high;
        if (high > 0) draw("rect", { class: `fam-${FAMILIES[at]}`, x: left.toFixed(1), y: y.toFixed(1), width: wide.toFixed(1), height: high.toFixed(1) }, into);
      });
      if (into === this.bars && total) {
        const hit = draw("rect", { x: left, y: top, width: wide, height: base - top, fill: "transparent" }, into);
        draw("title", {}, hit).textContent = `${longDay(dayText(day))}: ${total} claims (${sums.map((sum, at) => `${sum} ${FAMILIES[at]}`).join(", ")})`;
      }
    }
  }

  ticks() {
    this.axis.replaceChildren();
    draw("line", { x1: 0, x2: this.width, y1: BASE, y2: BASE, stroke: "#8a94a1" }, this.axis);
    const days = this.window.last - this.window.first + 1;
    const every = Math.max(1, Math.ceil((days * 76) / this.width));
    for (let day = this.window.first; day <= this.window.last; day += every) {
      const text = draw("text", { x: this.x(day), y: BASE + 11, "text-anchor": "middle" }, this.axis);
      const date = new Date(day * 86400000);
      text.textContent = date.toLocaleDateString("en-GB", days > 500 ? { month: "short", year: "2-digit", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" });
    }
  }

  place() {
    const known = this.known ?? this.span.last - 1;
    for (const [handle, day] of /** @type {[Element, number][]} */ ([[this.onHandle, this.on], [this.knownHandle, known]])) {
      const x = this.x(day);
      handle.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
      handle.classList.toggle("hidden", x < -4 || x > this.width + 4);
      for (const [key, value] of Object.entries({ min: this.span.first, max: this.span.last, now: day })) handle.setAttribute(`aria-value${key}`, String(value));
      handle.setAttribute("aria-valuetext", handle === this.knownHandle && this.known === null ? "everything known now" : longDay(dayText(day)));
    }
    const from = this.x(known + 1) - (this.x(1) - this.x(0)) / 2;
    this.veil.setAttribute("x", String(Math.max(0, from)));
    this.veil.setAttribute("width", String(this.known === null ? 0 : Math.max(0, this.width - Math.max(0, from))));
    const left = this.miniX(this.window.first), right = this.miniX(this.window.last + 1);
    this.view.setAttribute("x", String(left));
    this.view.setAttribute("width", String(Math.max(2, right - left)));
    this.edges.forEach((edge, at) => {
      edge.setAttribute("x", String(at ? right - 5 : left - 2));
      const day = at ? this.window.last : this.window.first;
      for (const [key, value] of Object.entries({ min: this.span.first, max: this.span.last, now: day })) edge.setAttribute(`aria-value${key}`, String(value));
      edge.setAttribute("aria-valuetext", longDay(dayText(day)));
    });
  }
}

/** @param {KeyboardEvent} event */
function stepOf(event) {
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };
  return steps[/** @type {keyof typeof steps} */ (event.key)] ?? 0;
}
