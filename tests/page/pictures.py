"""PNG in, a smaller PNG out: at most 256 colours, which is all that a page of text needs."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
COLOURS = 256
HEAD = b"\x89PNG\r\n\x1a\n"


def smaller(png: bytes) -> bytes:
    """The same picture with its most frequent colours, every other one replaced by the nearest of them.

    Takes what Chromium writes: 8 bits, RGB or RGBA of which the transparency is left out, not interlaced.
    """
    pixels = _pixels(png)
    height, width, _ = pixels.shape
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], np.uint32)).sum(axis=2, dtype=np.uint32)
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    spread = np.stack([colours >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    palette = spread[np.argsort(-counts, kind="stable")[:COLOURS]]
    nearest = np.array([((palette - one) ** 2).sum(axis=1).argmin() for one in spread], np.uint8)
    rows = np.concatenate([np.zeros((height, 1), np.uint8), nearest[places].reshape(height, width)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = {b"IHDR": head, b"PLTE": palette.astype(np.uint8).tobytes(), b"IDAT": zlib.compress(rows.tobytes(), 9)}
    return HEAD + b"".join(_chunk(kind, content) for kind, content in {**parts, b"IEND": b""}.items())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _pixels(png: bytes) -> Bytes:
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) in ((8, 2), (8, 6)), "not a PNG as Chromium writes it"
    packed, at = b"", len(HEAD)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += size + 12
    deep = 3 if kind == 2 else 4
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * deep)
    return _unfiltered(lines, deep).reshape(height, width, deep)[:, :, :3]


def _unfiltered(lines: Bytes, deep: int) -> Bytes:
    above = np.zeros(lines.shape[1] - 1, np.uint8)
    found = np.empty((len(lines), len(above)), np.uint8)
    for number, line in enumerate(lines):
        above = found[number] = _line(int(line[0]), line[1:], above, deep)
    return found


def _line(kind: int, line: Bytes, above: Bytes, deep: int) -> Bytes:
    if kind in (0, 2):
        return line if kind == 0 else line + above
    if kind == 1:
        return np.cumsum(line.reshape(-1, deep), axis=0, dtype=np.uint8).reshape(-1)
    done = [0] * deep + list(map(int, line))
    upper = [0] * deep + list(map(int, above))
    for at in range(deep, len(done)):
        left, up, corner = done[at - deep], upper[at], upper[at - deep]
        done[at] = (done[at] + ((left + up) // 2 if kind == 3 else _paeth(left, up, corner))) & 255
    return np.array(done[deep:], np.uint8)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
