// The list of articles: filter, open, delete.

import { deleteArticle, listArticles } from "./api.js";
import { announce, byId, element, fill, settled } from "./dom.js";
import { confirmed } from "./dialog.js";
import { icon } from "./icons.js";
import { counted, origin, titleOf } from "./text.js";

const PAGE = 50; // articles fetched at a time

/** @param {{onOpen: (id: string) => void, onDeleted: (id: string) => void, onTotal: (total: number) => void}} callbacks */
export function startSources({ onOpen, onDeleted, onTotal }) {
  const list = byId("articles");
  const total = byId("total");
  const filter = byId("filter");
  let fetching = null;
  filter.addEventListener("input", settled(() => load(), 180));

  async function load(offset = 0) {
    fetching?.abort();
    fetching = new AbortController();
    const text = filter.value.trim();
    try {
      const found = await listArticles({ text, limit: PAGE, offset }, fetching.signal);
      draw(found, { text, offset });
      if (!text) onTotal(found.total);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      fill(list, element("li.hint", {}, problem.message, " ", element("button.link", { type: "button", onclick: () => load() }, "Try again")));
    }
  }

  function draw(found, { text, offset }) {
    total.textContent = counted(found.total, "article");
    if (!found.total) {
      fill(list, element("li.hint", {}, text ? `No article has “${text}” in its title or text.` : "No articles yet. Add some to ask about them."));
      return;
    }
    list.querySelector(".more")?.remove();
    const rows = found.documents.map(row);
    if (offset) list.append(...rows);
    else fill(list, ...rows);
    const shown = offset + found.documents.length;
    if (shown < found.total && found.documents.length) {
      list.append(element("li.more", {}, element("button.link", { type: "button", onclick: () => load(shown) }, `Show more (${(found.total - shown).toLocaleString("en-GB")})`)));
    }
  }

  function row(article) {
    return element(
      "li.row",
      { "data-article": article.id },
      element(
        "button.choose",
        { type: "button", onclick: () => onOpen(article.id) },
        element("bdi.title", {}, titleOf(article)),
        element("bdi.byline", {}, [origin(article), article.duplicate_of && "copy"].filter(Boolean).join(" · ")),
      ),
      element("button.quiet.remove", { type: "button", "aria-label": `Delete article: ${titleOf(article)}`, title: "Delete", onclick: () => remove(article) }, icon("bin")),
    );
  }

  async function remove(article) {
    const title = "Delete this article?";
    const detail = `“${titleOf(article)}” will be removed from the index. Earlier answers keep their quotes, but can no longer open it.`;
    if (!(await confirmed({ title, detail, action: "Delete" }))) return;
    try {
      await deleteArticle(article.id);
      announce("Article deleted");
      onDeleted(article.id);
      await load();
    } catch (problem) {
      announce(problem.message);
      list.prepend(element("li.hint", { role: "alert" }, problem.message));
    }
  }

  return { load };
}
