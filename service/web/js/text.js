// Offsets, dates and labels. Pure functions.

const SURROGATE = /[\uD800-\uDFFF]/;

/**
 * The service counts Unicode code points, JavaScript counts UTF-16 units: an emoji is one there and two here.
 * @param {string} text
 * @param {number[]} points offsets in code points, any order
 * @returns {Map<number, number>} from each of them to its offset in UTF-16 units; past the end is the end
 */
export function unitOffsets(text, points) {
  const wanted = [...new Set(points)].sort((a, b) => a - b);
  if (!SURROGATE.test(text)) return new Map(wanted.map((point) => [point, Math.min(point, text.length)]));
  const found = new Map();
  let point = 0;
  let unit = 0;
  for (const target of wanted) {
    while (point < target && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      point += 1;
    }
    found.set(target, unit);
  }
  return found;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "2022-08-17" -> "17 Aug 2022"; null -> null; what is no date stays as it is. */
export function readableDate(iso) {
  if (!iso) return null;
  const day = String(iso).slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  // "2024-02-30" would otherwise quietly become the first of March.
  return Number.isNaN(date.valueOf()) || date.toISOString().slice(0, 10) !== day ? String(iso) : DAY.format(date);
}

/**
 * "2022-08-01" and "2022-09-30" -> "1 Aug to 30 Sep 2022"; one end alone -> "from 1 Aug 2022", "until 31 Aug 2022".
 * @returns {string|null} null where neither end is known
 */
export function readableSpan(since, until) {
  if (!since || !until) return (since && `from ${readableDate(since)}`) || (until && `until ${readableDate(until)}`) || null;
  if (since === until) return readableDate(since);
  const [first, last] = [readableDate(since), readableDate(until)];
  // What both ends share is said once: the month with its year, or the year.
  const shared = [/ \w+ \d{4}$/, / \d{4}$/].find((end) => first.match(end)?.[0] === last.match(end)?.[0]);
  return `${shared ? first.replace(shared, "") : first} to ${last}`;
}

// A title or an outlet may carry characters that turn the writing direction of what follows it, a date for example.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function label(name) {
  return name?.replace(TURNING, "").trim() || null;
}

/** What an article is called where it has no title. */
export function titleOf(article) {
  return label(article.title) ?? label(article.document_id ?? article.id) ?? "Untitled";
}

/** The outlet, or the title where the outlet is not known. */
export function outletOf(citation) {
  return label(citation.source) ?? titleOf(citation);
}

/** "Kyodo · 17 Aug 2022" without what is not known, for where the title stands beside it. */
export function origin(article) {
  return [label(article.source), readableDate(article.published) ?? "undated"].filter(Boolean).join(" · ");
}

/** "Kyodo · Jun Sato · 17 Aug 2022" without what is not known. */
export function byline(article) {
  return [label(article.source), label(article.author), readableDate(article.published) ?? "undated"].filter(Boolean).join(" · ");
}

/** Are two questions the same but for case, spaces and end marks? */
export function sameQuestion(one, other) {
  const bare = (question) => question.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]+/gu, " ").trim();
  return bare(one) === bare(other);
}

/** "also in 2 copies": articles that say the same, each counted once over all `citations`; null where there are none. */
export function copiesOf(citations) {
  const found = new Set(citations.flatMap((citation) => citation.copies ?? []));
  return found.size ? `also in ${counted(found.size, "copy", "copies")}` : null;
}

export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}
