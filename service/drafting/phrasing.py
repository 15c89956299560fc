"""A source's words go in, words fit to stand in an answer come out: one line, short enough, marks in pairs.

Nothing is reworded. What is left out is shown by an ellipsis; only what is layout (a bullet, a dateline) just goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from retriever.wording import stem
from service.drafting import telling
from service.drafting.tellingwords import CONDITIONS, FUNCTION, NEGATES, has_verb

_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"^(?:[•▪·◦‣●○■□➢✓*–—―-]|\d{1,2}[.)])\s+")
_DOUBLED = re.compile(r"([,;:.])(?: ?[,;:])+(?= |$)|(?<![.!?])([.!?]) [.](?= |$)")
_EMPTY = re.compile(r"“\s*”|„\s*[“”]|«\s*»|(?<!\S)\"\s*\"(?!\S)")
_NOTHING_QUOTED = re.compile(r"(?<=[.!?…,;:])(?: ?[“„«])+\s*$|^[”»]+ ?")
_BREAK = re.compile(r"[,;:—–]$|[.!?][\"”’)]*$")
_CLOSERS = {"“": "”", "„": "“", "«": "»"}  # a German quotation ends with the mark that opens an English one
_OPENERS = {"”": "“", "»": "«"}
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_TOWN = r"(?!(?:NATO|U\.?[SNK]\.?|EU|UN|US|UK)\b)[A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){0,3}"  # in capitals
_DATELINE = re.compile(
    rf"(?P<town>{_TOWN}|[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]+){{0,2}}"
    r"(?=[^—–―]{0,20} \((?:AP|UPI|Reuters|AFP|Kyodo|CNN)\)))"
    rf"(?:, [A-Z][\w.]+(?: [A-Z]\w+)?\.?)?(?:,? {_DAY})?(?: ?\([^()\n]{{2,40}}\))? ?(?:[—–―]+|--?)\s+(?=\S)"
)
_NOTE = re.compile(
    r"^(?:correction|clarification|editor’?'?s’? note|update|advertisement|photo|image|caption)\b[^.]{0,30}:", re.I
)
_HEADING = re.compile(
    r"^(?:panel|transcript|topic|subject|contact|media contact|source|tags?|related|read more|share)\s*:", re.I
)
_FEWEST = 5  # words of a line without a stop that may be a sentence


def one_line(text: str) -> str:
    """White space of every kind becomes single spaces; a list's bullet, empty quotation marks and doubled punctuation
    go.
    """
    line = _EMPTY.sub("", _BULLET.sub("", _SPACES.sub(" ", text).strip()))
    return _SPACES.sub(" ", _DOUBLED.sub(lambda match: match[1] or match[2], line)).strip()


def is_empty(text: str) -> bool:
    """Whether nothing can be read in it: no letter, no digit, at most a mark that was cut off from its quotation."""
    return not any(map(str.isalnum, text))


def behind_dateline(text: str) -> int:
    """Where a sentence's own words begin: behind "BERGEN, Norway, Feb. 3 (NTB) — "; 0 without such an opening."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def is_layout(text: str) -> bool:
    """Whether a line is no sentence of an article: a signature, a heading, a note of the editors, a lone date."""
    line = one_line(text)
    words = line.split()
    if _NOTE.match(line) or _HEADING.match(line) or not any(map(str.isalpha, line)):
        return True
    capitals = sum(not word[0].islower() for word in words)
    if _ENDS.search(line) and not re.search(r"\((?:excerpt|continued)\)$", line):
        titled = capitals == len(words) > 1  # "The Herald, May 3, 2021."
        return titled and (len(words) >= _FEWEST or not has_verb(words))
    return len(words) < _FEWEST or not has_verb(words) or capitals > len(words) * 0.7


def excerpt(text: str, most: int, wanted: Collection[str], needed: Collection[str] = ()) -> str:
    """At most ``most`` words of a sentence: whole where it fits, else whole clauses (``telling.told``). Where no whole
    clause is so short, the stretch that holds most of the wanted words.
    """
    whole = telling.told(text, most, wanted, needed)
    return _stretch(text.split(), most, wanted, needed) if whole is None else whole


def _stretch(words: list[str], most: int, wanted: Collection[str], needed: Collection[str]) -> str:
    """Words in a row, begun behind a comma or a dash, and not ended before a noun that they announce. What negates them
    is not cut off, nor is the condition under which they hold.
    """
    start = next((n for n, word in enumerate(words) if _bare(word) in CONDITIONS), None)
    if start is None:
        return _row(words, most, wanted, needed)
    stop = next((n + 1 for n in range(start + 1, len(words)) if _BREAK.search(words[n])), len(words))
    under = _row(words[start:stop], min(stop - start, max(_FEWEST, most // 3)), wanted, needed)
    room = most - len(under.split())
    if start:
        more = " …" if stop < len(words) and not under.endswith("…") else ""
        return f"{_row(words[:start], room, wanted, needed)} {under}{more}".replace("… …", "…")
    return f"{under} {_row(words[stop:], room, wanted, needed)}".replace("… …", "…") if stop < len(words) else under


def _bare(word: str) -> str:
    return word.lower().strip("“”\"'(),")


def _row(words: list[str], most: int, wanted: Collection[str], needed: Collection[str]) -> str:
    """The row of at most ``most`` words that holds most of the wanted ones, with an ellipsis where it breaks off."""
    if len(words) <= most:
        return " ".join(words)
    sought = {stem(word): 1 for word in wanted} | {stem(word): telling.NEEDED for word in needed}
    good = [sought.get(stem(re.sub(r"\W+", "", word.lower())), 0) for word in words]
    room = most - 1  # for the ellipsis
    starts = [0, *(n + 1 for n, word in enumerate(words[:-1]) if _BREAK.search(word))]
    starts = [n for n in starts if n == 0 or not (NEGATES.search(" ".join(words[:n])) or _bare(words[0]) in CONDITIONS)]
    start = max(starts, key=lambda n: (sum(good[n : n + room]), -n))
    end = min(len(words), start + room)
    if end < len(words):
        breaks = [n + 1 for n in range(start + room * 2 // 3, end) if _BREAK.search(words[n])]
        end = breaks[-1] if breaks and sum(good[breaks[-1] : end]) == 0 else end
        while end > start + 1 and words[end - 1].lower().strip("“\"'(") in FUNCTION:
            end -= 1
    shown = " ".join(words[start:end])
    return ("… " if start else "") + shown.rstrip(",;:—–") + (" …" if end < len(words) else "")


def balanced(text: str) -> str:
    """Every quotation mark has its partner: one that an excerpt or a sentence's end has cut off is put back, inside
    the ellipsis that shows the cut; one with nothing to quote goes.
    """
    return _between_ellipses(text, _paired)


def in_quotation_marks(text: str) -> str:
    """Words that somebody said, in quotation marks, an ellipsis outside them; marks inside stay as they were."""
    return _between_ellipses(text, lambda words: f"“{_paired(words)}”")


def _between_ellipses(text: str, change: Callable[[str], str]) -> str:
    before = "… " if text.startswith("… ") else ""
    after = " …" if text.endswith(" …") else ""
    return f"{before}{_reopened(change(text[len(before) : len(text) - len(after)]))}{after}"


def _reopened(text: str) -> str:
    """Words left out within a quotation stand between its marks: they hold nothing but words in a row."""
    shown, waiting = "", list[tuple[str, str]]()
    for part in re.split(r"( … )", text):
        if part == " … " and waiting:
            closed = "".join(closer for _, closer in reversed(waiting))
            shown += f"{closed}{part}{''.join(opener for opener, _ in waiting)}"
            continue
        shown += part
        for character in part:
            if waiting and (character == waiting[-1][1] or (character == "”" and waiting[-1][0] == "“")):
                waiting.pop()
            elif character in _CLOSERS:
                waiting.append((character, _CLOSERS[character]))
            elif character == '"':
                waiting.append(('"', '"'))
    return shown


def _paired(text: str) -> str:
    text = _NOTHING_QUOTED.sub("", text.rstrip())
    if text.count('"') % 2:
        lone = text.rfind('"')
        opens = lone + 1 < len(text) and not text[lone + 1].isspace() and (lone == 0 or not text[lone - 1].isalnum())
        text = f'{text}"' if opens else f'"{text}'
    text = _paired_curly(text)
    if text.count("''") % 2:
        text = f"{text}''" if text.rfind("''") < len(text) // 2 else f"''{text}"
    return text


def _paired_curly(text: str) -> str:
    """``text`` with partners for “ ”, „ “ and « », the missing ones at its ends."""
    waiting: list[str] = []
    before = ""
    for character in text:
        if waiting and (character == waiting[-1] or (character == "”" and waiting[-1] == "“")):
            waiting.pop()
        elif character in _CLOSERS:
            waiting.append(_CLOSERS[character])
        elif character in _OPENERS:
            before = _OPENERS[character] + before
    return before + text + "".join(reversed(waiting))
