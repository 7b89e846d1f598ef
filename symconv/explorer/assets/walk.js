// Layers walked one by one: what stands for each letter, what a law requires, and what comes out.
// A setting is a layer as somebody has set it: {name, chosen, numbers}; `chosen` has a word for
// each parameter with a choice, `numbers` has for each parameter one number, or one for each axis.

const TRIED = 1000; // sizes on either side that are tried to find the nearest one that passes

function parameterOf(setting, name) {
  return LAYERS[setting.name].parameters.find((each) => each.name === name);
}

// Whether a parameter is a number now, and no word.
function isNumber(setting, parameter) {
  const word = setting.chosen[parameter.name];
  return parameter.numbers && (word === undefined || word === "number");
}

function formOf(setting, axes) {
  const forms = LAYERS[setting.name].forms[axes] ?? [];
  return forms.find((form) =>
    Object.entries(form.chosen).every(([name, word]) => setting.chosen[name] === word),
  );
}

// A double over a small power of two, as a fraction in lowest terms; of any other there is no law.
function fractionOf(value) {
  let [above, below] = [value, 1];
  while (!Number.isInteger(above) && below < LARGEST.number)
    [above, below] = [above * 2, below * 2];
  const right = Number.isInteger(above) && above >= 1 && above <= LARGEST.number;
  return right ? [above, below] : null;
}

// Whether a number is one that a layer can have: an integer, or a factor with a law.
function isEntry(parameter, entry) {
  if (parameter.kind === "fraction") return fractionOf(entry) !== null;
  return Number.isInteger(entry) && Math.abs(entry) <= LARGEST.number;
}

function isSize(size) {
  return Number.isInteger(size) && Math.abs(size) <= LARGEST.size;
}

function entryOf(entries, axis) {
  return entries[axis] ?? entries[0];
}

// What the letters of a layer's parameters stand for on one axis.
function parameterLetters(setting, axis) {
  const letters = {};
  for (const parameter of LAYERS[setting.name].parameters) {
    if (!isNumber(setting, parameter)) continue;
    const entries = setting.numbers[parameter.name];
    const entry = entryOf(entries, axis);
    if (parameter.kind === "fraction") {
      const fraction = fractionOf(entry) ?? [NaN, NaN];
      for (const [place, letter] of parameter.letters.entries()) letters[letter] = fraction[place];
    } else {
      const [letter] = parameter.letters;
      letters[letter] = entry;
      for (const place of [0, 1]) letters[letter + (place + 1)] = entryOf(entries, place);
    }
  }
  return letters;
}

function valued(values, letters) {
  return Object.fromEntries(
    Object.entries(values).map(([letter, value]) => [
      letter,
      typeof value === "function" ? value(letters) : value,
    ]),
  );
}

// The law of each axis of a layer's output, with what its letters stand for.
function lawsOf(setting, sizes) {
  const form = formOf(setting, sizes.length);
  if (!form) return [];
  if (!form.alike) {
    const given = { ...parameterLetters(setting, 0), W1: sizes[0], W2: sizes[1] };
    return form.rows.map((row) => lawOf(row, { ...given, ...valued(row.values, given) }));
  }
  return sizes.map((size, axis) => {
    const given = { ...parameterLetters(setting, axis), W1: size };
    return lawOf(form.rows[0], valued(form.rows[0].values, given));
  });
}

function lawOf(row, letters) {
  return { operator: OPERATORS[row.operator], letters };
}

function holds(need, letters) {
  try {
    return need.holds(letters);
  } catch (error) {
    if (error instanceof RangeError) return false; // a part of it divides by zero
    throw error;
  }
}

function filled(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A requirement with its numbers: of a comparison, what its sides come to.
function withNumbers(need, letters) {
  return filled(need.form, need.sides ? valued(need.sides, letters) : letters);
}

// What a layer makes of sizes: {laws, sizes}, or {laws, refused} where it does not take them.
// What no size makes up for comes first, on every axis. Doubles are exact up to LARGEST (see there).
function applied(setting, sizes) {
  if (!sizes.every(isSize)) return { laws: [], refused: { tooLarge: true } };
  const laws = lawsOf(setting, sizes);
  if (!laws.length) return { laws, refused: { axes: sizes.length } };
  for (const sized of [false, true]) {
    for (const [axis, { operator, letters }] of laws.entries()) {
      const need = operator.requires.find((each) => each.sized === sized && !holds(each, letters));
      if (need) return { laws, refused: { axis, need, here: withNumbers(need, letters) } };
    }
  }
  const leaving = laws.map(({ operator, letters }) => operator.size(letters));
  if (!leaving.every(Number.isSafeInteger)) return { laws: [], refused: { tooLarge: true } };
  for (const [axis, { letters }] of laws.entries()) letters.O ??= leaving[axis];
  return { laws, sizes: leaving };
}

// The steps of a chain, up to the layer that refuses: {arriving, laws, sizes or refused}.
function walked(settings, sizes) {
  const steps = [];
  let arriving = sizes;
  for (const setting of settings) {
    const step = { arriving, ...applied(setting, arriving) };
    steps.push(step);
    if (step.refused) break;
    arriving = step.sizes;
  }
  return steps;
}

function passes(settings, sizes) {
  return !walked(settings, sizes).at(-1)?.refused;
}

// The nearest sizes that a chain takes, below and above. Sizes that are equal vary together.
function nearest(settings, sizes, axis) {
  const together = sizes.every((size) => size === sizes[0]);
  const tried = (size) =>
    passes(
      settings,
      sizes.map((own, place) => (together || place === axis ? size : own)),
    );
  const near = { below: null, above: null };
  for (let away = 1; away <= TRIED && near.below === null; away += 1) {
    if (sizes[axis] - away < 1) break;
    if (tried(sizes[axis] - away)) near.below = sizes[axis] - away;
  }
  for (let away = 1; away <= TRIED && near.above === null; away += 1) {
    if (tried(sizes[axis] + away)) near.above = sizes[axis] + away;
  }
  return near;
}

// Which goals a layer meets whatever the size, by which rules: {goal, lit, rule}.
function goalsOf(setting, axes) {
  const laws = lawsOf(setting, Array(axes).fill(1));
  const painted = laws.some(({ operator }) => operator.rules.some(({ goal }) => goal === EVEN));
  return [...GOALS, ...(painted ? [EVEN] : [])].map((goal) => {
    const ruled = laws.map(({ operator, letters }) => ({
      letters,
      rule: operator.rules.find(
        (rule) => rule.goal === goal && rule.ceil === Boolean(letters.ceil_mode),
      ),
    }));
    const lit =
      ruled.length > 0 && ruled.every(({ rule, letters }) => rule && holds(rule, letters));
    return { goal, lit, rule: ruled[0]?.rule };
  });
}
