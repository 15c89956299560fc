// One question, and the place for what is answered to it. The question can be changed where it stands, and its earlier
// versions be paged through.

import { element, fill } from "./dom.js";
import { icon } from "./icons.js";

const LONGEST = 2000; // characters of a question, the service's limit

/**
 * @param {{question: string, past?: boolean, versions?: object[], at?: number}} turn
 * @param {{change: (question: string) => void, page: (by: number) => void}} on
 */
export function exchangeView(turn, on) {
  const reply = element("div.reply");
  const head = element("header.question");
  const past = turn.past && !turn.inside;
  const note = past && element("p.past", {}, "An earlier version. What you ask next goes on from the latest.");
  const node = element("article.exchange", { tabindex: "-1", "aria-label": turn.question.slice(0, 200) }, head, note, reply);
  const drawHead = () => fill(head, element("h2.asked", { dir: "auto" }, turn.question), pager(turn, on.page), turn.past ? null : changer());

  function changer() {
    const title = "Change this question";
    return element("button.quiet", { type: "button", "aria-label": title, title, onclick: edit }, icon("pencil"));
  }
  function edit() {
    const box = element("textarea", { rows: "1", dir: "auto", maxlength: LONGEST, "aria-label": "The question, to be changed" });
    box.value = turn.question;
    const leave = () => {
      drawHead();
      head.lastElementChild.focus();
    };
    const send = () => {
      if (!box.value.trim()) return;
      drawHead(); // it may be had back
      on.change(box.value.trim());
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    const button = (tag, onclick, name) => element(tag, { type: "button", onclick }, name);
    fill(head, box, element("div.choices", {}, button("button", leave, "Cancel"), button("button.strong", send, "Ask")));
    box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight / 3)}px`;
    box.focus();
  }

  drawHead();
  return { node, head, drawHead, say: (...nodes) => fill(reply, ...nodes) };
}

function pager({ versions = [], at }, page) {
  if (versions.length < 2) return null;
  const step = (by, drawing, name) =>
    element("button.quiet", { type: "button", "aria-label": name, title: name, disabled: !versions[at + by], "data-by": by, onclick: () => page(by) }, icon(drawing));
  const count = element("span", { "aria-label": `Version ${at + 1} of ${versions.length}` }, `${at + 1}/${versions.length}`);
  return element("span.pager", { role: "group", "aria-label": "Versions" }, step(-1, "previous", "Earlier version"), count, step(1, "next", "Later version"));
}
