"""The address of a model server goes in; how much its model can read, and a counter of its tokens, come out.

OpenAI's interface tells neither; llama.cpp, llama-cpp-python, vLLM and Ollama do, each in its own way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.chatmodel.provider import Wanted, parsed

if TYPE_CHECKING:
    import httpx

_PATIENCE = 3.0  # seconds a request: whoever asks has a question waiting
_OLLAMA = "http://127.0.0.1:11434"
_PROBE = "who said what"


@dataclass(frozen=True, slots=True)
class Probed:
    """``context`` in tokens; ``count`` returns None where the server does not answer."""

    reached: bool
    context: int | None = None
    count: Callable[[str], int | None] | None = None


UNTOLD = Probed(reached=True)  # a provider that tells neither


def probed(wanted: Wanted) -> Probed:
    """What the server says of its model. Raises nothing: a server that says nothing is as one that is not there."""
    provider, name = parsed(wanted.model)
    if provider == "ollama":
        return _ollama(_Server(wanted.base or _ollama_host(), wanted.secret), name)
    if provider != "openai" or not wanted.base:
        return UNTOLD
    server = _Server(wanted.base.removesuffix("/v1"), wanted.secret)
    listed = server.told("GET", wanted.base.removeprefix(server.root) + "/models")
    if not server.reached:
        return Probed(reached=False)
    context = _number(server.told("GET", "/props"), "default_generation_settings", "n_ctx") or _listed(listed, name)
    return Probed(True, context, next(_counters(server, name), None))


def _ollama_host() -> str:
    host = os.environ.get("OLLAMA_HOST") or _OLLAMA
    return host if "://" in host else f"http://{host if ':' in host else host + ':11434'}"


def _ollama(server: _Server, name: str) -> Probed:
    shown = server.told("POST", "/api/show", {"model": name})
    about = shown.get("model_info") if isinstance(shown, Mapping) else None
    found = [value for key, value in (about or {}).items() if key.endswith(".context_length") and _is_count(value)]
    return Probed(server.reached, next(iter(found), None))


def _counters(server: _Server, name: str) -> Iterator[Callable[[str], int | None]]:
    """Those that the server has: llama.cpp's, vLLM's, llama-cpp-python's."""
    ways: tuple[tuple[str, Callable[[str], Mapping[str, Any]], str], ...] = (
        ("/tokenize", lambda text: {"content": text}, "tokens"),
        ("/tokenize", lambda text: {"model": name, "prompt": text}, "count"),
        ("/extras/tokenize/count", lambda text: {"input": text}, "count"),
    )
    for path, asked, key in ways:

        def count(
            text: str, path: str = path, asked: Callable[[str], Mapping[str, Any]] = asked, key: str = key
        ) -> int | None:
            found = server.told("POST", path, asked(text))
            value = found.get(key) if isinstance(found, Mapping) else None
            tokens = len(value) if isinstance(value, list) else value
            return tokens if _is_count(tokens) else None

        if count(_PROBE):
            yield count


def _listed(listed: Any, name: str) -> int | None:
    """vLLM's list of models says how much each can read."""
    models = listed.get("data") if isinstance(listed, Mapping) else None
    for model in models if isinstance(models, list) else ():
        if isinstance(model, Mapping) and model.get("id") == name and _is_count(model.get("max_model_len")):
            return int(model["max_model_len"])
    return None


def _number(found: Any, *keys: str) -> int | None:
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return int(found) if _is_count(found) else None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


class _Server:
    """``reached``: it answered, whatever it said."""

    def __init__(self, root: str, secret: str) -> None:
        self.root, self.reached = root, False
        self._headers = {"Connection": "close", **({"Authorization": f"Bearer {secret}"} if secret else {})}
        self._client: httpx.Client | None = None

    def told(self, method: str, path: str, asked: Mapping[str, Any] | None = None) -> Any:
        """The JSON it answers with; None where it does not, or says that there is no such thing."""
        import httpx

        try:
            self._client = self._client or httpx.Client(headers=self._headers, timeout=_PATIENCE)
            response = self._client.request(method, self.root + path, json=asked)
            self.reached = True
            return response.json() if response.is_success else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return None
