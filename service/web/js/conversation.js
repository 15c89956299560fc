// The middle: questions, answers as they are written, and the box to ask in.

import { ask, readChat, startChat } from "./api.js";
import { answerView } from "./answer.js";
import { byId, element, fill } from "./dom.js";
import { startComposer } from "./composer.js";
import { draftView } from "./draft.js";
import { exchangeView } from "./exchange.js";
import { go } from "./address.js";
import { outletOf } from "./text.js";
import { startThread } from "./thread.js";
import { troubled } from "./trouble.js";
import { turnsOf, versionOf } from "./turns.js";
import { ignoredIn } from "./understanding.js";
import { voice } from "./voice.js";

/**
 * @param {{onOpen: (citation: object, answer: object) => void, onChanged: (chatId: string) => void}} callbacks
 *   onChanged: the list of conversations is out of date; onTimeline(answer): its statements are wanted
 */
export function startConversation({ onOpen, onChanged, onTimeline }) {
  const scroller = byId("scroll");
  const composer = startComposer({ onAsk: (question) => begin(question), onStop: () => running?.abort() });
  const thread = startThread(drawn);
  let chatId = null;
  let running = null; // the AbortController of the answer being written
  let answers = [];
  let earlier = []; // versions of questions, as the service keeps them
  let latest = null; // brings back what the service goes on from, while something else is shown
  let following = true; // does the window go along with what is written?

  for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"]) scroller.addEventListener(moved, () => (following = false), { capture: true, passive: true });

  function begin(question, ignore = []) {
    atLatest();
    const turn = { question, ignore };
    thread.add(turn);
    write(turn);
  }

  function atLatest() {
    latest?.();
    latest = null;
  }

  /** Asks in the place of `turn` and of all that follows on it. Until that is answered, they can be had back. */
  function instead(turn, question) {
    atLatest();
    const old = thread.turns.includes(turn) ? turn : turn.instead;
    const next = { question, ignore: question === turn.question ? (turn.ignore ?? ignoredIn(turn.answer)) : [] };
    // What the service does not keep stands in nobody's place.
    const kept = old.answer || old.reply;
    const back = thread.replace(old, kept ? [next] : [next, ...thread.turns.slice(thread.turns.indexOf(old) + 1)]);
    if (kept) {
      next.instead = old;
      latest = back;
    }
    write(next);
    next.node.focus({ preventScroll: true });
  }

  async function write(turn) {
    const { question, ignore = [] } = turn;
    const mine = new AbortController();
    running?.abort(); // what is asked last is what is wanted
    running = mine;
    following = true;
    composer.asked(question);
    composer.busy(true);
    empty(false);
    Object.assign(turn, { draft: draftView(), voice: voice() });
    turn.view.say(searching(ignore.length ? `Searching without ${quoted(ignore)}` : "Searching the articles"));
    keepInView(turn);
    try {
      await ensureChat(mine.signal);
      const place = turn.instead && { instead_of: await idOf(turn.instead, mine.signal) };
      const message = { content: question, ...composer.scope(), ...(ignore.length && { ignore }), ...place };
      for await (const { name, data } of ask(chatId, message, mine.signal)) await follow(name, data, turn);
      onChanged(chatId);
      if (turn.instead) await versioned(turn);
    } catch (failure) {
      broken(failure, turn);
      if (running === mine) keepInView(turn);
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

  // The service names its messages only when a conversation is read.
  async function idOf(turn, signal) {
    turn.id ??= (await readChat(chatId, signal)).messages.find(({ answer }) => answer?.id === turn.answer.id)?.id;
    return turn.id;
  }

  async function versioned(turn) {
    const chat = await readChat(chatId).catch(() => null);
    const kept = turnsOf(chat?.messages ?? [], chat?.earlier).find(({ answer }) => answer?.id === turn.answer.id);
    if (!kept) return;
    earlier = chat.earlier;
    Object.assign(turn, { id: kept.id, versions: kept.versions, at: kept.at });
    turn.view.drawHead();
  }

  async function follow(name, data, turn) {
    const { view, draft } = turn;
    if (name === "passages") view.say(searching(readingFrom(data.citations)));
    if ((name === "draft" || name === "token") && data.text && !draft.view.isConnected) view.say(draft.view);
    if (name === "draft") draft.write(data.text);
    if (name === "settled") draft.settle(data);
    if (name === "token") {
      draft.add(data.text);
      turn.voice.hear(data.text);
    }
    if (name === "answer") {
      await draft.faded();
      composer.answered();
      turn.answer = data;
      if (turn.instead) latest = null;
      view.say(kept(turn));
      turn.voice.finish(data.answer, data.writing?.notes?.join(" "));
    }
    if (following) keepInView(turn);
  }

  function broken(failure, turn) {
    const { view, draft } = turn;
    draft.leave();
    turn.voice.hush();
    const left = draft.text && draft.view;
    const again = () => write(turn);
    const undo = turn.instead && element("p.stopped", {}, link("Back to the earlier answer", atLatest));
    if (failure.name === "AbortError") view.say(left, stopped(again), undo);
    else view.say(left, troubled(failure, again), undo);
  }

  /** The node of a turn: one that is being written is filled as it is. */
  function drawn(turn) {
    turn.view = exchangeView(turn, { change: (question) => instead(turn, question), page: (by) => page(turn, by) });
    if (turn.reply || turn.answer) turn.view.say(kept(turn));
    else if (turn.id) turn.view.say(stopped(() => write(turn), "This question was not answered."));
    return turn.view.node;
  }

  function kept(turn) {
    const { answer, reply, question: asked, past } = turn;
    if (!answer) return element("p.words", { dir: "auto" }, reply.content);
    answers.push(answer);
    const anew = past ? null : () => instead(turn, asked);
    return answerView(answer, { asked, open: onOpen, edit: composer.edit, again: begin, timeline: onTimeline, anew });
  }

  function page(turn, by) {
    running?.abort();
    const index = thread.turns.indexOf(turn);
    const to = turn.at + by;
    if (latest && !turn.inside && !turn.versions[to + 1]) atLatest();
    else {
      const [back, before] = [thread.replace(turn, versionOf(turn, to, earlier)), latest];
      latest = () => {
        back();
        before?.();
      };
    }
    const { head, node } = thread.turns[index].view;
    (head.querySelector(`[data-by="${by}"]:enabled`) ?? head.querySelector("[data-by]:enabled")).focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  async function show(id) {
    if (id === chatId && thread.turns.length) return;
    reset();
    chatId = id;
    empty(false);
    return load(id);
  }

  /** What is asked meanwhile stays, behind what was said before. */
  async function load(id) {
    const place = byId("exchanges");
    const asked = () => thread.turns.map(({ node }) => node);
    fill(place, searching("Opening the conversation"), ...asked());
    try {
      const chat = await readChat(id);
      if (chatId !== id) return;
      earlier = chat.earlier ?? [];
      const here = thread.turns.map(({ answer }) => answer?.id).filter(Boolean);
      const turns = turnsOf(chat.messages, earlier).filter(({ answer }) => !here.includes(answer?.id));
      answers = [...turns.map(({ answer }) => answer).filter(Boolean), ...answers];
      thread.show([...turns, ...thread.turns]);
      empty(!thread.turns.length);
      scroller.scrollTop = scroller.scrollHeight;
    } catch (problem) {
      if (chatId !== id) return;
      if (problem.status === 404) chatId = null;
      const retry = problem.status === 404 ? null : () => load(id);
      fill(place, troubled(problem, retry), ...asked());
    }
  }

  function reset() {
    running?.abort();
    running = null;
    composer.busy(false);
    chatId = latest = null;
    answers = [];
    earlier = [];
    thread.show([]);
    empty(true);
  }

  // A short exchange sits at the bottom; one that is taller than the window shows its question.
  function keepInView({ node }) {
    const tall = node.offsetHeight > scroller.clientHeight;
    node.scrollIntoView({ block: tall ? "start" : "end" });
  }

  return {
    show,
    reset,
    ask: begin,
    askIn: composer.scopeTo,
    articleGone: composer.gone,
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

const link = (words, onclick) => element("button.link", { type: "button", onclick }, words);

function stopped(again, text = "Stopped.") {
  return element("p.stopped", {}, text, " ", link("Ask again", again));
}
