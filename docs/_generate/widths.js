// Says what is wider than its place on the page that is open.
const named = (element) => {
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  return `<${element.localName}${classes}> «${text}»`;
};

// What nobody sees, as the copy of a formula for readers of screens.
const unseen = (element) => element.closest(".katex-mathml, svg, .visually-hidden, .unseen");

const looked = () =>
  [...document.querySelectorAll("main, main *, article, article *")].filter(
    (element) => !unseen(element),
  );

const right = (element) => {
  const { left, width } = element.getBoundingClientRect();
  return left + Math.max(width, element.scrollWidth);
};

const widest = () => looked().reduce((a, b) => (right(b) >= right(a) ? b : a), document.body);

function* faults() {
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    yield `scrolls sideways, by ${named(widest())}`;
  for (const element of looked()) {
    if (element.scrollWidth <= element.clientWidth + 1 || !element.clientWidth) continue;
    const style = getComputedStyle(element);
    if (/hidden|clip/.test(style.overflowX)) yield `cuts off ${named(element)}`;
    else if (/auto|scroll/.test(style.overflowX) && !/gradient/.test(style.backgroundImage))
      yield `does not show that ${named(element)} goes on`;
  }
}
