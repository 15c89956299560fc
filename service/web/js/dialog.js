// Modal dialogs: a question with two answers, and others. The browser's own <dialog> keeps the focus inside and gives
// Escape its meaning.

import { byId, element } from "./dom.js";
import { icon } from "./icons.js";

/** @returns {Promise<boolean>} true where the reader confirmed */
export function confirmed({ title, detail, action }) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-detail").textContent = detail;
  byId("confirm-action").textContent = action;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** A dialog to look at or work in; it is gone once closed. */
export function openDialog(title, ...content) {
  const close = element("button.quiet", { "aria-label": "Close", title: "Close" }, icon("close"));
  const dialog = element("dialog", { "aria-label": title, closedby: "any" }, element("form.dialog-head", { method: "dialog" }, element("h2", {}, title), close), ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
