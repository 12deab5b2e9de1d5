/* What every page can do: change its colours, offer names in its search box, obey keys, and be left quickly. */

// Storage may be closed to the page; what was chosen then holds for this page only.
const stored = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};
const remember = (key, value, usual) =>
  stored((storage) => (value === usual ? storage.removeItem(key) : storage.setItem(key, value)));

/* The three-way switch of colours. What was chosen stays in this browser. Without script they follow the system. */
{
  const key = "theme";
  const root = document.documentElement;
  const buttons = document.querySelectorAll(".theme button");
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "auto")));
    }
  };

  show(stored((storage) => storage.getItem(key)));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      remember(key, button.value, "auto");
      show(button.value);
    });
  }
  for (const group of document.querySelectorAll(".theme")) group.hidden = false;
  addEventListener("storage", (event) => {
    if (event.key === key) show(event.newValue);
  });
}

/* The script that offers names is fetched when a search box is entered: most readers never do. What the box is, is said before. */
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-keyshortcuts": "/" };
  for (const [name, value] of Object.entries(said)) box.setAttribute(name, value);
  const offer = async () => (await import(box.dataset.script)).offerNames(box);
  if (box === document.activeElement) offer();
  else box.addEventListener("focus", offer, { once: true });
}

/* Leaving quickly: the neutral site takes the page's place in the history. What was read is gone at once, also while that loads. */
const leave = document.querySelector(".leave a");
if (leave) {
  const PRESSES = 3;
  const WITHIN = 2000; // milliseconds
  let presses = [];

  const go = (event) => {
    event.preventDefault(); // Escape would stop what begins to load
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(leave.href);
  };

  leave.addEventListener("click", go);
  const count = (event) => {
    if (event.repeat) return;
    presses = event.key === "Escape" ? [...presses, event.timeStamp].slice(-PRESSES) : [];
    if (presses.length === PRESSES && event.timeStamp - presses[0] < WITHIN) go(event);
  };
  addEventListener("keydown", count, { capture: true });
}

/* Keys of one sign, which can be turned off (WCAG 2.1.4), and the box that tells of them. */
const keys = document.querySelector("#keys");
if (keys) {
  for (const choice of keys.querySelectorAll("input")) {
    choice.checked = stored((storage) => storage.getItem(choice.name)) !== "off";
    choice.addEventListener("change", () => remember(choice.name, choice.checked ? "on" : "off", "on"));
  }
  for (const button of document.querySelectorAll("[data-opens=keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }

  // From the item that has the focus, if it can be seen; else from the first whose beginning can.
  const step = (by) => {
    const items = [...document.querySelectorAll("main :is(.passage, .card, .lines > li)")];
    const seen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const top = (item) => item.getBoundingClientRect().top;
    const here = items.findIndex((item) => item.contains(document.activeElement) && seen(item.getBoundingClientRect()));
    const below = items.findIndex((item) => top(item) >= 0);
    const item = items[here >= 0 ? here + by : by > 0 ? below : (below < 0 ? items.length : below) - 1];
    item?.scrollIntoView();
    [...(item?.querySelectorAll("a") ?? [])].find((link) => link.offsetParent)?.focus({ preventScroll: true });
  };

  // What says itself by which key it is reached is entered or pressed.
  const reach = (key) => {
    const wanted = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
    if (wanted?.matches("input")) wanted.select();
    wanted?.[wanted.matches("input") ? "focus" : "click"]();
    return wanted;
  };

  const acts = { j: () => step(1), k: () => step(-1), "?": () => keys.showModal() };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
    if (!keys.querySelector("[name=keys]").checked) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    // On a keyboard with other letters those keys count that have these letters elsewhere.
    const isOther = event.key > "~" && event.code.startsWith("Key") && !event.shiftKey;
    const key = isOther ? event.code[3].toLowerCase() : event.key;
    if (key in acts) acts[key]();
    else if (key.length > 1 || !reach(key)) return;
    event.preventDefault();
  });
}
