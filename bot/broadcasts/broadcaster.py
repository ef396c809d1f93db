"""The loop that sends broadcasts: begins them, plans copies ahead of the sender, shows how far they are."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial

from bot.broadcasts import reports
from bot.messages import Message
from bot.rounds import forever
from bot.rules import campaign
from bot.rules.campaign import Stage, Tally
from bot.rules.outbox import Sent
from bot.rules.roles import Act
from bot.services import Services
from bot.store import (
    Change,
    all_of,
    audiences,
    audit,
    broadcasts,
    copies,
    drafts,
    freezing,
    sendings,
)
from bot.store.broadcasts import Broadcast, OvertakenError
from bot.store.database import Database
from faq.languages import ReplyLanguage
from faq.markup import escape

logger = logging.getLogger(__name__)

_TICK, _IDLE = timedelta(seconds=0.25), timedelta(seconds=1)
_PAUSE = 1.0
_SHOWN_EVERY = timedelta(seconds=3)
_SHOWN_TO_GROUP_EVERY = timedelta(seconds=9)
"""Telegram lets a bot write to a group twenty times a minute."""

_LONGEST_REASON = 200

Word = Callable[[ReplyLanguage], Message]


class Broadcaster:
    """Sends what was confirmed. All that it has to know stands in the database: it can be killed at any moment."""

    def __init__(self, services: Services) -> None:
        """Send with these parts."""
        self._services = services
        self._store, self._clock, self._texts = services.store, services.clock, services.texts
        self._shown: dict[int, tuple[datetime, Message]] = {}

    async def run(self) -> None:
        """Go on until cancelled. What is shown waits for Telegram, and must not keep anything from being planned."""
        async with asyncio.TaskGroup() as tasks:
            for act in (self.go_round, self._show_all):
                round_of = partial(self._then_rest, act)
                tasks.create_task(forever(round_of, trouble="broadcasts stand still", pause=_PAUSE))

    async def _then_rest(self, act: Callable[[], Awaitable[bool]]) -> None:
        is_busy = False
        with suppress(OvertakenError):  # staff decided otherwise in this very moment; the next round sees what
            is_busy = await act()
        await self._clock.wait_until(self._clock.now() + (_TICK if is_busy else _IDLE))

    async def go_round(self) -> bool:
        """Do what is due of every broadcast; whether something is being sent."""
        call = self._services.call.id
        await self._stop_what_no_longer_holds(call)
        found = await self._store.read(lambda db: broadcasts.begun(db, call))
        for one in found:
            match one.stage:
                case Stage.SCHEDULED:
                    await self._begin(one)
                case Stage.SENDING | Stage.PAUSED if not self._may(one):
                    await self._stop(one, "broadcast-unauthorised", "rights")
                case Stage.SENDING if campaign.has_stood_still(one.went_on_at, self._clock.now()):
                    await self._pause(one)
                case Stage.SENDING:
                    await self._go_on(one)
                case Stage.CANCELLED:
                    await self._finish(one)
                case _:
                    continue
        return any(one.stage is not Stage.SCHEDULED or _is_due(one, self._clock.now()) for one in found)

    async def _stop_what_no_longer_holds(self, call: str) -> None:
        for one in await self._store.read(lambda db: broadcasts.outdated(db, call)):
            await self._stop(one, "broadcast-outdated", "an answer that it gives has changed")
        for one in await self._store.read(lambda db: broadcasts.written(db, call)):
            if not self._services.roles.may(one.author, Act.BROADCAST):  # else nobody could tell what it tells
                await self._stop(one, "broadcast-unauthorised", "rights")

    def _may(self, one: Broadcast) -> bool:
        return campaign.is_authorised(self._services.roles, one.author, one.approved_by or 0)

    async def _begin(self, one: Broadcast) -> None:
        call, office, now = self._services.call, self._services.office, self._clock.now()
        if not _is_due(one, now):
            return
        if await self._store.read(lambda db: freezing.holds(db, call.id)):
            return  # by the time it thaws it may be too late, and then it has to be confirmed anew
        if campaign.is_too_late(one.starts_at, now) or not self._may(one):
            key = "broadcast-late" if self._may(one) else "broadcast-unauthorised"
            back = drafts.take_back(call.id, one, now=now)
            await self._store.write(self._together(one, [back], key, reason="late" if self._may(one) else "rights"))
            return
        expected = await self._store.count(lambda db: audiences.count(db, call, one.audience, office))
        begin = broadcasts.move(call.id, one, Stage.SENDING, started_at=now, went_on_at=now, expected=expected)
        await self._store.write(begin)

    async def _go_on(self, one: Broadcast) -> None:
        call, office, now = self._services.call, self._services.office, self._clock.now()
        window = campaign.ahead(self._services.send_rate)
        ahead = await self._store.write(copies.plan_ahead(call, one.id, office, now=now, window=window))
        if ahead.planned:
            self._services.wake_sender()
        elif ahead.is_over:
            await self._finish(one)
            return
        if one.reason:
            return  # it stopped for this once, and staff let it go on all the same
        if why := await self._store.read(lambda db: copies.refused_throughout(db, one.id)):
            pause = broadcasts.move(call.id, one, Stage.PAUSED, reason=why)
            await self._store.write(self._together(one, [pause], "broadcast-refused", reason=why))

    async def _pause(self, one: Broadcast) -> None:
        """What it says may not hold any more: staff look at it, and let it go on or stop it."""
        pause = broadcasts.move(self._services.call.id, one, Stage.PAUSED)
        acts = ("resume", "cancel")
        await self._store.write(self._together(one, [pause], "broadcast-stood-still", reason="stood still", acts=acts))

    async def _stop(self, one: Broadcast, key: str, reason: str) -> None:
        await self._store.write(self._together(one, [drafts.give_up(self._services.call.id, one)], key, reason=reason))

    async def _finish(self, one: Broadcast) -> None:
        call, now = self._services.call, self._clock.now()
        finish = copies.finish(
            call, one, self._services.office, lambda db, tally: self._report(db, one, tally), now=now
        )
        if await self._store.write(finish):
            self._shown.pop(one.id, None)
            self._services.wake_sender()
            await self._show_last(one)

    def _report(self, db: Database, one: Broadcast, tally: Tally) -> None:
        """In the transaction that ends it: tell the office, and write down what was sent to how many."""
        call = self._services.call
        ended = broadcasts.of(db, call.id, one.id) or one

        def word(language: ReplyLanguage) -> Message:
            text = reports.report(self._texts, call, ended, tally, language)
            return Message(text, reports.after_words(self._texts, ended, language))

        digests = {
            language: hashlib.sha256(text.to_json().encode()).hexdigest()
            for language, text in broadcasts.texts(db, one.id).items()
        }
        spoken = {language: text.text for language, text in broadcasts.texts(db, one.id).items()}
        detail = {"broadcast": one.id, "ended": ended.stage, "tally": asdict(tally), "texts": spoken, "sha256": digests}
        audit.note(audit.NOBODY, Act.BROADCAST, call=call.id, now=self._clock.now(), **detail)(db)
        self._tell(one, word)(db)

    def _together(
        self, one: Broadcast, changes: list[Change], key: str, acts: Sequence[str] = (), **detail: str
    ) -> Change:
        """Changes that the bot makes by itself, written down and told, with buttons for what staff can do then."""
        call, now = self._services.call, self._clock.now()
        note = audit.note(audit.NOBODY, Act.BROADCAST, call=call.id, now=now, broadcast=one.id, did=key, **detail)

        def word(language: ReplyLanguage) -> Message:
            reason = escape(detail["reason"][:_LONGEST_REASON])
            rows = tuple((reports.button(self._texts, act, one.id, language),) for act in acts)
            return Message(self._texts.say(language, key, number=one.id, reason=reason), rows)

        return all_of([*changes, note, self._tell(one, word)])

    def _tell(self, one: Broadcast, word: Word) -> Change:
        """Say something where the broadcast was written, and where the office reads."""
        call, office, now = self._services.call, self._services.office, self._clock.now()
        places = ({one.chat_id} | set(office.told)) & office.chats
        self._services.wake_sender()
        return sendings.plan_in_own_languages(call, sorted(places), word, now=now)

    async def _show_all(self) -> bool:
        """Write over the message that shows how far each broadcast is."""
        call, now = self._services.call, self._clock.now()
        for one in await self._store.read(lambda db: broadcasts.begun(db, call.id)):
            if one.stage in {Stage.SENDING, Stage.PAUSED} and one.chat_id in self._services.office.chats:
                await self._show(one, now)
        return False

    async def _show(self, one: Broadcast, now: datetime) -> None:
        shown_at, shown = self._shown.get(one.id, (None, None))
        if shown_at and now - shown_at < (_SHOWN_EVERY if one.chat_id > 0 else _SHOWN_TO_GROUP_EVERY):
            return
        call, rate = self._services.call, self._services.send_rate
        tally, frozen = await self._store.read(lambda db: (copies.tally(db, one.id), freezing.holds(db, call.id)))
        message = reports.progress(self._texts, call, one, tally, one.language, rate=rate, frozen=frozen)
        self._shown[one.id] = now, message
        if message == shown:
            return
        outcome = await self._services.send_unrecorded(one.chat_id, replace(message, replaces=one.progress_id))
        if isinstance(outcome, Sent) and outcome.message_id != one.progress_id:
            await self._store.write(broadcasts.show_at(call.id, one.id, outcome.message_id))

    async def _show_last(self, one: Broadcast) -> None:
        """Take the buttons from the message that showed how far it was; the report follows by itself."""
        if one.progress_id is None or one.chat_id not in self._services.office.chats:
            return
        call, rate = self._services.call, self._services.send_rate
        ended = await self._store.read(lambda db: broadcasts.of(db, call.id, one.id))
        if ended is None or ended.report is None:
            return
        shown = reports.progress(self._texts, call, ended, ended.report, one.language, rate=rate, frozen=False)
        await self._services.send_unrecorded(
            one.chat_id, replace(shown, rows=(), replaces=one.progress_id, only_replaces=True)
        )


def _is_due(one: Broadcast, now: datetime) -> bool:
    """Whether the hour of a scheduled one has come."""
    return one.starts_at is not None and one.starts_at <= now
