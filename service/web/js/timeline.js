// The plot: one lane a speaker, one mark a statement, days from left to right. What has no day stands apart.

import { linkTo } from "./address.js";
import { element, fill } from "./dom.js";
import { watchGestures } from "./gestures.js";
import { HOW, dateKnown, daysOf, speakerOf, whenOf, whoOf } from "./said.js";
import { outletOf } from "./text.js";
import { PITCH, dayOf, extentOf, placed, ticksOf } from "./timescale.js";

const CLOSEST = 3; // days that may fill the plot
const TALL = 8 * PITCH; // px: the rows of a lane that has more overlap, until one looks closer

/** @param {(days: string) => void} zoomed "18200..18290", or "" for the whole */
export function timelineView(zoomed) {
  const axis = element("div.days");
  const head = element("div.lane.axis", { "aria-hidden": "true" }, element("span"), axis, element("span.undated", {}, "No date"));
  const plot = element("div.plot", { role: "group", "aria-label": "Timeline", "aria-describedby": "plot-help" });
  let lanes = [];
  let marks = []; // of all lanes
  let current = null; // the mark that the Tab key goes to; from there the arrows go on
  let whole = [0, 1];
  let seen = whole;
  let frame = 0;

  function look(from, to) {
    const span = Math.min(to - from, whole[1] - whole[0]);
    const first = Math.min(Math.max(from, whole[0]), whole[1] - span);
    seen = [first, first + span];
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  }

  function move(from, to) {
    look(from, to);
    zoomed(seen[1] - seen[0] < whole[1] - whole[0] ? seen.map(Math.round).join("..") : "");
  }

  // Between two marks there may be years of nothing: without a pointer one goes closer to a mark.
  function zoom(factor, clientX = [current, ...marks].find(inSight)?.getBoundingClientRect().left) {
    const { left, width } = axis.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width || 0));
    const span = Math.max(CLOSEST, (seen[1] - seen[0]) / factor);
    const first = seen[0] + (seen[1] - seen[0] - span) * share;
    move(first, first + span);
  }

  function pan(px) {
    const days = (px / axis.clientWidth) * (seen[1] - seen[0]);
    move(seen[0] - days, seen[1] - days);
  }

  function draw() {
    const width = axis.clientWidth;
    const ticks = width ? ticksOf(seen, width) : [];
    fill(axis, ...ticks.map(({ x, text }) => at(element("span", {}, text), { left: x })));
    plot.style.setProperty("--ticks", ticks.map(({ x }) => `linear-gradient(var(--line) 0 0) ${x}px 0 / 1px 100% no-repeat`).join() || "none");
    if (width) for (const lane of lanes) drawLane(lane, width);
    if (!current || current.hidden) goTo(marks.find(inSight) ?? marks.find(({ hidden }) => !hidden));
  }

  function drawLane({ field, dated }, width) {
    const spans = dated.map(({ span }) => span);
    const rows = (spots) => Math.max(0, ...spots.map(({ row }) => row)) + 1;
    // The height is that of the whole at one glance: it does not jump while one looks closer.
    const tall = Math.min(TALL, PITCH * rows(placed(spans, whole, width)));
    const spots = placed(spans, seen, width);
    const outside = (spot) => spot.left > width || spot.left + spot.width < 0;
    const pitch = Math.min(PITCH, tall / rows(spots.filter((spot) => !outside(spot))));
    at(field, { minHeight: tall + PITCH });
    spots.forEach((spot, index) => {
      dated[index].hidden = outside(spot);
      at(dated[index], { left: spot.left, top: spot.row * pitch, width: spot.width });
    });
  }

  function goTo(mark) {
    current?.setAttribute("tabindex", -1);
    mark?.setAttribute("tabindex", 0);
    current = mark;
  }

  function step(by) {
    const next = marks[marks.indexOf(current) + by];
    if (next?.hidden) {
      const half = (seen[1] - seen[0]) / 2;
      move(next.span[0] - half, next.span[0] + half);
      draw();
    }
    next?.focus();
  }

  const keys = {
    "+": () => zoom(1.6),
    "=": () => zoom(1.6),
    "-": () => zoom(1 / 1.6),
    0: () => move(...whole),
    ArrowLeft: (shift) => (shift ? pan(80) : step(-1)),
    ArrowRight: (shift) => (shift ? pan(-80) : step(1)),
  };
  plot.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key](event.shiftKey);
  });
  plot.addEventListener("focusin", ({ target }) => target.statement && goTo(target));
  watchGestures(plot, { zoom, pan });
  new ResizeObserver(draw).observe(plot);

  return {
    node: plot,
    zoom,
    /** @param {string} [days] as `zoomed` told them */
    show(statements, days = "") {
      const speakers = [...Map.groupBy(statements, speakerOf)].sort(([one, said], [other, more]) => !one - !other || more.length - said.length);
      lanes = speakers.map(laneOf);
      fill(plot, head, ...lanes.map(({ node }) => node));
      marks = [...plot.querySelectorAll(".saying")];
      current = null;
      whole = extentOf(marks.flatMap(({ span }) => (span ? [span] : [])));
      const [from, to] = days.split("..").map(Number);
      look(...(to > from ? [from, to] : whole));
    },
  };
}

const inSight = (mark) => mark?.span && !mark.hidden;

function at(node, box) {
  for (const [side, px] of Object.entries(box)) node.style[side] = `${px}px`;
  return node;
}

function laneOf([name, statements]) {
  const marks = statements.map(markOf);
  const dated = marks.filter(({ span }) => span).sort((one, other) => one.span[0] - other.span[0]);
  const about = [statements.length, statements.find(({ role }) => role)?.role].filter(Boolean).join(" · ");
  const words = [element("bdi.title", {}, name ?? "Not told who"), element("bdi.byline", {}, about)];
  const speaker = name ? element("button.choose", { value: name, title: `All that ${name} said` }, ...words) : element("span.choose", {}, ...words);
  const field = element("div.days", {}, ...dated);
  return { dated, field, node: element("div.lane", {}, speaker, field, element("div.undated", {}, ...marks.filter(({ span }) => !span))) };
}

function markOf(statement) {
  const days = daysOf(statement);
  const label = `${[whoOf(statement), whenOf(statement), HOW[statement.kind], outletOf(statement)].join(", ")}. Open the article at these words.`;
  const mark = element(`a.saying.dot.${statement.kind}`, { href: linkTo(statement), "aria-label": label, tabindex: -1 });
  return Object.assign(mark, { statement, span: days && [dayOf(days.first), dayOf(days.last) + 1], describe: () => card(statement) });
}

/** Who, the words, when and how that is known, where. */
function card(statement) {
  const lines = [dateKnown(statement), `${outletOf(statement)} · ${HOW[statement.kind]}`].map((line) => element("bdi.byline", {}, line));
  return [
    element("p.who", {}, element("bdi", {}, whoOf(statement))),
    element("blockquote", { dir: "auto" }, statement.content),
    element("p.from", {}, element("bdi", {}, whenOf(statement)), ...lines),
  ];
}
