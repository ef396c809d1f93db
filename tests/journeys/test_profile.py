"""An applicant says what they are, or takes it back."""

from __future__ import annotations

import pytest

from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from tests.journeys.watching import presses_and_hears, rows, settled, signed_up


def kept(settings: Settings, chat_id: int) -> str | None:
    return rows(settings.database, "SELECT profile FROM people WHERE chat_id = ?", chat_id)[0][0]


@pytest.mark.parametrize("language", list(ReplyLanguage))
async def test_a_profile_is_chosen_and_taken_back_by_a_tap(
    bot: Sandbox, call: Call, settings: Settings, language: ReplyLanguage
) -> None:
    texts = Texts()
    person = await signed_up(bot, language)
    asked = await presses_and_hears(person, texts.plain(language, "button-profile"))
    assert [title[language] for title in call.profiles.values()] == asked.labels[:-1]
    person.presses(call.profiles["new"][language])
    await settled(bot, settings.database)
    assert kept(settings, person.id) == "new"
    assert call.profiles["new"][language] in person.sees()[-1].text
    person.calls_back(f"profile|-|{language}", bot.world.chats[person.id].messages[asked.message_id])
    await settled(bot, settings.database)
    assert kept(settings, person.id) is None


async def test_a_profile_that_the_call_does_not_know_is_not_kept(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    person.calls_back("profile|minister|fr", bot.world.chats[person.id].messages[person.sees()[-1].message_id])
    await settled(bot, settings.database)
    assert kept(settings, person.id) is None
