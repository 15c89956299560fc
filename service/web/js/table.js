// The same statements as a table, or on a narrow screen as cards: sorted by its headers, a hundred rows at a time.

import { linkTo } from "./address.js";
import { element, fill } from "./dom.js";
import { HOW, dateKnown, daysOf, whenOf } from "./said.js";
import { outletOf } from "./text.js";

const ROWS = 100; // drawn at a time
/** By the class of a cell: the name in the header, what rows are sorted by, and what the cell holds. */
const COLUMNS = {
  when: ["When", (one) => daysOf(one)?.first, (one) => [whenOf(one), element("span.byline", {}, dateKnown(one))]],
  who: ["Who", (one) => one.speaker, (one) => [who(one), one.role && element("bdi.byline", {}, one.role)]],
  words: ["Said", (one) => one.content, (one) => [Object.assign(element("a", { href: linkTo(one), dir: "auto" }, one.content), { statement: one })]],
  whom: ["To whom", (one) => one.addressee, (one) => [one.addressee && element("bdi", {}, one.addressee)]],
  how: ["How", (one) => HOW[one.kind], (one) => [HOW[one.kind]]],
  outlet: ["Outlet", outletOf, (one) => [element("bdi", {}, outletOf(one))]],
};

/** @param {(order: string) => void} sorted "who", or "-who" for the other way round */
export function tableView(sorted) {
  const heads = Object.entries(COLUMNS).map(([id, [name]]) => element("th", { scope: "col", "data-column": id }, element("button.quiet", { onclick: () => sorted(order === id ? `-${id}` : id) }, name)));
  const body = element("tbody");
  const more = element("button", { onclick: () => draw(body.childElementCount) });
  let order = "";
  let rows = [];

  function draw(from) {
    const cells = (one) => Object.entries(COLUMNS).map(([id, [, , cell]]) => element("td", { class: id }, ...cell(one)));
    body.append(...rows.slice(from, from + ROWS).map((one) => element("tr", {}, ...cells(one))));
    more.hidden = rows.length <= from + ROWS;
    more.textContent = `Show ${Math.min(ROWS, rows.length - from - ROWS)} more of ${rows.length.toLocaleString("en-GB")}`;
    if (from) body.children[from].querySelector("a").focus();
  }

  return {
    node: element("div", {}, element("table.statements", { "aria-label": "Statements" }, element("thead", {}, element("tr", {}, ...heads)), body), more),
    /** @returns {object[]} in the order in which they are shown */
    show(statements, by = "when") {
      order = by;
      const [column, down] = [by.replace("-", ""), by.startsWith("-")];
      for (const head of heads) head.setAttribute("aria-sort", head.dataset.column !== column ? "none" : down ? "descending" : "ascending");
      const [, key] = COLUMNS[column] ?? COLUMNS.when;
      const { compare } = new Intl.Collator("en", { numeric: true });
      // What is not known comes last, whichever way round.
      rows = statements.toSorted((one, other) => !key(one) - !key(other) || (down ? -1 : 1) * compare(key(one) ?? "", key(other) ?? ""));
      fill(body);
      draw(0);
      return rows;
    },
  };
}

function who({ speaker, speaker_text: words }) {
  const name = element("bdi", {}, speaker ?? (words ? `“${words}”` : "Not told who"));
  return speaker ? element("button.link", { value: speaker, title: `All that ${speaker} said` }, name) : name;
}
