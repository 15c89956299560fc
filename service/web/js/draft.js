// The text of an answer while it is written. What a chat model writes is grey until it is settled; what is confirmed is
// the answer's, and takes its place.

import { calm, element, fill } from "./dom.js";
import { unitOffsets } from "./text.js";

const FADE_MS = 300; // as in conversation.css
const STATES = { grey: "Grey words are not checked yet.", held: "Checking what is underlined …", left: "Grey words were not checked." };

/** Marks like [1] are not yet buttons, as their citations are still to come. */
export function draftView() {
  const sure = element("span.sure");
  const tail = element("span.grey");
  const text = element("p.words", { dir: "auto" }, sure, " ", tail);
  const state = element("p.state");
  const view = element("div.answer.draft", { "aria-busy": "true" }, text, state);
  let confirmed = "";
  let written = "";
  let sentences = []; // {end, outcome, node} of what is settled, but not yet confirmed
  let cut = 0; // units of what is written that are settled
  let over = false; // nothing more of what is written will be confirmed
  let frame = 0;

  // Pieces come faster than frames.
  const draw = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      fill(sure, ...marked(confirmed));
      fill(tail, ...marked(over ? "" : written.slice(cut)));
      const grey = !over && written.length > cut;
      say(sentences.some(({ outcome }) => outcome === "held") ? "held" : grey && "grey");
    });
  };
  const say = (name) => {
    state.textContent = STATES[name] ?? (written ? "\u00a0" : "");
  };

  return {
    view,
    /** What a chat model has written further, unchecked. */
    write(piece) {
      written += piece;
      draw();
    },
    /** What became of a sentence; one that was held may be settled a second time. */
    settle({ end, outcome }) {
      const known = sentences.find((one) => one.end === end);
      over ||= Boolean(known);
      const sentence = known ?? { end, node: element("span", {}) };
      if (!known) {
        const to = unitOffsets(written, [end]).get(end);
        fill(sentence.node, ...marked(written.slice(cut, to)));
        cut = to;
        sentences.push(sentence);
        tail.before(sentence.node);
      }
      sentence.outcome = outcome;
      sentence.node.className = outcome;
      draw();
    },
    /** What is confirmed: the sentences up to the first that is held, or at last whatever stands. */
    add(piece) {
      confirmed += piece;
      const next = sentences.find(({ outcome }) => outcome !== "dropped");
      over ||= !next || next.outcome === "held";
      const held = over ? -1 : sentences.findIndex(({ outcome }) => outcome === "held");
      for (const { outcome, node } of sentences.splice(0, held < 0 ? sentences.length : held)) if (outcome !== "dropped") node.remove();
      draw();
    },
    /** Nothing more comes, and it is no answer. */
    leave() {
      view.removeAttribute("aria-busy");
      requestAnimationFrame(() => say(written.length > cut || sentences.length ? "left" : ""));
    },
    /** Resolves once what is left out has faded. */
    faded: () => view.querySelector(".dropped") && !calm() && new Promise((resolve) => setTimeout(resolve, FADE_MS)),
    get text() {
      return confirmed || written;
    },
  };
}

function marked(text) {
  return text.split(/(\[\d[\d,; ]*\])/).map((bit) => (/^\[\d/.test(bit) ? element("span.mark", {}, bit) : bit));
}
