"use strict";
// Text from articles reaches the page through textContent only; nothing here builds HTML from strings.
const DATA = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(DATA.nodes.map(node => [node.id, node]));
const panel = document.getElementById("panel");
const search = document.getElementById("search");
const unsettled = document.getElementById("unsettled");
const box = document.getElementById("graph");
const typeBoxes = [...document.querySelectorAll("#types input[value]")].filter(input => input !== unsettled);

const settled = fact => fact.modality === "actual" && fact.status === "asserted";
const counted = fact => unsettled.checked || settled(fact);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function theme() {
  const style = getComputedStyle(document.documentElement);
  return { text: style.getPropertyValue("--text").trim(), ground: style.getPropertyValue("--ground").trim() };
}

// ---------------------------------------------------------------- drawing

const nodes = new vis.DataSet(DATA.nodes.map(drawnNode));
const edges = new vis.DataSet(DATA.edges.map((edge, i) => ({ id: i, from: edge.from, to: edge.to })));
const network = new vis.Network(box, { nodes, edges }, DATA.options);
const visible = { nodes: 0, edges: 0 };

function drawnNode(node) {
  // The label of a box stands inside it, that of every other shape below it.
  const inside = node.shape === "box";
  const font = { color: inside ? "#ffffff" : theme().text, size: Math.min(22, 11 + node.lines) };
  if (!inside) font.strokeWidth = 3, font.strokeColor = theme().ground;
  return { id: node.id, label: node.label, shape: node.shape, color: node.color, size: node.size, x: node.x, y: node.y,
    font, title: `${node.name} (${node.type})` };
}

function refresh() {
  const types = new Set(typeBoxes.filter(input => input.checked).map(input => input.value));
  const lit = new Set();
  const lines = DATA.edges.map((edge, id) => {
    const facts = edge.facts.map(i => DATA.facts[i]).filter(counted);
    const shown = facts.length > 0 && types.has(byId.get(edge.from).type) && types.has(byId.get(edge.to).type);
    if (shown) lit.add(edge.from).add(edge.to);
    return { id, hidden: !shown, width: 1 + 1.5 * Math.log2(1 + facts.length), dashes: !facts.some(settled),
      color: { color: "#8a929e", opacity: 0.65, highlight: "#d55e00", hover: "#d55e00" } };
  });
  edges.update(lines);
  nodes.update(DATA.nodes.map(node => ({ id: node.id, hidden: !lit.has(node.id) })));
  visible.nodes = lit.size;
  visible.edges = lines.filter(line => !line.hidden).length;
  const summary = `${visible.nodes} entities, ${visible.edges} lines, ${DATA.documents.length} documents`;
  document.getElementById("count").textContent = summary;
  box.setAttribute("aria-label", `Graph of ${summary}; the list beside it holds the same`);
}

function retheme() {
  nodes.update(DATA.nodes.map(node => ({ id: node.id, font: drawnNode(node).font })));
}

// ---------------------------------------------------------------- panel

function nameButton(id) {
  const button = element("button", byId.get(id).name);
  button.type = "button";
  button.addEventListener("click", () => select(id, { move: true }));
  return button;
}

function citation(number) {
  const source = DATA.documents[number];
  const cite = element("cite");
  if (/^https?:\/\//.test(source.url || "")) {
    const link = element("a", source.title);
    link.href = source.url;
    link.rel = "noreferrer noopener";
    link.target = "_blank";
    cite.append(link);
  } else {
    cite.append(source.title);
  }
  cite.append([source.publisher, source.published].filter(Boolean).map(part => `, ${part}`).join(""));
  return cite;
}

function factItem(fact) {
  const item = element("li", undefined, "fact");
  const claim = element("div");
  const object = fact.o === undefined ? element("strong", fact.value) : nameButton(fact.o);
  claim.append(nameButton(fact.s), element("span", ` ${DATA.verbs[fact.p]} `, "verb"), object);
  if (fact.happened && fact.p !== "heldOn") claim.append(element("span", ` (${fact.happened})`, "meta"));
  for (const word of [fact.modality, fact.status])
    if (word !== "actual" && word !== "asserted") claim.append(" ", element("span", word, "tag"));
  item.append(claim);
  for (const [number, , quote] of fact.evidence) {
    const said = element("blockquote", quote);
    said.dir = "auto";
    said.append(citation(number));
    item.append(said);
  }
  return item;
}

function factList(facts) {
  const list = element("ul");
  list.append(...facts.map(factItem));
  return list;
}

function showFacts(heading, type, facts) {
  const hidden = facts.filter(fact => !counted(fact)).length;
  panel.replaceChildren(element("h2", heading));
  if (type) panel.append(element("p", type, "type"));
  panel.append(factList(facts.filter(counted)));
  if (hidden) panel.append(element("p", `${hidden} more are planned, proposed, denied or disputed: tick the box above.`, "note"));
}

function showNames(heading, found) {
  const list = element("ul");
  for (const node of found.slice(0, 200)) {
    const item = element("li");
    item.append(nameButton(node.id), element("span", ` ${node.type}, ${node.lines} ${node.lines === 1 ? "line" : "lines"}`, "meta"));
    list.append(item);
  }
  panel.replaceChildren(element("h3", heading), list);
}

function showAll() {
  const found = [...DATA.nodes].sort((a, b) => b.lines - a.lines || (a.name < b.name ? -1 : 1));
  showNames("Entities, those with the most lines first", found);
}

// ---------------------------------------------------------------- choosing

let chosen = null;

function select(id, { move = false } = {}) {
  const node = byId.get(id);
  if (!node) return false;
  chosen = () => select(id);
  network.selectNodes([id]);
  if (move) network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: false });
  const also = node.aliases.length ? `${node.type}, also ${node.aliases.join("; ")}` : node.type;
  showFacts(node.name, also, DATA.facts.filter(fact => fact.s === id || fact.o === id));
  return true;
}

function selectPair(number) {
  const edge = DATA.edges[number];
  if (!edge) return false;
  chosen = () => selectPair(number);
  network.selectEdges([number]);
  const heading = `${byId.get(edge.from).name} and ${byId.get(edge.to).name}`;
  showFacts(heading, "", edge.facts.map(i => DATA.facts[i]));
  return true;
}

function clear() {
  chosen = null;
  search.value = "";
  network.unselectAll();
  showAll();
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

function find(words) {
  const wanted = fold(words.trim());
  return DATA.nodes.filter(node => [node.name, ...node.aliases].some(name => fold(name).includes(wanted)))
    .sort((a, b) => b.lines - a.lines || (a.name < b.name ? -1 : 1));
}

function showFound() {
  chosen = null;
  if (!search.value.trim()) return showAll();
  const found = find(search.value);
  network.selectNodes(found.map(node => node.id));
  showNames(found.length ? `${found.length} found` : "Nothing has that name", found);
}

// ---------------------------------------------------------------- listening

network.on("click", event => {
  if (event.nodes.length) select(event.nodes[0]);
  else if (event.edges.length) selectPair(event.edges[0]);
  else clear();
});
network.on("doubleClick", () => network.fit({ animation: false }));
search.addEventListener("input", showFound);
search.addEventListener("keydown", event => {
  if (event.key === "Enter") { const [first] = find(search.value); if (first) select(first.id, { move: true }); }
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape") clear();
  if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
});
for (const input of [...typeBoxes, unsettled])
  input.addEventListener("change", () => { refresh(); if (chosen) chosen(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
for (const label of document.querySelectorAll("[data-type]"))
  label.textContent = DATA.nodes.filter(node => node.type === label.dataset.type).length;

window.kgView = {
  version: 1,
  ready: false,
  nodeCount: DATA.nodes.length,
  edgeCount: DATA.edges.length,
  factCount: DATA.facts.length,
  visibleNodeCount: () => visible.nodes,
  visibleEdgeCount: () => visible.edges,
  select: id => select(id, { move: true }),
  selectPair,
};
refresh();
showAll();
network.once("afterDrawing", () => { window.kgView.ready = true; });
network.fit({ animation: false });
