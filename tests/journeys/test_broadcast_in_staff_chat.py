"""An announcement in the staff chat, where colleagues read along: its previews, and codes that are typed there."""

from __future__ import annotations

import re

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.store import Store
from faq import Call
from tests.journeys.announcing import SECOND, STAFF, drafted, label
from tests.journeys.owning import LONGER, code_in, read
from tests.journeys.watching import calls_back_and_hears, eventually, forges, from_bot, rows, settled, signed_up

OFFICE = -1009
PREVIEW = "Réunion demain"
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


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


async def test_a_code_in_the_staff_chat_counts_for_nothing_and_belongs_in_private(
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person
) -> None:
    await signed_up(bot, "fr")
    number = (await drafted(store, bot, call)).id
    forges(bot, author, f"broadcast|preview:{number}|fr")
    await author.hears(lambda message: message.text == PREVIEW)
    await settled(bot, store.path)
    author.says("123456", chat=OFFICE)  # of whom no code is awaited: a number among colleagues
    forges(bot, author, f"broadcast|ask:{number}|fr")
    code = code_in(await owner.hears(lambda message: CODE.search(message.text) is not None))
    for typed in ("000000" if code != "000000" else "000001", code):
        owner.says(typed, chat=OFFICE)
        heard = await owner.hears(chat=OFFICE)
        assert read(heard.text) == read(label("staff-code-private"))
    assert rows(store.path, "SELECT stage FROM broadcasts") == [("asked",)]
    owner.says(code)
    await eventually(lambda: rows(store.path, "SELECT stage FROM broadcasts") == [("scheduled",)])


async def test_so_does_the_code_of_a_new_deadline(store: Store, author: Person, owner: Person) -> None:
    owner.says(LONGER)
    code = code_in(await owner.hears(lambda message: "31" in message.text))
    owner.says(code, chat=OFFICE)
    heard = await author.hears(chat=OFFICE)
    assert read(heard.text) == read(label("staff-code-private"))
    assert rows(store.path, "SELECT count(*) FROM amendments WHERE version > 1") == [(0,)]
    owner.says(code)
    await eventually(lambda: rows(store.path, "SELECT count(*) FROM amendments WHERE version > 1") == [(1,)])
