// One line at the foot of the page: what was done, and for a while a way to undo it.

import { announce, byId, element, fill } from "./dom.js";

const SHOWN_MS = 9000;
let timer = 0;
let settle = () => {};

/** @param {{name: string, onclick: () => void}|null} action @param {() => void} then called once it is too late for the action */
export function toast(text, action = null, then = () => {}) {
  close(true);
  settle = then;
  const taken = () => {
    close(false);
    action.onclick();
  };
  fill(byId("toast"), element("span", {}, text), action && element("button.link", { onclick: taken }, action.name));
  byId("toast").hidden = false;
  byId("toast").querySelector("button")?.focus();
  announce(text);
  wait();
}

export function startToast() {
  for (const name of ["pointerover", "pointerleave", "focusin", "focusout"]) byId("toast").addEventListener(name, wait);
  addEventListener("pagehide", () => close(true));
}

// Whoever aims at it, or has come to it by key, is not to be hurried.
function wait() {
  clearTimeout(timer);
  if (!byId("toast").matches(":hover, :has(:focus-visible)")) timer = setTimeout(close, SHOWN_MS, true);
}

function close(late) {
  clearTimeout(timer);
  if (byId("toast").contains(document.activeElement)) byId("new-chat").focus();
  byId("toast").hidden = true;
  const done = settle;
  settle = () => {};
  if (late) done();
}
