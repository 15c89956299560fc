"""What Prometheus is told at /metrics: one registry an app, so that two apps in one process do not mix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from service.records import Answer

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 0.75, 1.5, 3.0, 10.0)


class Metrics:
    """Counters and histograms of one app."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "whosaid_requests", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self._questions = Histogram(
            "whosaid_question_seconds", "time from question to whole answer", buckets=SECONDS, registry=self.registry
        )
        self._declined = Counter("whosaid_declined", "answers declined", ["reason"], registry=self.registry)
        self._failed = Counter("whosaid_failed", "questions that failed", ["code"], registry=self.registry)
        self._outcomes = Counter("whosaid_ingested", "files ingested", ["status"], registry=self.registry)

    def request(self, method: str, route: str, status: int) -> None:
        """Count a finished request; ``route`` is the pattern, never the path, so that labels stay few."""
        self._requests.labels(method, route, str(status)).inc()

    def answered(self, answer: Answer, seconds: float) -> None:
        """Count an answer and the time it took."""
        self._questions.observe(seconds)
        if answer.declined:
            self._declined.labels(answer.reason or "unsupported").inc()

    def failed(self, code: str) -> None:
        """Count a question that ended in a problem."""
        self._failed.labels(code).inc()

    def ingested(self, status: str) -> None:
        """Count one outcome of an ingest."""
        self._outcomes.labels(status).inc()

    def measure_index(self, sizes: Callable[[], Mapping[str, int]]) -> None:
        """Report the index's sizes, asked for at each scrape."""
        self.registry.register(_IndexSizes(sizes))

    def text(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self.registry)


class _IndexSizes(Collector):
    def __init__(self, sizes: Callable[[], Mapping[str, int]]) -> None:
        self._sizes = sizes

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return []  # nothing is asked of the index at registration

    def collect(self) -> Iterable[GaugeMetricFamily]:
        family = GaugeMetricFamily("whosaid_index_size", "what the index holds", labels=["kind"])
        for kind, size in self._sizes().items():
            family.add_metric([kind], size)
        yield family
