// Statements as a file for a spreadsheet: RFC 4180, UTF-8 with a byte order mark, without which Excel reads it wrongly.

import { HOW, dateKnown, daysOf } from "./said.js";

const COLUMNS = {
  "said from": (one) => daysOf(one)?.first,
  "said until": (one) => daysOf(one)?.last,
  "as written": (one) => one.said_on?.text,
  "date known": dateKnown,
  who: (one) => one.speaker,
  "named as": (one) => one.speaker_text,
  role: (one) => one.role,
  said: (one) => one.content,
  "to whom": (one) => one.addressee,
  how: (one) => HOW[one.kind],
  ...Object.fromEntries(["source", "title", "published", "document_id", "start", "end"].map((name) => [name, (one) => one[name]])),
};

export function asCsv(statements) {
  const rows = [Object.keys(COLUMNS), ...statements.map((one) => Object.values(COLUMNS).map((value) => value(one)))];
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function cell(value) {
  const text = String(value ?? "");
  // A spreadsheet would run these as formulas, and an article may hold any.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
