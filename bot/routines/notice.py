"""The proof of notice: each evening it is written down which text went to how many, and the office gets the head.

Who keeps the head that was sent can later prove that nothing before it was changed, whoever held the database.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from datetime import datetime, time, timedelta
from functools import partial

from bot.deadline.reminders import word
from bot.messages import Message
from bot.routines import Routine
from bot.services import Services
from bot.store import Change, all_of, audit, chain, delivered, reading, sendings, verifying
from bot.store.chain import Head
from bot.store.database import Database
from bot.store.delivered import Delivered
from faq.languages import ReplyLanguage

logger = logging.getLogger(__name__)

_HOUR = time(18)
_UNTIL_RECORDED = timedelta(minutes=1)
"""By then the outcome of a request is on disk under the moment that it bears."""
_SHORT = 16
_LONGEST_FAULT = 300
"""Whoever touched the audit may have named something so that the news of it would be too long to be sent."""


def routine(services: Services) -> Routine:
    """What is done every evening."""
    known: Head | None = None

    async def account(now: datetime) -> Change:
        nonlocal known  # a chain that was made anew is whole too, but it does not pass through this head
        verdict = await asyncio.to_thread(reading, services.store.path, partial(verifying.verify, known=known))
        if not verdict.is_whole:
            logger.error("somebody touched the audit: %s", "; ".join(verdict.faults))
            return _telling(services, now, "audit-touched", fault=verdict.faults[0][:_LONGEST_FAULT])
        known = verdict.head
        return all_of([*await _proofs(services, now), _head_to_office(services, now)])

    return Routine("account", _HOUR, account)


async def _proofs(services: Services, now: datetime) -> list[Change]:
    """A line for each text that went out since the last ones were written."""
    call, until = services.call.id, now - _UNTIL_RECORDED

    def question(db: Database) -> list[Delivered]:
        lines = audit.latest(db, 1, call=call, act="delivered")
        since = datetime.fromisoformat(lines[0].detail["until"]) if lines else None
        return delivered.within(db, call, since=since, until=until)

    return [await _proof(services, one, until, now) for one in await services.store.read(question)]


async def _proof(services: Services, one: Delivered, until: datetime, now: datetime) -> Change:
    """The line about one text: as it read to the last who got it, for the time that is left changes by the minute."""
    call = await services.current.at(one.version)
    message = word(services.texts, call, one.step, one.language, now=one.last or until)
    return audit.note(
        audit.NOBODY,
        "delivered",
        call=call.id,
        now=now,
        **one.as_detail(),
        until=until,
        text=message.text,
        sha256=hashlib.sha256(message.text.encode()).hexdigest(),
    )


def _head_to_office(services: Services, now: datetime) -> Change:
    """The head as it is after everything that is written in the same transaction."""

    def change(db: Database) -> None:
        head = chain.head(db)
        written = f"{head.last}:{head.hash}"
        _telling(services, now, "audit-daily", count=head.last, short=head.hash[:_SHORT], head=written)(db)

    return change


def _telling(services: Services, now: datetime, key: str, **values: str | int) -> Change:
    """A sentence to wherever the office reads, in each place's language."""

    def say(language: ReplyLanguage) -> Message:
        return Message(services.texts.say(language, key, **values))

    return sendings.plan_in_own_languages(services.call, services.office.told, say, now=now)
