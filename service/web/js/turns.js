// The messages of a conversation go in, its turns come out: a question with its answer, and what stood in its place
// before. Pure functions.

/**
 * @param {object[]} messages oldest first, as in GET /api/chats/{id}
 * @param {{by: string, messages: object[]}[]} earlier by: id of the question that took their place
 * @returns {{id: string, question: string, reply: object|undefined, answer: object|null|undefined, versions: object[][],
 *   at: number}[]} versions: each with all that followed on it, the latest last; at: which of them this one is
 */
export function turnsOf(messages, earlier = []) {
  const replaced = new Map(earlier.map((one) => [one.by, one.messages]));
  return messages.flatMap((message, index) => {
    if (message.role !== "user") return [];
    const versions = [messages.slice(index)];
    while (replaced.has(versions[0][0].id)) versions.unshift(replaced.get(versions[0][0].id));
    const next = messages[index + 1];
    const reply = next?.role === "assistant" ? next : undefined;
    return { id: message.id, question: message.content, reply, answer: reply?.answer, versions, at: versions.length - 1 };
  });
}

/** An earlier or later version of `turn` with all that followed on it. What is not the latest is past; inside: it
 * followed on what is. */
export function versionOf(turn, at, earlier) {
  const { versions, inside } = turn;
  const past = inside || at < versions.length - 1;
  const turns = turnsOf(versions[at], earlier).map((one) => ({ ...one, past, inside: past }));
  Object.assign(turns[0], { versions, at, inside });
  return turns;
}
