/* The page as readers will see it, beside the form; made anew whenever what was typed has been kept. */
"use strict";

(() => {
  const DESKTOP = 1280;
  const box = document.querySelector("details.readers");
  const frame = box?.querySelector("iframe");
  if (!frame) return;
  const holder = frame.parentElement;
  let isOld = true;

  const show = () => {
    if (!box.open || !isOld) return;
    isOld = false;
    const down = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, down), { once: true });
    // Replaced, not added to the history: "back" leads away from the form as before.
    if (frame.src) frame.contentWindow.location.replace(box.dataset.src);
    else frame.src = box.dataset.src;
  };

  const fit = () => holder.style.setProperty("--scale", Math.min(1, holder.clientWidth / DESKTOP));

  new ResizeObserver(fit).observe(holder);
  box.addEventListener("toggle", show);
  box.closest("form").addEventListener("unsaved:kept", () => {
    isOld = true;
    show();
  });
  for (const button of box.querySelectorAll(".widths button"))
    button.addEventListener("click", () => {
      holder.className = `frame ${button.value}`;
      for (const one of box.querySelectorAll(".widths button")) one.setAttribute("aria-pressed", one === button);
    });
  box.hidden = false;
  box.open = matchMedia("(min-width: 75rem)").matches;
})();
