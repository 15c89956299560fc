// The question box: Enter asks, Shift+Enter breaks the line, what was typed survives a reload.

import { answererChoice } from "./answerer.js";
import { byId, element, fill } from "./dom.js";
import { icon } from "./icons.js";
import { remember, remembered } from "./theme.js";
import { titleOf } from "./text.js";

const LONGEST = 2000; // characters, the service's limit
const WARN_AT = 1800;

export function startComposer({ onAsk, onStop }) {
  const form = byId("ask");
  const box = byId("question");
  const count = byId("count");
  const send = byId("send");
  const stop = byId("stop");
  const answerer = answererChoice(count);
  let only = null; // the article to which questions are restricted
  let unanswered = ""; // asked, but nothing is kept by the service yet: a reload brings it back into the box
  let working = false;

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight / 3)}px`;
  };
  const typed = () => {
    // The service counts code points, the box's own maxlength UTF-16 units.
    const length = [...box.value].length;
    count.textContent = length > WARN_AT ? `${length} of ${LONGEST}` : "";
    send.disabled = working || !box.value.trim() || length > LONGEST;
    remember("question", box.value || unanswered, "sessionStorage");
    grow();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = box.value.trim();
    if (send.disabled || !question) return;
    box.value = "";
    onAsk(question);
  });
  box.addEventListener("keydown", (event) => {
    // Enter also ends the choice of a character where one types Chinese or Japanese: that is not sending.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // Also where the button that stops has the focus.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !working || event.isComposing) return;
    event.preventDefault(); // nothing else closes with it
    onStop();
  });
  box.addEventListener("input", typed);
  stop.addEventListener("click", onStop);

  function drawScope() {
    const scope = byId("scope");
    scope.hidden = !only;
    if (!only) return;
    const drop = element("button.quiet", { type: "button", "aria-label": "Ask in all articles again", title: "Ask in all articles", onclick: () => scopeTo(null) }, icon("close"));
    fill(scope, "Only in ", element("bdi", {}, titleOf(only)), drop);
  }
  function scopeTo(article) {
    only = article;
    drawScope();
    box.focus();
  }

  box.value = remembered("question", "sessionStorage") ?? "";
  typed();
  return {
    scopeTo,
    /** Questions are not restricted to an article that is no longer there. */
    gone(articleId) {
      if (only?.id !== articleId) return;
      only = null;
      drawScope();
    },
    asked(question) {
      unanswered = question;
      typed();
    },
    answered() {
      unanswered = "";
      typed();
    },
    focus: () => box.focus(),
    /** Puts `question` into the box, to be changed and asked; undoing brings back what stood there. */
    edit(question) {
      box.focus();
      box.select();
      if (document.execCommand("insertText", false, question)) return;
      box.setRangeText(question, 0, box.value.length, "end");
      typed();
    },
    /** What goes along with each question: in which article, and answered by whom. */
    scope: () => ({ ...(only && { filters: { documents: [only.id] } }), ...answerer() }),
    busy(yes) {
      working = yes;
      // The focus stays with the hand that asked: on the button that took the place of the other.
      const held = document.activeElement === send || document.activeElement === stop;
      send.hidden = yes;
      stop.hidden = !yes;
      if (held) (yes ? stop : box).focus();
      typed();
    },
  };
}
