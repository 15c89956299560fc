// Light or dark: the system's choice until the reader makes one.

import { icon } from "./icons.js";
import { fill } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

export function startTheme(button) {
  const current = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
  const show = () => {
    const next = current() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Switch to ${next} colours`);
    button.title = `Switch to ${next} colours`;
    fill(button, icon(next === "dark" ? "moon" : "sun"));
  };
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    remember("theme", next);
    show();
  });
  dark.addEventListener("change", show);
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== "theme" || !newValue) return;
    document.documentElement.dataset.theme = newValue; // chosen in another tab
    show();
  });
  show();
}

/** Keeps a small value on this device, where that is allowed. */
export function remember(key, value, storage = "localStorage") {
  try {
    if (value) window[storage].setItem(key, value);
    else window[storage].removeItem(key);
  } catch {
    // Storage may be forbidden or full: the page works without it.
  }
}

export function remembered(key, storage = "localStorage") {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}
