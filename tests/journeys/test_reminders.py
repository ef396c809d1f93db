"""An applicant asks for reminders, chooses among them, gets them at the moments that were named, and stops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from faq import Call, answering
from faq.formatting import short_day
from faq.languages import ReplyLanguage
from tests.conftest import OPEN
from tests.journeys.owning import OLD, moment, read
from tests.journeys.watching import (
    calls_back_and_hears,
    from_bot,
    in_place,
    presses_and_hears,
    requests_to,
    rows,
    says_and_hears,
    settled,
    signed_up,
    time_passes,
)

LANGUAGES = ["fr", "ar", "en"]
YES = {"fr": "Oui, prévenez-moi", "ar": "نعم، ذكّروني", "en": "Yes, remind me"}
STOP = {"fr": "Arrêter les rappels", "ar": "إيقاف التذكير", "en": "Stop reminders"}
STOPPED = {"fr": "votre inscription est effacée", "ar": "وقد حُذف تسجيلكم", "en": "your registration is erased"}
CHOOSE = {"fr": "Choisir les étapes", "ar": "اختيار المراحل", "en": "Choose the steps"}
LEFT = {
    "fr": ["il reste 2 jours et 23 heures", "il reste 23 heures et 59 minutes", "il reste 2 heures et 59 minutes"],
    "ar": ["يومان و23 ساعة", "23 ساعة و59 دقيقة", "ساعتان و59 دقيقة"],
    "en": ["2 days and 23 hours left", "23 hours and 59 minutes left", "2 hours and 59 minutes left"],
}
STEPS = [timedelta(days=3), timedelta(days=1), timedelta(hours=3)]
"""Those that are ahead when a test begins."""


async def to(bot: Sandbox, settings: Settings, before: timedelta) -> None:
    """Go to just after so long before the deadline."""
    await time_passes(bot, settings.database, OLD - before + timedelta(seconds=5) - bot.world.clock.now())


def reminders(person: Person) -> list[str]:
    return [message.text for message in from_bot(person) if message.text.startswith(("Rappel", "تذكير", "Reminder"))]


@pytest.mark.parametrize("way", [["/remind"], ["/start remind"], ["/deadline", "Me rappeler la clôture"]])
async def test_every_way_leads_to_the_offer(bot: Sandbox, way: list[str]) -> None:
    person = bot.person("Applicant")
    answer = await says_and_hears(person, way[0])
    for button in way[1:]:
        answer = await presses_and_hears(person, button)
    assert answer.labels == ["Oui, prévenez-moi"]
    assert "avant, au choix, et un autre si la date change" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_offer_says_when_it_will_write_what_it_keeps_and_until_when(
    bot: Sandbox, call: Call, language: str
) -> None:
    offer = await says_and_hears(bot.person("Applicant", language_code=language), "/remind")
    text = read(offer.text)
    assert read(moment(call, OLD, language)) in text
    assert answering.steps_text(call, language=ReplyLanguage(language), now=OPEN) in text
    assert answering.steps_text(call, language=ReplyLanguage(language)) not in text, "what has passed is no offer"
    assert short_day(date(2025, 8, 23), ReplyLanguage(language)) in text
    assert offer.labels == [YES[language]]


async def test_an_offer_alone_registers_nobody(bot: Sandbox, settings: Settings) -> None:
    await says_and_hears(bot.person("Applicant"), "/remind")
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT * FROM registrations") == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_is_confirmed_with_the_moment_of_the_next_message(
    bot: Sandbox, call: Call, settings: Settings, language: str
) -> None:
    person = bot.person("Applicant", language_code=language)
    await says_and_hears(person, "/remind")
    done = await presses_and_hears(person, YES[language])
    assert read(moment(call, OLD - timedelta(days=3), language)) in read(done.text)
    assert done.labels[0] == CHOOSE[language]
    assert done.labels[-1] == STOP[language]
    kept = rows(settings.database, "SELECT chat_id, purpose, language, off, later, submitted FROM registrations")
    assert kept == [(person.id, "deadline", language, "", None, 0)]


async def test_a_second_yes_registers_nobody_twice(bot: Sandbox, settings: Settings) -> None:
    person = bot.person("Applicant")
    await says_and_hears(person, "/remind")
    person.presses("Oui, prévenez-moi")
    person.presses("Oui, prévenez-moi")
    assert (await person.hears()).text == (await person.hears()).text
    await to(bot, settings, timedelta(days=3))
    assert len(reminders(person)) == 1
    assert len(rows(settings.database, "SELECT 1 FROM registrations")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_reminders_come_once_at_each_step_and_none_once_it_is_over(
    bot: Sandbox, call: Call, settings: Settings, language: str
) -> None:
    person = await signed_up(bot, language)
    for number, step in enumerate(STEPS, 1):
        await to(bot, settings, step + timedelta(minutes=2))
        assert len(reminders(person)) == number - 1
        await to(bot, settings, step)
        assert len(reminders(person)) == number
        assert read(moment(call, OLD, language)) in read(reminders(person)[-1])
        assert LEFT[language][number - 1] in read(reminders(person)[-1])
    for later in (timedelta(0), timedelta(days=-1), timedelta(days=-29)):
        await to(bot, settings, later)
    assert requests_to(bot, person.id) == 1 + len(STEPS)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_tap_under_a_reminder_ends_everything(bot: Sandbox, settings: Settings, language: str) -> None:
    person = await signed_up(bot, language)
    await to(bot, settings, STEPS[0])
    await person.hears()
    assert STOPPED[language] in (await presses_and_hears(person, STOP[language])).text
    for step in STEPS[1:]:
        await to(bot, settings, step)
    assert len(reminders(person)) == 1
    assert rows(settings.database, "SELECT 1 FROM registrations") == []


async def test_stopping_twice_does_no_harm(bot: Sandbox) -> None:
    person = await signed_up(bot)
    person.presses("Arrêter les rappels")
    person.presses("Arrêter les rappels")
    assert "votre inscription est effacée" in (await person.hears()).text
    assert "il n'y a rien à arrêter" in (await person.hears()).text


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("fr", ["3 jours avant : oui", "1 jour avant : oui", "3 heures avant : oui", "Plus tard", "J'ai déjà déposé"]),
        ("ar", ["قبل 3 أيام: نعم", "قبل يوم: نعم", "قبل 3 ساعات: نعم", "لاحقاً", "أودعت ملفي"]),
        ("en", ["3 days before: yes", "1 day before: yes", "3 hours before: yes", "Later", "I have handed it in"]),
    ],
)
async def test_the_panel_shows_the_steps_that_are_ahead_and_everything_else_there_is(
    bot: Sandbox, call: Call, language: str, labels: list[str]
) -> None:
    person = await signed_up(bot, language)
    panel = await presses_and_hears(person, CHOOSE[language])
    assert [read(label) for label in panel.labels[:5]] == labels
    assert panel.labels[-1] == STOP[language]
    assert read(moment(call, OLD - STEPS[0], language)) in read(panel.text)
    assert short_day(date(2025, 8, 23), ReplyLanguage(language)) in read(panel.text)


async def test_a_step_is_switched_off_and_on_in_the_same_message(bot: Sandbox, call: Call, settings: Settings) -> None:
    person = await signed_up(bot)
    panel = await presses_and_hears(person, "Choisir les étapes")
    person.presses("3 jours avant : oui")
    off = await in_place(bot, person, panel, "3 jours avant : non")
    assert f"Prochain message : {moment(call, OLD - STEPS[1])}" in off.text
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT off FROM registrations") == [("3d",)]
    person.presses("3 jours avant : non")
    on = await in_place(bot, person, panel, "3 jours avant : oui")
    assert f"Prochain message : {moment(call, OLD - STEPS[0])}" in on.text
    await settled(bot, settings.database)
    assert requests_to(bot, person.id) == 2, "nothing new was sent"


async def test_a_double_tap_on_a_step_switches_it_once(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    panel = await presses_and_hears(person, "Choisir les étapes")
    person.presses("3 jours avant : oui")
    person.presses("3 jours avant : oui")
    await in_place(bot, person, panel, "3 jours avant : non")
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT off FROM registrations") == [("3d",)]


async def test_a_step_that_is_switched_off_does_not_come_and_the_others_do(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    panel = await presses_and_hears(person, "Choisir les étapes")
    person.presses("1 jour avant : oui")
    await in_place(bot, person, panel, "1 jour avant : non")
    counts: list[int] = []
    for step in STEPS:
        await to(bot, settings, step)
        counts.append(len(reminders(person)))
    assert counts == [1, 1, 2]


async def test_with_every_step_off_the_panel_says_that_only_a_change_will_be_told(
    bot: Sandbox, settings: Settings
) -> None:
    person = await signed_up(bot)
    panel = await presses_and_hears(person, "Choisir les étapes")
    for label in ("3 jours avant", "1 jour avant", "3 heures avant"):
        person.presses(f"{label} : oui")
        panel = await in_place(bot, person, panel, f"{label} : non")
    assert "Plus aucun rappel n'est prévu ; un changement de date vous serait annoncé." in panel.text
    await to(bot, settings, timedelta(0))
    assert reminders(person) == []


async def test_who_registers_late_is_told_of_the_later_steps_only(bot: Sandbox, call: Call, settings: Settings) -> None:
    await to(bot, settings, timedelta(days=2))
    person = bot.person("Applicant")
    await says_and_hears(person, "/remind")
    done = await presses_and_hears(person, "Oui, prévenez-moi")
    assert f"Je vous écrirai {moment(call, OLD - STEPS[1])}" in done.text
    await time_passes(bot, settings.database, timedelta(minutes=2))
    assert reminders(person) == []


async def test_who_registers_when_every_step_is_past_is_told_not_to_wait(bot: Sandbox, settings: Settings) -> None:
    await to(bot, settings, timedelta(hours=1))
    done = await calls_back_and_hears(bot, bot.person("Applicant"), "register|deadline|fr")
    assert "plus de rappel avant la clôture (jeudi 24 juillet 2025 à 15:00" in done.text


@pytest.mark.parametrize("way", ["/calendar", "the button under the confirmation", "the button under the date"])
async def test_the_deadline_comes_as_a_file_that_calendars_read(bot: Sandbox, call: Call, way: str) -> None:
    person = await signed_up(bot)
    if way == "the button under the date":
        await says_and_hears(person, "/deadline")
    message = await (
        says_and_hears(person, way) if way[0] == "/" else presses_and_hears(person, "Fichier pour l'agenda")
    )
    document = bot.world.chats[person.id].messages[message.message_id]["document"]
    assert document["file_name"] == "deadline.ics"
    (event,) = Calendar.from_ical(bot.world.files[document["file_id"]][1]).walk("VEVENT")
    assert event.decoded("DTSTART") == OLD
    assert event.decoded("SEQUENCE") == 0
    alarms = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert alarms == [-step for step in call.steps]
