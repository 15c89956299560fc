// One modal question with two answers. The browser's own <dialog> keeps the focus inside and gives Escape its meaning.

import { byId } from "./dom.js";

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
