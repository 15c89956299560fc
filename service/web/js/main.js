// Starts the page: makes its parts and connects them. No part knows another.

import { go, here } from "./address.js";
import { startChats } from "./chats.js";
import { startConnection } from "./connection.js";
import { startConversation } from "./conversation.js";
import { byId, element, fill } from "./dom.js";
import { drawIcons } from "./icons.js";
import { startQuotes } from "./quote.js";
import { startReader } from "./reader.js";
import { startSources } from "./sources.js";
import { suggestionsFor } from "./suggestions.js";
import { startTheme } from "./theme.js";
import { startUpload } from "./upload.js";
import { allowReader, narrow, showView, startViews } from "./views.js";

let opener = null; // what had the focus before an article was opened

const reader = startReader({ onOpen: openCitation, onClose: closeArticle, onAskHere: askHere });
const conversation = startConversation({
  onOpen: openCitation,
  onChanged: (id) => chats.load().then(() => chats.mark(id)),
});
const chats = startChats({
  onChoose: (id) => visit({ chat: id }),
  onNew: () => visit({ chat: null }),
  onDeleted: (id) => id === conversation.chatId && visit({ chat: null }),
});
const sources = startSources({
  onOpen: (id) => openArticle(id),
  onDeleted: (id) => {
    reader.forget();
    if (id === reader.articleId) closeArticle();
  },
  onTotal: welcome,
});

drawIcons();
startTheme(byId("theme"));
startViews();
startQuotes();
startUpload({
  onDone: () => {
    reader.forget();
    sources.load();
  },
});
startConnection(() => {
  load();
  if (!conversation.chatId) follow();
});
addEventListener("popstate", follow);
byId("skip").addEventListener("click", conversation.focus);
load();
follow().then(() => narrow.matches || conversation.focus());

function load() {
  sources.load();
  chats.load().then(() => chats.mark(conversation.chatId));
}

/** Shows what the address says. */
async function follow() {
  const { chat, article, at, answer } = here();
  chats.mark(chat);
  if (chat !== conversation.chatId) {
    if (chat) await conversation.show(chat);
    else conversation.reset();
  }
  if (!article) return hideArticle();
  const cited = at && (conversation.citationAt(article, at, answer) ?? { citation: { ...at, document_id: article } });
  showArticle();
  return reader.open(article, cited ?? {});
}

function visit({ chat }) {
  go({ chat, article: null, at: null });
  showView("conversation");
  follow().then(() => narrow.matches || conversation.focus());
}

function openCitation(citation, answer) {
  const { document_id: article, start, end } = citation;
  go({ article, at: { start, end }, answer: answer.id });
  showArticle({ focus: true });
  reader.open(article, { citation, answer });
}

function openArticle(id) {
  go({ article: id, at: null });
  showArticle({ focus: true });
  reader.open(id);
}

function showArticle({ focus = false } = {}) {
  if (focus && !byId("reader").contains(document.activeElement)) opener = document.activeElement;
  byId("reader").hidden = false;
  allowReader(true);
  showView("reader");
  if (focus) byId("reader").focus({ preventScroll: true });
}

function closeArticle() {
  go({ article: null, at: null });
  hideArticle();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

function hideArticle() {
  reader.close();
  allowReader(false);
}

function askHere(article) {
  showView("conversation");
  conversation.askIn(article);
}

/** What an empty conversation shows depends on whether there is anything to ask about. */
async function welcome(total) {
  byId("no-articles").hidden = total > 0;
  byId("has-articles").hidden = total === 0;
  const questions = total ? await suggestionsFor() : [];
  byId("suggestions").hidden = !questions.length;
  fill(byId("suggested"), ...questions.map((question) => element("li", {}, element("button", { type: "button", onclick: () => conversation.ask(question) }, question))));
}
