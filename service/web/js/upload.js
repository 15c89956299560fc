// Adding files by button or by dropping them anywhere: one after the other, each with what became of it.

import { uploadFile } from "./api.js";
import { announce, byId, element, fill } from "./dom.js";
import { watchDrops } from "./dropping.js";
import { icon } from "./icons.js";
import { counted } from "./text.js";

const SAID = { added: "added", unchanged: "already there", updated: "updated", duplicate: "a copy", failed: "not added" };
const SHOWN = 5; // outcomes of one file that are listed; a JSON lines file may have thousands

/** @param {{onDone: () => void}} callbacks called after the last file */
export function startUpload({ onDone }) {
  const input = byId("files");
  const lines = byId("outcomes");
  const bar = element("progress", { "aria-label": "Files read" });
  const summary = element("span.name");
  const stop = element("button.quiet", { onclick: end }, icon("close"));
  const head = element("li.head", {}, summary, stop, bar);
  let waiting = [];
  let counts = {};
  let working = false;

  byId("upload").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...input.files].map((file) => ({ file, name: file.name })));
    input.value = "";
  });
  watchDrops(add);

  function add(files) {
    if (!files.length) return;
    if (!working) {
      counts = { files: 0, read: 0, well: 0, failed: 0 };
      fill(lines, head);
    }
    for (const one of files) {
      const line = element("li.waiting", {}, element("bdi.name", {}, one.name), element("span.said", {}, "waiting"));
      lines.append(line);
      waiting.push({ ...one, line });
    }
    counts.files += files.length;
    lines.hidden = false;
    if (!working) work();
  }

  // One at a time: the service ingests one at a time, and each outcome is seen as soon as it is known.
  async function work() {
    working = true;
    while (waiting.length) {
      const one = waiting.shift();
      tell();
      one.line.className = "working";
      one.line.querySelector(".said").textContent = "reading";
      try {
        const { outcomes } = await uploadFile(one);
        show(one.line, outcomes);
      } catch (problem) {
        const again = element("button.link", { onclick: () => add([one]) }, "Try again");
        show(one.line, [{ status: "failed", reason: problem.message }], again);
      }
      counts.read += 1;
    }
    working = false;
    tell();
    announce(summary.textContent);
    onDone();
  }

  function tell() {
    const { files, read, well, failed } = counts;
    const outcome = [well && `${counted(well, "article")} taken in`, failed && `${failed.toLocaleString("en-GB")} not added`].filter(Boolean).join(", ");
    summary.textContent = working ? `File ${read + 1} of ${files}${failed ? `, ${failed} not added` : ""}` : outcome || "Nothing was in it";
    bar.hidden = !working;
    bar.max = files;
    bar.value = read;
    stop.title = stop.ariaLabel = working ? "Leave out those that are waiting" : "Hide these outcomes";
  }

  // What is being read is read to its end: an article is in the index whole or not at all.
  function end() {
    if (!working) lines.hidden = true;
    for (const { line } of waiting) line.remove();
    counts.files -= waiting.length;
    waiting = [];
    tell();
  }

  function show(line, found, again) {
    const failed = found.filter(({ status }) => status === "failed");
    counts.failed += failed.length;
    counts.well += found.length - failed.length;
    line.className = failed.length ? "failed" : "well";
    if (failed.length) head.after(line); // those that need somebody are seen without scrolling
    line.querySelector(".said").textContent = summaryOf(found);
    for (const outcome of failed.slice(0, SHOWN)) line.append(element("p.why", { dir: "auto" }, outcome.reason ?? "No reason was given.", " ", again));
    if (failed.length > SHOWN) line.append(element("p.why", {}, `and ${failed.length - SHOWN} more`));
    for (const { duplicate_of: original } of found.slice(0, SHOWN)) if (original) line.append(element("p.why", {}, "Same as ", element("bdi", {}, original)));
  }
}

function summaryOf(found) {
  const counts = {};
  for (const { status } of found) counts[status] = (counts[status] ?? 0) + 1;
  const said = Object.entries(counts).map(([status, count]) => `${found.length > 1 ? `${count} ` : ""}${SAID[status] ?? status}`);
  return said.join(", ") || "nothing in it";
}
