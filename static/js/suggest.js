/* Names the archive knows, while somebody types in the combobox of page.js. What is typed is never changed. */

const PAUSE = 150;
const FEWEST = 2;

const set = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
const make = (tag, attributes, ...inside) => {
  const made = set(document.createElement(tag), attributes);
  made.append(...inside);
  return made;
};

export const offerNames = (box) => {
  const label = box.labels[0].textContent;
  const list = make("ul", { id: `${box.id}-names`, class: "offered", role: "listbox", "aria-label": label, hidden: "" });
  box.setAttribute("aria-controls", list.id);
  box.after(list);

  let active = -1;
  let asked, timer;

  const mark = (number) => {
    active = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === number));
    const item = list.children[number];
    item?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", item?.id ?? "");
  };

  const open = (isOpen) => {
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", isOpen);
    mark(-1);
  };

  const option = ({ name, form, lang, label, url }, number) =>
    make("li", { id: `${list.id}-${number}`, role: "option", "data-url": url },
      make("span", { lang: form ? "" : lang }, name), " ",
      make("span", { lang, class: "quiet" }, form), " ",
      make("span", { class: "quiet kind" }, label));

  const show = (found) => {
    list.replaceChildren(...found.map(option));
    open(found.length > 0);
  };

  const ask = async () => {
    const { signal } = (asked = new AbortController());
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`, { signal });
      const { names } = await answer.json();
      if (document.activeElement === box) show(names);
    } catch {
      if (!signal.aborted) show([]);
    }
  };

  const go = (item) => location.assign(item.dataset.url);

  box.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    if (box.value.trim().length < FEWEST) show([]);
    else timer = setTimeout(ask, PAUSE);
  });

  box.addEventListener("keydown", (event) => {
    const places = list.children.length + 1; // one of them in the box
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || places < 2) return;
    if (step) {
      const next = ((active + 1 + step + places) % places) - 1;
      open(true);
      mark(next);
    } else if (event.key === "Enter" && active >= 0) go(list.children[active]);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });

  box.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(event.target.closest("li")));
  if (box.value !== box.defaultValue) ask(); // typed before this script came
};
