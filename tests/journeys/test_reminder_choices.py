"""Later, already handed in, taken up again; what a button of another time leads to, and the time after the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from faq import Call
from tests.journeys.owning import LONGER, OLD, changes, longer, moment, notice, read
from tests.journeys.watching import (
    calls_back_and_hears,
    forges,
    from_bot,
    in_place,
    presses_and_hears,
    rows,
    says_and_hears,
    signed_up,
    time_passes,
)

OWNER = 900001
LANGUAGES = ["fr", "ar", "en"]
LATER = {"fr": "Plus tard", "ar": "لاحقاً", "en": "Later"}
SUBMITTED = {"fr": "J'ai déjà déposé", "ar": "أودعت ملفي", "en": "I have handed it in"}
NOTED = {"fr": "votre dossier est déposé, plus de rappel", "ar": "ملفكم مودع، فلا تذكير", "en": "no more reminders"}
RESUME = {"fr": "Reprendre les rappels", "ar": "استئناف التذكير", "en": "Remind me again"}
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


async def to(bot: Sandbox, settings: Settings, before: timedelta) -> None:
    """Go to just after so long before the deadline."""
    await time_passes(bot, settings.database, OLD - before + timedelta(seconds=5) - bot.world.clock.now())


def reminders(person: Person) -> list[str]:
    return [message.text for message in from_bot(person) if message.text.startswith(("Rappel", "تذكير", "Reminder"))]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_later_brings_one_reminder_at_the_moment_that_was_named_and_none_before(
    bot: Sandbox, call: Call, settings: Settings, language: str
) -> None:
    person = await signed_up(bot, language)
    await to(bot, settings, 3 * DAY)
    await person.hears()
    said = await presses_and_hears(person, LATER[language])
    morning = datetime.fromisoformat("2025-07-22T08:00Z")
    assert read(moment(call, morning, language)) in read(said.text)
    await to(bot, settings, OLD - morning + timedelta(minutes=2))
    assert len(reminders(person)) == 1
    await to(bot, settings, OLD - morning)
    assert len(reminders(person)) == 2
    await to(bot, settings, DAY + timedelta(minutes=2))
    assert len(reminders(person)) == 2
    await to(bot, settings, DAY)
    assert len(reminders(person)) == 3, "the steps after it come as ever"


async def test_later_twice_brings_one_reminder(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await to(bot, settings, 3 * DAY)
    await person.hears()
    person.presses("Plus tard")
    person.presses("Plus tard")
    assert (await person.hears()).text == (await person.hears()).text
    await to(bot, settings, 2 * DAY)
    assert len(reminders(person)) == 2


async def test_later_on_the_last_day_is_an_hour_and_passes_over_what_comes_before(
    bot: Sandbox, call: Call, settings: Settings
) -> None:
    person, other = await signed_up(bot), await signed_up(bot)
    await to(bot, settings, 3 * HOUR + timedelta(minutes=30))
    forges(bot, person, "later||fr")
    said = await person.hears(lambda message: "tranquille" in message.text)
    assert "jeudi 24 juillet 2025 à 12:30" in said.text
    before = len(reminders(person))
    await to(bot, settings, 3 * HOUR)
    assert "il reste 2 heures et 59 minutes" in reminders(other)[-1]
    assert len(reminders(person)) == before
    await to(bot, settings, 2 * HOUR + timedelta(minutes=29))
    assert len(reminders(person)) == before + 1
    assert moment(call, OLD) in reminders(person)[-1]


async def test_later_in_the_last_hour_says_that_it_is_too_late_for_that(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await to(bot, settings, timedelta(minutes=30))
    forges(bot, person, "later||fr")
    assert (
        await person.hears(lambda message: "trop peu de temps pour vous le rappeler plus tard" in message.text)
    ).text
    assert rows(settings.database, "SELECT later FROM registrations") == [(None,)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_handed_in_gets_no_reminder_but_the_news_of_a_change(
    bot: Sandbox, call: Call, settings: Settings, language: str
) -> None:
    person = await signed_up(bot, language)
    await to(bot, settings, 3 * DAY)
    await person.hears()
    said = await presses_and_hears(person, SUBMITTED[language])
    assert NOTED[language] in said.text
    assert said.labels[0] == RESUME[language]
    await to(bot, settings, DAY)
    assert len(reminders(person)) == 1
    await changes(bot.person("Owner", user_id=OWNER), LONGER)
    on_wednesday = longer(call, announced=(OLD - DAY).date())
    assert read(notice(on_wednesday, language)) in read((await person.hears()).text)
    await to(bot, settings, -6 * DAY)
    assert len(reminders(person)) == 1, "nor is anybody reminded of the new date who has handed in"


async def test_who_resumes_is_reminded_again(bot: Sandbox, call: Call, settings: Settings) -> None:
    person = await signed_up(bot)
    await calls_back_and_hears(bot, person, "submitted||fr")
    said = await presses_and_hears(person, "Reprendre les rappels")
    assert f"Je vous écrirai {moment(call, OLD - 3 * DAY)}" in said.text
    await to(bot, settings, 3 * DAY)
    assert len(reminders(person)) == 1


async def test_handed_in_twice_does_no_harm(bot: Sandbox) -> None:
    person = await signed_up(bot)
    forges(bot, person, "submitted||fr")
    forges(bot, person, "submitted||fr")
    assert NOTED["fr"] in (await person.hears(lambda m: m.text != "menu")).text
    assert NOTED["fr"] in (await person.hears(lambda m: m.text != "menu")).text


async def test_what_later_promises_is_kept_also_to_who_said_before_that_the_file_was_in(
    bot: Sandbox, settings: Settings
) -> None:
    person = await signed_up(bot)
    await to(bot, settings, 3 * DAY)
    await person.hears()
    await presses_and_hears(person, "J'ai déjà déposé")
    promise = await presses_and_hears(person, "Plus tard")
    await to(bot, settings, 2 * DAY)
    assert ("vous réécris" in promise.text) == (len(reminders(person)) == 2)


async def test_one_tap_under_the_news_ends_everything(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    await changes(bot.person("Owner", user_id=OWNER), LONGER)
    news = await person.hears()
    assert news.labels == ["Fichier pour l'agenda", "Arrêter les rappels"]
    person.presses("Arrêter les rappels", message_id=news.message_id)
    assert "votre inscription est effacée" in (await person.hears()).text
    await time_passes(bot, settings.database, 9 * DAY)
    assert reminders(person) == []


async def test_the_choice_of_steps_outlives_a_change_of_the_deadline(bot: Sandbox, settings: Settings) -> None:
    person = await signed_up(bot)
    panel = await presses_and_hears(person, "Choisir les étapes")
    person.presses("3 jours avant : oui")
    await in_place(bot, person, panel, "3 jours avant : non")
    await changes(bot.person("Owner", user_id=OWNER), LONGER)
    await person.hears(lambda message: message.text.startswith("Changement"))
    counts: list[int] = []
    for after_the_old_date in (timedelta(0), 4 * DAY, 6 * DAY):
        await to(bot, settings, -after_the_old_date)
        counts.append(len(reminders(person)))
    assert counts == [1, 1, 2], "seven days, three days and one day before the new date"


OLD_BUTTONS = ["register|deadline", "offer|", "switch|3d", "switch|30d", "later|"]


@pytest.mark.parametrize("data", OLD_BUTTONS)
@pytest.mark.parametrize("is_registered", [True, False])
async def test_after_the_deadline_an_old_button_leads_to_the_next_edition(
    bot: Sandbox, settings: Settings, data: str, *, is_registered: bool
) -> None:
    person = await signed_up(bot) if is_registered else bot.person("Applicant")
    await to(bot, settings, -HOUR)
    answer = await calls_back_and_hears(bot, person, f"{data}|fr")
    assert "L'appel est clos depuis le jeudi 24 juillet 2025 à 15:00" in answer.text
    assert answer.labels == ["M'avertir de l'édition suivante"]


@pytest.mark.parametrize(
    "data", [*OLD_BUTTONS, "submitted|", "stop|", "calendar|", "switch|9d", "switch|", "switch|3d,1d"]
)
@pytest.mark.parametrize("is_over", [True, False])
async def test_no_button_of_any_time_breaks_anything(
    bot: Sandbox, settings: Settings, data: str, *, is_over: bool
) -> None:
    if is_over:
        await to(bot, settings, -HOUR)
    for person in (await signed_up_whenever(bot), bot.person("Applicant")):
        answer = await calls_back_and_hears(bot, person, f"{data}|fr")
        assert "panne" not in answer.text
    assert rows(settings.database, "SELECT 1 FROM registrations WHERE off NOT IN ('', '3d', '30d')") == []


async def signed_up_whenever(bot: Sandbox) -> Person:
    """Somebody who pressed the same old yes; after the deadline that registers nobody."""
    person = bot.person("Applicant")
    await calls_back_and_hears(bot, person, "register|deadline|fr")
    return person


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_the_deadline_one_can_wait_for_the_next_edition_and_stop_waiting(
    bot: Sandbox, settings: Settings, language: str
) -> None:
    await to(bot, settings, -HOUR)
    person = bot.person("Applicant", language_code=language)
    offer = await says_and_hears(person, "/remind")
    done = await presses_and_hears(person, offer.labels[0])
    assert len(done.labels) == 1
    kept = rows(settings.database, "SELECT chat_id, purpose, language FROM registrations")
    assert kept == [(person.id, "next-edition", language)]
    await presses_and_hears(person, done.labels[0])
    assert rows(settings.database, "SELECT 1 FROM registrations") == []
