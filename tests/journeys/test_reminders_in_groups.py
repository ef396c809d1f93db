"""A group decides through its administrators: nobody else signs it up, switches its steps, or stops its reminders."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import NamedTuple

import pytest

from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from tests.journeys.owning import OLD
from tests.journeys.watching import forges, from_bot, in_place, requests_to, rows, settled, time_passes

ONLY_ADMINISTRATORS = "Dans un groupe, seul un administrateur peut décider cela."
STEP = OLD - timedelta(days=3)


class Group(NamedTuple):
    """A group that the bot is in, an administrator of it, and somebody who is only a member."""

    id: int
    admin: Person
    member: Person


@pytest.fixture
def group(bot: Sandbox) -> Group:
    admin, member = bot.person("Administrator"), bot.person("Member")
    return Group(bot.group("Consortium", [admin, member]).id, admin, member)


async def signed_up(bot: Sandbox, group: Group) -> None:
    forges(bot, group.admin, "register|deadline|fr", chat=group.id)
    await group.admin.hears(lambda message: "C'est enregistré" in message.text, chat=group.id)


async def hears(group: Group, text: str) -> Shown:
    """The message of the bot in the group that holds this text."""
    return await group.admin.hears(lambda message: text in message.text, chat=group.id)


def registered(settings: Settings) -> list[tuple[object, ...]]:
    return rows(settings.database, "SELECT chat_id, purpose, off, later, submitted, language FROM registrations")


@pytest.mark.parametrize("text", ["/remind", "/start remind", "/remind@guichet_sandbox_bot"])
async def test_a_member_who_asks_for_the_groups_reminders_is_told_who_decides(
    bot: Sandbox, group: Group, text: str
) -> None:
    group.member.says(text, chat=group.id)
    await hears(group, ONLY_ADMINISTRATORS)
    assert [message.labels for message in from_bot(group.admin, group.id)] == [[]]
    assert bot.world.queries == {}


async def test_a_member_cannot_stop_the_groups_reminders(bot: Sandbox, group: Group, settings: Settings) -> None:
    await signed_up(bot, group)
    group.member.says("/stop", chat=group.id)
    await hears(group, ONLY_ADMINISTRATORS)
    assert len(registered(settings)) == 1


async def test_a_member_cannot_press_the_yes_that_an_administrator_was_shown(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    group.admin.says("/remind", chat=group.id)
    await hears(group, "Je peux vous écrire avant la clôture")
    group.member.presses("Oui, prévenez-moi", chat=group.id)
    await hears(group, ONLY_ADMINISTRATORS)
    await settled(bot, settings.database)
    assert registered(settings) == []


@pytest.mark.parametrize("data", ["switch|3d", "later|", "submitted|", "stop|", "register|next-edition", "offer|"])
async def test_a_member_cannot_press_what_changes_the_groups_reminders(
    bot: Sandbox, group: Group, settings: Settings, data: str
) -> None:
    await signed_up(bot, group)
    before = registered(settings)
    forges(bot, group.member, f"{data}|fr", chat=group.id)
    await hears(group, ONLY_ADMINISTRATORS)
    await settled(bot, settings.database)
    assert registered(settings) == before == [(group.id, "deadline", "", None, 0, "fr")]


async def test_a_member_cannot_stop_under_the_reminder_itself(bot: Sandbox, group: Group, settings: Settings) -> None:
    await signed_up(bot, group)
    await time_passes(bot, settings.database, STEP + timedelta(seconds=5) - bot.world.clock.now())
    reminder = await hears(group, "Rappel")
    group.member.presses("Arrêter les rappels", chat=group.id, message_id=reminder.message_id)
    await hears(group, ONLY_ADMINISTRATORS)
    assert len(registered(settings)) == 1


async def test_an_administrator_signs_the_group_up_and_it_is_reminded(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    group.admin.says("/remind", chat=group.id)
    await hears(group, "Je peux vous écrire avant la clôture")
    group.admin.presses("Oui, prévenez-moi", chat=group.id)
    await hears(group, "Je vous écrirai lundi 21 juillet 2025 à 15:00")
    await time_passes(bot, settings.database, STEP + timedelta(seconds=5) - bot.world.clock.now())
    await hears(group, "Rappel : les candidatures")
    assert from_bot(group.member) == from_bot(group.admin) == [], "nobody is written to in private"


async def test_an_administrator_switches_a_step_in_place_and_stops(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    group.admin.presses("Choisir les étapes", chat=group.id)
    panel = await hears(group, "Vous êtes inscrit")
    group.admin.presses("1 jour avant : oui", chat=group.id)
    await in_place(bot, group.admin, panel, "1 jour avant : non", chat=group.id)
    group.admin.presses("Arrêter les rappels", chat=group.id)
    await hears(group, "votre inscription est effacée")
    await settled(bot, settings.database)
    assert registered(settings) == []


async def test_an_administrator_who_writes_in_the_groups_name_decides_too(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    group.admin.says_as_group("/remind", group.id)
    await hears(group, "Je peux vous écrire avant la clôture")
    group.admin.presses("Oui, prévenez-moi", chat=group.id)
    await hears(group, "C'est enregistré")
    group.admin.says_as_group("/stop", group.id)
    await hears(group, "votre inscription est effacée")
    await settled(bot, settings.database)
    assert registered(settings) == []


async def test_who_writes_in_the_name_of_another_chat_does_not_decide(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    update_id = group.member.says_as_group("/stop", group.id)
    update = json.loads(bot.world.updates[update_id])
    update["message"]["sender_chat"] = {"id": -1009, "type": "channel", "title": "Elsewhere"}
    bot.world.push_raw(update_id, json.dumps(update))
    await hears(group, "Je n'arrive pas à vérifier qui administre ce groupe.")
    assert len(registered(settings)) == 1


async def test_nobody_decides_while_telegram_does_not_say_who_administers(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    bot.faults.fail("getchatmember")
    group.admin.says("/stop", chat=group.id)
    await hears(group, "Je n'arrive pas à vérifier qui administre ce groupe.")
    assert len(registered(settings)) == 1
    group.admin.says("/stop", chat=group.id)
    await hears(group, "votre inscription est effacée")


async def test_a_member_signs_up_in_private_without_the_group(bot: Sandbox, group: Group, settings: Settings) -> None:
    forges(bot, group.member, "register|deadline|fr")
    await group.member.hears(lambda message: "C'est enregistré" in message.text)
    assert [row[0] for row in registered(settings)] == [group.member.id]


async def test_a_member_does_not_change_the_language_of_the_groups_reminders(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    forges(bot, group.member, "language||ar", chat=group.id)
    await settled(bot, settings.database)
    assert registered(settings)[0][-1] == "fr"


async def test_a_group_that_removed_the_bot_is_left_alone_at_once_without_a_failed_request(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    before = requests_to(bot, group.id)
    group.admin.removes(group.id)
    await settled(bot, settings.database)
    await time_passes(bot, settings.database, STEP + timedelta(seconds=5) - bot.world.clock.now())
    assert requests_to(bot, group.id) == before


async def test_a_group_that_takes_the_bot_back_gets_what_it_missed_if_it_is_still_of_use(
    bot: Sandbox, group: Group, settings: Settings
) -> None:
    await signed_up(bot, group)
    group.admin.removes(group.id)
    await settled(bot, settings.database)
    await time_passes(bot, settings.database, STEP + timedelta(hours=1) - bot.world.clock.now())
    group.admin.removes(group.id, removed=False)
    await settled(bot, settings.database)
    await time_passes(bot, settings.database, timedelta(minutes=1))
    await hears(group, "Rappel : les candidatures")
    assert sum(message.text.startswith("Rappel") for message in from_bot(group.admin, group.id)) == 1
