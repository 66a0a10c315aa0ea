// Every fact as a row with its sentence, document, date and source: the table that holds all that the pictures show.

const list = { key: "when", down: true, n: 100 };
const LIST_STEP = 200;

const LIST_COLUMNS = [
  ["when", "Date", fact => fact.when],
  ["subject", "Who or what", fact => ENTITIES[fact.s].name],
  ["predicate", "Relation", fact => fact.predicate.verb],
  ["object", "To whom or what", objectWords],
  ["modality", "Happened?", fact => (fact.disputed ? DISPUTED : fact.modality)],
  ["sentence", "Sentence", fact => RAW.sentences.text[fact.sentences[0]]],
  ["document", "Document", fact => sentence(fact.sentences[0]).document.title],
];

function objectWords(fact) {
  return fact.o >= 0 ? ENTITIES[fact.o].name : fact.value;
}

function makeList() {
  list.head = element("div", { class: "row" });
  list.box = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of facts" });
  byName("view-list").append(element("h2", { text: "Facts" }), list.head, list.box);
  whenStateChanges(before => { if (NAMES_OF_FILTER.some(key => before[key] !== state[key])) list.n = 100; });
}
const NAMES_OF_FILTER = Object.keys(NO_FILTER);

// The facts in the order of the list, for the table and for what is saved.
function listedFacts() {
  const value = LIST_COLUMNS.find(([key]) => key === list.key)[2];
  const sign = list.down ? -1 : 1;
  return passing().facts.map(fact => [value(fact), fact]).sort(([a, f], [b, g]) =>
    // What has no date stands last, whichever way the list runs.
    (!a - !b) || (a < b ? -sign : a > b ? sign : f.i - g.i)).map(([, fact]) => fact);
}

function renderList() {
  if (state.view !== "list") return;
  const facts = listedFacts(), shown = facts.slice(0, list.n);
  list.head.replaceChildren(element("span", { class: "note", text: facts.length > shown.length ? `${shown.length} of ${counted(facts.length, "fact")} shown` : counted(facts.length, "fact") }),
    button("Save as CSV", () => saveCsv()), button("Save as JSON", () => saveJson()));
  if (!facts.length) { list.box.replaceChildren(element("p", { class: "empty", text: "No fact passes the filter." })); return; }
  // The roles are said because a narrow page lays the cells out as text, and a browser then forgets that they are a table.
  const table = element("table", { class: "facts", role: "table" }, element("caption", { class: "unseen", text: "Facts with the sentences that they rest on" }),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...LIST_COLUMNS.map(listHeading))), element("tbody", { role: "rowgroup" }, ...shown.map(listRow)));
  list.box.replaceChildren(table);
  if (facts.length > shown.length) list.box.append(button(`Show ${Math.min(LIST_STEP, facts.length - shown.length)} more`, () => { list.n += LIST_STEP; renderList(); }, { class: "more-rows" }));
}

function listHeading([key, title]) {
  const chosen = list.key === key;
  const heading = element("th", { scope: "col", role: "columnheader", "aria-sort": chosen ? (list.down ? "descending" : "ascending") : "none" });
  heading.append(button(title, () => {
    list.down = chosen ? !list.down : key === "when";
    list.key = key;
    renderList();
    list.box.querySelector(`[data-sort="${key}"]`).focus();
  }, { "data-sort": key }), element("span", { class: "arrow", "aria-hidden": "true", text: chosen ? (list.down ? " ▾" : " ▴") : "" }));
  return heading;
}

function listRow(fact) {
  const open = fact.settled ? "" : "open", more = fact.sentences.length - 1;
  const said = element("td", { class: "said", dir: "auto" }, ...markedWords(fact.sentences[0], marksOf([fact])));
  if (more) said.append(element("span", { class: "note", text: ` and ${counted(more, "more sentence")}` }));
  const cells = [
    element("td", { class: "date", text: fact.when }),
    element("td", {}, nameButton(fact.s)),
    element("td", { text: fact.predicate.verb }),
    element("td", {}, fact.o >= 0 ? nameButton(fact.o) : fact.value),
    element("td", { text: fact.disputed ? DISPUTED : fact.modality === "actual" ? "yes" : fact.modality }),
    said,
    element("td", {}, citation(sentence(fact.sentences[0]).document)),
  ];
  LIST_COLUMNS.forEach(([, title], n) => cells[n].setAttribute("data-title", title));
  for (const cell of cells) cell.setAttribute("role", "cell");
  return element("tr", { class: open, role: "row" }, ...cells);
}
