// Sphinx's own scores, and then: pages that people wrote come before those that are made, what
// answers a question before why something was decided, and English before its translation.
// A Chinese word stands on Chinese pages only, so these are as many less there.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: ([docname, , , , score]) =>
    score -
    (/^(zh|_generated\/zh_book)\//.test(docname) ? 50 : 0) -
    (/^(_generated|decisions)\//.test(docname) ? 1 : 0),
};
