// The dialog about sharing a conversation: whether it is, the link to it, and taking that back.

import { readChat, shareChat, unshareChat } from "./api.js";
import { linkToShared } from "./address.js";
import { openDialog } from "./dialog.js";
import { byId, element, fill } from "./dom.js";
import { readableDate } from "./text.js";
import { troubled } from "./trouble.js";

const WHAT = "Whoever has the link and reaches this service can read the conversation as it is now, with its citations. What is said later is not in it.";

export function openSharing({ id }) {
  const place = element("div", { "aria-live": "polite" });
  const doing = (name, action, tag = "button.strong") => element(tag, { onclick: () => attempt(action) }, name);
  openDialog("Share this conversation", place);
  attempt(look);

  async function attempt(action) {
    try {
      await action();
    } catch (problem) {
      fill(place, troubled(problem, () => attempt(action)));
    }
  }

  async function look() {
    const { shares, messages } = await readChat(id);
    const share = shares.at(-1);
    if (share) show(share, messages.at(-1).created > share.created);
    else fill(place, element("p", {}, WHAT), messages.length ? doing("Make a link and copy it", make) : "There is nothing in it yet.");
  }

  function show({ id: shared, created }, outdated) {
    const link = element("input", { id: "share-link", readonly: true, value: linkToShared(shared), "aria-label": "Link to the shared conversation", onfocus: () => link.select() });
    const note = outdated ? [`As it was on ${readableDate(created)}; what was said since is not in it. `, doing("Share it as it is now", make, "button.link")] : WHAT;
    fill(place, element("p", {}, element("strong", {}, "Shared. "), note), link, element("p.choices", {}, doing("Stop sharing", stop, "button"), doing("Copy link", () => copy(link))), element("p", { id: "copied" }));
    return link;
  }

  const make = async () => copy(show(await shareChat(id)));

  async function stop() {
    await unshareChat(id);
    await look();
    place.append(element("p", {}, "The link no longer works."));
  }
}

async function copy(link) {
  link.select();
  // Over plain HTTP from another machine there is no clipboard interface; the old way still works there.
  const copied = await (navigator.clipboard?.writeText(link.value).then(() => true, () => false) ?? document.execCommand("copy"));
  byId("copied").textContent = copied ? "The link is copied." : "Copying is not allowed here: the link is marked, copy it by hand.";
}
