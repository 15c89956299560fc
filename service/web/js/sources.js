// The list of articles: narrowed by words, outlet and dates; opened, deleted.

import { deleteArticle, listArticles } from "./api.js";
import { announce, byId, element, fill, settled } from "./dom.js";
import { confirmed } from "./dialog.js";
import { icon } from "./icons.js";
import { startListing } from "./listing.js";
import { tellTabs } from "./tabs.js";
import { counted, label, origin, titleOf } from "./text.js";

const AT_ONCE = 200; // articles looked through for their outlets, the service's limit
const LOOKED_AT = 2000;

/** @param {{onOpen: (id: string) => void, onDeleted: (id: string) => void, onTotal: (total: number) => void}} callbacks */
export function startSources({ onOpen, onDeleted, onTotal }) {
  const form = byId("sift");
  const all = byId("all-articles");
  const wanted = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const narrowed = () => Object.values(wanted()).some(Boolean);
  const { load, say } = startListing(byId("articles"), {
    fetched: async (page, signal) => {
      const { documents, total } = await listArticles({ ...wanted(), ...page }, signal);
      return { rows: documents, total };
    },
    row,
    none: nothing,
    onTotal: (total) => {
      byId("total").textContent = counted(total, "article");
      if (!narrowed()) onTotal(total);
    },
  });
  form.addEventListener("input", settled(load, 180));
  form.addEventListener("input", () => (all.hidden = !narrowed()));
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("sifting").addEventListener("toggle", ({ newState }) => newState === "open" && outlets());
  all.addEventListener("click", () => {
    form.reset();
    all.hidden = true;
    byId("filter").focus();
    load();
  });

  function nothing() {
    const { text, ...others } = wanted();
    if (!narrowed()) return "No articles yet. Add files, or drop them anywhere on this page.";
    return `No article ${text ? `has “${text}” in its title or text` : "is there"}${Object.values(others).some(Boolean) ? " from this outlet or time" : ""}.`;
  }

  // The service lists no outlets: they are those of its articles.
  async function outlets() {
    const found = new Set();
    let page = {};
    for (let offset = 0; offset < Math.min(page.total ?? 1, LOOKED_AT); offset += AT_ONCE) {
      page = await listArticles({ offset, limit: AT_ONCE }).catch(() => ({ documents: [], total: 0 }));
      for (const { source } of page.documents) if (source) found.add(source);
    }
    const { source: select } = form.elements;
    const chosen = select.value;
    fill(select, element("option", { value: "" }, "All"), ...[...found].sort().map((name) => element("option", { value: name }, label(name))));
    select.value = chosen;
  }

  function row(article) {
    return element(
      "li.row",
      { "data-id": article.id },
      element(
        "button.choose",
        { onclick: () => onOpen(article.id) },
        element("bdi.title", {}, titleOf(article)),
        element("bdi.byline", {}, [origin(article), article.duplicate_of && "copy"].filter(Boolean).join(" · ")),
      ),
      element("button.quiet.act.remove", { "aria-label": `Delete article: ${titleOf(article)}`, title: "Delete", onclick: () => remove(article) }, icon("bin")),
    );
  }

  async function remove(article) {
    const title = "Delete this article?";
    const detail = `“${titleOf(article)}” will be removed from the index. Earlier answers keep their quotes, but can no longer open it.`;
    if (!(await confirmed({ title, detail, action: "Delete" }))) return;
    try {
      await deleteArticle(article.id);
      announce("Article deleted");
      tellTabs({ articles: true });
      onDeleted(article.id);
      await load();
    } catch (problem) {
      announce(problem.message);
      say(problem.message);
    }
  }

  return { load };
}
