// The card with the exact words of a citation: on hover and on focus, gone with Escape, and it can itself be hovered.

import { byId, element, fill } from "./dom.js";
import { byline, copiesOf, titleOf } from "./text.js";

const LEAVE_MS = 160; // long enough to move the pointer from the chip onto the card
const EDGE = 12; // px kept free around the card

export function startQuotes() {
  const card = byId("quote");
  let chip = null;
  let leaving = 0;
  let resting = ""; // where the pointer was last

  const show = (target) => {
    clearTimeout(leaving);
    if (chip === target) return;
    hide();
    chip = target;
    fill(card, ...(target.describe?.() ?? cited(target.citation)));
    card.hidden = false;
    target.setAttribute("aria-describedby", card.id);
    place(card, target);
  };
  const hide = () => {
    clearTimeout(leaving);
    chip?.removeAttribute("aria-describedby");
    chip = null;
    card.hidden = true;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVE_MS);
  };
  const chipOf = (event) => event.target.closest?.(".chip, a.saying");
  const at = ({ screenX, screenY }) => `${screenX},${screenY}`;

  document.addEventListener("pointerover", (event) => {
    // A finger has no hover: a tap opens the article at once.
    if (event.pointerType === "touch") return;
    const rests = resting === at(event);
    resting = at(event);
    // What came under a resting pointer, because the page moved, is not pointed at.
    if (chipOf(event)) rests || show(chipOf(event));
    else if (card.contains(event.target)) clearTimeout(leaving);
    else if (chip && chip !== document.activeElement) leave();
  });
  document.addEventListener("pointermove", (event) => (resting = at(event)), { passive: true });
  document.addEventListener("focusin", (event) => {
    if (chipOf(event)?.matches(":focus-visible")) show(chipOf(event));
  });
  document.addEventListener("focusout", (event) => chipOf(event) && leave());
  document.addEventListener("click", (event) => chipOf(event) && hide());
  document.addEventListener("scroll", (event) => {
    // Moving the focus may itself scroll: the card goes along, and goes only when its citation has left the window.
    if (!chip || card.contains(event.target)) return;
    if (inSight(chip)) place(card, chip);
    else hide();
  }, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.stopPropagation();
    hide();
  }, { capture: true });
}

function cited(citation) {
  const copies = copiesOf([citation]);
  return [
    element("blockquote", { dir: "auto" }, citation.quote),
    element("p.from", {}, element("bdi.title", {}, titleOf(citation)), element("bdi.byline", {}, byline(citation)), copies && element("span.copies", {}, copies)),
  ];
}

function inSight(chip) {
  const [at, frame] = [chip.getBoundingClientRect(), chip.closest(".scroller").getBoundingClientRect()];
  return at.bottom > frame.top && at.top < frame.bottom;
}

// Below the chip where there is room, else above, and never past the window's edges.
function place(card, chip) {
  const at = chip.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = at.bottom + 6;
  const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, at.top - 6 - height);
  const left = Math.min(Math.max(EDGE, at.left - 16), Math.max(EDGE, innerWidth - width - EDGE));
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}
