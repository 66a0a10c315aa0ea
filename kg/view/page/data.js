// The data as objects: entities, facts, contacts, sentences, each with its number `i`.

const RAW = JSON.parse(byName("data").textContent);
const TYPES = RAW.types;
const MODALITIES = RAW.modalities;
const PREDICATES = RAW.predicates.map(([name, verb, roles], i) => ({ i, name, verb, roles }));
const DOCUMENTS = RAW.documents;

const ENTITIES = RAW.entities.id.map((id, i) => ({
  i, id,
  name: RAW.entities.name[i],
  type: TYPES[RAW.entities.type[i]],
  x: RAW.entities.x[i],
  y: RAW.entities.y[i],
  party: RAW.entities.party[i],
  partyPlace: RAW.parties[i],
  aliases: RAW.entities.aliases[i] || [],
  more: RAW.entities.more[i] || {},
  capital: RAW.world.capitals[i],
  facts: [],
}));
const entityOf = new Map(ENTITIES.map(entity => [entity.id, entity]));

const dated = number => (number < 0 ? "" : RAW.dates[number]);

const CONTACTS = RAW.contacts.entity.map((entity, i) => ({
  i, entity,
  topics: RAW.contacts.topics[i] || [],
  frameworks: RAW.contacts.frameworks[i] || [],
  when: dated(RAW.contacts.when[i]),
  facts: [],
}));

const disputedFacts = new Set(RAW.facts.disputed);
const FACTS = RAW.facts.s.map(readFact);

function readFact(s, i) {
  const table = RAW.facts, o = table.o[i], predicate = PREDICATES[table.p[i]], when = dated(table.when[i]);
  const ends = [predicate.roles.includes("s") ? s : -1, predicate.roles.includes("o") ? o : -1];
  const sides = ends.filter(end => end >= 0).map(end => ENTITIES[end].party).filter(party => party >= 0);
  const modality = MODALITIES[table.modality.else[i] ?? table.modality.usual];
  const found = table.sentences[i];
  const fact = {
    i, s, o, predicate, modality, when, sides,
    value: table.value[i],
    disputed: disputedFacts.has(i),
    settled: modality === "actual" && !disputedFacts.has(i),
    from: when && firstDay(when),
    to: when && lastDay(when),
    reported: dated(table.reported[i]),
    confidence: table.confidence[i],
    rule: RAW.rules[table.rule[i]] || "",
    contact: table.contact[i],
    sentences: Array.isArray(found) ? found : [found],
  };
  ENTITIES[s].facts.push(fact);
  if (o >= 0 && o !== s) ENTITIES[o].facts.push(fact);
  if (fact.contact >= 0) CONTACTS[fact.contact].facts.push(fact);
  return fact;
}

function sentence(number) {
  const table = RAW.sentences;
  return { document: DOCUMENTS[table.document[number]], begin: table.begin[number], text: table.text[number], marks: table.marks[number] };
}

// The date of a contact: its own, else the first that one of its facts has.
function contactDate(contact, facts = contact.facts) {
  if (contact.when) return contact.when;
  return facts.map(fact => fact.when).filter(Boolean).sort()[0] || "";
}

const contactKind = contact => {
  if (contact.entity < 0) return contact.facts[0].predicate.name;
  return ENTITIES[contact.entity].type;
};
// Papers and projects join countries too, but nobody meets there.
const isMeeting = contact => ["Meeting", "met", "visited"].includes(contactKind(contact));

const byWeight = (a, b) => b.facts.length - a.facts.length || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.i - b.i);
const RANKED = [...ENTITIES].sort(byWeight);
RANKED.forEach((entity, rank) => { entity.rank = rank; });

// What a fact can be found by, folded; made when first asked for.
function haystack(fact) {
  if (fact.folded === undefined) {
    const ends = [fact.s, fact.o].filter(end => end >= 0).map(end => ENTITIES[end]);
    const words = [...ends.flatMap(end => [end.name, ...end.aliases]), fact.value || "", ...fact.sentences.map(n => RAW.sentences.text[n])];
    fact.folded = fold(words.join("\n"));
  }
  return fact.folded;
}
