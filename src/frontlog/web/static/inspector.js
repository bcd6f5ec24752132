// The inspector shows parts of the server's own pages, so that a place reads the same here and on its page.
import { say } from "./state.js";

export class Inspector {
  /** @param {HTMLElement} box @param {(place: string) => void} open @param {boolean} links */
  constructor(box, open, links) {
    this.box = box;
    this.turn = 0;
    box.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      const path = link?.getAttribute("href") ?? "";
      const found = /^\/place\/([^?.]+)(\?|$)/.exec(path);
      if (!found || event.ctrlKey || event.metaKey || link?.textContent === "Permanent page") return;
      event.preventDefault();
      open(decodeURIComponent(found[1] ?? ""));
    });
    this.links = links;
  }

  /** @param {string} address @returns {Promise<boolean>} whether it is shown, and nothing newer was asked for */
  async show(address) {
    const turn = ++this.turn;
    try {
      const answer = await fetch(`${address}&part=1`, { headers: { accept: "text/html" } });
      const text = await answer.text();
      if (turn !== this.turn) return false;
      const parsed = new DOMParser().parseFromString(text, "text/html");
      if (!this.links) for (const link of parsed.querySelectorAll("a")) link.setAttribute("target", "_blank");
      this.box.replaceChildren(...parsed.body.childNodes);
      this.box.scrollTop = 0;
      return true;
    } catch (error) {
      say(String(error));
      return false;
    }
  }
}
