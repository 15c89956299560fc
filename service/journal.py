"""The log: one JSON object a line on standard error."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


def journal() -> logging.Logger:
    """The service's logger. ``extra={"fields": {...}}`` puts fields of their own into the line."""
    return logging.getLogger("whosaid")


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; a trace becomes the field ``trace``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its line break."""
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


def write_journal(level: str) -> None:
    """Send the log of this service and of the web server to standard error. Done once, by ``whosaid serve``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, least in (("whosaid", level), ("uvicorn.error", "warning")):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(least.upper())
