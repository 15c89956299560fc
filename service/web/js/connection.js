// Says when the service cannot be reached or is not ready yet, keeps trying, and says when it is back.

import { ready, watchConnection } from "./api.js";
import { byId } from "./dom.js";

const AGAIN_MS = 2000;

/** @param {() => void} onBack called once the service answers again, to load what could not be loaded */
export function startConnection(onBack) {
  const notice = byId("notice");
  let trouble = false;
  let timer = 0;

  const say = (text) => {
    trouble = true;
    // Set only when it changes: an alert is read out each time its text is set.
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(check, AGAIN_MS);
  };
  const unreachable = () => say(navigator.onLine ? "The service cannot be reached. Trying again …" : "You are offline. What is on the page stays; asking works again once you are back.");

  async function check() {
    try {
      await ready();
      notice.hidden = true;
      notice.textContent = "";
      if (trouble) onBack();
      trouble = false;
    } catch (problem) {
      if (problem.unreachable) unreachable();
      else say(`The service is not ready yet: ${problem.message}`);
    }
  }

  watchConnection((answered) => {
    if (!answered) unreachable();
  });
  addEventListener("offline", unreachable);
  addEventListener("online", check);
  check();
}
