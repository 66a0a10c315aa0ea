// What can be saved: the picture, and the facts that pass the filter.

function makeExport() {
  const menu = byName("export");
  const choice = (text, save) => button(text, () => { menu.open = false; menu.querySelector("summary").focus(); save(); });
  byName("export-choices").append(
    element("p", { class: "note", text: "The graph as it is drawn" }), choice("Picture (PNG)", savePng), choice("Drawing (SVG)", saveSvg),
    element("p", { class: "note", text: "All facts that pass the filter" }), choice("Table (CSV)", () => saveCsv()), choice("Table for a spreadsheet (CSV)", () => saveCsv(guarded)),
    choice("JSON", () => saveJson()), choice("GraphML", saveGraphml), choice("GEXF", saveGexf),
    element("p", { class: "note", text: "This page with its filter" }), choice("Print", () => print()));
  menu.addEventListener("focusout", event => { if (!menu.contains(event.relatedTarget) && event.relatedTarget) menu.open = false; });
}

// ---------------------------------------------------------------- tables

const SAVED_COLUMNS = ["date", "subject", "subject_id", "predicate", "object", "object_id", "modality", "status", "reported", "confidence", "sentence", "document", "publisher", "published", "source"];

function savedRows() {
  return listedFacts().flatMap(fact => fact.sentences.map(number => {
    const { text, document } = sentence(number), object = fact.o >= 0 ? ENTITIES[fact.o] : null;
    return [fact.when, ENTITIES[fact.s].name, ENTITIES[fact.s].id, fact.predicate.name, object ? object.name : fact.value, object ? object.id : "", fact.modality,
      fact.disputed ? DISPUTED : "asserted", fact.reported, fact.confidence / 100, text, document.title, document.publisher || "", document.published || "", document.url || ""];
  }));
}

// A spreadsheet takes a cell that begins with one of these signs for a formula.
const guarded = value => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

function csv(shape = value => value) {
  const cell = value => { const text = shape(String(value ?? "")); return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  return [SAVED_COLUMNS, ...savedRows()].map(row => row.map(cell).join(",")).join("\n") + "\n";
}

function saveCsv(shape) { download("facts.csv", "text/csv;charset=utf-8", csv(shape)); }

function saveJson() {
  const rows = savedRows().map(row => Object.fromEntries(SAVED_COLUMNS.map((name, n) => [name, row[n]])));
  download("facts.json", "application/json", JSON.stringify(rows, null, 1));
}

// ---------------------------------------------------------------- graphs

// XML 1.0 has no place for control signs and lone halves of a pair.
const xml = text => String(text).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

function savedGraph() {
  const facts = passing().facts.filter(fact => fact.o >= 0);
  return { facts, entities: [...new Set(facts.flatMap(fact => [fact.s, fact.o]))].sort((a, b) => a - b).map(i => ENTITIES[i]) };
}

const EDGE_KEYS = [["type", fact => fact.predicate.name], ["modality", fact => fact.modality], ["status", fact => (fact.disputed ? DISPUTED : "asserted")], ["date", fact => fact.when], ["evidence", fact => RAW.sentences.text[fact.sentences[0]]]];

function graphml() {
  const { facts, entities } = savedGraph();
  const key = (name, scope) => `<key id="${scope}-${name}" for="${scope}" attr.name="${name}" attr.type="string"/>`;
  const data = (scope, name, value) => `<data key="${scope}-${name}">${xml(value)}</data>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    key("name", "node"), key("type", "node"), ...EDGE_KEYS.map(([name]) => key(name, "edge")), '<graph edgedefault="directed">',
    ...entities.map(({ id, name, type }) => `<node id="${xml(id)}">${data("node", "name", name)}${data("node", "type", type)}</node>`),
    ...facts.map(fact => `<edge id="f${fact.i}" source="${xml(ENTITIES[fact.s].id)}" target="${xml(ENTITIES[fact.o].id)}">${EDGE_KEYS.map(([name, value]) => data("edge", name, value(fact))).join("")}</edge>`),
    "</graph>", "</graphml>", ""].join("\n");
}

function gexf() {
  const { facts, entities } = savedGraph();
  const values = pairs => `<attvalues>${pairs.map(([n, value]) => `<attvalue for="${n}" value="${xml(value)}"/>`).join("")}</attvalues>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://gexf.net/1.3" version="1.3">', '<graph defaultedgetype="directed">',
    '<attributes class="node"><attribute id="0" title="type" type="string"/></attributes>',
    `<attributes class="edge">${EDGE_KEYS.map(([name], n) => `<attribute id="${n}" title="${name}" type="string"/>`).join("")}</attributes>`,
    "<nodes>", ...entities.map(({ id, name, type }) => `<node id="${xml(id)}" label="${xml(name)}">${values([[0, type]])}</node>`), "</nodes>",
    "<edges>", ...facts.map(fact => `<edge id="${fact.i}" source="${xml(ENTITIES[fact.s].id)}" target="${xml(ENTITIES[fact.o].id)}">${values(EDGE_KEYS.map(([, value], n) => [n, value(fact)]))}</edge>`), "</edges>",
    "</graph>", "</gexf>", ""].join("\n");
}

function saveGraphml() { download("graph.graphml", "application/xml", graphml()); }
function saveGexf() { download("graph.gexf", "application/xml", gexf()); }

// ---------------------------------------------------------------- pictures

function savePng() {
  if (state.view !== "graph") change({ view: "graph" });
  network.redraw();
  const drawn = graphBox.querySelector("canvas"), copy = element("canvas", { width: drawn.width, height: drawn.height }), ctx = copy.getContext("2d");
  ctx.fillStyle = themeColours.ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(drawn, 0, 0);
  copy.toBlob(blob => download("graph.png", "image/png", blob));
}

function graphSvg() {
  if (state.view !== "graph") change({ view: "graph" });
  network.redraw();
  const { left, top, right, bottom } = viewBounds(), scale = network.getScale();
  const line = one => {
    const a = drawnGraph.points.get(one.a), b = drawnGraph.points.get(one.b);
    return `<path d="M${a.x} ${a.y}L${b.x} ${b.y}" stroke="${xml(themeColours.wire)}" stroke-opacity=".65" stroke-width="${lineWidth(one).toFixed(2)}"${one.settled ? "" : ' stroke-dasharray="6 5"'}/>`;
  };
  const point = one => `<path transform="translate(${one.x} ${one.y}) scale(${(one.size / 10).toFixed(3)})" d="${SHAPES[ENTITIES[one.i].type]}" fill="${COLOURS[ENTITIES[one.i].type]}" stroke="${xml(themeColours.border)}" stroke-width="1.5"><title>${xml(ENTITIES[one.i].name)}</title></path>`;
  const label = one => one.rows.map((row, n) => `<text x="${one.x.toFixed(1)}" y="${(one.y + ((n - (one.rows.length - 1) / 2) * 1.15 + 0.35) * LABEL_SIZE / scale).toFixed(1)}">${xml(row)}</text>`).join("");
  return [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, right - left, bottom - top].map(n => n.toFixed(1)).join(" ")}" width="${Math.round((right - left) * scale)}" height="${Math.round((bottom - top) * scale)}">`,
    `<title>${xml(document.title)}</title>`, `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="100%" height="100%" fill="${xml(themeColours.ground)}"/>`,
    ...[...drawnGraph.lines.values()].map(line), ...[...drawnGraph.points.values()].map(point),
    `<g font-family="sans-serif" font-size="${(LABEL_SIZE / scale).toFixed(2)}" text-anchor="middle" fill="${xml(themeColours.text)}" stroke="${xml(themeColours.ground)}" stroke-width="${(3.5 / scale).toFixed(2)}" paint-order="stroke" stroke-linejoin="round">`,
    ...(drawnGraph.labels || []).map(label), "</g>", "</svg>", ""].join("\n");
}

function saveSvg() { download("graph.svg", "image/svg+xml", graphSvg()); }
