// Which facts pass the state, and what they make: pairs for the graph, contacts between parties for matrix and map.

const isCountry = number => ENTITIES[number].type === "Country";

// Every view asks here, so that all agree. `without` names parts of the state to leave out: the timeline shows what
// lies outside its brush, the matrix what lies outside the chosen pair.
let answers = new Map();
whenStateChanges(() => { answers = new Map(); });

function passing(...without) {
  const key = without.join();
  if (!answers.has(key)) answers.set(key, answer({ ...state, ...Object.fromEntries(without.map(name => [name, BLANK[name]])) }));
  return answers.get(key);
}

function answer(chosen) {
  const fits = factTest(chosen);
  let facts = FACTS.filter(fits);
  let contacts = groupByContact(facts);
  if (chosen.countries.length) {
    const wanted = chosen.countries.map(id => entityOf.get(id).i);
    const joined = new Set([...contacts.values()].filter(one => wanted.every(party => one.sides.has(party))).map(one => one.contact.i));
    facts = facts.filter(fact => isAmong(fact, wanted, joined));
    contacts = groupByContact(facts);
  }
  return { facts, contacts };
}

function factTest(chosen) {
  const topics = new Set(chosen.topics.map(id => entityOf.get(id).i));
  const frameworks = new Set(chosen.frameworks.map(id => entityOf.get(id).i));
  const first = chosen.from && firstDay(chosen.from), last = chosen.to && lastDay(chosen.to);
  const hiddenTypes = new Set(chosen.hideTypes), hiddenPredicates = new Set(chosen.hidePredicates);
  const hiddenModalities = new Set(chosen.hideModalities), words = fold(chosen.text.trim()).split(/\s+/).filter(Boolean);
  return fact =>
    !hiddenTypes.has(ENTITIES[fact.s].type) && !(fact.o >= 0 && hiddenTypes.has(ENTITIES[fact.o].type))
    && !hiddenPredicates.has(fact.predicate.name)
    && !hiddenModalities.has(fact.modality) && !(fact.disputed && hiddenModalities.has(DISPUTED))
    && (!first || (fact.to && fact.to >= first)) && (!last || (fact.from && fact.from <= last))
    && (!topics.size || isAbout(fact, topics, "topics", "Topic"))
    && (!frameworks.size || isAbout(fact, frameworks, "frameworks", "Framework"))
    && words.every(word => haystack(fact).includes(word));
}

// Of a meeting about trade and tourism, "trade" takes all facts but the one that says "tourism".
function isAbout(fact, wanted, which, type) {
  if (wanted.has(fact.o) || wanted.has(fact.s)) return true;
  if (fact.contact < 0 || !CONTACTS[fact.contact][which].some(number => wanted.has(number))) return false;
  return !(fact.o >= 0 && ENTITIES[fact.o].type === type);
}

// Contact -> its passing facts and who takes part in them; `settled` are those of whom it is said that they did.
function groupByContact(facts) {
  const groups = new Map();
  for (const fact of facts) {
    if (fact.contact < 0) continue;
    let group = groups.get(fact.contact);
    if (!group) groups.set(fact.contact, group = { contact: CONTACTS[fact.contact], facts: [], sides: new Set(), settled: new Set() });
    group.facts.push(fact);
    for (const side of fact.sides) {
      group.sides.add(side);
      if (fact.settled) group.settled.add(side);
    }
  }
  return groups;
}

// For one country: all that it takes part in. For a pair: their contacts, without who else was there.
function isAmong(fact, wanted, joined) {
  if (fact.contact >= 0) {
    if (!joined.has(fact.contact)) return false;
    return wanted.length < 2 || !fact.sides.length || fact.sides.some(side => wanted.includes(side));
  }
  const parties = [fact.s, fact.o].filter(end => end >= 0).map(end => ENTITIES[end].party);
  return wanted.length < 2 ? parties.includes(wanted[0]) : false;
}

// "a-b" -> the two ends and the facts between them.
function pairsOf(facts) {
  const pairs = new Map();
  for (const fact of facts) {
    if (fact.o < 0 || fact.o === fact.s) continue;
    const a = Math.min(fact.s, fact.o), b = Math.max(fact.s, fact.o), key = `${a}-${b}`;
    let pair = pairs.get(key);
    if (!pair) pairs.set(key, pair = { key, a, b, facts: [], n: 0, settled: false });
    pair.facts.push(fact);
    pair.n += 1;
    pair.settled ||= fact.settled;
  }
  return pairs;
}

// "a-b" -> two parties and how many contacts join them: `n` in all, of which `done` are said to have taken place.
function partyPairs(contacts, standsFor = party => party) {
  const pairs = new Map();
  for (const group of contacts.values()) {
    const sides = [...new Set([...group.sides].map(standsFor))].sort((a, b) => a - b);
    const done = new Set([...group.settled].map(standsFor));
    for (let i = 0; i < sides.length; i++)
      for (let j = i + 1; j < sides.length; j++) {
        const key = `${sides[i]}-${sides[j]}`;
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, pair = { key, a: sides[i], b: sides[j], n: 0, done: 0, settled: false });
        pair.n += 1;
        if (done.has(sides[i]) && done.has(sides[j])) { pair.done += 1; pair.settled = true; }
      }
  }
  return pairs;
}

// In how many contacts each party takes part.
function partyCounts(contacts) {
  const counts = new Map();
  for (const group of contacts.values()) for (const side of group.sides) counts.set(side, (counts.get(side) || 0) + 1);
  return counts;
}

// The contacts that an entity takes part in or is about, among those that pass.
function contactsOf(number, contacts) {
  return [...contacts.values()].filter(group => group.sides.has(number) || group.contact.entity === number
    || group.facts.some(fact => fact.s === number || fact.o === number));
}
