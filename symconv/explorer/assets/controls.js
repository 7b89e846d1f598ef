// The controls: a slider with its number for each parameter and axis, and the words to choose from.
// They are made anew where the layer or its choices change; otherwise only their values are set.

// How far the sliders of some letters go; any other goes to `most`.
const SLIDERS = { F: 11, S: 8, P: 8, D: 6, A: 7, O: 64, most: 12 };
const SIZE_SLIDER = { 1: [1, 40], 2: [1, 20] };

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// A slider and a field for one number; `put` takes what is written, NaN for what is no number.
function numberControl(id, name, letter, [least, most], step, isRight, read, put) {
  const slider = element("input", {
    type: "range",
    min: least,
    max: most,
    step,
    "aria-label": name,
  });
  const field = element("input", { type: "number", id, step, inputmode: "decimal" });
  const take = (input) => put(input.value.trim() === "" ? NaN : Number(input.value));
  slider.addEventListener("input", () => take(slider));
  field.addEventListener("input", () => take(field));
  const set = () => {
    const value = read();
    if (isRight(value)) slider.value = value;
    if (document.activeElement !== field) field.value = Number.isNaN(value) ? "" : value;
    field.setAttribute("aria-invalid", String(!isRight(value)));
  };
  set();
  const label = element("label", { for: id }, name, " ", element("i", {}, letter));
  return { nodes: [label, slider, field], set };
}

function choiceControl(id, name, words, read, put) {
  const options = words.map(([word, said]) => element("option", { value: word }, said));
  const select = element("select", { id, onchange: () => put(select.value) }, ...options);
  const set = () => (select.value = read());
  set();
  return { nodes: [element("label", { for: id }, name), select], set };
}

function flagControl(id, name, read, put) {
  const box_ = element("input", { type: "checkbox", id, onchange: () => put(box_.checked) });
  const set = () => (box_.checked = read());
  set();
  return { nodes: [element("label", { for: id }, name), box_], set };
}

function line(control, kind = "") {
  return element("div", { class: `control ${kind}` }, ...control.nodes);
}

// The number of one parameter on one axis, or on all axes alike.
function entryControl(state, parameter, axis, changed) {
  const setting = state.layers[state.at];
  const fraction = parameter.kind === "fraction";
  const most = SLIDERS[parameter.letters[0]] ?? SLIDERS.most;
  const bounds = fraction ? [0.25, 4] : [parameter.least, most];
  const name =
    axis === null ? parameter.name : `${parameter.name}, ${say(axis ? "columns" : "rows")}`;
  const read = () => entryOf(setting.numbers[parameter.name], axis ?? 0);
  const put = (value) => {
    const entries = setting.numbers[parameter.name];
    const both = [entryOf(entries, 0), entryOf(entries, 1)];
    if (axis === null) setting.numbers[parameter.name] = [value];
    else setting.numbers[parameter.name] = both.with(axis, value);
    changed();
  };
  const id = `${parameter.name}-${axis ?? "all"}`;
  const letter = fraction || parameter.letters[0].length > 1 ? "" : parameter.letters[0];
  const isRight = (value) => isEntry(parameter, value);
  return numberControl(id, name, letter, bounds, fraction ? 0.25 : 1, isRight, read, put);
}

function parameterControls(state, parameter, changed) {
  const setting = state.layers[state.at];
  if (parameter.kind === "flag") {
    const read = () => Boolean(setting.numbers[parameter.name][0]);
    const put = (on) => {
      setting.numbers[parameter.name] = [Number(on)];
      changed();
    };
    return [[flagControl(parameter.name, parameter.name, read, put), "flag"]];
  }
  const made = [];
  if (parameter.choices.length) {
    const words = wordsFor(setting, state.axes, parameter).map((word) => [word, say(word) ?? word]);
    const read = () => setting.chosen[parameter.name];
    const put = (word) => {
      choose(setting, state.axes, parameter.name, word);
      changed();
    };
    made.push([
      choiceControl(`${parameter.name}-word`, parameter.name, words, read, put),
      "choice",
    ]);
  }
  if (isNumber(setting, parameter)) {
    const axes = state.apart && state.axes === 2 ? [0, 1] : [null];
    for (const axis of axes) made.push([entryControl(state, parameter, axis, changed), "number"]);
  }
  return made;
}

function sizeControls(state, changed) {
  const axes = state.apart && state.axes === 2 ? [0, 1] : [null];
  return axes.map((axis) => {
    const name = axis === null ? say("size") : `${say("size")}, ${say(axis ? "columns" : "rows")}`;
    const read = () => state.sizes[axis ?? 0];
    const put = (value) => {
      state.sizes = state.sizes.map((own, at) => (axis === null || at === axis ? value : own));
      changed();
    };
    const id = `size-${axis ?? "all"}`;
    const bounds = SIZE_SLIDER[state.axes];
    return [numberControl(id, name, "W", bounds, 1, isSize, read, put), "number"];
  });
}

function layerControl(state, changed) {
  const setting = () => state.layers[state.at];
  const groups = Map.groupBy(layersFor(state.axes), (name) => LAYERS[name].family);
  const select = element("select", {
    id: "layer",
    onchange: () => {
      state.layers[state.at] = settingOf(select.value, state.axes);
      changed();
    },
  });
  for (const [family, names] of groups) {
    const options = names.map((name) => element("option", { value: name }, name));
    select.append(element("optgroup", { label: translated(family) }, ...options));
  }
  const set = () => (select.value = setting().name);
  set();
  return { nodes: [element("label", { for: "layer" }, say("layer")), select], set };
}
