// Country by country: in how many meetings, visits, papers and projects both take part. A click filters all views.

const matrix = { order: "total", all: false };
const MATRIX_SIZE = 25;

function makeMatrix() {
  matrix.head = element("div", { class: "row" });
  matrix.box = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Matrix of countries" });
  byName("view-matrix").append(element("h2", { text: "Contacts between countries" }), matrix.head, matrix.box);
}

function matrixCountries(contacts) {
  const counts = partyCounts(contacts);
  const countries = [...counts.keys()].filter(isCountry);
  const byName = (a, b) => (ENTITIES[a].name < ENTITIES[b].name ? -1 : 1);
  countries.sort((a, b) => counts.get(b) - counts.get(a) || byName(a, b));
  const shown = matrix.all ? countries : countries.slice(0, MATRIX_SIZE);
  if (matrix.order === "name") shown.sort(byName);
  return { shown, n_all: countries.length, counts };
}

function renderMatrix() {
  if (state.view !== "matrix") return;
  const focused = matrix.box.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  const { contacts } = passing("countries");
  const { shown, n_all, counts } = matrixCountries(contacts), pairs = partyPairs(contacts);
  matrix.head.replaceChildren(...matrixChoices(shown, n_all));
  if (shown.length < 2) {
    matrix.box.replaceChildren(element("p", { class: "empty", text: "Fewer than two countries pass the filter." }));
    return;
  }
  const most = Math.max(1, ...[...pairs.values()].map(pair => pair.n));
  matrix.box.replaceChildren(matrixTable(shown, pairs, counts, most));
  rove(matrix.box, "button");
  if (focused) matrix.box.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function matrixChoices(shown, n_all) {
  const sort = order => button(order === "total" ? "Most contacts first" : "By name", () => { matrix.order = order; renderMatrix(); }, { "aria-pressed": matrix.order === order });
  const found = [element("span", { class: "note", text: "Sort" }), sort("total"), sort("name")];
  if (n_all > MATRIX_SIZE)
    found.push(button(matrix.all ? `Only the ${MATRIX_SIZE} first` : `All ${n_all} countries`, () => { matrix.all = !matrix.all; renderMatrix(); }));
  found.push(element("span", { class: "note", text: "In brackets: planned, proposed, denied or disputed only." }));
  return found;
}

function matrixTable(shown, pairs, counts, most) {
  const head = element("tr", {}, element("th", { scope: "col" }, element("span", { class: "unseen", text: "Country" })),
    ...shown.map(number => element("th", { scope: "col", class: "turned" }, countryButton(number, counts.get(number), "column"))));
  const rows = shown.map(a => element("tr", {}, element("th", { scope: "row" }, countryButton(a, counts.get(a), "row")),
    ...shown.map(b => matrixCell(a, b, pairs.get(a < b ? `${a}-${b}` : `${b}-${a}`), most))));
  return element("table", { class: "matrix" }, element("caption", { class: "unseen", text: "Number of contacts between two countries" }),
    element("thead", {}, head), element("tbody", {}, ...rows));
}

function countryButton(number, n, where) {
  const { id, name, more } = ENTITIES[number], short = where === "column" && more.iso3 ? more.iso3 : name;
  const chosen = state.countries.length === 1 && state.countries[0] === id;
  return button(short, () => change({ countries: chosen ? [] : [id], at: [id], link: [] }),
    { title: `${name}: ${counted(n, "contact")}`, "aria-label": `${name}, ${counted(n, "contact")}`, "aria-pressed": chosen, "data-key": `${where}-${number}` });
}

function matrixCell(a, b, pair, most) {
  if (a === b) return element("td", { class: "self" });
  if (!pair) return element("td");
  const ids = [ENTITIES[a].id, ENTITIES[b].id], chosen = state.countries.length === 2 && ids.every(id => state.countries.includes(id));
  const names = `${ENTITIES[a].name} and ${ENTITIES[b].name}`, open = pair.n - pair.done;
  const words = `${names}: ${counted(pair.done, "contact")}${open ? `, ${open} that did not (yet) happen` : ""}`;
  // Five steps of one hue, dark enough under white and light enough under black text.
  const step = Math.min(5, 1 + Math.floor(4.99 * Math.log2(1 + pair.n) / Math.log2(1 + most)));
  return element("td", { class: `heat${step}` },
    button(pair.done ? String(pair.done) : `(${pair.n})`, () => change({ countries: chosen ? [] : ids, at: chosen ? [] : ids, link: [] }),
      { title: words, "aria-label": words, "aria-pressed": chosen, "data-key": `${a}-${b}` }));
}
