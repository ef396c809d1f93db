"""What the sandbox page shows of the bot's time."""

from __future__ import annotations

from datetime import datetime

from bot import reminders
from bot.clock import Clock
from faq import Call
from faq.answering import moment_text


class Timeline:
    """The call's clock: what time it is, when the next reminder goes out, when the call closes."""

    def __init__(self, call: Call, clock: Clock) -> None:
        """Tell of ``call`` by ``clock``."""
        self._call = call
        self._clock = clock

    async def next_reminder(self) -> datetime | None:
        """When the next step is reached."""
        deadline = self._call.deadline
        return deadline and reminders.next_due_at(deadline, self._call.steps, self._clock.now())

    def deadline(self) -> datetime | None:
        """When the call closes."""
        return self._call.deadline and self._call.deadline.instant

    def label(self, now: datetime) -> str:
        """The time as the call's people read it."""
        return str(moment_text(self._call, now, language=self._call.languages[0])) if self._call.deadline else str(now)
