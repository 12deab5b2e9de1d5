/* A picture's page: a click on it says which point stays in sight, and the cuts follow. The numbers do without this. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const aim = document.querySelector(".aim");
  const fields = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`));
  if (!aim || fields.includes(null)) return;
  const STEP = Number(fields[0].step);
  const inSteps = (share) => Math.min(100, Math.max(0, Math.round((share * 100) / STEP) * STEP));

  const show = () => {
    const classes = fields.map((field, at) => `f${"xy"[at]}-${inSteps(field.value / 100)}`);
    for (const one of [aim, ...document.querySelectorAll(".cut")]) {
      one.className = [...one.classList].filter((name) => !/^f[xy]-/.test(name)).concat(classes).join(" ");
    }
  };

  aim.addEventListener("click", (event) => {
    const box = aim.querySelector("img").getBoundingClientRect();
    fields[0].value = inSteps((event.clientX - box.left) / box.width);
    fields[1].value = inSteps((event.clientY - box.top) / box.height);
    show();
  });
  for (const field of fields) field.addEventListener("input", show);
  aim.classList.add("live");
});
