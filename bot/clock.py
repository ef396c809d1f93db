"""The one place that reads the time. Everything else is told what time it is."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits for it."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a made-up time, which every message then has to say."""
        ...

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    async def wait_until(self, instant: datetime) -> None:
        """Return once ``now()`` has reached ``instant``."""
        ...


class RealClock:
    """The machine's clock. A jump of it is noticed within `_LONGEST_NAP`."""

    is_rehearsal = False

    _LONGEST_NAP = 30.0
    """Seconds; a laptop that slept or a clock that was set must not make a reminder wait longer than this."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  the one place

    async def wait_until(self, instant: datetime) -> None:
        """Return once the machine's clock has reached ``instant``."""
        while (left := (instant - self.now()).total_seconds()) > 0:  # noqa: ASYNC110  no event tells the time
            await asyncio.sleep(min(left, self._LONGEST_NAP))


class MovableClock:
    """A clock that starts at a given instant, runs on at normal speed, and can be moved forward.

    ``announced`` says whether messages have to tell that it is a rehearsal (the sandbox page tells it itself).
    """

    def __init__(self, start: datetime, *, announced: bool = True) -> None:
        """Begin at ``start`` (aware)."""
        self.is_rehearsal = announced
        self._ahead = timedelta(0)
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The made-up present instant, aware, in UTC."""
        return self._start + self._ahead + timedelta(seconds=time.monotonic() - self._began)

    def advance(self, delta: timedelta) -> None:
        """Move forward by ``delta``; whoever waits wakes up.

        Raises:
            ValueError: ``delta`` is negative; time does not go back here.

        """
        if delta < timedelta(0):
            message = f"the clock moves forward only, not by {delta}"
            raise ValueError(message)
        self._ahead += delta
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, instant: datetime) -> None:
        """Return once this clock, running or moved, has reached ``instant``."""
        while (left := (instant - self.now()).total_seconds()) > 0:
            moved = self._moved
            try:
                async with asyncio.timeout(left):
                    await moved.wait()
            except TimeoutError:
                continue
