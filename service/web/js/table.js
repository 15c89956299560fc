// The same statements as a table, or on a narrow screen as cards: sorted by its headers, a hundred rows at a time.

import { linkTo } from "./address.js";
import { element, fill } from "./dom.js";
import { HOW, dateKnown, daysOf, whenOf } from "./said.js";
import { outletOf } from "./text.js";

const ROWS = 100; // drawn at a time
const COLUMNS = {
  when: { name: "When", key: (one) => daysOf(one)?.first },
  who: { name: "Who", key: (one) => one.speaker },
  said: { name: "Said", key: (one) => one.content },
  whom: { name: "To whom", key: (one) => one.addressee },
  how: { name: "How", key: (one) => HOW[one.kind] },
  outlet: { name: "Outlet", key: outletOf },
};

/**
 * @param {{open: (statement: object, event: Event) => void, person: (name: string) => void, sorted: (order: string) => void}} on
 *   sorted: "who", or "-who" for the other way round
 */
export function tableView(on) {
  const body = element("tbody", { role: "rowgroup" });
  const heads = Object.entries(COLUMNS).map(([id, { name }]) =>
    element("th", { scope: "col", role: "columnheader", "data-column": id }, element("button.quiet", { type: "button", onclick: () => on.sorted(order === id ? `-${id}` : id) }, name)),
  );
  const table = element("table.statements", { role: "table", "aria-label": "Statements" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)), body);
  const more = element("button", { type: "button", onclick: () => draw(body.childElementCount) });
  let order = "when";
  let rows = [];

  function draw(from = 0) {
    if (!from) fill(body);
    body.append(...rows.slice(from, from + ROWS).map((one) => row(one, on)));
    more.hidden = rows.length <= from + ROWS;
    more.textContent = `Show ${Math.min(ROWS, rows.length - from - ROWS)} more of ${rows.length.toLocaleString("en-GB")}`;
    if (from) body.children[from].querySelector("a").focus();
  }

  return {
    node: element("div.listing", {}, table, more),
    /** @returns {object[]} in the order in which they are shown */
    show(statements, by = "when") {
      order = by;
      const [column, down] = [by.replace("-", ""), by.startsWith("-")];
      for (const head of heads) head.setAttribute("aria-sort", head.dataset.column !== column ? "none" : down ? "descending" : "ascending");
      rows = sorted(statements, COLUMNS[column]?.key ?? COLUMNS.when.key, down ? -1 : 1);
      draw();
      return rows;
    },
  };
}

// What is not known comes last, whichever way round.
function sorted(statements, key, sign) {
  const { compare } = new Intl.Collator("en", { numeric: true });
  const keyed = statements.map((one) => ({ one, by: key(one) }));
  return keyed.sort((left, right) => !left.by - !right.by || sign * compare(left.by ?? "", right.by ?? "")).map(({ one }) => one);
}

function row(statement, { open, person }) {
  const { speaker, speaker_text: words, role, content, kind, addressee } = statement;
  const link = element("a", { href: linkTo(statement), dir: "auto", onclick: (event) => open(statement, event) }, content);
  const who = speaker ? element("button.link", { type: "button", title: `All that ${speaker} said`, onclick: () => person(speaker) }, element("bdi", {}, speaker)) : element("bdi", {}, words ? `“${words}”` : "Not told who");
  const cells = {
    when: [element("span", {}, whenOf(statement)), element("span.byline", {}, dateKnown(statement))],
    who: [who, role && element("bdi.byline", {}, role)],
    words: [link],
    whom: addressee ? [element("bdi", {}, addressee)] : [],
    how: [HOW[kind]],
    outlet: [element("bdi", { class: statement.source ? null : "byline" }, outletOf(statement))],
  };
  return element("tr", { role: "row" }, ...Object.entries(cells).map(([id, parts]) => element("td", { role: "cell", class: id }, ...parts)));
}
