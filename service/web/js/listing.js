// A list that the service gives page by page: more of it comes as one scrolls, and where there is nothing, it says why.

import { element, fill } from "./dom.js";

const PAGE = 50; // rows fetched at a time
const MOST = 200; // … at once, to draw a list anew as long as it was; the service's limit

/**
 * @param {HTMLElement} place a <ul>
 * @param {{fetched: (page: {offset: number, limit: number}, signal: AbortSignal) => Promise<{rows: object[], total: number}>,
 *   row: (one: object) => HTMLElement, none: () => string, onTotal?: (total: number) => void}} options row: an <li> whose data-id tells it from others
 * @returns {{load: () => Promise<void>, say: (text: string) => void}} load: draws it anew
 */
export function startListing(place, { fetched, row, none, onTotal = () => {} }) {
  let fetching = null;
  let shown = 0;

  const watcher = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && more(), { scrollMargin: "300px" });
  const more = () => show({ offset: shown, limit: PAGE });

  async function show(page) {
    fetching?.abort();
    fetching = new AbortController();
    place.ariaBusy = "true";
    try {
      const { rows, total } = await fetched(page, fetching.signal);
      draw(rows.map(row), page.offset, total);
      onTotal(total);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      if (problem.waits && !shown) fill(place, hint("Shown as soon as the service answers."));
      else if (!problem.waits) fill(place, hint(problem.message, " ", element("button.link", { onclick: load }, "Try again")));
    }
    place.ariaBusy = "false";
  }

  function draw(rows, offset, total) {
    const held = place.contains(document.activeElement) && document.activeElement.closest("li").dataset.id;
    watcher.disconnect();
    place.querySelector(".more")?.remove();
    if (offset) place.append(...rows);
    else fill(place, ...(rows.length ? rows : [hint(none())]));
    shown = offset + rows.length;
    if (shown < total && rows.length) {
      place.append(element("li.more", {}, element("button.link", { onclick: more }, `Show more (${(total - shown).toLocaleString("en-GB")})`)));
      watcher.observe(place.lastChild);
    }
    if (held && !offset) place.querySelector(`[data-id="${CSS.escape(held)}"] .choose`)?.focus();
  }

  const load = () => show({ offset: 0, limit: Math.min(MOST, Math.max(PAGE, shown)) });
  return {
    load,
    say: (text) => place.prepend(element("li.hint", { role: "alert" }, text)),
  };
}

function hint(...words) {
  return element("li.hint", {}, ...words);
}
