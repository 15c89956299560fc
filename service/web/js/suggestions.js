// Questions to begin with. Each is offered only while the sample article that answers it is in the index.

import { listArticles } from "./api.js";

const SUGGESTIONS = [
  { question: "Who told Akiba that Taiwan is part of China?", article: "tianjin-seven-hours.md", word: "Akiba" },
  { question: "What did Qin ask of Japan, and when?", article: "hayashi-qin-call.html", word: "Qin" },
  { question: "Who took the call after the NATO visit?", article: "call-after-nato-visit.txt", word: "NATO" },
  { question: "How long did the Tianjin meeting last?", article: "tianjin-seven-hours.md", word: "Tianjin" },
];
const LOOKED_AT = 100; // articles with the word, among which the sample must be

/** @returns {Promise<string[]>} */
export async function suggestionsFor() {
  const there = await Promise.all(SUGGESTIONS.map(isThere));
  return SUGGESTIONS.filter((_, index) => there[index]).map(({ question }) => question);
}

// Through the list rather than by its address: to ask for an article that is not there would be an error.
async function isThere({ article, word }) {
  try {
    const { documents } = await listArticles({ text: word, limit: LOOKED_AT, offset: 0 });
    return documents.some(({ id }) => id === article);
  } catch {
    return false; // suggestions are a courtesy; the list beside them says what is wrong
  }
}
