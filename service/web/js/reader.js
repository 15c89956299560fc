// Shows one article with the cited characters marked, and steps through the citations of an answer.

import { readArticle } from "./api.js";
import { announce, byId, calm, element, fill } from "./dom.js";
import { textPane } from "./fulltext.js";
import { icon } from "./icons.js";
import { located, spoken } from "./marks.js";
import { counted, readableDate, titleOf } from "./text.js";
import { troubled } from "./trouble.js";
import { showView } from "./views.js";

const KEPT = 6; // articles held in memory, so that stepping between citations does not fetch again

/**
 * @param {{onOpen: (citation: object, answer: object) => void, onClose: () => void, onAskHere: (article: object) => void}} callbacks
 */
export function startReader({ onOpen, onClose, onAskHere }) {
  const panel = byId("reader");
  const page = byId("page");
  const steps = byId("steps");
  const key = element("div.legend.key");
  const way = element("button.quiet", { type: "button", title: "Back to where the answer cites this", onclick: back }, icon("talk"), "Answer");
  const textOf = textPane(page.parentElement);
  const held = new Map();
  let fetching = null;
  let shown = null; // {article, answer, current: the citation that was gone to}
  let saying = true; // are statements marked?

  panel.append(key);
  steps.after(way);
  byId("close-reader").addEventListener("click", onClose);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && onClose());

  async function fetched(id) {
    fetching?.abort();
    if (held.has(id)) return held.get(id);
    fetching = new AbortController();
    const article = await readArticle(id, fetching.signal);
    held.set(id, article);
    if (held.size > KEPT) held.delete(held.keys().next().value);
    return article;
  }

  /**
   * @param {string} id of the article
   * @param {{citation?: object, answer?: object}} options citation: where to go; answer: the one that it belongs to
   */
  async function open(id, { citation = null, answer = { citations: citation ? [citation] : [] } } = {}) {
    panel.hidden = false;
    if (shown?.article.id !== id) {
      shown = null;
      fill(page, skeleton());
      for (const part of [steps, key]) fill(part);
      way.hidden = true;
    }
    try {
      const article = await fetched(id);
      draw(article, answer, citation);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      shown = null;
      fill(page, troubled(problem, () => open(id, { citation, answer })));
    }
  }

  function draw(article, answer, current) {
    const { text } = article;
    const statements = (article.statements ?? []).toSorted((one, other) => one.start - other.start);
    const citations = [...answer.citations, ...(answer.within?.citations ?? [])];
    const cited = located(text, citations.filter(({ document_id: there }) => there === article.id));
    const place = cited.find(({ one }) => one === current);
    // From a statement one can step to the article's others, and still go back to the answer.
    const list = { citations: statements, noun: "Statement", within: answer.within ?? answer };
    const view = textOf(text, { cited, said: spoken(text, statements), current, saying, open: (one) => onOpen(one, list) });
    shown = { article, answer, current };
    fill(page, header(article, current, onAskHere), current && note(place), view.node);
    drawSteps();
    drawKey(view, { place, others: cited.length > Number(Boolean(place)), statements: statements.length });
    if (place) view.reach(place.start);
    const mark = page.querySelector("mark.current");
    if (mark) reveal(mark);
    else page.parentElement.scrollTop = 0;
    announce(`${titleOf(article)}${mark ? ", at the cited words" : ""}`);
  }

  function drawKey(view, { place, others, statements }) {
    const change = ({ target }) => view.say((saying = target.checked));
    fill(
      key,
      place && element("span", {}, element("span.swatch.current"), "these words"),
      others && element("span", {}, element("span.swatch"), "cited too"),
      statements > 0 && element("label", {}, element("input", { type: "checkbox", checked: saying, onchange: change }), element("span.saying", {}, counted(statements, "statement"))),
    );
  }

  function drawSteps() {
    const { answer, current } = shown;
    const { citations, noun = "Citation" } = answer;
    const index = citations.indexOf(current);
    const [at, all] = [index + 1, citations.length].map((number) => number.toLocaleString("en-GB"));
    const step = (by, name) => {
      const label = `${name} ${noun.toLowerCase()}`;
      const onclick = () => onOpen(citations.at((index + by) % citations.length), answer);
      return element("button.quiet", { type: "button", "aria-label": label, title: label, onclick }, icon(name.toLowerCase()));
    };
    if (index < 0 || citations.length < 2) fill(steps, current && element("span", {}, noun === "Citation" ? "Cited here" : "Said here"));
    else fill(steps, step(-1, "Previous"), element("span", {}, `${noun} ${at} of ${all}`), step(1, "Next"));
    way.hidden = !chipOf(answer, current);
  }

  /** To the citation that is shown, in its answer; the article stays open where there is room for both. */
  function back() {
    if (!byId("statements").hidden) byId("close-said").click();
    showView("conversation");
    const chip = chipOf(shown.answer, shown.current);
    chip.scrollIntoView({ block: "center" });
    chip.focus({ preventScroll: true });
  }

  return {
    open,
    close() {
      fetching?.abort();
      panel.hidden = true;
      shown = null;
    },
    /** After an upload or a deletion what is held may be out of date. */
    forget() {
      held.clear();
    },
    get articleId() {
      return shown?.article.id ?? null;
    },
  };
}

function chipOf({ id, within }, current) {
  const chips = [...document.querySelectorAll(`[data-answer="${CSS.escape(within?.id ?? id ?? "")}"] .chip`)];
  return chips.find(({ citation }) => citation === current) ?? chips[0];
}

// Portions out of sight are only measured when they come near, so the first jump may land beside: look again once drawn.
function reveal(mark) {
  const scroller = mark.closest(".scroller");
  const centre = () => {
    const [box, frame] = [mark.getBoundingClientRect(), scroller.getBoundingClientRect()];
    return box.top - frame.top - Math.max(24, (frame.height - box.height) / 3);
  };
  // With the head of the article in sight where both find room.
  scroller.scrollTop = 0;
  if (mark.getBoundingClientRect().bottom < scroller.getBoundingClientRect().bottom) return;
  mark.scrollIntoView({ block: "center" });
  let tries = 0;
  const settle = () => {
    const off = centre();
    if (Math.abs(off) > 4) scroller.scrollTop += off;
    if ((tries += 1) < 4) requestAnimationFrame(settle);
  };
  requestAnimationFrame(settle);
  if (!calm()) mark.animate?.([{ outlineColor: "transparent" }, { outlineColor: "currentColor" }, { outlineColor: "transparent" }], { duration: 900 });
}

function header(article, current, onAskHere) {
  const { known = {}, source, author, published, url, id } = article;
  const row = (label, value, from) => value && element("div", {}, element("dt", {}, label), element("dd", {}, value.tagName ? value : element("bdi", {}, value), from && element("span.known", {}, from)));
  return element(
    "header",
    {},
    element("h2", { dir: "auto", tabindex: "-1" }, titleOf(article)),
    element(
      "dl.facts",
      {},
      row("Outlet", source, known.source),
      row("Author", author, known.author),
      row("Published", readableDate(published) ?? "Not known", known.published),
      row("Link", link(url), known.url),
      row("File", id),
      row("Copies", current?.copies?.join(", ")),
    ),
    element("button.quiet.ask-here", { type: "button", onclick: () => onAskHere(article) }, icon("talk"), "Ask about this article only"),
  );
}

function link(url) {
  // Only the web: an article may carry any address, javascript: among them.
  if (!/^https?:\/\//i.test(url ?? "")) return url;
  return element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, url.replace(/^https?:\/\/(www\.)?/i, ""));
}

function note(found) {
  if (found && !found.moved) return null;
  const now = found ? "They now stand here." : "They no longer stand at this place: ask again for a fresh citation.";
  return element("p.changed", { role: "note" }, `The article has changed since these words were cited. ${now}`);
}

function skeleton() {
  return element("div.skeleton", { "aria-busy": "true", "aria-label": "Loading the article" }, ...Array.from({ length: 7 }, () => element("span")));
}
