// What every other page needs: the search key, and putting incidents right.
import { Regroup } from "./regroup.js";

new Regroup(async () => location.reload()).attach(document);
addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || at.closest("input, select, textarea")) return;
  document.getElementById("search")?.focus();
  event.preventDefault();
});
