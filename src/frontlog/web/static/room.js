// The map room: keeps the address, the map, the timeline and the inspector in step.
import { Inspector } from "./inspector.js";
import { bindKeys } from "./keys.js";
import { legend } from "./legend.js";
import { Regroup } from "./regroup.js";
import { Review } from "./review.js";
import { address, dayNumber, dayText, getJson, longDay, queryOf, readView, say } from "./state.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("./state.js").View} View */
/** @typedef {import("./map.js").Control} Control */

const desk = /** @type {HTMLElement} */ (document.getElementById("main"));
const FILTERS = ["actor", "state", "country"];
const KEPT = 40;

class Room {
  constructor() {
    this.mode = desk.dataset["mode"] ?? "look";
    /** @type {View} */
    this.view = readView();
    this.view["on"] ||= desk.dataset["on"] ?? "";
    /** @type {Map<string, Promise<Control>>} */
    this.kept = new Map();
    this.version = "";
    /** @type {import("./map.js").WarMap|null} */
    this.map = null;
    /** @type {Timeline|null} */
    this.timeline = null;
    this.inspector = new Inspector(/** @type {HTMLElement} */ (document.getElementById("inspector")), (place) => this.go({ place, claim: "" }), this.mode !== "embed");
    this.review = new Review(this.inspector, {
      focus: (place, claim) => this.focus(place, claim),
      changed: (version) => this.refresh(version),
    });
    this.regroup = new Regroup(async (version) => {
      await this.refresh(version);
      await this.inspect();
    });
    this.playing = 0;
    this.shown = 0;
  }

  async start() {
    performance.mark("start");
    const first = desk.dataset["first"], last = desk.dataset["last"];
    const answers = Promise.all([getJson("/sides.json"), getJson(`/counts.json?${queryOf(this.view, ["country"])}`), this.control()]);
    const drawing = "missing" in desk.dataset ? null : import("./map.js");
    void this.inspect();
    const [sides, counts, control] = await answers;
    this.version = control.version;
    if (first && last) {
      this.timeline = new Timeline(/** @type {HTMLElement} */ (document.getElementById("timeline")), counts.days, { first: dayNumber(first), last: dayNumber(last) }, {
        on: (day, done) => this.go({ on: dayText(day) }, done),
        known: (day, done) => this.go({ known: day === null ? "" : dayText(day) }, done),
        window: (from, to, done) => this.go({ from: dayText(from), to: dayText(to) }, done, false),
      });
      if (this.view["from"] && this.view["to"])
        this.timeline.setWindow({ first: dayNumber(this.view["from"]), last: dayNumber(this.view["to"]) }, false);
    }
    legend(sides);
    if (drawing) {
      const { WarMap } = await drawing;
      this.map = await WarMap.open(/** @type {HTMLElement} */ (document.getElementById("map")), sides, control, this.view["bbox"] ?? "");
      this.listen(this.map);
      if (this.view["place"]) this.map.select(this.view["place"]);
      this.review.refocus();
    }
    this.describe(control);
    this.bind();
    this.map?.gl.once("idle", () => {
      performance.measure("first view", "start");
      desk.dataset["ready"] = String(Math.round(performance.now()));
    });
    if (!this.map) desk.dataset["ready"] = String(Math.round(performance.now()));
    setInterval(() => void this.poll(), 4000);
  }

  /** @returns {Promise<Control>} */
  control(view = this.view) {
    const query = queryOf(view, ["on", "known", ...FILTERS]);
    let found = this.kept.get(query);
    if (!found) {
      found = getJson(`/control.json?${query}`);
      this.kept.set(query, found);
      found.catch(() => this.kept.delete(query));
      const oldest = this.kept.keys().next().value;
      if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    }
    return found;
  }

  /** Changes the view; `done` writes it to the history, else it only replaces. @param {Record<string, string>} changes @param {boolean} [done] @param {boolean} [fetching] */
  go(changes, done = true, fetching = true) {
    const before = this.view;
    this.view = { ...before, ...changes };
    const target = address(this.view);
    if (target !== location.pathname + location.search) {
      if (done) history.pushState(null, "", target);
      else history.replaceState(null, "", target);
    }
    if (fetching) void this.update(before, done);
  }

  /** Brings everything in line with the view. @param {View} before @param {boolean} done */
  async update(before, done) {
    const differs = (/** @type {string[]} */ keys) => keys.some((key) => (before[key] ?? "") !== (this.view[key] ?? ""));
    // Letting go of a handle changes nothing more: the day still on its way is the one to show.
    const another = differs(["on", "known", ...FILTERS]);
    const turn = another ? ++this.shown : this.shown;
    this.timeline?.set(dayNumber(this.view["on"] ?? ""), this.view["known"] ? dayNumber(this.view["known"]) : null);
    this.fields();
    if (differs(["place"])) this.map?.select(this.view["place"] ?? "");
    if (another) {
      performance.mark("change");
      const showing = `${this.view["on"]}|${this.view["known"]}`;
      try {
        const control = await this.control();
        if (turn !== this.shown) return;
        await this.map?.show(control);
        // What came in meanwhile is newer, and described already or soon.
        if (turn !== this.shown) return;
        this.describe(control);
        this.map?.gl.once("render", () => {
          desk.dataset["changed"] = String(Math.round(performance.measure("change", "change").duration));
          desk.dataset["showing"] = showing;
        });
      } catch (error) {
        say(String(error));
      }
    }
    if (done && differs(["on", "known", "place", "claim", "kind", "actor", "country", "source", "standing", "findings"])) void this.inspect();
  }

  /** Asks for what the inspector is to show, and takes hold of it. */
  async inspect() {
    const queue = this.mode === "review" && !this.view["claim"];
    const shown = await this.inspector.show(this.part(queue));
    if (shown && queue) this.review.attach();
    else if (shown && this.mode !== "embed") this.regroup.attach(this.inspector.box);
  }

  /** The address of what the inspector shows. @param {boolean} queue */
  part(queue) {
    const days = ["on", "known"], { claim, place } = this.view;
    if (queue) return `/review?${queryOf(this.view, [...days, "country"])}`;
    if (claim) return `/claim/${encodeURIComponent(claim)}?`;
    if (place) return `/place/${place}?${queryOf(this.view, days)}`;
    return `/day?${queryOf(this.view, [...days, "kind", "actor", "country", "source", "standing", "findings"])}`;
  }

  /** @param {Control} control */
  describe(control) {
    const stamp = /** @type {HTMLElement} */ (document.getElementById("stamp"));
    const on = document.createElement("div"), known = document.createElement("div");
    on.className = "on";
    on.textContent = longDay(control.on);
    known.className = control.known ? "past" : "known";
    known.textContent = control.known ? `as known on ${longDay(control.known)}` : "as known now";
    stamp.replaceChildren(on, known);
    this.count();
    this.fields();
    this.offer(control.holdings);
  }

  /** The day's places by name, so that the keyboard reaches them too. @param {import("./map.js").Held[]} held */
  offer(held) {
    const list = document.getElementById("placelist");
    list?.replaceChildren(...held.slice(0, 2000).map((each) => {
      const option = document.createElement("option");
      option.value = each.name;
      return option;
    }));
  }

  count() {
    const all = this.map?.held ?? [];
    const seen = this.map?.inView() ?? [];
    /** @type {Record<string, number>} */
    const by = {};
    for (const held of seen) by[held.state] = (by[held.state] ?? 0) + 1;
    const parts = Object.entries(by).sort().map(([state, number]) => `${number} ${state}`);
    const box = document.getElementById("count");
    if (box) box.textContent = `${seen.length} of ${all.length} places in view${parts.length ? `: ${parts.join(", ")}` : ""}`;
  }

  fields() {
    for (const key of ["on", "known"]) {
      const field = /** @type {HTMLInputElement|null} */ (document.getElementById(key));
      if (field && document.activeElement !== field) field.value = this.view[key] ?? "";
    }
    for (const field of document.querySelectorAll("#filterform [name]")) {
      if (field instanceof HTMLSelectElement) field.value = this.view[field.name] ?? "";
      else if (field instanceof HTMLInputElement) field.checked = Boolean(this.view[field.name]);
    }
  }

  /** @param {import("./map.js").WarMap} warmap */
  listen(warmap) {
    const tip = /** @type {HTMLElement} */ (document.getElementById("tip"));
    warmap.gl.on("click", (event) => {
      const held = warmap.placeAt(event.point);
      this.go({ place: held?.place ?? "", claim: "" });
    });
    warmap.gl.on("mousemove", (event) => {
      const held = warmap.placeAt(event.point);
      warmap.gl.getCanvas().classList.toggle("pointing", Boolean(held));
      tip.hidden = !held;
      if (!held) return;
      const side = held.holder ? warmap.sides.get(held.holder)?.name ?? held.holder : "";
      tip.textContent = `${held.name}: ${held.state} ${side} since ${held.since}, ${Math.round(held.confidence * 100)} % sure`;
      tip.style.left = `${event.point.x}px`;
      tip.style.top = `${event.point.y}px`;
    });
    warmap.gl.on("moveend", () => {
      this.count();
      const moved = { ...this.view, bbox: warmap.box() };
      this.view = moved;
      history.replaceState(null, "", address(moved));
    });
  }

  bind() {
    addEventListener("popstate", () => {
      const before = this.view;
      this.view = readView();
      this.view["on"] ||= desk.dataset["on"] ?? "";
      if (this.view["bbox"] && this.view["bbox"] !== before["bbox"]) this.map?.goToBox(this.view["bbox"]);
      void this.update(before, true);
    });
    document.getElementById("back")?.addEventListener("click", () => this.step(-1));
    document.getElementById("forth")?.addEventListener("click", () => this.step(1));
    document.getElementById("play")?.addEventListener("click", () => this.play());
    document.getElementById("now")?.addEventListener("click", () => this.go({ known: "" }));
    document.getElementById("same")?.addEventListener("click", () => this.go({ known: this.view["on"] ?? "" }));
    for (const key of ["on", "known"])
      document.getElementById(key)?.addEventListener("change", (event) => {
        const field = /** @type {HTMLInputElement} */ (event.target);
        if (field.value || key === "known") this.go({ [key]: field.value });
      });
    document.getElementById("goto")?.addEventListener("change", (event) => {
      const field = /** @type {HTMLInputElement} */ (event.target);
      const held = this.map?.held.find((each) => each.name.toLowerCase() === field.value.trim().toLowerCase());
      if (!held) return say(`No place on this day is called ${field.value}.`);
      this.map?.flyTo(held.place);
      this.go({ place: held.place, claim: "" });
    });
    const form = document.getElementById("filterform");
    form?.addEventListener("change", (event) => {
      const field = /** @type {HTMLSelectElement|HTMLInputElement} */ (event.target);
      const value = field instanceof HTMLInputElement ? (field.checked ? "1" : "") : field.value;
      this.go({ [field.name]: value, place: "", claim: "" });
    });
    form?.addEventListener("reset", () => this.go({ actor: "", state: "", country: "", kind: "", source: "", standing: "", findings: "" }));
    bindKeys({ step: (days) => this.step(days), play: () => this.play(), review: (key) => this.mode === "review" && this.review.key(key) });
    this.timeline?.set(dayNumber(this.view["on"] ?? ""), this.view["known"] ? dayNumber(this.view["known"]) : null);
  }

  /** @param {number} days */
  step(days) {
    const day = dayNumber(this.view["on"] ?? "") + days;
    this.go({ on: dayText(day) });
    void this.control({ ...this.view, on: dayText(day + days) });
  }

  play() {
    const button = document.getElementById("play");
    if (this.playing) {
      clearInterval(this.playing);
      this.playing = 0;
      void this.inspect();
    } else {
      const last = desk.dataset["last"] ?? "";
      if ((this.view["on"] ?? "") >= last) this.go({ on: desk.dataset["first"] ?? "" });
      this.playing = window.setInterval(() => {
        const next = dayText(dayNumber(this.view["on"] ?? "") + 1);
        if (next > last) return this.play();
        this.go({ on: next }, false);
        void this.control({ ...this.view, on: dayText(dayNumber(next) + 1) });
      }, 900);
    }
    button?.setAttribute("aria-pressed", String(Boolean(this.playing)));
    if (button) button.textContent = this.playing ? "❚❚ Pause" : "▶ Play";
  }

  /** The review's claim: its place is marked and brought into view. @param {string} place @param {string} _claim */
  focus(place, _claim) {
    this.map?.select(place);
    this.map?.flyTo(place);
  }

  /** Somebody added to the ledger: what is shown is asked for again. @param {string} version */
  async refresh(version) {
    if (version === this.version) return;
    this.version = version;
    this.kept.clear();
    const control = await this.control();
    await this.map?.show(control);
    this.describe(control);
    desk.dataset["version"] = version;
  }

  async poll() {
    if (document.hidden) return;
    try {
      const { version } = await getJson("/version.json");
      if (version !== this.version) {
        await this.refresh(version);
        if (this.regroup.busy) say("The ledger has changed; your choice stays as it is.");
        else if (this.mode !== "review") void this.inspect();
        else await this.review.sync();
      }
    } catch {
      // The server may be restarting; the next poll tells.
    }
  }
}

new Room().start().catch((error) => say(String(error)));
