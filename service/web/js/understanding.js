// Above an answer: the question as it was understood, and the words of it that narrowed the answer, to be taken away one
// by one.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { label, readableSpan, sameQuestion, titleOf } from "./text.js";

const REMOVED = "removed"; // the note of words that the asker took away
const NAMED = 3; // of what a question was restricted to, the first
const MEANS = { period: "Period", source: "Outlet", speaker: "Speaker" };

/**
 * @param {object} answer as in POST /api/ask
 * @param {{asked: string, edit: (question: string) => void, again: (question: string, ignore: string[]) => void}} options
 *   asked: the words that were typed; ignore: words of the question that are to narrow nothing
 * @returns {HTMLElement|null} null where the question was taken as it was typed, and whole
 */
export function understandingView(answer, { asked, edit, again }) {
  const rewritten = answer.question && !sameQuestion(asked, answer.question);
  const limits = answer.understood ?? [];
  if (!rewritten && !limits.length && !answer.filters) return null;
  const removed = limits.filter(isRemoved);
  const ignored = ignoredIn(answer);
  const ask = (ignore) => again(wording(asked, answer), [...new Set(ignore)]);
  const without = ({ text }) => ask([...ignored, text]);
  const withAgain = ({ text }) => ask(ignored.filter((one) => one !== text));
  return element(
    "div.understanding",
    {},
    rewritten && understoodAs(answer.question, edit),
    restricted(answer),
    group("Narrowed to", limits.filter(({ applied }) => applied).map((limit) => applied(limit, without))),
    group("Left out", removed.map((limit) => putBack(limit, withAgain))),
    limits.filter((limit) => !limit.applied && !isRemoved(limit)).map(unused),
  );
}

/** The words of the question that the asker took away. */
export const ignoredIn = (answer) => (answer?.understood ?? []).filter(isRemoved).map(({ text }) => text);

const isRemoved = ({ applied, note }) => !applied && note === REMOVED;

// A follow-up is asked again in its stand-alone form: by now it would follow on something else. But what narrows may
// have been typed beside the question ("from:2022-08"), and must not be lost with it.
function wording(asked, { question, understood }) {
  const whole = question && !sameQuestion(asked, question) && understood.every(({ text }) => question.includes(text));
  return whole ? question : asked;
}

function understoodAs(question, edit) {
  const title = "Put this question into the box, to change it and ask anew";
  return element(
    "p.understood",
    {},
    "Understood as: ",
    element("bdi", {}, question),
    " ",
    element("button.link", { type: "button", title, onclick: () => edit(question) }, "Edit"),
  );
}

/** What evidence might be taken from: given beside the question, not in its words. */
function restricted({ filters, citations }) {
  if (!filters) return null;
  const { documents = [], sources = [], speakers = [], since, until } = filters;
  const titles = new Map(citations.map((one) => [one.document_id, titleOf(one)]));
  const names = [...documents.map((id) => titles.get(id) ?? label(id)), ...sources.map(label), ...speakers.map(label)];
  const more = names.length > NAMED && ` and ${names.length - NAMED} more`;
  const days = readableSpan(since, until);
  const listed = names.slice(0, NAMED).flatMap((name, index) => [index ? ", " : "", element("bdi", {}, name)]);
  return element("p.restricted", {}, "Asked only of ", ...listed, more, days && `${names.length ? ", " : "what was "}published ${days}`);
}

function group(name, limits) {
  if (!limits.length) return null;
  return element("ul.limits", { "aria-label": name }, element("li.lead", { "aria-hidden": "true" }, name), ...limits);
}

function applied(limit, without) {
  const name = `Ask without “${limit.text}”`;
  const exact = meaning(limit);
  const title = [exact && `${MEANS[limit.kind] ?? "Meaning"}: ${exact}`, limit.note].filter(Boolean).join("; ") || null;
  return element(
    "li.limit",
    { title },
    element("bdi.said", {}, limit.text),
    exact && (speaksForItself(limit) ? element("span.visually-hidden", {}, `, ${exact}`) : element("bdi.exact", {}, exact)),
    element("button.drop", { type: "button", "aria-label": name, title: name, onclick: () => without(limit) }, icon("close")),
  );
}

function putBack(limit, withAgain) {
  const name = `Ask with “${limit.text}” again`;
  return element(
    "li",
    {},
    element("button.put-back", { type: "button", "aria-label": name, title: name, onclick: () => withAgain(limit) }, icon("plus"), element("bdi", {}, limit.text)),
  );
}

function unused({ text, note }) {
  return element("p.unused", {}, "“", element("bdi", {}, text), "” is not used", note && ": ", note && element("bdi", {}, note));
}

function meaning({ kind, value, since, until }) {
  return kind === "period" ? readableSpan(since, until) : value;
}

// "in 2022" and "by Akiba" need no explanation; "last month", "in early 2022" and "by the adviser" do.
function speaksForItself({ kind, text, value, since, until }) {
  if (kind === "period") {
    const named = [since, until].every((day) => !day || text.includes(day.slice(0, 4)));
    const years = (since ?? "-01-01").endsWith("-01-01") && (until ?? "-12-31").endsWith("-12-31");
    return named && (years || since === until);
  }
  const said = new Set(wordsOf(text));
  return wordsOf(value).some((word) => word !== "the" && said.has(word));
}

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
