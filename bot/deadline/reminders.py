"""Reminders before the deadline and the news that it changed: the loop that plans them, and what they say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.buttons import Press, Verb
from bot.clock import Clock
from bot.current import CurrentCall
from bot.messages import Button, Message
from bot.rounds import forever
from bot.rules import plan
from bot.rules.plan import Step
from bot.store import Store, amendments, registrations, sendings
from bot.store.database import Database
from bot.store.sendings import Reminder
from bot.texts import Texts
from faq import Call
from faq.answering import deadline_text, notice_text, time_left_text
from faq.deadline import Deadline
from faq.languages import ReplyLanguage
from faq.markup import Html

logger = logging.getLogger(__name__)

_CHUNK = 1000
"""Registrations planned in one transaction: some twenty milliseconds, so that answers to others slip between."""

_SHORTEST_NAP, _LONGEST_NAP = timedelta(seconds=0.2), timedelta(minutes=1)


def word(texts: Texts, call: Call, step: str, language: ReplyLanguage, *, now: datetime) -> Message:
    """What a step says when it is sent at ``now``: the deadline that holds, with the time that is then left."""

    def button(key: str, verb: Verb) -> tuple[Button, ...]:
        return (Press(verb, "", language).button(texts.plain(language, key)),)

    stop = button("button-stop", Verb.STOP)
    if step == plan.CHANGE:
        notice = notice_text(call, language=language)
        is_over = call.deadline is None or call.deadline.is_over(now)
        is_cancelled = call.deadline is not None and call.deadline.cancelled
        news = notice if is_cancelled else texts.say(language, "news", notice=notice)
        text = news if is_over else Html(f"{news}\n{_left(call, language, now)}")
        return Message(text, (button("button-calendar", Verb.CALENDAR), stop))
    text = texts.say(
        language, "reminder", deadline=deadline_text(call, language=language), left=_left(call, language, now)
    )
    return Message(text, (button("button-later", Verb.LATER), button("button-submitted", Verb.SUBMITTED), stop))


def _left(call: Call, language: ReplyLanguage, now: datetime) -> Html:
    return time_left_text(call, language=language, now=now)


class Wording:
    """What steps say, worded once a minute in each language: thousands are told the same at the same time."""

    def __init__(self, texts: Texts) -> None:
        """Word with these ``texts``."""
        self._texts = texts
        self._holds_for: tuple[Call, int] | None = None
        self._said: dict[tuple[bool, ReplyLanguage], Message] = {}

    def of(self, call: Call, step: str, language: ReplyLanguage, *, now: datetime) -> Message:
        """The message of `word`: its words change with the call and with the whole minutes that are left."""
        left = (call.deadline.instant - now) // timedelta(minutes=1) if call.deadline else 0
        if self._holds_for is None or self._holds_for[0] is not call or self._holds_for[1] != left:
            self._holds_for = call, left
            self._said.clear()
        key = step == plan.CHANGE, language
        if key not in self._said:
            self._said[key] = word(self._texts, call, step, language, now=now)
        return self._said[key]


class Planner:
    """Plans every step as it is reached, and the news of every change, for who is registered then."""

    def __init__(self, store: Store, clock: Clock, current: CurrentCall, wake_sender: Callable[[], None]) -> None:
        """Plan for the call as it stands; ``wake_sender`` is called when something was planned."""
        self._store = store
        self._clock = clock
        self._current = current
        self._wake_sender = wake_sender
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Look at once: a deadline changed."""
        self._news.set()

    async def run(self) -> None:
        """Plan until cancelled."""

        async def go_round() -> None:
            self._news.clear()
            await self.plan_all()
            await self._rest(await self._next_look())

        await forever(go_round, trouble="reminders could not be planned")

    async def plan_all(self) -> int:
        """Plan what is due to everybody now; return how many reminders that are."""
        total = 0
        while (call := self._current.call).deadline is not None:
            now = self._clock.now()
            change = plan_some(call.id, call.deadline, plan.moments(call.deadline, call.steps), now=now, most=_CHUNK)
            looked, planned = await self._store.write(change)
            total += planned
            if planned:
                self._wake_sender()
            if looked < _CHUNK:
                break
        if total:
            logger.info("%d reminders planned", total)
        return total

    async def _next_look(self) -> datetime | None:
        call = self._current.call
        if call.deadline is None:
            return None
        at = await self._store.read(lambda db: registrations.next_look(db, call.id))
        return at and max(at, self._clock.now() + _SHORTEST_NAP)

    async def _rest(self, following: datetime | None) -> None:
        """Wait for the next moment at which somebody has to be looked at, or for news; never long."""
        soon = self._clock.now() + _LONGEST_NAP
        async with asyncio.TaskGroup() as tasks:
            waits = [
                tasks.create_task(self._clock.wait_until(min(following or soon, soon))),
                tasks.create_task(self._until_news()),
            ]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for task in waits:
                task.cancel()

    async def _until_news(self) -> None:
        await self._news.wait()


def plan_some(
    call: str, deadline: Deadline, reached: Sequence[Step], *, now: datetime, most: int
) -> Callable[[Database], tuple[int, int]]:
    """Plan for up to ``most`` registrations that have to be looked at; return how many were, and how many reminders.

    Does nothing where the database holds another version of the deadline than this one.
    """

    def change(db: Database) -> tuple[int, int]:
        if amendments.version(db, call) != deadline.version:
            return 0, 0
        registrations.after_the_clock_went_back(db, call, now=now)
        people = registrations.to_look_at(db, call, now=now, most=most)
        plans = plan.plans(deadline, reached, people, now)
        due = [
            Reminder(
                chat_id=person.chat_id,
                step=one.step,
                language=person.language,
                deadline_version=deadline.version,
                expires_at=one.expires_at,
            )
            for person, found in plans
            for one in found.due
        ]
        planned = sendings.plan_reminders(call, due, now=now)(db) if due else 0
        registrations.look_again(db, call, ((person, found.next_at) for person, found in plans))
        return len(people), planned

    return change
