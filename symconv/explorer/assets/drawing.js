// One axis, or two, drawn: windows over a row of cells, the same layer as paint, and grids.
// Every output cell has `data-cell`, its number on each axis: it is chosen by pointing at it.

const EDGE = 8; // pixels around a drawing
const APART = 54; // pixels between two rows
const SIDES = { 1: [9, 36], 2: [8, 26] }; // how small and how large a cell may be, by axes

function sideFor(cells, room, axes) {
  const [least, most] = SIDES[axes];
  return Math.max(least, Math.min(most, Math.floor((room - 2 * EDGE) / Math.max(1, cells))));
}

function pointed(numbers) {
  return `data-cell="${numbers.join(",")}"`;
}

// Where the middles of output cells lie: above their windows, or evenly where these lie too close.
function middles(windows, first, side, length) {
  const centres = windows.map((taps) => {
    const places = taps.map(({ place }) => place);
    return EDGE + ((Math.min(...places) + Math.max(...places) + 1) / 2 - first) * side;
  });
  const close = centres.some(
    (middle, at) => !(middle - (centres[at - 1] ?? -Infinity) >= side - 0.01),
  );
  const step = Math.min(side, (length * side) / Math.max(1, windows.length));
  const left = EDGE + (length * side - step * windows.length) / 2;
  return close ? centres.map((_, at) => left + (at + 0.5) * step) : centres;
}

// Windows over a row of cells, the chosen one with its taps: {items, width, height}.
function drawWindows(row, chosen, room, numbered) {
  const side = sideFor(row.cells.length, room, 1);
  const below = EDGE + side + APART;
  const at = (place) => EDGE + (place - row.first) * side;
  const output = middles(row.windows, row.first, side, row.cells.length);
  const small = Math.min(side, ...output.slice(1).map((middle, place) => middle - output[place]));
  const taps = row.windows[chosen] ?? [];
  const items = [];
  if (taps.length) {
    const [left, right] = [at(taps[0].place), at(taps.at(-1).place) + side];
    const [x, half] = [output[chosen], small / 2];
    items.push(
      path(`M${left} ${below}L${x - half} ${EDGE + side}H${x + half}L${right} ${below}Z`, "beam"),
    );
  }
  row.cells.forEach((each, place) => {
    const x = EDGE + place * side;
    items.push(cell(x, below, side, each.role, each.source ?? (each.role === "zero" ? 0 : "")));
    if (row.unread.has(row.first + place)) items.push(hatched(x, below, side));
  });
  for (const tap of taps) {
    const name = numbered ? `w${tap.number}` : "";
    items.push(cell(at(tap.place), below, side, "tap", name));
  }
  if (taps.length) {
    const [left, right] = [at(taps[0].place), at(taps.at(-1).place) + side];
    items.push(box(left, below, right - left, side, "window"));
  }
  output.forEach((middle, number) => {
    items.push(`<g ${pointed([number])}>${cell(middle - small / 2, EDGE, small, "out", number)}`);
    if (number === chosen) items.push(box(middle - small / 2, EDGE, small, small, "window"));
    items.push("</g>");
  });
  return { items, width: 2 * EDGE + row.cells.length * side, height: below + side + EDGE };
}

// How many taps meet in a cell: the more, the deeper the paint.
function counted(x, y, side, count, most) {
  const depth = `fill-opacity="${((0.85 * count) / most).toFixed(2)}"`;
  const paint = box(x + 1.5, y + 1.5, side - 3, side - 3, "count", depth);
  if (side < LABELLED) return paint;
  const ink = count > most / 2 ? "kernel-ink" : "";
  return paint + inscribed(x + side / 2, y + side / 2, count, ink);
}

// Each input cell paints its window onto the output; deeper paint where more taps overlap.
function drawPaint(paint, chosen, room) {
  const length = paint.stop - paint.first;
  const side = sideFor(length, room, 1);
  const below = EDGE + side + APART;
  const at = (place) => EDGE + (place - paint.first) * side;
  const input = middles(paint.strokes, paint.first, side, length);
  const most = Math.max(1, ...paint.counts);
  const items = [];
  paint.strokes.forEach((taps, number) => {
    const hit = taps.find(({ place }) => place === chosen);
    if (!hit) return;
    const [x, half, to] = [input[number], side / 2, at(chosen)];
    items.push(
      path(`M${x - half} ${EDGE + side}H${x + half}L${to + side} ${below}H${to}Z`, "beam"),
    );
  });
  for (const place of range(paint.first, paint.stop)) {
    const inside = place >= 0 && place < paint.output;
    if (!inside) {
      items.push(cell(at(place), below, side, "cropped"));
      continue;
    }
    const count = paint.counts[place];
    items.push(`<g ${pointed([place])}>${cell(at(place), below, side, "counted")}`);
    items.push(
      count ? counted(at(place), below, side, count, most) : hatched(at(place), below, side),
    );
    if (place === chosen) items.push(box(at(place), below, side, side, "window"));
    items.push("</g>");
  }
  input.forEach((middle, number) => {
    items.push(cell(middle - side / 2, EDGE, side, "in", number));
  });
  return { items, width: 2 * EDGE + length * side, height: below + side + EDGE };
}

// Two grids, one beside the other or, where there is no room, below it.
function beside(first, second, room) {
  const fits = first.width + 24 + second.width <= room;
  const [x, y] = fits ? [first.width + 24, 0] : [0, first.height + 12];
  return {
    items: [...first.items, `<g transform="translate(${x} ${y})">`, ...second.items, "</g>"],
    width: fits ? x + second.width : Math.max(first.width, second.width),
    height: fits ? Math.max(first.height, second.height) : y + second.height,
  };
}

function grid(rows, columns, side, draw) {
  const items = [];
  for (const [i, y] of range(0, rows).map((at) => [at, EDGE + at * side])) {
    for (const [j, x] of range(0, columns).map((at) => [at, EDGE + at * side])) {
      items.push(draw(x, y, i, j));
    }
  }
  return { items, width: 2 * EDGE + columns * side, height: 2 * EDGE + rows * side };
}

// The more particular of two roles: what is beyond on one axis is so whatever the other axis says.
function joinedRole(first, second) {
  const order = ["in", "zero", "pad", "added", "beyond"];
  return order[Math.max(order.indexOf(first), order.indexOf(second))];
}

function outputGrid(output, chosen, side, tint) {
  return grid(output[0], output[1], side, (x, y, i, j) => {
    const isChosen = i === chosen[0] && j === chosen[1];
    const drawn = cell(x, y, side, tint ? "counted" : "out");
    const painted = tint ? tint(x, y, i, j) : "";
    return `<g ${pointed([i, j])}>${drawn}${painted}${isChosen ? box(x, y, side, side, "window") : ""}</g>`;
  });
}

// Windows over two axes: the padded input with the chosen window, and the output.
function drawGrids([rows, columns], chosen, room) {
  const output = [rows.windows.length, columns.windows.length];
  const side = sideFor(Math.max(columns.cells.length, output[1]), room, 2);
  const tapped = [rows, columns].map(
    (axis, at) => new Set((axis.windows[chosen[at]] ?? []).map(({ place }) => place - axis.first)),
  );
  const input = grid(rows.cells.length, columns.cells.length, side, (x, y, i, j) => {
    const role = joinedRole(rows.cells[i].role, columns.cells[j].role);
    const unread = rows.unread.has(rows.first + i) || columns.unread.has(columns.first + j);
    const tap = tapped[0].has(i) && tapped[1].has(j);
    return cell(x, y, side, tap ? "tap" : role) + (unread ? hatched(x, y, side) : "");
  });
  return beside(input, outputGrid(output, chosen, side), room);
}

// Paint over two axes: the input cells that paint the chosen output cell, and how much each has.
function drawPaints([rows, columns], chosen, room) {
  const side = sideFor(Math.max(columns.output, columns.strokes.length), room, 2);
  const most = Math.max(1, ...rows.counts) * Math.max(1, ...columns.counts);
  const painters = [rows, columns].map((axis, at) =>
    axis.strokes.map((taps) => taps.some(({ place }) => place === chosen[at])),
  );
  const input = grid(rows.strokes.length, columns.strokes.length, side, (x, y, i, j) =>
    cell(x, y, side, painters[0][i] && painters[1][j] ? "tap" : "in"),
  );
  const tint = (x, y, i, j) => {
    const count = rows.counts[i] * columns.counts[j];
    return count ? counted(x, y, side, count, most) : hatched(x, y, side);
  };
  const output = outputGrid([rows.output, columns.output], chosen, side, tint);
  return beside(input, output, room);
}

// Sizes alone, where no law says which cells are read.
function drawSizes(before, after, room) {
  const side = sideFor(Math.max(...before, ...after), room, before.length === 1 ? 1 : 2);
  const drawn = [
    [before, "in"],
    [after, "out"],
  ].map(([sizes, kind]) => {
    const [rows, columns] = sizes.length === 1 ? [1, sizes[0]] : sizes;
    return grid(rows, columns, side, (x, y, _row, j) =>
      cell(x, y, side, kind, sizes.length === 1 ? j : ""),
    );
  });
  return beside(drawn[0], drawn[1], before.length === 1 ? 0 : room);
}
