// Names on the graph: always of one size on screen, never one over another, the strongest first.

const LABEL_SIZE = 12.5, LABEL_WIDTH = 150;
const measured = new Map();

// The name in lines of a readable width; three at most, the tooltip has the whole.
function labelLines(ctx, i) {
  if (!measured.has(i)) measured.set(i, wrapped(ENTITIES[i].name, text => ctx.measureText(text).width));
  return measured.get(i);
}

function wrapped(name, measure) {
  const rows = [""];
  for (const word of name.split(/\s+/)) {
    const longer = rows.at(-1) ? `${rows.at(-1)} ${word}` : word;
    if (measure(longer) <= LABEL_WIDTH || !rows.at(-1)) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  let kept = rows.slice(0, 3);
  if (rows.length > 3) kept[2] += " …";
  kept = kept.map(row => (row.length > 40 ? `${row.slice(0, 39)}…` : row));
  return { rows: kept, width: Math.max(...kept.map(measure)) };
}

const SURELY = 14; // the strongest of a picture have their names even where these lie on small points

// Names from the strongest down, each where it covers no other name and no point; zooming in makes room for more.
function drawLabels(ctx, bright) {
  const scale = network.getScale(), view = viewBounds(), taken = new BoxGrid(), covered = new BoxGrid();
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const shown = drawnGraph.ranked.filter(point => !bright || bright.points.has(point.i)).filter(({ x, y }) => x > view.left && x < view.right && y > view.top && y < view.bottom);
  const screen = shown.map(point => ({ point, x: (point.x - view.left) * scale, y: (point.y - view.top) * scale, r: point.size * scale * 1.1 }));
  for (const { x, y, r } of screen) if (r > 2) covered.add([x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8]);
  const first = new Set([hovered, ...state.at.map(id => entityOf.get(id).i)]);
  screen.sort((a, b) => first.has(b.point.i) - first.has(a.point.i));
  // The size is set on screen: names stay as large when the picture shrinks.
  ctx.font = `${LABEL_SIZE}px system-ui, "DejaVu Sans", sans-serif`;
  const texts = screen.map(one => labelLines(ctx, one.point.i));
  ctx.font = `${LABEL_SIZE / scale}px system-ui, "DejaVu Sans", sans-serif`;
  drawnGraph.labels = [];
  screen.forEach((one, n) => {
    const need = first.has(one.point.i) ? "always" : n < SURELY ? "surely" : "";
    const spot = freeSpot(one, texts[n], taken, covered, need, (view.right - view.left) * scale);
    if (!spot) return;
    taken.add(spot.box);
    drawnGraph.labels.push({ i: one.point.i, x: spot.x / scale + view.left, y: spot.y / scale + view.top, rows: texts[n].rows });
  });
  for (const label of drawnGraph.labels) drawLabel(ctx, label, scale);
  ctx.restore();
}

// Below, above, right or left of the point: the first of these that is free, or for the strongest the one that hides
// the fewest points.
function freeSpot({ x, y, r }, { rows, width }, taken, covered, need, right) {
  const high = rows.length * LABEL_SIZE * 1.15, wide = width + 4;
  const spots = [[x, y + r + high / 2 + 1], [x, y - r - high / 2 - 1], [x + r + wide / 2 + 2, y], [x - r - wide / 2 - 2, y]]
    .map(([sx, sy]) => ({ x: sx, y: sy, box: [sx - wide / 2, sy - high / 2, sx + wide / 2, sy + high / 2] }));
  const open = spots.filter(({ box }) => box[0] >= 0 && box[2] <= right && taken.isFree(box));
  const hidden = open.map(({ box }) => covered.overlapping(box));
  const best = hidden.indexOf(Math.min(...hidden));
  if (best >= 0 && (hidden[best] === 0 || need)) return open[best];
  return need === "always" ? spots[0] : null;
}

function drawLabel(ctx, { x, y, rows }, scale) {
  const step = LABEL_SIZE * 1.15 / scale;
  ctx.strokeStyle = themeColours.ground;
  ctx.fillStyle = themeColours.text;
  ctx.lineWidth = 3.5 / scale;
  rows.forEach((row, n) => {
    const at = y + (n - (rows.length - 1) / 2) * step;
    ctx.strokeText(row, x, at);
    ctx.fillText(row, x, at);
  });
}

function viewBounds() {
  const box = graphBox.getBoundingClientRect();
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 }), { x: right, y: bottom } = network.DOMtoCanvas({ x: box.width, y: box.height });
  return { left, top, right, bottom };
}

// Boxes by the cells that they touch, so that a thousand names need no million comparisons.
class BoxGrid {
  constructor() { this.cells = new Map(); }
  *keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / 80); i <= Math.floor(right / 80); i++)
      for (let j = Math.floor(top / 80); j <= Math.floor(bottom / 80); j++) yield i * 100003 + j;
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
  overlapping(box) {
    const found = new Set();
    for (const key of this.keys(box))
      for (const other of this.cells.get(key) || [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) found.add(other);
    return found.size;
  }
  isFree(box) { return this.overlapping(box) === 0; }
}
