/* What every page can do: change its colours, and offer names in its search box. Without script it follows the system. */

/* The three-way switch of colours. What was chosen stays in this browser. */
{
  const key = "theme";
  const root = document.documentElement;

  // Storage may be closed to the page; the switch then holds for this page only.
  const remembered = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = (theme) => {
    try {
      if (theme === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch {
      /* nothing to do: see above */
    }
  };

  const buttons = document.querySelectorAll(".theme button");
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "auto")));
    }
  };

  show(remembered());
  for (const button of buttons) {
    button.addEventListener("click", () => {
      remember(button.value);
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
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  const offer = async () => (await import(box.dataset.script)).offerNames(box);
  if (box === document.activeElement) offer();
  else box.addEventListener("focus", offer, { once: true });
}
