/* The page of a testimony says every half minute that it is open, and shows who else has it open. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const shown = document.querySelector("[data-presence]");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (!shown || !token) return;
  const tell = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(shown.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token.value } });
      if (answer.ok && !answer.redirected) shown.textContent = (await answer.json()).others;
    } catch {
      // The connection is gone: whoever else is there is not known until it comes back.
    }
  };
  setInterval(tell, 30_000);
  document.addEventListener("visibilitychange", tell);
});
