// What the graph holds for the present state, as plain data: points and lines, either of every entity or of parties
// (countries, organizations) of which some are opened. Nothing here draws.

const MANY = 600;          // above this many entities the page opens with the parties
const MOST_POINTS = 1000;  // drawn at once
const MOST_PARTIES = 120;
const MOST_MEMBERS = 60;   // drawn around an opened country

const graphBy = () => state.by || (ENTITIES.length > MANY ? "party" : "entity");

function graphContent() {
  return graphBy() === "party" ? partyContent() : entityContent();
}

function entityContent() {
  const { facts } = passing();
  const all = pairsOf(facts), weight = new Map();
  for (const pair of all.values()) for (const end of [pair.a, pair.b]) weight.set(end, (weight.get(end) || 0) + pair.n);
  const ranked = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || a - b);
  const drawn = new Set(ranked.slice(0, MOST_POINTS));
  for (const id of state.at) if (weight.has(entityOf.get(id).i)) drawn.add(entityOf.get(id).i);
  // A crowd and a phone's picture are drawn from afar, so their points are made larger.
  const larger = Math.min(2.5, Math.max(1, Math.sqrt(drawn.size / 120), 600 / graphBox.clientWidth));
  const points = [...drawn].map(i => ({ i, x: ENTITIES[i].x, y: ENTITIES[i].y, weight: weight.get(i), size: larger * (6.5 + 1.9 * Math.sqrt(weight.get(i))) }));
  const lines = [...all.values()].filter(pair => drawn.has(pair.a) && drawn.has(pair.b));
  const left = ranked.length - drawn.size;
  const note = left > 0 ? `The ${drawn.size.toLocaleString("en")} best connected of ${ranked.length.toLocaleString("en")} are drawn; a filter brings up the others.` : "";
  return { points, lines, note, n_all: ranked.length };
}

function partyContent() {
  const { contacts } = passing();
  const opened = openedParties();
  const counts = partyCounts(contacts);
  const ranked = [...counts.keys()].filter(party => ENTITIES[party].partyPlace).sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const drawn = new Set([...ranked.slice(0, MOST_PARTIES), ...ranked.filter(party => opened.has(party))]);
  const members = openMembers(contacts, opened);
  const places = placesWithRoom(drawn, members);
  const most = Math.max(40, ...counts.values());
  const points = [...drawn].map(i => ({ i, ...places.get(i), weight: counts.get(i), size: 8 + 26 * Math.sqrt(counts.get(i) / most), opened: opened.has(i) }));
  for (const [party, found] of members)
    found.slice(0, MOST_MEMBERS).forEach((one, rank) => points.push({ i: one.i, ...aroundParty(places.get(party), rank), weight: one.n, size: 7 + 1.4 * Math.sqrt(one.n) }));
  const lines = strongestLines(linesOfParties(contacts, opened, new Set(points.map(point => point.i))), points.length);
  const parts = [];
  if (counts.size > drawn.size) parts.push(`the ${drawn.size} with most contacts of ${counts.size.toLocaleString("en")}`);
  if (lines.n_all > lines.length) parts.push(`the ${lines.length} strongest of ${lines.n_all.toLocaleString("en")} lines`);
  const hidden = [...members.values()].reduce((sum, found) => sum + Math.max(0, found.length - MOST_MEMBERS), 0);
  if (hidden) parts.push(`not ${hidden.toLocaleString("en")} more people of opened countries, who are in the list`);
  return { points, lines, note: parts.length ? `Drawn: ${parts.join("; ")}.` : "", n_all: ranked.length };
}

function openedParties() {
  return new Set(state.open.map(id => entityOf.get(id).i));
}

// Opened party -> the people who take part for it, with in how many contacts, most first.
function openMembers(contacts, opened) {
  const counts = new Map([...opened].map(party => [party, new Map()]));
  for (const group of contacts.values()) {
    const seen = new Set();
    for (const fact of group.facts)
      for (const [end, role] of [[fact.s, "s"], [fact.o, "o"]])
        if (end >= 0 && fact.predicate.roles.includes(role) && ENTITIES[end].type === "Leader" && opened.has(ENTITIES[end].party)) seen.add(end);
    for (const end of seen) {
      const held = counts.get(ENTITIES[end].party);
      held.set(end, (held.get(end) || 0) + 1);
    }
  }
  return new Map([...counts].map(([party, held]) =>
    [party, [...held].filter(([i]) => i !== party).map(([i, n]) => ({ i, n })).sort((a, b) => b.n - a.n || a.i - b.i)]));
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const aroundParty = ({ x, y }, rank) => {
  const reach = 48 * Math.sqrt(rank + 2.2), turn = GOLDEN * rank;
  return { x: Math.round(x + reach * Math.cos(turn)), y: Math.round(y + reach * Math.sin(turn)) };
};

// Opening a country pushes the others outwards, so that its people have a disc of their own.
function placesWithRoom(parties, members) {
  const places = new Map([...parties].map(i => [i, { x: ENTITIES[i].partyPlace[0], y: ENTITIES[i].partyPlace[1] }]));
  for (const [party, found] of members) {
    if (!found.length || !places.has(party)) continue;
    const middle = places.get(party), room = 48 * Math.sqrt(Math.min(found.length, MOST_MEMBERS) + 4) + 40;
    for (const [i, at] of places) {
      const dx = at.x - middle.x, dy = at.y - middle.y, distance = Math.hypot(dx, dy);
      if (i === party || !distance) continue;
      const further = Math.sqrt(distance * distance + room * room) / distance;
      places.set(i, { x: Math.round(middle.x + dx * further), y: Math.round(middle.y + dy * further) });
    }
  }
  return places;
}

// Parties as they are; of an opened one the people take its part, and a thin line ties each to it.
function linesOfParties(contacts, opened, drawn) {
  const pairs = new Map();
  const add = (a, b, settled) => {
    if (a === b || !drawn.has(a) || !drawn.has(b)) return;
    const key = a < b ? `${a}-${b}` : `${b}-${a}`;
    const pair = pairs.get(key) || { key, a: Math.min(a, b), b: Math.max(a, b), n: 0, done: 0, settled: false, facts: null };
    pair.n += 1;
    pair.done += settled;
    pair.settled ||= settled;
    pairs.set(key, pair);
  };
  for (const group of contacts.values()) {
    const actors = actorsOf(group, opened);
    for (let i = 0; i < actors.length; i++)
      for (let j = i + 1; j < actors.length; j++)
        if (actors[i].party !== actors[j].party) add(actors[i].i, actors[j].i, actors[i].settled && actors[j].settled);
  }
  for (const i of drawn) if (!ENTITIES[i].partyPlace || opened.has(ENTITIES[i].party)) {
    const party = ENTITIES[i].party;
    if (party !== i && drawn.has(party)) pairs.set(`tie-${i}`, { key: `tie-${i}`, a: i, b: party, n: 0.2, settled: true, tie: true });
  }
  return [...pairs.values()];
}

function actorsOf(group, opened) {
  const actors = new Map();
  for (const fact of group.facts)
    for (const [end, role] of [[fact.s, "s"], [fact.o, "o"]]) {
      if (end < 0 || !fact.predicate.roles.includes(role)) continue;
      const party = ENTITIES[end].party, i = opened.has(party) && ENTITIES[end].type === "Leader" ? end : party;
      if (party < 0) continue;
      const held = actors.get(i);
      if (held) held.settled ||= fact.settled;
      else actors.set(i, { i, party, settled: fact.settled });
    }
  return [...actors.values()];
}

// Few enough lines to follow with the eye: about two a point, the strongest, and each point's own best.
function strongestLines(lines, n_points) {
  const ties = lines.filter(line => line.tie), real = lines.filter(line => !line.tie).sort((a, b) => b.n - a.n || a.a - b.a || a.b - b.b);
  const most = Math.max(60, 2 * n_points), has = new Set(), kept = [];
  real.forEach((line, rank) => {
    if (rank < most || !has.has(line.a) || !has.has(line.b)) { kept.push(line); has.add(line.a).add(line.b); }
  });
  const found = [...kept, ...ties];
  found.n_all = real.length + ties.length;
  return found;
}
