// Fetches the statements that are asked for: of all articles, of one answer, or of everything its speakers said.

import { listStatements } from "./api.js";
import { daysOf, speakerOf } from "./said.js";

export const MOST = 2000; // statements held on the page
const PAGE = 500; // the service's limit
const PEOPLE = 8; // speakers of an answer that are looked up, each by itself

/**
 * @param {object} wanted scope, speaker, about, source, since, until; scope is answer, speakers or all where `answer` is given
 * @returns {Promise<{statements: object[], total: number}>} total: of all there are, held or not
 */
export async function gathered(wanted, answer, signal) {
  if (!answer || wanted.scope === "all") return everything(wanted, signal);
  if (wanted.scope !== "speakers") return { statements: statementsOf(answer), total: answer.statements.length };
  const found = await Promise.all(speakersOf(answer).map((speaker) => everything({ ...wanted, speaker }, signal)));
  // One name may be part of another: then both find the same statements.
  const single = [...new Map(found.flatMap(({ statements }) => statements).map((one) => [one.id, one])).values()].sort(byDay);
  const missing = found.reduce((sum, { statements, total }) => sum + total - statements.length, 0);
  return { statements: single.slice(0, MOST), total: single.length + missing };
}

/** Those of an answer, each with what its article is known by. */
function statementsOf({ statements, citations }) {
  return statements.map((one) => {
    const { title, source, published } = citations.find(({ document_id: id }) => id === one.document_id) ?? {};
    return { title, source, published, ...one };
  });
}

function speakersOf({ statements }) {
  return [...new Set(statements.map(speakerOf).filter(Boolean))].slice(0, PEOPLE);
}

async function everything({ speaker, about, source, since, until }, signal) {
  const statements = [];
  let page = { next_cursor: "" };
  do {
    page = await listStatements({ speaker, about, source, since, until, limit: PAGE, cursor: page.next_cursor }, signal);
    statements.push(...page.statements);
  } while (page.next_cursor && statements.length < MOST);
  return { statements, total: page.total };
}

function byDay(one, other) {
  const [day, next] = [one, other].map((each) => daysOf(each)?.first ?? "~");
  return day === next ? 0 : day < next ? -1 : 1;
}
