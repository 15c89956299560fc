// The list of conversations that the service keeps.

import { deleteChat, listChats } from "./api.js";
import { announce, byId, element, fill } from "./dom.js";
import { confirmed } from "./dialog.js";
import { icon } from "./icons.js";
import { readableDate } from "./text.js";

/** @param {{onChoose: (id: string) => void, onNew: () => void, onDeleted: (id: string) => void}} callbacks */
export function startChats({ onChoose, onNew, onDeleted }) {
  const list = byId("chats");
  let current = null;
  byId("new-chat").addEventListener("click", onNew);

  async function load() {
    try {
      const { chats } = await listChats();
      if (chats.length) fill(list, ...chats.map(row));
      else fill(list, element("li.hint", {}, "Your conversations will be kept here."));
    } catch (problem) {
      fill(list, element("li.hint", {}, problem.message, " ", element("button.link", { type: "button", onclick: load }, "Try again")));
    }
  }

  function row(chat) {
    const title = chat.title || "New conversation";
    return element(
      "li.row",
      { "data-chat": chat.id },
      element(
        "button.choose",
        { type: "button", "aria-current": chat.id === current ? "true" : null, onclick: () => onChoose(chat.id) },
        element("bdi.title", {}, title),
        element("span.byline", {}, readableDate(chat.updated)),
      ),
      element("button.quiet.remove", { type: "button", "aria-label": `Delete conversation: ${title}`, title: "Delete", onclick: () => remove(chat) }, icon("bin")),
    );
  }

  async function remove(chat) {
    const title = "Delete this conversation?";
    const detail = `“${chat.title || "New conversation"}” and its answers will be gone for good. The articles stay.`;
    if (!(await confirmed({ title, detail, action: "Delete" }))) return;
    try {
      await deleteChat(chat.id);
      announce("Conversation deleted");
      onDeleted(chat.id);
    } catch (problem) {
      announce(problem.message);
      list.prepend(element("li.hint", { role: "alert" }, problem.message));
      return;
    }
    await load();
  }

  return {
    load,
    mark(id) {
      current = id;
      for (const item of list.querySelectorAll("[data-chat]")) {
        const button = item.querySelector(".choose");
        if (item.dataset.chat === id) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      }
    },
  };
}
