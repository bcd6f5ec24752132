// One key, one act; none while somebody types.

/** @param {{step: (days: number) => void, play: () => void, review: (key: string) => boolean|void}} act */
export function bindKeys(act) {
  addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (at.closest("input, select, textarea, dialog")) return;
    if (pressed(event, at, act)) event.preventDefault();
  });
}

/** @param {KeyboardEvent} event @param {Element} at @param {Parameters<typeof bindKeys>[0]} act @returns {boolean} */
function pressed(event, at, act) {
  switch (event.key) {
    case "[": act.step(-1); return true;
    case "]": act.step(1); return true;
    case " ":
      if (at.closest("button, a, summary, [role=slider]")) return false;
      act.play();
      return true;
    case "/": document.getElementById("search")?.focus(); return true;
    case "?": /** @type {HTMLDialogElement|null} */ (document.getElementById("help"))?.showModal(); return true;
    default: return Boolean(act.review(event.key));
  }
}
