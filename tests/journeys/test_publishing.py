"""The same answer for everybody: a reply of the office becomes a public one, and who was told otherwise hears of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.publishing.publishing import LONGEST_ANSWER, LONGEST_QUESTION
from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from bot.store.instants import stored
from bot.texts import Texts
from faq import Call, Matcher, Nothing, answering, load
from faq.languages import ReplyLanguage
from faq.matching.cache import model_of
from faq.matching.corpus import Corpus
from tests.conftest import OPEN, alone, running
from tests.journeys.owning import code_in, plain, read
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    forges,
    from_bot,
    in_place,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
    time_passes,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


OWNER = 900001
LANGUAGES = ["fr", "ar", "en"]
QUESTION = "Peut-on chauffer le gîte avec un poêle acheté d'occasion à Ifrane ?"
PUBLIC = "Peut-on chauffer le gîte avec un poêle d'occasion ?"
ANSWER = "Oui, s'il est aux normes."
NEW_ANSWER = "Non, seul un poêle neuf est admis."
WORDED = {
    "fr": (PUBLIC, ANSWER),
    "ar": ("هل يمكن تدفئة المأوى بموقد مستعمل؟", "نعم، إذا كان مطابقا للمعايير."),
    "en": (PUBLIC, ANSWER),
}
"""What readers of each language read; English is done without, and its readers see the French version, marked."""


@pytest.fixture(scope="session")
def little() -> Call:
    """A call in three languages with three topics, trained in a moment."""
    call = load(Path(__file__).parents[1] / "calls" / "lodges")
    own = {key: entry for key, entry in call.entries.items() if any(one.line == 0 for one in entry.phrasings)}
    kept = {key: replace(entry, related=()) for key, entry in own.items()}
    return replace(call, entries=kept, unanswered={}, strangers=(), elsewhere=(), lexicon={}, documents=())


class Quiet(Matcher):
    """Knows no answer: what is answered here was published word for word."""

    def match(self, text: str) -> Nothing:
        seen = super().match(text)
        return Nothing(best=None, score=0.0, language=seen.language, reply=seen.reply)


@pytest.fixture(scope="session")
def quiet(little: Call, cache: Path) -> Matcher:
    with alone(cache):
        return Quiet(model_of(Corpus.of(little), cache))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER})})


@pytest.fixture
async def bot(
    settings: Settings, little: Call, clock: MovableClock, quiet: Matcher, sandbox: Sandbox
) -> AsyncGenerator[Sandbox]:
    async with running(settings, little, clock, quiet):
        yield sandbox


def said(language: str, key: str, **values: str | int) -> str:
    """A sentence as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


def label(language: str, key: str, **values: str | int) -> str:
    return Texts().plain(ReplyLanguage(language), key, **values)


@dataclass
class Desk:
    """Somebody of the office, in private: nothing slows a chat of two down as it does a group."""

    bot: Sandbox
    staff: Person
    database: Path

    async def hears(self, text: str = "") -> Shown:
        """The newest word of the bot, once it has nothing more to say; a panel may be written over in its place.

        What the counter tells by itself may come at any time: that it has learned, or the week's picture.
        """
        await settled(self.bot, self.database)
        learned = said("fr", "learn-done", count=1)
        heard = [one for one in from_bot(self.staff) if read(one.text) != learned and one.photo is None][-1]
        assert text in read(heard.text)
        return heard

    def says(self, text: str, *, reply_to: int | None = None) -> None:
        self.staff.says(text, reply_to=reply_to)

    def presses(self, key: str, **values: str) -> None:
        self.staff.presses(label("fr", key, **values))


NAMES = {"fr": "français", "ar": "arabe", "en": "anglais"}
MOST = {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER}


@pytest.fixture
async def desk(bot: Sandbox, settings: Settings) -> Desk:
    return await at_work(bot, settings)


async def at_work(bot: Sandbox, settings: Settings) -> Desk:
    staff = bot.person("Staff", user_id=OWNER)
    await says_and_hears(staff, "/start")
    return Desk(bot, staff, settings.database)


async def answered(desk: Desk, asker: Person, question: str = QUESTION, answer: str = ANSWER) -> Shown:
    """Somebody asks the office and is answered; what staff see under the answer."""
    await says_and_hears(asker, f"/ask {question}")
    asked = await desk.hears()
    desk.says(answer, reply_to=asked.message_id)
    await asker.hears(lambda one: answer in one.text)
    goes = await desk.hears()
    assert label("fr", "qa-button-publish") in goes.labels
    return goes


async def published(desk: Desk, asker: Person) -> None:
    """The short way to question no. 1, in French alone."""
    await answered(desk, asker)
    desk.presses("qa-button-publish")
    await desk.hears(ANSWER)
    await finished(desk)


async def published_in_two_languages(desk: Desk, asker: Person) -> Shown:
    """The whole way to question no. 1: reworded in French, worded in Arabic, without English; what staff see then."""
    await answered(desk, asker)
    desk.presses("qa-button-publish")
    await desk.hears(ANSWER)
    desk.presses("qa-button-question")
    await desk.hears(said("fr", "qa-ask-question", name=NAMES["fr"], most=LONGEST_QUESTION))
    desk.says(PUBLIC)
    await desk.hears(PUBLIC)
    desk.staff.presses(label("fr", "qa-tab-missing", name=NAMES["ar"]))
    await desk.hears(said("fr", "qa-panel-missing", name=NAMES["ar"]))
    for key, text in zip(("question", "answer"), WORDED["ar"], strict=True):
        desk.presses(f"qa-button-{key}")
        await desk.hears(said("fr", f"qa-ask-{key}", name=NAMES["ar"], most=MOST[key]))
        desk.says(text)
        await desk.hears(text)
    desk.staff.presses(label("fr", "qa-tab-missing", name=NAMES["en"]))
    await desk.hears(said("fr", "qa-panel-missing", name=NAMES["en"]))
    desk.presses("qa-button-waive")
    await desk.hears(said("fr", "qa-panel-waived", name=NAMES["en"]))
    desk.presses("qa-button-go", number="1")
    return await desk.hears(said("fr", "qa-done", number="1", told=1)[:30])


async def test_a_reply_becomes_a_numbered_answer_for_everybody_and_the_asker_is_told(
    bot: Sandbox, desk: Desk, settings: Settings
) -> None:
    asker = bot.person("Amina Secret", language_code="fr")
    await published_in_two_languages(desk, asker)
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
        assert ("Français" in shown.text) is (language == "en")
        at_once = await says_and_hears(reader, question)
        assert answer in at_once.text, "the counter answers with it, word for word, in its language"
    assert rows(settings.database, "SELECT count(*) FROM publications WHERE questions LIKE '%Ifrane%'") == [(0,)]


async def test_who_waits_for_the_answer_gets_it_at_once_and_staff_see_how_many_that_are(
    bot: Sandbox, desk: Desk
) -> None:
    waiting = [bot.person(f"waiting-{number}", language_code="fr") for number in (1, 2)]
    for person in waiting:
        await waits(person, QUESTION.replace("gîte", "GITE").replace(" ?", "?"))
    await waits(bot.person("other", language_code="fr"), "Peut-on y élever des chèvres et vendre leur fromage ?")
    asker = bot.person("Asker", language_code="fr")
    await answered(desk, asker)
    desk.presses("qa-button-publish")
    assert said("fr", "qa-panel-waiting", people=2) in read((await desk.hears()).text)
    await finished(desk)
    for person in waiting:
        told = await person.hears()
        assert said("fr", "qa-told-waiting") in read(told.text)
        assert ANSWER in told.text
    assert rows(desk.database, "SELECT count(*) FROM waiting") == [(1,)]


async def waits(person: Person, question: str) -> None:
    """Ask what the bot does not know, and want to hear of an answer."""
    silent = await says_and_hears(person, question)
    assert label("fr", "qa-button-wait") in silent.labels
    person.presses(label("fr", "qa-button-wait"))
    assert said("fr", "qa-wait-done") in read((await person.hears()).text)


async def finished(desk: Desk) -> None:
    """Publish the French version that the panel shows, and do without the others."""
    await without_others(desk)
    desk.presses("qa-button-go", number="1")
    await desk.hears()


async def without_others(desk: Desk) -> None:
    """Do without Arabic and English."""
    ((draft,),) = rows(desk.database, "SELECT id FROM publication_drafts WHERE state = 'open'")
    for language in ("ar", "en"):
        forges(desk.bot, desk.staff, f"qa-waive|{draft}.{language}|fr")
        await desk.hears()


async def test_two_taps_publish_once(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    ((draft, revision),) = rows(desk.database, "SELECT id, revision - 1 FROM publication_drafts")
    forges(bot, desk.staff, f"qa-go|{draft}.{revision}|fr")
    assert said("fr", "qa-gone") in read((await desk.hears()).text)
    desk.presses("qa-button-publish")
    assert said("fr", "qa-already", number="1") in read((await desk.hears()).text)
    assert rows(desk.database, "SELECT number FROM publications") == [(1,)]


async def test_what_was_changed_since_it_was_seen_is_not_published(bot: Sandbox, desk: Desk) -> None:
    await answered(desk, bot.person("Asker", language_code="fr"))
    desk.presses("qa-button-publish")
    await desk.hears()
    await without_others(desk)
    (seen, revision) = rows(desk.database, "SELECT id, revision FROM publication_drafts")[0]
    forges(bot, desk.staff, f"qa-answer|{seen}.fr|fr")
    await desk.hears()
    desk.says(NEW_ANSWER)
    await desk.hears(NEW_ANSWER)
    forges(bot, desk.staff, f"qa-go|{seen}.{revision}|fr")
    assert said("fr", "qa-gone") in read((await desk.hears()).text)
    assert rows(desk.database, "SELECT count(*) FROM publications") == [(0,)]


async def test_an_answer_with_the_deadlines_day_by_hand_becomes_public_only_once_it_follows_the_deadline(
    bot: Sandbox, desk: Desk, little: Call
) -> None:
    assert little.deadline is not None
    by_hand = f"Déposez avant le {little.deadline.local:%d/%m/%Y}."
    await answered(desk, bot.person("Asker", language_code="fr"), answer=by_hand)
    desk.presses("qa-button-publish")
    panel = await desk.hears(said("fr", "edit-dated"))
    await without_others(desk)
    assert label("fr", "qa-button-go", number="1") not in (await desk.hears()).labels
    (seen,) = rows(desk.database, "SELECT id, revision FROM publication_drafts")
    forges(bot, desk.staff, f"qa-go|{seen[0]}.{seen[1]}|fr")
    await desk.hears(said("fr", "qa-gone"))
    assert rows(desk.database, "SELECT count(*) FROM publications") == [(0,)]
    desk.staff.presses(label("fr", "qa-button-answer"), message_id=panel.message_id)
    await desk.hears()
    desk.says("Déposez avant le {deadline}.")
    panel = await desk.hears()
    assert said("fr", "edit-dated") not in read(panel.text)
    assert label("fr", "qa-button-go", number="1") in panel.labels


async def test_where_the_asker_changed_the_question_staff_are_told_beside_the_answer(bot: Sandbox, desk: Desk) -> None:
    asker = bot.person("Asker", language_code="fr")
    await says_and_hears(asker, "/ask Peut-on chauffer au bois ?")
    asked = await desk.hears()
    mine = next(one for one in reversed(asker.sees()) if not one.from_bot)
    desk.says(ANSWER, reply_to=asked.message_id)
    await asker.hears(lambda one: ANSWER in one.text)
    goes = await desk.hears()
    asker.edits(mine.message_id, "/ask Peut-on chauffer au gaz ?")
    await desk.hears()
    desk.staff.presses(label("fr", "qa-button-publish"), message_id=goes.message_id)
    panel = await desk.hears(said("fr", "qa-panel-edited"))
    assert "Peut-on chauffer au bois ?" in panel.text
    assert "gaz" not in panel.text


async def test_an_answer_that_was_taken_back_is_not_published(bot: Sandbox, desk: Desk) -> None:
    await answered(desk, bot.person("Asker", language_code="fr"))
    desk.presses("qa-button-publish")
    await desk.hears()
    await without_others(desk)
    desk.staff.presses(label("fr", "button-desk-back"))
    await desk.hears()
    desk.presses("qa-button-go", number="1")
    assert said("fr", "qa-taken-back") in read((await desk.hears()).text)
    assert rows(desk.database, "SELECT count(*) FROM publications") == [(0,)]


async def test_a_matter_of_procedure_is_kept_private_and_that_is_written_down(bot: Sandbox, desk: Desk) -> None:
    await answered(desk, bot.person("Asker", language_code="fr"))
    desk.presses("qa-button-publish")
    await desk.hears()
    desk.presses("qa-button-private")
    assert said("fr", "qa-private-done") in read((await desk.hears()).text)
    noted = [json.loads(one) for (one,) in rows(desk.database, "SELECT detail FROM audit WHERE act = 'publish'")]
    assert noted[-1].keys() == {"kept_private", "answer"}


async def test_texts_that_are_too_long_hostile_or_no_text_are_refused_or_contained(bot: Sandbox, desk: Desk) -> None:
    hostile = "Peut-on <b>chauffer</b> le gîte \u202e</blockquote>&{deadline}{nonsense} ?"
    asker = bot.person("Asker", language_code="fr")
    await answered(desk, asker, hostile, "Non & {nonsense} <i>1 < 2</i>")
    desk.presses("qa-button-publish")
    panel = await desk.hears("Non & {nonsense} <i>1 < 2</i>")
    assert "Peut-on <b>chauffer</b> le gîte </blockquote>&{deadline}{nonsense} ?" in panel.text
    desk.presses("qa-button-question")
    await desk.hears()
    desk.says("a" * (LONGEST_QUESTION + 1))
    too_long = said("fr", "qa-too-long", most=LONGEST_QUESTION, length=LONGEST_QUESTION + 1)
    assert too_long in read((await desk.hears()).text)
    desk.staff.sends("photo")
    assert said("fr", "qa-only-text") in read((await desk.hears()).text)
    desk.says(PUBLIC)
    await desk.hears(PUBLIC)
    await finished(desk)
    reader = bot.person("reader", language_code="fr")
    await says_and_hears(reader, "/questions")
    assert "Non & {nonsense} <i>1 < 2</i>" in (await presses_and_hears(reader, "1")).text


async def test_only_staff_publish(bot: Sandbox, desk: Desk) -> None:
    await answered(desk, bot.person("Asker", language_code="fr"))
    stranger = bot.person("stranger", language_code="fr")
    heard = await calls_back_and_hears(bot, stranger, "publish|1|fr")
    assert said("fr", "staff-denied") in read(heard.text)
    assert rows(desk.database, "SELECT count(*) FROM publication_drafts") == [(0,)]


async def test_who_was_given_the_old_answer_is_to_get_an_erratum_and_a_slip_of_the_pen_makes_none(
    bot: Sandbox, desk: Desk
) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    readers = [bot.person(f"reader-{language}", language_code=language) for language in LANGUAGES]
    for reader in readers:
        await calls_back_and_hears(bot, reader, f"question|1|{reader.user.language_code}")
    await corrects(desk, "Oui, s'il est aux normes !", "qa-button-slip")
    assert rows(desk.database, "SELECT count(*) FROM errata") == [(0,)]
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    done = await desk.hears(said("fr", "qa-corrected", number="1", told=4))
    assert label("fr", "qa-button-erratum") in done.labels
    desk.presses("qa-button-erratum")
    await desk.hears(said("fr", "qa-draft-made", people=4))
    ((text,),) = rows(desk.database, "SELECT payload FROM broadcast_texts WHERE language = 'fr'")
    said_now = plain(json.loads(text)["text"])
    assert "Oui, s'il est aux normes !" in said_now
    assert NEW_ANSWER in said_now
    desk.presses("qa-button-erratum")
    assert said("fr", "qa-erratum-gone") in read((await desk.hears()).text)
    await approves(desk)
    for reader in readers:
        told = await reader.hears(lambda one: NEW_ANSWER in one.text)
        assert "Oui, s'il est aux normes !" in told.text, "the old answer stands beside the new one"


async def test_who_knows_the_corrected_answer_hears_nothing_of_another_that_was_taken_back_unread(
    bot: Sandbox, desk: Desk
) -> None:
    asker = bot.person("Asker", language_code="fr")
    await published(desk, asker)
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    await calls_back_and_hears(bot, asker, "question|1|fr")
    await corrects(desk, "Seul un poêle scellé.", "qa-button-material")
    await desk.hears(said("fr", "qa-corrected", number="1", told=1))
    ((erratum,),) = rows(desk.database, "SELECT id FROM errata")
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    await desk.hears(said("fr", "qa-corrected", number="1", told=0))
    forges(bot, desk.staff, f"qa-erratum|{erratum}|fr")
    await desk.hears(said("fr", "qa-erratum-nobody"))


async def test_who_waits_behind_a_freeze_gets_the_corrected_answer(bot: Sandbox, desk: Desk) -> None:
    waiting = bot.person("waiting", language_code="fr")
    await waits(waiting, QUESTION)
    await answered(desk, bot.person("Asker", language_code="fr"))
    desk.presses("qa-button-publish")
    await desk.hears()
    await without_others(desk)
    desk.says("/freeze")
    await desk.hears()
    desk.presses("qa-button-go", number="1")
    await eventually(lambda: rows(desk.database, "SELECT 1 FROM publications"))
    holds_back(desk, timedelta(hours=1))
    desk.says("/unfreeze")
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    holds_back(desk, timedelta(0))
    desk.says("/open")
    told = await waiting.hears(lambda one: said("fr", "qa-told-waiting") in read(one.text))
    assert NEW_ANSWER in told.text
    assert ANSWER not in told.text


def holds_back(desk: Desk, time: timedelta, step: str = "public:1") -> None:
    """Keep what is brought to who asked for so long: a freeze would keep the test from seeing all settled."""
    until = stored(desk.bot.world.clock.now() + time)
    with closing(sqlite3.connect(desk.database)) as db, db:
        db.execute("UPDATE sendings SET not_before = ? WHERE step LIKE ?", (until, step))


async def test_what_is_public_is_not_undone_or_written_anew_beside_its_list(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    await corrects(desk, NEW_ANSWER, "qa-button-slip")
    desk.says("/history qa-1")
    shown = await desk.hears(said("fr", "history-head", entry=QUESTION)[:12])
    assert shown.labels == [label("fr", "qa-button-correct")]
    forges(bot, desk.staff, "undo|2|fr")
    await desk.hears(said("fr", "history-public"))
    desk.says("/edit qa-1")
    edit = await desk.hears(said("fr", "history-public"))
    assert label("fr", "qa-button-correct") in edit.labels
    reader = bot.person("Reader", language_code="fr")
    assert NEW_ANSWER in (await says_and_hears(reader, QUESTION)).text


async def approves(desk: Desk) -> None:
    """A lone owner confirms the prepared announcement, and lets it begin."""
    await confirms(desk)
    await time_passes(desk.bot, desk.database, timedelta(seconds=31))


async def confirms(desk: Desk) -> None:
    """A lone owner looks at the prepared announcement, and confirms it by its code."""
    desk.says("/broadcast")
    await desk.hears()
    desk.presses("button-broadcast-preview")
    await desk.hears()
    desk.presses("button-broadcast-ask")
    await desk.hears()
    desk.says(code_in(from_bot(desk.staff)[-2]))
    await settled(desk.bot, desk.database)


async def corrects(desk: Desk, answer: str, button: str) -> None:
    forges(desk.bot, desk.staff, "qa-correct|1|fr")
    await desk.hears()
    desk.presses("qa-button-answer")
    await desk.hears()
    desk.says(answer)
    await desk.hears(answer)
    desk.presses(button)
    await desk.hears()


async def test_everybody_is_told_only_by_an_announcement_that_is_approved(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    await calls_back_and_hears(bot, bot.person("registered", language_code="en"), "register|deadline|en")
    desk.says("/broadcast")
    await desk.hears()
    desk.presses("qa-button-all")
    await desk.hears(said("fr", "qa-draft-busy"))
    desk.presses("button-broadcast-drop")
    await desk.hears()
    desk.presses("qa-button-all")
    await desk.hears(said("fr", "qa-draft-made", people=1))
    for button in ("qa-button-all", "qa-button-digest"):
        desk.presses(button)
        await desk.hears(said("fr", "qa-told-already", number="1", by="2"))
    live = "SELECT stage, audience, author FROM broadcasts WHERE stage <> 'cancelled'"
    ((stage, audience, author),) = rows(desk.database, live)
    assert (stage, audience, author) == ("draft", "registered", OWNER)
    texts = dict(rows(desk.database, "SELECT language, payload FROM broadcast_texts"))
    assert all(ANSWER in plain(json.loads(texts[language])["text"]) for language in LANGUAGES)
    assert rows(desk.database, "SELECT count(*) FROM sendings WHERE kind = 'broadcast'") == [(0,)]


async def test_an_announcement_of_an_answer_that_is_corrected_before_it_goes_out_is_dropped_and_that_is_said(
    bot: Sandbox, desk: Desk
) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    reader = bot.person("registered", language_code="fr")
    await calls_back_and_hears(bot, reader, "register|deadline|fr")
    forges(bot, desk.staff, "qa-all|1|fr")
    await desk.hears(said("fr", "qa-draft-made", people=1))
    await confirms(desk)
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    await time_passes(bot, desk.database, timedelta(seconds=31))
    await eventually(lambda: rows(desk.database, "SELECT stage FROM broadcasts") == [("cancelled",)])
    await settled(bot, desk.database)
    told = [read(one.text) for one in from_bot(desk.staff)]
    assert said("fr", "broadcast-outdated", number=1) in told
    assert rows(desk.database, "SELECT count(*) FROM sendings WHERE kind = 'broadcast'") == [(0,)]
    forges(bot, desk.staff, "qa-all|1|fr")
    await desk.hears(said("fr", "qa-draft-made", people=1))
    await approves(desk)
    assert NEW_ANSWER in (await reader.hears(lambda one: said("fr", "qa-told-all") in read(one.text))).text


async def test_the_digest_is_offered_once_made_once_and_again_where_its_draft_was_dropped(
    bot: Sandbox, desk: Desk
) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    desk.presses("qa-button-digest")
    await desk.hears(said("fr", "qa-digest-noted", number="1", hour="10:00"))
    done = "SELECT 1 FROM routines WHERE name = 'bulletin' AND day = ?"
    for day in ("2025-07-21", "2025-07-22"):
        await time_passes(bot, desk.database, timedelta(hours=24))
        await eventually(lambda day=day: rows(desk.database, done, day))
        await settled(bot, desk.database)
    offers = [one for one in from_bot(desk.staff) if said("fr", "qa-digest-made", count=1) == read(one.text)]
    assert len(offers) == 1, "the second day brought nothing new"
    make = label("fr", "qa-button-digest-go")
    desk.staff.presses(make)
    await desk.hears(said("fr", "qa-draft-made", people=0))
    desk.staff.presses(make)
    await desk.hears(said("fr", "qa-digest-gone"))
    desk.says("/broadcast")
    await desk.hears()
    desk.presses("button-broadcast-drop")
    await desk.hears()
    desk.staff.presses(make)
    await desk.hears(said("fr", "qa-draft-made", people=0))
    assert rows(desk.database, "SELECT stage FROM broadcasts") == [("cancelled",), ("draft",)]


async def test_others_who_asked_the_same_are_answered_by_what_is_public(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    other = bot.person("other", language_code="en")
    await says_and_hears(other, "/ask Is there a car park?")
    asked = await desk.hears()
    desk.says("No.", reply_to=asked.message_id)
    await other.hears(lambda one: "No." in one.text)
    await calls_back_and_hears(bot, other, "reply|2|en")
    await says_and_hears(other, "May I put a used stove in?")
    forges(bot, desk.staff, "qa-same|1|fr")
    offered = await desk.hears(said("fr", "qa-same", number="1"))
    assert offered.labels == ["2. May I put a used stove in?"], "the first words are answered"
    desk.staff.presses(offered.labels[0])
    told = await other.hears(lambda one: said("en", "qa-told-same", question="2") in read(one.text))
    assert ANSWER in told.text
    forges(bot, desk.staff, "qa-same-go|1.2|fr")
    assert said("fr", "qa-same-gone") in read((await desk.hears()).text)


async def test_who_asked_the_same_and_could_not_be_reached_can_be_answered_again(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    other = bot.person("other", language_code="fr")
    await says_and_hears(other, "/ask Puis-je mettre un poêle usagé ?")
    bot.faults.drop_after("sendmessage", times=2)  # to them, and one to the office
    forges(bot, desk.staff, "qa-same-go|1.2|fr")
    unclear = "SELECT state FROM sendings WHERE step LIKE 'public-answer:2%' ORDER BY id"
    await eventually(lambda: rows(desk.database, unclear) == [("held",)])
    await settled(bot, desk.database)
    assert rows(desk.database, "SELECT state FROM questions WHERE id = 2") == [("open",)]
    forges(bot, desk.staff, "qa-same-go|1.2|fr")
    await eventually(lambda: rows(desk.database, unclear) == [("held",), ("sent",)])


async def test_who_asked_the_same_and_waits_behind_a_freeze_gets_the_corrected_answer(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    other = bot.person("other", language_code="fr")
    await says_and_hears(other, "/ask Puis-je mettre un poêle usagé ?")
    desk.says("/freeze")
    await desk.hears()
    forges(bot, desk.staff, "qa-same-go|1.2|fr")
    waiting = "SELECT 1 FROM sendings WHERE step LIKE 'public-answer:%' AND state = 'planned'"
    await eventually(lambda: rows(desk.database, waiting))
    holds_back(desk, timedelta(hours=1), "public-answer:%")
    desk.says("/unfreeze")
    await corrects(desk, NEW_ANSWER, "qa-button-material")
    holds_back(desk, timedelta(0), "public-answer:%")
    desk.says("/open")
    told = await other.hears(lambda one: said("fr", "qa-told-same", question="2") in read(one.text))
    assert NEW_ANSWER in told.text
    assert ANSWER not in told.text


async def test_many_come_in_pages_and_as_a_file(bot: Sandbox, desk: Desk) -> None:
    await published(desk, bot.person("Asker", language_code="fr"))
    with closing(sqlite3.connect(desk.database)) as db, db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 12) "
            "INSERT INTO publications (call, number, language, questions, answers, published_at, by) "
            "SELECT call, i, language, questions, answers, published_at, by FROM publications, n"
        )
    reader = bot.person("reader", language_code="en")
    newest = await says_and_hears(reader, "/questions")
    assert newest.labels[:2] == ["11", "12"]
    reader.presses(newest.labels[2])
    await in_place(bot, reader, newest, "1")
    reader.presses(label("en", "qa-button-file"))
    message = await reader.hears()
    document = bot.world.chats[reader.id].messages[message.message_id]["document"]
    text = bot.world.files[document["file_id"]][1].decode()
    assert text.count(ANSWER) == 12
    kept = rows(desk.database, "SELECT entry, language FROM given WHERE chat_id = ?", reader.id)
    assert kept == [("qa-1", "en")], "who reads the file hears of a correction; only no. 1 is an entry here"


async def test_forgetting_takes_what_was_given_and_waited_for(bot: Sandbox, desk: Desk) -> None:
    person = bot.person("person", language_code="fr")
    await waits(person, QUESTION)
    await calls_back_and_hears(bot, person, "entry|altitude|fr")
    assert rows(desk.database, "SELECT count(*) FROM given WHERE chat_id = ?", person.id) == [(1,)]
    await says_and_hears(person, "/forget")
    person.presses(label("fr", "button-forget-all"))
    await settled(bot, desk.database)
    for table in ("given", "waiting"):
        assert rows(desk.database, f"SELECT count(*) FROM {table} WHERE chat_id = ?", person.id) == [(0,)]  # noqa: S608


async def test_after_the_last_hour_for_questions_none_is_passed_on_and_everybody_is_told_since_when(
    settings: Settings, little: Call, clock: MovableClock, quiet: Matcher, sandbox: Sandbox
) -> None:
    until = OPEN + timedelta(minutes=10)
    call = replace(little, questions_until=until)
    async with running(settings, call, clock, quiet):
        desk = await at_work(sandbox, settings)
        for language in LANGUAGES:
            person = sandbox.person(f"early-{language}", language_code=language)
            moment = plain(answering.moment_text(call, until, language=ReplyLanguage(language)))
            assert read(moment) in read((await says_and_hears(person, "/questions")).text)
        writing = sandbox.person("writing", language_code="fr")
        await says_and_hears(writing, "/ask")
        asker = sandbox.person("asker", language_code="fr")
        await says_and_hears(asker, f"/ask {QUESTION}")
        asked = asker.sees()[-2].message_id
        sandbox.world.clock.advance(timedelta(minutes=10))
        closed = said("fr", "qa-closed", until=answering.moment_text(call, until, language=ReplyLanguage.FR))
        for words in (QUESTION, f"/ask {QUESTION}", "/ask"):
            assert closed in read((await says_and_hears(writing, words)).text)
        asker.edits(asked, "/ask Et ma ruche ?")
        assert closed in read((await asker.hears()).text)
        await settled(sandbox, desk.database)
        assert rows(desk.database, "SELECT text FROM questions") == [(QUESTION,)]
