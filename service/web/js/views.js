// On a phone one of four views is shown at a time; on a desk all of them, and this changes nothing there.

import { byId } from "./dom.js";

export const narrow = matchMedia("(max-width: 719px)");

export function startViews() {
  for (const tab of byId("views").querySelectorAll("button")) tab.addEventListener("click", () => showView(tab.dataset.view));
  showView("conversation");
}

/** @param {"library"|"conversation"|"statements"|"reader"} name */
export function showView(name) {
  document.body.dataset.view = name;
  for (const tab of byId("views").querySelectorAll("button")) {
    if (tab.dataset.view === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

/** The article's tab can only be chosen while an article is open. */
export function allowReader(open) {
  byId("views").querySelector("[data-view=reader]").disabled = !open;
  if (!open && document.body.dataset.view === "reader") showView(byId("statements").hidden ? "conversation" : "statements");
}
