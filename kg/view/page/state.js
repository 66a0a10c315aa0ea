// What the reader has chosen: one state for all views, kept in the address after "#" and restored from it.

const VIEWS = ["graph", "timeline", "matrix", "map", "list"];
const BLANK = Object.freeze({
  view: "graph",
  from: "", to: "",           // dates as precise as the reader gave them, both inclusive
  topics: [], frameworks: [], // ids; a fact fits when it is about one of them
  countries: [],              // none, one, or the two of a pair
  hideTypes: [], hidePredicates: [], hideModalities: [],
  text: "",
  at: [],                     // the entity or pair whose card is open
  link: [],                   // the two entities between which paths are shown
  open: [],                   // countries opened in the graph
  by: "",                     // "entity" or "party"; empty lets the size decide
});
let state = { ...BLANK };

const NAMES = { view: "view", from: "from", to: "to", topics: "topic", frameworks: "framework", countries: "country",
  hideTypes: "hide", hidePredicates: "without", hideModalities: "not", text: "q", at: "at", link: "link", open: "open", by: "by" };
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const DISPUTED = "disputed";

// Ids of entities stand in lists; what the data does not know is dropped, whoever wrote it into the address.
const CHECKS = {
  view: value => VIEWS.includes(value),
  from: value => DATE.test(value),
  to: value => DATE.test(value),
  topics: id => entityOf.has(id),
  frameworks: id => entityOf.has(id),
  countries: id => entityOf.has(id),
  at: id => entityOf.has(id),
  link: id => entityOf.has(id),
  open: id => entityOf.has(id),
  hideTypes: name => TYPES.includes(name),
  hidePredicates: name => PREDICATES.some(predicate => predicate.name === name),
  hideModalities: name => MODALITIES.includes(name) || name === DISPUTED,
  text: () => true,
  by: value => value === "entity" || value === "party",
};

function toFragment(chosen) {
  const parts = [];
  for (const [key, name] of Object.entries(NAMES)) {
    const value = chosen[key];
    const isUsual = Array.isArray(value) ? value.length === 0 : value === BLANK[key];
    if (!isUsual) parts.push(`${name}=${[].concat(value).map(one => encodeURIComponent(one.toWellFormed())).join(",")}`);
  }
  return parts.join("&");
}

function fromFragment(fragment) {
  const chosen = { ...BLANK };
  const given = new Map(fragment.split("&").map(part => [part.split("=")[0], part.slice(part.indexOf("=") + 1)]));
  for (const [key, name] of Object.entries(NAMES)) {
    if (!given.has(name)) continue;
    const values = given.get(name).split(",").map(decoded).filter(value => value && CHECKS[key](value));
    if (Array.isArray(BLANK[key])) chosen[key] = values.slice(0, ["countries", "at", "link"].includes(key) ? 2 : undefined);
    else if (values.length) chosen[key] = values[0];
  }
  return chosen;
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}

const watchers = [];
const whenStateChanges = watcher => watchers.push(watcher);

function change(patch) {
  const before = state;
  state = { ...state, ...patch };
  for (const watcher of watchers) watcher(before);
  writeSoon();
}

// Browsers stop a page that sets its address too often, as a dragged slider would: then once it rests.
const written = [];
let waitingToWrite = 0;

function writeSoon() {
  clearTimeout(waitingToWrite);
  const now = performance.now();
  while (written.length && now - written[0] > 3000) written.shift();
  if (written.length < 15) writeFragment(); else waitingToWrite = setTimeout(writeFragment, 400);
}

function writeFragment() {
  written.push(performance.now());
  const fragment = toFragment(state);
  // Inside a notebook's frame the address cannot be set; the state then lives as long as the page.
  try { history.replaceState(null, "", fragment ? `#${fragment}` : location.href.split("#")[0]); } catch { /* stays */ }
}

const toggled = (list, value) => (list.includes(value) ? list.filter(one => one !== value) : [...list, value]);
