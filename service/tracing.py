"""OpenTelemetry's own variables go in; every step of a chain goes to the collector that they name, as spans."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from service.journal import journal

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_INSTALLING = '.venv/bin/pip install -c .constraints.txt -e ".[tracing]"'


def traced(environ: Mapping[str, str] = os.environ) -> bool:
    """Switch spans on where a collector is named; whether they are. Done once, at the start. Raises nothing: where the
    packages are missing, the log names the command that installs them.
    """
    place = next((environ[name] for name in _ENDPOINTS if environ.get(name)), None)
    if place is None or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    try:
        provider = _provider(environ)
        instrumented(provider)
    except ImportError as error:
        journal().warning(
            "no traces: a collector is named, but a package is missing",
            extra={"fields": {"collector": _shown(place), "missing": error.name, "remedy": _INSTALLING}},
        )
        return False
    journal().info("traces", extra={"fields": {"collector": _shown(place)}})
    return True


def instrumented(provider: TracerProvider) -> None:
    """Make a span of every run of LangChain's from now on. Raises ImportError without the extra ``tracing``."""
    from openinference.instrumentation.langchain import LangChainInstrumentor

    LangChainInstrumentor().instrument(tracer_provider=provider)


def _provider(environ: Mapping[str, str]) -> TracerProvider:
    """Sends in the background, and what is left when the process ends; names the service unless it is named."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter

    exporter: SpanExporter
    if next((environ[name] for name in _PROTOCOLS if environ.get(name)), "http/protobuf") == "grpc":
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as OverGrpc

        exporter = OverGrpc()
    else:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter()
    name = {} if environ.get("OTEL_SERVICE_NAME") else {"service.name": "whosaid"}
    provider = TracerProvider(resource=Resource.create(name))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _shown(place: str) -> str:
    """Without a password."""
    return place.rpartition("@")[2]
