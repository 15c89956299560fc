// The only file that talks to the service: its public REST API, and nothing else.

import { serverEvents } from "./events.js";

// The service's titles are those of HTTP; these say the same to someone who has never heard of it.
const TITLES = {
  404: "This is no longer here",
  409: "The service is busy with something else",
  413: "This is too large",
  422: "This could not be used",
  429: "Too much at once",
  500: "The service failed",
  503: "The service is not ready yet",
  507: "The disk of the service is full",
};

/** A failure in the service's own words (RFC 9457), or in ours where it did not get to say anything. */
export class Problem extends Error {
  constructor({ title, detail, status = 0, code = "unknown", request_id = null }) {
    super(detail || title);
    this.title = TITLES[status] ?? title ?? "Something went wrong";
    this.detail = detail || "";
    this.status = status;
    this.code = code;
    this.requestId = request_id;
  }

  /** Nobody answered: worth trying again by itself. */
  get unreachable() {
    return this.code === "unreachable";
  }

  /** Nobody answered, or not yet: what failed is loaded by itself later. */
  get waits() {
    return this.unreachable || this.status === 503;
  }
}

const JSON_HEADERS = { Accept: "application/json, application/problem+json" };
const watchers = new Set();

/** Calls `watcher(true|false)` after each call: was the service there, and ready? */
export function watchConnection(watcher) {
  watchers.add(watcher);
}

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { headers: JSON_HEADERS, ...options });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    watchers.forEach((watcher) => watcher(false));
    throw new Problem({
      title: "The service cannot be reached",
      detail: "Nothing answered. Check that it is running and that you are online, then try again.",
      code: "unreachable",
    });
  }
  watchers.forEach((watcher) => watcher(response.status !== 503));
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response) {
  const said = await response.json().catch(() => ({}));
  return new Problem({
    title: said.title ?? `The service answered ${response.status} ${response.statusText}`.trim(),
    detail: typeof said.detail === "string" ? said.detail : "It gave no reason. Try again.",
    status: response.status,
    code: said.code,
    request_id: said.request_id ?? response.headers.get("x-request-id"),
  });
}

async function json(path, options) {
  const response = await send(path, options);
  return response.status === 204 ? null : response.json();
}

function posted(body, options = {}) {
  return { method: "POST", headers: { ...JSON_HEADERS, "Content-Type": "application/json" }, body: JSON.stringify(body), ...options };
}

const part = encodeURIComponent;
const given = (wanted) => new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));

export const ready = () => json("readyz");
export const status = () => json("api/status");

/** @param {object} wanted text, offset, limit; what is empty is left out */
export const listChats = (wanted, signal) => json(`api/chats?${given(wanted)}`, { signal });
export const readChat = (id, signal) => json(`api/chats/${part(id)}`, { signal });
export const startChat = (signal) => json("api/chats", posted({}, { signal }));
export const renameChat = (id, title) => json(`api/chats/${part(id)}`, posted({ title }, { method: "PATCH" }));
/** Is sent even where the page is being left. */
export const deleteChat = (id) => json(`api/chats/${part(id)}`, { method: "DELETE", keepalive: true });
export const chatFile = (id, format) => `api/chats/${part(id)}/export?format=${format}`;
export const shareChat = (id) => json(`api/chats/${part(id)}/share`, { method: "POST" });
export const unshareChat = (id) => json(`api/chats/${part(id)}/share`, { method: "DELETE" });
export const readShared = (id) => json(`api/shared/${part(id)}`);

export const readArticle = (id, signal) => json(`api/documents/${part(id)}`, { signal });
export const deleteArticle = (id) => json(`api/documents/${part(id)}`, { method: "DELETE" });

/** @param {object} wanted text, source, since, until, offset, limit; what is empty is left out */
export const listArticles = (wanted, signal) => json(`api/documents?${given(wanted)}`, { signal });

/** @param {object} wanted speaker, about, source, since, until, limit, cursor; what is empty is left out */
export function listStatements(wanted, signal) {
  return json(`api/statements?${given(wanted)}`, { signal });
}

export const listSpeakers = () => json("api/speakers");

/** One file; a JSON lines file has many outcomes. */
export function uploadFile({ file, name }) {
  const form = new FormData();
  form.append("files", file, name);
  return json("api/documents", { method: "POST", body: form });
}

/** @param {"up"|"down"} verdict @param {{reason?: string, comment?: string}} more */
export const sendVerdict = (answerId, verdict, more = {}) => json("api/feedback", posted({ answer_id: answerId, verdict, ...more }));

/**
 * Asks within a conversation that the service keeps.
 * @yields {{name: "passages"|"draft"|"settled"|"token"|"answer", data: any}} the last one is always the answer
 * @throws {Problem} also when the failure came in the middle of the stream
 */
export async function* ask(chatId, message, signal) {
  const options = posted(message, { signal });
  options.headers.Accept = "text/event-stream, application/problem+json";
  const response = await send(`api/chats/${part(chatId)}/messages`, options);
  try {
    for await (const event of serverEvents(response.body)) {
      if (event.name === "failed") throw new Problem(event.data);
      yield event;
      if (event.name === "answer") return;
    }
  } catch (failure) {
    if (failure instanceof Problem || failure.name === "AbortError") throw failure;
    throw brokenOff();
  }
  throw brokenOff();
}

function brokenOff() {
  const detail = "The connection ended before the answer did. Ask again.";
  return new Problem({ title: "The answer broke off", detail, code: "broken-off" });
}
