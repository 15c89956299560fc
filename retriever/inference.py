"""The project's own small models, opened to be run: graphs with int8 weights, kept in the repository."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from retriever.errors import ModelUnusable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def session(weights: Path, *, digest: str, thing: str, threads: int | None = None) -> InferenceSession:
    """Raises ModelUnusable, which names ``thing``, where the file cannot be loaded or has not this SHA-256: other
    weights than those that were measured are never used.
    """
    import onnxruntime

    try:
        found = hashlib.sha256(weights.read_bytes()).hexdigest()
    except OSError as error:
        raise _unusable(thing, weights, f"cannot be read ({error.strerror})") from error
    if found != digest:
        raise _unusable(thing, weights, f"has SHA-256 {found[:12]}… instead of {digest[:12]}…")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.log_severity_level = 3  # errors
    # Threads that wait by spinning take the cores from the service's other threads.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors share no base class below Exception
        raise _unusable(thing, weights, f"cannot be loaded ({error})") from error


def _unusable(thing: str, weights: Path, why: str) -> ModelUnusable:
    return ModelUnusable(why, thing=thing, value=str(weights), remedy="Restore it from the repository.")
