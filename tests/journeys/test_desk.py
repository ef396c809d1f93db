"""Questions to a person: from the asker to the office and back, and what can go wrong between."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.sandbox import Person, Sandbox, Shown
from bot.sandbox.state import Chat
from bot.settings import Settings
from bot.texts import Texts
from faq.languages import ReplyLanguage
from tests.conftest import until
from tests.journeys.owning import plain, read
from tests.journeys.watching import (
    calls_back_and_hears,
    from_bot,
    in_place,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
)

OWNER, STAFF, COLLEAGUE = 900001, 900010, 900011
OFFICE = -1009000001
QUESTION = "Le bureau peut-il me rappeler au sujet de ma grange ?"
REPLY = "Oui, dès lundi."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    staff = {"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF, COLLEAGUE}), "staff_chat_id": OFFICE}
    return settings.model_copy(update=staff)


@dataclass
class Office:
    """The staff chat, who works there, and somebody who was let in without being of the office."""

    bot: Sandbox
    settings: Settings
    chat: Chat
    staff: Person
    colleague: Person
    guest: Person

    async def reads(self, text: str = "") -> Shown:
        """The next message of the bot in the staff chat that has a text in it."""
        return await self.staff.hears(lambda message: text in message.text, chat=OFFICE)

    def replies(self, question: Shown, text: str = REPLY, *, by: Person | None = None) -> int:
        return (by or self.staff).says(text, chat=OFFICE, reply_to=question.message_id)

    def messages(self) -> list[Shown]:
        return from_bot(self.staff, OFFICE)

    async def is_done(self) -> None:
        await settled(self.bot, self.settings.database)


def said(key: str, language: str = "fr", **values: str | int) -> str:
    """A sentence as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


def label(key: str, language: str = "fr", **values: str | int) -> str:
    return Texts().plain(ReplyLanguage(language), key, **values)


def open_office(bot: Sandbox, settings: Settings, *, forum: bool) -> Office:
    staff, colleague = bot.person("Staff", user_id=STAFF), bot.person("Colleague", user_id=COLLEAGUE)
    guest = bot.person("Guest")
    chat = bot.group("Office", [staff, colleague, guest], forum=forum, chat_id=OFFICE)
    return Office(bot, settings, chat, staff, colleague, guest)


@pytest.fixture
def office(bot: Sandbox, settings: Settings) -> Office:
    return open_office(bot, settings, forum=True)


async def asks(person: Person, text: str = QUESTION) -> Shown:
    """Put a question to the office; the receipt."""
    await says_and_hears(person, "/ask")
    return await says_and_hears(person, text)


@pytest.mark.parametrize(
    ("language", "own_name"), [("fr", "Français"), ("ar", "العربية"), ("en", "English")], ids=["fr", "ar", "en"]
)
async def test_a_question_goes_to_the_office_without_a_name_and_its_reply_comes_back(
    bot: Sandbox, office: Office, language: str, own_name: str
) -> None:
    applicant = bot.person("Amina Secret", language_code=language)
    await calls_back_and_hears(bot, applicant, f"language||{language}")
    assert said("desk-write", language) == read((await says_and_hears(applicant, "/ask")).text)
    receipt = await says_and_hears(applicant, QUESTION)
    hours = said("desk-hours-unknown", language)
    assert read(receipt.text) == said("desk-receipt", language, number=1, hours=hours)
    question = await office.reads(QUESTION)
    assert "Amina" not in question.text
    assert str(applicant.id) not in json.dumps(office.chat.messages)
    assert own_name in question.text
    assert [name.split(" · ")[-1] for name in office.chat.topics.values()] == [own_name]
    office.replies(question)
    answer = await applicant.hears()
    assert read(answer.text).splitlines() == [said("desk-answer", language, number=1), QUESTION, REPLY]
    assert answer.labels == [label("button-desk-resume", language)]
    assert (await office.reads()).text == said("desk-goes", number=1, question=QUESTION)


async def test_each_asker_has_a_topic_and_all_their_questions_go_there(bot: Sandbox, office: Office) -> None:
    first, second = bot.person("First"), bot.person("Second")
    await asks(first)
    await asks(first, "Et pour mon étable ?")
    await asks(second)
    await office.is_done()
    threads = [office.chat.messages[shown.message_id]["message_thread_id"] for shown in office.messages()]
    assert len(office.chat.topics) == 2
    assert threads[0] == threads[1] != threads[2]


async def test_a_topic_that_was_deleted_is_opened_again(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    await office.reads(QUESTION)
    office.chat.topics.clear()
    await asks(applicant, "Et pour mon étable ?")
    await office.reads("étable")
    assert len(office.chat.topics) == 1


async def test_a_silent_reply_offers_to_send_the_same_words(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    silent = await says_and_hears(applicant, "zxqv grmbl ptk ?")
    assert label("button-desk-send") in silent.labels
    receipt = await presses_and_hears(applicant, label("button-desk-send"))
    assert said("desk-receipt", number=1, hours=said("desk-hours-unknown")) == receipt.text
    assert "zxqv grmbl ptk ?" in (await office.reads()).text


async def test_while_the_office_is_asked_the_bot_keeps_quiet_but_for_commands(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    await office.reads(QUESTION)
    applicant.says("C'est pour le 24 juillet, quelle est la date limite ?")
    assert said("desk-word", number=1, asker=1, spoken="Français") in (await office.reads("24 juillet")).text
    assert "24" in (await says_and_hears(applicant, "/deadline")).text
    await office.is_done()
    assert len(from_bot(applicant)) == 3, "no word of the bot about what goes to the office, so soon after the receipt"
    assert (await presses_and_hears(applicant, label("button-desk-leave"))).text == said("desk-left")
    assert "juillet" in (await says_and_hears(applicant, "quelle est la date limite ?")).text


async def test_after_the_answer_the_bot_answers_again_and_a_button_leads_back(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    assert "juillet" in (await says_and_hears(applicant, "quelle est la date limite ?")).text
    assert (await presses_and_hears(applicant, label("button-desk-resume"))).text == said("desk-resume", number=1)
    applicant.says("Merci, et mardi ?")
    office.replies(await office.reads("et mardi ?"), "Mardi aussi.")
    assert "Mardi aussi." in (await applicant.hears()).text


async def test_a_button_under_somebody_elses_answer_leads_nowhere(bot: Sandbox, office: Office) -> None:
    await asks(bot.person("Applicant"))
    stranger = bot.person("Stranger")
    assert (await calls_back_and_hears(bot, stranger, "reply|1|fr")).text == said("desk-write")
    await office.is_done()
    assert rows(office.settings.database, "SELECT about FROM askers ORDER BY id") == [(1,), (None,)]


async def test_an_answered_question_is_answered_again_only_by_a_second_yes_of_its_author(
    bot: Sandbox, office: Office
) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    office.replies(question)
    await applicant.hears()
    office.replies(question, "Non, jamais.", by=office.colleague)
    warning = await office.reads("Non, jamais." and QUESTION[:20])
    warning = (
        await office.staff.hears(lambda m: label("button-desk-twice") in m.labels, chat=OFFICE)
        if label("button-desk-twice") not in warning.labels
        else warning
    )
    assert not any("jamais" in message.text for message in from_bot(applicant))
    office.staff.presses(label("button-desk-twice"), chat=OFFICE)
    assert (await office.reads()).text == said("desk-not-yours")
    office.colleague.presses(label("button-desk-twice"), chat=OFFICE)
    assert "Non, jamais." in (await applicant.hears()).text
    await in_place(bot, office.staff, warning, label("button-desk-back"), chat=OFFICE)


@pytest.mark.parametrize("by", ["guest", "forwarded", "group"])
async def test_nobody_else_answers_for_the_office(bot: Sandbox, office: Office, by: str) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    if by == "guest":
        office.replies(question, "Envoyez-moi de l'argent.", by=office.guest)
    elif by == "group":
        office.staff.says_as_group("Envoyez-moi de l'argent.", OFFICE, reply_to=question.message_id)
    else:
        office.staff.forwards("Envoyez-moi de l'argent.", office.guest, chat=OFFICE, reply_to=question.message_id)
    await office.reads(said("staff-not-own" if by == "forwarded" else "staff-denied"))
    await office.is_done()
    assert not any("argent" in message.text for message in from_bot(applicant))
    assert rows(office.settings.database, "SELECT count(*) FROM answers") == [(0,)]
    assert json.loads(rows(office.settings.database, "SELECT detail FROM audit ORDER BY id")[-1][0])["refused"]
