// Where citations and statements stand in a text, and how it is cut there. Pure functions, in UTF-16 units.

import { unitOffsets } from "./text.js";

/**
 * One whose words are not at its place is looked for elsewhere, as the article has changed since, and left out unless
 * they stand in one place alone: marking wrong words is worse than marking none.
 * @returns {{one: object, start: number, end: number, moved: boolean}[]} one: the citation
 */
export function located(text, citations) {
  return placed(text, citations.map((one) => ({ ...one, one }))).flatMap(({ one, start, end }) => {
    if (end > start && holds(text.slice(start, end), one)) return { one, start, end, moved: false };
    const at = one.quote ? text.indexOf(one.quote) : -1;
    return at >= 0 && text.indexOf(one.quote, at + 1) < 0 ? { one, start: at, end: at + one.quote.length, moved: true } : [];
  });
}

// A statement's words stand in its place, in pieces where something stands between them.
function holds(there, { quote, content }) {
  return quote !== undefined ? there === quote : !content || content.split(" … ").every((piece) => there.includes(piece));
}

/** The words of each statement, without who said them where the two can be told apart. */
export function spoken(text, statements) {
  return placed(text, statements.flatMap((one) => (one.slices?.length ? one.slices.map(([start, end]) => ({ one, start, end })) : { ...one, one })));
}

function placed(text, spans) {
  const units = unitOffsets(text, spans.flatMap(({ start, end }) => [start, end]));
  return spans.map(({ one, start, end }) => ({ one, start: units.get(start), end: units.get(end) }));
}

/** Spans may overlap: cuts them into pieces that do not, each with the spans `over` it. */
export function pieces(spans) {
  const edges = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const coming = spans.toSorted((one, other) => other.start - one.start);
  let over = [];
  return edges.flatMap((start, index) => {
    over = over.filter(({ end }) => end > start);
    while (coming.at(-1)?.start <= start) over.push(coming.pop());
    return over.length ? { start, end: edges[index + 1], over } : [];
  });
}

/** What `draw(start, end, piece?)` makes of each piece, and of the text between. */
export function drawn(from, to, pieces, draw) {
  const nodes = [];
  for (const piece of pieces) {
    const [start, end] = [Math.max(piece.start, from), Math.min(piece.end, to)];
    if (start >= end) continue;
    if (start > from) nodes.push(draw(from, start));
    nodes.push(draw(start, end, piece));
    from = end;
  }
  if (from < to) nodes.push(draw(from, to));
  return nodes.flat();
}
