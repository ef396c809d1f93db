"""A deadline that comes nearer, a call that is cancelled, and one that opens again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from faq import Call
from faq.formatting import short_day
from faq.languages import ReplyLanguage
from tests.journeys.owning import LONGER, NEW, NOTICE, OLD, amended, changes, longer, moment, notice, read
from tests.journeys.watching import (
    calls_back_and_hears,
    from_bot,
    presses_and_hears,
    rows,
    says_and_hears,
    signed_up,
    time_passes,
)

OWNER = 900001
SHORTER = f"/newdeadline 22/07/2025 12:00 {NOTICE}"
CANCEL = f"/newdeadline cancel {NOTICE}"
CANCELLED = [
    ("fr", "L'appel est annulé (annoncé ici le 20 juillet 2025, avis : www.example.org)."),
    ("ar", "أُلغيت هذه الدعوة (أُعلن هنا يوم 20 يوليوز 2025، الإعلان: www.example.org)."),
    ("en", "The call is cancelled (announced here on July 20, 2025, notice: www.example.org)."),
]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


@pytest.fixture
def owner(bot: Sandbox) -> Person:
    return bot.person("Owner", user_id=OWNER)


async def test_a_shorter_deadline_is_told_at_once_and_reminds_by_the_new_date(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await changes(owner, SHORTER)
    shorter = amended(call, datetime(2025, 7, 22, 12))  # noqa: DTZ001
    news = await person.hears()
    assert notice(shorter, "fr") in news.text
    assert "il reste 2 jours et 1 heure" in news.text
    await time_passes(bot, settings.database, timedelta(days=1, hours=1, minutes=31))
    assert "il reste 23 heures" in (await person.hears()).text
    await time_passes(bot, settings.database, OLD - bot.world.clock.now() + timedelta(days=1))
    reminders = [m.text for m in from_bot(person) if m.text.startswith("Rappel")]
    assert len(reminders) == 1, "three hours before the new date was passed over by the leap to after the old one"
    assert moment(call, datetime.fromisoformat("2025-07-22T11:00Z")) in reminders[0]


async def test_who_registers_after_a_shorter_deadline_went_by_is_told_that_it_is_over(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    await changes(owner, SHORTER)
    await time_passes(bot, settings.database, timedelta(days=2, hours=2))
    assert (
        "L'appel est clos depuis le mardi 22 juillet 2025 à 12:00"
        in (await says_and_hears(bot.person("Applicant"), "/remind")).text
    )


@pytest.mark.parametrize(("language", "said"), CANCELLED)
async def test_a_cancelled_call_is_told_to_everybody_and_said_everywhere(
    bot: Sandbox, owner: Person, language: str, said: str
) -> None:
    registered = await signed_up(bot, language)
    await changes(owner, CANCEL)
    news = await registered.hears()
    assert said in read(news.text)
    assert read(news.text) == read(news.text).rstrip(), "no empty line where the time that is left would stand"
    person = bot.person("Applicant", language_code=language)
    for question in ("/start", "/deadline", "/remind"):
        assert said in read((await says_and_hears(person, question)).text)
    extension = await calls_back_and_hears(bot, bot.person("Other"), f"entry|extension|{language}")
    assert said in read(extension.text)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_no_answer_of_a_cancelled_call_gives_its_date_or_calls_it_open(
    bot: Sandbox, owner: Person, call: Call, language: str
) -> None:
    await changes(owner, CANCEL)
    day = short_day(OLD.date(), ReplyLanguage(language))
    for entry in call.entries:
        answer = await calls_back_and_hears(bot, bot.person("Applicant"), f"entry|{entry}|{language}")
        assert day not in answer.text, entry
        assert "Me rappeler la clôture" not in answer.labels


async def test_a_cancelled_call_reminds_nobody(bot: Sandbox, owner: Person, settings: Settings) -> None:
    person = await signed_up(bot)
    await changes(owner, CANCEL)
    await person.hears()
    for _ in range(5):
        await time_passes(bot, settings.database, timedelta(days=1))
    assert not any(message.text.startswith("Rappel") for message in from_bot(person))


async def test_cancelling_twice_is_refused(owner: Person, settings: Settings) -> None:
    await changes(owner, CANCEL)
    assert "C'est déjà ce qui vaut" in (await says_and_hears(owner, CANCEL)).text
    assert len(rows(settings.database, "SELECT 1 FROM amendments")) == 1


async def test_the_preview_of_a_cancellation_says_that_no_reminder_is_left(owner: Person, call: Call) -> None:
    preview = await says_and_hears(owner, CANCEL)
    assert "Nouvelle date : appel annulé" in preview.text
    assert f"Rappel « 1 jour avant » : {moment(call, OLD - timedelta(days=1))} → aucun" in preview.text


async def test_a_calendar_is_told_that_the_call_is_cancelled(bot: Sandbox, owner: Person) -> None:
    await changes(owner, CANCEL)
    person = bot.person("Applicant")
    message = await says_and_hears(person, "/calendar")
    document = bot.world.chats[person.id].messages[message.message_id]["document"]
    (event,) = Calendar.from_ical(bot.world.files[document["file_id"]][1]).walk("VEVENT")
    assert (event["STATUS"], event.decoded("SEQUENCE")) == ("CANCELLED", 1)


async def test_a_cancelled_call_opens_again_and_reminds_again(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await changes(owner, CANCEL)
    await person.hears()
    await changes(owner, LONGER)
    news = await person.hears()
    assert "l'appel est rouvert, jusqu'au jeudi 31 juillet 2025 à 15:00" in news.text
    await time_passes(bot, settings.database, NEW - bot.world.clock.now() - timedelta(days=3, minutes=-1))
    assert moment(call, NEW) in (await person.hears()).text
    answer = (await says_and_hears(bot.person("Other"), "/deadline")).text
    assert answer.index("annulé") < answer.index("rouvert")
    noted = rows(settings.database, "SELECT detail ->> 'was' FROM audit WHERE detail ->> 'is_now' IS NOT NULL")
    assert noted == [(None,)], "a cancelled call had no date"


async def test_a_closed_call_opens_again_for_who_was_registered_and_who_waits_for_the_next_edition(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    registered = await signed_up(bot)
    await time_passes(bot, settings.database, OLD - bot.world.clock.now() + timedelta(hours=18))
    waiting = bot.person("Waiting")
    await calls_back_and_hears(bot, waiting, "register|next-edition|en")
    await changes(owner, LONGER)
    opened = longer(call, announced=date(2025, 7, 25))
    assert notice(opened, "fr") in (await registered.hears(lambda m: "Changement" in m.text)).text
    assert notice(opened, "en") in (await waiting.hears()).text
    await says_and_hears(registered, "/deadline")
    await time_passes(bot, settings.database, NEW - bot.world.clock.now() - timedelta(days=3, minutes=-1))
    assert "il reste 2 jours et 23 heures" in (await registered.hears()).text


async def test_who_waited_for_the_next_edition_can_ask_for_reminders_when_the_call_opens_again(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    await time_passes(bot, settings.database, OLD - bot.world.clock.now() + timedelta(hours=18))
    waiting = bot.person("Waiting")
    await calls_back_and_hears(bot, waiting, "register|next-edition|fr")
    await changes(owner, LONGER)
    await waiting.hears()
    assert "avant, au choix, et un autre si la date change" in (await says_and_hears(waiting, "/remind")).text
    assert (
        "Je vous écrirai lundi 28 juillet 2025 à 15:00" in (await presses_and_hears(waiting, "Oui, prévenez-moi")).text
    )


async def test_a_change_at_night_is_told_in_the_morning_and_answered_at_once(
    bot: Sandbox, owner: Person, call: Call, settings: Settings
) -> None:
    person = await signed_up(bot)
    await time_passes(bot, settings.database, timedelta(hours=12))
    await changes(owner, LONGER)
    assert moment(call, NEW) in (await says_and_hears(bot.person("Other"), "/deadline")).text
    await time_passes(bot, settings.database, timedelta(hours=10))
    assert not any("Changement" in message.text for message in from_bot(person))
    await time_passes(bot, settings.database, timedelta(minutes=31))
    assert notice(longer(call), "fr") in (await person.hears()).text
