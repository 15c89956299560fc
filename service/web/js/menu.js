// A menu beside the button that opens it. Arrows move, Escape and a click elsewhere close, as the browser's popover does.

import { element } from "./dom.js";
import { icon } from "./icons.js";

const EDGE = 8; // px kept free around it

/** @param {{text: string, picture: string, href?: string, onclick?: () => void}[]} choices href: of a file to download */
export function openMenu(button, choices) {
  const items = choices.map(({ text, picture, href, onclick }) => element(href ? "a.item" : "button.item", { role: "menuitem", tabindex: -1, href, download: Boolean(href), onclick }, icon(picture), text));
  const menu = element("div.menu", { popover: "auto", role: "menu", "aria-label": button.getAttribute("aria-label") }, ...items);
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
  });
  menu.addEventListener("click", () => menu.hidePopover());
  menu.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Tab") menu.hidePopover();
    if (!by) return;
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + by) % items.length).focus();
  });
  document.body.append(menu);
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  const { left, top, bottom } = button.getBoundingClientRect();
  const below = bottom + menu.offsetHeight + EDGE < innerHeight;
  menu.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, below ? bottom : top - menu.offsetHeight)}px`;
  items[0].focus();
}
