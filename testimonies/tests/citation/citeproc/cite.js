// What citeproc-js makes of CSL-JSON. Usage: node cite.js FOLDER < items.json > strings.json
// FOLDER is the one that `fetch` has filled; items.json maps a name to an item of CSL-JSON.
"use strict";

const fs = require("fs");
const path = require("path");

const folder = path.resolve(process.argv[2]);
const CSL = require(path.join(folder, "node_modules", "citeproc"));

// Our key of a style, its file, its language, and whether it is a note.
const STYLES = [
  ["chicago-note", "chicago-notes-bibliography", "en-US", true],
  ["chicago", "chicago-notes-bibliography", "en-US", false],
  ["apa", "apa", "en-US", false],
  ["mla", "modern-language-association", "en-US", false],
  ["harvard", "harvard-cite-them-right", "en-GB", false],
  ["iso690", "iso690-full-note-en", "en-GB", false],
];

const read = (...parts) => fs.readFileSync(path.join(folder, ...parts), "utf8");

const cited = (item, style, language, asNote) => {
  const system = {
    retrieveLocale: (tag) => read("locales", `locales-${tag === "en-GB" ? "en-GB" : "en-US"}.xml`),
    retrieveItem: () => item,
  };
  const engine = new CSL.Engine(system, read("styles", `${style}.csl`), language, true);
  engine.setOutputFormat("html");
  engine.updateItems([item.id]);
  const text = asNote
    ? engine.makeCitationCluster([{ id: item.id, locator: item.locator, label: "section" }])
    : engine.makeBibliography()[1].join("");
  return text
    .replace(/<div class="csl-left-margin">.*?<\/div>/g, "")
    .replace(/<(?!\/?i>)[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replace(/\s+/g, " ")
    .trim();
};

const items = JSON.parse(fs.readFileSync(0, "utf8"));
const strings = {};
for (const [name, item] of Object.entries(items)) {
  strings[name] = {};
  for (const [key, style, language, asNote] of STYLES) {
    strings[name][key] = cited({ ...item }, style, language, asNote);
  }
}
process.stdout.write(`${JSON.stringify(strings, null, 1)}\n`);
