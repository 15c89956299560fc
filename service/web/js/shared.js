// A conversation that somebody shared: as it was then, to be read, with its citations. Nothing else is asked for.

import { readShared } from "./api.js";
import { answerView } from "./answer.js";
import { byId, element, fill } from "./dom.js";
import { exchangeView } from "./exchange.js";
import { readableDate } from "./text.js";
import { startThread } from "./thread.js";
import { troubled } from "./trouble.js";

const STATES = { changed: "the article has changed since", missing: "the article is no longer here" };

/** Stands where a conversation would. @param {{onOpen: (citation: object, answer: object) => void}} callbacks */
export function startShared(id, { onOpen }) {
  const place = byId("exchanges");
  let answers = [];
  document.body.classList.add("shared");
  byId("empty").hidden = true;

  async function show() {
    try {
      draw(await readShared(id));
    } catch (problem) {
      fill(place, troubled(problem, problem.status === 404 ? null : show));
    }
  }

  function draw({ title, created, messages }) {
    const name = !title || title === messages[0]?.content ? "A shared conversation" : title;
    answers = messages.map(({ answer }) => answer).filter(Boolean);
    startThread(exchange).show(messages.flatMap(({ role, content: question }, index) => (role === "user" ? [{ question, reply: messages[index + 1] }] : [])));
    place.before(element("header.as-shared", {}, element("h2", { dir: "auto" }, name), `Shared on ${readableDate(created)}, as it was then. `, element("a", { href: "./" }, "Ask questions of your own")));
  }

  function exchange({ question, reply }) {
    const { node, say } = exchangeView({ question, past: true, inside: true }, {});
    const drawn = reply?.answer ? answerView(reply.answer, { asked: question, open: onOpen }) : element("p.words", { dir: "auto" }, reply?.content ?? "");
    for (const chip of drawn.querySelectorAll(".chip")) {
      const state = STATES[chip.citation.state];
      if (!state) continue;
      chip.append(element("span.state", {}, ` · ${state}`));
      chip.ariaLabel += ` But ${state}.`;
    }
    say(drawn);
    return node;
  }

  return {
    ready: show(),
    chatId: null,
    focus: () => byId("scroll").focus(),
    answerOf: () => null,
    /** After a reload: the citation that the address points to, and its answer. */
    citationAt(articleId, { start, end }, answerId) {
      const answer = answers.find((one) => one.id === answerId);
      const citation = answer?.citations.find((one) => one.document_id === articleId && one.start === start && one.end === end);
      return citation && { citation, answer };
    },
  };
}
