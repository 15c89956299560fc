// Whether an answer is right, and if not, why not: kept at once, a reason and a word can follow.

import { sendVerdict } from "./api.js";
import { announce, element, fill } from "./dom.js";
import { icon } from "./icons.js";

const REASONS = {
  wrong_answer: "The answer",
  wrong_speaker: "The speaker",
  wrong_date: "The date",
  wrong_citation: "The citation",
  not_in_sources: "Not in the sources",
  incomplete: "Something is missing",
  other: "Something else",
};
const DECLINED = { should_have_answered: "The articles do answer it", other: "Something else" };
const LONGEST = 2000; // characters of a comment

/**
 * @param {object} answer
 * @param {(button: HTMLElement, make: () => HTMLElement) => void} open shows what is made below the answer
 * @returns {HTMLElement[]} two buttons
 */
export function verdictButtons(answer, open) {
  const make = (verdict, label) =>
    element("button.quiet", { type: "button", "aria-label": label, title: label, "aria-pressed": "false", onclick: () => give(verdict) }, icon(verdict));
  const buttons = { up: make("up", "This answer is right"), down: make("down", "This answer is wrong") };
  async function send(verdict, more) {
    try {
      await sendVerdict(answer.id, verdict, more);
      for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === verdict));
      announce("Thank you, noted");
      return true;
    } catch (problem) {
      buttons[verdict].dataset.said = "Not saved";
      announce(`Not saved: ${problem.message}`);
      setTimeout(() => delete buttons[verdict].dataset.said, 1800);
      return false;
    }
  }
  async function give(verdict) {
    const pressed = buttons[verdict];
    const again = pressed.getAttribute("aria-expanded") === "true"; // then it only closes what it opened
    if (again || (await send(verdict))) open(pressed, () => form(verdict));
  }

  function form(verdict) {
    const reasons = verdict === "down" ? Object.entries(answer.declined ? DECLINED : REASONS) : [];
    const chips = reasons.map(([value, name]) => element("label.wrong", {}, element("input", { type: "radio", name: "reason", value }), name));
    const comment = element("input", { name: "comment", maxlength: LONGEST, placeholder: "A word on it, if you like", "aria-label": "Comment", autocomplete: "off" });
    const view = element(
      "form.judging",
      {},
      chips.length > 0 && element("fieldset", {}, element("legend", {}, "What is wrong?"), chips),
      element("div", {}, comment, element("button", {}, "Send")),
    );
    view.addEventListener("submit", async (event) => {
      event.preventDefault();
      const more = Object.fromEntries([...new FormData(view)].filter(([, value]) => value.trim()));
      if (await send(verdict, more)) fill(view, element("p", { tabindex: "-1" }, "Thank you, noted."));
      view.firstElementChild.focus();
    });
    return view;
  }
  return Object.values(buttons);
}
