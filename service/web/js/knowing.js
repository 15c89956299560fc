// How an answer is known: who said what to whom, when and how that is dated, through whom; how many sources there are, how
// sure it is, what a chat model did, and how long it took.

import { element } from "./dom.js";
import { HOW, daysOf, speakerOf, whenOf } from "./said.js";
import { counted, label } from "./text.js";

const SHOWN = 20; // statements; the timeline has all
const BASES = { text: "as the article says it", dateline: "counted from the dateline", publication: "counted from the article’s date" };
const SURE = [[0.9, "very likely right"], [0.7, "likely right"], [0.5, "more likely right than not"], [0, "not sure"]];

/**
 * @param {object} answer as in POST /api/ask
 * @param {(statement: object, list: object) => void} open shows a statement in its article
 */
export function knowledge(answer, open) {
  const { statements = [], writing, timings_ms: times } = answer;
  const list = { id: answer.id, citations: statements, noun: "Statement", within: answer };
  return element(
    "div.knowing",
    {},
    statements.length > 0 && element("ul", {}, ...statements.slice(0, SHOWN).map((one) => told(one, () => open(one, list)))),
    statements.length > SHOWN && element("p", {}, `${statements.length - SHOWN} more statements are in the timeline.`),
    element("dl", {}, fact("Sources", sources(answer)), fact("Confidence", confidence(answer)), writing && fact("Written by", written(writing)), times && fact("Took", element("span.took", {}, took(times)))),
  );
}

const fact = (name, words) => words && [element("dt", {}, name), element("dd", {}, words)];

function told(one, open) {
  const { role, addressee, via = [] } = one;
  const when = daysOf(one) ? [element("b", {}, whenOf(one)), ": ", ...dated(one.said_on)] : [element("b", {}, "No date"), ": ", ...undated(one.said_on)];
  return element(
    "li",
    {},
    element("p", {}, element("b", {}, element("bdi", {}, speakerOf(one) ?? "Not named")), role && [" (", element("bdi", {}, role), ")"].flat(), addressee && [" to ", element("bdi", {}, addressee)], `, ${HOW[one.kind] ?? one.kind}: `, element("button.link", { type: "button", dir: "auto", onclick: open }, one.content)),
    element("p", {}, ...when),
    via.length > 0 && element("p", {}, "Through ", ...via.flatMap((name, index) => [index ? ", then " : "", element("bdi", {}, label(name))])),
  );
}

function dated({ basis, text }) {
  const how = BASES[basis] ?? basis;
  return text ? ["“", element("bdi", {}, text), `”, ${how}`] : [how];
}

function undated(said) {
  return said?.text ? ["“", element("bdi", {}, said.text), "”, and the article has no date to count this from"] : ["the article does not say when"];
}

function sources({ sources: { articles = 0, independent = 0 } = {}, declined }) {
  if (declined || !articles) return null;
  const others = articles > independent ? "; the rest are copies, or tell what one of these reported" : "";
  return `${counted(articles, "article")}, ${counted(independent, "independent source")}${others}`;
}

function confidence({ confidence: chance, declined }) {
  if (typeof chance !== "number") return null;
  const words = SURE.find(([least]) => chance >= least)[1];
  return `${Math.round(chance * 100)}\u00a0%, ${declined ? "the chance that refusing is right" : words}`;
}

function written({ model, prompts = [], written: all, mended, rewritten, dropped, fallback }) {
  const counts = [[mended, "set right"], [rewritten, "written anew"], [dropped, "left out"]].filter(([count]) => count).map(([count, name]) => `, ${count} ${name}`);
  const what = fallback ? `the articles’ own words, as ${model} gave no answer` : `${model}${all ? `: ${counted(all, "sentence")}, each checked${counts.join("")}` : ""}`;
  return [what, prompts.length > 0 && element("span.prompts", {}, `Prompts: ${prompts.join(", ")}`)].filter(Boolean);
}

function took(times) {
  return Object.entries(times).map(([name, ms]) => `${name.replace("_", " ")} ${ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`}`).join(" · ");
}
