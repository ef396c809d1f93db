"""An owner who is alone moves the deadline: what they see first, and what everybody sees from then on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from faq import Call, formatting
from faq.languages import ReplyLanguage
from tests.journeys.owning import LONGER, NEW, NOTICE, OLD, amended, changes, code_in, longer, moment, notice, read
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    from_bot,
    rows,
    says_and_hears,
    settled,
    signed_up,
    time_passes,
)

LANGUAGES = ["fr", "ar", "en"]
OWNER = 900001


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


@pytest.fixture
def owner(bot: Sandbox) -> Person:
    return bot.person("Owner", user_id=OWNER)


def old_day(language: str) -> str:
    return formatting.short_day(OLD.date(), ReplyLanguage(language))


def new_day(language: str) -> str:
    return formatting.short_day(NEW.date(), ReplyLanguage(language))


async def test_an_owner_sees_old_and_new_who_is_told_and_which_reminders_move(
    bot: Sandbox, owner: Person, call: Call
) -> None:
    await signed_up(bot, "ar")
    preview = await says_and_hears(owner, LONGER)
    lines = preview.text.splitlines()
    assert f"Date actuelle : {moment(call, OLD)}" in lines
    assert f"Nouvelle date : {moment(call, NEW)}" in lines
    assert f"Avis : {NOTICE}" in lines
    assert "1 conversation sera prévenue." in lines
    before, after = (moment(call, at - timedelta(days=3)) for at in (OLD, NEW))
    assert f"Rappel « 3 jours avant » : {before} → {after}" in lines
    assert f"Rappel « 7 jours avant » : aucun → {moment(call, NEW - timedelta(days=7))}" in lines
    assert not any("14 jours avant" in line for line in lines), "that step is over before and after the change"
    assert [notice(longer(call), language) in lines for language in LANGUAGES] == [True] * 3
    assert f"tapez ce code : {code_in(preview)}" in lines[-1]


async def test_nothing_changes_before_the_code_is_typed(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    await signed_up(bot)
    await says_and_hears(owner, LONGER)
    answer = await says_and_hears(bot.person("Passer-by"), "/deadline")
    assert moment(call, OLD) in answer.text
    assert new_day("fr") not in answer.text
    assert rows(settings.database, "SELECT 1 FROM amendments") == []


async def test_a_wrong_code_drops_the_proposal_for_good(bot: Sandbox, owner: Person, settings: Settings) -> None:
    code = code_in(await says_and_hears(owner, LONGER))
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert "Ce n'est pas le code" in (await says_and_hears(owner, wrong)).text
    await says_and_hears(owner, code)
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT state FROM proposals") == [("dropped",)]
    assert rows(settings.database, "SELECT 1 FROM amendments") == []


async def test_the_drop_button_ends_the_proposal(bot: Sandbox, owner: Person, settings: Settings) -> None:
    code = code_in(await says_and_hears(owner, LONGER))
    owner.presses("Ne rien changer")
    assert "Rien n'est changé" in (await owner.hears()).text
    await says_and_hears(owner, code)
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT 1 FROM amendments") == []


async def test_a_code_that_is_forwarded_or_typed_by_somebody_else_is_only_a_question(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    code = code_in(await says_and_hears(owner, LONGER))
    stranger = bot.person("Stranger")
    await says_and_hears(stranger, code)
    owner.forwards(code, stranger)
    await owner.hears()
    assert rows(settings.database, "SELECT state FROM proposals") == [("open",)]
    assert rows(settings.database, "SELECT 1 FROM amendments") == []


async def test_the_right_code_is_answered_with_the_notice_and_who_is_being_told(
    bot: Sandbox, owner: Person, call: Call
) -> None:
    await signed_up(bot)
    await signed_up(bot)
    done = await changes(owner, LONGER)
    assert notice(longer(call), "fr") in done.text
    assert "2 conversations sont prévenues, de nuit à partir de 09:00." in done.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_change_no_answer_gives_the_old_date_as_the_present_one(
    bot: Sandbox, owner: Person, call: Call, language: str
) -> None:
    await changes(owner, LONGER)
    said = notice(longer(call), language)
    dated: set[str] = set()
    for entry in call.entries:
        answer = await calls_back_and_hears(bot, bot.person("Applicant"), f"entry|{entry}|{language}")
        assert old_day(language) not in answer.text.replace(said, ""), entry
        dated |= {entry} if new_day(language) in answer.text else set()
    assert {"deadline", "extension", "how-to-apply"} <= dated


QUESTIONS = {
    "fr": ("Est-ce que la date limite a été prolongée ?", "Oui : la date limite a été reportée"),
    "ar": ("هل تم تمديد آخر أجل؟", "نعم: مُدّد آخر أجل"),
    "en": ("Has the deadline been extended?", "Yes: the deadline was put back"),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_whether_the_deadline_was_extended_is_told_yes_and_the_notice(
    bot: Sandbox, owner: Person, call: Call, language: str
) -> None:
    await changes(owner, LONGER)
    question, yes = QUESTIONS[language]
    answer = await says_and_hears(bot.person("Applicant", language_code=language), question)
    assert answer.text.startswith(yes)
    assert notice(longer(call), language) in answer.text
    assert f'href="{NOTICE}"' in answer.html


@pytest.mark.parametrize(
    ("language", "left"),
    [("fr", "il reste 11 jours et 4 heures"), ("ar", "11 يومًا و4 ساعات"), ("en", "11 days and 4 hours left")],
)
async def test_the_welcome_counts_the_time_to_the_new_date(
    bot: Sandbox, owner: Person, language: str, left: str
) -> None:
    await changes(owner, LONGER)
    assert left in (await says_and_hears(bot.person("Applicant", language_code=language), "/start")).text


def calendar_under(bot: Sandbox, person: Person, message: Shown) -> Calendar:
    document = bot.world.chats[person.id].messages[message.message_id]["document"]
    assert document["file_name"] == "deadline.ics"
    return Calendar.from_ical(bot.world.files[document["file_id"]][1])  # pyright: ignore[reportReturnType]


async def test_a_calendar_that_has_the_old_entry_takes_the_new_one_over_it(bot: Sandbox, owner: Person) -> None:
    person = bot.person("Applicant")
    (before,) = calendar_under(bot, person, await says_and_hears(person, "/calendar")).walk("VEVENT")
    await changes(owner, LONGER)
    (after,) = calendar_under(bot, person, await says_and_hears(person, "/calendar")).walk("VEVENT")
    assert (before["UID"], before.decoded("SEQUENCE"), before.decoded("DTSTART")) == (after["UID"], 0, OLD)
    assert (after.decoded("SEQUENCE"), after.decoded("DTSTART")) == (1, NEW)


CHANGED = {"fr": "Changement de la date limite.", "ar": "تغير آخر أجل.", "en": "The deadline has changed."}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_is_registered_is_told_the_change_in_their_language_once(
    bot: Sandbox, owner: Person, call: Call, settings: Settings, language: str
) -> None:
    person = await signed_up(bot, language)
    await changes(owner, LONGER)
    news = await person.hears()
    assert read(news.text).startswith(f"{CHANGED[language]} {read(notice(longer(call), language))}")
    await time_passes(bot, settings.database, timedelta(days=1))
    assert from_bot(person)[-1].message_id == news.message_id, "nothing comes twice, and nothing of the old plan"


async def test_reminders_come_at_the_moments_of_the_new_date_and_at_none_of_the_old(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await changes(owner, LONGER)
    news = await person.hears()
    await time_passes(bot, settings.database, OLD - bot.world.clock.now() - timedelta(minutes=2))
    assert from_bot(person)[-1].message_id == news.message_id, "three days and one day before the old date went by"
    await time_passes(bot, settings.database, timedelta(minutes=3))
    reminder = await person.hears()
    assert moment(call, NEW) in reminder.text
    assert "il reste 6 jours et 23 heures" in reminder.text


async def test_the_whole_history_of_the_date_stands_under_it(bot: Sandbox, owner: Person, call: Call) -> None:
    await changes(owner, LONGER)
    await changes(owner, f"/newdeadline 2025-08-07 12h {NOTICE}")
    twice = amended(call, datetime(2025, 7, 31, 15), datetime(2025, 8, 7, 12))  # noqa: DTZ001
    answer = await says_and_hears(bot.person("Applicant"), "/deadline")
    first = answer.text.index(f"la date limite avait été déplacée du {moment(call, OLD)} au {moment(call, NEW)}")
    assert answer.text.index(notice(twice, "fr")) > first
    assert notice(longer(call), "fr") not in answer.text, "an earlier change is not told as what holds"
    assert answer.text.startswith(
        f"Les candidatures se déposent au plus tard {moment(twice, NEW + timedelta(days=6, hours=21))}"
    )


async def test_the_act_is_in_the_record_with_what_was_what_is_and_who_decided(
    owner: Person, settings: Settings
) -> None:
    await changes(owner, LONGER)
    await eventually(lambda: len(rows(settings.database, "SELECT 1 FROM audit")) == 2)
    lines = rows(settings.database, "SELECT who, act, detail FROM audit ORDER BY id")
    assert [line[:2] for line in lines] == [(OWNER, "change-deadline")] * 2
    assert "2025-07-24 15:00" in lines[1][2]
    assert "2025-07-31 15:00" in lines[1][2]
    assert NOTICE in lines[1][2]
    (decided,) = rows(settings.database, "SELECT version, proposed_by, confirmed_by FROM amendments")
    assert decided == (2, OWNER, OWNER)
