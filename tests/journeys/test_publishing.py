"""The same answer for everybody: a reply of the office becomes a public one, and who was told otherwise hears of it."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.publishing import LONGEST_ANSWER, LONGEST_QUESTION
from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from bot.texts import Texts
from faq import Call, Matcher, load
from faq.languages import ReplyLanguage
from tests.conftest import running
from tests.journeys.owning import plain, read
from tests.journeys.watching import calls_back_and_hears, from_bot, rows, says_and_hears, settled

OWNER, STAFF = 900001, 900010
OFFICE = -1009000001
LANGUAGES = ["fr", "ar", "en"]
QUESTION = "Peut-on chauffer le gîte avec un poêle acheté d'occasion à Ifrane ?"
PUBLIC = "Peut-on chauffer le gîte avec un poêle d'occasion ?"
ANSWER = "Oui, s'il est aux normes."
NEW_ANSWER = "Non, seul un poêle neuf est admis."
WORDED = {
    "fr": (PUBLIC, ANSWER),
    "ar": ("هل يمكن تدفئة المأوى بموقد مستعمل؟", "نعم، إذا كان مطابقا للمعايير."),
    "en": ("May the lodge be heated with a second-hand stove?", "Yes, if it meets the standards."),
}


@pytest.fixture(scope="session")
def little() -> Call:
    """A call in three languages with a handful of topics, trained in a moment."""
    call = load(Path(__file__).parents[1] / "calls" / "lodges")
    own = {key: entry for key, entry in call.entries.items() if any(one.line == 0 for one in entry.phrasings)}
    kept = {key: replace(entry, related=()) for key, entry in own.items()}
    return replace(call, entries=kept, unanswered={}, strangers=(), elsewhere=(), lexicon={}, documents=())


@pytest.fixture(scope="session")
def little_matcher(little: Call, cache: Path) -> Matcher:
    return Matcher.of(little, cache=cache)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    office = {"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF}), "staff_chat_id": OFFICE}
    return settings.model_copy(update=office)


@pytest.fixture
async def bot(
    settings: Settings, little: Call, clock: MovableClock, little_matcher: Matcher, sandbox: Sandbox
) -> AsyncGenerator[Sandbox]:
    async with running(settings, little, clock, little_matcher):
        yield sandbox


def said(language: str, key: str, **values: str | int) -> str:
    """A sentence as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


def label(language: str, key: str, **values: str | int) -> str:
    return Texts().plain(ReplyLanguage(language), key, **values)


@dataclass
class Desk:
    """The staff chat, and the two who work there."""

    bot: Sandbox
    staff: Person
    owner: Person
    database: Path

    async def hears(self, text: str = "") -> Shown:
        """The newest word of the bot, once it has nothing more to say; a panel may be written over in its place."""
        await settled(self.bot, self.database)
        heard = from_bot(self.staff, OFFICE)[-1]
        assert text in read(heard.text)
        return heard

    def says(self, text: str, *, reply_to: int | None = None) -> None:
        self.staff.says(text, chat=OFFICE, reply_to=reply_to)

    def presses(self, key: str, **values: str) -> None:
        self.staff.presses(label("fr", key, **values), chat=OFFICE)

    async def word(self, language: str, question: str, answer: str) -> Shown:
        """Word one version, from the panel that shows it; the panel that then shows it."""
        panel = None
        for key, text in (("question", question), ("answer", answer)):
            self.presses(f"qa-button-{key}")
            await self.hears(said("fr", f"qa-ask-{key}", name=NAMES[language], most=MOST[key]))
            self.says(text)
            panel = await self.hears(NAMES[language])
        assert panel is not None
        return panel


NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
MOST = {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER}


@pytest.fixture
async def desk(bot: Sandbox, settings: Settings) -> Desk:
    staff, owner = bot.person("Staff", user_id=STAFF), bot.person("Owner", user_id=OWNER)
    bot.group("Office", [owner, staff], chat_id=OFFICE)
    return Desk(bot, staff, owner, settings.database)


async def answered(desk: Desk, asker: Person, question: str = QUESTION, answer: str = ANSWER) -> Shown:
    """Somebody asks the office and is answered; what staff see under the answer."""
    await says_and_hears(asker, f"/ask {question}")
    asked = await desk.hears()
    desk.says(answer, reply_to=asked.message_id)
    await asker.hears(lambda one: answer in one.text)
    goes = await desk.hears()
    assert label("fr", "qa-button-publish") in goes.labels
    return goes


async def published(desk: Desk, asker: Person) -> Shown:
    """The whole way to question no. 1, in all three languages; what staff see then."""
    await answered(desk, asker)
    desk.presses("qa-button-publish")
    await desk.hears(ANSWER)
    desk.presses("qa-button-question")
    await desk.hears()
    desk.says(PUBLIC)
    await desk.hears(PUBLIC)
    for language in ("ar", "en"):
        desk.staff.presses(label("fr", "qa-tab-missing", name=NAMES[language]), chat=OFFICE)
        await desk.hears(said("fr", "qa-panel-missing", name=NAMES[language]))
        await desk.word(language, *WORDED[language])
    desk.presses("qa-button-go", number="1")
    return await desk.hears(said("fr", "qa-done", number="1", told=1)[:30])


async def test_a_reply_becomes_a_numbered_answer_for_everybody_and_the_asker_is_told(
    bot: Sandbox, desk: Desk, settings: Settings
) -> None:
    asker = bot.person("Amina Secret", language_code="fr")
    await published(desk, asker)
    told = await asker.hears(lambda one: said("fr", "qa-told-asker", number="1") in read(one.text))
    assert PUBLIC in told.text
    assert "Ifrane" not in told.text
    for language in LANGUAGES:
        reader = bot.person(f"reader-{language}", language_code=language)
        listed = await says_and_hears(reader, "/questions")
        question, answer = WORDED[language]
        assert f"1. {question}" in read(listed.text)
        reader.presses("1")
        shown = await reader.hears()
        assert said(language, "qa-head", number="1") in read(shown.text)
        assert question in shown.text
        assert answer in shown.text
        by_words = await says_and_hears(reader, question)
        assert answer in by_words.text, "the counter answers with it, word for word and at once"
    assert rows(settings.database, "SELECT count(*) FROM publications WHERE questions LIKE '%Ifrane%'") == [(0,)]
