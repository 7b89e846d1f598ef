// What is shown: {language, axes, sizes, layers, at, cell, apart}; and its link, which restores it.

function numbersOf(layer) {
  const numbered = LAYERS[layer].parameters.filter((parameter) => parameter.numbers);
  return Object.fromEntries(numbered.map((parameter) => [parameter.name, [parameter.usual]]));
}

// A layer as it begins, for so many axes.
function settingOf(name, axes) {
  const [form] = LAYERS[name].forms[axes];
  return { name, chosen: { ...form.chosen }, numbers: numbersOf(name) };
}

// Choose a word for a parameter, and for the others what goes with it and differs least.
function choose(setting, axes, name, word) {
  const aim = { ...setting.chosen, [name]: word };
  const alike = (form) => Object.keys(aim).filter((each) => form.chosen[each] === aim[each]).length;
  const forms = LAYERS[setting.name].forms[axes].filter((form) => form.chosen[name] === word);
  const [best] = forms.toSorted((a, b) => alike(b) - alike(a));
  if (best) setting.chosen = { ...best.chosen };
}

// What can be chosen of a parameter for so many axes.
function wordsFor(setting, axes, parameter) {
  const forms = LAYERS[setting.name].forms[axes];
  return parameter.choices.filter((word) =>
    forms.some((form) => form.chosen[parameter.name] === word),
  );
}

function layersFor(axes) {
  return Object.keys(LAYERS).filter((name) => LAYERS[name].forms[axes]);
}

// The layer of the same family for another number of axes, by its name: Conv1d and Conv2d.
function counterpart(name, axes) {
  const other = name.replace(/\dd$/, `${axes}d`);
  return LAYERS[other]?.forms[axes] ? other : LAYERS[name].forms[axes] ? name : null;
}

function layerLink(setting) {
  const parts = LAYERS[setting.name].parameters.flatMap((parameter) => {
    const word = setting.chosen[parameter.name];
    if (word !== undefined && word !== "number") return [`${parameter.name}=${word}`];
    return [`${parameter.name}=${setting.numbers[parameter.name].join("x")}`];
  });
  return `${setting.name}:${parts.join(",")}`;
}

function linkOf(state) {
  const parts = new URLSearchParams({
    axes: state.axes,
    size: state.sizes.join("x"),
    layers: state.layers.map(layerLink).join(";"),
    at: state.at,
    cell: state.cell.join("x"),
    language: state.language,
  });
  return `#${decodeURIComponent(parts.toString())}`;
}

function numbersIn(text, most) {
  const entries = text.split("x").map((each) => (each.trim() === "" ? NaN : Number(each)));
  return entries.length <= most && entries.every((each) => Math.abs(each) <= LARGEST.size)
    ? entries
    : null;
}

// Read one layer of a link; null where it is none.
function layerFrom(text, axes, wrong) {
  const [name, parts = ""] = text.split(":");
  if (!Object.hasOwn(LAYERS, name) || !LAYERS[name].forms[axes]) return null;
  const setting = settingOf(name, axes);
  for (const part of parts.split(",").filter(Boolean)) {
    const [key, value = ""] = part.split("=");
    const parameter = parameterOf(setting, key);
    if (parameter && value !== "number" && wordsFor(setting, axes, parameter).includes(value)) {
      choose(setting, axes, key, value);
      continue;
    }
    const entries = numbersIn(value, 2);
    if (!parameter?.numbers || !entries) {
      wrong.push(part);
      continue;
    }
    if (parameter.choices.length) choose(setting, axes, key, "number");
    setting.numbers[key] = entries;
  }
  return setting;
}

const OF_LAYERS = ["axes", "size", "at", "cell"]; // what a link says of its layers

// The state of a link, and what could not be read of it; what is missing is as it begins.
function stateFrom(hash, start) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = structuredClone(start);
  const wrong = [...given.keys()].filter(
    (key) => !["layers", "language", ...OF_LAYERS].includes(key),
  );
  if (Object.hasOwn(WORDS, given.get("language"))) state.language = given.get("language");
  const axes = given.get("axes") === "2" ? 2 : 1;
  const texts = (given.get("layers") ?? "").split(";").filter(Boolean);
  const layers = [];
  for (const text of texts.slice(0, MOST_LAYERS)) {
    const setting = layerFrom(text, axes, wrong);
    if (setting) layers.push(setting);
    else wrong.push(text);
  }
  if (texts.length > MOST_LAYERS) wrong.push(...texts.slice(MOST_LAYERS));
  if (!layers.length) {
    wrong.push(...OF_LAYERS.filter((key) => given.has(key)));
    return { state, wrong };
  }
  const sizes = numbersIn(given.get("size") ?? "", axes);
  if (!sizes) wrong.push(`size=${given.get("size")}`);
  const at = Math.trunc(Number(given.get("at"))) || 0;
  const cell = numbersIn(given.get("cell") ?? "", 2) ?? [];
  Object.assign(state, {
    axes,
    layers,
    sizes: range(0, axes).map((axis) => entryOf(sizes ?? start.sizes, axis)),
    at: Math.min(layers.length - 1, Math.max(0, at)),
    cell: range(0, 2).map((axis) => Math.max(0, Math.trunc(cell[axis]) || 0)),
    left_out: [],
  });
  state.apart = isApart(state);
  return { state, wrong };
}

// Whether some number differs between the axes.
function isApart(state) {
  const entries = state.layers.flatMap((setting) => Object.values(setting.numbers));
  return [...entries, state.sizes].some((each) => new Set(each).size > 1);
}

// Whether every number is one that an input or a layer can have.
function isWhole({ sizes, layers }) {
  return (
    sizes.every(isSize) &&
    layers.every((setting) =>
      LAYERS[setting.name].parameters
        .filter((parameter) => isNumber(setting, parameter))
        .every((parameter) =>
          setting.numbers[parameter.name].every((entry) => isEntry(parameter, entry)),
        ),
    )
  );
}

// The steps of the chain that is shown; none where a number is none that a layer can have.
function stepsNow() {
  return isWhole(state) ? walked(state.layers, state.sizes) : [];
}

// A layer as torch has it: torch's names, and only what differs from its defaults.
function torchLine(setting, axes) {
  const { written, parameters } = LAYERS[setting.name];
  const parts = [...written];
  for (const parameter of parameters) {
    const word = setting.chosen[parameter.name];
    if (word === "nothing" || parameter.called) continue;
    const value = isNumber(setting, parameter)
      ? torchNumber(setting.numbers[parameter.name], axes, parameter)
      : `"${word}"`;
    if (value !== parameter.standard) parts.push(`${parameter.name}=${value}`);
  }
  return `nn.${setting.name}(${parts.join(", ")})`;
}

function torchNumber(entries, axes, parameter) {
  if (parameter.kind === "flag") return entries[0] ? "True" : "False";
  const sizes = entries.slice(0, axes);
  const same = sizes.every((size) => size === sizes[0]);
  return same ? String(sizes[0]) : `(${sizes.join(", ")})`;
}

// The layers in torch, and what is given in the call.
function torchCode(settings, axes) {
  const lines = settings.map((setting) => torchLine(setting, axes));
  const calls = settings.flatMap((setting) =>
    LAYERS[setting.name].parameters
      .filter((parameter) => parameter.called && setting.chosen[parameter.name] === "number")
      .map((parameter) => {
        const entries = setting.numbers[parameter.name];
        const sizes = range(0, axes).map((axis) => entryOf(entries, axis));
        return `# ${setting.name}: (x, ${parameter.name}=[${sizes.join(", ")}])`;
      }),
  );
  if (lines.length === 1) return [...lines, ...calls].join("\n");
  return ["nn.Sequential(", ...lines.map((line) => `    ${line},`), ")", ...calls].join("\n");
}
