/* Translations beside the words, passage by passage. Without this script each is one text with empty lines in it. */
"use strict";

(() => {
  const known = document.getElementById("kept");
  const form = known?.closest("form");
  if (!form) return;
  const sentences = JSON.parse(known.dataset.sentences);
  const BLANK = /\n[^\S\n]*(?:\n\s*)+/;
  const paragraphs = (text) => text.split(BLANK).map((one) => one.trim()).filter(Boolean);
  const words = () => [...form.querySelectorAll("#segments-group .inline-related:not(.empty-form) textarea[name$='-text']")]
    .filter((one) => !one.closest(".inline-related").querySelector("[name$='-DELETE']:checked"))
    .flatMap((one) => paragraphs(one.value));
  const fill = (sentence, ...values) => values.reduce((text, value) => text.replace("%s", value), sentence);

  const lay = (whole) => {
    const rows = document.createElement("div");
    const warning = Object.assign(document.createElement("p"), { className: "uneven" });
    rows.className = "passages";
    warning.setAttribute("role", "status");
    whole.after(rows, warning);
    whole.hidden = true;
    const cells = () => [...rows.querySelectorAll("textarea")];

    const tell = () => {
      const said = words().length, translated = paragraphs(whole.value).length;
      warning.textContent = whole.value.trim() && said !== translated ? fill(sentences.uneven, said, translated) : "";
    };
    const gather = () => {
      whole.value = cells().map((one) => one.value.trim()).filter(Boolean).join("\n\n");
      tell();
    };
    const add = (translated = "") => {
      const number = cells().length + 1;
      const cell = Object.assign(document.createElement("textarea"), { className: "quoted", value: translated, oninput: gather });
      cell.setAttribute("aria-label", fill(sentences.passage, number));
      rows.append(Object.assign(document.createElement("p"), { className: "original" }), cell);
    };
    // Cells that are there stay: somebody may be typing in one.
    const draw = () => {
      const said = words();
      const most = Math.max(said.length, cells().findLastIndex((one) => one.value) + 1, 1);
      while (cells().length < most) add();
      while (cells().length > most) rows.lastChild.remove(), rows.lastChild.remove();
      rows.querySelectorAll(".original").forEach((one, number) => {
        one.textContent = said[number] ?? "–";
        one.lang = form.elements.language_printed?.value ?? "";
      });
      tell();
    };
    paragraphs(whole.value).forEach((one) => add(one));
    form.addEventListener("change", (event) => rows.contains(event.target) || draw());
    draw();
  };

  const ready = (part) => part.querySelectorAll("textarea[name^='translations-'][name$='-text']:not([name*='__prefix__'])").forEach(lay);
  const group = document.getElementById("translations-group");
  if (!group) return;
  ready(group);
  if (group.querySelector(".inline-related:not(.empty-form)")) group.querySelector("details").open = true;
  document.addEventListener("formset:added", (event) => event.target.id.startsWith("translations-") && ready(event.target));
})();
