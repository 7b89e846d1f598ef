// The receptive field of a chain, followed from an output cell back to the input: the same walk as
// in `symconv.chains.receptive`. Where a tap lies, the operators' functions say.
// Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks" (2019).

const MOST_FOLLOWED = 10 ** 5; // more cells than these are not followed one by one

function gcd(a, b) {
  return b === 0 ? a : gcd(b, a % b);
}

// One layer along one axis: its taps, its step and what output cell `o` reads through tap `d`.
function fieldStep({ operator, letters }) {
  const { reads } = operator;
  const painted = reads.kind === "strokes";
  if (reads.kind !== "windows" && !painted) return null;
  const law = painted ? reads.painter : reads.place;
  const taps = reads.taps(letters);
  return {
    taps: taps > MOST_FOLLOWED ? null : Array.from({ length: taps }, (_, tap) => tap),
    step: reads.step(letters),
    painted,
    law: (o, d) => law({ ...letters, o, d }),
  };
}

// The cells that are read for some cells; null where a place is beyond what doubles are exact for.
function cellsRead(step, cells) {
  const places = [...cells].flatMap((cell) => step.taps.map((tap) => step.law(cell, tap)));
  if (!places.every(Number.isSafeInteger)) return null;
  if (!step.painted) return new Set(places);
  const hit = places.filter((place) => mod(place, step.step) === 0);
  return new Set(hit.map((place) => div(place, step.step)));
}

function ends(cells) {
  const sorted = [...cells].sort((a, b) => a - b);
  return [sorted[0], sorted.at(-1)];
}

// The field along an axis: {field, fields, jump: [above, below], start}, or what bounds none.
function fieldOf(laws) {
  const steps = laws.map(fieldStep);
  const unbounded = steps.indexOf(null);
  if (unbounded >= 0) return { unbounded, says: laws[unbounded].operator.reads.says };
  if (steps.some((step) => step.taps === null)) return { tooMany: true };
  steps.reverse();
  let [above, below, phases] = [1, 1, 1];
  for (const step of steps) {
    if (step.painted) below *= step.step;
    else above *= step.step;
    if (![above, below].every(Number.isSafeInteger)) return { tooMany: true };
    const common = gcd(above, below);
    [above, below] = [above / common, below / common];
    phases = (phases * below) / gcd(phases, below);
  }
  const lastPainted = steps.findLastIndex((step) => step.painted);
  const fields = [];
  let start = null;
  for (let phase = 0; phase < phases; phase += 1) {
    let cells = new Set([phase]);
    for (const [place, step] of steps.entries()) {
      let followed = step;
      if (place > lastPainted && cells.size) {
        cells = new Set(ends(cells)); // from here on only both ends matter
        followed = { ...step, taps: [step.taps[0], step.taps.at(-1)] };
      }
      if (cells.size * followed.taps.length * phases > MOST_FOLLOWED) return { tooMany: true };
      cells = cellsRead(followed, cells);
      if (cells === null) return { tooMany: true };
    }
    const [first, last] = ends(cells);
    fields.push(cells.size ? last - first + 1 : 0);
    if (phase === 0 && cells.size) start = first;
  }
  return { field: Math.max(...fields), fields, jump: [above, below], start };
}

// The field of each axis behind each layer of a chain; none where layers join axes.
function fieldsOf(steps) {
  return steps.map((_, last) => {
    const laws = steps.slice(0, last + 1).map((step) => step.laws);
    const axes = laws[0].length;
    if (laws.some((own) => own.length !== axes)) return null;
    return Array.from({ length: axes }, (_, axis) => fieldOf(laws.map((own) => own[axis])));
  });
}
