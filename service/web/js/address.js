// Where the reader is, kept in the address so that a reload, a bookmark and the back button lose nothing:
// #chat=ID&article=ID&at=310-512&answer=ID

/** @typedef {{chat: string|null, article: string|null, at: {start: number, end: number}|null, answer: string|null}} Place */

/** @returns {Place} */
export function here() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const [, start, end] = /^(\d+)-(\d+)$/.exec(fields.get("at") ?? "") ?? [];
  return {
    chat: fields.get("chat") || null,
    article: fields.get("article") || null,
    at: end ? { start: Number(start), end: Number(end) } : null,
    answer: fields.get("answer") || null,
  };
}

/**
 * @param {Partial<Place>} change what is not named stays
 * @param {{replace?: boolean}} options replace: no new step for the back button
 */
export function go(change, { replace = false } = {}) {
  const place = { ...here(), ...change };
  const fields = new URLSearchParams();
  if (place.chat) fields.set("chat", place.chat);
  if (place.article) fields.set("article", place.article);
  if (place.article && place.at) fields.set("at", `${place.at.start}-${place.at.end}`);
  if (place.article && place.at && place.answer) fields.set("answer", place.answer);
  const hash = fields.size ? `#${fields}` : "";
  if (hash === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash || location.pathname + location.search);
}
