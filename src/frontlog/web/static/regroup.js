// Incidents put together and claims taken out of them: boxes that are ticked, a reason, one button each.
import { say } from "./state.js";
import { remember, send } from "./verdicts.js";

/** @typedef {HTMLInputElement} Box */

export class Regroup {
  /** @param {(version: string) => Promise<void>} changed shows what the ledger says now */
  constructor(changed) {
    this.changed = changed;
    /** @type {string[]} */
    this.mine = [];
    /** @type {HTMLDetailsElement|null} */
    this.form = null;
    this.open = false;
  }

  /** Takes hold of the form in what the inspector or the page has just been given. @param {ParentNode} box */
  attach(box) {
    const form = /** @type {HTMLDetailsElement|null} */ (box.querySelector("#regroup"));
    this.form = form;
    if (!form) return;
    form.open = this.open;
    form.addEventListener("toggle", () => { this.open = form.open; });
    remember(this.field("author"));
    this.button("merge").addEventListener("click", () => void this.merge());
    this.button("split").addEventListener("click", () => void this.split());
    this.button("undo").addEventListener("click", () => void this.undo());
    for (const each of this.boxes("incident", "claim")) each.addEventListener("change", () => this.describe());
    this.describe();
  }

  /** Whether somebody is at it: then nothing may be shown anew under their hands. */
  get busy() {
    return Boolean(this.form?.open && (this.chosen("incident").length || this.chosen("claim").length));
  }

  /** @param {string} name */
  field(name) { return /** @type {HTMLInputElement} */ (this.form?.querySelector(`[name=${name}]`)); }

  /** @param {string} name */
  button(name) { return /** @type {HTMLButtonElement} */ (this.form?.querySelector(`[data-do=${name}]`)); }

  /** @param {string[]} names @returns {Box[]} */
  boxes(...names) {
    const within = this.form?.parentElement ?? document;
    return names.flatMap((name) => [...within.querySelectorAll(`.choose input[name=${name}]`)].map((each) => /** @type {Box} */ (each)));
  }

  /** @param {string} name */
  chosen(name) { return this.boxes(name).filter((each) => each.checked); }

  /** What the buttons would do now. */
  describe() {
    const incidents = this.chosen("incident").length, claims = this.chosen("claim").length;
    this.button("merge").textContent = `Merge ${incidents || "the"} chosen incidents`;
    this.button("split").textContent = `Take ${claims || "the"} chosen claim${claims === 1 ? "" : "s"} out`;
    this.button("undo").disabled = !this.mine.length;
  }

  merge() {
    const chosen = this.chosen("incident");
    if (chosen.length < 2) return say("Choose two incidents or more: they become one.");
    // The page's own goes on, else the one most told; of equals, the one that stands first.
    const kept = chosen.find((each) => "own" in each.dataset) ?? chosen.reduce((best, each) => (Number(each.dataset["claims"]) > Number(best.dataset["claims"]) ? each : best));
    const others = chosen.filter((each) => each !== kept).map((each) => each.value);
    return this.decide({ action: "merge", subject: kept.value, changes: { with: others } }, `${chosen.length} incidents are one now.`);
  }

  split() {
    const chosen = this.chosen("claim"), of = chosen[0]?.dataset["incident"] ?? "";
    if (!chosen.length) return say("Choose the claims that tell of another happening.");
    if (chosen.some((each) => each.dataset["incident"] !== of)) return say("Choose claims of one incident at a time.");
    return this.decide({ action: "split", subject: of, changes: { claims: chosen.map((each) => each.value) } },
      `${chosen.length === 1 ? "The claim is" : "The claims are"} an incident of their own now.`);
  }

  /** @param {{action: string, subject: string, changes: Record<string, unknown>}} verdict @param {string} done */
  async decide(verdict, done) {
    const reason = this.field("reason").value.trim();
    if (!reason) {
      say("Give a reason: others will ask why.");
      return this.field("reason").focus();
    }
    const answer = await send({ ...verdict, reason }, this.field("author"));
    if (!answer) return;
    this.mine.push(answer.decision.id);
    await this.changed(answer.version);
    const other = answer.meanwhile.at(-1);
    say(other ? `${done} ${other.author} also decided on it (${other.action}); both are kept.` : done);
    this.form?.querySelector("summary")?.focus();
  }

  async undo() {
    const last = this.mine.at(-1);
    if (!last) return;
    const answer = await send({ action: "undo", subject: last }, this.field("author"));
    if (!answer) return;
    this.mine.pop();
    await this.changed(answer.version);
    say("Taken back.");
    this.form?.querySelector("summary")?.focus();
  }
}
