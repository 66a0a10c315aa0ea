// The graph on its canvas: vis-network moves, zooms and finds what lies under the pointer; shapes and the dimming of what
// is not in focus are drawn here, names in labels.js.

const graphBox = byName("graph");
const points = new vis.DataSet();
const lines = new vis.DataSet();
const network = new vis.Network(graphBox, { nodes: points, edges: lines }, RAW.options);
const drawnGraph = { points: new Map(), lines: new Map(), near: new Map(), note: "", fitted: "" };
let hovered = null;

const RENDERERS = Object.fromEntries(TYPES.map(type => [type, ({ ctx, x, y, state: { selected }, style }) => ({
  drawNode() {
    drawShape(ctx, type, x, y, style.size, { border: selected ? themeColours.text : themeColours.border, width: selected ? 3 : 1.2 });
  },
  nodeDimensions: { width: 2.2 * style.size, height: 2.2 * style.size },
})]));
const themeColours = {};

function readThemeColours() {
  for (const name of ["text", "ground", "border", "wire", "dim"]) themeColours[name] = themeColour(name);
}

// ---------------------------------------------------------------- filling

function renderGraph() {
  if (state.view !== "graph") return;
  network.canvas.setSize(); // the box had none while another view was open
  const content = graphContent();
  drawnGraph.points = new Map(content.points.map(point => [point.i, point]));
  drawnGraph.lines = new Map(content.lines.map(line => [line.key, line]));
  drawnGraph.ranked = [...content.points].sort((a, b) => b.weight - a.weight || a.i - b.i);
  drawnGraph.near = new Map(content.points.map(point => [point.i, []]));
  for (const line of content.lines) for (const end of [line.a, line.b]) drawnGraph.near.get(end).push(line);
  hovered = null;
  synchronise(points, content.points.map(visPoint));
  synchronise(lines, content.lines.map(visLine));
  selectInGraph();
  describeGraph(content);
  fitWhenNew(content);
}

// Brings a data set to hold exactly these items, without touching those that are as they were.
function synchronise(set, items) {
  const wanted = new Map(items.map(item => [item.id, item]));
  set.remove(set.getIds().filter(id => !wanted.has(id)));
  const changed = items.filter(item => {
    const held = set.get(item.id);
    return !held || Object.keys(item).some(key => typeof item[key] !== "object" && held[key] !== item[key]);
  });
  if (changed.length) set.update(changed);
}

function visPoint(point) {
  const entity = ENTITIES[point.i];
  return { id: point.i, x: point.x, y: point.y, size: point.size, ctxRenderer: RENDERERS[entity.type], title: tooltip(entity, point) };
}

function tooltip(entity, point) {
  if (graphBy() === "entity") return `${entity.name}, ${typeWords(entity.type)}: ${counted(point.weight, "fact")}`;
  const what = point.opened ? ". Click to fold" : entity.partyPlace && entity.type !== "Leader" ? ". Click to open" : "";
  return `${entity.name}, ${typeWords(entity.type)}: ${counted(point.weight, "contact")}${what}`;
}

function visLine(line) {
  const opacity = line.tie ? 0.35 : drawnGraph.lines.size > 1000 ? 0.25 : graphBy() === "party" ? 0.55 : 0.7;
  return { id: line.key, from: line.a, to: line.b, width: lineWidth(line), dashes: line.settled ? false : [6, 5],
    color: { color: themeColours.wire, opacity, highlight: themeColours.text, hover: themeColours.text }, theme: themeColours.wire };
}

const lineWidth = line => (line.tie ? 0.8 : Math.min(12, 0.6 + 1.3 * Math.log2(1 + line.n)));

function describeGraph(content) {
  const what = graphBy() === "party" ? "countries and organizations" : "entities";
  const summary = `Graph of ${content.points.length} ${what} and ${content.lines.length} lines. The list holds the same facts.`;
  graphBox.setAttribute("aria-label", summary);
  const canvas = graphBox.querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", summary);
  const help = content.points.length ? "Click a point or a line for its sentences; shift-click two points for how they are linked." : "Nothing passes the filter.";
  byName("graph-note").textContent = `${content.note} ${help}`.trim();
  for (const choice of byName("graph-by").children) choice.setAttribute("aria-pressed", choice.dataset.by === graphBy());
}

// The picture moves only when other points are drawn, never because a line changed.
function fitWhenNew(content) {
  const drawn = `${graphBy()} ${content.points.map(point => point.i).sort((a, b) => a - b).join()}`;
  if (drawn === drawnGraph.fitted) return;
  drawnGraph.fitted = drawn;
  const opened = state.open.at(-1), disc = opened && state.at[0] === opened ? discOf(entityOf.get(opened).i) : [];
  fitGraph(disc.length > 1 ? disc : undefined);
}

// An opened country and its people.
function discOf(party) {
  return [...drawnGraph.points.keys()].filter(i => i === party || (ENTITIES[i].type === "Leader" && ENTITIES[i].party === party));
}

function fitGraph(nodes = points.getIds()) {
  network.fit({ nodes, animation: false, maxZoomLevel: 1.5 });
  // Room at the edges for the names below the lowest points, and for the controls.
  const { x, y } = network.getViewPosition(), scale = network.getScale() * 0.95;
  network.moveTo({ scale, position: { x, y: y + 16 / scale } });
}

function selectInGraph() {
  const there = state.at.map(id => entityOf.get(id).i).filter(i => drawnGraph.points.has(i));
  network.unselectAll();
  if (there.length === 1) network.selectNodes(there, false);
  if (there.length === 2) network.setSelection({ nodes: there, edges: [] }, { highlightEdges: false });
}

function showInGraph(i) {
  if (!drawnGraph.points.has(i)) return;
  network.focus(i, { scale: Math.max(network.getScale(), 0.9), animation: false });
}

// ---------------------------------------------------------------- what is in focus

// What stays bright: the point under the pointer, else the open card; null when nothing is dimmed.
function brightPoints() {
  if (hovered !== null && drawnGraph.points.has(hovered)) return withNeighbours([hovered]);
  if (state.link.length === 2) return null;
  const at = state.at.map(id => entityOf.get(id).i), there = at.filter(i => drawnGraph.points.has(i));
  if (at.length === 1 && !there.length && graphBy() === "party") return partiesBehind(at[0]);
  if (there.length === 2) return { points: new Set(there), lines: [...drawnGraph.lines.values()].filter(line => there.includes(line.a) && there.includes(line.b)) };
  return there.length ? withNeighbours(there) : null;
}

function withNeighbours(chosen) {
  const bright = { points: new Set(chosen), lines: chosen.flatMap(i => drawnGraph.near.get(i)) };
  for (const line of bright.lines) bright.points.add(line.a).add(line.b);
  return bright;
}

// A meeting is no point in the graph of parties: those who take part in it stay bright.
function partiesBehind(i) {
  const there = new Set(contactsOf(i, passing().contacts).flatMap(group => [...group.sides]).filter(side => drawnGraph.points.has(side)));
  const between = [...drawnGraph.lines.values()].filter(line => there.has(line.a) && there.has(line.b));
  return there.size ? { points: there, lines: between } : null;
}

network.on("afterDrawing", ctx => {
  const bright = brightPoints() || brightPath();
  if (bright) redrawBright(ctx, bright);
  drawLabels(ctx, bright);
});

function brightPath() {
  if (state.link.length < 2) return null;
  const on = new Set(shownPaths().flat().filter(i => drawnGraph.points.has(i)));
  return on.size ? { points: on, lines: [...drawnGraph.lines.values()].filter(line => on.has(line.a) && on.has(line.b)) } : null;
}

function redrawBright(ctx, bright) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 0.78;
  ctx.fillStyle = themeColours.ground;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const line of bright.lines) network.body.edges[line.key]?.draw(ctx);
  for (const i of bright.points) network.body.nodes[i]?.draw(ctx);
}

// ---------------------------------------------------------------- listening

network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
network.on("blurNode", () => { hovered = null; network.redraw(); });
network.on("doubleClick", ({ nodes }) => { if (!nodes.length) fitGraph(); });
network.on("click", event => {
  hovered = null;
  const [i] = event.nodes, shift = event.event?.srcEvent?.shiftKey;
  if (i !== undefined && shift) linkFrom(i);
  else if (i !== undefined) clickPoint(i);
  else if (event.edges.length) clickLine(drawnGraph.lines.get(event.edges[0]));
  else change({ at: [], link: [] });
});

function clickPoint(i) {
  const { id, type, partyPlace } = ENTITIES[i];
  const opens = graphBy() === "party" && partyPlace && type !== "Leader";
  change({ at: [id], link: [], open: opens ? toggled(state.open, id) : state.open });
}

function clickLine(line) {
  if (line.tie) clickPoint(line.a);
  else change({ at: [ENTITIES[line.a].id, ENTITIES[line.b].id], link: [] });
}

// The second of two gives the paths; the first is the one whose card is open.
function linkFrom(i) {
  const [before] = state.at;
  if (before === undefined || before === ENTITIES[i].id) change({ at: [ENTITIES[i].id], link: [] });
  else change({ at: [], link: [before, ENTITIES[i].id] });
}

graphBox.addEventListener("keydown", event => {
  const step = { n: 1, p: -1 }[event.key];
  if (event.key === "0") fitGraph();
  if (!step || !drawnGraph.ranked.length) return;
  const at = drawnGraph.ranked.findIndex(point => ENTITIES[point.i].id === state.at[0]);
  const next = drawnGraph.ranked[(at + step + drawnGraph.ranked.length) % drawnGraph.ranked.length];
  change({ at: [ENTITIES[next.i].id], link: [] });
  showInGraph(next.i);
});

function makeGraph() {
  readThemeColours();
  const by = byName("graph-by"), tools = byName("graph-tools");
  for (const [value, text] of [["entity", "Everything"], ["party", "Countries"]]) {
    const choice = button(text, () => change({ by: value }));
    choice.dataset.by = value;
    by.append(choice);
  }
  const zoom = factor => network.moveTo({ scale: network.getScale() * factor });
  tools.append(button("+", () => zoom(1.4), { "aria-label": "Zoom in" }), button("−", () => zoom(1 / 1.4), { "aria-label": "Zoom out" }),
    button("Fit", () => fitGraph(), { "aria-label": "Fit the graph into view" }));
  const frame = graphBox.querySelector(".vis-network");
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Graph: arrow keys move it, + and - zoom, 0 fits, n and p go to the next and previous entity");
}
