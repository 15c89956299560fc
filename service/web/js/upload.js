// Adding files by button or by dropping them anywhere: one after the other, each with what became of it.

import { uploadFile } from "./api.js";
import { announce, byId, element, fill } from "./dom.js";
import { icon } from "./icons.js";
import { counted } from "./text.js";

const SAID = { added: "added", unchanged: "already there", updated: "updated", duplicate: "a copy", failed: "not added" };
const SHOWN = 5; // outcomes of one file that are listed; a JSON lines file may have thousands

/** @param {{onDone: () => void}} callbacks called after the last file */
export function startUpload({ onDone }) {
  const input = byId("files");
  const outcomes = byId("outcomes");
  const waiting = [];
  let working = false;

  byId("upload").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  dropping(add);

  function add(files) {
    if (!files.length) return;
    if (!working) fill(outcomes, dismiss());
    for (const file of files) {
      const line = element("li.waiting", {}, element("bdi.name", {}, file.name), element("span.said", {}, "waiting"));
      outcomes.append(line);
      waiting.push({ file, line });
    }
    outcomes.hidden = false;
    if (!working) work();
  }

  // One at a time: the service ingests one at a time, and each outcome is seen as soon as it is known.
  async function work() {
    working = true;
    const counts = { well: 0, failed: 0 };
    while (waiting.length) {
      const { file, line } = waiting.shift();
      line.className = "working";
      line.querySelector(".said").textContent = "reading";
      try {
        const { outcomes: found } = await uploadFile(file);
        show(line, found);
        for (const { status } of found) counts[status === "failed" ? "failed" : "well"] += 1;
      } catch (problem) {
        show(line, [{ status: "failed", reason: problem.message }]);
        counts.failed += 1;
      }
    }
    working = false;
    announce(`${counted(counts.well, "article")} taken in, ${counts.failed} failed`);
    onDone();
  }

  function show(line, found) {
    const failed = found.filter(({ status }) => status === "failed");
    line.className = failed.length ? "failed" : "well";
    line.querySelector(".said").textContent = summary(found);
    for (const outcome of failed.slice(0, SHOWN)) line.append(element("p.reason", { dir: "auto" }, outcome.reason ?? "No reason was given."));
    if (failed.length > SHOWN) line.append(element("p.reason", {}, `and ${failed.length - SHOWN} more`));
    for (const { duplicate_of: original } of found.slice(0, SHOWN)) if (original) line.append(element("p.reason", {}, "Same as ", element("bdi", {}, original)));
  }

  function dismiss() {
    const close = () => {
      outcomes.hidden = true;
    };
    return element("li.dismiss", {}, element("button.quiet", { type: "button", "aria-label": "Hide these outcomes", onclick: close }, icon("close")));
  }
}

function summary(found) {
  if (!found.length) return "nothing in it";
  if (found.length === 1) return SAID[found[0].status] ?? found[0].status;
  const counts = new Map();
  for (const { status } of found) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${SAID[status] ?? status}`).join(", ");
}

function dropping(add) {
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
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over(-depth);
    add([...event.dataTransfer.files]);
  });
}
