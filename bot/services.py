"""What a handler may use, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.store import Store
from bot.texts import Texts
from faq import Call, Decision, Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts of the running bot. ``wake_sender`` tells the sender that something was queued."""

    clock: Clock
    call: Call
    matcher: Matcher
    texts: Texts
    store: Store
    wake_sender: Callable[[], None]
    settled: Callable[[int], None]

    async def decide(self, text: str) -> Decision:
        """What ``text`` asks for; in a thread, because a long dictation takes milliseconds."""
        return await asyncio.to_thread(self.matcher.match, text)
