"""An applicant, from the first word to the last, over real HTTP and the real framework."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.sandbox import Sandbox, Shown
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from tests.conftest import until

COMMANDS = ["/start", "/help", "/faq", "/deadline", "/cahier", "/contact", "/language", "/remind", "/stop"]


async def test_start_tells_what_this_is_whether_it_is_open_and_what_to_do(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/start")
    welcome = await person.hears()
    assert "guichet automatique" in welcome.text
    assert "il reste 4 jours et 4 heures" in welcome.text
    assert welcome.labels[:3] == ["Tous les thèmes", "Me rappeler la clôture", "Parler à quelqu'un"]
    assert welcome.labels[3:] == ["Français", "العربية", "English"]


@pytest.mark.parametrize("language", ["fr", "ar", "en", "de", None])
@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_is_answered_in_the_language_of_the_phone(
    bot: Sandbox, command: str, language: str | None
) -> None:
    person = bot.person("X", language_code=language or "")
    person.says(command)
    answer = await person.hears()
    is_arabic = any("\u0600" <= c <= "\u06ff" for c in answer.text.replace("العربية", ""))
    assert is_arabic == (language == "ar")


async def pressed(bot: Sandbox, data: str) -> Shown:
    """What somebody new gets for a press; everybody here is new, for a chat gets only a message a second."""
    person = bot.person("Lina")
    person.calls_back(data, bot.world.add(bot.world.chats[person.id], {"from": bot.world.bot(), "text": "menu"}))
    bot.world.chats[person.id].started = True
    return await person.hears(lambda m: m.text != "menu")


async def test_every_topic_is_two_taps_from_the_menu(bot: Sandbox, call: Call) -> None:
    reached: set[str] = set()
    menu = await pressed(bot, "menu||fr")
    for group in (button for row in menu.buttons for button in row):
        topics = await pressed(bot, group.data or "")
        for topic in (row[0] for row in topics.buttons[:-1]):
            assert (await pressed(bot, topic.data or "")).text
            reached.add(topic.text)
    assert reached == {entry.questions[call.languages[0]] for entry in call.entries.values()}


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_every_button_under_every_answer_works(bot: Sandbox, call: Call, language: str) -> None:
    tried: set[str] = set()
    stale = Texts().say(ReplyLanguage(language), "stale-button")
    for entry in call.entries:
        answer = await pressed(bot, f"entry|{entry}|{language}")
        for button in (b for row in answer.buttons for b in row):
            assert (button.data is None) == (button.url is not None)
            if button.data is not None and button.data not in tried:
                tried.add(button.data)
                assert stale not in (await pressed(bot, button.data)).text
    assert len(tried) > len(call.entries) / 2


async def test_every_press_is_acknowledged_so_that_no_button_spins(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/faq")
    await person.hears()
    person.presses("L'appel")
    await person.hears()
    assert [name for name, _ in bot.api.calls].count("answercallbackquery") == 1
    assert bot.world.queries == {}


async def test_the_deadline_counts_down_and_then_says_closed(bot: Sandbox, call: Call, clock: MovableClock) -> None:
    person = bot.person("Lina")
    assert call.deadline is not None
    clock.advance(call.deadline.instant - clock.now() - timedelta(hours=2, minutes=30, seconds=30))
    person.says("/deadline")
    assert "il reste 2 heures et 30 minutes" in (await person.hears()).text
    clock.advance(timedelta(hours=3))
    person.says("/deadline")
    closed = await person.hears()
    assert "clos depuis le jeudi 24 juillet 2025 à 15:00 (heure du Maroc, UTC+1)" in closed.text
    assert "M'avertir de l'édition suivante" in closed.labels
    person.presses("M'avertir de l'édition suivante")
    offer = await person.hears()
    person.presses(offer.labels[0])
    assert "quand ce guichet connaîtra l'édition suivante" in (await person.hears()).text


async def test_a_chosen_language_holds_for_commands_and_questions(bot: Sandbox) -> None:
    person = bot.person("Lina", language_code="fr")
    person.says("/language")
    names = await person.hears()
    assert names.labels == ["Français", "العربية", "English"]
    person.presses("English")
    assert (await person.hears()).text == "Noted: I will answer in English."
    person.says("C'est quand la date limite pour déposer ?")
    assert "the" in (await person.hears()).text
    person.says("/contact")
    assert "Turn to the" in (await person.hears()).text


async def test_the_cahier_des_charges_comes_as_a_link(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/cahier")
    answer = await person.hears()
    links = [b.url for row in answer.buttons for b in row if b.url]
    assert links == ["https://www.mcinet.gov.ma"]
    assert 'href="https://www.mcinet.gov.ma"' in answer.html


async def test_reminders_are_offered_confirmed_sent_and_stopped(bot: Sandbox, clock: MovableClock) -> None:
    person = bot.person("Lina")
    person.says("/start remind")
    offer = await person.hears()
    assert "avant, au choix, et un autre si la date change" in offer.text
    person.presses("Oui, prévenez-moi")
    assert "Je vous écrirai lundi 21 juillet 2025 à 15:00" in (await person.hears()).text
    clock.advance(timedelta(days=1, hours=5))
    reminder = await person.hears(lambda m: m.text.startswith("Rappel"))
    assert "jeudi 24 juillet 2025 à 15:00 (heure du Maroc, UTC+1)" in reminder.text
    assert "il reste 2 jours et 23 heures" in reminder.text
    person.presses("Arrêter les rappels")
    assert "votre inscription est effacée" in (await person.hears()).text
    clock.advance(timedelta(days=2, hours=1))
    person.says("/stop")
    assert "il n'y a rien à arrêter" in (await person.hears()).text
    assert sum(m.text.startswith("Rappel") for m in person.sees()) == 1


async def test_a_reminder_is_written_in_the_language_of_the_registration(bot: Sandbox, clock: MovableClock) -> None:
    person = bot.person("سلمى", language_code="ar")
    person.says("/remind")
    await person.hears()
    person.presses("نعم، ذكّروني")
    await person.hears()
    clock.advance(timedelta(days=1, hours=5))
    assert (await person.hears()).text.startswith("تذكير")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "location", "contact"])
async def test_what_cannot_be_read_is_met_kindly(bot: Sandbox, kind: str) -> None:
    person = bot.person("Lina")
    person.sends(kind)
    assert "Je ne lis que le texte" in (await person.hears()).text


@pytest.mark.parametrize(
    "text",
    ["🙂🙂🙂", "\u202e\u202d", "a" * 4096, "\u0000\u0007", "<b>", "&", "..", "\ud800 x", "/", "/nonsense", "ا" * 4000],
)
async def test_whatever_is_typed_gets_a_kind_answer_and_never_an_error(bot: Sandbox, text: str) -> None:
    person = bot.person("Lina")
    person.says(text)
    assert "panne" not in (await person.hears()).text


async def test_an_edited_message_is_met_with_silence(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/contact")
    await person.hears()
    mine = next(m for m in person.sees() if not m.from_bot)
    person.edits(mine.message_id, "/deadline")
    person.says("/stop")
    assert "rien à arrêter" in (await person.hears()).text


async def test_a_forged_or_outdated_button_leads_to_the_menu(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/start")
    start = await person.hears()
    message = bot.world.chats[person.id].messages[start.message_id]
    for data in ("old", "entry|nothing|fr", "group|nothing|fr", "register|everything|fr", "entry|deadline|xx", "||"):
        person.calls_back(data, message)
        assert "n'est plus valable" in (await person.hears()).text


async def test_the_commands_and_descriptions_are_published_in_every_language(bot: Sandbox) -> None:
    await until(lambda: ("ShortDescription", "en") in bot.world.profile, bot)
    words = {code: [c["command"] for c in commands] for (_, code), commands in bot.world.commands.items()}
    assert set(words) == {"", "fr", "ar", "en"}
    assert all({"deadline", "cahier", "remind", "stop"} <= set(found) for found in words.values())
    assert bot.world.profile["ShortDescription", "en"].startswith("Questions and reminders")


async def test_a_group_is_not_disturbed_unless_it_speaks_to_the_bot(bot: Sandbox) -> None:
    lina, omar = bot.person("Lina"), bot.person("Omar")
    group = bot.group("Consortium", [lina, omar])
    lina.says("quelle est la date limite ?", chat=group.id)
    lina.says("/contact", chat=group.id)
    answer = await lina.hears(chat=group.id)
    assert "Adressez-vous à la" in answer.text
    assert sum(m.from_bot for m in lina.sees(group.id)) == 1
    omar.says(f"@{bot.world.username} nonsense blah", chat=group.id)
    assert (await omar.hears(lambda m: m.message_id > answer.message_id, chat=group.id)).from_bot
