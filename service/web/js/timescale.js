// From days to pixels: ticks, and marks that do not cover each other. Pure functions. Days count from 1 January 1970.

import { readableDate } from "./text.js";

const MARK = 11; // px, for one day
export const PITCH = MARK + 3; // px from one mark to the next
const DAY_MS = 86_400_000;
const AIR = 7; // days around what was said, at least
const MONTH = 30.4; // days, on average
const YEAR_2000 = Date.UTC(2000) / DAY_MS;
const MONDAY = YEAR_2000 + 2; // weeks begin there
const TICK = [88, 68, 48]; // px that two ticks are apart at least: by how many words of "1 Aug 2022" are left out
const STEPS = [1, 7, 14, 1 * MONTH, 3 * MONTH, 6 * MONTH, ...[1, 5, 10, 50, 500].map((years) => years * 12 * MONTH)];

export const dayOf = (iso) => Date.parse(`${iso}T00:00Z`) / DAY_MS;

/**
 * @param {[number, number]} seen days @param {number} width px
 * @returns {{x: number, text: string}[]}
 */
export function ticksOf([from, to], width) {
  const perDay = width / (to - from);
  const unsaid = (days) => (days < MONTH ? 0 : days < 12 * MONTH ? 1 : 2);
  const step = STEPS.find((days) => days * perDay >= TICK[unsaid(days)]) ?? STEPS.at(-1);
  const day = (index) => (step < MONTH ? MONDAY + index * step : Date.UTC(2000, index * Math.round(step / MONTH)) / DAY_MS);
  const ticks = [];
  for (let index = Math.floor((from - YEAR_2000) / step) - 1; day(index) < to; index += 1) {
    const x = (day(index) - from) * perDay;
    const words = readableDate(new Date(day(index) * DAY_MS).toISOString()).split(" ");
    if (x >= 0 && x + TICK[unsaid(step)] < width) ticks.push({ x, text: words.slice(unsaid(step)).join(" ") });
  }
  return ticks;
}

/**
 * Places marks beside each other as far as each may move within its day, else a row lower. Days that are too close to
 * stand beside each other share a column.
 * @param {[number, number][]} spans the day each begins and the day after it ends; the earliest first
 * @returns {{left: number, width: number, row: number}[]} px
 */
export function placed(spans, [from, to], wide) {
  const perDay = wide / (to - from);
  const ends = []; // of the rows, so far
  let column = -Infinity;
  return spans.map(([first, next]) => {
    const [begin, end] = [(first - from) * perDay, (next - from) * perDay];
    if (begin >= column + PITCH) column = begin;
    const width = next - first > 1 ? Math.max(2 * MARK, end - column) : MARK;
    const free = ends.findIndex((taken) => taken <= Math.max(column, end - width) + 0.5);
    const row = free < 0 ? ends.length : free;
    const left = Math.max(column, ends[row] ?? column);
    ends[row] = left + width + PITCH - MARK;
    return { left, width, row };
  });
}

/** From before the first to after the last day of these. */
export function extentOf(spans) {
  const [from, to] = [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, next]) => next))];
  const air = Math.max(AIR, (to - from) * 0.06);
  return [from - air, to + air];
}
