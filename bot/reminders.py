"""Reminders before the deadline: which are due to whom (pure), what they say, and the loop that plans them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.messages import Button, Message
from bot.store import Store, StoreError, people, sendings
from bot.store.people import Purpose, Registration
from bot.store.sendings import Reminder
from bot.texts import Texts
from faq import Call
from faq.answering import deadline_text, time_left_text
from faq.deadline import Deadline
from faq.languages import ReplyLanguage

logger = logging.getLogger(__name__)

STOP = "stop||{language}"
"""Callback data of the button that ends reminders, as handlers.buttons.Press writes it."""

_RETRY = timedelta(minutes=1)


def newest_due(deadline: Deadline, steps: Iterable[timedelta], now: datetime) -> timedelta | None:
    """The step that was reached last; None before the first and from the deadline on."""
    if now >= deadline.instant:
        return None
    return min((step for step in steps if deadline.instant - step <= now), default=None)


def next_due_at(deadline: Deadline, steps: Iterable[timedelta], now: datetime) -> datetime | None:
    """When the next step after ``now`` is reached."""
    return min((at for step in steps if (at := deadline.instant - step) > now), default=None)


def due(
    deadline: Deadline, steps: Iterable[timedelta], registrations: Iterable[Registration], now: datetime
) -> list[Reminder]:
    """The reminders to plan at ``now``: only the newest step, and only for who registered before it was reached.

    A late joiner thus gets the later steps, and a machine that slept sends one reminder, not all it missed.
    """
    step = newest_due(deadline, steps, now)
    if step is None:
        return []
    return [
        Reminder(
            chat_id=registration.chat_id,
            step=name_of(step),
            language=registration.language,
            deadline_version=deadline.version,
            expires_at=deadline.instant,
        )
        for registration in registrations
        if registration.registered_at <= deadline.instant - step
    ]


def name_of(step: timedelta) -> str:
    """A step as it is stored: ``7d`` or ``3h``."""
    return f"{step.days}d" if step >= timedelta(days=1) else f"{int(step.total_seconds() // 3600)}h"


def word(texts: Texts, call: Call, language: ReplyLanguage, *, now: datetime) -> Message:
    """The reminder as it reads when it is sent at ``now``, with the time that is then left."""
    text = texts.say(
        language,
        "reminder",
        deadline=deadline_text(call, language=language),
        left=time_left_text(call, language=language, now=now),
    )
    return Message(text, ((Button(text=texts.plain(language, "button-stop"), data=STOP.format(language=language)),),))


async def plan_forever(store: Store, clock: Clock, call: Call, wake_sender: Callable[[], None]) -> None:
    """Plan every step as it is reached, until cancelled.

    Between two steps it looks again now and then, for somebody whose registration was stored a moment after the step,
    or who can be reached again. Who has the step already is not planned twice: the database has a key against it.
    """
    while call.deadline is not None:
        now = clock.now()
        try:
            planned = await _plan(store, call, call.deadline, now)
        except StoreError as error:
            logger.error("reminders could not be planned, next try in %s: %s", _RETRY, error)  # noqa: TRY400
        else:
            if planned:
                logger.info("%d reminders planned", planned)
                wake_sender()
        following = next_due_at(call.deadline, call.steps, now)
        await clock.wait_until(min(following or now + _RETRY, now + _RETRY))


async def _plan(store: Store, call: Call, deadline: Deadline, now: datetime) -> int:
    step = newest_due(deadline, call.steps, now)
    if step is None:
        return 0
    key = (name_of(step), deadline.version)
    registrations = await store.read(lambda db: people.registered(db, call.id, Purpose.DEADLINE, without=key))
    reminders = due(deadline, call.steps, registrations, now)
    return await store.write(sendings.plan_reminders(call.id, reminders, now=now)) if reminders else 0
