// The card of an entity, a pair or a path: names, offices, meetings with the newest first, and the sentences behind all.

const panel = byName("panel");
const CARD_STEP = 40;
let cardLength = CARD_STEP;

function nameButton(i) {
  return button(ENTITIES[i].name, () => openCard(i), { class: "name", dir: "auto" });
}

function openCard(i) {
  change({ at: [ENTITIES[i].id], link: [], open: withParty(i) });
  showInGraph(i);
}

// In the graph of countries a person is seen only when the country is open.
function withParty(i) {
  const { party, type } = ENTITIES[i];
  if (graphBy() !== "party" || type !== "Leader" || party < 0 || party === i) return state.open;
  return [...new Set([...state.open, ENTITIES[party].id])];
}

// ---------------------------------------------------------------- sentences

function citation(source) {
  const cite = element("cite");
  if (/^https?:\/\//i.test(source.url || "")) cite.append(element("a", { href: source.url, rel: "noopener noreferrer", target: "_blank", text: source.title }));
  else cite.append(source.title);
  cite.append([source.publisher, source.published].filter(Boolean).map(part => `, ${part}`).join(""));
  return cite;
}

const marksOf = facts => ({ entities: new Set(facts.flatMap(fact => [fact.s, fact.o])), values: facts.map(fact => fact.value).filter(Boolean) });

// The sentence with the words that name what its facts are about.
function markedWords(number, { entities, values }) {
  const { text, marks } = sentence(number), spans = [];
  for (let n = 0; n < marks.length; n += 3) if (entities.has(marks[n + 2])) spans.push([marks[n], marks[n] + marks[n + 1]]);
  for (const value of values) {
    const at = text.toLowerCase().indexOf(value.toLowerCase());
    if (at >= 0) spans.push([at, at + value.length]);
  }
  const parts = [];
  let done = 0;
  for (const [begin, end] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (begin < done) continue;
    parts.push(text.slice(done, begin), element("mark", { text: text.slice(begin, end) }));
    done = end;
  }
  return [...parts, text.slice(done)].filter(part => part !== "");
}

// Facts that rest on the same words stand together above them.
function statements(facts) {
  const groups = new Map();
  for (const fact of facts) {
    const key = fact.sentences.join();
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  return [...groups.values()].map(statement);
}

function statement(facts) {
  const made = element("div", { class: facts.every(fact => fact.settled) ? "statement" : "statement open" }, ...facts.map(claim));
  const { sentences } = facts[0], shown = sentences.slice(0, 5);
  for (const number of shown)
    made.append(element("blockquote", {}, element("p", { dir: "auto" }, ...markedWords(number, marksOf(facts))), citation(sentence(number).document)));
  if (sentences.length > shown.length) made.append(element("p", { class: "note", text: `and ${sentences.length - shown.length} more sentences, which the list can save` }));
  return made;
}

function claim(fact) {
  const made = element("p", { class: "claim" }, nameButton(fact.s), element("span", { class: "verb", text: ` ${fact.predicate.verb} ` }),
    fact.o >= 0 ? nameButton(fact.o) : element("strong", { text: fact.value }));
  if (fact.when && fact.predicate.name !== "heldOn") made.append(element("span", { class: "note", text: `, ${dateWords(fact.when)}` }));
  const words = [];
  if (fact.modality !== "actual") words.push(MODALITY_WORDS[fact.modality]);
  if (fact.disputed) words.push(DISPUTED_WORDS);
  for (const word of words) made.append(" ", element("span", { class: "tag", text: word }));
  made.append(element("span", { class: "sure", text: confidenceWords(fact.confidence), title: fact.rule ? `read by the rule "${fact.rule}"` : "" }));
  return made;
}

// ---------------------------------------------------------------- cards

const newestFirst = (a, b) => (!a.when - !b.when) || (a.when < b.when ? 1 : a.when > b.when ? -1 : a.i - b.i);

function section(title, facts) {
  if (!facts.length) return [];
  const shown = [...facts].sort(newestFirst).slice(0, cardLength);
  return [element("h3", { text: `${title} (${facts.length})` }), ...statements(shown), ...moreButton(facts.length - shown.length)];
}

function moreButton(n) {
  return n > 0 ? [button(`Show ${Math.min(n, 5 * CARD_STEP)} more`, () => { cardLength += 5 * CARD_STEP; renderPanel(); }, { class: "more-rows" })] : [];
}

function entityCard(entity) {
  const set = passingSet(passing().facts), facts = entity.facts.filter(fact => set.has(fact.i));
  const card = [element("h2", { tabindex: -1, dir: "auto" }, shapeIcon(entity.type), entity.name), element("p", { class: "note", text: about(entity) })];
  if (entity.aliases.length) card.push(element("p", { class: "note", text: `Also written: ${entity.aliases.slice(0, 8).join("; ")}${entity.aliases.length > 8 ? " …" : ""}` }));
  card.push(cardTools(entity));
  card.push(...hiddenNote(entity.facts.length - facts.length));
  const isOffice = fact => ["position", "represents"].includes(fact.predicate.name) && fact.s === entity.i;
  const isMet = fact => fact.contact >= 0 && isMeeting(CONTACTS[fact.contact]) && CONTACTS[fact.contact].entity !== entity.i;
  const isSpoken = fact => fact.predicate.name === "represents" && fact.o === entity.i;
  const rest = facts.filter(fact => !isOffice(fact) && !isSpoken(fact));
  if (["Country", "Organization"].includes(entity.type)) card.push(...partners(entity));
  card.push(...section("Offices", facts.filter(isOffice)), ...meetingsOf(entity));
  card.push(...section(entity.type === "Meeting" ? "What is said of it" : "Other facts", rest.filter(fact => !isMet(fact))));
  return [...card, ...section("Who speaks for it", facts.filter(isSpoken)), ...documentsOf(facts)];
}

// Those of a country are also those to which its people went.
function meetingsOf({ i }) {
  const found = contactsOf(i, passing().contacts).filter(group => isMeeting(group.contact) && group.contact.entity !== i)
    .map(group => ({ ...group, when: contactDate(group.contact, group.facts), i: group.contact.i })).sort(newestFirst);
  if (!found.length) return [];
  return [element("h3", { text: `Meetings, newest first (${found.length})` }),
    ...found.slice(0, cardLength).map(group => contactCard(group, i, i)), ...moreButton(found.length - cardLength)];
}

function about({ type, more, party, i }) {
  const parts = [more.kind ? `${typeWords(type)} (${more.kind})` : typeWords(type)];
  if (more.acronym) parts.push(more.acronym);
  if (more.iso3) parts.push(more.iso3);
  if (type === "Leader" && party !== i && party >= 0) parts.push(`speaks for ${ENTITIES[party].name}`);
  const contact = type === "Meeting" && CONTACTS.find(one => one.entity === i);
  if (contact && contact.when) parts.push(dateWords(contact.when));
  return parts.join(", ");
}

function cardTools({ id, i, type, party }) {
  const tools = element("p", { class: "row" });
  const list = { Topic: "topics", Framework: "frameworks" }[type];
  if (list) tools.append(filterButton(list, id));
  if (type === "Country") tools.append(button(state.countries.includes(id) ? "Show all countries" : "Only this country", () => change({ countries: state.countries.includes(id) ? [] : [id] })));
  if (graphBy() === "party" && type !== "Leader" && party === i && ENTITIES[i].partyPlace)
    tools.append(button(state.open.includes(id) ? "Fold in the graph" : "Open in the graph", () => change({ open: toggled(state.open, id) })));
  tools.append(linkChooser(i));
  return tools;
}

function filterButton(list, id) {
  const chosen = state[list].includes(id);
  return button(chosen ? "Show everything again" : "Only what is about this", () => change({ [list]: toggled(state[list], id) }));
}

// The keyboard's way to what shift-click does.
function linkChooser(i) {
  const known = RANKED.filter(entity => entity.i !== i && ["Country", "Leader", "Organization", "Meeting"].includes(entity.type)).slice(0, 200);
  if (!known.length) return "";
  const select = element("select", { "aria-label": "Show how it is linked to" }, element("option", { value: "", text: "Linked how to …" }),
    ...known.sort((a, b) => a.name.localeCompare(b.name, "en")).map(entity => element("option", { value: entity.id, text: entity.name })));
  select.addEventListener("change", () => { if (select.value) change({ at: [], link: [ENTITIES[i].id, select.value] }); });
  return select;
}

function hiddenNote(n) {
  if (!n) return [];
  return [element("p", { class: "note hidden-facts" }, `${counted(n, "fact")} left out by the filter. `, button("Clear the filter", () => change(NO_FILTER), { class: "name" }))];
}

// With whom a country or organization has most contacts.
function partners({ i, id }) {
  const counts = partyCounts(contactsOf(i, passing().contacts).reduce((held, group) => held.set(group.contact.i, group), new Map()));
  counts.delete(i);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8);
  if (!ranked.length) return [];
  const most = ranked[0][1];
  return [element("h3", { text: "Most contacts with" }), element("ul", { class: "partners" }, ...ranked.map(([party, n]) => element("li", {},
    button(ENTITIES[party].name, () => change({ at: [id, ENTITIES[party].id], link: [] }), { class: "name" }),
    element("span", { class: "share", style: `width:${Math.round(90 * n / most)}px`, "aria-hidden": "true" }), element("span", { class: "note", text: String(n) }))))];
}

function documentsOf(facts) {
  const found = [...new Set(facts.flatMap(fact => fact.sentences.map(number => RAW.sentences.document[number])))].map(n => DOCUMENTS[n]);
  if (!found.length) return [];
  found.sort((a, b) => ((a.published || "") < (b.published || "") ? 1 : -1));
  const shown = found.slice(0, 20).map(source => element("li", {}, citation(source)));
  return [element("h3", { text: `Documents (${found.length})` }), element("ul", { class: "documents" }, ...shown),
    found.length > 20 ? element("p", { class: "note", text: `and ${found.length - 20} more` }) : null];
}

function pairCard(a, b) {
  const set = passingSet(passing().facts), isShown = fact => set.has(fact.i);
  const direct = a.facts.filter(fact => fact.o >= 0 && (fact.s === b.i || fact.o === b.i));
  const groups = sharedContacts(a.i, b.i);
  const card = [element("h2", { tabindex: -1 }, nameButton(a.i), " and ", nameButton(b.i))];
  const n_hidden = direct.filter(fact => !isShown(fact)).length;
  card.push(element("p", { class: "row" }, button("Show how they are linked", () => change({ at: [], link: [a.id, b.id] }))), ...hiddenNote(n_hidden));
  card.push(...section("Facts between them", direct.filter(isShown)));
  if (groups.length) {
    card.push(element("h3", { text: `Contacts, newest first (${groups.length})` }));
    card.push(...groups.slice(0, cardLength).map(group => contactCard(group, a.i, b.i)), ...moreButton(groups.length - cardLength));
  }
  if (!groups.length && !direct.some(isShown)) card.push(element("p", { text: "Nothing joins them under the filter in use." }));
  return card;
}

// Contacts in which both take part, the newest first; those that are the pair itself are told as facts.
function sharedContacts(a, b) {
  const { contacts } = passing(), second = new Set(contactsOf(b, contacts).map(group => group.contact.i));
  const shared = contactsOf(a, contacts).filter(group => second.has(group.contact.i) && group.contact.entity !== a && group.contact.entity !== b);
  return shared.filter(group => group.contact.entity >= 0 || !group.facts.every(fact => [fact.s, fact.o].every(end => end === a || end === b)))
    .map(group => ({ ...group, when: contactDate(group.contact, group.facts), i: group.contact.i })).sort(newestFirst);
}

function contactCard(group, a, b) {
  const { contact } = group, title = element("h4", {});
  if (contact.entity >= 0) title.append(nameButton(contact.entity));
  else title.append(group.facts[0].predicate.verb);
  title.append(element("span", { class: "note", text: `, ${dateWords(group.when)}` }));
  const takes = fact => [fact.s, fact.o].some(end => end === a || end === b) || fact.sides.some(side => side === a || side === b);
  const about = contact.topics.map(i => ENTITIES[i].name).join(", ");
  return element("article", { class: "contact" }, title, about ? element("p", { class: "note", text: `about ${about}` }) : null, ...statements(group.facts.filter(takes)));
}

function overviewCard() {
  const { facts } = passing(), counts = new Map();
  for (const fact of facts) for (const end of new Set([fact.s, fact.o])) if (end >= 0) counts.set(end, (counts.get(end) || 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, cardLength);
  const dates = facts.map(fact => fact.from).filter(Boolean).sort();
  const span = dates.length ? ` from ${dateWords(dates[0].slice(0, 7))} to ${dateWords(dates.at(-1).slice(0, 7))}` : "";
  return [element("h2", { tabindex: -1, text: "Who is in it" }),
    element("p", { class: "note", text: `${counted(facts.length, "fact")}${span}; ${counted(counts.size, "entity", "entities")}, those with the most facts first.` }),
    element("ul", { class: "names" }, ...ranked.map(([i, n]) => element("li", {}, shapeIcon(ENTITIES[i].type), nameButton(i), element("span", { class: "note", text: ` ${n}` })))),
    ...moreButton(counts.size - ranked.length)];
}

function renderPanel() {
  const hadFocus = panel.contains(document.activeElement) && document.activeElement !== panel;
  panel.replaceChildren(...panelContent().filter(Boolean));
  if (hadFocus) panel.querySelector("h2")?.focus({ preventScroll: true });
}

function panelContent() {
  const close = button("Close", () => { change({ at: [], link: [] }); byName(`tab-${state.view}`).focus(); }, { class: "close", "aria-label": "Close the card" });
  if (state.link.length === 2) return [close, ...renderPaths()];
  const at = state.at.map(id => entityOf.get(id));
  if (at.length === 2) return [close, ...pairCard(...at)];
  return at.length ? [close, ...entityCard(at[0])] : overviewCard();
}

whenStateChanges(before => {
  if (before.at.join("\n") === state.at.join("\n") && before.link.join("\n") === state.link.join("\n")) return;
  cardLength = CARD_STEP;
  panel.scrollTop = 0;
  // For those who do not see the card change.
  const names = [...state.at, ...state.link].map(id => entityOf.get(id).name).join(" and ");
  byName("spoken").textContent = names ? `Details: ${names}` : "";
});
