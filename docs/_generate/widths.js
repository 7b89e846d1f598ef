// Looks at every page of a site in a frame of every width, and sends back what is wrong with it.
const settled = (frame) =>
  new Promise((resolve) => {
    frame.onload = () => frame.contentDocument.fonts.ready.then(resolve);
  });

const named = (element) => {
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  return `<${element.localName}${classes}> «${text}»`;
};

// What nobody sees, as the copy of a formula for readers of screens.
const unseen = (element) => element.closest(".katex-mathml, svg, .visually-hidden");

const widest = (page) => {
  const right = (element) => {
    const { left, width } = element.getBoundingClientRect();
    return left + Math.max(width, element.scrollWidth);
  };
  const seen = [...page.querySelectorAll("article *")].filter((element) => !unseen(element));
  return seen.reduce((a, b) => (right(b) >= right(a) ? b : a), page.body);
};

function* faults(page, width) {
  if (page.documentElement.scrollWidth > width) yield `scrolls sideways, by ${named(widest(page))}`;
  for (const element of page.querySelectorAll("article, article *")) {
    if (element.scrollWidth <= element.clientWidth + 1 || !element.clientWidth || unseen(element))
      continue;
    const style = page.defaultView.getComputedStyle(element);
    if (/hidden|clip/.test(style.overflowX)) yield `cuts off ${named(element)}`;
    else if (/auto|scroll/.test(style.overflowX) && !/gradient/.test(style.backgroundImage))
      yield `does not show that ${named(element)} goes on`;
  }
}

const look = async ({ pages, widths }) => {
  const found = [];
  for (const width of widths) {
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.style.cssText = `width: ${width}px; height: 900px; border: 0`;
    for (const name of pages) {
      const there = settled(frame);
      frame.src = `/${name}`;
      await there;
      for (const fault of faults(frame.contentDocument, width))
        found.push(`${name} at ${width} pixels ${fault}`);
    }
    frame.remove();
  }
  return found;
};

fetch("/asked")
  .then((asked) => asked.json())
  .then(look)
  .catch((error) => [`the pages were not looked at: ${error}`])
  .then((found) => fetch("/told", { method: "POST", body: JSON.stringify(found) }));
