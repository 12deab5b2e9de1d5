/* The page of a testimony: styles of citation, remembered in this browser, copying with one click; the day on paper. */
"use strict";

(() => {
  const key = "citation style";
  const box = document.querySelector("#cite");
  if (!box) return;
  const links = [...box.querySelectorAll("a[data-style]")];
  const citations = [...box.querySelectorAll(".citation[data-style]")];

  // Storage may be closed to the page; the choice then holds for this page only.
  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };

  const show = (style) => {
    if (!citations.some((one) => one.dataset.style === style)) return;
    for (const one of citations) one.hidden = one.dataset.style !== style;
    for (const link of links) {
      if (link.dataset.style === style) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      stored((storage) => storage.setItem(key, link.dataset.style));
      show(link.dataset.style);
    });
  }
  // An address that names a style goes before what was chosen last.
  if (!new URLSearchParams(location.search).has("style")) show(stored((storage) => storage.getItem(key)));

  const shown = () => citations.find((one) => !one.hidden);
  const select = (element) => {
    const selection = getSelection();
    selection.selectAllChildren(element);
    return selection;
  };
  const copy = async (element) => {
    const kinds = { "text/html": element.innerHTML, "text/plain": element.textContent };
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } catch {
      // Over plain http browsers have only the older way.
      select(element);
      document.execCommand("copy");
    }
  };

  const place = box.querySelector(".copy");
  const button = place.querySelector("button");
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await copy(shown());
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
  place.setAttribute("aria-live", "polite");
  place.hidden = false;
})();

// The date of access on paper: only the reader's own clock knows it, since pages are kept in caches.
addEventListener("beforeprint", () => {
  const today = new Date().toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  for (const place of document.querySelectorAll(".today")) place.textContent = `, ${place.dataset.before} ${today}`;
});
