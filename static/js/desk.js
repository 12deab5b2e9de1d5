/* The desk: a link to a field opens the folded part that it stands in. Without this script the page works the same. */
"use strict";

(() => {
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    const shown = target.closest(".form-row") ?? target;
    shown.scrollIntoView({ block: "center" });
    (target.matches("input, select, textarea") ? target : target.querySelector("textarea, select, input:not([type=hidden])"))?.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('.standing a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    reveal(link.hash.slice(1));
  });

  // What was refused is seen, also where it was folded away.
  for (const fault of document.querySelectorAll("details .errorlist")) fault.closest("details").open = true;
})();
