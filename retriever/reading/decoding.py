"""Bytes go in, text comes out, whatever encoding it was saved in, or the reason why it is no text."""

from __future__ import annotations

import codecs
import re

from retriever.reading.articles import unreadable

_MARKS = (  # longest first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What archives are found in. Everything charset-normalizer knows would take random bytes for EBCDIC.
_OLD_ENCODINGS = ["cp1252", "cp1250", "cp1251", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp1256"]
# What browsers read instead of what a page names: what pages written on Windows mean by it.
_RATHER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
}
_PLAIN = "<+a>\\t"  # what names its encoding in ASCII is in one that leaves ASCII as it is
_STRAY = re.compile("[\udc80-\udcff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_NOT_TEXT = 0.02  # share of characters; a text with a few broken bytes stays far below
_FEW = 2  # characters that prove nothing in a short text
_REMEDY = "Save it as text in UTF-8, or give it the suffix of its kind."


def decoded(content: bytes, *, name: str, told: str | None = None) -> str:
    """The text. UTF-8 with stray Windows characters is read as both; of other old encodings the one that the file is
    ``told`` to be in, where its bytes bear that out, else they are recognised.

    Raises UnreadableFile when the bytes are no text in any of them.
    """
    text = _by_mark(content) or _wide(content) or _utf8(content) or _as_told(content, told) or _old(content)
    if text is None or len(_NOT_TEXT.findall(text)) > max(_FEW, _MOST_NOT_TEXT * len(text)):
        raise unreadable(name, "is not text (binary content)", _REMEDY)
    return text


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    return None


def _utf8(content: bytes) -> str | None:
    """Strict UTF-8, or UTF-8 in which the broken bytes are few beside what is whole: those are read as Windows-1252."""
    text = content.decode("utf-8", "surrogateescape")
    broken = _STRAY.findall(text)
    if not broken:
        return text
    whole = len(text) - len(broken) - sum(map(str.isascii, text))
    if len(broken) > max(whole, 0):
        return None
    return _STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _as_told(content: bytes, told: str | None) -> str | None:
    """None where Python knows no encoding of the name, or the bytes are not in it."""
    try:
        encoding = codecs.lookup(told or "").name
        encoding = _RATHER.get(encoding, encoding)
        return content.decode(encoding) if _PLAIN.encode().decode(encoding) == _PLAIN else None
    except (LookupError, UnicodeError):
        return None


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark, as some Windows programs write it: every second byte of Latin text is zero."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    half = len(content) // 2
    if half < 2 or max(even, odd) < 0.3 * half or min(even, odd) > 0.05 * half:
        return None
    return content.decode("utf-16-be" if even > odd else "utf-16-le", "replace")


def _old(content: bytes) -> str | None:
    """Western text with a few accents and quotation marks is Windows-1252; the rest is for the library to tell."""
    high = sum(byte >= 0x80 for byte in content)
    if high <= 0.1 * len(content):
        return content.decode("cp1252", "replace")

    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=_OLD_ENCODINGS).best()
    return str(best) if best else None
