// The exchanges of a conversation, one below the other. Of a long one the last are drawn, and earlier ones when they are
// scrolled to.

import { byId, element, fill } from "./dom.js";

const DRAWN = 40; // at a time
const PORTION = 8; // in one go, so that nothing stalls

/** @param {(turn: object) => HTMLElement} draw makes the node of a turn, once */
export function startThread(draw) {
  const place = byId("exchanges");
  const scroller = byId("scroll");
  const more = element("button.more", { type: "button", onclick: () => reach() });
  let turns = [];
  let from = 0; // the first that is drawn

  const node = (turn) => (turn.node ??= draw(turn));
  function drawn() {
    more.hidden = !from;
    more.textContent = `Show earlier questions (${from})`;
  }
  function reach(until = Math.max(0, from - DRAWN), all = turns) {
    if (all !== turns || from <= until) return;
    const held = document.activeElement === more;
    const below = scroller.scrollHeight - scroller.scrollTop;
    const next = Math.max(until, from - PORTION);
    more.after(...turns.slice(next, from).map(node));
    from = next;
    drawn();
    // What is read stays where it is.
    scroller.scrollTop = scroller.scrollHeight - below;
    if (held) turns[from].node.focus({ preventScroll: true });
    setTimeout(() => reach(until, all));
  }
  // Once a frame has shown the end: before it, the beginning is in sight.
  new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && scroller.scrollTop && reach(), { root: scroller, rootMargin: "400px" }).observe(more);

  // Alt with the arrows goes from question to question, from wherever the focus is.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key) || !turns.length || !place.checkVisibility()) return;
    event.preventDefault();
    const up = event.key === "ArrowUp";
    const at = document.activeElement.closest?.(".exchange");
    const to = at ? (up ? at.previousElementSibling : at.nextElementSibling) : up && place.lastElementChild;
    if (at && !up && !to) byId("question").focus();
    if (!to || to.hidden) return;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
  });

  return {
    show(all) {
      turns = all;
      from = Math.max(0, turns.length - PORTION);
      fill(place, more, ...turns.slice(from).map(node));
      drawn();
      setTimeout(() => reach(Math.max(0, all.length - DRAWN), all));
    },
    add(turn) {
      turns.push(turn);
      place.append(node(turn));
    },
    /** Puts `others` in the place of `turn` and of all after it. @returns {() => void} takes that back */
    replace(turn, others) {
      const index = turns.indexOf(turn);
      const old = turns.splice(index, Infinity, ...others);
      for (const one of old) node(one).remove();
      place.append(...others.map(node));
      return () => {
        for (const one of turns.splice(index, Infinity, ...old)) node(one).remove();
        place.append(...old.map(node));
      };
    },
    get turns() {
      return turns;
    },
  };
}
