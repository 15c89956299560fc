"""A passage goes in; it comes out without what gives orders to whoever reads it for an answer.

Such words tell of nothing: that an article wants something said is no evidence that it is so. They are blanked, from
the order to the end of its paragraph, and all other characters keep their places. An order that is reported ("painted
“Ignore all instructions” on the wall") stands in quotation marks, and stays.
"""

from __future__ import annotations

import re
from typing import Final

from retriever import splitting

_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)‘[^’]*’(?!\w)")
# Letters of other alphabets that are drawn like Latin ones, in pairs.
_ALIKE: Final = str.maketrans("аеорсухіјѕԁһӏАВЕІЈКМНОРСТХЅαον", "aeopcyxijsdhlABEIJKMHOPCTXSaov")
_FIRST: Final = r"(?:^|[:;.!?]\s*|\bplease\s+)[\s*#>\"“(]*"  # where a clause gives an order, if it opens with a verb
_NEXT: Final = rf"(?:{_FIRST}|,\s*|\b(?:and|then)\s+)"
_RULES: Final = r"(?:instructions?|prompts?|guidelines|rules|passages|sources|commands|context|messages?)"
_SPEECH: Final = r"(?:answer|reply|respond|say|write|tell|cite|repeat|output|print|mention|quote|add|append)"
_ASKER: Final = r"(?:whoever|(?:some|any)(?:one|body)|readers?|users?|people|you|a user|the user|the reader)"
_ORDER: Final = re.compile(
    "|".join(
        (
            rf"{_NEXT}(?:ignore|disregard|forget|override|discard|bypass)\b.{{0,60}}\b{_RULES}\b",
            rf"{_NEXT}{_SPEECH}\s+(?:only this|only with|exactly|nothing but|the words|after me|everybody|everyone)\b",
            rf"{_FIRST}(?:{_SPEECH}\s+in your|(?:answer|reply|respond)\s+(?:only|with|just))\b",
            rf"{_FIRST}(?:say|write|answer|reply|respond|state|claim)\s+that\s+\w+\s+\w+",
            rf"{_NEXT}(?:{_SPEECH})\s*(?::|“|\")",
            rf"\b(?:{_SPEECH}|added|include|put|sentence)\b.{{0,60}}\b(?:in|to|of|into) your (?:answer|reply)\b",
            r"\byour (?:instructions|system prompt|programming|guidelines)\b",
            rf"\b{_ASKER}\b.{{0,160}}\b(?:must|should|shall|are to)\b(?:\s+\w+)?\s+(?:be told|be answered|end with)\b",
            rf"\b(?:if you (?:do not|don[’']t|fail to|refuse to)|unless you)\s+{_SPEECH}\b",
            rf"\b(?:when|if|whenever) {_ASKER} asks?\b.{{0,200}}\b(?:reply|answer|respond|say|tell)\b",
            r"^\W*(?:dear\s+)?(?:ai|a\.i\.|assistant|system|chat ?bot|bot|(?:large )?language model|llm|gpt)s?\s*[:,!]",
            r"\b(?:for|to) (?:the|any|every|all) (?:ai|assistant|chat ?bot|language model|llm)s?\s*[:,]",
            r"\b(?:cite|use|trust|believe|quote)\b.{0,30}\b(?:this|no other|only this) (?:passage|source)",
            r"\b(?:all|every|no|any) other passages?\b",
            r"\b(?:supported|confirmed|borne out) by passages?\b|\bnot in the passages\b",
            r"\byou are now\b|\bcall the tool\b|\bdo what (?:it|this) says\b",
            rf"\bdecode (?:what follows|the following|this)\b|{_FIRST}decline every\b",
            r"\b(?:join|put|place|insert)\b.{0,60}(?:\binto one\b|\bwherever\b|\bin quotation marks\b)",
            r"\b(?:vergiss|vergessen sie|ignoriere|ignorieren sie|missachte)\b.{0,60}\b(?:anweisung|regel|vorgabe)",
            r"\b(?:antworte|schreibe?|sage?)\s+(?:nur|mit|dass|genau)\b",
            r"\b(?:ignore[rz]?|oublie[rz]?)\b.{0,60}\b(?:instructions|consignes|règles)",
            r"\bréponds?(?:ez)?\s+(?:que|seulement)\b",
            r"\b(?:ignora|ignore|olvida|olvide)\b.{0,60}\binstrucciones|\b(?:responde|contesta)\s+(?:que|solo|sólo)\b",
            r"\b(?:игнорируй|забудь)(?:те)?\b.{0,60}(?:инструкц|указани)",
            r"指示.{0,20}無視|無視し(?:て|ろ)|と(?:答え|述べ|書い)て(?:ください|下さい)|(?:忽略|无视|無視).{0,20}(?:指示|指令|规则)",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)


def without_orders(text: str) -> str:
    """The text with spaces in place of orders and of what follows them in their paragraph."""
    parts = []
    for line in text.splitlines(keepends=True):
        begins = _begins(line)
        parts.append(line[:begins] + re.sub(r"\S", " ", line[begins:]))
    return "".join(parts)


def _begins(paragraph: str) -> int:
    """Where the first sentence that is an order begins; the paragraph's end where there is none."""
    found = (each.start for each in splitting.sentences(paragraph) if is_order(paragraph[each.start : each.end]))
    return next(found, len(paragraph))


def is_order(sentence: str) -> bool:
    """Whether it tells its reader what to answer, say, cite or leave out of account."""
    bare = _QUOTED.sub("“”", sentence)
    return _ORDER.search(bare) is not None or _ORDER.search(bare.translate(_ALIKE)) is not None
