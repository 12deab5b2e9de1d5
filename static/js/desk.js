/* The desk: a link to a field opens the folded part that it stands in. Without this script the page works the same. */
"use strict";

(() => {
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    (target.closest(".form-row") ?? target).scrollIntoView({ block: "center" });
    const field = target.matches("input, select, textarea") ? target : target.querySelector("textarea, select, input:not([type=hidden])");
    // Select2 puts a box of its own beside the field.
    const box = field?.matches(".select2-hidden-accessible") && field.parentElement.querySelector(".select2-selection");
    (box || field)?.focus({ preventScroll: true });
  };

  // Select2 leaves its boxes without the name of the field that they stand for.
  const name = (box) => {
    const field = box.closest(".select2-container")?.parentElement.querySelector("select.select2-hidden-accessible");
    const label = field?.labels[0]?.textContent.replace(/:\s*$/, "").trim();
    if (!label) return;
    for (const one of [box, ...box.querySelectorAll(".select2-selection__rendered:not(ul), .select2-search__field")]) {
      one.setAttribute("aria-label", label);
      one.removeAttribute("aria-labelledby");
    }
  };
  const nameAll = () => document.querySelectorAll(".select2-selection").forEach(name);
  const toName = new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((one) => one.querySelector?.(".select2-selection")))) nameAll();
  });
  toName.observe(document.body, { childList: true, subtree: true });
  nameAll();

  document.addEventListener("click", (event) => {
    const link = event.target.closest(':is(.standing, .parts) a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    reveal(link.hash.slice(1));
  });

  // What was refused is seen, also where it was folded away.
  for (const fault of document.querySelectorAll("details .errorlist")) fault.closest("details").open = true;
})();
