/* The page of a testimony: styles of citation, what copied words bring along, original or translation, sharing, paper. */

// Storage may be closed to the page; the choice then holds for this page only.
const stored = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};

/* Styles of citation, remembered in this browser, and copying with one click. */
const box = document.querySelector("#cite");
if (box) {
  const key = "citation style";
  const links = [...box.querySelectorAll("a[data-style]")];
  const citations = [...box.querySelectorAll(".citation[data-style]")];

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

  /* The sheet of the device, where there is one, and the printer. */
  const shares = {
    device: navigator.share && (({ title, address }) => navigator.share({ title, url: address }).catch(() => {})),
    print: () => print(),
  };
  for (const one of box.querySelectorAll(".share button")) {
    one.hidden = !shares[one.value];
    one.addEventListener("click", () => shares[one.value](one.dataset));
  }
}

const words = document.querySelector(".words[data-citation]");

/* Words that are copied bring their citation along, with the address of the first passage. */
const wish = document.querySelector("#keys [name=copying]");
if (words && wish) {
  const FEWEST = 5; // fewer words are looked up somewhere, not quoted

  // A selection by three clicks ends at the beginning of whatever stands next.
  const within = (range) => {
    const clipped = range.cloneRange();
    if (!words.contains(range.startContainer)) clipped.setStartBefore(words.firstElementChild);
    if (!words.contains(range.endContainer)) clipped.setEndAfter(words.lastElementChild);
    return `${clipped}`.trim() === `${range}`.trim();
  };
  const touched = (range) =>
    [...words.querySelectorAll(".said")].filter((said) => {
      const part = document.createRange();
      part.selectNodeContents(said);
      const [ends, begins] = [Range.START_TO_END, Range.END_TO_START].map((how) => range.compareBoundaryPoints(how, part));
      return ends > 0 && begins < 0 && said.offsetParent;
    });
  const translators = (passages) => {
    const languages = new Set(passages.map((said) => said.closest(".translated")?.lang).filter(Boolean));
    return [...languages].map((tag) => words.querySelector(`[data-of="${tag}"]`)?.textContent ?? "");
  };

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!wish.checked || !selection.rangeCount || `${selection}`.trim().split(/\s+/).length < FEWEST) return;
    const range = selection.getRangeAt(0);
    const passages = within(range) ? touched(range) : [];
    if (!passages.length) return;
    const address = `${words.dataset.address}#${passages[0].closest("[id]").id}`;
    const citation = [words.dataset.citation, ...translators(passages)].join(" ");
    const copied = document.createElement("div");
    copied.append(range.cloneContents());
    for (const one of copied.querySelectorAll(".anchor, .hidden, .switch")) one.remove();
    const link = Object.assign(document.createElement("a"), { href: address, textContent: address });
    const behind = document.createElement("p");
    behind.append(`${citation} `, link);
    copied.append(behind);
    event.clipboardData.setData("text/plain", `${`${selection}`.trim()}\n\n${citation} ${address}`);
    event.clipboardData.setData("text/html", copied.innerHTML);
    event.preventDefault();
  });
  for (const said of document.querySelectorAll(".brings")) said.hidden = false;
}

/* Original, translation or both; what is read stays where it is on the screen. */
const choices = words?.querySelector(".switch");
if (choices) {
  const key = "words shown";
  const buttons = [...choices.querySelectorAll("button")];

  const show = (chosen) => {
    if (buttons.some((one) => one.value === chosen)) words.dataset.shown = chosen;
    const shown = buttons.findIndex((one) => one.value === words.dataset.shown);
    buttons.forEach((button, number) => {
      button.setAttribute("aria-pressed", number === shown);
      // The key goes on to the next of them.
      if (number === (shown + 1) % buttons.length) button.setAttribute("aria-keyshortcuts", "t");
      else button.removeAttribute("aria-keyshortcuts");
    });
  };
  const keepingPlace = (act) => {
    const LINE = 24; // pixels; of what shows less nobody reads
    const edge = Math.max(0, choices.getBoundingClientRect().bottom);
    const ends = (one) => one.getBoundingClientRect().bottom;
    const passage = [...words.querySelectorAll(".passage")].find((one) => ends(one) > edge + LINE);
    const before = passage?.getBoundingClientRect();
    act();
    if (!before || before.top > innerHeight) return;
    const after = passage.getBoundingClientRect();
    // Within a passage that began above, the same part of it.
    const read = Math.max(0, edge - before.top) / before.height;
    const wanted = read ? edge - read * after.height : before.top;
    scrollBy({ top: after.top - wanted, behavior: "instant" });
  };

  // A link to a passage that is not shown now shows it, without that being remembered.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || target.offsetParent || !words.contains(target)) return;
    show("both");
    target.scrollIntoView();
  };

  show("both");
  show(stored((storage) => storage.getItem(key)));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      stored((storage) => storage.setItem(key, button.value));
      keepingPlace(() => show(button.value));
    });
  }
  choices.hidden = false;
  reveal();
  addEventListener("hashchange", reveal);
}

// The date of access on paper: only the reader's own clock knows it, since pages are kept in caches.
addEventListener("beforeprint", () => {
  const today = new Date().toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  for (const place of document.querySelectorAll(".today")) place.textContent = `, ${place.dataset.before} ${today}`;
});
