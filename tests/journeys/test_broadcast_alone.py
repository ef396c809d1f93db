"""A lone owner announces; and staff without an owner can't."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.rules.campaign import GRACE
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.store import Store
from faq import Call
from tests.journeys.announcing import EN, STAFF, drafted, label
from tests.journeys.owning import code_in
from tests.journeys.watching import eventually, forges, from_bot, rows, settled, signed_up

OWNER = 900001


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset(request.param), "staff_ids": frozenset({STAFF})})


async def previewed(bot: Sandbox, store: Store, call: Call, author: Person) -> None:
    """A draft that its author has seen as it will arrive, and asks for."""
    draft = await drafted(store, bot, call, author=author.id)
    bot.world.chats[author.id].started = True
    forges(bot, author, f"broadcast|preview:{draft.id}|en")
    await author.hears(lambda message: message.text == "Réunion demain")
    await settled(bot, store.path)
    forges(bot, author, f"broadcast|ask:{draft.id}|en")


@pytest.mark.parametrize("settings", [{OWNER}], indirect=True)
async def test_a_lone_owner_types_the_code_that_they_are_sent(bot: Sandbox, store: Store, call: Call) -> None:
    reader = await signed_up(bot, "fr")
    owner = bot.person("Owner", user_id=OWNER, language_code="en")
    await previewed(bot, store, call, owner)
    asked = await owner.hears(lambda message: any(word.strip(".").isdigit() for word in message.text.split()[-12:]))
    owner.says(code_in(asked))
    await eventually(lambda: rows(store.path, "SELECT 1 FROM broadcasts WHERE stage = 'scheduled'"))
    bot.world.clock.advance(GRACE + timedelta(seconds=1))
    await eventually(lambda: from_bot(reader)[-1].html == "Réunion <b>demain</b>")
    assert rows(store.path, "SELECT author, approved_by FROM broadcasts") == [(OWNER, OWNER)]


@pytest.mark.parametrize("settings", [()], indirect=True)
async def test_without_an_owner_nothing_can_be_asked_for(bot: Sandbox, store: Store, call: Call) -> None:
    await signed_up(bot, "fr")
    author = bot.person("Staff", user_id=STAFF, language_code="en")
    await previewed(bot, store, call, author)
    await author.hears(lambda message: message.text == label("broadcast-no-owner", EN))
