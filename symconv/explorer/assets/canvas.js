// SVG as text: cells, taps and words, in the classes that `symconv.pictures.theme` gives colours.

const LABELLED = 19; // pixels that a cell needs for a number inside it

function escaped(words) {
  return String(words).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function classes(kind) {
  return kind
    .split(" ")
    .map((each) => `sc-${each}`)
    .join(" ");
}

function box(x, y, width, height, kind, more = "") {
  return `<rect class="${classes(kind)}" x="${x}" y="${y}" width="${width}" height="${height}" rx="3" ${more}/>`;
}

// A cell with a gap around it, and its label where there is room.
function cell(x, y, side, kind, label = "", more = "") {
  const gap = side > 12 ? 1.5 : 0.5;
  const drawn = box(x + gap, y + gap, side - 2 * gap, side - 2 * gap, kind, more);
  const written = String(label);
  if (!written || side < LABELLED || written.length * 7 > side - 4) return drawn;
  return drawn + inscribed(x + side / 2, y + side / 2, written, kind === "tap" ? "kernel-ink" : "");
}

function inscribed(x, y, words, kind = "", size = 12, anchor = "middle") {
  const named = kind ? ` class="${classes(kind)}"` : "";
  return `<text${named} x="${x}" y="${y + size * 0.36}" font-size="${size}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function path(data, kind) {
  return `<path class="${classes(kind)}" d="${data}"/>`;
}

// Strokes across a cell: it is not read, or nothing paints it.
function hatched(x, y, side) {
  const [left, top, room] = [x + 3, y + 3, side - 6];
  if (room < 2) return "";
  const strokes = [];
  for (let along = 3; along < 2 * room; along += 6) {
    const [x1, y1] = along <= room ? [along, 0] : [room, along - room];
    const [x2, y2] = along <= room ? [0, along] : [along - room, room];
    strokes.push(`M${left + x1} ${top + y1}L${left + x2} ${top + y2}`);
  }
  return path(strokes.join(""), "hatch");
}

function picture(width, height, title, description, items) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="sc-picture" role="img" ` +
    `aria-label="${escaped(`${title}. ${description}`)}" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}">${items.join("")}</svg>`
  );
}
