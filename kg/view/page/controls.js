// What surrounds the views: tabs, the filter form that is also the legend, the chips of filters in use, the theme.

const TAB_NAMES = { graph: "Graph", timeline: "Timeline", matrix: "Matrix", map: "Map", list: "List" };

function makeTabs() {
  const tabs = byName("tabs");
  for (const view of VIEWS)
    tabs.append(button(TAB_NAMES[view], () => change({ view }), { id: `tab-${view}`, role: "tab", "aria-controls": `view-${view}` }));
  tabs.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const view = VIEWS[(VIEWS.indexOf(state.view) + step + VIEWS.length) % VIEWS.length];
    change({ view });
    byName(`tab-${view}`).focus();
  });
}

function renderTabs() {
  for (const view of VIEWS) {
    const chosen = view === state.view, tab = byName(`tab-${view}`);
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    byName(`view-${view}`).hidden = !chosen;
  }
  // The list needs the width, and says itself who is in it.
  byName("panel").hidden = state.view === "list" && !state.at.length && !state.link.length;
}

// ---------------------------------------------------------------- filter and legend

function makeFilters() {
  const used = new Set(ENTITIES.map(entity => entity.type));
  byName("filter-form").append(...[
    typeBoxes(TYPES.filter(type => used.has(type))),
    modalityBoxes(),
    dateFields(),
    chooser("topic", "Topic", "topics", ENTITIES.filter(entity => entity.type === "Topic" && entity.facts.length)),
    chooser("framework", "Framework", "frameworks", frameworksInUse()),
    countryFields(),
    predicateBoxes(),
    lineLegend(),
  ].filter(Boolean));
}

function fieldset(legend, options, ...children) {
  return element("fieldset", options, element("legend", { text: legend }), ...children);
}

function checkbox(value, list, label, ...icon) {
  const input = element("input", { type: "checkbox", value, on: { change: () => change({ [list]: toggled(state[list], value) }) } });
  input.dataset.list = list;
  return element("label", {}, input, ...icon, element("span", { text: label }));
}

function typeBoxes(types) {
  return fieldset("Kinds", { id: "types", class: "two" }, ...types.map(type => {
    const label = checkbox(type, "hideTypes", PLURALS[type], shapeIcon(type));
    label.append(element("span", { class: "n", text: ENTITIES.filter(entity => entity.type === type).length.toLocaleString("en") }));
    return label;
  }));
}

function modalityBoxes() {
  const used = new Set(FACTS.map(fact => fact.modality));
  const names = MODALITIES.filter(name => used.has(name));
  if (disputedFacts.size) names.push(DISPUTED);
  if (names.length < 2) return null;
  const label = name => (name === "actual" ? "took place" : name);
  return fieldset("Did it happen?", { id: "modalities", class: "two" }, ...names.map(name => checkbox(name, "hideModalities", label(name))));
}

function dateFields() {
  const field = (key, label) => {
    const input = element("input", { id: `filter-${key}`, inputmode: "numeric", placeholder: "YYYY-MM", maxlength: 10, autocomplete: "off" });
    input.addEventListener("change", () => {
      const value = input.value.trim(), isDate = !value || DATE.test(value);
      input.setAttribute("aria-invalid", !isDate);
      input.title = isDate ? "" : "A date is YYYY, YYYY-MM or YYYY-MM-DD";
      if (isDate) change({ [key]: value });
    });
    return element("label", { class: "field" }, element("span", { text: label }), input);
  };
  return fieldset("When", { class: "two" }, field("from", "from"), field("to", "to"));
}

function frameworksInUse() {
  const used = new Set(CONTACTS.flatMap(contact => contact.frameworks));
  return ENTITIES.filter(entity => used.has(entity.i));
}

// A menu that adds to a list; what was chosen stands among the chips.
function chooser(name, label, list, entities) {
  if (!entities.length) return null;
  const select = element("select", { id: `filter-${name}` }, element("option", { value: "", text: "any" }));
  for (const entity of [...entities].sort((a, b) => a.name.localeCompare(b.name, "en")))
    select.append(element("option", { value: entity.id, text: `${entity.name} (${entity.facts.length})` }));
  select.addEventListener("change", () => {
    if (select.value) change({ [list]: [...new Set([...state[list], select.value])] });
    select.value = "";
  });
  return element("label", { class: "field wide" }, element("span", { text: label }), select);
}

function countryFields() {
  const countries = ENTITIES.filter(entity => entity.type === "Country").sort((a, b) => a.name.localeCompare(b.name, "en"));
  if (!countries.length) return null;
  const field = (place, label) => {
    const select = element("select", { id: `filter-country-${place}` }, element("option", { value: "", text: "any" }),
      ...countries.map(country => element("option", { value: country.id, text: country.name })));
    select.addEventListener("change", () => {
      const pair = [0, 1].map(n => byName(`filter-country-${n}`).value);
      change({ countries: [...new Set(pair.filter(Boolean))] });
    });
    return element("label", { class: "field" }, element("span", { text: label }), select);
  };
  return fieldset("Countries", { class: "two" }, field(0, "of"), field(1, "with"));
}

function predicateBoxes() {
  const used = PREDICATES.filter(predicate => FACTS.some(fact => fact.predicate === predicate));
  return element("details", { class: "more" }, element("summary", { text: "Relations" }),
    fieldset("Relations shown", { id: "predicates", class: "one plainly" },
      ...used.map(predicate => checkbox(predicate.name, "hidePredicates", predicate.verb))));
}

function lineLegend() {
  const line = (width, dashes) => svgElement("svg", { viewBox: "0 0 34 12", width: 34, height: 12, class: "icon", "aria-hidden": "true" },
    svgElement("path", { d: "M1 6H33", stroke: "currentColor", "stroke-width": width, "stroke-dasharray": dashes }));
  const item = (icon, text) => element("li", {}, icon, element("span", { text }));
  return element("div", { class: "lines" }, element("h2", { text: "Lines" }), element("ul", {},
    item(line(1.5), "one fact"), item(line(6), "many facts"), item(line(2, "5 4"), "has not (yet) happened, or is disputed")));
}

function renderFilters() {
  for (const input of document.querySelectorAll("input[data-list]")) input.checked = !state[input.dataset.list].includes(input.value);
  for (const key of ["from", "to"]) {
    const input = byName(`filter-${key}`);
    if (input !== document.activeElement || CHECKS[key](input.value)) input.value = state[key];
  }
  for (const place of [0, 1]) {
    const select = byName(`filter-country-${place}`);
    if (select) select.value = state.countries[place] || "";
  }
}

// ---------------------------------------------------------------- chips

function chipList() {
  const name = id => entityOf.get(id).name, chips = [];
  const add = (text, patch) => chips.push([text, patch]);
  if (state.text) add(`words: ${state.text}`, { text: "" });
  if (state.from || state.to)
    add(state.from && state.to ? `${dateWords(state.from)} to ${dateWords(state.to)}` : state.from ? `since ${dateWords(state.from)}` : `until ${dateWords(state.to)}`, { from: "", to: "" });
  for (const id of state.topics) add(`topic: ${name(id)}`, { topics: toggled(state.topics, id) });
  for (const id of state.frameworks) add(`framework: ${name(id)}`, { frameworks: toggled(state.frameworks, id) });
  if (state.countries.length) add(state.countries.map(name).join(" with "), { countries: [] });
  for (const type of state.hideTypes) add(`without ${PLURALS[type].toLowerCase()}`, { hideTypes: toggled(state.hideTypes, type) });
  for (const one of state.hideModalities) add(`without what ${one === "actual" ? "took place" : `is ${one}`}`, { hideModalities: toggled(state.hideModalities, one) });
  if (state.hidePredicates.length) add(`without ${counted(state.hidePredicates.length, "relation")}`, { hidePredicates: [] });
  return chips;
}

const NO_FILTER = Object.freeze(Object.fromEntries(["from", "to", "topics", "frameworks", "countries", "hideTypes", "hidePredicates", "hideModalities", "text"].map(key => [key, BLANK[key]])));

function renderChips() {
  const chips = chipList();
  const made = chips.map(([text, patch]) => button(text, () => { change(patch); focusAfterChip(); }, { class: "chip", "aria-label": `Remove filter: ${text}` }));
  if (chips.length > 1) made.push(button("Clear all", () => { change(NO_FILTER); focusAfterChip(); }, { class: "plain" }));
  byName("chips").replaceChildren(...made);
  byName("chips").hidden = !chips.length;
}

function focusAfterChip() {
  (byName("chips").querySelector("button") || byName(`tab-${state.view}`)).focus();
}

function renderCount() {
  const { facts, contacts } = passing();
  const entities = new Set(facts.flatMap(fact => (fact.o >= 0 ? [fact.s, fact.o] : [fact.s])));
  const meetings = [...contacts.values()].filter(group => isMeeting(group.contact)).length;
  const undated = state.from || state.to ? passing("from", "to").facts.filter(fact => !fact.when).length : 0;
  const parts = [counted(facts.length, "fact"), counted(entities.size, "entity", "entities"), counted(meetings, "meeting")];
  if (undated) parts.push(`${undated.toLocaleString("en")} without a date left out`);
  if (RAW.left_out) parts.push(`${RAW.left_out.toLocaleString("en")} weaker entities are not in this file`);
  byName("count").textContent = parts.join(", ");
}

// ---------------------------------------------------------------- theme

const darkWished = matchMedia("(prefers-color-scheme: dark)");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byName("theme").textContent = theme === "dark" ? "Light" : "Dark";
  byName("theme").setAttribute("aria-label", theme === "dark" ? "Light colours" : "Dark colours");
}

function makeTheme(redraw) {
  setTheme(darkWished.matches ? "dark" : "light");
  darkWished.addEventListener("change", () => { setTheme(darkWished.matches ? "dark" : "light"); redraw(); });
  byName("theme").addEventListener("click", () => { setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); redraw(); });
  // Print is on white paper, whatever the screen shows.
  let shown = "";
  addEventListener("beforeprint", () => { shown = document.documentElement.dataset.theme; setTheme("light"); redraw(); });
  addEventListener("afterprint", () => { setTheme(shown || "light"); redraw(); });
}
