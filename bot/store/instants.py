"""Instants as the database keeps them: ISO 8601, UTC, microseconds, so that they sort as text."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=256)
def stored(instant: datetime) -> str:
    """An aware instant as text."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """The aware instant that `stored` wrote."""
    return datetime.fromisoformat(text)
