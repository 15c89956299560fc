// Starts the page: makes its parts and connects them. No part knows another.

import { go, here, sharedId } from "./address.js";
import { startChats } from "./chats.js";
import { startConnection } from "./connection.js";
import { startConversation } from "./conversation.js";
import { byId, element, fill } from "./dom.js";
import { drawIcons } from "./icons.js";
import { startKeys } from "./keys.js";
import { startQuotes } from "./quote.js";
import { startReader } from "./reader.js";
import { startShared } from "./shared.js";
import { startSources } from "./sources.js";
import { suggestionsFor } from "./suggestions.js";
import { startStatements } from "./statements.js";
import { startTabs, tellTabs } from "./tabs.js";
import { startTheme } from "./theme.js";
import { startToast, toast } from "./toast.js";
import { startUpload } from "./upload.js";
import { allowReader, narrow, showView, startViews } from "./views.js";

let opener = null; // what had the focus before an article was opened
let leaver = null; // … before statements were
const shared = sharedId(); // the page then shows that alone

const reader = startReader({ onOpen: openCitation, onClose: closeArticle, onAskHere: askHere });
const conversation = shared ? startShared(shared, { onOpen: openCitation }) : startConversation({
  onOpen: openCitation,
  onChanged: (id) => {
    chats.load().then(() => chats.mark(id));
    tellTabs({ chats: id, deed: "asked" });
  },
  onTimeline: (answer) => visitStatements({ of: answer.id }),
});
const statements = startStatements({
  onOpen: openCitation,
  onGo: (said, options) => {
    go({ said }, options);
    statements.show(here().said);
  },
  answerOf: conversation.answerOf,
});
const chats = startChats({
  onChoose: (id) => visit({ chat: id }),
  onNew: () => visit({ chat: null }),
  onDeleted: () => {
    go({ chat: null, article: null, at: null, said: null });
    follow();
  },
});
const sources = startSources({
  onOpen: (id) => openArticle(id),
  onDeleted: (id) => {
    reader.forget();
    conversation.articleGone(id);
    if (id === reader.articleId) closeArticle();
    statements.refresh();
  },
  onTotal: welcome,
});

drawIcons();
startTheme(byId("theme"));
startViews();
startQuotes();
startToast();
startKeys();
if (!shared) {
  startUpload({
    onDone: () => {
      articlesChanged();
      tellTabs({ articles: true });
    },
  });
  startTabs(changedElsewhere);
}
startConnection(() => {
  load();
  if (!conversation.chatId) follow();
});
addEventListener("popstate", follow);
byId("skip").addEventListener("click", () => {
  leaveStatements();
  showView("conversation");
  conversation.focus();
});
byId("all-said").addEventListener("click", () => (here().said ? leaveStatements({ back: true }) : visitStatements({})));
byId("close-said").addEventListener("click", () => leaveStatements({ back: true }));
byId("views").querySelector("[data-view=statements]").addEventListener("click", () => here().said || visitStatements({}));
load();
follow().then(() => shared || narrow.matches || conversation.focus());

function load() {
  if (shared) return;
  sources.load();
  chats.load().then(() => chats.mark(conversation.chatId));
}

function changedElsewhere({ articles, chats: id, deed }) {
  if (articles) articlesChanged();
  if (id) chats.load();
  if (!id || id !== conversation.chatId) return;
  if (deed === "deleted") toast("This conversation was deleted in another tab. What you see of it is no longer kept.");
  if (deed === "asked") toast("This conversation went on in another tab.", { name: "Show it", onclick: () => location.reload() });
}

function articlesChanged() {
  reader.forget();
  sources.load();
  statements.refresh();
}

/** Shows what the address says. */
async function follow() {
  const { chat, article, at, answer, said } = here();
  await conversation.ready;
  chats.mark(chat);
  if (!shared && chat !== conversation.chatId) {
    if (chat) await conversation.show(chat);
    else conversation.reset();
  }
  await showStatements(said);
  if (!article) return hideArticle();
  const cited = at && (statements.citationAt(article, at) ?? conversation.citationAt(article, at, answer) ?? { citation: { ...at, document_id: article } });
  showArticle();
  return reader.open(article, cited ?? {});
}

function visit({ chat }) {
  go({ chat, article: null, at: null, said: null });
  showView("conversation");
  follow().then(() => narrow.matches || conversation.focus());
}

function visitStatements(said) {
  leaver = document.activeElement;
  go({ said });
  showStatements(here().said);
  byId("said-title").focus({ preventScroll: true });
}

function leaveStatements({ back = false } = {}) {
  go({ said: null });
  showStatements(null);
  if (back && leaver?.isConnected) leaver.focus();
}

function showStatements(said) {
  const open = document.body.dataset.view === "statements";
  byId("all-said").setAttribute("aria-pressed", String(Boolean(said)));
  const shown = statements.show(said);
  if (said) showView("statements");
  else if (open) showView("conversation");
  return shown;
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
  leaveStatements();
  showView("conversation");
  conversation.askIn(article);
}

/** What an empty conversation shows depends on whether there is anything to ask about. */
async function welcome(total) {
  byId("no-articles").hidden = total > 0;
  byId("has-articles").hidden = total === 0;
  const questions = total ? await suggestionsFor() : [];
  byId("suggestions").hidden = !questions.length;
  fill(byId("suggested"), ...questions.map((question) => element("li", {}, element("button", { onclick: () => conversation.ask(question) }, question))));
}
