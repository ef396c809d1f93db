"""Time zones from the pinned tzdata package only: the zone files of many machines are an hour wrong for Morocco."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CANARIES = (
    # Morocco lived at UTC+1 in summer 2025 (decree 2.18.855), spends Ramadan at UTC+0, and went to
    # UTC+0 for good on 2026-09-20 (first in tzdata 2026.3).
    ("Africa/Casablanca", datetime(2025, 7, 24, 14, tzinfo=UTC), timedelta(hours=1)),
    ("Africa/Casablanca", datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(0)),
    ("Africa/Casablanca", datetime(2026, 8, 1, 12, tzinfo=UTC), timedelta(hours=1)),
    ("Africa/Casablanca", datetime(2026, 10, 1, 12, tzinfo=UTC), timedelta(0)),
    ("Africa/Casablanca", datetime(2027, 7, 1, 12, tzinfo=UTC), timedelta(0)),
)


_REMEDY = "install the tzdata package, version 2026.3 or newer (make run does)"


class StaleZoneDataError(Exception):
    """The time zone data in use gives an hour that is known to be wrong."""


def pin() -> None:
    """Read time zones from the tzdata package alone, never from the machine's own files."""
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()


def check() -> None:
    """Compare the zone data with hours that are known for certain.

    Raises:
        StaleZoneDataError: one of them differs; no local time may be shown or scheduled.

    """
    for name, instant, offset in _CANARIES:
        try:
            found = instant.astimezone(ZoneInfo(name)).utcoffset()
        except ZoneInfoNotFoundError as error:
            message = f"time zone data is stale: {name} is not in it; {_REMEDY}"
            raise StaleZoneDataError(message) from error
        if found != offset:
            message = (
                f"time zone data is stale: {name} on {instant:%Y-%m-%d} is UTC+{offset}, not UTC+{found}; {_REMEDY}"
            )
            raise StaleZoneDataError(message)
