// Shows only the entries that hold every word typed, and opens the one that the address names.
const find = document.getElementById("find");
const entries = [...document.querySelectorAll(".entry")];
const words = new Map(entries.map((entry) => [entry, entry.textContent.toLowerCase()]));

function filter() {
  const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) entry.hidden = !wanted.every((word) => words.get(entry).includes(word));
  const left = entries.filter((entry) => !entry.hidden).length;
  document.getElementById("count").textContent = wanted.length ? `${left} of ${entries.length}` : "";
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) named.open = true;
}

find.addEventListener("input", filter);
addEventListener("hashchange", openNamed);
openNamed();
