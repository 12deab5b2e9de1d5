/* The date of access on paper: only the reader's own clock knows it, since pages are kept in caches. */
"use strict";

addEventListener("beforeprint", () => {
  const today = new Date().toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  for (const place of document.querySelectorAll(".today")) place.textContent = `, ${place.dataset.before} ${today}`;
});
