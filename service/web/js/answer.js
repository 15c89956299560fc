// Draws one answer: its sentences with their citations, what it rests on, and what can be done with it.

import { conflictCards } from "./conflicts.js";
import { FORMS } from "./copying.js";
import { announce, element, fill } from "./dom.js";
import { icon } from "./icons.js";
import { knowledge } from "./knowing.js";
import { openMenu } from "./menu.js";
import { byline, copiesOf, counted, origin, outletOf, readableDate, titleOf } from "./text.js";
import { understandingView } from "./understanding.js";
import { verdictButtons } from "./verdicts.js";

const DECLINED = {
  nothing_relevant: "Not in these articles",
  speaker_not_found: "This person is not quoted in these articles",
  not_said: "They are quoted, but not on this",
  unsupported: "Not supported by these articles",
};

const SURE = 0.5; // confidence from which an answer stands without a word of doubt

/**
 * @param {object} answer as in POST /api/ask; one that was kept by an earlier version may lack fields
 * @param {{asked: string, open: (citation: object, answer: object) => void, edit: (question: string) => void,
 *   again: (question: string, ignore: string[]) => void, timeline: (answer: object) => void, anew: (() => void)|null}} options
 *   asked: the words that were typed; anew: has it answered again, null where that cannot be
 */
export function answerView(answer, { asked, open, edit, again, timeline, anew }) {
  const chip = chipMaker(answer, open);
  const view = element("div", { class: answer.declined ? "answer declined" : "answer", "data-answer": answer.id });
  view.append(
    ...[
      understandingView(answer, { asked, edit, again }),
      answer.declined ? element("p.verdict", {}, DECLINED[answer.reason] ?? "Not answered") : doubt(answer),
      answer.declined ? element("p.words", { dir: "auto" }, answer.answer) : words(answer, chip),
      ...conflictCards(answer.conflicts ?? [], chip),
      answer.writing?.notes?.length ? element("p.notes", { dir: "auto" }, answer.writing.notes.join(" ")) : null,
      sources(answer, chip, open),
      ...foot(answer, { open, timeline, anew }),
    ].filter(Boolean),
  );
  return view;
}

function doubt({ confidence }) {
  if (typeof confidence !== "number" || confidence >= SURE) return null;
  const meaning = `a calibrated chance that this answer is right: ${Math.round(confidence * 100)}\u00a0%`;
  return element("p.verdict.unsure", { title: meaning }, "Not sure", element("span.visually-hidden", {}, `: ${meaning}`));
}

function words(answer, chip) {
  const paragraph = element("p.words", { dir: "auto" });
  // An answer without sentences is still an answer; its marks are then all there is to go by.
  if (!answer.sentences.length) paragraph.append(...marked(answer.answer, chip));
  for (const sentence of answer.sentences) {
    paragraph.append(element("span.sentence", {}, sentence.text), ...sentence.citations.map(chip).filter(Boolean).flatMap((one) => [" ", one]), " ");
  }
  return paragraph;
}

function marked(text, chip) {
  return text.split(/(\[\d+\])/).map((bit) => chip(Number(/^\[(\d+)\]$/.exec(bit)?.[1])) ?? bit);
}

/** @returns {(number: number) => HTMLElement|null} */
function chipMaker(answer, open) {
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  return (number) => {
    const citation = byNumber.get(number);
    if (!citation) return null;
    const day = readableDate(citation.published);
    const button = element(
      "button.chip",
      {
        type: "button",
        "data-number": number,
        "aria-label": `Citation ${number}: ${[titleOf(citation), byline(citation), copiesOf([citation])].filter(Boolean).join(", ")}. Open the article at these words.`,
        onclick: () => open(citation, answer),
      },
      element("span.number", {}, String(number)),
      element("span.label", {}, element("bdi.name", {}, outletOf(citation)), day && element("span.day", {}, ` · ${day}`)),
    );
    button.citation = citation;
    return button;
  };
}

function sources(answer, chip, open) {
  if (!answer.citations.length) return null;
  const articles = Map.groupBy ? Map.groupBy(answer.citations, byArticle) : grouped(answer.citations);
  return element(
    "section.rests-on",
    {},
    element("h3", {}, answer.declined ? "The nearest passages" : "Sources", !answer.declined && independence(answer.sources)),
    answer.declined
      ? answer.citations.map((citation) => nearest(citation, chip))
      : element("ol.articles", {}, ...[...articles.values()].map((citations) => source(citations, answer, open))),
  );
}

function independence({ articles = 0, independent = 0 } = {}) {
  if (articles <= independent) return null;
  const title = "The other articles are copies, or tell what one of these reported";
  return element("span.independence", { title }, `${counted(articles, "article")}, ${counted(independent, "independent source")}`);
}

const byArticle = (citation) => citation.document_id;

function grouped(citations) {
  const groups = new Map();
  for (const citation of citations) groups.set(byArticle(citation), [...(groups.get(byArticle(citation)) ?? []), citation]);
  return groups;
}

function source(citations, answer, open) {
  const [first] = citations;
  return element(
    "li",
    {},
    element("span.numbers", {}, citations.map(({ number }) => `[${number}]`).join(" ")),
    element(
      "button.source",
      { type: "button", onclick: () => open(first, answer) },
      element("bdi.title", {}, titleOf(first)),
      element("bdi.byline", {}, [origin(first), copiesOf(citations)].filter(Boolean).join(" · ")),
    ),
  );
}

function nearest(citation, chip) {
  return element(
    "figure.nearest",
    {},
    element("blockquote", { dir: "auto" }, citation.quote.trim()),
    element("figcaption", {}, chip(citation.number)),
  );
}

function foot(answer, { open, timeline, anew }) {
  const place = element("div.panel");
  const show = panels(place);
  const button = (drawing, title, onclick, more = {}) => element("button.quiet", { type: "button", title, "aria-label": title, onclick, ...more }, icon(drawing));
  const know = element("button.quiet", { type: "button", "aria-expanded": "false", onclick: () => show(know, () => knowledge(answer, open)) }, "How do we know");
  const copying = button("copy", "Copy with citations", () => openMenu(copying, forms(answer, copying)), { "aria-haspopup": "menu", "aria-expanded": "false" });
  const said = timeline && answer.statements?.length > 0 && button("lanes", "Timeline: who said this, and when", () => timeline(answer));
  if (said) said.append(element("span.name", {}, "Timeline"));
  const actions = element("span.actions", {}, said, copying, anew && button("again", "Answer this again", anew), ...verdictButtons(answer, show));
  return [element("footer.foot", {}, know, actions), place];
}

/** One thing at a time is open below an answer: its button opens and closes it, Escape closes it. */
function panels(place) {
  let opener = null;
  const show = (button, make) => {
    opener?.setAttribute("aria-expanded", "false");
    opener = button === opener ? null : button;
    opener?.setAttribute("aria-expanded", "true");
    fill(place, opener && make());
    place.scrollIntoView({ block: "nearest" });
  };
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    opener.focus();
    show(opener);
  });
  return show;
}

function forms(answer, button) {
  const copied = async (name) => {
    const done = await copy(FORMS[name](answer));
    announce(done ? `Copied as ${name}` : "Copying is not allowed here");
    button.dataset.said = done ? "Copied" : "Not allowed here";
    setTimeout(() => delete button.dataset.said, 1800);
  };
  return Object.keys(FORMS).map((name) => ({ text: name, picture: "copy", onclick: () => copied(name) }));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain HTTP from another machine there is no clipboard interface; the old way still works there.
    const area = element("textarea.visually-hidden", { readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
