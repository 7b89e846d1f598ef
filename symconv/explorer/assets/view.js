// What is seen of a state: the picture of the chosen layer, and what is said of it and of the chain.

const MOST_CELLS = { 1: 120, 2: 48 };

function isDrawable(step, axes) {
  const most = MOST_CELLS[axes];
  const sizes = [...step.arriving, ...step.sizes];
  const reach = step.laws.flatMap(({ operator: { reads }, letters }) =>
    reads.taps
      ? [reads.taps(letters), reads.padded({ ...letters }), (reads.stretched ?? (() => 0))(letters)]
      : [],
  );
  return [...sizes, ...reach].every((count) => count <= most);
}

// The drawings of a layer, each with what it shows: [says, {items, width, height}, description].
function drawings(step, cell, room) {
  const axes = step.laws.length;
  const kinds = new Set(step.laws.map(({ operator }) => operator.reads.kind));
  const numbered = step.laws.every(({ operator }) => operator.reads.weighted);
  const draw =
    axes === 1
      ? (rows) => drawWindows(rows[0], cell[0], room, numbered)
      : (rows) => drawGrids(rows, cell, room);
  if (kinds.has("unplaced") || axes !== step.arriving.length) {
    const { says } = step.laws[0].operator.reads;
    const phrase = filled(say("sizes_only"), { says: translated(says) });
    return [[phrase, drawSizes(step.arriving, step.sizes, room), ""]];
  }
  if (!kinds.has("strokes")) {
    const rows = step.laws.map(windowsOf);
    return [[say("windows"), draw(rows), readBySaid(rows, cell)]];
  }
  const rows = step.laws.map(stretchedOf);
  const paints = step.laws.map(strokesOf);
  const painted = axes === 1 ? drawPaint(paints[0], cell[0], room) : drawPaints(paints, cell, room);
  const count = paints.reduce((product, paint, axis) => product * paint.counts[cell[axis]], 1);
  return [
    [say("stretched"), draw(rows), readBySaid(rows, cell)],
    [say("paint"), painted, filled(say("painted_by"), { cell: cellSaid(cell, axes), count })],
  ];
}

function cellSaid(cell, axes) {
  return axes === 1 ? String(cell[0]) : `(${cell.join(", ")})`;
}

// Which places the chosen output cell reads, in words.
function readBySaid(rows, cell) {
  const places = rows.map((row, axis) => (row.windows[cell[axis]] ?? []).map(({ place }) => place));
  const listed = places.map((each) => each.join(", ") || say("none"));
  const chosen = cellSaid(cell, rows.length);
  if (rows.length === 1) return filled(say("reads"), { cell: chosen, places: listed[0] });
  const axes = listed
    .map((each, axis) => filled(say("reads_axis"), { axis: axis + 1, places: each }))
    .join(say("comma"));
  return filled(say("reads_axes"), { cell: chosen, axes });
}

const LEGEND = [
  ["sc-in", "legend_in"],
  ["sc-pad", "legend_pad"],
  ["sc-zero", "legend_zero"],
  ["sc-added", "legend_added"],
  ["sc-beyond", "legend_beyond"],
  ["sc-tap", "legend_tap"],
  ["sc-cropped", "legend_cropped"],
  ["sc-hatch", "legend_hatch"],
  ["sc-out", "legend_out"],
];

function legendOf(markup) {
  return LEGEND.filter(([kind]) => markup.includes(`"${kind}"`)).map(([kind, name]) => {
    const hatch = kind === "sc-hatch";
    const shown = hatch
      ? box(1, 1, 14, 14, "swatch") + hatched(0, 0, 16)
      : box(1, 1, 14, 14, kind.slice(3));
    const swatch = `<svg class="sc-picture" width="16" height="16" aria-hidden="true">${shown}</svg>`;
    const entry = element("li", {});
    entry.innerHTML = swatch;
    entry.append(say(name));
    return entry;
  });
}

// A law as mathematics, with letters, and with numbers in their places.
function formulaOf({ operator, letters }) {
  const { set } = operator.formulas.find(({ when }) =>
    Object.entries(when).every(([flag, value]) => letters[flag] === value),
  );
  const numbers = set
    .replace(/<(mi|msub) class="(\w+)">.*?<\/\1>/g, (_, _tag, letter) => numeral(letters[letter]))
    .replaceAll('<mo class="times">&#x2062;</mo>', "<mo>·</mo>");
  const output = letters.O === undefined ? "" : `<mo>=</mo>${numeral(letters.O)}`;
  const lines = operator.asked
    ? [`<mi>O</mi>${output}`]
    : [`<mi>O</mi><mo>=</mo>${set}`, `<mi></mi><mo>=</mo>${numbers}${output}`];
  return lines.map(
    (math) =>
      `<math>${math
        .replaceAll(">if <", `>${say("if")} <`)
        .replaceAll(">otherwise<", `>${say("otherwise")}<`)}</math>`,
  );
}

function numeral(value) {
  if (!(value < 0)) return `<mn>${value}</mn>`;
  return `<mrow><mo>(</mo><mo>−</mo><mn>${-value}</mn><mo>)</mo></mrow>`;
}

function sizesSaid(sizes) {
  return sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : sizes.join(" x ");
}

// Why a layer does not take what arrives, and buttons for the nearest sizes that pass.
function refusalNodes(state, steps, pick) {
  const number = steps.length;
  const { refused } = steps.at(-1);
  const { name } = state.layers[number - 1];
  if (refused.tooLarge) {
    return [element("p", { class: "refusal" }, filled(say("too_far"), { number, name }))];
  }
  if (!refused.need) {
    return [
      element("p", { class: "refusal" }, filled(say("no_form"), { name, axes: refused.axes })),
    ];
  }
  const head = state.layers.length > 1 ? filled(say("refused_by"), { number, name }) : "";
  const sentence = element("p", { class: "refusal" });
  sentence.append(
    element("strong", {}, head + translated(refused.need.says)),
    element("span", {}, say("colon")),
    element("code", {}, refused.need.text),
    `${say("comma")}${say("here")} `,
    element("code", {}, refused.here),
  );
  const axis = Math.min(refused.axis, state.sizes.length - 1);
  const near = nearest(state.layers, state.sizes, axis);
  const buttons = ["below", "above"]
    .filter((side) => near[side] !== null)
    .map((side) =>
      element(
        "button",
        { type: "button", onclick: () => pick(axis, near[side]) },
        `${near[side]} (${say(side)})`,
      ),
    );
  const lead = buttons.length ? say("nearest") : filled(say("no_other"), { tried: TRIED });
  return [sentence, element("p", { class: "nearest" }, lead, " ", ...buttons)];
}

function goalNodes(state, step) {
  const axes = step?.arriving.length ?? state.axes;
  return goalsOf(state.layers[state.at], axes).map(({ goal, lit, rule }) => {
    const stated = rule?.text ? element("code", {}, rule.text) : say(`${goal}_rule`);
    const why = rule ? [`${say("when")} `, stated] : [say("never")];
    const lamp = element("span", { class: "lamp", "aria-hidden": "true" });
    const name = element("strong", {}, `${say(goal)}${say("colon")}${say(lit ? "lit" : "unlit")}`);
    return element(
      "li",
      { class: lit ? "lit" : "" },
      lamp,
      name,
      element("span", { class: "why" }, ...why),
    );
  });
}

function fieldSaid(fields) {
  if (!fields) return ["–", "–", "–"];
  const unbounded = fields.find((each) => each.says || each.tooMany);
  if (unbounded) {
    const says = unbounded.tooMany
      ? say("field_many")
      : filled(say("field_none"), { says: translated(unbounded.says) });
    return [says, "–", "–"];
  }
  const joined = (phrase) => {
    const phrases = fields.map(phrase);
    return phrases.every((each) => each === phrases[0]) ? phrases[0] : phrases.join(" x ");
  };
  return [
    joined(({ field, fields: phases }) =>
      new Set(phases).size > 1 ? `${field} (${[...new Set(phases)].join(", ")})` : `${field}`,
    ),
    joined(({ jump: [above, below] }) => (below === 1 ? `${above}` : `${above}/${below}`)),
    joined(({ start }) => `${start ?? "–"}`),
  ];
}
