// The search box: suggestions of entities as one types; Enter without a choice keeps the facts that hold the words.

const search = byName("search");
const suggestions = byName("suggestions");
const suggest = { found: [], at: -1 };
const MOST_SUGGESTIONS = 10;
const foldedNames = ENTITIES.map(entity => [entity.name, ...entity.aliases, entity.more.acronym || "", entity.more.iso3 || ""].map(fold));

// Names that begin with the words first, then those with a word that does, then any that hold them.
function findNames(words) {
  const wanted = fold(words.trim());
  if (!wanted) return [];
  const grade = i => Math.min(...foldedNames[i].map(name => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3)));
  return ENTITIES.map(({ i }) => [grade(i), i]).filter(([rank]) => rank < 3)
    .sort((a, b) => a[0] - b[0] || ENTITIES[a[1]].rank - ENTITIES[b[1]].rank).slice(0, MOST_SUGGESTIONS).map(([, i]) => ENTITIES[i]);
}

function renderSuggestions() {
  const items = suggest.found.map((entity, n) => element("li", { id: `suggestion-${n}`, role: "option", "aria-selected": n === suggest.at, on: { pointerdown: event => { event.preventDefault(); choose(n); } } },
    shapeIcon(entity.type), element("span", { text: entity.name }), element("span", { class: "note", text: typeWords(entity.type) })));
  if (search.value.trim())
    items.push(element("li", { id: `suggestion-${items.length}`, role: "option", "aria-selected": suggest.at === items.length, on: { pointerdown: event => { event.preventDefault(); choose(suggest.found.length); } } },
      element("span", { text: `Facts with the words “${search.value.trim()}”` })));
  suggestions.replaceChildren(...items);
  const open = items.length > 0 && document.activeElement === search;
  suggestions.hidden = !open;
  search.setAttribute("aria-expanded", open);
  if (open && suggest.at >= 0) search.setAttribute("aria-activedescendant", `suggestion-${suggest.at}`);
  else search.removeAttribute("aria-activedescendant");
}

function choose(n) {
  const entity = suggest.found[n];
  closeSuggestions();
  if (entity) { search.value = ""; openCard(entity.i); } else change({ text: search.value.trim() });
}

function closeSuggestions() {
  suggest.found = [];
  suggest.at = -1;
  suggestions.hidden = true;
  search.setAttribute("aria-expanded", false);
  search.removeAttribute("aria-activedescendant");
}

function makeSearch() {
  search.addEventListener("input", () => {
    suggest.found = findNames(search.value);
    suggest.at = -1;
    renderSuggestions();
    if (!search.value && state.text) change({ text: "" });
  });
  search.addEventListener("keydown", event => {
    const last = suggestions.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (suggestions.hidden) return;
      event.preventDefault();
      suggest.at = event.key === "ArrowDown" ? (suggest.at >= last ? 0 : suggest.at + 1) : (suggest.at <= 0 ? last : suggest.at - 1);
      renderSuggestions();
    } else if (event.key === "Enter") {
      choose(suggest.at >= 0 ? suggest.at : suggest.found.length);
    }
  });
  search.addEventListener("blur", closeSuggestions);
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input:not([type=checkbox]):not([type=range]),select,textarea");
    if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "Escape") escape();
  });
}

// First what is in the way, then the card, then the words.
function escape() {
  const menu = document.querySelector("details.menu[open]");
  if (!suggestions.hidden) closeSuggestions();
  else if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  else if (state.at.length || state.link.length) change({ at: [], link: [] });
  else { search.value = ""; change({ text: "" }); }
}

function renderSearch() {
  if (document.activeElement !== search) search.value = state.text;
}
