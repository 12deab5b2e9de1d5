/* Entering a testimony: by keyboard alone, the source by its address, records made from the name that was typed. */
"use strict";

(() => {
  const PAUSE = 300;
  const $ = django.jQuery;
  const known = document.getElementById("kept");
  const form = known?.closest("form");
  if (!form) return;
  const sentences = JSON.parse(known.dataset.sentences);
  const make = (tag, more, ...inside) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...inside);
    return made;
  };
  const choose = (select, { id, text }) => {
    $(select).find("option").filter((_, one) => one.value === String(id)).remove();
    select.add(new Option(text, id, true, true));
    $(select).trigger("change");
  };

  // Ctrl+S saves; Alt and a number lead to a section.
  document.addEventListener("keydown", (event) => {
    const digit = event.altKey && !event.ctrlKey && /^Digit([1-9])$/.exec(event.code);
    const link = digit && document.querySelectorAll(".parts a")[digit[1] - 1];
    const save = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
    if (link) link.click();
    else if (save) form.requestSubmit(form.elements._save);
    else return;
    event.preventDefault();
  });

  // The address first: a source that is held is chosen, another one is entered with it.
  const address = form.elements.address;
  const source = form.elements.source;
  const enter = document.getElementById("add_id_source");
  if (address && source) {
    const answer = make("p", { className: "answer", role: "status" });
    let timer, asked;
    address.after(answer);

    const tell = (sources) => {
      const [only, ...more] = sources;
      if (only && !more.length && !source.value) choose(source, only);
      const chosen = sources.find((one) => String(one.id) === source.value);
      if (chosen) return answer.replaceChildren(sentences.held.replace("%s", chosen.text));
      const buttons = sources.map((one) =>
        make("button", { type: "button", className: "button", onclick: () => (choose(source, one), tell(sources)) }, sentences.choose.replace("%s", one.text)));
      const add = make("button", { type: "button", className: "button", onclick: () => enter.click() }, sentences.enter);
      answer.replaceChildren(...(sources.length ? buttons : [sentences.not_held, " ", ...(enter ? [add] : [])]));
    };

    const ask = async () => {
      const typed = address.value.trim();
      if (enter) {
        const link = new URL(enter.href);
        link.searchParams.set("url", typed);
        enter.href = link.href;
      }
      asked?.abort();
      asked = new AbortController();
      if (!typed) return answer.replaceChildren();
      try {
        const found = await fetch(`${known.dataset.held}?address=${encodeURIComponent(typed)}`, { signal: asked.signal });
        tell((await found.json()).sources);
      } catch {
        answer.replaceChildren();
      }
    };

    address.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    if (address.value) ask(); // typed before this script was there, or continued
    $(source).on("change", () => source.value && answer.replaceChildren());
  }

  // "New: …" at the end of the choices makes the record.
  $(form).on("select2:select", async ({ target, params: { data } }) => {
    if (!String(data.id).startsWith("new:")) return;
    const name = data.id.slice(4);
    const kind = target.name === "tags" ? "tag" : target.name.split("-").pop();
    const body = new URLSearchParams({ kind, name, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    $(target).find("option").filter((_, one) => one.value === data.id).remove();
    target.closest(".form-row").querySelector(".errorlist.made")?.remove();
    const made = await fetch(known.dataset.name, { method: "POST", body }).then((answer) => answer.json()).catch(() => ({ fault: sentences.offline }));
    if (made.id) return choose(target, made);
    $(target).trigger("change");
    target.closest(".related-widget-wrapper").before(make("ul", { className: "errorlist made" }, make("li", { role: "alert" }, made.fault)));
  });
})();
