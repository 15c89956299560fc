// The conversations that the service keeps: found, opened, renamed, exported, shared, deleted.

import { chatFile, deleteChat, listChats, renameChat } from "./api.js";
import { announce, byId, element, settled } from "./dom.js";
import { icon } from "./icons.js";
import { startListing } from "./listing.js";
import { openMenu } from "./menu.js";
import { openSharing } from "./share.js";
import { tellTabs } from "./tabs.js";
import { readableDate } from "./text.js";
import { toast } from "./toast.js";

const LONGEST = 200; // characters of a title, the service's limit
const FILES = { md: "Markdown", json: "JSON", csv: "CSV" };

const titleOf = (chat) => chat.title || "New conversation";

// Of today the time says more.
const when = (iso) => (new Date(iso).toDateString() === new Date().toDateString() ? new Date(iso).toLocaleTimeString("en-GB", { timeStyle: "short" }) : readableDate(iso));

/** @param {{onChoose: (id: string) => void, onNew: () => void, onDeleted: () => void}} callbacks onDeleted: the one that is open is gone */
export function startChats({ onChoose, onNew, onDeleted }) {
  const list = byId("chats");
  const find = byId("find-chat");
  const leaving = new Set(); // deleted on the page; the service is told once it cannot be undone any more
  let current = null;
  byId("new-chat").addEventListener("click", onNew);
  const { load, say } = startListing(list, {
    fetched: async (page, signal) => {
      const { chats, total } = await listChats({ ...page, text: find.value.trim() }, signal);
      return { rows: chats.filter(({ id }) => !leaving.has(id)), total: total - leaving.size };
    },
    row,
    none: () => (find.value.trim() ? `No conversation has “${find.value.trim()}”.` : "Your conversations will be kept here."),
    onTotal: (total) => (find.hidden = !total && !find.value),
  });
  find.addEventListener("input", settled(load, 180));

  function row(chat) {
    const title = titleOf(chat);
    const choose = element(
      "button.choose",
      { "aria-current": chat.id === current ? "true" : null, onclick: () => onChoose(chat.id) },
      element("bdi.title", {}, title),
      element("span.byline", {}, when(chat.updated)),
    );
    const more = element("button.quiet.act", { "aria-label": `More for conversation: ${title}`, title: "More", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
    const item = element("li.row", { "data-id": chat.id }, choose, more);
    choose.addEventListener("keydown", ({ key }) => key === "F2" && rename(chat, item));
    more.addEventListener("click", () => openMenu(more, choices(chat, item)));
    return item;
  }

  function choices(chat, item) {
    return [
      { text: "Rename", picture: "pencil", onclick: () => rename(chat, item) },
      { text: "Share …", picture: "share", onclick: () => openSharing(chat) },
      ...Object.entries(FILES).map(([format, name]) => ({ text: `Save as ${name}`, picture: "download", href: chatFile(chat.id, format) })),
      { text: "Delete", picture: "bin", onclick: () => remove(chat, item) },
    ];
  }

  function rename(chat, item) {
    const box = element("input.rename", { value: titleOf(chat), maxlength: LONGEST, "aria-label": "New name", dir: "auto" });
    const shown = [...item.children];
    let done = false;
    const end = async (keep) => {
      if (done) return;
      done = true;
      const title = box.value.trim();
      const held = box === document.activeElement;
      item.replaceChildren(...shown);
      if (held) shown[0].focus();
      if (!keep || !title || title === titleOf(chat)) return;
      await attempt(() => renameChat(chat.id, title), `Renamed to “${title}”`);
      tellTabs({ chats: chat.id, deed: "renamed" });
    };
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault(); // … or Enter would press the button that has the focus by then
      end(event.key === "Enter");
    });
    box.addEventListener("blur", () => end(true));
    item.replaceChildren(box);
    box.select();
  }

  function remove(chat, item) {
    const open = chat.id === current;
    leaving.add(chat.id);
    item.remove();
    if (open) onDeleted();
    const undo = () => {
      leaving.delete(chat.id);
      load();
      if (open) onChoose(chat.id);
    };
    toast(`“${titleOf(chat)}” is deleted, with what was shared of it.`, { name: "Undo", onclick: undo }, async () => {
      await attempt(() => deleteChat(chat.id).finally(() => leaving.delete(chat.id)));
      tellTabs({ chats: chat.id, deed: "deleted" });
    });
  }

  async function attempt(action, said) {
    try {
      await action();
      if (said) announce(said);
      await load();
    } catch (problem) {
      await load();
      say(problem.message);
    }
  }

  return {
    load,
    mark(id) {
      current = id;
      for (const button of list.querySelectorAll(".choose")) button.ariaCurrent = button.parentNode.dataset.id === id ? "true" : null;
    },
  };
}
