// Says when the service cannot be reached or is not ready yet, keeps trying, and says when it is back.

import { ready, watchConnection } from "./api.js";
import { announce, byId } from "./dom.js";

const AGAIN_MS = 2000;

/** @param {() => void} onBack called once the service answers again, to load what could not be loaded */
export function startConnection(onBack) {
  const notice = byId("notice");
  const words = notice.querySelector("span");
  let trouble = false;
  let checking = false;
  let timer = 0;

  const say = (text, kind) => {
    trouble = true;
    // Set only when it changes: an alert is read out each time its text is set.
    if (words.textContent !== text) words.textContent = text;
    notice.className = kind;
    notice.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(check, AGAIN_MS);
  };
  const unreachable = () => say(navigator.onLine ? "The service cannot be reached. What is on the page and what you typed stays. Trying again …" : "You are offline. What is on the page and what you typed stays; asking works again once you are back.", "gone");

  async function check() {
    if (checking) return;
    checking = true;
    try {
      await ready();
      notice.hidden = true;
      words.textContent = "";
      if (trouble) {
        trouble = false;
        announce("The service is there again.");
        onBack();
      }
    } catch (problem) {
      if (problem.unreachable) unreachable();
      else say(`The service is not ready yet: ${problem.message}`, "opening");
    }
    checking = false;
  }

  watchConnection((well) => well || check());
  byId("retry").addEventListener("click", check);
  addEventListener("offline", unreachable);
  addEventListener("online", check);
  check();
}
