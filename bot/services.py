"""What a handler may use, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.current import CurrentCall
from bot.desk.desk import Desk
from bot.learning.grouping import Grouper
from bot.learning.matching import CurrentMatcher
from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import Outcome
from bot.rules.roles import Roles
from bot.store import Store
from bot.texts import Texts
from faq import Call, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts of the running bot.

    ``wake_sender`` tells the sender that something was queued, ``settled`` the dispatcher that an update's handling is
    recorded (or, with False, that its person was answered although it could not be). ``send_unrecorded`` sends at once
    and keeps nothing. ``send_rate`` is how many messages a second may go out.
    """

    clock: Clock
    current: CurrentCall
    matcher: CurrentMatcher
    grouper: Grouper
    texts: Texts
    store: Store
    office: Office
    wake_sender: Callable[[], None]
    settled: Callable[[int, bool], None]
    send_unrecorded: Callable[[int, Message], Awaitable[Outcome]]
    send_rate: float

    @property
    def call(self) -> Call:
        """The call as it stands at this moment."""
        return self.current.call

    @property
    def roles(self) -> Roles:
        """Who may do what at this moment."""
        return self.office.roles

    def desk(self, now: datetime) -> Desk:
        """The desk at a moment."""
        current = self.current
        return Desk(call=current.call, texts=self.texts, office=self.office, version=current.version, now=now)

    async def decide(self, text: str) -> Decision:
        """What ``text`` asks for; in a thread, because a long dictation takes milliseconds."""
        return await asyncio.to_thread(self.matcher.match, text)
