"""The one loop that sends: claim durably, keep the pace, send, record what came of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot import reminders
from bot.clock import Clock
from bot.messages import Message
from bot.outbox import NotSent, Outcome, Refused
from bot.pacing import Pacer
from bot.services import Services
from bot.store import StoreError, sendings
from bot.store.sendings import Sending
from faq.markup import Html

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT = 100
"""Requests under way; a crash leaves at most so many of unclear delivery."""

_STORE_PAUSE = 5.0
_LONGEST_NAP = 5.0
"""Seconds; a nap ends early whenever something is queued."""

_KEPT = timedelta(days=7)

Send = Callable[[int, Message], Awaitable[Outcome]]


class Sender:
    """Sends what the outbox holds, replies first, within Telegram's limits."""

    def __init__(self, services: Services, *, send: Send, pacer: Pacer, news: asyncio.Event) -> None:
        """Send with ``send``; ``news`` is set when something was queued."""
        self._services = services
        self._stopping = False
        self._send = send
        self._pacer = pacer
        self._news = news
        self._in_flight: set[int] = set()

    async def run(self) -> None:
        """Send until stopped. What a crash left claimed is settled first."""
        left = await self._services.store.write(sendings.interrupted(now=self._clock.now()))
        if left:
            logger.warning("%d messages were being sent when the bot stopped; their delivery is unclear", left)
        async with asyncio.TaskGroup() as tasks:
            tidying = tasks.create_task(self._tidy())
            while not self._stopping:
                self._news.clear()
                try:
                    batch = await self._claim()
                except StoreError as error:
                    logger.error("nothing can be sent: %s", error)  # noqa: TRY400  the message says it all
                    await asyncio.sleep(_STORE_PAUSE)
                    continue
                for sending in batch:
                    self._in_flight.add(sending.chat_id)
                    self._pacer.spend(time.monotonic(), sending.chat_id)
                    tasks.create_task(self._deliver(sending))
                if not batch:
                    await self._rest()
                elif wait := self._pacer.wait_seconds(time.monotonic()):
                    await asyncio.sleep(wait)
            tidying.cancel()

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is under way is recorded."""
        self._stopping = True
        self._news.set()

    @property
    def _clock(self) -> Clock:
        return self._services.clock

    async def _claim(self) -> list[Sending]:
        now = time.monotonic()
        most = min(_MOST_IN_FLIGHT - len(self._in_flight), self._pacer.allowance(now))
        if most <= 0:
            return []
        call = self._services.call
        version = call.deadline.version if call.deadline else 0
        busy = self._in_flight | self._pacer.busy_chats(now)
        return await self._services.store.write(
            sendings.claim(call.id, now=self._clock.now(), version=version, most=most, busy=busy)
        )

    async def _rest(self) -> None:
        """Wait for news, for the pace, or for a sending that was put off."""
        wait = self._pacer.wait_seconds(time.monotonic())
        if wait:
            await asyncio.sleep(wait)
            return
        due = await self._services.store.read(sendings.next_due)
        nap = _LONGEST_NAP if due is None else min(max((due - self._clock.now()).total_seconds(), 0.05), _LONGEST_NAP)
        try:
            async with asyncio.timeout(nap):
                await self._news.wait()
        except TimeoutError:
            return

    async def _deliver(self, sending: Sending) -> None:
        """Send one message and record the outcome; nothing that happens here stops the others."""
        try:
            outcome = await self._send(sending.chat_id, word(self._services, sending, self._clock.now()))
        except Exception as error:
            logger.exception("sending %d could not be made", sending.id)
            outcome = Refused(repr(error))
        if isinstance(outcome, NotSent) and outcome.everyone:
            self._pacer.be_silent(time.monotonic(), outcome.wait_seconds)
        try:
            while True:
                try:
                    state = await self._services.store.write(sendings.finish(sending, outcome, now=self._clock.now()))
                    break
                except StoreError as error:
                    logger.error("the outcome of sending %d waits: %s", sending.id, error)  # noqa: TRY400
                    await asyncio.sleep(_STORE_PAUSE)
            if not hasattr(outcome, "message_id"):
                logger.warning("sending %d to a chat is %s: %s", sending.id, state, outcome)
        finally:
            self._in_flight.discard(sending.chat_id)
            self._news.set()

    async def _tidy(self) -> None:
        while True:
            try:
                await self._services.store.write(sendings.forget(self._clock.now() - _KEPT))
            except StoreError as error:
                logger.error("old sendings stay: %s", error)  # noqa: TRY400
            await self._clock.wait_until(self._clock.now() + _KEPT / 7)


def word(services: Services, sending: Sending, now: datetime) -> Message:
    """What a sending says at ``now``: marked where it is a repeat, and where the clock is a rehearsal's."""
    language = sending.language or services.call.languages[0]
    message = sending.message or reminders.word(services.texts, services.call, language, now=now)
    marks = [
        services.texts.say(language, key)
        for key, holds in (("rehearsal", services.clock.is_rehearsal), ("repeat", sending.attempts > 1))
        if holds
    ]
    return Message(Html("\n\n".join([*marks, message.text])), message.rows) if marks else message
