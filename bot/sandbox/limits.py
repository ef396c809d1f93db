"""Telegram's limits on sending, as real sliding windows over a monotonic clock."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages a window of so many seconds takes: in all, to one chat, to one group.

    Telegram's FAQ asks for 30 a second in all, one a second to a chat (with short bursts let through) and 20 a minute
    to a group; a burst of 20 in 20 seconds is how this stand-in reads the second.
    """

    overall: tuple[int, float] | None = (30, 1.0)
    chat: tuple[int, float] | None = (20, 20.0)
    group: tuple[int, float] | None = (20, 60.0)

    @classmethod
    def none(cls) -> Limits:
        """No limits, for tests and benchmarks of something else."""
        return cls(None, None, None)


@dataclass
class Windows:
    """What was let through lately."""

    limits: Limits
    _sent: dict[object, deque[float]] = field(default_factory=dict[object, deque[float]])

    def pass_or_refuse(self, chat_id: int) -> None:
        """Count a message.

        Raises:
            ApiError: 429 with ``retry_after`` in seconds, when a window is full.

        """
        now = time.monotonic()
        per_chat = self.limits.group if chat_id < 0 else self.limits.chat
        checks = [(key, limit) for key, limit in (("all", self.limits.overall), (chat_id, per_chat)) if limit]
        for key, (most, seconds) in checks:
            sent = self._sent.setdefault(key, deque())
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                wait = max(1, math.ceil(sent[0] + seconds - now))
                raise ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        for key, _ in checks:
            self._sent[key].append(now)
