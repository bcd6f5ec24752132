// The review queue: one claim at a time, one key a verdict; each verdict is sent at once and moves on by itself.
import { getJson, say } from "./state.js";
import { remember, send } from "./verdicts.js";

/** @typedef {import("./inspector.js").Inspector} Inspector */
const FIELDS = ["kind", "standing", "extent", "when"];

export class Review {
  /** @param {Inspector} inspector @param {{focus: (place: string, claim: string) => void, changed: (version: string) => Promise<void>}} tell */
  constructor(inspector, tell) {
    this.inspector = inspector;
    this.tell = tell;
    /** @type {HTMLElement[]} */
    this.items = [];
    this.at = 0;
    /** @type {{decision: string, claim: string}[]} */
    this.mine = [];
    inspector.box.addEventListener("click", (event) => this.click(event));
    document.getElementById("correctform")?.addEventListener("submit", (event) => this.save(event));
    document.getElementById("uncorrect")?.addEventListener("click", () => this.dialog()?.close());
  }

  dialog() { return /** @type {HTMLDialogElement|null} */ (document.getElementById("correct")); }

  form() { return /** @type {HTMLFormElement} */ (document.getElementById("correctform")); }

  /** Takes hold of the queue that the inspector has just been given. */
  attach() {
    this.items = [...this.inspector.box.querySelectorAll("#queue > li[data-claim]")].map((item) => /** @type {HTMLElement} */ (item));
    const author = this.author();
    if (author) remember(author);
    document.getElementById("undo")?.addEventListener("click", () => void this.undo());
    this.at = -1;
    this.move(1);
  }

  author() { return /** @type {HTMLInputElement|null} */ (document.getElementById("author")); }

  get current() { return this.items[this.at]; }

  /** To the next or previous claim without a verdict. @param {number} way */
  move(way) {
    let at = this.at + way;
    while (this.items[at]?.classList.contains("done")) at += way;
    if (!this.items[at]) {
      if (way > 0 && this.items.length && this.items.every((item) => item.classList.contains("done"))) say("The queue is done. Reload for more.");
      return;
    }
    this.to(at);
  }

  /** @param {number} at */
  to(at) {
    this.current?.removeAttribute("aria-current");
    this.at = at;
    const item = this.current;
    if (!item) return;
    item.setAttribute("aria-current", "true");
    item.scrollIntoView({ block: "nearest" });
    this.tell.focus(item.dataset["place"] ?? "", item.dataset["claim"] ?? "");
  }

  /** Shows the current claim's place again, once there is a map. */
  refocus() {
    if (this.current) this.to(this.at);
  }

  /** @param {string} key @returns {boolean} whether the key meant something */
  key(key) {
    const acts = /** @type {Record<string, () => void>} */ ({
      j: () => this.move(1), k: () => this.move(-1), s: () => this.move(1), u: () => void this.undo(),
      a: () => void this.verdict("accept"), r: () => void this.verdict("reject"), e: () => this.correct(),
    });
    const act = acts[key];
    act?.();
    return Boolean(act);
  }

  /** @param {Event} event */
  click(event) {
    const target = /** @type {Element} */ (event.target);
    const item = /** @type {HTMLElement|null} */ (target.closest("#queue > li[data-claim]"));
    if (!item) return;
    const act = target.closest("button")?.dataset["do"];
    if (target.closest("a") && !act) return;
    this.to(this.items.indexOf(item));
    if (act) this.key({ accept: "a", reject: "r", correct: "e", skip: "s" }[act] ?? "");
  }

  correct() {
    const item = this.current, dialog = this.dialog();
    if (!item || !dialog) return;
    const form = this.form();
    form.reset();
    for (const name of FIELDS) field(form, name).value = item.dataset[name] ?? "";
    dialog.showModal();
  }

  /** Sends only what was altered. @param {Event} event */
  save(event) {
    event.preventDefault();
    const item = this.current;
    if (!item) return;
    const form = this.form();
    /** @type {Record<string, string|string[]|null>} */
    const changes = {};
    for (const name of FIELDS) {
      const value = field(form, name).value.trim();
      if (value !== (item.dataset[name] ?? "")) changes[name] = value || null;
    }
    if (field(form, "agent").value) changes["agent"] = [field(form, "agent").value];
    if (field(form, "place").value.trim()) changes["place"] = field(form, "place").value.trim();
    if (!Object.keys(changes).length) return say("Nothing was altered.");
    this.dialog()?.close();
    void this.verdict("correct", changes, field(form, "reason").value);
  }

  /** @param {string} action @param {Record<string, unknown>} [changes] @param {string} [reason] */
  async verdict(action, changes = {}, reason = "") {
    const item = this.current;
    if (!item) return;
    if (item.classList.contains("done")) return say("This claim has a verdict; u takes it back.");
    const claim = item.dataset["claim"] ?? "";
    item.classList.add("done");
    this.move(1);
    const answer = await send({ action, subject: claim, changes, reason }, this.author());
    if (!answer) {
      item.classList.remove("done");
      return;
    }
    item.dataset["verdict"] = action;
    const tag = document.createElement("span");
    tag.className = `tag ${action === "reject" ? "bad" : "good"}`;
    tag.textContent = { accept: "✓ accepted", reject: "✕ rejected" }[action] ?? "✎ corrected";
    item.querySelector(".head")?.append(tag);
    this.mine.push({ decision: answer.decision.id, claim });
    this.told(answer);
    await this.tell.changed(answer.version);
    await this.remaining(-1);
  }

  async undo() {
    const last = this.mine.pop();
    if (!last) return say("There is no verdict of yours to undo on this page.");
    const answer = await send({ action: "undo", subject: last.decision }, this.author());
    if (!answer) return void this.mine.push(last);
    const at = this.items.findIndex((item) => item.dataset["claim"] === last.claim);
    const item = this.items[at];
    if (item) {
      item.classList.remove("done");
      delete item.dataset["verdict"];
      item.querySelector(".head > .tag:last-child")?.remove();
      this.to(at);
    }
    await this.tell.changed(answer.version);
    await this.remaining(1);
  }

  /** @param {{meanwhile: {author: string, action: string}[]}} answer */
  told(answer) {
    const other = answer.meanwhile.at(-1);
    if (other) say(`${other.author} also decided on this claim (${other.action}); both are kept, yours is the newer.`);
  }

  /** @param {number} by */
  async remaining(by) {
    const count = document.getElementById("waiting");
    if (count) count.textContent = String(Math.max(0, Number(count.textContent) + by));
  }

  /** Marks what others decided since the queue was made. */
  async sync() {
    const { decisions } = await getJson("/decisions.json");
    const me = this.author()?.value.trim();
    for (const { subject, action, author } of decisions) {
      const item = this.items.find((each) => each.dataset["claim"] === subject);
      if (!item || author === me || item.dataset["others"] === author + action || item.classList.contains("done")) continue;
      item.dataset["others"] = author + action;
      const tag = document.createElement("span");
      tag.className = "tag warn";
      tag.textContent = `${author}: ${action}`;
      item.querySelector(".why")?.append(" ", tag);
    }
  }
}

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}
