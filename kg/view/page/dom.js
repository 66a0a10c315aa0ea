"use strict";
// Making elements. Text from articles reaches the page through textContent only; nothing here builds HTML from strings.

const byName = id => document.getElementById(id);

// element("button", { class: "plain", text: "Close", on: { click: close } }, child, …)
function element(name, options = {}, ...children) {
  return furnish(document.createElement(name), options, children);
}

function svgElement(name, options = {}, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", name), options, children);
}

function furnish(made, { text, on = {}, ...attributes }, children) {
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("aria-") && value !== undefined) made.setAttribute(name, String(value));
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

function button(text, onClick, options = {}) {
  return element("button", { type: "button", text, on: { click: onClick }, ...options });
}

// Letters without accents and case, so that "pham" finds "Phạm".
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").replace(/ø/gi, "o").replace(/ł/gi, "l").toLowerCase();
}

// One tab stop for many buttons: the arrow keys move among them. `columns` of 0 means a plain row of buttons.
function rove(container, selector) {
  const stops = () => [...container.querySelectorAll(selector)];
  const enter = stop => {
    for (const one of stops()) one.tabIndex = one === stop ? 0 : -1;
    stop.focus();
  };
  const all = stops();
  all.forEach((stop, i) => { stop.tabIndex = i ? -1 : 0; });
  if (container.dataset.roves) return;
  container.dataset.roves = "yes";
  container.addEventListener("keydown", event => {
    const held = stops(), from = held.indexOf(document.activeElement);
    if (from < 0) return;
    const to = nextStop(held, from, event.key);
    if (to === undefined) return;
    event.preventDefault();
    enter(held[to]);
  });
}

// In a table up and down stay in the column: the nearest stop above or below with the same cell index.
function nextStop(stops, from, key) {
  if (key === "Home") return 0;
  if (key === "End") return stops.length - 1;
  if (key === "ArrowRight") return Math.min(from + 1, stops.length - 1);
  if (key === "ArrowLeft") return Math.max(from - 1, 0);
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
  const step = key === "ArrowDown" ? 1 : -1, cell = stops[from].closest("td,th");
  if (!cell) return Math.max(0, Math.min(from + step, stops.length - 1));
  for (let at = from + step; at >= 0 && at < stops.length; at += step)
    if (stops[at].closest("td,th").cellIndex === cell.cellIndex) return at;
  return from;
}

function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = element("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function themeColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
