// An answer as text to paste: plain with its quotes, Markdown with footnotes, or its articles as BibTeX. Pure functions.

import { byline, label, titleOf } from "./text.js";

/** @type {Object<string, (answer: object) => string>} by what it is called */
export const FORMS = { "Plain text": plain, Markdown: markdown, BibTeX: bibtex };

const line = (text) => String(text).replace(/\s+/g, " ").trim();
const web = ({ url }) => (/^https?:\/\//i.test(url ?? "") ? url.replace(/[\s<>{}\\"]/g, encodeURIComponent) : null);

function plain({ answer, citations }) {
  return asText(answer, citations.map((one) => `[${one.number}] “${one.quote.trim()}” (${[titleOf(one), byline(one), one.url].filter(Boolean).join(", ")})`));
}

// Articles are others' text: none of it may become a link, a heading or HTML.
const escaped = (text) => line(text).replace(/[\\`*_{}[\]<>#|!~$&]/g, "\\$&").replace(/^(\d+)([.)])|^([-+=])/, "$1\\$2$3");

function markdown({ answer, citations }) {
  const known = new Set(citations.map(({ number }) => `[${number}]`));
  const words = answer.split(/(\[\d+\])/).map((bit) => (known.has(bit) ? `[^${bit.slice(1)}` : bit && bit.replace(/\S.*\S|\S/s, escaped)));
  const note = (one) => `[^${one.number}]: “${escaped(one.quote)}” ${escaped([titleOf(one), byline(one)].join(", "))}${web(one) ? `, <${web(one)}>` : ""}`;
  return asText(words.join(""), citations.map(note));
}

const asText = (text, notes) => `${[text, "", ...notes].join("\n").trim()}\n`;

const LATEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const latex = (text) => line(text).replace(/[\\~^{}$&#%_]/g, (sign) => LATEX[sign] ?? `\\${sign}`);

/** One entry an article. The day on which it was read is not known, and not made up. */
function bibtex({ citations }) {
  const articles = new Map(citations.map((one) => [one.document_id, one]));
  const keys = new Set();
  return [...articles.values()].map((one) => entry(one, keys)).join("\n");
}

function entry(one, keys) {
  const date = /^\d{4}-\d\d-\d\d/.exec(one.published ?? "")?.[0];
  const base = [label(one.source) ?? "article", date?.slice(0, 4), titleOf(one).match(/[a-z]{4,}/i)?.[0]].join("").toLowerCase().replace(/[^a-z0-9]/g, "");
  let key = base;
  for (let number = 2; keys.has(key); number += 1) key = `${base}${number}`;
  keys.add(key);
  const fields = { title: latex(titleOf(one)), author: one.author && `{${latex(one.author)}}`, organization: one.source && latex(label(one.source)), date, url: web(one) };
  const given = Object.entries(fields).filter(([, value]) => value);
  return `@${fields.url ? "online" : "misc"}{${key},\n${given.map(([name, value]) => `  ${name} = {${value}},\n`).join("")}}\n`;
}
