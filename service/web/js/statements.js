// Who said what, and when: of all articles, of one answer, of one person, of one matter; as a plot or as a table.

import { listSpeakers } from "./api.js";
import { asCsv } from "./csv.js";
import { announce, byId, element, fill, settled } from "./dom.js";
import { gathered } from "./gather.js";
import { HOW, dateKnown, daysOf, whenOf } from "./said.js";
import { tableView } from "./table.js";
import { counted, label, outletOf, readableSpan } from "./text.js";
import { timelineView } from "./timeline.js";
import { troubled } from "./trouble.js";
import { narrow } from "./views.js";

const NARROWING = ["speaker", "about", "source", "since", "until"];
const FETCHED = ["of", "scope", ...NARROWING]; // a change of these asks the service
const NAMES = 300; // offered while a name is typed

/**
 * The form is what is shown, and the address is the form.
 * @param {{onOpen: (statement: object, list: object) => void, onGo: (said: object, options?: object) => void,
 *   answerOf: (id: string) => object|null}} callbacks onGo: what is to be shown; answerOf: one of the open conversation
 */
export function startStatements({ onOpen, onGo, answerOf }) {
  const panel = byId("statements");
  const form = byId("narrow");
  const summary = byId("said-summary");
  const place = byId("said");
  const outlets = new Set();
  let said = null; // what is shown, as in the address
  let found = null; // {statements, total}
  let shown = []; // in the order of the screen
  let fetching = null;

  const keep = (part) => said && onGo({ ...said, ...part }, { replace: true });
  const typed = () => keep({ zoom: "", ...Object.fromEntries(new FormData(form)), ...(!said?.of && { scope: "" }) });
  const list = () => ({ citations: shown, noun: "Statement" });
  const on = {
    open(statement, event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens beside
      event.preventDefault();
      onOpen(statement, list());
    },
    person: (speaker) => onGo({ as: said.as, speaker }),
    list: ([one]) => onGo({ as: "table", speaker: one.speaker, since: daysOf(one)?.first, until: daysOf(one)?.last }),
    sorted: (sort) => keep({ sort }),
    zoomed: settled((zoom) => keep({ zoom }), 250),
    card,
  };
  const views = { table: tableView(on), timeline: timelineView(on) };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", settled(typed, 200));
  byId("closer").addEventListener("click", () => views.timeline.zoom(1.8));
  byId("wider").addEventListener("click", () => views.timeline.zoom(1 / 1.8));
  byId("csv").addEventListener("click", () => download("statements.csv", asCsv(shown)));

  async function load() {
    fetching?.abort();
    const { signal } = (fetching = new AbortController());
    summary.textContent = "Reading the statements …";
    try {
      found = await gathered(said, said.of && answerOf(said.of), signal);
      if (signal.aborted) return;
      for (const { source } of found.statements) if (source) outlets.add(source);
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
    const { as, source } = form.elements;
    if (said.source) outlets.add(said.source);
    fill(source, element("option", { value: "" }, "All"), ...[...outlets].sort().map((name) => element("option", { value: name }, label(name))));
    source.value = said.source ?? "";
    summary.textContent = summaryOf(found);
    byId("csv").disabled = !statements.length;
    panel.dataset.shape = statements.length ? as.value : "none";
    if (!statements.length) return fill(place, nothing());
    shown = views.table.show(statements, said.sort);
    if (as.value !== "table") shown = statements;
    fill(place, views[as.value].node);
    if (as.value !== "table") views.timeline.show(statements, said.zoom);
  }

  function drawForm() {
    const answer = said.of && answerOf(said.of);
    // A date that is only half typed would be lost by being set to what it is.
    for (const name of NARROWING) if (form.elements[name].value !== (said[name] ?? "")) form.elements[name].value = said[name] ?? "";
    form.elements.as.value = said.as ?? (narrow.matches ? "table" : "timeline");
    form.elements.scope.value = answer ? said.scope ?? "answer" : "all";
    byId("scopes").hidden = !answer;
    // In the statements of one answer there is nothing to narrow.
    byId("narrowing").hidden = form.elements.scope.value === "answer";
    form.elements.speaker.parentElement.hidden = form.elements.scope.value === "speakers";
    byId("narrowing").open ||= !narrow.matches || NARROWING.some((name) => said[name]);
  }

  function nothing() {
    const narrowed = NARROWING.some((name) => said[name]);
    const words = narrowed ? "No statement fits all of this." : "No statements yet. Add articles in which somebody says something.";
    return element("div.nothing", {}, element("p", {}, words), narrowed && element("button", { type: "button", onclick: () => onGo({ as: said.as }) }, "Clear"));
  }

  async function names() {
    const { speakers } = await listSpeakers().catch(() => ({ speakers: [] }));
    fill(byId("speakers"), ...speakers.filter(({ named }) => named).slice(0, NAMES).map(({ name }) => element("option", { value: name })));
  }

  return {
    /** @param {object|null} wanted as in the address; null closes */
    async show(wanted) {
      const before = said;
      const differ = (fields) => fields.some((name) => (before?.[name] ?? "") !== (wanted[name] ?? ""));
      said = wanted;
      panel.hidden = !said;
      if (!said) return fetching?.abort();
      drawForm();
      if (!before) names();
      if (!before || !found || differ(FETCHED)) await load();
      else if (differ(["as", "sort"])) draw();
    },
    /** What was added or deleted changes who said what. */
    refresh: () => said && load(),
    /** After a reload: the statement that the address points to, among its like. */
    citationAt(articleId, { start, end }) {
      const citation = said && shown.find((one) => one.document_id === articleId && one.start === start && one.end === end);
      return citation ? { citation, answer: list() } : null;
    },
  };
}

function summaryOf({ statements, total }) {
  const days = statements.map(daysOf).filter(Boolean);
  const ends = days.flatMap(({ first, last }) => [first, last]).sort();
  const undated = statements.length - days.length;
  const part = statements.length < total && `The first ${statements.length.toLocaleString("en-GB")} of ${counted(total, "statement")}: narrow them to see the rest`;
  return [part || counted(total, "statement"), readableSpan(ends[0], ends.at(-1)), undated && `${undated.toLocaleString("en-GB")} without a date`].filter(Boolean).join(" · ");
}

/** The card beside a mark: who, the words, when and how that is known, where. */
function card(statement) {
  const { content, kind, speaker, speaker_text: words, role, addressee } = statement;
  return [
    element("p.who", {}, element("bdi", {}, [speaker ?? (words || "Not told who"), role, addressee && `to ${addressee}`].filter(Boolean).join(", "))),
    element("blockquote", { dir: "auto" }, content),
    element("p.from", {}, element("bdi", {}, whenOf(statement)), element("bdi.byline", {}, dateKnown(statement)), element("bdi.byline", {}, `${outletOf(statement)} · ${HOW[kind]}`)),
  ];
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
