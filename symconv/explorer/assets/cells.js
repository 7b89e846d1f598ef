// Where a layer's windows lie on one axis, as cells: the same as `symconv.pictures.placing`.
// Places are counted from the input's first cell, 0; those before it are negative.

function range(first, stop) {
  return Array.from({ length: Math.max(0, stop - first) }, (_, place) => first + place);
}

function tapsOf(reads, letters, count) {
  const taps = range(0, reads.taps(letters));
  return range(0, count).map((o) =>
    taps.map((d) => ({ place: reads.place({ ...letters, o, d }), number: d })),
  );
}

// The places of a row of cells with its padding, and of what its windows reach.
function frameOf(reads, letters, cells, output) {
  const start = reads.place({ ...letters, o: 0, d: 0 });
  const end = start + reads.padded({ ...letters, W: cells });
  const reach = output ? reads.reached({ ...letters, O: output }) : end;
  return { first: Math.min(start, 0), end, stop: Math.max(end, reach, cells) };
}

// A row of cells with its windows: {first, cells, windows, unread}.
function rowOf(first, cells, windows) {
  const sources = windows.map((taps) => taps.map(({ place }) => cells[place - first]?.source));
  const read = new Set(sources.flat().filter((source) => source !== undefined));
  const tapped = new Set(windows.flat().map(({ place }) => place));
  const unread = new Set(
    cells
      .map((cell, at) => ({ cell, place: first + at }))
      .filter(({ cell, place }) =>
        cell.role === "in" ? !read.has(cell.source) : !tapped.has(place),
      )
      .map(({ place }) => place),
  );
  return { first, cells, windows, unread };
}

// Windows over the padded input, or segments of it.
function windowsOf({ operator, letters }) {
  const { reads, border } = operator;
  const { W: size, O: output } = letters;
  if (reads.kind === "segments") {
    const windows = range(0, output).map((o) =>
      range(reads.start({ ...letters, o }), reads.end({ ...letters, o })).map((place, number) => ({
        place,
        number,
      })),
    );
    return rowOf(
      0,
      range(0, size).map((place) => ({ role: "in", source: place })),
      windows,
    );
  }
  const frame = frameOf(reads, letters, size, output);
  const cells = range(frame.first, frame.stop).map((place) => {
    if (place >= 0 && place < size) return { role: "in", source: place };
    if (place >= frame.end) return { role: "beyond" };
    return border
      ? { role: "pad", source: border.source({ ...letters, x: place }) }
      : { role: "pad" };
  });
  return rowOf(frame.first, cells, tapsOf(reads, letters, output));
}

// A transposed layer as windows of stride 1 over its stretched input; the kernel is turned round.
function stretchedOf({ operator, letters }) {
  const { reads } = operator;
  const length = reads.stretched(letters);
  const apart = reads.between(letters) + 1;
  const frame = frameOf(reads.direct, letters, length, letters.O);
  const addedFrom = frame.end - reads.added(letters);
  const cells = range(frame.first, frame.stop).map((place) => {
    if (place < 0 || place >= length) {
      return { role: place >= length && place >= addedFrom ? "added" : "pad" };
    }
    return place % apart === 0 ? { role: "in", source: place / apart } : { role: "zero" };
  });
  const turned = tapsOf(reads.direct, letters, letters.O).map((taps) =>
    taps.map(({ place, number }) => ({ place, number: taps.length - 1 - number })),
  );
  return rowOf(frame.first, cells, turned);
}

// A transposed layer as paint: {strokes, output, counts, first, stop}.
function strokesOf({ operator, letters }) {
  const { W: size, O: output } = letters;
  const strokes = tapsOf(operator.reads, letters, size);
  const places = strokes.flat().map(({ place }) => place);
  const counts = range(0, output).map((cell) => places.filter((place) => place === cell).length);
  return {
    strokes,
    output,
    counts,
    first: Math.min(0, ...places),
    stop: Math.max(output, ...places.map((place) => place + 1)),
  };
}
