// Where reports give different values for the same thing: a card with one column a value, each with who says so.

import { element } from "./dom.js";
import { copiesOf } from "./text.js";

/**
 * @param {{about: string, values: {value: string, citations: number[]}[]}[]} conflicts as in POST /api/ask
 * @param {(number: number) => HTMLElement|null} chip makes the button that opens a citation; null where there is none
 * @returns {HTMLElement[]} one card a conflict
 */
export function conflictCards(conflicts, chip) {
  return conflicts.map(({ about, values }) =>
    element(
      "section.conflict",
      {},
      element("h3", {}, "Reports differ: ", element("bdi", {}, about)),
      element("ul.values", {}, ...values.map((one) => column(one, chip))),
    ),
  );
}

function column({ value, citations }, chip) {
  const chips = citations.map((number) => chip(number)).filter(Boolean);
  return element(
    "li",
    {},
    element("p.value", { dir: "auto" }, value),
    chips.map((one) => element("p.by", {}, one, aside(one.citation))),
  );
}

// The button tells the day where it is known. Here, where one report may outdate the other, its lack is told too.
function aside(citation) {
  const words = [!citation.published && "undated", copiesOf([citation])].filter(Boolean).join(" · ");
  return words && element("span.copies", {}, words);
}
