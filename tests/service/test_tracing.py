"""Spans are sent where OpenTelemetry's variables name a collector, and only there."""

from __future__ import annotations

import logging
import sys

import pytest
from langchain_core.runnables import RunnableLambda

from service import tracing
from tests.service.chatmodel.test_model import ASKED, faked


def test_without_a_collector_nothing_is_switched_on() -> None:
    assert not tracing.traced({})
    assert not tracing.traced({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "true"})


def test_a_missing_package_is_logged_with_its_remedy_and_without_a_password(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "openinference.instrumentation.langchain", None)
    monkeypatch.setattr(tracing, "_provider", lambda _: None)
    with caplog.at_level(logging.WARNING, "whosaid"):
        assert not tracing.traced({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://me:hunter2@collector:4318"})
    (record,) = caplog.records
    fields = vars(record)["fields"]
    assert fields["collector"] == "collector:4318"
    assert ".[tracing]" in fields["remedy"]


def test_a_chain_and_the_model_in_it_become_spans_of_one_trace() -> None:
    instrumentation = pytest.importorskip("openinference.instrumentation.langchain", reason="extra tracing is missing")
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracing.instrumented(provider)
    try:
        model = faked("The harbour master.")
        chain: RunnableLambda[str, str] = RunnableLambda(lambda _: model.whole(ASKED))
        chain.invoke("Who?")
    finally:
        instrumentation.LangChainInstrumentor().uninstrument()
    inner, outer = kept.get_finished_spans()
    assert inner.name == "GenericFakeChatModel"
    assert inner.parent is not None
    assert outer.context is not None
    assert inner.parent.span_id == outer.context.span_id
