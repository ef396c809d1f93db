"""Messages that are on their way when the deadline changes: none gives the old date as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.sandbox import Faults, Person, Sandbox
from bot.settings import Settings
from faq import Call
from tests.journeys.owning import LONGER, NEW, OLD, changes, code_in, longer, moment, notice, read
from tests.journeys.watching import (
    eventually,
    from_bot,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
    signed_up,
    time_passes,
)

OWNER = 900001
STEP = OLD - timedelta(days=3)
ON_MONDAY = STEP.date()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


@pytest.fixture
def owner(bot: Sandbox) -> Person:
    return bot.person("Owner", user_id=OWNER)


FAULTS: dict[str, Callable[[Faults], None]] = {
    "a storm": lambda faults: faults.too_many_requests(1.0),
    "a broken connection": lambda faults: faults.drop_before("sendmessage"),
    "an error of the server": lambda faults: faults.fail("sendmessage"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_reminder_that_waits_for_another_try_is_never_sent_with_the_old_date(
    bot: Sandbox, owner: Person, call: Call, settings: Settings, fault: str
) -> None:
    person = await signed_up(bot)
    await time_passes(bot, settings.database, STEP - bot.world.clock.now() - timedelta(minutes=5))
    code = code_in(await says_and_hears(owner, LONGER))
    FAULTS[fault](bot.faults)
    bot.world.clock.advance(timedelta(minutes=5))
    await eventually(
        lambda: rows(
            settings.database, "SELECT 1 FROM sendings WHERE step = '3d' AND state = 'planned' AND reason <> ''"
        )
    )
    owner.says(code)
    news = await person.hears()
    assert notice(longer(call, announced=ON_MONDAY), "fr") in news.text
    await time_passes(bot, settings.database, timedelta(minutes=5))
    assert rows(settings.database, "SELECT state FROM sendings WHERE step = '3d'") == [("superseded",)]
    assert not any(message.text.startswith("Rappel") for message in from_bot(person))


async def test_a_reminder_that_telegram_has_already_is_followed_by_the_news(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await time_passes(bot, settings.database, STEP - bot.world.clock.now() - timedelta(minutes=5))
    code = code_in(await says_and_hears(owner, LONGER))
    bot.faults.delay("sendmessage", 0.7, times=3)
    bot.world.clock.advance(timedelta(minutes=5))
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM sendings WHERE step = '3d' AND state = 'claimed'"))
    owner.says(code)
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM amendments"))
    assert moment(call, OLD) in (await person.hears()).text
    assert notice(longer(call, announced=ON_MONDAY), "fr") in (await person.hears()).text


CAREFUL = {
    "fr": "Attention, ceci a changé depuis que ce message a été écrit.",
    "ar": "انتبهوا، لقد تغير ما يلي منذ كتابة هذه الرسالة.",
    "en": "Careful, this has changed since the message was written.",
}


@pytest.mark.parametrize("language", CAREFUL)
async def test_an_answer_that_was_held_up_says_that_the_date_changed_since(
    bot: Sandbox, owner: Person, call: Call, settings: Settings, language: str
) -> None:
    person = bot.person("Applicant", language_code=language)
    code = code_in(await says_and_hears(owner, LONGER))
    bot.faults.too_many_requests(1.0)
    person.says("/deadline")
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM sendings WHERE chat_id = ?", person.id))
    owner.says(code)
    answer = await person.hears()
    assert read(answer.text).startswith(f"{CAREFUL[language]} {read(notice(longer(call), language))}")
    assert moment(call, OLD, language) in answer.text
    assert moment(call, NEW, language) in (await says_and_hears(person, "/deadline")).text


async def test_a_panel_of_reminders_that_was_held_up_says_so_too(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await presses_and_hears(person, "Choisir les étapes")
    code = code_in(await says_and_hears(owner, LONGER))
    bot.faults.drop_before("editmessagetext")
    person.presses("3 jours avant : oui")
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM sendings WHERE attempts = 1 AND state = 'planned'"))
    owner.says(code)
    await owner.hears()
    await time_passes(bot, settings.database, timedelta(minutes=5))
    panel = next(message for message in from_bot(person) if message.edited)
    assert f"Attention, ceci a changé depuis que ce message a été écrit. {notice(longer(call), 'fr')}" in panel.text


async def test_the_owners_own_confirmation_is_not_marked_as_overtaken(owner: Person) -> None:
    assert (await changes(owner, LONGER)).text.startswith("C'est fait")


async def test_a_message_that_was_sent_before_the_change_is_not_sent_again(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    person = bot.person("Applicant")
    await says_and_hears(person, "/deadline")
    await changes(owner, LONGER)
    await settled(bot, settings.database)
    assert len(from_bot(person)) == 1, "who is not registered asked for no news"
