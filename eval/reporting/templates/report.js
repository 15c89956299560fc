// Filters and sorts the cases. Without it the page shows all of them, the worst first.
const form = document.getElementById("filters");
const cards = document.getElementById("cards");
const rows = document.getElementById("rows");
const words = new Map(); // what is written in each case, read once

function written(of) {
  if (!words.has(of)) words.set(of, of.textContent.toLowerCase());
  return words.get(of);
}

function fits(of, asked) {
  const equal = (name) => !asked[name] || of.dataset[name] === asked[name];
  const fault = !asked.fault || of.dataset.fault.split("|").includes(asked.fault);
  return equal("kind") && equal("run") && fault && (!asked.words || written(of).includes(asked.words));
}

function filter() {
  const asked = Object.fromEntries(new FormData(form));
  asked.words = asked.words.trim().toLowerCase();
  for (const list of [cards, rows]) {
    for (const each of list ? list.children : []) each.hidden = !fits(each, asked);
  }
  const shown = [...cards.children].filter((each) => !each.hidden).length;
  form.querySelector("output").value = `${shown} of ${cards.children.length}`;
}

function sort() {
  const by = form.elements.order.value;
  const compare = by === "asked"
    ? (a, b) => a.dataset.asked.localeCompare(b.dataset.asked, "en", { numeric: true })
    : (a, b) => a.dataset[by] - b.dataset[by];
  cards.append(...[...cards.children].sort(compare));
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", filter);
form.elements.order.addEventListener("change", sort);
form.addEventListener("click", (event) => {
  const fold = event.target.dataset.fold;
  for (const each of fold ? cards.querySelectorAll("li:not([hidden]) > details") : []) each.open = fold === "open";
});
filter();
