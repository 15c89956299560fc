"""The reference page at /docs, written from the OpenAPI document: plain HTML, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from retriever import errors as inside
from service import errors as outside
from service.http.problems import UNTYPED

Schema = Mapping[str, Any]

_BOUNDS = {"minimum": "least", "maximum": "most", "minLength": "least characters", "maxLength": "most characters"}
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>whosaid: REST reference</title><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/docs/reference.css">
<script type="module" src="/docs/reference.js"></script></head><body>
<header><h1>whosaid: REST reference</h1>
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a>. Shapes come after the endpoints.</p>
<label>Find <input type="search" id="find" placeholder="a path, a field, a word"></label> <output id="count"></output>
</header><main>"""


def page(openapi: Schema) -> str:
    """The whole page. Works without its script, which only filters."""
    return "\n".join([_HEAD, *_endpoints(openapi), *_shapes(openapi), *_problems(), "</main></body></html>"])


def _endpoints(openapi: Schema) -> Iterator[str]:
    yield "<h2>Endpoints</h2>"
    for path, calls in openapi["paths"].items():
        for method, call in calls.items():
            first, _, more = str(call.get("description", "")).partition("\n")
            yield (
                f'<details class="entry"><summary><code class="{method}">{method.upper()}</code> '
                f"<code>{escape(path)}</code> {_marked(first)}</summary>"
            )
            yield f"<p>{_marked(more)}</p>" if more.strip() else ""
            yield from _parameters(call.get("parameters", []))
            for kind, body in call.get("requestBody", {}).get("content", {}).items():
                yield f"<p>Takes <code>{escape(kind)}</code>: {_named(body.get('schema', {}))}</p>"
            for status, response in call["responses"].items():
                yield f"<p>{_response(status, response)}</p>"
            yield "</details>"


def _marked(text: str) -> str:
    """Escaped, with `code` as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text.strip()))


def _note(schema: Schema) -> str:
    """Description, bounds and default."""
    bounds = (f"{word} {schema[key]:,}" for key, word in _BOUNDS.items() if key in schema)
    default = f"default {json.dumps(schema['default'], ensure_ascii=False)}" if schema.get("default") else ""
    return _marked("; ".join(part for part in (schema.get("description", ""), *bounds, default) if part))


def _parameters(parameters: list[Schema]) -> Iterator[str]:
    if not parameters:
        return
    yield "<table><tr><th>name</th><th>where</th><th>type</th><th>about</th></tr>"
    for each in parameters:
        needed = " (required)" if each.get("required") else ""
        yield (
            f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}{needed}</td>"
            f"<td>{_named(each['schema'])}</td><td>{_note(each['schema'])}</td></tr>"
        )
    yield "</table>"


def _response(status: str, response: Schema) -> str:
    kinds = (
        f"<code>{escape(kind)}</code> {_named(body.get('schema', {}))}".strip()
        for kind, body in response.get("content", {}).items()
    )
    meaning = "otherwise" if status == "default" else status
    return f"<strong>{escape(meaning)}</strong> {_marked(response.get('description', ''))} {', '.join(kinds)}"


def _shapes(openapi: Schema) -> Iterator[str]:
    yield "<h2>Shapes</h2>"
    for name, schema in sorted(openapi.get("components", {}).get("schemas", {}).items()):
        yield f'<details class="entry" id="{escape(name)}"><summary><code>{escape(name)}</code></summary>'
        yield f"<p>{_marked(schema.get('description', ''))}</p>"
        required = schema.get("required", [])
        yield "<table><tr><th>field</th><th>type</th><th>about</th></tr>"
        for field, about in schema.get("properties", {}).items():
            needed = " (required)" if field in required else ""
            kind = _named(about) + needed
            yield f"<tr><td><code>{escape(field)}</code></td><td>{kind}</td><td>{_note(about)}</td></tr>"
        yield "</table></details>"


def _named(schema: Schema) -> str:
    """A type in words, with links to shapes."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(_named(each) for each in schema[choice])
    if "enum" in schema:
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_named(schema.get('items', {}))}"
    return escape(" ".join(str(schema[key]) for key in ("type", "format") if key in schema))


def _problems() -> Iterator[str]:
    yield "<h2>Problems</h2><p>Every error is <code>application/problem+json</code>; these are its codes.</p>"
    told = {kind.code: (kind.__doc__ or "").partition("\n")[0] for kind in _kinds()}
    for code, about in sorted({**told, **UNTYPED}.items()):
        yield f'<div class="entry" id="problem-{code}"><p><code>{code}</code> {escape(about)}</p></div>'


def _kinds() -> set[type[Any]]:
    trees: set[type[Any]] = {outside.ServiceError, inside.RetrieverError}
    return trees | {below for tree in trees for below in _below(tree)}


def _below(kind: type[Any]) -> set[type[Any]]:
    return {below for each in kind.__subclasses__() for below in ({each} | _below(each))}
