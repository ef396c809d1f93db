"""Somebody blocks the bot and comes back: nothing is tried meanwhile, and only what is still of use is sent then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from tests.journeys.owning import LONGER, NOTICE, OLD, changes
from tests.journeys.watching import calls_back_and_hears, from_bot, requests_to, rows, settled, signed_up, time_passes

OWNER = 900001
DAY = timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


async def to(bot: Sandbox, settings: Settings, before: timedelta) -> None:
    """Go to just after so long before the deadline."""
    await time_passes(bot, settings.database, OLD - before + timedelta(seconds=5) - bot.world.clock.now())


async def comes_back(bot: Sandbox, settings: Settings, person: Person, way: str) -> None:
    """Let the bot write again, or write to it; Telegram then tells it one or both."""
    if way == "unblocking":
        person.blocks(blocked=False)
    else:
        person.user.blocked = False
        person.says("/contact")
    await settled(bot, settings.database)
    await time_passes(bot, settings.database, timedelta(minutes=1))


def unasked(person: Person) -> list[str]:
    """The reminders and the news that somebody got."""
    return [message.text for message in from_bot(person) if message.text.startswith(("Rappel", "Changement"))]


async def test_who_blocked_the_bot_is_left_alone_at_once_without_a_failed_request(
    bot: Sandbox, settings: Settings
) -> None:
    person, other = await signed_up(bot), await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    before = requests_to(bot, person.id)
    await to(bot, settings, 3 * DAY)
    await changes(bot.person("Owner", user_id=OWNER), LONGER)
    await time_passes(bot, settings.database, timedelta(minutes=1))
    assert len(unasked(other)) == 2
    assert requests_to(bot, person.id) == before


async def test_who_blocked_the_bot_is_not_counted_among_those_who_are_told(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    assert (
        "1 conversation est prévenue, de nuit à partir de 09:00."
        in (await changes(bot.person("Owner", user_id=OWNER), LONGER)).text
    )


@pytest.mark.parametrize("way", ["unblocking", "a message"])
async def test_who_comes_back_gets_the_reminder_that_is_still_of_use(
    bot: Sandbox, settings: Settings, way: str
) -> None:
    person = await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    await to(bot, settings, 2 * DAY)
    assert unasked(person) == []
    await comes_back(bot, settings, person, way)
    assert len(unasked(person)) == 1
    assert "il reste 1 jour et 23 heures" in unasked(person)[0], "the time that is left now, not three days"
    await to(bot, settings, DAY)
    assert len(unasked(person)) == 2


@pytest.mark.parametrize("way", ["unblocking", "a message"])
async def test_who_comes_back_after_several_steps_gets_the_last_one_only(
    bot: Sandbox, settings: Settings, way: str
) -> None:
    person = await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    for before in (3 * DAY, DAY, timedelta(hours=3)):
        await to(bot, settings, before)
    await comes_back(bot, settings, person, way)
    assert len(unasked(person)) == 1
    assert "il reste 2 heures et 5" in unasked(person)[0]


@pytest.mark.parametrize("way", ["unblocking", "a message"])
async def test_who_comes_back_after_the_deadline_gets_no_reminder(bot: Sandbox, settings: Settings, way: str) -> None:
    person = await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    await to(bot, settings, timedelta(hours=1))
    await to(bot, settings, -timedelta(hours=1))
    await comes_back(bot, settings, person, way)
    assert unasked(person) == []


@pytest.mark.parametrize("way", ["unblocking", "a message"])
async def test_who_comes_back_hears_of_the_change_and_not_of_the_one_before(
    bot: Sandbox, settings: Settings, way: str
) -> None:
    person = await signed_up(bot)
    person.blocks()
    await settled(bot, settings.database)
    owner = bot.person("Owner", user_id=OWNER)
    await changes(owner, f"/newdeadline 28/07/2025 15:00 {NOTICE}")
    await changes(owner, LONGER)
    await comes_back(bot, settings, person, way)
    assert len(unasked(person)) == 1
    assert "est maintenant fixée au jeudi 31 juillet 2025 à 15:00" in unasked(person)[0]


async def test_a_chat_that_is_found_shut_only_when_it_is_written_to_is_tried_once(
    bot: Sandbox, settings: Settings
) -> None:
    person = await signed_up(bot)
    person.user.blocked = True
    before = requests_to(bot, person.id)
    for left in (3 * DAY, DAY, timedelta(hours=3)):
        await to(bot, settings, left)
    assert requests_to(bot, person.id) == before + 1
    await comes_back(bot, settings, person, "a message")
    assert len(unasked(person)) == 1


async def test_who_stops_while_the_bot_was_blocked_gets_nothing_on_coming_back(
    bot: Sandbox, settings: Settings
) -> None:
    person = await signed_up(bot)
    person.user.blocked = True
    await to(bot, settings, 3 * DAY)
    person.user.blocked = False
    await calls_back_and_hears(bot, person, "stop||fr")
    await time_passes(bot, settings.database, timedelta(minutes=2))
    assert unasked(person) == []


async def test_blocking_twice_and_unblocking_twice_does_no_harm(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    for blocked in (True, True, False, False):
        person.blocks(blocked=blocked)
    await settled(bot, settings.database)
    await to(bot, settings, 3 * DAY)
    assert len(unasked(person)) == 1
    assert rows(settings.database, "SELECT 1 FROM people WHERE unreachable IS NOT NULL") == []
