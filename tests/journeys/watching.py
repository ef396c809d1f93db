"""What a journey sees besides the chats: the bot's database, and the moment at which nothing is left to do."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox import Person, Sandbox, Shown
from bot.store.instants import stored
from tests.conftest import until

_UNFINISHED = """
    SELECT 1 FROM updates WHERE state = 'pending'
    UNION ALL SELECT 1 FROM sendings WHERE state = 'claimed' OR (state = 'planned' AND not_before <= :now)
"""
_UNPLANNED = "UNION ALL SELECT 1 FROM registrations WHERE look_at <= :now"


def rows(database: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the bot's database holds, read beside the running bot."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


async def eventually(true: Callable[[], object]) -> None:
    """Wait for what shows in no chat; a wait in vain ends with the test's own time."""
    while not await asyncio.to_thread(true):
        pass


async def settled(bot: Sandbox, database: Path) -> None:
    """Wait until the bot has handled everything that it was told, and sent everything that it has to say to it."""
    await _finished(bot, database, _UNFINISHED)


async def time_passes(bot: Sandbox, database: Path, time: timedelta) -> None:
    """Move the clock by a minute or more, and wait until everything that was due by then is planned and sent."""
    bot.world.clock.advance(time)
    await _finished(bot, database, _UNFINISHED + _UNPLANNED)


async def _finished(bot: Sandbox, database: Path, unfinished: str) -> None:
    def is_finished() -> bool:
        # An update waits on the far side until the bot has stored it, and asks for the next.
        # A second is added, for what is planned while this is asked is planned for a moment that is still to come.
        now = stored(bot.world.clock.now() + timedelta(seconds=1))
        return not bot.world.updates and not rows(database, unfinished.replace(":now", f"'{now}'"))

    await eventually(is_finished)


def from_bot(person: Person, chat: int | None = None) -> list[Shown]:
    """Everything that the bot said in a chat."""
    return [message for message in person.sees(chat) if message.from_bot]


async def says_and_hears(person: Person, text: str) -> Shown:
    """One turn of a dialogue."""
    person.says(text)
    return await person.hears()


async def presses_and_hears(person: Person, button: str) -> Shown:
    """The same by a button."""
    person.presses(button)
    return await person.hears()


async def calls_back_and_hears(bot: Sandbox, person: Person, data: str, *, chat: int | None = None) -> Shown:
    """The answer to callback data that stands under no message of ours: an old button, or a forged one."""
    forges(bot, person, data, chat=chat)
    return await person.hears(lambda message: message.text != "menu", chat=chat)


def forges(bot: Sandbox, person: Person, data: str, *, chat: int | None = None) -> int:
    """Send callback data that stands under no message of ours; return the update's id."""
    place = bot.world.chats[chat or person.id]
    place.started = True
    return person.calls_back(data, bot.world.add(place, {"from": bot.world.bot(), "text": "menu"}))


async def signed_up(bot: Sandbox, language: str = "fr") -> Person:
    """Somebody new who is registered for reminders in a language."""
    person = bot.person(f"applicant-{language}", language_code=language)
    confirmed = await calls_back_and_hears(bot, person, f"register|deadline|{language}")
    assert len(confirmed.labels) == 4
    return person


async def in_place(bot: Sandbox, person: Person, message: Shown, label: str, *, chat: int | None = None) -> Shown:
    """The message once it has a button with this label: it is written over where it stands."""

    def now() -> Shown:
        return next(one for one in person.sees(chat) if one.message_id == message.message_id)

    await until(lambda: label in now().labels, bot)
    return now()


def requests_to(bot: Sandbox, chat: int) -> int:
    """How many messages the bot tried to send to a chat, delivered or not."""
    return sum(
        name in {"sendmessage", "senddocument"} and str(parameters.get("chat_id")) == str(chat)
        for name, parameters in bot.api.calls
    )
