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

  document.addEventListener("click", (event) => {
    const link = event.target.closest(':is(.standing, .parts) a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    reveal(link.hash.slice(1));
  });

  // What was refused is seen, also where it was folded away.
  for (const fault of document.querySelectorAll("details .errorlist")) fault.closest("details").open = true;
})();
