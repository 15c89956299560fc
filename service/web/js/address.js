// Where the reader is, kept in the address so that a reload, a bookmark and the back button lose nothing:
// #chat=ID&article=ID&at=310-512&answer=ID
// and, while statements are shown: &view=statements&of=ANSWER&speaker=NAME&about=WORDS&as=table …

/** @typedef {{chat: string|null, article: string|null, at: {start: number, end: number}|null, answer: string|null,
 *   said: Object<string, string>|null}} Place said: which statements are shown, and how; null: none are */

const SAID = ["of", "scope", "speaker", "about", "source", "since", "until", "as", "sort", "zoom"];

/** @returns {Place} */
export function here() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const [, start, end] = /^(\d+)-(\d+)$/.exec(fields.get("at") ?? "") ?? [];
  return {
    chat: fields.get("chat") || null,
    article: fields.get("article") || null,
    at: end ? { start: Number(start), end: Number(end) } : null,
    answer: fields.get("answer") || null,
    said: fields.get("view") === "statements" ? Object.fromEntries(SAID.map((name) => [name, fields.get(name)]).filter(([, value]) => value)) : null,
  };
}

/**
 * @param {Partial<Place>} change what is not named stays
 * @param {{replace?: boolean}} options replace: no new step for the back button
 */
export function go(change, { replace = false } = {}) {
  const hash = hashOf({ ...here(), ...change });
  if (hash === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash || location.pathname + location.search);
}

/** The address of the page with an article open at these characters, for a link that can be opened beside. */
export function linkTo({ document_id: article, start, end }) {
  return hashOf({ ...here(), article, at: { start, end }, answer: null });
}

/** Which shared conversation the page was opened for, if any: /?shared=ID */
export const sharedId = () => new URLSearchParams(location.search).get("shared");

export const linkToShared = (id) => new URL(`?${new URLSearchParams({ shared: id })}`, location.origin + location.pathname).href;

function hashOf(place) {
  const fields = new URLSearchParams();
  if (place.chat) fields.set("chat", place.chat);
  if (place.article) fields.set("article", place.article);
  if (place.article && place.at) fields.set("at", `${place.at.start}-${place.at.end}`);
  if (place.article && place.at && place.answer) fields.set("answer", place.answer);
  if (place.said) fields.set("view", "statements");
  for (const name of SAID) if (place.said?.[name]) fields.set(name, place.said[name]);
  return fields.size ? `#${fields}` : "";
}
