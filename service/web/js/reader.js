// Shows one article with the cited characters marked, and steps through the citations of an answer.

import { Problem, readArticle } from "./api.js";
import { announce, byId, calm, element, fill } from "./dom.js";
import { icon } from "./icons.js";
import { blocks, readableDate, titleOf, unitOffsets } from "./text.js";

const KEPT = 6; // articles held in memory, so that stepping between citations does not fetch again

/**
 * @param {{onOpen: (citation: object, answer: object) => void, onClose: () => void, onAskHere: (article: object) => void}} callbacks
 */
export function startReader({ onOpen, onClose, onAskHere }) {
  const panel = byId("reader");
  const page = byId("page");
  const steps = byId("steps");
  const held = new Map();
  let fetching = null;
  let shown = null; // {article, answer, current: the citation that was gone to}

  byId("close-reader").addEventListener("click", onClose);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && onClose());

  async function fetched(id) {
    if (held.has(id)) return held.get(id);
    fetching?.abort();
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
      fill(steps);
    }
    try {
      const article = await fetched(id);
      draw(article, answer, citation);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      shown = null;
      failed(problem, () => open(id, { citation, answer }));
    }
  }

  function draw(article, answer, current) {
    const here = answer.citations.filter((citation) => citation.document_id === article.id);
    const found = located(article.text, here);
    const lost = current && !found.has(current);
    shown = { article, answer, current };
    fill(page, header(article, onAskHere), lost && changed(), body(article.text, found, current));
    drawSteps();
    const mark = page.querySelector("mark.current");
    if (mark) reveal(mark);
    else page.parentElement.scrollTop = 0;
    announce(mark ? `${titleOf(article)}, at the cited words` : titleOf(article));
  }

  function drawSteps() {
    const { answer, current } = shown;
    const { citations, noun = "Citation" } = answer;
    const index = citations.indexOf(current);
    if (index < 0 || citations.length < 2) {
      fill(steps, index < 0 ? null : element("span", {}, "Cited here"));
      return;
    }
    const step = (by) => onOpen(citations[(index + by + citations.length) % citations.length], answer);
    fill(
      steps,
      stepButton("previous", `Previous ${noun.toLowerCase()}`, () => step(-1)),
      element("span", {}, `${noun} ${(index + 1).toLocaleString("en-GB")} of ${citations.length.toLocaleString("en-GB")}`),
      stepButton("next", `Next ${noun.toLowerCase()}`, () => step(1)),
    );
  }

  function failed(problem, again) {
    fill(
      page,
      element(
        "div.trouble",
        { role: "alert" },
        element("h2", {}, problem instanceof Problem && problem.status === 404 ? "This article is no longer here" : problem.title ?? "The article could not be shown"),
        element("p", {}, problem.detail ?? problem.message),
        element("button", { type: "button", onclick: again }, "Try again"),
      ),
    );
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

/**
 * Where each citation stands in UTF-16 units. One whose words are not exactly there is left out: the article has
 * changed since, and marking the wrong words is worse than marking none.
 */
export function located(text, citations) {
  const units = unitOffsets(text, citations.flatMap(({ start, end }) => [start, end]));
  const found = new Map();
  for (const citation of citations) {
    const [start, end] = [units.get(citation.start), units.get(citation.end)];
    if (end > start && holds(text.slice(start, end), citation)) found.set(citation, { start, end });
  }
  return found;
}

// A statement's words stand in its place, in pieces where something stands between them.
function holds(there, { quote, content }) {
  if (quote !== undefined) return there === quote;
  return !content || content.split(" … ").every((piece) => there.includes(piece));
}

function body(text, found, current) {
  const container = element("div.text", {});
  const lines = blocks(text);
  // Text that was wrapped by hand keeps its lines together; elsewhere each line is a paragraph.
  if (lines.length > 3 && lines.every(({ start, end }) => end - start <= 90)) container.classList.add("wrapped");
  const pieces = segments(found, current);
  let done = 0;
  let next = 0;
  for (const line of lines) {
    // What stands between two blocks is white space that is not drawn, but it stays selectable and countable.
    if (line.start > done) container.append(text.slice(done, line.start));
    const paragraph = element("p", { class: line.gap === "line" ? "line" : null, dir: "auto" });
    while (next < pieces.length && pieces[next].end <= line.start) next += 1;
    let at = line.start;
    for (let index = next; index < pieces.length && pieces[index].start < line.end; index += 1) {
      const piece = pieces[index];
      const [start, end] = [Math.max(piece.start, line.start), Math.min(piece.end, line.end)];
      if (start > at) paragraph.append(text.slice(at, start));
      paragraph.append(element("mark", { class: piece.current ? "current" : null, "data-number": piece.numbers }, text.slice(start, end)));
      at = end;
    }
    if (at < line.end) paragraph.append(text.slice(at, line.end));
    container.append(paragraph);
    done = line.end;
  }
  if (done < text.length) container.append(text.slice(done));
  return container;
}

/** Citations may overlap: cut them into pieces that do not. The current one keeps its mark whole wherever it stands. */
function segments(found, current) {
  const spans = [...found].map(([citation, span]) => ({ ...span, number: citation.number, current: citation === current }));
  const edges = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const pieces = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [start, end] = [edges[index], edges[index + 1]];
    const over = spans.filter((span) => span.start <= start && span.end >= end);
    if (!over.length) continue;
    pieces.push({ start, end, current: over.some((span) => span.current), numbers: over.map(({ number }) => number).filter(Boolean).join(" ") || null });
  }
  return pieces;
}

// Blocks out of sight are only measured when they come near, so the first jump may land beside: look again once drawn.
function reveal(mark) {
  const scroller = mark.closest(".scroller");
  const centre = () => {
    const [box, frame] = [mark.getBoundingClientRect(), scroller.getBoundingClientRect()];
    return box.top - frame.top - Math.max(24, (frame.height - box.height) / 3);
  };
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

function header(article, onAskHere) {
  const known = article.known ?? {};
  const row = (label, field, value) => value && element("div", {}, element("dt", {}, label), element("dd", {}, value, " ", known[field] && element("span.known", {}, known[field])));
  return element(
    "header",
    {},
    element("h2", { dir: "auto", tabindex: "-1" }, titleOf(article)),
    element(
      "dl.facts",
      {},
      row("Outlet", "source", article.source && element("bdi", {}, article.source)),
      row("Author", "author", article.author && element("bdi", {}, article.author)),
      row("Published", "published", readableDate(article.published) ?? "Not known"),
      row("Title", "title", known.title && article.title ? "as above" : null),
      row("Link", "url", link(article.url)),
      row("File", "id", element("bdi", {}, article.id)),
    ),
    element("button.quiet.ask-here", { type: "button", onclick: () => onAskHere(article) }, icon("talk"), "Ask about this article only"),
  );
}

function link(url) {
  // Only the web: an article may carry any address, javascript: among them.
  if (!/^https?:\/\//i.test(url ?? "")) return url ? element("bdi", {}, url) : null;
  return element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, url.replace(/^https?:\/\/(www\.)?/i, ""));
}

function changed() {
  return element(
    "p.changed",
    { role: "note" },
    "The cited words no longer stand at this place: the article has changed since the answer was given. Ask again for a fresh citation.",
  );
}

function stepButton(name, label, onclick) {
  return element("button.quiet", { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

function skeleton() {
  return element("div.skeleton", { "aria-busy": "true", "aria-label": "Loading the article" }, ...Array.from({ length: 7 }, () => element("span")));
}
