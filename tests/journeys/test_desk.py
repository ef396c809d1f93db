"""Questions to a person: from the asker to the office and back, and everything that can go wrong between."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox, Shown
from bot.sandbox.state import Chat
from bot.settings import Settings
from bot.texts import Texts
from faq import Call, Matcher
from faq.languages import ReplyLanguage
from tests.conftest import running
from tests.journeys.owning import plain, read
from tests.journeys.watching import calls_back_and_hears, from_bot, rows, says_and_hears, settled

OWNER, STAFF, COLLEAGUE = 900001, 900010, 900011
OFFICE = -1009000001
QUESTION = "Le bureau peut-il me rappeler au sujet de ma grange ?"
LANGUAGES = ["fr", "ar", "en"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "owner_ids": frozenset({OWNER}),
            "staff_ids": frozenset({STAFF, COLLEAGUE}),
            "staff_chat_id": OFFICE,
        }
    )


@dataclass
class Office:
    """The staff chat, and who works there."""

    bot: Sandbox
    chat: Chat
    staff: Person
    colleague: Person
    stranger: Person
    database: object

    def shown(self) -> list[Shown]:
        return from_bot(self.staff, OFFICE)


def said(language: str, key: str, **values: str | int) -> str:
    """A sentence as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


@pytest.fixture
async def office(bot: Sandbox, settings: Settings) -> Office:
    return open_office(bot, settings, forum=True)


def open_office(bot: Sandbox, settings: Settings, *, forum: bool) -> Office:
    staff = bot.person("Staff", user_id=STAFF)
    colleague = bot.person("Colleague", user_id=COLLEAGUE)
    stranger = bot.person("Stranger")
    chat = bot.group("Office", [staff, colleague, stranger], forum=forum, chat_id=OFFICE)
    return Office(bot, chat, staff, colleague, stranger, settings.database)


async def asks(person: Person, language: str = "fr", text: str = QUESTION) -> Shown:
    """Put a question to the office; the receipt."""
    await says_and_hears(person, "/ask")
    return await says_and_hears(person, text)


async def test_a_question_goes_to_the_office_and_its_reply_comes_back(
    bot: Sandbox, office: Office, settings: Settings
) -> None:
    applicant = bot.person("Amina Secret", language_code="fr")
    receipt = await asks(applicant)
    assert said("fr", "desk-hours-unknown") in receipt.text
    asked = await office.staff.hears(chat=OFFICE)
    assert QUESTION in asked.text
    assert "Amina" not in asked.text and str(applicant.id) not in asked.text
    assert list(office.chat.topics.values()) == ["Demandeur 1 · Français"]
    office.staff.says("Oui, *dès* lundi.", chat=OFFICE, reply_to=asked.message_id)
    answer = await applicant.hears()
    assert said("fr", "desk-answer", number=1) in answer.text
    assert "Oui, *dès* lundi." in answer.text
    goes = await office.staff.hears(chat=OFFICE)
    assert QUESTION in goes.text
