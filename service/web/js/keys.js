// The keyboard: each key presses or enters what is on the page anyway, so that nothing can be done by key alone.

import { openDialog } from "./dialog.js";
import { byId, element } from "./dom.js";
import { remember, remembered } from "./theme.js";

const KEYS = [
  ["/", "Question box; also Ctrl K", "#skip"],
  ["n", "New conversation", "#new-chat"],
  ["g c", "Find a conversation", "#find-chat"],
  ["g a", "Find an article", "#filter"],
  ["g s", "Statements", "#all-said"],
  ["j", "Next answer; also Alt ↓", "ArrowDown"],
  ["k", "Previous answer; also Alt ↑", "ArrowUp"],
  ["[", "Previous citation in the article", "#steps button:first-of-type"],
  ["]", "Next citation", "#steps button:last-of-type"],
  ["u", "Undo, while it is offered", "#toast button"],
  ["t", "Light or dark", "#theme"],
  ["?", "These keys", "#keys"],
  ["Enter", "Ask; with Shift a new line"],
  ["Esc", "Stop an answer, close what is open"],
  ["F2", "Rename a conversation of the list"],
];

export function startKeys() {
  let before = ""; // g, for what follows it
  byId("keys").addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key === "k") return press(event, "#skip");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, dialog, .menu")) return;
    if (key === "Escape") return closeOne(target);
    const [, , pressed] = KEYS.find(([keys]) => keys === before + key) ?? [];
    before = key === "g" ? "g " : "";
    if (pressed && remembered("keys") !== "off") press(event, pressed);
  });
}

function press(event, pressed) {
  event.preventDefault();
  // The conversation knows its questions, and has keys of its own for going from one to the next.
  if (pressed.startsWith("Arrow")) return document.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, altKey: true }));
  const target = document.querySelector(pressed);
  if (target?.checkVisibility()) target[target.matches("input") ? "focus" : "click"]();
}

// From within it, an article closes by itself.
function closeOne(target) {
  const open = ["close-reader", "close-said"].map(byId).find((button) => button.checkVisibility());
  if (!target.closest("#reader")) open?.click();
}

function showKeys() {
  const row = ([keys, does]) => element("div", {}, element("dt", {}, ...keys.split(" ").map((one) => element("kbd", {}, one))), element("dd", {}, does));
  // Whoever speaks to the computer must be able to turn single keys off (WCAG 2.1.4).
  const box = element("input", { type: "checkbox", checked: remembered("keys") !== "off", onchange: () => remember("keys", box.checked ? "" : "off") });
  openDialog("Keys", element("dl.keys", {}, ...KEYS.map(row)), element("label", {}, box, " Use keys that are a single character"));
}
