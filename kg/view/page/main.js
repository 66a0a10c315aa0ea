// The page begins: build what stands still, restore the state from the address, draw, and offer the hook for tests.

function renderAll() {
  renderTabs();
  renderFilters();
  renderChips();
  renderSearch();
  renderCount();
  renderGraph();
  renderTimeline();
  renderMatrix();
  renderMap();
  renderList();
  renderPanel();
}

function recolour() {
  readThemeColours();
  network.redraw();
  renderAll();
}

const narrow = matchMedia("(max-width: 900px)");

function makePage() {
  makeTabs();
  makeFilters();
  makeTheme(recolour);
  makeGraph();
  makeTimeline();
  makeMatrix();
  makeMap();
  makeList();
  makeSearch();
  makeExport();
  byName("filters").open = !narrow.matches;
  narrow.addEventListener("change", () => { byName("filters").open = !narrow.matches; });
  whenStateChanges(renderAll);
  addEventListener("hashchange", () => change(fromFragment(location.hash.slice(1))));
  let resized = 0;
  addEventListener("resize", () => { cancelAnimationFrame(resized); resized = requestAnimationFrame(() => { earth.byHand = false; renderTimeline(); renderMap(); }); });
}

window.kgView = {
  version: 2,
  ready: false,
  nodeCount: ENTITIES.length,
  edgeCount: pairsOf(FACTS).size,
  factCount: FACTS.length,
  visibleNodeCount: () => drawnGraph.points.size,
  visibleEdgeCount: () => drawnGraph.lines.size,
  visibleFactCount: () => passing().facts.length,
  select: id => entityOf.has(id) && (openCard(entityOf.get(id).i), true),
  selectPair: (a, b) => [a, b].every(id => entityOf.has(id)) && (change({ at: [a, b], link: [] }), true),
  setRange: (from, to) => change({ from, to }),
  setPair: (...ids) => change({ countries: ids }),
  set: patch => change(patch),
  state: () => ({ ...state }),
};

makePage();
state = fromFragment(location.hash.slice(1));
change({});
requestAnimationFrame(() => requestAnimationFrame(() => { window.kgView.ready = true; }));
