// Asks the search of a built site: `node finding.js SITE`, with a list of queries as JSON on
// standard input. Prints the pages that each query finds, best first.
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const site = process.argv[2];
const element = () => ({ children: [], dataset: {}, innerText: "" });
const page = {
  window: {},
  document: { documentElement: element(), getElementById: element, querySelectorAll: () => [] },
  localStorage: { setItem() {} },
  console,
  SPHINX_HIGHLIGHT_ENABLED: false,
  DOCUMENTATION_OPTIONS: {},
  _: (text) => text,
  _ready() {},
};
page.window = page;
vm.createContext(page);
const run = (file) => vm.runInContext(fs.readFileSync(path.join(site, file), "utf8"), page);
["_static/searchtools.js", "_static/language_data.js", "searchindex.js"].forEach(run);

page.queries = JSON.parse(fs.readFileSync(0, "utf8"));
const found = vm.runInContext(
  "queries.map((query) => Search._performSearch(...Search._parseQuery(query)).reverse().map(([page]) => page))",
  page,
);
console.log(JSON.stringify(found));
