// The plot: one lane a speaker, one mark a statement, days from left to right. What has no day stands apart.

import { linkTo } from "./address.js";
import { element, fill } from "./dom.js";
import { watchGestures } from "./gestures.js";
import { svg } from "./icons.js";
import { MARK, laidOut, lanesOf } from "./lanes.js";
import { HOW, whenOf } from "./said.js";
import { outletOf } from "./text.js";
import { ticksOf } from "./timescale.js";

const CLOSEST = 3; // days that may fill the plot
const AIR = 7; // days around what was said, at least
const LANES = 30; // drawn: those of who said most

/**
 * @param {{open: (statement: object, event: Event) => void, person: (name: string) => void, list: (statements: object[]) => void,
 *   zoomed: (days: string) => void, card: (statement: object) => Node[]}} on
 *   list: many of one day are to be read; zoomed: "18200-18290", or "" for the whole
 */
export function timelineView(on) {
  const axis = svg("svg", { class: "axis", "aria-hidden": "true" });
  const drawing = svg("svg");
  const names = element("div.names");
  const plot = element("div.plot", { role: "group", "aria-label": "Timeline", "aria-describedby": "plot-help" }, axis, drawing, names);
  const rest = element("p.hint");
  const nodes = new Map(); // of marks, by key: making one anew takes longer than moving it
  let lanes = [];
  let whole = [0, 1];
  let seen = whole;
  let width = 0;
  let laid = null;
  let current = ""; // the mark that the Tab key goes to; from there the arrows go on
  let frame = 0;

  function look(from, to, told = true) {
    const span = Math.min(Math.max(to - from, CLOSEST), whole[1] - whole[0]);
    const first = Math.min(Math.max(from, whole[0]), whole[1] - span);
    seen = [first, first + span];
    if (told) on.zoomed(span < whole[1] - whole[0] ? seen.map(Math.round).join("-") : "");
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  }

  function zoom(factor, clientX) {
    if (!laid.field) return;
    const x = clientX === undefined ? nearest() : clientX - plot.getBoundingClientRect().left - laid.gutter;
    const share = Math.min(1, Math.max(0, x / laid.field));
    const span = Math.max(CLOSEST, (seen[1] - seen[0]) / factor);
    const first = seen[0] + (seen[1] - seen[0] - span) * share;
    look(first, first + span);
  }

  // Between two marks there may be years of nothing: a button goes closer to one of them.
  function nearest() {
    const off = ({ x }) => Math.abs(x - laid.field / 2);
    return laid.marks.filter(({ dated }) => dated).sort((one, other) => off(one) - off(other))[0].x;
  }

  function pan(px) {
    const days = (px / Math.max(1, laid.field)) * (seen[1] - seen[0]);
    look(seen[0] - days, seen[1] - days);
  }

  function draw() {
    if (!width || !lanes.length) return;
    laid = laidOut(lanes, { whole, seen, width });
    const { gutter, field, height, rows } = laid;
    const held = drawing.contains(document.activeElement);
    const inSight = laid.marks.filter((one) => !one.dated || (one.x < field && one.x + one.width > 0));
    current = (inSight.find(({ key }) => key === current) ?? inSight[0])?.key;
    axis.setAttribute("width", width);
    drawing.setAttribute("width", width);
    drawing.setAttribute("height", height);
    const dated = svg("svg", { x: gutter, width: field, height }, ...inSight.filter((one) => one.dated).map(drawn));
    const undated = svg("g", { transform: `translate(${gutter})` }, ...inSight.filter((one) => !one.dated).map(drawn));
    drawing.replaceChildren(...drawDays(), dated, undated);
    if (held) drawing.querySelector("[tabindex='0']")?.focus({ preventScroll: true });
    plot.classList.toggle("beside", gutter > 0);
    rows.forEach(({ top, height: tall }, index) => Object.assign(names.children[index].style, { top: `${top}px`, height: gutter ? `${tall}px` : "" }));
  }

  function drawDays() {
    const { gutter, field, aside, height, rows } = laid;
    const ticks = ticksOf(seen, field);
    const words = (x, text) => svg("text", { x: gutter + x + 4, y: 18 }, text);
    axis.replaceChildren(...ticks.map(({ x, text }) => words(x, text)), aside ? words(field + 8, field ? "No date" : "None has a date that is known") : "");
    return [
      svg("rect", { class: "apart", x: gutter + field, width: aside, height }),
      ...ticks.map(({ x }) => svg("line", { class: "tick", x1: gutter + x, x2: gutter + x, y2: height })),
      ...rows.map(({ top }) => svg("line", { x2: width, y1: top, y2: top })),
    ];
  }

  function drawn(mark) {
    const { key, count, statements, x, y, width: wide } = mark;
    if (!nodes.has(key)) nodes.set(key, count ? countNode() : markNode(statements[0]));
    const node = nodes.get(key);
    if (count) {
      node.setAttribute("aria-label", `${statements.length} more here: show them`);
      node.lastChild.textContent = `+${statements.length}`;
    } else if (node.mark?.width !== wide) node.replaceChildren(...shape(statements[0].kind, wide));
    node.setAttribute("transform", `translate(${x.toFixed(1)} ${y})`);
    node.setAttribute("tabindex", key === current ? 0 : -1);
    node.mark = mark;
    return node;
  }

  function markNode(statement) {
    const node = svg("a", { class: `saying ${statement.kind}`, href: linkTo(statement), "aria-label": labelOf(statement) });
    node.describe = () => on.card(statement);
    node.addEventListener("click", (event) => on.open(statement, event));
    return node;
  }

  function countNode() {
    const node = svg("g", { class: "count", role: "button" }, svg("rect", { width: 40, height: 14, rx: 7 }), svg("text", { x: 20, y: 11 }));
    node.addEventListener("click", () => spread(node.mark));
    return node;
  }

  // Different days come apart when one looks closer; what was said on one day has to be read as a list.
  function spread({ statements, days: [from, to] }) {
    if (from !== null && seen[1] - seen[0] > Math.max(CLOSEST, 2 * (to - from))) look(from - 1, to + 1);
    else on.list(statements);
  }

  function step(by) {
    const { marks, field } = laid;
    const to = marks[marks.findIndex(({ key }) => key === current) + by];
    if (!to) return;
    current = to.key;
    if (to.dated && (to.x < 0 || to.x + MARK > field)) pan(field / 2 - to.x);
    draw();
  }

  plot.addEventListener("keydown", (event) => {
    const { key, shiftKey } = event;
    const { mark } = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || !mark) return;
    const at = mark.dated ? event.target.getBoundingClientRect().left : undefined;
    if (key === "+" || key === "=") zoom(1.6, at);
    else if (key === "-") zoom(1 / 1.6, at);
    else if (key === "0") look(...whole);
    else if (key === "ArrowLeft") shiftKey ? pan(80) : step(-1);
    else if (key === "ArrowRight") shiftKey ? pan(-80) : step(1);
    else if (key === "Enter" && mark.count) spread(mark);
    else return;
    event.preventDefault();
  });
  plot.addEventListener("focusin", ({ target }) => (current = target.mark?.key ?? current));
  watchGestures(plot, { zoom, pan });
  new ResizeObserver(([{ contentRect }]) => {
    width = Math.floor(contentRect.width);
    look(...seen, false);
  }).observe(plot);

  return {
    node: element("div", {}, plot, rest),
    zoom,
    reset: () => look(...whole),
    /** @param {string} [days] as `zoomed` told them */
    show(statements, days = "") {
      nodes.clear();
      const all = lanesOf(statements);
      lanes = all.slice(0, LANES);
      fill(names, ...lanes.map((lane) => nameOf(lane, on.person)));
      fill(rest, all.length > LANES && `Drawn are the ${LANES} who said most; the table has all ${all.length}.`);
      whole = extentOf(lanes.flatMap(({ marks }) => marks.flatMap((mark) => mark.days ?? [])));
      const [, from, to] = /^(-?\d+)-(-?\d+)$/.exec(days)?.map(Number) ?? [];
      look(...(to > from ? [from, to] : whole), false);
    },
  };
}

function labelOf(statement) {
  return `${[statement.speaker ?? statement.speaker_text, whenOf(statement), HOW[statement.kind], outletOf(statement)].join(", ")}. Open the article at these words.`;
}

function extentOf(days) {
  const [from, to] = days.reduce(([least, most], day) => [Math.min(least, day), Math.max(most, day)], [Infinity, -Infinity]);
  const air = Math.max(AIR, (to - from) * 0.04);
  return days.length ? [from - air, to + air] : [0, CLOSEST];
}

function nameOf({ name, role, marks }, person) {
  const words = [element("bdi.title", {}, name ?? "Not told who"), element("bdi.byline", {}, [marks.length, role].filter(Boolean).join(" · "))];
  return name ? element("button.lane", { type: "button", title: `All that ${name} said`, onclick: () => person(name) }, ...words) : element("span.lane", {}, ...words);
}

// Filled: the very words. Hollow: the article's words. Half: some of both. Wide: some day of these.
function shape(kind, width) {
  const [half, round] = [width / 2, MARK / 2];
  return [
    svg("rect", { class: "reach", x: -2, y: -2, width: width + 4, height: MARK + 4, rx: round + 2 }),
    svg("rect", { class: "dot", width, height: MARK, rx: round }),
    kind === "mixed" ? svg("path", { d: `M${half} 0H${round}a${round} ${round} 0 0 0 0 ${MARK}H${half}Z` }) : "",
  ];
}
