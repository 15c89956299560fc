// The middle: questions, answers as they are written, and the box to ask in.

import { ask, readChat, startChat } from "./api.js";
import { answerView, draftView } from "./answer.js";
import { announce, byId, element, fill } from "./dom.js";
import { startComposer } from "./composer.js";
import { go } from "./address.js";
import { outletOf } from "./text.js";
import { troubled } from "./trouble.js";

/**
 * @param {{onOpen: (citation: object, answer: object) => void, onChanged: (chatId: string) => void}} callbacks
 *   onChanged: the list of conversations is out of date; onTimeline(answer): its statements are wanted
 */
export function startConversation({ onOpen, onChanged, onTimeline }) {
  const place = byId("exchanges");
  const scroller = byId("scroll");
  const composer = startComposer({ onAsk: (question) => begin(question), onStop: () => running?.abort() });
  let chatId = null;
  let running = null; // the AbortController of the answer being written
  let answers = [];

  function begin(question, ignore = []) {
    const exchange = drawExchange(question);
    place.append(exchange.node);
    write(question, exchange, ignore);
  }

  async function write(question, exchange, ignore = []) {
    const mine = new AbortController();
    running?.abort(); // what is asked last is what is wanted
    running = mine;
    composer.asked(question);
    composer.busy(true);
    empty(false);
    const draft = draftView();
    exchange.say(searching(ignore.length ? `Searching without ${quoted(ignore)}` : "Searching the articles"));
    keepInView(exchange.node, scroller);
    try {
      await ensureChat(mine.signal);
      const message = { content: question, ...composer.scope(), ...(ignore.length && { ignore }) };
      for await (const { name, data } of ask(chatId, message, mine.signal)) follow(name, data, { question, exchange, draft });
      onChanged(chatId);
    } catch (failure) {
      broken(failure, { exchange, draft, again: () => write(question, exchange, ignore) });
      if (running === mine) keepInView(exchange.node, scroller);
    } finally {
      if (running === mine) {
        running = null;
        composer.busy(false);
      }
    }
  }

  async function ensureChat(signal) {
    if (chatId) return;
    const { id } = await startChat(signal);
    chatId = id;
    go({ chat: id }, { replace: true });
    onChanged(id);
  }

  function follow(name, data, { question, exchange, draft }) {
    if (name === "passages") exchange.say(searching(readingFrom(data.citations)));
    if (name === "token") {
      if (!draft.text) exchange.say(draft.view);
      draft.add(data.text);
    }
    if (name === "answer") {
      composer.answered();
      answers.push(data);
      exchange.say(drawn(data, question));
      announce(data.answer);
    }
    keepInView(exchange.node, scroller);
  }

  function broken(failure, { exchange, draft, again }) {
    draft.view.removeAttribute("aria-busy");
    if (failure.name === "AbortError") exchange.say(draft.text && draft.view, stopped(again));
    else exchange.say(draft.text && draft.view, troubled(failure, again));
  }

  function drawn(answer, asked) {
    return answerView(answer, { asked, open: onOpen, edit: composer.edit, again: begin, timeline: onTimeline });
  }

  async function show(id) {
    if (id === chatId && place.childElementCount) return;
    reset();
    chatId = id;
    empty(false);
    fill(place, searching("Opening the conversation"));
    try {
      const chat = await readChat(id);
      if (chatId !== id) return;
      fill(place, ...exchangesOf(chat.messages));
      empty(!chat.messages.length);
      scroller.scrollTop = scroller.scrollHeight;
    } catch (problem) {
      if (chatId !== id) return;
      if (problem.status === 404) chatId = null;
      const retry = problem.status === 404 ? null : () => show(id);
      fill(place, troubled(problem, retry));
    }
  }

  function exchangesOf(messages) {
    const nodes = [];
    messages.forEach((message, index) => {
      if (message.role !== "user") return;
      const exchange = drawExchange(message.content);
      const reply = messages[index + 1];
      nodes.push(exchange.node);
      if (reply?.role === "assistant") exchange.say(kept(reply, message.content));
      else exchange.say(stopped(() => write(message.content, exchange), "This question was not answered."));
    });
    return nodes;
  }

  function kept(reply, asked) {
    if (!reply.answer) return element("p.words", { dir: "auto" }, reply.content);
    answers.push(reply.answer);
    return drawn(reply.answer, asked);
  }

  function reset() {
    running?.abort();
    running = null;
    composer.busy(false);
    chatId = null;
    answers = [];
    fill(place);
    empty(true);
  }

  return {
    show,
    reset,
    ask: begin,
    askIn: composer.scopeTo,
    focus: composer.focus,
    /** After a reload: the citation that the address points to, and the answer it belongs to. */
    citationAt(articleId, { start, end }, answerId) {
      // Two answers may cite the same words; which one it was decides what the next and previous citation are.
      const named = (answer) => Number(answer.id === answerId);
      for (const answer of answers.toSorted((one, other) => named(other) - named(one))) {
        const citation = answer.citations.find((one) => one.document_id === articleId && one.start === start && one.end === end);
        if (citation) return { citation, answer };
      }
      return null;
    },
    /** @returns {object|null} an answer of this conversation */
    answerOf: (id) => answers.find((one) => one.id === id) ?? null,
    get chatId() {
      return chatId;
    },
  };
}

function drawExchange(question) {
  const reply = element("div.reply");
  return {
    node: element("section.exchange", {}, element("h2.asked", { dir: "auto" }, question), reply),
    say: (...nodes) => fill(reply, ...nodes),
  };
}

function empty(yes) {
  byId("empty").hidden = !yes;
}

function searching(text) {
  return element("p.searching", { role: "status" }, element("span.pulse", { "aria-hidden": "true" }), element("bdi", {}, text), " …");
}

function quoted(words) {
  return words.map((one) => `“${one}”`).join(" and ");
}

function readingFrom(citations) {
  const outlets = [...new Set(citations.map(outletOf))];
  if (!outlets.length) return "Nothing near; looking again";
  const named = outlets.slice(0, 2).join(", ");
  return `Reading ${named}${outlets.length > 2 ? ` and ${outlets.length - 2} more` : ""}`;
}

function stopped(again, text = "Stopped.") {
  return element("p.stopped", {}, text, " ", element("button.link", { type: "button", onclick: again }, "Ask again"));
}

// A short exchange sits at the bottom; one that is taller than the window shows its question.
function keepInView(node, scroller) {
  const tall = node.offsetHeight > scroller.clientHeight;
  node.scrollIntoView({ block: tall ? "start" : "end" });
}
