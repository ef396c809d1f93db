"""The one loop that sends: claim durably, keep the pace, send, record what came of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.broadcasts.copies import Copies
from bot.clock import Clock
from bot.deadline.reminders import Wording
from bot.desk import failing
from bot.messages import CAPTION_LIMIT, TEXT_LIMIT, Message
from bot.rules.outbox import Ambiguous, Kind, Migrated, NotSent, Outcome, Refused, Sent, Stale, State
from bot.rules.pacing import Pacer
from bot.rules.plan import is_quiet
from bot.services import Services
from bot.store import StoreError, UnusableStoreError, claiming, posting, sendings, tallies
from bot.store.database import Database
from bot.store.sendings import Sending
from faq.answering import notice_text
from faq.markup import Html, utf16_length

logger = logging.getLogger(__name__)

_MOST_IN_FLIGHT = 250
"""Requests under way; a crash leaves at most so many of unclear delivery."""

_STORE_PAUSE = 5.0
_FAULT_PAUSE = 1.0
_REPAIR_PAUSE = 60.0
_LONGEST_NAP = 5.0
"""Seconds; a nap ends early whenever something is queued."""

Send = Callable[[int, Message], Awaitable[Outcome]]


class Sender:
    """Sends what the outbox holds, replies first, within Telegram's limits."""

    def __init__(self, services: Services, *, send: Send, pacer: Pacer, news: asyncio.Event) -> None:
        """Send with ``send``; ``news`` is set when something was queued."""
        self._services = services
        self._stopping = asyncio.Event()
        self._send = send
        self._pacer = pacer
        self._news = news
        self._in_flight: set[int] = set()
        self._wording = Wording(services.texts)
        self._copies = Copies(services.store, services.texts)

    async def run(self) -> None:
        """Send until stopped. What a crash left claimed is settled first."""
        left = await self._services.store.write(self._interrupted)
        if left:
            logger.warning("%d messages were being sent when the bot stopped; their delivery is unclear", left)
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping.is_set():
                self._news.clear()
                try:
                    batch = await self._claim()
                    for sending in batch:
                        tasks.create_task(self._deliver(sending))
                    if not batch:
                        await self._rest()
                except UnusableStoreError:
                    raise
                except StoreError as error:
                    logger.error("nothing can be sent: %s", error)  # noqa: TRY400  the message says it all
                    await self._pause(_STORE_PAUSE)

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is under way is recorded."""
        self._stopping.set()
        self._news.set()

    @property
    def _clock(self) -> Clock:
        return self._services.clock

    async def send_unrecorded(self, chat_id: int, message: Message) -> Outcome:
        """Send at once what can't be queued because the store fails; it keeps the pace and is not sent again."""
        while wait := self._pacer.wait_seconds(time.monotonic()):
            if self._stopping.is_set():
                return NotSent("the bot is ending", 0.0)
            await self._pause(wait)
        self._pacer.spend(time.monotonic(), chat_id)
        outcome = await self._send(chat_id, message)
        self._pacer.answered(time.monotonic(), chat_id)
        self._slow_down(outcome)
        return outcome

    async def _claim(self) -> tuple[Sending, ...]:
        now = time.monotonic()
        most = min(_MOST_IN_FLIGHT - len(self._in_flight), self._pacer.allowance(now))
        if most <= 0:
            return ()
        busy = self._in_flight | self._pacer.busy_chats(now)
        change = claiming.claim(
            self._services.call.id,
            now=self._clock.now(),
            most=most,
            busy=busy,
            office=self._services.office,
            quiet=self._is_quiet(),
        )
        claimed = await self._services.store.write(change)
        if claimed.version != self._services.current.version and not await self._has_caught_up(claimed.sendings):
            return ()
        for sending in claimed.sendings:
            self._in_flight.add(sending.chat_id)
            self._pacer.spend(time.monotonic(), sending.chat_id)
        return claimed.sendings

    async def _has_caught_up(self, claimed: Sequence[Sending]) -> bool:
        """Read the deadline that holds; where that can't be done, what was claimed for it goes back."""
        try:
            await self._services.current.refresh()
        except StoreError as error:
            for sending in claimed:
                await self._record(sending, NotSent(str(error), _STORE_PAUSE))
            return False
        return True

    def _is_quiet(self) -> bool:
        deadline = self._services.call.deadline
        return deadline is not None and is_quiet(deadline, self._clock.now())

    async def _rest(self) -> None:
        """Wait for news, for the pace, or for a sending that was put off."""
        wait = self._pacer.wait_seconds(time.monotonic())
        if wait:
            await self._pause(wait)
            return
        if len(self._in_flight) >= _MOST_IN_FLIGHT:
            await self._news.wait()
            return
        call, office, now, quiet = self._services.call.id, self._services.office, self._clock.now(), self._is_quiet()
        due = await self._services.store.read(lambda db: tallies.next_due(db, call, office, now=now, quiet=quiet))
        nap = _LONGEST_NAP if due is None else min(max((due - self._clock.now()).total_seconds(), 0.05), _LONGEST_NAP)
        try:
            async with asyncio.timeout(nap):
                await self._news.wait()
        except TimeoutError:
            return

    async def _pause(self, seconds: float) -> None:
        """Wait for so long, or until it is time to stop."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _deliver(self, sending: Sending) -> None:
        """Send one message and record the outcome; nothing that happens here stops the others."""
        try:
            if self._is_stale(sending):
                outcome = Stale()
            else:
                message = self._word(await self._filled(sending), self._clock.now())
                outcome = await self._send(sending.chat_id, message)
        except Exception as error:
            logger.exception("sending %d could not be made", sending.id)
            # a reminder is worded here, and may be better worded after a repair; a stored message stays as it is
            outcome = Refused(repr(error)) if sending.message else NotSent(repr(error), _REPAIR_PAUSE)
        self._pacer.answered(time.monotonic(), sending.chat_id)
        self._slow_down(outcome)
        try:
            await self._record(sending, outcome)
        except Exception:
            logger.exception("the outcome of sending %d could not be recorded", sending.id)
        finally:
            self._in_flight.discard(sending.chat_id)
            self._news.set()

    async def _filled(self, sending: Sending) -> Sending:
        """A sending with its message, where that stands in the database."""
        if sending.message or sending.kind not in {Kind.BROADCAST, Kind.AMEND}:
            return sending
        return replace(sending, message=await self._copies.of(self._services.call, sending))

    def _is_stale(self, sending: Sending) -> bool:
        """Whether a reminder has been overtaken since it was claimed: by a change of the deadline, or by time."""
        if sending.kind is not Kind.REMINDER:
            return False
        is_late = sending.expires_at is not None and sending.expires_at <= self._clock.now()
        return is_late or sending.version != self._services.current.version

    def _slow_down(self, outcome: Outcome) -> None:
        """Nothing goes out for a while after a 429, without a network, or when Telegram is out of order."""
        match outcome:
            case NotSent(wait_seconds=seconds, flood=True):
                self._pacer.obey(time.monotonic(), seconds)
            case NotSent(wait_seconds=seconds, everyone=True):
                self._pacer.be_silent(time.monotonic(), seconds)
            case Ambiguous():
                self._pacer.be_silent(time.monotonic(), _FAULT_PAUSE)
            case _:
                return

    async def _record(self, sending: Sending, outcome: Outcome) -> None:
        """Record an outcome, for as long as it takes; at the stop it is left, and settled at the next start."""
        while True:
            try:
                state = await self._services.store.write(self._finish(sending, outcome))
            except StoreError as error:
                logger.error("the outcome of sending %d waits: %s", sending.id, error)  # noqa: TRY400
                if self._stopping.is_set() or isinstance(error, UnusableStoreError):
                    return
                await self._pause(_STORE_PAUSE)
                continue
            if not isinstance(outcome, Sent):
                why = type(outcome).__name__ if isinstance(outcome, Migrated) else outcome.reason
                logger.warning("sending %d is %s: %s", sending.id, state, why)
            return

    def _finish(self, sending: Sending, outcome: Outcome) -> Callable[[Database], State]:
        """What is recorded of an outcome, and what the desk does about it."""
        now = self._clock.now()
        finish = sendings.finish(sending, outcome, now=now)
        if posting.read(sending.step) is None:
            return finish
        settle = failing.settle(self._services.desk(now), sending.id, outcome)

        def change(db: Database) -> State:
            state = finish(db)
            settle(db)
            return state

        return change

    def _interrupted(self, db: Database) -> int:
        """The same for everything that a crash left claimed; how much that was."""
        call, now = self._services.call.id, self._clock.now()
        letters = posting.on_their_way(db, call)
        left = claiming.interrupted(call, now=now)(db)
        failing.interrupted(self._services.desk(now), letters)(db)
        return left

    def _word(self, sending: Sending, now: datetime) -> Message:
        """What a sending says at ``now``: marked where it is a repeat, and where the clock is a rehearsal's.

        A message that was worded before the deadline changed says that it did.
        """
        services, call = self._services, self._services.call
        language = call.language(sending.language)
        message = sending.message or self._wording.of(call, sending.step or "", language, now=now)
        is_repeat = sending.attempts > 1 and sending.kind is not Kind.AMEND
        marks = [
            services.texts.say(language, key)
            for key, holds in (("rehearsal", services.clock.is_rehearsal), ("repeat", is_repeat))
            if holds
        ]
        if sending.message and sending.version not in {None, services.current.version}:
            message = replace(message, file=None)  # a calendar entry of the old date, say
            marks.append(services.texts.say(language, "overtaken", notice=notice_text(call, language=language)))
        limit = CAPTION_LIMIT if message.file else TEXT_LIMIT
        while marks and utf16_length("\n\n".join([*marks, message.text])) > limit:
            marks.pop(0)  # better without the mark than not at all
        return replace(message, text=Html("\n\n".join([*marks, message.text]))) if marks else message
