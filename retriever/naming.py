"""A name as an article writes it in one place goes in, the fullest form that the article has of it comes out.

"Wang" becomes "Wang Yi", "SECRETARY BLAKE" becomes "Jane Blake": where the article says so, and never from a headline,
in which every word looks like a name.
"""

from __future__ import annotations

import re

from retriever.records import Article
from retriever.wording import content_words

_TITLES = frozenset(
    """mr mrs ms dr north south east west prof professor sir dame lord lady president vice prime minister ministers
    foreign secretary deputy ambassador senator sen rep representative congressman congresswoman governor gov mayor
    chancellor premier chairman chairwoman chair chief spokesperson spokesman spokeswoman director general former acting
    assistant under state special envoy judge justice king queen prince princess crown minister-designate leader the
    chinese japanese american us defense defence finance external affairs cabinet national security adviser advisor
    attorney press host counselor commissioner coordinator administrator officer democrat republican candidate nominee
    author political analyst""".split()
)
_ROLES = frozenset(
    """question journalist reporter q moderator operator interpreter staff host presenter caller speaker participant
    audience answer a clip""".split()
)
_BODIES = frozenset(
    """
    Ministry Department Office Agency Commission Committee Council Bureau Embassy House Party Sea Strait Straits
    Island Islands Peninsula Airlines Olympics University Bank Court
    """.split()
)
# Words that open a sentence, or stand beside a name, without being part of it (beside those that carry no meaning).
_BESIDE = frozenset(
    """while however meanwhile although though since yet today yesterday tomorrow earlier later like unlike instead
    perhaps now last next neither either nor remarks statement speech readout call meeting asked according also even
    still once whether under monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.'’\-]*"


def of_label(article: Article, label: str) -> str | None:
    """Whose turn a transcript's label opens: the name in full where the article has it; role words name nobody."""
    words = label.replace(".", "").split()
    if all(word.lower() in _ROLES for word in words):
        return None
    surname = behind_titles(words)
    if not surname or any(word.lower() in ("official", "officials") for word in words):
        sole = _sole_author(article)
        return sole if sole and words[0].lower() in ("prime", "president", "pm", "the") else label.title()
    text = f"{article.author or ''}\n{article.title or ''}\n{article.text}"
    return full_name(text, _as_spelt(text, " ".join(surname)))


def _as_spelt(text: str, capitals: str) -> str:
    """ "MCBRIDE" as the text spells it elsewhere: "McBride"."""
    found = (match[0] for match in re.finditer(rf"\b{re.escape(capitals)}\b", text, re.I))
    return next((spelt for spelt in found if spelt[0].isupper() and not spelt.isupper()), capitals.title())


def full_name(text: str, name: str) -> str:
    """The first way in which a text names someone in full: "Wang" -> "Wang Yi", "Price" -> "Ned Price"; the name
    itself where the text does not.
    """
    words = behind_titles(name.split()) or name.split()
    if len(words) != 1 or words[0] in _BODIES:
        return " ".join(words if words[0] not in _BODIES else name.split())
    surname = re.escape(words[0])
    for match in re.finditer(rf"(?P<given>{_CAPITALISED})(?P<initials>(?: [A-Z]\.){{0,2}}) {surname}\b", text):
        if not _no_given_name(match["given"]) and not _headline(text, match.start()):
            return f"{match['given']}{match['initials']} {words[0]}"
    for match in re.finditer(rf"{surname} (?P<given>[A-Z][a-zà-öø-ÿ]+(?:-[a-z]+)?)\b(?! [A-Z])", text):
        if not _no_given_name(match["given"]) and not _headline(text, match.start()):
            return f"{words[0]} {match['given']}"
    return words[0]


def behind_titles(words: list[str]) -> list[str]:
    """The name behind its titles, whatever those are titles of: "Harbour Minister Brandt" -> "Brandt"."""
    last = max((n for n, word in enumerate(words[:-1]) if word.lower().strip(".,") in _TITLES), default=-1)
    return [word for word in words[last + 1 :] if word.lower().strip(".,") not in _TITLES]


def is_body(name: str) -> bool:
    """Whether a name is that of an office, a house or a place, by its words."""
    return any(word in _BODIES for word in name.split())


def _no_given_name(word: str) -> bool:
    """Titles, words that merely open a sentence, possessives and capitals throughout are no given names."""
    plain = word.lower().strip(".,’'")
    return (
        plain in _TITLES
        or plain in _BESIDE
        or not content_words(plain)
        or word in _BODIES
        or word.endswith((".", "’s", "'s"))
        or (word.isupper() and len(word) > 1)
    )


def _headline(text: str, place: int) -> bool:
    """Whether the line around a place writes every word with a capital; a line with a comma lists people."""
    line = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    words = line.split()
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 5 and "," not in line and capitals > 0.75 * len(words) and not _introduced(text, place)


def _introduced(text: str, place: int) -> bool:
    """Whether "by" or "with", and a title with what it is of at most, stand in front: "With Harbour Minister …"."""
    before = text[text.rfind("\n", 0, place) + 1 : place].lower().replace(".", "").split()[-4:]
    titled = len(before) > 1 and before[-1] in _TITLES
    return any(word in ("by", "with") for word in (before if titled else before[-1:]))


def _sole_author(article: Article) -> str | None:
    if not article.author or len(re.findall(r",| and |;", article.author)) > 1:
        return None
    last, comma, first = article.author.partition(", ")
    return f"{first} {last}" if comma and first.count(" ") <= 1 and first.istitle() else article.author
