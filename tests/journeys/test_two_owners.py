"""Two owners: one proposes, the other confirms, and nobody else gets a word in."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from faq import Call, Matcher
from tests.conftest import running
from tests.journeys.owning import LONGER, NEW, NOTICE, OLD, amended, code_in, longer, moment, notice, read
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    forges,
    from_bot,
    rows,
    says_and_hears,
    settled,
    signed_up,
    time_passes,
)

FIRST, SECOND, THIRD, STAFF = 900001, 900002, 900003, 900010
GONE = "Cette proposition n'est plus ouverte"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({FIRST, SECOND}), "staff_ids": frozenset({STAFF})})


@pytest.fixture
def first(bot: Sandbox) -> Person:
    return bot.person("First owner", user_id=FIRST)


@pytest.fixture
async def second(bot: Sandbox) -> Person:
    """The other owner, who once chose Arabic."""
    person = bot.person("Second owner", user_id=SECOND)
    await calls_back_and_hears(bot, person, "language||ar")
    return person


def open_number(settings: Settings) -> int:
    return rows(settings.database, "SELECT id FROM proposals WHERE state = 'open'")[-1][0]


def in_force(settings: Settings) -> list[tuple[object, ...]]:
    return rows(settings.database, "SELECT version, local, proposed_by, confirmed_by FROM amendments ORDER BY version")


def last_note(settings: Settings) -> tuple[int, dict[str, object]]:
    who, detail = rows(settings.database, "SELECT who, detail FROM audit ORDER BY id")[-1]
    return who, json.loads(detail)


async def test_the_other_owner_is_asked_in_their_language_and_confirms_with_one_tap(
    bot: Sandbox, first: Person, second: Person, call: Call, settings: Settings
) -> None:
    applicant = await signed_up(bot)
    assert "Un autre propriétaire doit confirmer" in (await says_and_hears(first, LONGER)).text
    asked = await second.hears()
    assert read(asked.text).startswith("يقترح مالك آخر هذا التغيير")
    assert {moment(call, OLD, "ar"), moment(call, NEW, "ar")} <= {
        line.split(": ", 1)[-1] for line in read_lines(asked.text)
    }
    assert asked.labels == ["تأكيد هذا التغيير", "عدم التغيير"]
    second.presses("تأكيد هذا التغيير")
    assert notice(longer(call), "ar") in (await second.hears()).text
    assert notice(longer(call), "fr") in (await first.hears()).text
    assert notice(longer(call), "fr") in (await applicant.hears()).text
    assert in_force(settings) == [(2, "2025-07-31T15:00:00", FIRST, SECOND)]


def read_lines(text: str) -> list[str]:
    """The lines of a text in Arabic; a value that was put into a sentence stands in marks of its own."""
    return [line.replace("\u2068\u2068", "\u2068").replace("\u2069\u2069", "\u2069") for line in text.splitlines()]


async def test_the_proposer_is_shown_no_code_and_no_button_to_confirm(first: Person) -> None:
    preview = await says_and_hears(first, LONGER)
    assert preview.labels == ["Ne rien changer"]
    with pytest.raises(IndexError):
        code_in(preview)


async def test_the_proposer_cannot_confirm_by_the_code_that_is_kept(
    bot: Sandbox, first: Person, settings: Settings
) -> None:
    await says_and_hears(first, LONGER)
    ((code,),) = rows(settings.database, "SELECT code FROM proposals")
    assert "un autre propriétaire doit la confirmer" in (await says_and_hears(first, code)).text
    await settled(bot, settings.database)
    assert in_force(settings) == []
    assert last_note(settings) == (FIRST, {"refused": "amend-own", "proposal": open_number(settings)})


async def test_the_proposer_cannot_confirm_by_a_forged_button(bot: Sandbox, first: Person, settings: Settings) -> None:
    await says_and_hears(first, LONGER)
    answer = await calls_back_and_hears(bot, first, f"apply|{open_number(settings)}|fr")
    assert "un autre propriétaire doit la confirmer" in answer.text
    assert in_force(settings) == []
    assert last_note(settings) == (FIRST, {"refused": "amend-own", "proposal": open_number(settings)})


@pytest.mark.parametrize("user_id", [STAFF, 4242])
@pytest.mark.parametrize("verb", ["apply", "drop"])
async def test_a_forged_button_of_anybody_else_is_refused_and_written_down(
    bot: Sandbox, first: Person, settings: Settings, user_id: int, verb: str
) -> None:
    await says_and_hears(first, LONGER)
    number = open_number(settings)
    forger = bot.person("Forger", user_id=user_id)
    answer = await calls_back_and_hears(bot, forger, f"{verb}|{number}|fr")
    assert "Seul un propriétaire de ce guichet" in answer.text
    assert open_number(settings) == number
    assert in_force(settings) == []
    who, detail = last_note(settings)
    assert who == user_id
    assert detail["refused"] == "amend-denied"


async def test_the_record_of_a_forged_button_names_the_proposal(
    bot: Sandbox, first: Person, settings: Settings
) -> None:
    await says_and_hears(first, LONGER)
    number = open_number(settings)
    await calls_back_and_hears(bot, bot.person("Forger", user_id=STAFF), f"apply|{number}|fr")
    assert f"apply|{number}" in json.dumps(last_note(settings)[1])


@pytest.mark.parametrize("argument", ["0", "99999", "-1", "1;2", "١", "9" * 40, ""])
async def test_a_number_that_stands_for_no_proposal_changes_nothing(
    bot: Sandbox, first: Person, second: Person, settings: Settings, argument: str
) -> None:
    await says_and_hears(first, LONGER)
    await second.hears()
    assert GONE in (await calls_back_and_hears(bot, second, f"apply|{argument}|fr")).text
    assert in_force(settings) == []


async def test_a_second_press_and_a_replayed_press_change_nothing(
    bot: Sandbox, first: Person, second: Person, call: Call, settings: Settings
) -> None:
    applicant = await signed_up(bot)
    await says_and_hears(first, LONGER)
    await second.hears()
    update_id = second.presses("تأكيد هذا التغيير")
    raw = bot.world.updates[update_id]
    second.presses("تأكيد هذا التغيير")
    await second.hears()
    assert read((await second.hears()).text).startswith("لم يعد هذا الاقتراح مفتوحاً")
    await applicant.hears()
    await settled(bot, settings.database)
    everything = rows(settings.database, "SELECT count(*) FROM sendings")
    bot.world.push_raw(update_id, raw)
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT count(*) FROM sendings") == everything
    assert in_force(settings) == [(2, "2025-07-31T15:00:00", FIRST, SECOND)]
    assert sum(notice(longer(call), "fr") in message.text for message in from_bot(applicant)) == 1


async def test_of_two_proposals_the_one_that_is_confirmed_later_is_too_late(
    first: Person, second: Person, settings: Settings
) -> None:
    await says_and_hears(first, LONGER)
    await second.hears()
    second.says(f"/newdeadline 14/08/2025 15:00 {NOTICE}")
    await second.hears()
    await first.hears()
    first.presses("Confirmer ce changement")
    await first.hears(lambda message: message.text.startswith("C'est fait"))
    second.presses("تأكيد هذا التغيير")
    await second.hears(lambda message: read(message.text).startswith("لم يعد هذا الاقتراح مفتوحاً"))
    assert in_force(settings) == [(2, "2025-08-14T15:00:00", SECOND, FIRST)]


async def test_a_proposal_lasts_a_day(bot: Sandbox, first: Person, second: Person, settings: Settings) -> None:
    await says_and_hears(first, LONGER)
    await second.hears()
    await time_passes(bot, settings.database, timedelta(hours=24, minutes=1))
    second.presses("تأكيد هذا التغيير")
    await second.hears(lambda one: read(one.text).startswith("لم يعد هذا الاقتراح مفتوحاً"))
    assert in_force(settings) == []


async def test_a_proposal_whose_date_went_by_cannot_be_confirmed(
    bot: Sandbox, first: Person, second: Person, settings: Settings
) -> None:
    await says_and_hears(first, f"/newdeadline 20/07/2025 12:00 {NOTICE}")
    await second.hears()
    await time_passes(bot, settings.database, timedelta(hours=2))
    second.presses("تأكيد هذا التغيير")
    assert read((await second.hears()).text).startswith("لم يعد هذا الاقتراح مفتوحاً")
    assert in_force(settings) == []


async def test_the_other_owner_can_refuse(first: Person, second: Person, settings: Settings) -> None:
    await says_and_hears(first, LONGER)
    await second.hears()
    second.presses("عدم التغيير")
    assert read((await second.hears()).text).startswith("لم يتغير شيء")
    second.presses("تأكيد هذا التغيير")
    assert read((await second.hears()).text).startswith("لم يعد هذا الاقتراح مفتوحاً")
    assert in_force(settings) == []
    assert rows(settings.database, "SELECT state FROM proposals") == [("dropped",)]


async def test_a_new_proposal_of_the_same_owner_takes_the_place_of_the_old(
    first: Person, second: Person, settings: Settings
) -> None:
    await says_and_hears(first, LONGER)
    old = await second.hears()
    await says_and_hears(first, f"/newdeadline 14/08/2025 15:00 {NOTICE}")
    await second.hears()
    second.presses("تأكيد هذا التغيير", message_id=old.message_id)
    assert read((await second.hears()).text).startswith("لم يعد هذا الاقتراح مفتوحاً")
    assert in_force(settings) == []


async def test_of_two_owners_who_confirm_at_the_same_moment_one_is_first(
    sandbox: Sandbox, settings: Settings, clock: MovableClock, call: Call, matcher: Matcher
) -> None:
    three = settings.model_copy(update={"owner_ids": frozenset({FIRST, SECOND, THIRD})})
    async with running(three, call, clock, matcher):
        first, *others = [sandbox.person(f"Owner {number}", user_id=number) for number in (FIRST, SECOND, THIRD)]
        for other in others:
            await says_and_hears(other, "/start")
        await says_and_hears(first, LONGER)
        for other in others:
            await other.hears()
            other.presses("Confirmer ce changement")
        said = [(await other.hears()).text for other in others]
        assert sorted((GONE in text, "C'est fait" in text) for text in said) == [(False, True), (True, False)]
        await settled(sandbox, three.database)
    assert len(in_force(three)) == 1


async def test_a_change_outlives_the_process(
    sandbox: Sandbox, settings: Settings, clock: MovableClock, call: Call, matcher: Matcher
) -> None:
    first, second = (sandbox.person("Owner", user_id=number) for number in (FIRST, SECOND))
    async with running(settings, call, clock, matcher):
        await says_and_hears(second, "/start")
        await says_and_hears(first, LONGER)
        await second.hears()
    async with running(settings, call, clock, matcher):
        second.presses("Confirmer ce changement")
        await second.hears()
        await eventually(lambda: in_force(settings))
    async with running(settings, call, clock, matcher):
        answer = await says_and_hears(sandbox.person("Applicant"), "/deadline")
    assert moment(call, NEW) in answer.text
    assert notice(amended(call, datetime(2025, 7, 31, 15)), "fr") in answer.text  # noqa: DTZ001


async def test_a_press_in_a_group_is_refused(bot: Sandbox, first: Person, second: Person, settings: Settings) -> None:
    await says_and_hears(first, LONGER)
    group = bot.group("Office", [second])
    forges(bot, second, f"apply|{open_number(settings)}|fr", chat=group.id)
    answer = await second.hears(lambda message: message.text != "menu", chat=group.id)
    assert "que dans une conversation privée" in answer.text
    assert in_force(settings) == []


async def test_what_somebody_proposed_who_is_no_owner_any_more_cannot_be_confirmed(
    sandbox: Sandbox, settings: Settings, clock: MovableClock, call: Call, matcher: Matcher
) -> None:
    first, second = (sandbox.person("Owner", user_id=number) for number in (FIRST, SECOND))
    async with running(settings, call, clock, matcher):
        await says_and_hears(second, "/start")
        await says_and_hears(first, LONGER)
        await second.hears()
    alone = settings.model_copy(update={"owner_ids": frozenset({SECOND})})
    async with running(alone, call, clock, matcher):
        second.presses("Confirmer ce changement")
        assert GONE in (await second.hears()).text
    assert in_force(settings) == []
