// Fetches the statements that are asked for, as far as the page holds them.

import { listStatements } from "./api.js";

const MOST = 2000; // statements held on the page
const PAGE = 500; // the service's limit

/**
 * @param {object} wanted speaker, about, source, since, until
 * @returns {Promise<{statements: object[], total: number}>} total: of all there are, held or not
 */
export async function gathered(wanted, signal) {
  const statements = [];
  let page = {};
  do {
    page = await listStatements({ ...wanted, limit: PAGE, cursor: page.next_cursor }, signal);
    statements.push(...page.statements);
  } while (page.next_cursor && statements.length < MOST);
  return { statements, total: page.total };
}

/** Those of an answer, each with what its article is known by. */
export function statementsOf({ statements, citations }) {
  return statements.map((one) => {
    const { title, source, published } = citations.find(({ document_id: id }) => id === one.document_id) ?? {};
    return { title, source, published, ...one };
  });
}
