/* A file on its way: refused beforehand if it is too large or of another kind, then shown how far it has gone.
   Without this script the form is sent as any other, and the server says the same. */
"use strict";

(() => {
  const fault = (input) => {
    const file = input.files[0];
    if (!file) return "";
    if (file.size > Number(input.dataset.mostBytes)) return input.dataset.tooLarge;
    const kinds = input.accept.split(",");
    return kinds.some((kind) => file.name.toLowerCase().endsWith(kind)) ? "" : input.dataset.otherKind;
  };

  const show = (request) => {
    history.replaceState(null, "", request.responseURL);
    document.open();
    document.write(request.responseText);
    document.close();
  };

  const send = (form, button, input) => {
    const bar = document.createElement("progress");
    const words = document.createElement("output");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", input.files[0].name);
    for (const old of form.querySelectorAll("progress, output")) old.remove();
    input.after(bar, words);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = event.loaded / event.total;
      words.textContent = `${Math.floor(100 * bar.value)} % ${input.dataset.sent}`;
    });
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => {
      bar.remove();
      words.textContent = input.dataset.stopped;
      button.disabled = false;
    });
    request.open("POST", form.action);
    request.send(new FormData(form, button));
    button.disabled = true;
  };

  const FILE = "input[type=file][data-most-bytes]";

  document.addEventListener("change", (event) => {
    if (!event.target.matches(FILE)) return;
    event.target.setCustomValidity(fault(event.target));
    event.target.reportValidity();
  });

  document.addEventListener("submit", (event) => {
    const input = event.target.querySelector(FILE);
    if (!input?.files.length) return;
    event.preventDefault();
    // The browser does not check the form (it is sent with novalidate): the server's sentences are better.
    if (input.reportValidity()) send(event.target, event.submitter, input);
  });
})();
