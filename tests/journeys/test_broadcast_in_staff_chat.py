"""An announcement in the staff chat, where colleagues read along: its previews."""

from __future__ import annotations

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.store import Store
from faq import Call
from tests.journeys.announcing import SECOND, STAFF, drafted
from tests.journeys.watching import calls_back_and_hears, forges, from_bot, settled

OFFICE = -1009
PREVIEW = "Réunion demain"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    office = {"owner_ids": frozenset({SECOND}), "staff_ids": frozenset({STAFF}), "staff_chat_id": OFFICE}
    return settings.model_copy(update=office)


@pytest.fixture
async def owner(bot: Sandbox) -> Person:
    """The one owner, who reads Arabic and has written to the bot."""
    person = bot.person("Owner", user_id=SECOND)
    await calls_back_and_hears(bot, person, "language||ar")
    return person


@pytest.fixture
def author(bot: Sandbox, owner: Person) -> Person:
    person = bot.person("Author", user_id=STAFF)
    bot.group("Office", [person, owner], chat_id=OFFICE)
    return person


async def test_previews_come_to_where_they_were_asked_for(
    bot: Sandbox, store: Store, call: Call, author: Person
) -> None:
    number = (await drafted(store, bot, call)).id  # in private
    forges(bot, author, f"broadcast|preview:{number}|fr", chat=OFFICE)
    await author.hears(lambda message: message.text == PREVIEW, chat=OFFICE)
    await settled(bot, store.path)
    assert not [one for one in from_bot(author) if one.text == PREVIEW]
    forges(bot, author, f"broadcast|text:{number}:fr|fr", chat=OFFICE)
    await settled(bot, store.path)
    author.says("Réunion jeudi", chat=OFFICE)
    await author.hears(lambda message: message.text == "Réunion jeudi", chat=OFFICE)
    forges(bot, author, f"broadcast|preview:{number}|fr")
    await author.hears(lambda message: message.text == "Réunion jeudi")
