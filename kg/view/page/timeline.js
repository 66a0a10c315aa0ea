// Meetings a month as bars, a lane for each chosen framework. The brush is the range of dates: two sliders or a drag.

const timeline = { months: [], top: 28, gap: 56, left: 44, right: 12 };
const LANE_HEIGHTS = [300, 170, 130, 100]; // of one lane, of two …

function monthsBetween(first, last) {
  const months = [];
  for (let [year, month] = first.split("-").map(Number); ;) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    months.push(name);
    if (name >= last || months.length > 3600) return months;
    month === 12 ? (year += 1, month = 1) : month += 1;
  }
}

// The month that a date lies in; none for one that is only a year or runs over several months.
function monthOf(date) {
  return date && firstDay(date).slice(0, 7) === lastDay(date).slice(0, 7) ? firstDay(date).slice(0, 7) : "";
}

function makeTimeline() {
  const dates = CONTACTS.filter(isMeeting).map(contact => monthOf(contactDate(contact))).filter(Boolean).sort();
  timeline.months = dates.length ? monthsBetween(dates[0], dates.at(-1)) : [];
  timeline.chart = element("div", { id: "timeline-chart" });
  timeline.note = element("p", { class: "note" });
  timeline.table = element("details", { class: "more" }, element("summary", { text: "The same as a table" }));
  const last = Math.max(0, timeline.months.length - 1);
  const slider = (key, label) => {
    const input = element("input", { type: "range", id: `slide-${key}`, min: 0, max: last, step: 1 });
    input.addEventListener("input", () => slideTo(key, Number(input.value)));
    timeline[key] = input;
    return element("label", { class: "field slide" }, element("span", { text: label }), input);
  };
  byName("view-timeline").append(element("h2", { text: "Meetings, talks and visits by month" }), timeline.chart,
    element("div", { class: "sliders" }, slider("from", "From"), slider("to", "To"),
      button("Whole time", () => change({ from: "", to: "" }), { class: "plain" })),
    timeline.note, timeline.table);
  timeline.chart.addEventListener("pointerdown", startBrush);
}

function slideTo(key, place) {
  const range = brushed();
  range[key] = place;
  if (range.from > range.to) range[key === "from" ? "to" : "from"] = place;
  setBrush(range.from, range.to);
}

function setBrush(from, to) {
  const last = timeline.months.length - 1;
  change({ from: from > 0 ? timeline.months[from] : "", to: to < last ? timeline.months[to] : "" });
}

// The range of dates as places among the months.
function brushed() {
  const last = timeline.months.length - 1;
  const at = timeline.months.findIndex(month => month >= state.from.slice(0, 7));
  const from = !state.from ? 0 : at < 0 ? last : at;
  const until = state.to && lastDay(state.to).slice(0, 7);
  const to = until ? timeline.months.findLastIndex(month => month <= until) : last;
  return { from, to: Math.max(to, 0) };
}

function startBrush(event) {
  const svg = timeline.chart.querySelector("svg");
  if (!svg || event.button) return;
  event.preventDefault();
  // Measured once: each step of the drag draws a new chart.
  const box = svg.getBoundingClientRect(), inner = box.width - timeline.left - timeline.right;
  const place = x => {
    const share = (x - box.left - timeline.left) / inner;
    return Math.max(0, Math.min(timeline.months.length - 1, Math.floor(share * timeline.months.length)));
  };
  const begin = place(event.clientX);
  const move = at => setBrush(Math.min(begin, place(at.clientX)), Math.max(begin, place(at.clientX)));
  const stop = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", stop); };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop);
  move(event);
}

// Each lane: a heading and the meetings a month, with those that did not (yet) happen apart.
function timelineLanes() {
  const groups = [...passing("from", "to").contacts.values()].filter(group => isMeeting(group.contact));
  const lanes = state.frameworks.map(id => [entityOf.get(id).name, groups.filter(group => group.contact.frameworks.includes(entityOf.get(id).i) || group.contact.entity === entityOf.get(id).i)]);
  const named = lanes.length ? lanes : [["All meetings", groups]];
  return named.map(([name, held]) => ({ name, ...countMonths(held) }));
}

function countMonths(groups) {
  const months = new Map(), vague = new Map();
  for (const group of groups) {
    const date = contactDate(group.contact, group.facts), month = monthOf(date);
    if (!month) { const year = date ? dateWords(date) : "no date"; vague.set(year, (vague.get(year) || 0) + 1); continue; }
    const held = months.get(month) || { done: 0, open: 0 };
    held[group.facts.some(fact => fact.settled) ? "done" : "open"] += 1;
    months.set(month, held);
  }
  return { months, vague };
}

function renderTimeline() {
  if (state.view !== "timeline") return;
  const lanes = timelineLanes(), range = brushed();
  if (!timeline.months.length) {
    timeline.chart.replaceChildren(element("p", { class: "empty", text: "No meeting in this graph has a date as precise as a month." }));
  } else {
    timeline.chart.replaceChildren(timelineSvg(lanes, range));
  }
  for (const key of ["from", "to"]) {
    timeline[key].value = range[key];
    const words = dateWords(timeline.months[range[key]] || "");
    timeline[key].setAttribute("aria-valuetext", words);
    timeline[key].previousSibling.textContent = `${key === "from" ? "From" : "To"}: ${words}`;
    timeline[key].disabled = timeline.months.length < 2;
  }
  const vague = [...lanes.reduce((all, lane) => new Map([...all, ...lane.vague]), new Map())].sort(([a], [b]) => (a < b ? -1 : 1));
  timeline.note.textContent = vague.length ? `Not in the bars, because no month is known: ${vague.slice(0, 12).map(([date, n]) => `${date} (${n})`).join(", ")}${vague.length > 12 ? " …" : ""}.` : "";
  renderTimelineTable(lanes);
}

function timelineSvg(lanes, range) {
  const { top, gap, left, right } = timeline, n = timeline.months.length, laneHigh = LANE_HEIGHTS[Math.min(lanes.length, LANE_HEIGHTS.length) - 1];
  const wide = Math.max(300, timeline.chart.clientWidth), high = top + lanes.length * (laneHigh + gap) - 28;
  const step = (wide - left - right) / n, x = place => left + place * step;
  const most = Math.max(1, ...lanes.flatMap(lane => [...lane.months.values()].map(held => held.done + held.open)));
  const svg = svgElement("svg", { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, role: "img",
    "aria-label": `Bars of meetings by month from ${dateWords(timeline.months[0])} to ${dateWords(timeline.months.at(-1))}; the table below holds the numbers` });
  if (state.from || state.to) svg.append(svgElement("rect", { class: "brush", x: x(range.from), y: 0, width: Math.max(step, x(range.to + 1) - x(range.from)), height: high }));
  lanes.forEach((lane, k) => {
    const base = top + k * (laneHigh + gap) + laneHigh;
    svg.append(svgElement("text", { class: "lane", x: left, y: base - laneHigh - 8, text: lane.name }));
    for (const value of axisValues(most)) {
      const y = base - value / most * laneHigh;
      svg.append(svgElement("path", { class: "grid", d: `M${left} ${y}H${wide - right}` }),
        svgElement("text", { class: "tick", x: left - 6, y: y + 4, "text-anchor": "end", text: String(value) }));
    }
    lane.months.forEach((held, month) => svg.append(...bars(held, timeline.months.indexOf(month), { x, step, base, laneHigh, most, range })));
    svg.append(...yearTicks(x, step, base, left));
  });
  return svg;
}

function axisValues(most) {
  const step = most <= 4 ? 1 : most <= 10 ? 2 : 10 ** Math.floor(Math.log10(most)) / (most / 10 ** Math.floor(Math.log10(most)) < 3 ? 2 : 1);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

function bars({ done, open }, place, { x, step, base, laneHigh, most, range }) {
  const inside = place >= range.from && place <= range.to ? "" : " outside", wide = Math.max(2.5, step - (step > 4 ? 1.5 : 0));
  const bar = (kind, n, below) => svgElement("rect", { class: `bar ${kind}${inside}`, x: x(place) + (step - wide) / 2, width: wide,
    y: base - (below + n) / most * laneHigh, height: n / most * laneHigh },
    svgElement("title", { text: `${dateWords(timeline.months[place])}: ${counted(done, "meeting")}${open ? ` and ${open} that did not (yet) happen` : ""}` }));
  return [done && bar("done", done, 0), open && bar("open", open, done)].filter(Boolean);
}

function yearTicks(x, step, base, left) {
  const ticks = [svgElement("path", { class: "axis", d: `M${left} ${base}H${x(timeline.months.length)}` })];
  let free = -Infinity;
  timeline.months.forEach((month, place) => {
    const isYear = month.endsWith("-01"), at = x(place);
    const text = isYear ? month.slice(0, 4) : step > 34 || timeline.months.length < 4 ? MONTHS[Number(month.slice(5)) - 1].slice(0, 3) : place === 0 ? month : "";
    if (!text || at < free || (place === 0 && !isYear && timeline.months.indexOf(`${Number(month.slice(0, 4)) + 1}-01`) * step < 60)) return;
    free = at + 12 + 7.5 * text.length;
    ticks.push(svgElement("text", { class: "tick", x: at, y: base + 16, text }));
    if (isYear) ticks.push(svgElement("path", { class: "axis", d: `M${at} ${base}v5` }));
  });
  return ticks;
}

function renderTimelineTable(lanes) {
  const rows = timeline.months.filter(month => lanes.some(lane => lane.months.has(month))).map(month =>
    element("tr", {}, element("th", { scope: "row", text: dateWords(month) }),
      ...lanes.map(lane => element("td", { text: String((lane.months.get(month)?.done || 0) + (lane.months.get(month)?.open || 0)) }))));
  const head = element("tr", {}, element("th", { scope: "col", text: "Month" }), ...lanes.map(lane => element("th", { scope: "col", text: lane.name })));
  timeline.table.replaceChildren(timeline.table.firstChild, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}
