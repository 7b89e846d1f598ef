// What the page listens to: pointers over the picture, the buttons, the address.

const BEAT = 700; // milliseconds from one output cell to the next while it plays

let state; // what is shown
let playing = null; // the timer that goes from cell to cell

function pointTo(cell) {
  if (cell.join() === state.cell.slice(0, cell.length).join()) return;
  state.cell = [...cell, ...state.cell.slice(cell.length)];
  showPicture(stepsNow()[state.at]);
  keepLink();
}

function pointedAt(event) {
  const cell = event.target.closest?.("[data-cell]");
  if (cell) pointTo(cell.dataset.cell.split(",").map(Number));
}

function play() {
  clearInterval(playing);
  playing = playing ? null : setInterval(beat, BEAT);
  at("play").textContent = say(playing ? "pause" : "play");
  at("play").setAttribute("aria-pressed", String(Boolean(playing)));
}

// Go on to the next output cell, row by row, and from the last one to the first.
function beat() {
  const sizes = stepsNow()[state.at]?.sizes;
  if (!sizes) return;
  const cell = state.cell.slice(0, sizes.length);
  for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
    cell[axis] = (cell[axis] + 1) % sizes[axis];
    if (cell[axis]) break;
  }
  pointTo(cell);
}

function setAxes(axes) {
  const layers = state.layers.map((setting) => {
    const name = counterpart(setting.name, axes);
    if (!name) return settingOf(layersFor(axes)[0], axes);
    const fresh = settingOf(name, axes);
    const same = formOf({ name, chosen: setting.chosen }, axes);
    return {
      ...fresh,
      chosen: same ? { ...same.chosen } : fresh.chosen,
      numbers: { ...fresh.numbers, ...setting.numbers },
    };
  });
  Object.assign(state, {
    axes,
    layers,
    sizes: range(0, axes).map((axis) => entryOf(state.sizes, axis)),
    cell: [0, 0],
  });
  changed();
}

function setApart(apart) {
  state.apart = apart;
  if (!apart) {
    state.sizes = state.sizes.map(() => state.sizes[0]);
    for (const setting of state.layers) {
      for (const [name, entries] of Object.entries(setting.numbers))
        setting.numbers[name] = [entries[0]];
    }
  }
  changed();
}

function addLayer() {
  const before = state.layers[state.at];
  state.layers.splice(state.at + 1, 0, structuredClone(before));
  select(state.at + 1);
}

function removeLayer() {
  state.layers.splice(state.at, 1);
  select(Math.min(state.at, state.layers.length - 1));
}

function move(by) {
  const [setting] = state.layers.splice(state.at, 1);
  state.layers.splice(state.at + by, 0, setting);
  select(state.at + by);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", {}, text); // a page without a secure address has no clipboard
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const name = button.dataset.say;
  button.textContent = say("copied");
  at("told").textContent = say("copied");
  setTimeout(() => (button.textContent = say(name)), 1500);
}

function restore() {
  const read = stateFrom(location.hash, START);
  state = read.state;
  at("wrong").hidden = !read.wrong.length;
  at("wrong").textContent = read.wrong.length
    ? `${say("link_wrong")} ${read.wrong.join(", ").slice(0, 200)}`
    : "";
  controls.key = "";
  chosen.key = "";
  show();
}

function listen() {
  at("language").append(
    ...Object.entries(LANGUAGES).map(([language, name]) =>
      element("option", { value: language, lang: language }, name),
    ),
  );
  at("drawings").addEventListener("pointerover", pointedAt);
  at("drawings").addEventListener("pointerdown", pointedAt);
  for (const axis of [0, 1]) {
    at(`cell-${axis}`).addEventListener("input", (event) =>
      pointTo(state.cell.with(axis, Number(event.target.value))),
    );
  }
  for (const axes of [1, 2]) at(`axes-${axes}`).addEventListener("change", () => setAxes(axes));
  at("apart").addEventListener("change", (event) => setApart(event.target.checked));
  at("play").addEventListener("click", play);
  at("add").addEventListener("click", addLayer);
  at("remove").addEventListener("click", removeLayer);
  at("earlier").addEventListener("click", () => move(-1));
  at("later").addEventListener("click", () => move(1));
  at("copy").addEventListener("click", (event) => copy(at("torch").textContent, event.target));
  at("link").addEventListener("click", (event) =>
    copy(location.href.replace(/#.*/, "") + linkOf(state), event.target),
  );
  at("language").addEventListener("change", (event) => {
    state.language = event.target.value;
    changed();
  });
  at("theme").addEventListener("change", (event) => {
    if (event.target.value === "auto") delete document.body.dataset.theme;
    else document.body.dataset.theme = event.target.value;
  });
  addEventListener("hashchange", restore);
  let width = at("drawings").clientWidth;
  new ResizeObserver(() => {
    if (width === at("drawings").clientWidth) return;
    width = at("drawings").clientWidth;
    showPicture(stepsNow()[state.at]);
    reachable(".table, .formula");
  }).observe(at("drawings"));
}

listen();
restore();
