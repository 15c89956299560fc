// Who said what, and when: of all articles, of one answer, of one person, of one matter; as a plot or as a table.

import { go, here } from "./address.js";
import { asCsv } from "./csv.js";
import { announce, byId, element, fill, settled } from "./dom.js";
import { gathered, statementsOf } from "./gather.js";
import { daysOf } from "./said.js";
import { tableView } from "./table.js";
import { counted, label, readableSpan } from "./text.js";
import { timelineView } from "./timeline.js";
import { troubled } from "./trouble.js";
import { narrow } from "./views.js";

const NARROWING = ["speaker", "about", "source", "since", "until"];

/**
 * The form is what is shown, and the address is the form.
 * @param {{onOpen: (statement: object, list: object) => void, onGo: (said: object, options?: object) => void,
 *   answerOf: (id: string) => object|null}} callbacks onGo: what is to be shown; answerOf: one of the open conversation
 */
export function startStatements({ onOpen, onGo, answerOf }) {
  const [panel, form, summary, place, narrowing] = ["statements", "narrow", "said-summary", "said", "narrowing"].map(byId);
  const { elements: fields } = form;
  const names = { speaker: new Set(), source: new Set() }; // of all that was found so far
  let said = null; // what is shown, as in the address
  let found = null; // {statements, total}
  let shown = []; // in the order of the screen
  let fetching = null;

  const list = () => ({ citations: shown, noun: "Statement" });
  const answer = () => said.of && answerOf(said.of);
  const narrowed = () => Object.fromEntries(NARROWING.map((name) => [name, said?.[name]]));
  const keep = (part) => said && onGo({ ...here().said, ...part }, { replace: true });
  const clear = () => onGo({ as: said.as });
  const keepZoom = settled((zoom) => said && go({ said: { ...here().said, zoom } }, { replace: true }), 250);
  const views = { table: tableView((sort) => keep({ sort })), timeline: timelineView(keepZoom) };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", settled(() => keep({ zoom: "", ...Object.fromEntries(new FormData(form)) }), 200));
  place.addEventListener("click", clicked);
  byId("closer").addEventListener("click", () => views.timeline.zoom(1.8));
  byId("wider").addEventListener("click", () => views.timeline.zoom(1 / 1.8));
  byId("csv").addEventListener("click", () => download("statements.csv", asCsv(shown)));
  byId("said-all").addEventListener("click", clear);
  // The reader steps from one statement to the next, and the address tells which it is.
  globalThis.navigation?.addEventListener("currententrychange", () => said && markOpened());

  function clicked(event) {
    const [link, button] = ["a", "button[value]"].map((wanted) => event.target.closest(wanted));
    if (button?.value) return onGo({ as: said.as, speaker: button.value });
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // opens beside
    event.preventDefault();
    if (event.pointerType !== "touch" || !link.describe || link.hasAttribute("aria-describedby")) return onOpen(link.statement, list());
    // A finger cannot hover: its first tap shows the words instead.
    event.stopPropagation();
    link.focus();
    link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, screenX: event.timeStamp }));
  }

  async function load() {
    fetching?.abort();
    const { signal } = (fetching = new AbortController());
    summary.textContent = "Reading the statements …";
    try {
      const held = answer() && statementsOf(answer());
      found = held ? { statements: held, total: held.length } : await gathered(narrowed(), signal);
      if (signal.aborted) return;
      draw();
      announce(summary.textContent);
    } catch (problem) {
      if (signal.aborted) return;
      found = null;
      summary.textContent = "";
      fill(place, troubled(problem, load));
    }
  }

  function draw() {
    const { statements } = found;
    const table = fields.as.value === "table";
    offer();
    summary.textContent = summaryOf(found, answer() ? " in this answer" : "");
    byId("csv").disabled = !statements.length;
    shown = table ? views.table.show(statements, said.sort) : statements;
    fill(place, statements.length ? views[fields.as.value].node : nothing());
    if (!table && statements.length) views.timeline.show(statements, said.zoom);
    markOpened();
  }

  function drawForm() {
    // A date that is only half typed would be lost by being set to what it is.
    for (const [name, value = ""] of Object.entries(narrowed())) if (fields[name].value !== value) fields[name].value = value;
    fields.as.value = said.as ?? (narrow.matches ? "table" : "timeline");
    narrowing.hidden = Boolean(answer());
    narrowing.open ||= !narrow.matches || Object.values(narrowed()).some(Boolean);
    byId("said-all").hidden = !answer();
  }

  function offer() {
    for (const one of [...found.statements, { source: said.source }]) for (const name in names) if (one[name]) names[name].add(one[name]);
    const options = (name) => [...names[name]].sort().map((value) => element("option", { value }, label(value)));
    fill(byId("speakers"), options("speaker"));
    fill(fields.source, element("option", { value: "" }, "All"), options("source"));
    fields.source.value = said.source ?? "";
  }

  function nothing() {
    const some = Object.values(narrowed()).some(Boolean);
    return element("p.nothing", {}, some ? "No statement fits all of this. " : "No statements yet. Add articles in which somebody says something.", some && element("button", { onclick: clear }, "Clear"));
  }

  function markOpened() {
    const { article, at } = here();
    for (const link of place.querySelectorAll("a")) {
      link.ariaCurrent = isAt(link.statement, article, at) ? "true" : null;
      if (link.ariaCurrent) link.scrollIntoView({ block: "nearest" });
    }
  }

  return {
    /** @param {object|null} wanted as in the address; null closes */
    async show(wanted) {
      const asked = () => JSON.stringify([said?.of, narrowed()]);
      const before = said && asked();
      said = wanted;
      panel.hidden = !said;
      if (!said) return fetching?.abort();
      drawForm();
      if (found && before === asked()) draw();
      else await load();
    },
    /** What was added or deleted changes who said what. */
    refresh: () => said && load(),
    /** After a reload: the statement that the address points to, among its like. */
    citationAt(article, at) {
      const citation = said && shown.find((one) => isAt(one, article, at));
      return citation ? { citation, answer: list() } : null;
    },
  };
}

const isAt = ({ document_id: id, start, end }, article, at) => id === article && start === at?.start && end === at.end;

function summaryOf({ statements, total }, where) {
  const days = statements.map(daysOf).filter(Boolean);
  const ends = days.flatMap(({ first, last }) => [first, last]).sort();
  const undated = statements.length - days.length;
  const all = counted(total, "statement") + where;
  const held = statements.length < total ? `The first ${statements.length.toLocaleString("en-GB")} of ${all}: narrow them to see the rest` : all;
  return [held, readableSpan(ends[0], ends.at(-1)), undated && `${undated.toLocaleString("en-GB")} without a date`].filter(Boolean).join(" · ");
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
