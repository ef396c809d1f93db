"""What a storm does to the bot: exchanges break, and the process is killed while it sends."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from math import inf
from random import Random

from bot.sandbox import Sandbox

Process = asyncio.subprocess.Process


class Weather:
    """What happens at deliveries: exchanges break, and a run is killed when its moment has come."""

    def __init__(self, far_side: Sandbox, random: Random, chance: float) -> None:
        """Make a fault with this ``chance`` at each delivery."""
        self.faults = 0
        self._far_side = far_side
        self._random = random
        self._chance = chance
        self._victim: Process | None = None
        self._deliveries = self._seconds = inf
        far_side.world.watchers.append(self._on_delivery)

    def threaten(self, victim: Process, *, deliveries: int, seconds: float) -> None:
        """Kill a process after so many deliveries, or so many seconds after the first, whatever comes first."""
        self._victim, self._deliveries, self._seconds = victim, deliveries, seconds

    def clear_up(self) -> None:
        """Harm nobody any more."""
        self._far_side.world.watchers.remove(self._on_delivery)

    def _on_delivery(self, event: dict[str, object]) -> None:
        if event["type"] != "message" or self._victim is None:
            return
        if self._random.random() < self._chance:
            faults = self._far_side.faults
            self._random.choice((faults.drop_after, faults.drop_before, faults.fail))("sendmessage")
            self.faults += 1
        if self._seconds < inf:
            asyncio.get_running_loop().call_later(self._seconds, kill, self._victim)
            self._seconds = inf
        self._deliveries -= 1
        if self._deliveries <= 0:
            kill(self._victim)


def kill(process: Process) -> None:
    """Kill it, if it is still there. Not with its own method, which may take the exit code from who waits for it."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
