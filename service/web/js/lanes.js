// Where each statement stands in the plot: a lane a speaker, marks in it. Pure functions, in pixels.

import { daysOf, speakerOf } from "./said.js";
import { dayOf, placed } from "./timescale.js";

export const MARK = 11; // a round mark, across
const PITCH = MARK + 3;
const ROWS = 4; // of marks in a lane; what finds no room in them is counted
const COUNT = 42; // width of such a count
const NAME = 168; // beside the lanes where there is room for it, else above them
const ABOVE = 24;

/** @returns {{name: string|null, role: string|null, marks: object[]}[]} who said most first, what nobody is named for last */
export function lanesOf(statements) {
  const lanes = new Map();
  for (const statement of statements) {
    const name = speakerOf(statement);
    const days = daysOf(statement);
    if (!lanes.has(name)) lanes.set(name, { name, role: null, marks: [] });
    lanes.get(name).role ??= statement.role;
    lanes.get(name).marks.push({ statement, days: days && [dayOf(days.first), dayOf(days.last) + 1] });
  }
  return [...lanes.values()].sort((one, other) => !one.name - !other.name || other.marks.length - one.marks.length);
}

/**
 * @param {{whole: [number, number], seen: [number, number], width: number}} frame days of all there is; those looked at
 * @returns {{gutter: number, field: number, aside: number, height: number, rows: {top: number, height: number}[],
 *   marks: object[]}} gutter, field, aside: widths for names, days and what has none; marks: x from the field on, y,
 *   width, lane, dated, statements (several: a count of them, for want of room), days, and a key that stays
 */
export function laidOut(lanes, { whole, seen, width }) {
  const all = lanes.flatMap(({ marks }) => marks);
  const gutter = width > 600 ? NAME : 0;
  const aside = all.every(({ days }) => days) ? 0 : !all.some(({ days }) => days) ? width - gutter : gutter ? 108 : 80;
  const field = width - gutter - aside;
  const drawn = { gutter, field, aside, height: 0, rows: [], marks: [] };
  lanes.forEach(({ marks }, lane) => {
    const undated = rowed(marks.filter(({ days }) => !days).map((mark) => ({ ...mark, days: [null], width: MARK, from: field + 12, to: field + aside - 20 })));
    const dated = (window) => rowed(marks.filter(({ days }) => days).map((mark) => ({ ...mark, ...spanOf(mark.days, window, field) })));
    // The height is that of the whole at one glance: it does not jump while one looks closer.
    const rows = Math.max(...[...dated(whole), ...undated].map(({ row }) => row)) + 1;
    const height = gutter ? Math.max(48, rows * PITCH + 16) : rows * PITCH + ABOVE + 10;
    const top = drawn.height + (gutter ? (height - rows * PITCH) / 2 : ABOVE);
    for (const mark of [...dated(seen), ...undated]) drawn.marks.push({ ...mark, dated: mark.days[0] !== null, lane, y: top + mark.row * PITCH });
    drawn.rows.push({ top: drawn.height, height });
    drawn.height += height;
  });
  return drawn;
}

function spanOf([first, last], [from, to], field) {
  const x = (day) => Math.min(2 * field, Math.max(-field, ((day - from) / (to - from)) * field));
  const single = last - first <= 1;
  const width = single ? MARK : Math.max(MARK * 1.7, x(last) - x(first));
  const middle = (x(first) + x(last) - width) / 2;
  // What was said on one day may stand anywhere within that day; a mark for several days covers them all.
  return { width, from: single ? Math.min(x(first) + 3, middle) : middle, to: single ? Math.max(x(last) - PITCH, middle) : middle };
}

/** Marks in rows, from left to right; those without a row are drawn together as counts. */
function rowed(spans) {
  spans.sort((one, other) => one.from - other.from);
  const spots = placed(spans, { rows: ROWS, gap: PITCH - MARK });
  const found = [];
  let count = null;
  spans.forEach(({ statement, width, days }, index) => {
    const { x, row } = spots[index];
    if (row >= 0) found.push({ key: statement.id, statements: [statement], days, x, row, width });
    else if (count && x < count.x + COUNT) {
      count.statements.push(statement);
      count.days = [count.days[0], Math.max(count.days[1], days[1])];
    } else found.push((count = { key: `+${statement.id}`, statements: [statement], days, x, row: ROWS, width: COUNT, count: true }));
  });
  return found.sort((one, other) => one.x - other.x);
}
