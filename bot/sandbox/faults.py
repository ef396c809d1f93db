"""Faults on demand: a long way, delays, broken connections, server errors and storms of 429."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.errors import ApiError


class Stage(StrEnum):
    """How far a call has come on this side."""

    ARRIVED = "arrived"
    HANDLED = "handled"
    ANSWERED = "answered"


@dataclass
class Fault:
    """Something that goes wrong with the next ``times`` calls of a method ("*": any)."""

    method: str
    times: int
    delay: float = 0.0
    status: int | None = None
    drop: str | None = None

    async def strikes(self) -> bool:
        """Do what goes wrong before the call is handled; True where the connection is to be broken.

        Raises:
            ApiError: a server error.

        """
        await asyncio.sleep(self.delay)
        if self.status is not None:
            raise ApiError(self.status, "Bad Gateway")
        return self.drop == "before"


@dataclass
class Faults:
    """What is to go wrong. A message is ``round_trip`` seconds on its way, half before it is handled, half after."""

    round_trip: float = 0.0
    watch: Callable[[str, Stage], None] | None = None
    """Told of each call (its method) at each stage, for tests that kill the bot there."""
    _faults: list[Fault] = field(default_factory=list[Fault])
    _storm_until: float = 0.0

    def delay(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Answer later."""
        self._faults.append(Fault(method, times, delay=seconds))

    def drop_before(self, method: str, *, times: int = 1) -> None:
        """Break the connection before anything is done."""
        self._faults.append(Fault(method, times, drop="before"))

    def drop_after(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, then break the connection instead of answering."""
        self._faults.append(Fault(method, times, drop="after"))

    def fail(self, method: str, *, status: int = 502, times: int = 1) -> None:
        """Answer with a server error."""
        self._faults.append(Fault(method, times, status=status))

    def too_many_requests(self, seconds: float) -> None:
        """Refuse every message with a 429 for so long."""
        self._storm_until = time.monotonic() + seconds

    def storm_check(self) -> None:
        """Refuse while a storm lasts.

        Raises:
            ApiError: 429.

        """
        left = self._storm_until - time.monotonic()
        if left > 0:
            wait = max(1, round(left + 0.499))
            raise ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})

    def reached(self, method: str, stage: Stage) -> None:
        """Tell who watches."""
        if self.watch is not None:
            self.watch(method, stage)

    def take(self, method: str) -> Fault | None:
        """The fault that hits this call, if any."""
        for fault in self._faults:
            if fault.method in {method, "*"} and fault.times > 0:
                fault.times -= 1
                return fault
        return None
