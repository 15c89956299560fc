// What a statement tells of itself, in words: who, when, how that is known. Pure functions.

import { label, readableSpan } from "./text.js";

export const HOW = { direct: "direct", indirect: "indirect", mixed: "partly direct" };

/** Who that is; null where it cannot be told, whatever the article calls them there. */
export const speakerOf = ({ speaker }) => label(speaker);

/** "Yang Jiechi, foreign policy chief, to Takeo Akiba", as far as it is told. */
export function whoOf({ speaker, speaker_text: words, role, addressee }) {
  return [label(speaker) ?? (label(words) || "Not told who"), role, addressee && `to ${addressee}`].filter(Boolean).join(", ");
}

/** First and last day, ISO 8601; null where no day is known: none is ever made up. */
export function daysOf({ said_on: said }) {
  const [first, last] = [said?.from ?? said?.to, said?.to ?? said?.from];
  return first ? { first, last } : null;
}

/** "24 Nov 2020", "1 to 31 Aug 2022", "“Wednesday”" or "No date". */
export function whenOf(statement) {
  const days = daysOf(statement);
  if (days) return readableSpan(days.first, days.last);
  return statement.said_on?.text ? `“${statement.said_on.text}”` : "No date";
}

/** How the date is known, or why it is not. */
export function dateKnown(statement) {
  const { basis, text } = statement.said_on ?? {};
  if (!daysOf(statement)) return text ? "the article has no date to count this from" : "the article does not say when";
  const from = { text: "in the article’s words", dateline: "from the dateline", publication: "from the day of publication" }[basis] ?? basis;
  return text ? `${from}: “${text}”` : from;
}
