// Files and whole folders dropped anywhere on the page.

import { byId } from "./dom.js";

/** @param {(files: {file: File, name: string}[]) => void} onFiles name: with the folders in it */
export function watchDrops(onFiles) {
  const cover = byId("drop");
  let depth = 0; // dragenter and dragleave also fire for every element on the way
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (by) => {
    depth = Math.max(0, depth + by);
    cover.hidden = depth === 0;
  };
  addEventListener("dragenter", (event) => carriesFiles(event) && over(1));
  addEventListener("dragleave", (event) => carriesFiles(event) && over(-1));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(-depth);
    // All at once: after the first pause the browser no longer tells what was dropped.
    const dropped = [...event.dataTransfer.items].filter(({ kind }) => kind === "file").map((one) => one.webkitGetAsEntry?.() ?? one.getAsFile());
    onFiles((await Promise.all(dropped.map((one) => (one instanceof File ? [{ file: one, name: one.name }] : within(one))))).flat());
  });
}

// What was named by hand is tried whatever it is; of a folder only what can be read, as the service does it.
async function within(entry, path = "") {
  const name = path + entry.name;
  if (!entry.isDirectory) {
    const known = !path || byId("files").accept.split(",").some((suffix) => name.toLowerCase().endsWith(suffix));
    return known ? [{ file: await new Promise((found, failed) => entry.file(found, failed)), name }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (let some; !some || some.length; found.push(...some)) some = await new Promise((read, failed) => reader.readEntries(read, failed)); // a hundred at a time
  return (await Promise.all(found.map((one) => within(one, `${name}/`)))).flat();
}
