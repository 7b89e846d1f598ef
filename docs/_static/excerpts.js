// An excerpt shows words: formulas and pictures are left out, and where the place that was found
// has no words, as an entry of the index has none, the page's first ones are shown.
const textOfPage = Search.htmlToText;

Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll(".no-search, svg, .copybtn")) part.replaceWith("…");
  const words = page.documentElement.outerHTML;
  const text = textOfPage(words, anchor).trim() || textOfPage(words, "");
  return text.replace(/…[…\s]*…/g, "…").trim();
};
