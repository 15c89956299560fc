// Makes elements from plain values. Text only ever goes in through text nodes: articles and answers are hostile input,
// and nothing in this folder uses innerHTML or anything like it.

/**
 * @param {string} tag "button.chip" makes a button of class chip
 * @param {object} properties names that begin with on are listeners, all others attributes; false and null leave out
 * @param {...(Node|string|null|false)} children strings become text nodes
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...present(children));
  return node;
}

/** Replaces everything in `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
}

/** Says `text` to screen readers without moving anything on the screen. */
export function announce(text) {
  const region = document.getElementById("announcer");
  // The same words twice in a row are only read again when the region changes in between.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}

export function byId(id) {
  return document.getElementById(id);
}

/** Calls `action` once `quiet_ms` have passed without another call. */
export function settled(action, quiet_ms) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), quiet_ms);
  };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function present(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}
