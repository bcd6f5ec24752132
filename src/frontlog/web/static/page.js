// What every other page needs: the search key, and the help that the map room also has.
addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || at.closest("input, select, textarea")) return;
  document.getElementById("search")?.focus();
  event.preventDefault();
});
