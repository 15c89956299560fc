// From days to pixels: ticks, and marks that do not cover each other. Pure functions. Days count from 1 January 1970.

const DAY_MS = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = [1, 7];
const MONTHLY = [1, 3, 12, 24, 60, 120, 240, 600, 1200, 6000];
const CLOSE = 44; // px that two ticks are apart at least
const LETTER = 7; // px

export const dayOf = (iso) => Date.parse(`${iso}T00:00Z`) / DAY_MS;

/**
 * @param {[number, number]} seen days @param {number} width px
 * @returns {{x: number, text: string}[]} those that have room; the first tells the year
 */
export function ticksOf([from, to], width) {
  const perDay = width / (to - from);
  const days = DAYS.find((every) => every * perDay >= CLOSE);
  const months = MONTHLY.find((every) => every * 30.4 * perDay >= CLOSE) ?? MONTHLY.at(-1);
  const found = [];
  let free = 0;
  for (const at of days ? daily(from, to, days) : monthly(from, to, months)) {
    const date = new Date(at * DAY_MS);
    const [month, year] = [MONTHS[date.getUTCMonth()], date.getUTCFullYear()];
    const long = !found.length || month === "Jan";
    const text = days ? `${date.getUTCDate()} ${month}${found.length ? "" : ` ${year}`}` : months > 11 ? `${year}` : long ? `${month} ${year}` : month;
    const x = (at - from) * perDay;
    if (x < free || x + text.length * LETTER > width) continue;
    free = x + (text.length + 1) * LETTER;
    found.push({ x, text });
  }
  return found;
}

// Day 4 was a Monday: weeks begin there.
function daily(from, to, every) {
  const start = Math.ceil((from - 4) / every) * every + 4;
  return Array.from({ length: Math.ceil((to - start) / every) }, (_, index) => start + index * every);
}

function monthly(from, to, every) {
  const found = [];
  const first = new Date(from * DAY_MS);
  for (let index = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / every) * every; ; index += every) {
    const day = new Date(0);
    day.setUTCFullYear(Math.floor(index / 12), index % 12, 1);
    if (day / DAY_MS >= to) return found;
    if (day / DAY_MS >= from) found.push(day / DAY_MS);
  }
}

/**
 * Places marks from left to right: beside each other as far as each may move, else a row lower.
 * @param {{from: number, to: number, width: number}[]} marks px, in order of `from`: where the left edge may stand
 * @returns {{x: number, row: number}[]} row -1: none had room
 */
export function placed(marks, { rows, gap }) {
  const ends = Array(rows).fill(-Infinity);
  return marks.map(({ from, to, width }) => {
    const row = ends.findIndex((end) => end <= to + 0.5);
    const x = Math.max(from, ends[row] ?? from);
    if (row >= 0) ends[row] = x + width + gap;
    return { x, row };
  });
}
