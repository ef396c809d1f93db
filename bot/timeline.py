"""What the sandbox page shows of the bot's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock
from bot.rules import plan
from faq import Call
from faq.answering import moment_text


class Timeline:
    """The call's clock: what time it is, when the next reminder goes out, when the call closes."""

    def __init__(self, current: Callable[[], Call], clock: Clock) -> None:
        """Tell of the call that ``current`` gives at each moment, by ``clock``."""
        self._current = current
        self._clock = clock

    async def next_reminder(self) -> datetime | None:
        """When the next step is reached."""
        call, now = self._current(), self._clock.now()
        deadline = None if call.deadline is None or call.deadline.cancelled else call.deadline
        ahead = [step.sent_at for step in plan.moments(deadline, call.steps)] if deadline else []
        return min((at for at in ahead if at > now), default=None)

    def deadline(self) -> datetime | None:
        """When the call closes."""
        deadline = self._current().deadline
        return deadline and deadline.instant

    def label(self, now: datetime) -> str:
        """The time as the call's people read it."""
        call = self._current()
        return str(moment_text(call, now, language=call.languages[0]))
