// The text of an article, of two megabytes too: in portions, of which only those that come near become paragraphs.

import { linkTo } from "./address.js";
import { element, fill } from "./dom.js";
import { drawn, pieces } from "./marks.js";
import { dateKnown, speakerOf, whenOf } from "./said.js";

const PORTION = 12_000; // UTF-16 units: some ten windows full

/** @returns a function that draws a text, see below; what stands near is found by where it is in `scroller` */
export function textPane(scroller) {
  const near = new IntersectionObserver((seen) => seen.forEach(({ isIntersecting, target }) => isIntersecting && target.draw()), { root: scroller, rootMargin: "100% 0px" });

  /**
   * @param {{cited: object[], said: object[], current: object|null, saying: boolean, open: (statement: object) => void}} marks
   *   cited, said: spans, each of `one` citation or statement; saying: are statements marked?
   * @returns {{node: Node, reach: (unit: number) => void, say: (yes: boolean) => void}} reach: draws what stands there
   */
  return (text, { cited, said, current, saying, open }) => {
    const [citations, statements] = [cited, said].map(pieces);
    near.disconnect();

    function paragraphs([from, to]) {
      const inside = ({ start, end }) => end > from && start < to;
      const [marks, links] = [citations.filter(inside), saying ? statements.filter(inside) : []];
      const plain = (start, end) => drawn(start, end, links, link);
      const words = (start, end, piece) => (piece ? mark(plain(start, end), start, piece) : plain(start, end));
      let done = from;
      const nodes = blocks(text.slice(from, to)).flatMap(({ start, end, gap }) => {
        // What stands between two blocks is white space that is not drawn, but it stays selectable and countable.
        const before = text.slice(done, from + start);
        done = from + end;
        return [before, element("p", { class: gap, dir: "auto" }, ...drawn(from + start, done, marks, words))];
      });
      return [...nodes, text.slice(done, to)];
    }

    function mark(nodes, first, { over }) {
      const numbers = over.filter(({ start }) => start === first).map(({ one }) => one.number);
      return element("mark", { class: over.some(({ one }) => one === current) && "current", "data-number": numbers.join(" ") || null }, ...nodes);
    }

    // Of statements within statements the innermost is opened; all of them are told of.
    function link(first, last, piece) {
      const words = text.slice(first, last);
      if (!piece) return words;
      const [{ one, start }] = piece.over.toSorted((left, right) => left.end - left.start - right.end + right.start);
      const node = element("a.saying", { href: linkTo(one), tabindex: start === first ? null : -1, onclick: go }, words);
      node.describe = () => piece.over.map((span) => told(span.one));
      return node;

      function go(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens beside
        event.preventDefault();
        open(one);
      }
    }

    const nodes = portions(text).map((span) => {
      const node = element("div", {}, text.slice(...span));
      node.style.containIntrinsicBlockSize = `auto ${Math.ceil((span[1] - span[0]) / 28)}em`;
      node.end = span[1];
      node.draw = () => {
        near.unobserve(node);
        node.className = "drawn";
        fill(node, ...paragraphs(span));
      };
      near.observe(node);
      return node;
    });
    // Text that was wrapped by hand keeps its lines together; elsewhere each line is a paragraph.
    const wrapped = !/[^\n]{91}/.test(text) && text.trim().split("\n", 4).length > 3;
    return {
      node: element("div", { class: wrapped ? "text wrapped" : "text" }, ...nodes),
      reach: (unit) => nodes.find(({ end }) => end > unit)?.draw(),
      say(yes) {
        saying = yes;
        for (const node of nodes) if (node.className) node.draw();
      },
    };
  };
}

function told(statement) {
  const { speaker_text: words, role, addressee } = statement;
  const who = [speakerOf(statement) ?? (words || "Not told who"), role, addressee && `to ${addressee}`].filter(Boolean).join(", ");
  return element("p.from", {}, element("bdi.title", {}, who), element("bdi.byline", {}, `${whenOf(statement)} · ${dateKnown(statement)}`));
}

/** From where to where each portion goes: to the end of a paragraph, else of a word, else of a character. */
export function portions(text) {
  const found = [];
  for (let start = 0; start < text.length; start = found.at(-1)[1]) found.push([start, cut(text, start + PORTION)]);
  return found;
}

function cut(text, most) {
  if (most >= text.length) return text.length;
  const half = most - PORTION / 2;
  const at = ["\n\n", "\n", " "].map((sign) => text.slice(half, most).lastIndexOf(sign)).find((found) => found >= 0);
  return at >= 0 ? half + at : most + (text.codePointAt(most - 1) > 0xffff);
}

/**
 * The lines of a text that hold anything. They and what stands between them, joined, are the text.
 * @returns {{start: number, end: number, gap: "line"|"blank"|null}[]} gap: what stands before it
 */
export function blocks(text) {
  let done = 0;
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ index: start, 0: line }) => {
    // A "line" of only spaces is a blank line to a reader.
    if (!line.trim()) return [];
    const breaks = text.slice(done, start).split("\n").length - 1;
    done = start + line.length;
    return { start, end: done, gap: breaks > 1 ? "blank" : breaks ? "line" : null };
  });
}
