// Countries at the place of their capital, arcs for their contacts, and a grain of towns for the shape of the land: no
// map service, and no borders to argue about.

const MAP_STRETCH = 1.2; // degrees north are drawn longer than degrees east, as at 35 degrees
const MOST_ARCS = 60;
const earth = { box: null, frame: null, byHand: false, waiting: 0 }; // `byHand`: the reader moved it, so it stays

function makeMap() {
  earth.box = element("div", { id: "map" });
  earth.tools = element("div", { class: "corner", role: "group", "aria-label": "Map zoom" },
    button("+", () => zoomMap(1 / 1.5), { "aria-label": "Zoom in" }), button("−", () => zoomMap(1.5), { "aria-label": "Zoom out" }),
    button("Fit", () => { earth.byHand = false; renderMap(); }, { "aria-label": "Fit the countries into view" }),
    button("World", () => { earth.frame = worldFrame(); earth.byHand = true; renderMap(); }));
  earth.note = element("p", { class: "hint" });
  byName("view-map").append(earth.box, earth.tools, earth.note);
  earth.box.addEventListener("pointerdown", dragMap);
  earth.box.addEventListener("wheel", event => {
    event.preventDefault();
    const box = earth.box.getBoundingClientRect();
    zoomMap(event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
}

const mapPoint = ([lat, lon]) => ({ x: lon, y: -lat * MAP_STRETCH });
// Around the countries that make nine tenths of the contacts, where that brings the picture much nearer.
function closeFrame(dots) {
  const all = frameAround(dots, 0.3), enough = 0.9 * dots.reduce((sum, dot) => sum + dot.n, 0);
  let held = 0;
  const main = dots.filter(dot => { const wanted = held < enough; held += dot.n; return wanted; });
  const close = frameAround(main, 0.5);
  return close.wide < 0.6 * all.wide ? close : all;
}

// Of chosen countries only those with which they have contacts.
function concerned({ dots, arcs, chosen }) {
  if (!chosen.size) return dots;
  const ends = new Set([...chosen, ...arcs.flatMap(arc => [arc.a, arc.b])]), found = dots.filter(dot => ends.has(dot.i));
  return found.length ? found.map(dot => ({ ...dot, n: 1 })) : dots;
}

const isOutside = ({ x, y }) => x < earth.frame.x || y < earth.frame.y || x > earth.frame.x + earth.frame.wide || y > earth.frame.y + earth.frame.high;

const worldFrame = () => frameAround([{ x: -168, y: -75 * MAP_STRETCH }, { x: 180, y: 56 * MAP_STRETCH }], 0);

// x, y, width and height in degrees, with the proportions of the box on screen.
function frameAround(found, margin) {
  const xs = found.map(point => point.x), ys = found.map(point => point.y);
  let wide = Math.max(30, Math.max(...xs) - Math.min(...xs)) * (1 + margin), high = Math.max(20, Math.max(...ys) - Math.min(...ys)) * (1 + margin);
  const ratio = (earth.box.clientWidth || 800) / (earth.box.clientHeight || 500);
  if (wide / high < ratio) wide = high * ratio; else high = wide / ratio;
  return { x: (Math.max(...xs) + Math.min(...xs) - wide) / 2, y: (Math.max(...ys) + Math.min(...ys) - high) / 2, wide, high };
}

// What lies at that share of the width and height stays where it is.
function zoomMap(factor, across = 0.5, down = 0.5) {
  const { x, y, wide, high } = earth.frame;
  if (wide * factor > 500 || wide * factor < 4) return;
  earth.frame = { x: x + wide * (1 - factor) * across, y: y + high * (1 - factor) * down, wide: wide * factor, high: high * factor };
  earth.byHand = true;
  cancelAnimationFrame(earth.waiting); // a wheel turns faster than a map is drawn
  earth.waiting = requestAnimationFrame(renderMap);
}

function dragMap(event) {
  if (event.button || event.target.closest("[data-country],[data-pair]")) return;
  const start = { ...earth.frame }, scale = start.wide / earth.box.clientWidth;
  const move = at => {
    earth.frame = { ...start, x: start.x - (at.clientX - event.clientX) * scale, y: start.y - (at.clientY - event.clientY) * scale };
    earth.byHand = true;
    const { x, y, wide, high } = earth.frame;
    earth.box.querySelector("svg").setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
  };
  const stop = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", stop); renderMap(); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
}

function mapContent() {
  const { contacts } = passing("countries");
  const counts = partyCounts(contacts), placed = [...counts.keys()].filter(number => ENTITIES[number].capital);
  const dots = placed.map(i => ({ i, n: counts.get(i), ...mapPoint(ENTITIES[i].capital) })).sort((a, b) => b.n - a.n || a.i - b.i);
  const pairs = [...partyPairs(contacts).values()].filter(pair => ENTITIES[pair.a].capital && ENTITIES[pair.b].capital).sort((a, b) => b.n - a.n || a.a - b.a || a.b - b.b);
  const chosen = new Set(state.countries.map(id => entityOf.get(id).i));
  const wanted = chosen.size ? pairs.filter(pair => [...chosen].every(i => pair.a === i || pair.b === i)) : pairs;
  return { dots, arcs: wanted.slice(0, MOST_ARCS), n_arcs: wanted.length, chosen, homeless: [...counts.keys()].filter(i => isCountry(i) && !ENTITIES[i].capital).length };
}

function renderMap() {
  if (state.view !== "map") return;
  const focused = document.activeElement?.dataset?.country;
  const content = mapContent();
  if (!earth.byHand) earth.frame = content.dots.length ? closeFrame(concerned(content)) : worldFrame();
  earth.box.replaceChildren(mapSvg(content));
  const cut = content.n_arcs > content.arcs.length ? `The ${content.arcs.length} strongest of ${content.n_arcs.toLocaleString("en")} lines. ` : "";
  const homeless = content.homeless ? `${counted(content.homeless, "country has", "countries have")} no place here. ` : "";
  const outside = content.dots.filter(isOutside).length;
  const beyond = outside ? `${counted(outside, "country lies", "countries lie")} outside; “World” shows all. ` : "";
  earth.note.textContent = content.dots.length ? `${beyond}${cut}${homeless}Each square is a capital; grey dots are towns (GeoNames, CC BY 4.0).` : "No country passes the filter.";
  rove(earth.box, "[data-country]");
  if (focused !== undefined) earth.box.querySelector(`[data-country="${CSS.escape(focused)}"]`)?.focus();
}

function mapSvg({ dots, arcs, chosen }) {
  const { x, y, wide, high } = earth.frame, pixel = wide / (earth.box.clientWidth || 800);
  const svg = svgElement("svg", { viewBox: `${x} ${y} ${wide} ${high}`, role: "group", "aria-label": `Map of ${counted(dots.length, "country", "countries")} and their contacts` });
  svg.append(svgElement("path", { class: "land", d: townPath(), "stroke-width": Math.min(Math.max(0.9, 1.6 * pixel), 5 * pixel) }));
  const most = Math.max(1, ...arcs.map(arc => arc.n));
  for (const arc of [...arcs].reverse()) svg.append(mapArc(arc, pixel, most));
  const taken = new BoxGrid(), largest = Math.max(1, ...dots.map(dot => dot.n));
  for (const dot of dots) {
    // No square hides another: each keeps to its share of the way to the nearest.
    const near = Math.min(...dots.filter(one => one !== dot).map(one => Math.hypot(one.x - dot.x, one.y - dot.y)));
    dot.size = (dots.length > 60 ? 2.5 + 6 * Math.sqrt(dot.n / largest) : 4 + 8 * Math.sqrt(dot.n / largest)) * pixel;
    dot.size = Math.max(3 * pixel, Math.min(dot.size, 0.6 * near));
    const px = (dot.x - x) / pixel, py = (dot.y - y) / pixel, r = dot.size / pixel;
    taken.add([px - r, py - r, px + r, py + r]);
  }
  for (const dot of [...dots].reverse()) svg.append(mapDot(dot, pixel, chosen));
  for (const dot of dots) svg.append(...mapLabel(dot, pixel, taken));
  return svg;
}

function townPath() {
  const { towns, grain } = RAW.world, parts = [];
  for (let n = 0; n < towns.length; n += 2) parts.push(`M${towns[n + 1] * grain} ${(-towns[n] * grain * MAP_STRETCH).toFixed(2)}h0`);
  return parts.join("");
}

function mapArc(arc, pixel, most) {
  const a = mapPoint(ENTITIES[arc.a].capital), b = mapPoint(ENTITIES[arc.b].capital);
  const bend = 0.16, cx = (a.x + b.x) / 2 + (b.y - a.y) * bend, cy = (a.y + b.y) / 2 - Math.abs(b.x - a.x) * bend;
  const ids = [ENTITIES[arc.a].id, ENTITIES[arc.b].id];
  return svgElement("path", { class: "arc", "data-pair": arc.key, d: `M${a.x} ${a.y}Q${cx.toFixed(2)} ${cy.toFixed(2)} ${b.x} ${b.y}`, "stroke-width": (0.8 + 4 * Math.sqrt(arc.n / most)) * pixel,
    "stroke-dasharray": arc.settled ? undefined : `${5 * pixel} ${4 * pixel}`, on: { click: () => change({ countries: ids, at: ids, link: [] }) } },
    svgElement("title", { text: `${ENTITIES[arc.a].name} and ${ENTITIES[arc.b].name}: ${counted(arc.n, "contact")}` }));
}

function mapDot(dot, pixel, chosen) {
  const { id, name } = ENTITIES[dot.i], isChosen = chosen.has(dot.i);
  const pick = () => change(pickCountry(id));
  const made = svgElement("g", { class: "dot", role: "button", "aria-label": `${name}, ${counted(dot.n, "contact")}`, "aria-pressed": isChosen, "data-country": dot.i,
    transform: `translate(${dot.x} ${dot.y}) scale(${dot.size / 10})` },
    svgElement("path", { d: SHAPES.Country, fill: COLOURS.Country, "stroke-width": (isChosen ? 3 : 1) * 10 * pixel / dot.size }),
    svgElement("title", { text: `${name}: ${counted(dot.n, "contact")}` }));
  made.addEventListener("click", pick);
  made.addEventListener("keydown", event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); } });
  return made;
}

// A first country, then a second for the pair; a third begins anew.
function pickCountry(id) {
  if (state.countries.includes(id)) return { countries: state.countries.filter(one => one !== id), at: [], link: [] };
  const countries = state.countries.length === 1 ? [...state.countries, id] : [id];
  return { countries, at: countries, link: [] };
}

function mapLabel(dot, pixel, taken) {
  const { name } = ENTITIES[dot.i], x = (dot.x - earth.frame.x) / pixel, y = (dot.y - earth.frame.y) / pixel, r = dot.size / pixel;
  const wide = 7.2 * name.length + 4, high = 15;
  for (const [sx, sy] of [[x, y + r + 9], [x, y - r - 9], [x + r + wide / 2 + 2, y], [x - r - wide / 2 - 2, y]]) {
    const box = [sx - wide / 2, sy - high / 2, sx + wide / 2, sy + high / 2];
    if (!taken.isFree(box)) continue;
    taken.add(box);
    return [svgElement("text", { class: "name", x: earth.frame.x + sx * pixel, y: earth.frame.y + (sy + 4.3) * pixel, "font-size": 12.5 * pixel, "stroke-width": 3.5 * pixel, "text-anchor": "middle", "aria-hidden": "true", text: name })];
  }
  return [];
}
