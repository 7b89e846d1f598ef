// The page: one state, shown anew after each change, and kept in the link.

let controls = { key: "", sets: [] };
let chosen = { key: "", set: null };

function say(name) {
  return WORDS[state.language][name];
}

function translated(sentence) {
  return state.language === "en" ? sentence : (SENTENCES[state.language]?.[sentence] ?? sentence);
}

function at(id) {
  return document.getElementById(id);
}

function changed() {
  show();
  keepLink();
}

// Keep the link of what is shown, without a new entry for each step of a slider.
function keepLink() {
  if (!isWhole(state)) return;
  try {
    history.replaceState(null, "", linkOf(state));
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // a notebook's frame has no address
  }
}

// The list of layers is made anew only where its words change: whoever types in it goes on typing.
function showLayer() {
  const key = `${state.language} ${state.axes}`;
  if (key !== chosen.key) {
    const control = layerControl(state, changed);
    at("kind").replaceChildren(line(control, "choice"));
    chosen = { key, set: control.set };
  }
  chosen.set();
}

function showControls() {
  const setting = state.layers[state.at];
  const key = JSON.stringify([
    state.language,
    state.axes,
    state.at,
    state.layers.length,
    state.apart,
    setting.name,
    setting.chosen,
  ]);
  if (key === controls.key) {
    for (const set of controls.sets) set();
    return;
  }
  const focused = document.activeElement?.id;
  const made = [
    ...sizeControls(state, changed),
    ...LAYERS[setting.name].parameters.flatMap((parameter) =>
      parameterControls(state, parameter, changed),
    ),
  ];
  at("controls").replaceChildren(...made.map(([control, kind]) => line(control, kind)));
  controls = { key, sets: made.map(([control]) => control.set) };
  if (focused) at(focused)?.focus();
}

function showChain(steps) {
  const entries = state.layers.map((setting, number) => {
    const step = steps[number];
    const after = step?.sizes ? sizesSaid(step.sizes) : step?.refused ? say("refused") : "–";
    const button = element(
      "button",
      {
        type: "button",
        "aria-current": number === state.at ? "true" : false,
        class: step?.refused ? "refused" : "",
        onclick: () => select(number),
      },
      element("span", {}, setting.name),
      element("small", {}, after),
    );
    return element("li", {}, button);
  });
  const input = element(
    "li",
    { class: "size" },
    element("small", {}, say("input")),
    sizesSaid(state.sizes),
  );
  at("chain").replaceChildren(input, ...entries);
  at("add").disabled = state.layers.length >= MOST_LAYERS;
  for (const id of ["remove", "earlier", "later"]) at(id).hidden = state.layers.length === 1;
  at("earlier").disabled = state.at === 0;
  at("later").disabled = state.at === state.layers.length - 1;
}

// What scrolls by itself can be reached by the keyboard; what does not is no stop on the way.
function reachable(selector) {
  for (const each of document.querySelectorAll(selector)) {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
    else each.removeAttribute("tabindex");
  }
}

function select(number) {
  state.at = number;
  state.cell = [0, 0];
  changed();
  at("chain").querySelectorAll("button")[number]?.focus();
}

function showPicture(step) {
  const figure = at("drawings");
  const cells = at("cells");
  const legend = at("legend");
  if (!step?.sizes) {
    figure.replaceChildren();
    [at("says").textContent, at("places").hidden] = ["", true];
    [cells.hidden, at("play").hidden] = [true, true];
    legend.replaceChildren();
    return;
  }
  const room = figure.clientWidth || 600;
  state.cell = range(0, 2).map((axis) =>
    Math.max(0, Math.min(state.cell[axis] ?? 0, (step.sizes[axis] ?? 1) - 1)),
  );
  const drawable = isDrawable(step, step.laws.length);
  const empty = step.sizes.some((size) => size < 1);
  const made = drawable && !empty ? drawings(step, state.cell, room) : [];
  const title = `${state.layers[state.at].name}, ${sizesSaid(step.arriving)} → ${sizesSaid(step.sizes)}`;
  const markup = made.map(([, drawn, said]) =>
    picture(drawn.width, drawn.height, title, said, drawn.items),
  );
  const parts = made.map(([says], number) => {
    const part = element("div", { class: "drawing" }, element("h3", {}, says));
    const frame = element("div", { class: "frame" });
    frame.innerHTML = markup[number];
    part.append(frame);
    return part;
  });
  if (!made.length) parts.push(element("p", {}, say(empty ? "empty" : "too_large")));
  figure.replaceChildren(...parts);
  reachable(".frame");
  at("says").textContent = made.map(([, , said]) => said).join(say("stop"));
  const placed =
    made.length > 0 && !step.laws.some(({ operator }) => operator.reads.kind === "unplaced");
  [cells.hidden, at("play").hidden, at("places").hidden] = [!placed, !placed, !placed];
  legend.replaceChildren(...legendOf(markup.join("")));
  showCells(step);
}

function showCells(step) {
  for (const axis of [0, 1]) {
    const field = at(`cell-${axis}`);
    field.parentElement.hidden = step.sizes[axis] === undefined;
    field.max = (step.sizes[axis] ?? 1) - 1;
    field.value = state.cell[axis];
    const name = step.sizes.length === 1 ? "cell" : ["cell_row", "cell_column"][axis];
    field.previousElementSibling.textContent = say(name);
  }
}

function showAnswer(steps) {
  if (!steps.length) {
    const needed = filled(say("no_number"), { size: LARGEST.size, number: LARGEST.number });
    at("answer").replaceChildren(element("p", { class: "refusal" }, needed));
    return;
  }
  const { refused, sizes } = steps.at(-1);
  if (refused) {
    at("answer").replaceChildren(...refusalNodes(state, steps, pick));
    return;
  }
  const input = sizes.length === state.axes ? sizesSaid(state.sizes) : state.sizes.join(" x ");
  const sentence = filled(say("becomes"), { input, output: sizesSaid(sizes) });
  at("answer").replaceChildren(element("p", { class: "size" }, sentence));
}

function pick(axis, size) {
  const together = state.sizes.every((other) => other === state.sizes[0]);
  state.sizes = state.sizes.map((other, place) => (together || place === axis ? size : other));
  changed();
}

function showFormula(step) {
  const laws = step?.laws ?? [];
  const alike = laws.every(
    ({ letters }) => JSON.stringify(letters) === JSON.stringify(laws[0].letters),
  );
  const shown = alike ? laws.slice(0, 1) : laws;
  const parts = shown.map((law, axis) => {
    const part = element("div", { class: "formula" });
    const head = alike ? "" : `<span>${escaped(filled(say("axis"), { axis: axis + 1 }))}</span>`;
    part.innerHTML = head + formulaOf(law).join("");
    return part;
  });
  const channels = laws[0]?.operator.channels.map(translated) ?? [];
  if (channels.length) parts.push(element("p", {}, say("channels") + channels.join(say("comma"))));
  at("formula").replaceChildren(...parts);
  at("formula").closest("section").hidden = !parts.length;
}

function showFields(steps) {
  const walkedSteps = steps.filter((step) => step.sizes);
  const rows = fieldsOf(walkedSteps).map((fields, number) => {
    const cells = [sizesSaid(walkedSteps[number].sizes), ...fieldSaid(fields)];
    const name = element("th", { scope: "row" }, state.layers[number].name);
    return element("tr", {}, name, ...cells.map((text) => element("td", {}, text)));
  });
  at("fields").replaceChildren(...rows);
  at("fields").closest("section").hidden = !rows.length;
}

function showWords() {
  document.documentElement.lang = state.language;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-say]")) {
    each.textContent = filled(say(each.dataset.say), { rules: RULES, largest: "2³¹" });
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.dataset.label));
  }
  at("note").hidden = !state.left_out.length;
  at("note").textContent = filled(say("left_out"), { names: state.left_out.join(say("comma")) });
  at("language").value = state.language;
  at("play").textContent = say(playing ? "pause" : "play");
}

function show() {
  const steps = stepsNow();
  const step = steps[state.at];
  showWords();
  showChain(steps);
  showLayer();
  showControls();
  at(`axes-${state.axes}`).checked = true;
  at("apart").checked = state.apart;
  at("apart").parentElement.hidden = state.axes === 1;
  showPicture(step);
  showAnswer(steps);
  showFormula(step);
  at("goals").replaceChildren(...goalNodes(state, step));
  at("goals").closest("section").hidden = !step?.laws.every(
    ({ operator }) => operator.rules.length,
  );
  showFields(steps);
  reachable(".table, .formula");
  at("torch").textContent = torchCode(state.layers, state.axes);
  at("torch").closest("section").hidden = !steps.length;
}
