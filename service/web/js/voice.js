// Says an answer to screen readers while it is written: whole sentences, politely, never a piece of a word.

import { announce } from "./dom.js";

const PAUSE_MS = 1500; // what is confirmed within it is said together
const WHOLE = /^[^]*[.!?…。！？]["”’)]*(?:\[\d+\])*(?=\s|$)/;

export function voice() {
  let heard = "";
  let said = 0;
  let timer = 0;
  const say = (piece, more = "") => {
    said += piece.length;
    const words = `${piece.replace(/\[\d+\]/g, "")} ${more}`.trim();
    if (words) announce(words);
  };
  return {
    hear(text) {
      heard += text;
      timer ||= setTimeout(() => {
        timer = 0;
        say(WHOLE.exec(heard.slice(said))?.[0] ?? "");
      }, PAUSE_MS);
    },
    /** The rest, and what else is to be known of it. */
    finish(whole, more) {
      clearTimeout(timer);
      say(whole.slice(said), more);
    },
    hush: () => clearTimeout(timer),
  };
}
