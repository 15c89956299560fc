// What went wrong, in the service's words, and a way to try again.

import { Problem } from "./api.js";
import { element } from "./dom.js";

/** @param {(() => void)|null} again null: trying again would not help */
export function troubled(problem, again) {
  const known = problem instanceof Problem;
  return element(
    "div.trouble",
    { role: "alert" },
    element("h3", {}, known ? problem.title : "The page could not show this"),
    element("p", { dir: "auto" }, known ? problem.detail : String(problem.message ?? problem)),
    known && problem.requestId && element("p.request", {}, `Request ${problem.requestId}`),
    again && element("button", { type: "button", onclick: again }, "Try again"),
  );
}
