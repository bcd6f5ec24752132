// The view is its address: what is read from it, and how it is written back.
/** @typedef {Record<string, string>} View */

export const KEYS = ["on", "known", "from", "to", "bbox", "actor", "state", "country", "kind", "source", "standing", "findings", "place", "claim"];

/** @returns {View} */
export function readView() {
  const found = new URLSearchParams(location.search);
  /** @type {View} */
  const view = {};
  for (const key of KEYS) view[key] = found.get(key) ?? "";
  return view;
}

/** @param {View} view */
export function address(view) {
  const query = new URLSearchParams();
  for (const key of KEYS) if (view[key]) query.set(key, view[key] ?? "");
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return location.pathname + (text ? `?${text}` : "");
}

/** @param {View} view @param {string[]} keys @param {Record<string, string>} [more] */
export function queryOf(view, keys, more = {}) {
  const query = new URLSearchParams(more);
  for (const key of keys) if (view[key]) query.set(key, view[key] ?? "");
  return query.toString();
}

/** Days are counted from 1 January 1970. @param {string} day */
export function dayNumber(day) {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86400000);
}

/** @param {number} number */
export function dayText(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** @param {string} day */
export function longDay(day) {
  return LONG.format(new Date(`${day}T00:00:00Z`));
}

/** Fetches JSON, and says what went wrong in words. @param {string} address @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function getJson(address, signal) {
  const answer = await fetch(address, { signal: signal ?? null, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** @param {string} text */
export function say(text) {
  const toast = document.getElementById("toast");
  if (!toast) return;
  toast.textContent = text;
  setTimeout(() => { if (toast.textContent === text) toast.textContent = ""; }, 6000);
}
