// Who answers, where the service has a chat model: the articles' own words, or the model in its own.

import { status, watchConnection } from "./api.js";
import { element } from "./dom.js";
import { remember, remembered } from "./theme.js";

const KEY = "answerer";

/**
 * @param {HTMLElement} beside where the choice is put, once it is known that there is one
 * @returns {() => {answerer?: "model"}} what to send with a question
 */
export function answererChoice(beside) {
  const choice = element("select", {}, element("option", { value: "extractive" }, "the articles’ own words"));
  let known = false;
  async function look() {
    if (known) return;
    known = true; // as the call itself is watched
    try {
      const { chat_model: model } = await status();
      if (!model) return;
      choice.append(element("option", { value: "model", selected: remembered(KEY) === "model" }, model));
      beside.before(element("label.answerer", {}, "Answered by ", choice));
    } catch {
      known = false;
    }
  }
  choice.addEventListener("change", () => remember(KEY, choice.value === "model" && "model"));
  watchConnection((answered) => answered && look());
  return () => (choice.value === "model" ? { answerer: "model" } : {});
}
