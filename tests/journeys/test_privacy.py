"""Somebody asks what is kept of them, sees all of it and nothing else, and has it erased."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from faq.formatting import short_day
from faq.languages import ReplyLanguage
from tests.journeys.owning import LONGER, OLD, changes, read
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    forges,
    from_bot,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
    signed_up,
    time_passes,
)

LANGUAGES = ["fr", "ar", "en"]
OWNER = 900001
ERASE = {"fr": "Tout effacer", "ar": "محو كل شيء", "en": "Erase everything"}
YES = {"fr": "Oui, tout effacer", "ar": "نعم، محو كل شيء", "en": "Yes, erase everything"}
GONE = {"fr": "C'est fait : tout est effacé", "ar": "تم: مُحي كل شيء", "en": "Done: everything is erased"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


def kept_of(database: Path, chat: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a chat in every table that knows of chats."""
    tables = rows(
        database,
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name = 'chat_id'",
    )
    assert {"people", "registrations", "sendings"} <= {name for (name,) in tables}
    found = {name: rows(database, f"SELECT * FROM {name} WHERE chat_id = ?", chat) for (name,) in tables}  # noqa: S608
    return {name: of_chat for name, of_chat in found.items() if of_chat}


async def data_of(bot: Sandbox, person: Person, *, chat: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """The file that /mydata brings."""
    person.says("/mydata", chat=chat)
    message = await person.hears(lambda one: "garde de cette conversation" in one.text, chat=chat)
    document = bot.world.chats[chat or person.id].messages[message.message_id]["document"]
    assert document["file_name"] == "mydata.json"
    return json.loads(bot.world.files[document["file_id"]][1])


async def forgets(bot: Sandbox, settings: Settings, person: Person, language: str = "fr") -> None:
    """Have everything erased, by two taps."""
    await says_and_hears(person, "/forget")
    person.presses(YES[language])
    await person.hears(lambda message: message.text.startswith(GONE[language]))
    await settled(bot, settings.database)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_privacy_says_what_is_kept_until_when_and_offers_to_show_and_erase_it(
    bot: Sandbox, language: str
) -> None:
    told = await says_and_hears(bot.person("Applicant", language_code=language), "/privacy")
    text = read(told.text)
    assert short_day(date(2025, 8, 23), ReplyLanguage(language)) in text
    assert "09-08" in text
    assert {"18", "7"} <= set(text.replace("٧", "7").split())
    assert len(told.labels) == 2
    assert told.labels[1] == ERASE[language]


async def test_my_data_is_exactly_what_the_database_holds_of_this_chat(bot: Sandbox, settings: Settings) -> None:
    other, person = await signed_up(bot, "en"), await signed_up(bot)
    await calls_back_and_hears(bot, person, "language||fr")
    await time_passes(bot, settings.database, OLD - timedelta(days=3) - bot.world.clock.now() + timedelta(seconds=5))
    held = kept_of(settings.database, person.id)
    assert {name: len(found) for name, found in held.items()} == {"people": 1, "registrations": 1, "sendings": 3}
    shown = await data_of(bot, person)
    assert {name: [tuple(row.values()) for row in found] for name, found in shown.items()} == held
    assert str(other.id) not in json.dumps(shown)


async def test_of_somebody_who_never_wrote_nothing_is_kept_and_no_file_comes(bot: Sandbox) -> None:
    answer = await says_and_hears(bot.person("Applicant"), "/mydata")
    assert answer.text == "Ce guichet ne garde rien de cette conversation."


async def test_no_question_is_kept(bot: Sandbox, settings: Settings) -> None:
    person = bot.person("Applicant")
    await says_and_hears(person, "quelle est la date limite ? mon secret est 48151623")
    await settled(bot, settings.database)
    everything = json.dumps(await data_of(bot, person))
    assert "48151623" not in everything
    assert "24 juillet" not in everything, "nor the answer to it"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_forgetting_takes_two_taps_and_leaves_nothing(bot: Sandbox, settings: Settings, language: str) -> None:
    person = await signed_up(bot, language)
    await calls_back_and_hears(bot, person, f"language||{language}")
    await says_and_hears(person, "/privacy")
    asked = await presses_and_hears(person, ERASE[language])
    assert asked.labels == [YES[language]]
    assert set(kept_of(settings.database, person.id)) == {"people", "registrations", "sendings"}
    person.presses(YES[language])
    await person.hears(lambda message: message.text.startswith(GONE[language]))
    await settled(bot, settings.database)
    assert kept_of(settings.database, person.id) == {}
    assert rows(settings.database, "SELECT 1 FROM updates WHERE raw IS NOT NULL") == []


async def test_who_was_forgotten_gets_no_reminder_and_no_news(bot: Sandbox, settings: Settings) -> None:
    person, other = await signed_up(bot), await signed_up(bot)
    await forgets(bot, settings, person)
    before = len(from_bot(person))
    await time_passes(bot, settings.database, timedelta(days=2))
    await changes(bot.person("Owner", user_id=OWNER), LONGER)
    await time_passes(bot, settings.database, timedelta(days=2))
    assert len(from_bot(other)) > 2
    assert len(from_bot(person)) == before
    assert kept_of(settings.database, person.id) == {}


async def test_nobody_else_is_forgotten_with_them(bot: Sandbox, settings: Settings) -> None:
    person, other = await signed_up(bot), await signed_up(bot)
    await settled(bot, settings.database)
    before = kept_of(settings.database, other.id)
    await forgets(bot, settings, person)
    assert kept_of(settings.database, other.id) == before


async def test_forgetting_twice_does_no_harm(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await says_and_hears(person, "/forget")
    person.presses("Oui, tout effacer")
    person.presses("Oui, tout effacer")
    await person.hears(lambda message: message.text.startswith(GONE["fr"]))
    await settled(bot, settings.database)
    assert kept_of(settings.database, person.id) == {}


async def test_who_was_forgotten_can_come_back(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await forgets(bot, settings, person)
    await says_and_hears(person, "/remind")
    assert "C'est enregistré" in (await presses_and_hears(person, "Oui, prévenez-moi")).text
    assert len(rows(settings.database, "SELECT 1 FROM registrations")) == 1


async def test_a_reminder_that_is_under_way_leaves_nothing_behind(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    bot.faults.delay("sendmessage", 0.5, times=5)
    bot.world.clock.advance(OLD - timedelta(days=3) - bot.world.clock.now() + timedelta(seconds=5))
    under_way = "SELECT 1 FROM sendings WHERE state = 'claimed' AND chat_id = ?"  # the office is written to as well
    await eventually(lambda: rows(settings.database, under_way, person.id))
    forges(bot, person, "forget-all||fr")
    await person.hears(lambda message: message.text.startswith("Rappel"))
    await person.hears(lambda message: message.text.startswith(GONE["fr"]))
    await settled(bot, settings.database)
    assert kept_of(settings.database, person.id) == {}


async def test_a_farewell_that_cannot_be_delivered_leaves_nothing_behind(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    forges(bot, person, "forget-all||fr")
    person.user.blocked = True
    await settled(bot, settings.database)
    assert kept_of(settings.database, person.id) == {}


async def test_who_was_forgotten_and_blocks_the_bot_is_not_written_down_again(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await forgets(bot, settings, person)
    person.blocks()
    await settled(bot, settings.database)
    assert kept_of(settings.database, person.id) == {}


@pytest.mark.parametrize("text", ["/forget", "/mydata"])
async def test_of_a_group_only_an_administrator_asks(bot: Sandbox, text: str) -> None:
    admin, member = bot.person("Administrator"), bot.person("Member")
    group = bot.group("Consortium", [admin, member])
    member.says(text, chat=group.id)
    refused = await member.hears(chat=group.id)
    assert "seul un administrateur" in refused.text
    assert "document" not in bot.world.chats[group.id].messages[refused.message_id]


async def test_a_group_is_forgotten_by_an_administrators_two_taps_and_by_no_members(
    bot: Sandbox, settings: Settings
) -> None:
    admin, member = bot.person("Administrator"), bot.person("Member")
    group = bot.group("Consortium", [admin, member])
    forges(bot, admin, "register|deadline|fr", chat=group.id)
    await admin.hears(lambda message: "C'est enregistré" in message.text, chat=group.id)
    admin.says("/forget", chat=group.id)
    await admin.hears(lambda message: message.labels == ["Oui, tout effacer"], chat=group.id)
    member.presses("Oui, tout effacer", chat=group.id)
    await admin.hears(lambda message: "seul un administrateur" in message.text, chat=group.id)
    assert "registrations" in kept_of(settings.database, group.id)
    admin.presses("Oui, tout effacer", chat=group.id)
    await admin.hears(lambda message: message.text.startswith(GONE["fr"]), chat=group.id)
    await settled(bot, settings.database)
    assert kept_of(settings.database, group.id) == {}


async def test_what_an_owner_did_in_office_outlives_their_forgetting_and_is_shown_to_them(
    bot: Sandbox, settings: Settings
) -> None:
    owner = bot.person("Owner", user_id=OWNER)
    await changes(owner, LONGER)
    forges(bot, owner, "register|deadline|fr")
    await owner.hears(lambda message: "C'est enregistré" in message.text)
    shown = await data_of(bot, owner)
    assert {"audit", "proposals", "amendments", "registrations"} <= set(shown)
    forges(bot, owner, "forget-all||fr")
    await owner.hears(lambda message: message.text.startswith(GONE["fr"]))
    await settled(bot, settings.database)
    assert kept_of(settings.database, OWNER) == {}
    assert len(rows(settings.database, "SELECT 1 FROM audit WHERE who = ?", OWNER)) == 2
    assert rows(settings.database, "SELECT confirmed_by FROM amendments") == [(OWNER,)]


async def test_my_data_shows_an_owner_no_number_of_anybody_else(bot: Sandbox, settings: Settings) -> None:
    owner = bot.person("Owner", user_id=OWNER)
    stranger = bot.person("Stranger", user_id=77007700)
    await says_and_hears(stranger, LONGER)
    await changes(owner, LONGER)
    await settled(bot, settings.database)
    assert "77007700" not in json.dumps(await data_of(bot, owner))
