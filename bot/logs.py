"""Logging whose every line, traceback included, has the secrets taken out."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType

_BOT_TOKEN = re.compile(r"(?<!\d)\d{5,}(:|%3A)[A-Za-z0-9_-]{6,}")
"""Whatever looks like a token, also of another bot: ``123456:AA...``, as text or in an address."""


class Redactor(logging.Formatter):
    """Formats a record, traceback included, and then removes the secrets from the result.

    Redacting what is about to be written, not the record, is what leaves no way round it.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        """Remove these ``secrets`` and whatever looks like a bot token."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted((s for s in secrets if s), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line that is written."""
        return self.redact(super().format(record))

    def redact(self, text: str) -> str:
        """``text`` without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _BOT_TOKEN.sub("[token]", text)


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Send all logs to stderr, redacted, and uncaught exceptions too."""
    redactor = Redactor(secrets)
    handler = logging.StreamHandler()
    handler.setFormatter(redactor)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)

    def excepthook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redactor.redact("".join(traceback.format_exception(kind, error, trace))))

    sys.excepthook = excepthook
