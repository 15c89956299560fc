// Line icons on a 20 by 20 grid, drawn for this page.

const PATHS = {
  moon: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 1.8v1.7M10 16.5v1.7M1.8 10h1.7M16.5 10h1.7M4.2 4.2l1.2 1.2M14.6 14.6l1.2 1.2M4.2 15.8l1.2-1.2M14.6 5.4l1.2-1.2",
  plus: "M10 4v12M4 10h12",
  bin: "M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.3 8.5v5M11.7 8.5v5",
  upload: "M10 13V3.5M6 7l4-3.8L14 7M3.5 13v3.5h13V13",
  download: "M10 3v9.5M6 9l4 3.8L14 9M3.5 13v3.5h13V13",
  up: "M6 9v7.5H3.5V9H6Zm0 0 3.6-6.2c1.3 0 2 1 1.7 2.2L10.7 8h4.6c.9 0 1.5.8 1.3 1.7l-1.2 5.4c-.2.8-.8 1.4-1.6 1.4H6",
  down: "M14 11V3.5h2.5V11H14Zm0 0-3.6 6.2c-1.3 0-2-1-1.7-2.2l.6-3H4.7c-.9 0-1.5-.8-1.3-1.7l1.2-5.4c.2-.8.8-1.4 1.6-1.4H14",
  copy: "M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5V7Z",
  more: "M4 10h1M9.5 10h1M15 10h1",
  share: "M10 3v9.5M6.5 6.2 10 3l3.5 3.2M6.5 9H4v8h12V9h-2.5",
  keyboard: "M2.5 5h15v10h-15ZM5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M5.5 10h.01M14.5 10h.01M7 12.5h6",
  close: "M5 5l10 10M15 5 5 15",
  previous: "M12.5 4.5 7 10l5.5 5.5",
  next: "M7.5 4.5 13 10l-5.5 5.5",
  send: "M10 16.5v-13M4.5 9 10 3.5 15.5 9",
  stop: "M5.5 5.5h9v9h-9Z",
  library: "M4 3.5h3v13H4zM8.5 3.5h3v13h-3zM13 4.2l2.8-.7 2.7 12.6-2.8.7z",
  talk: "M3.5 4h13v9.5H9.5L5.8 16.8V13.5H3.5V4Z",
  page: "M5 2.5h7l3.5 3.5v11.5H5v-15ZM7.5 9.5h5M7.5 12.5h5",
  lanes: "M3 5h5M11 5h2M3 10h2M8 10h9M3 15h8M14 15h3",
  pencil: "M3.5 16.5l.8-3.6L13.2 4l2.8 2.8-8.9 8.9-3.6.8ZM11.4 5.8l2.8 2.8",
  again: "M15.8 8A6 6 0 1 0 16 11.5M16.2 4v4h-4",
};

/** An element of a drawing, as `element` of dom.js makes those of a page. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

/** Puts the drawings where the markup names them: <button data-icon="plus">. */
export function drawIcons() {
  for (const node of document.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
}
