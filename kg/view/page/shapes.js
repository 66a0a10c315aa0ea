// One shape and one colour a type, so that neither is needed alone. The colours are those of Okabe and Ito, which
// people with any of the usual kinds of colour blindness can tell apart, and a grey for topics.

const COLOURS = { Country: "#0072b2", Leader: "#d55e00", Organization: "#cc79a7", Meeting: "#009e73",
  Framework: "#e69f00", Project: "#56b4e9", Place: "#f0e442", Topic: "#8c8c8c" };

// SVG paths around 0,0 at a size of 10.
const SHAPES = {
  Country: "M-9-9H9V9H-9Z",
  Leader: "M-10 0A10 10 0 1 0 10 0A10 10 0 1 0-10 0Z",
  Organization: "M-11 0L-5.5-9.5H5.5L11 0L5.5 9.5H-5.5Z",
  Meeting: "M0-12L12 0L0 12L-12 0Z",
  Framework: "M0-11.5L11.5 9H-11.5Z",
  Project: "M0 11.5L11.5-9H-11.5Z",
  Place: "M0-13L3.2-4.2L12.4-4L5.1 1.7L7.6 10.5L0 5.4L-7.6 10.5L-5.1 1.7L-12.4-4L-3.2-4.2Z",
  Topic: "M-7.5-6.5H7.5A6.5 6.5 0 0 1 7.5 6.5H-7.5A6.5 6.5 0 0 1-7.5-6.5Z",
};
const PATHS = Object.fromEntries(Object.entries(SHAPES).map(([type, path]) => [type, new Path2D(path)]));

function drawShape(ctx, type, x, y, size, { border, width = 1.2 }) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 10, size / 10);
  ctx.fillStyle = COLOURS[type];
  ctx.fill(PATHS[type]);
  ctx.lineWidth = width * 10 / size;
  ctx.strokeStyle = border;
  ctx.stroke(PATHS[type]);
  ctx.restore();
}

function shapeIcon(type) {
  return svgElement("svg", { viewBox: "-14 -14 28 28", width: 16, height: 16, class: "icon", "aria-hidden": "true" },
    svgElement("path", { d: SHAPES[type], fill: COLOURS[type], stroke: "currentColor", "stroke-width": 1.5 }));
}
