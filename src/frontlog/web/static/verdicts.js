// A verdict goes to the ledger with its author's name, from the review queue and from pages of incidents alike.
import { say } from "./state.js";

const NAME = "frontlog-author";

/** @typedef {{decision: {id: string}, meanwhile: {author: string, action: string}[], version: string}} Answer */

/** Offers the name used last on this machine, and keeps the one given. @param {HTMLInputElement} field */
export function remember(field) {
  field.value = localStorage.getItem(NAME) ?? field.value;
  field.addEventListener("change", () => localStorage.setItem(NAME, field.value));
}

/**
 * Sends a verdict; says why and gives null where it is not taken.
 * @param {{action: string, subject: string, changes?: Record<string, unknown>, reason?: string}} verdict
 * @param {HTMLInputElement|null} field @returns {Promise<Answer|null>}
 */
export async function send(verdict, field) {
  const author = field?.value.trim();
  if (!author) {
    say("Give your name first: every verdict has an author.");
    field?.focus();
    return null;
  }
  const answer = await fetch("/decisions", {
    method: "POST", headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ changes: {}, reason: "", ...verdict, author }),
  });
  if (answer.ok) return answer.json();
  say(`Not saved: ${await why(answer)}`);
  return null;
}

/** @param {Response} answer */
async function why(answer) {
  const text = await answer.text();
  try {
    const { detail } = JSON.parse(text);
    return typeof detail === "string" ? detail : detail.map((/** @type {{msg: string}} */ each) => each.msg).join("; ");
  } catch {
    return text || String(answer.status);
  }
}
