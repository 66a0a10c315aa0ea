// How two entities are linked: the shortest paths of facts between them, through people, meetings and papers first, and
// through topics only where there is no other way.

const MOST_PATHS = 6;
const MOST_STEPS = 6;
let keptPaths = { key: "", paths: [] };

function shownPaths() {
  const key = toFragment(state);
  if (keptPaths.key !== key) keptPaths = { key, paths: state.link.length === 2 ? findPaths(...state.link.map(id => entityOf.get(id).i)) : [] };
  return keptPaths.paths;
}

function findPaths(from, to) {
  const near = neighbourhood(passing().facts);
  const plain = shortestPaths(near, from, to, i => ["Topic", "Place"].includes(ENTITIES[i].type));
  return plain.length ? plain : shortestPaths(near, from, to, () => false);
}

function neighbourhood(facts) {
  const near = new Map();
  const add = (a, b) => { if (!near.has(a)) near.set(a, new Set()); near.get(a).add(b); };
  for (const fact of facts) if (fact.o >= 0 && fact.o !== fact.s) { add(fact.s, fact.o); add(fact.o, fact.s); }
  return near;
}

// Breadth first from both ends would be faster; from one end is fast enough and gives all that are equally short.
function shortestPaths(near, from, to, avoid) {
  const before = new Map([[from, []]]);
  let ring = [from];
  for (let step = 0; step < MOST_STEPS && ring.length && !before.has(to); step++) {
    const next = new Map();
    for (const i of ring)
      for (const j of near.get(i) || []) {
        if (before.has(j) || (avoid(j) && j !== to)) continue;
        if (!next.has(j)) next.set(j, []);
        next.get(j).push(i);
      }
    for (const [j, ways] of next) before.set(j, ways);
    ring = [...next.keys()];
  }
  if (!before.has(to) || from === to) return [];
  const paths = [];
  const back = (i, tail) => {
    if (paths.length >= MOST_PATHS) return;
    if (i === from) { paths.push([from, ...tail]); return; }
    for (const j of [...before.get(i)].sort((a, b) => ENTITIES[a].rank - ENTITIES[b].rank)) back(j, [i, ...tail]);
  };
  back(to, []);
  return paths;
}

function renderPaths() {
  const [a, b] = state.link.map(id => entityOf.get(id)), paths = shownPaths();
  const head = [element("h2", { tabindex: -1, text: `How ${a.name} and ${b.name} are linked` })];
  if (!paths.length) return [...head, element("p", { text: "No path of facts leads from one to the other under the filter in use." })];
  const steps = paths[0].length - 1;
  head.push(element("p", { class: "note", text: `${paths.length >= MOST_PATHS ? "The first " : ""}${counted(paths.length, "shortest path")} of ${counted(steps, "step")}` }));
  return [...head, ...paths.map(renderPath)];
}

function renderPath(path, n) {
  const facts = passing().facts, steps = [];
  for (let k = 1; k < path.length; k++) {
    const [a, b] = [path[k - 1], path[k]];
    const between = ENTITIES[a].facts.filter(fact => (fact.s === b || fact.o === b) && fact.o >= 0);
    const passed = between.filter(fact => passingSet(facts).has(fact.i));
    steps.push(element("li", {}, ...statements(passed.slice(0, 3))));
  }
  const title = element("summary", {}, ...path.flatMap((i, k) => [k ? " – " : "", element("b", { text: ENTITIES[i].name })]));
  return element("details", { class: "path", open: n === 0 }, title, element("ol", {}, ...steps));
}

let passed = { facts: null, set: null };
function passingSet(facts) {
  if (passed.facts !== facts) passed = { facts, set: new Set(facts.map(fact => fact.i)) };
  return passed.set;
}
