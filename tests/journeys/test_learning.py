"""Staff see what could not be answered, teach it, and it is answered: at once word for word, later in other words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from bot.buttons import mark
from bot.clock import MovableClock
from bot.publishing.publishing import normalised
from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from bot.store import lesson_drafts as drafts
from bot.store.database import Database
from bot.store.lesson_drafts import Draft
from bot.texts import Texts
from faq import Call, Matcher, load
from faq.languages import ReplyLanguage
from faq.lessons import Lesson, LessonKind
from tests.conftest import OPEN, running
from tests.journeys.owning import NOTICE, changes, plain
from tests.journeys.port import OWNER, STAFF, port_folder, taps
from tests.journeys.watching import (
    calls_back_and_hears,
    from_bot,
    rows,
    says_and_hears,
    settled,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


TEXTS = Texts()
SWIM = "can I swim here"
BICYCLE = "where to put my bicycle"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return port_folder(tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="module")
def port(folder: Path) -> Call:
    return load(folder)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def port_matcher(port: Call, models: Path) -> Matcher:
    return Matcher.of(port, cache=models / "guichet")


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    office = {"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF}), "call": str(folder)}
    return settings.model_copy(update=office)


@pytest.fixture
async def bot(  # noqa: PLR0913, PLR0917  what a bot is made of
    settings: Settings,
    port: Call,
    clock: MovableClock,
    port_matcher: Matcher,
    sandbox: Sandbox,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[Sandbox]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(models))
    async with running(settings, port, clock, port_matcher):
        yield sandbox


@pytest.fixture
def staff(bot: Sandbox) -> Person:
    return bot.person("Staff", user_id=STAFF, language_code="en")


@pytest.fixture
def owner(bot: Sandbox) -> Person:
    return bot.person("Owner", user_id=OWNER, language_code="en")


def label(key: str, language: str = "en", **values: str | int) -> str:
    return TEXTS.plain(ReplyLanguage(language), key, **values)


def said(key: str, language: str = "en", **values: str | int) -> str:
    return plain(TEXTS.say(ReplyLanguage(language), key, **values))


async def asked(bot: Sandbox, text: str, language: str = "en") -> Shown:
    """What somebody new is told who asks this."""
    return await says_and_hears(bot.person("Applicant", language_code=language), text)


async def open_group(bot: Sandbox, staff: Person, text: str) -> Shown:
    """The group of questions that began with this one, opened."""
    page = await says_and_hears(staff, "/unanswered")
    return await taps(bot, staff, next(one for one in page.labels if text[:30] in one))


def same_as(port: Call, entry: str) -> str:
    return label("button-same", entry=port.entries[entry].questions[ReplyLanguage.EN])


def lessons(settings: Settings) -> list[tuple[object, ...]]:
    return rows(settings.database, "SELECT kind, entry, undone_at IS NULL FROM lessons ORDER BY id")


async def test_what_is_taught_with_a_tap_is_answered_at_once_and_no_more_when_it_is_undone(
    bot: Sandbox, staff: Person, settings: Settings, port: Call
) -> None:
    assert len((await asked(bot, BICYCLE)).labels) > 2
    await asked(bot, f"{BICYCLE}?")
    await asked(bot, "où mettre mon vélo", "fr")
    group = await open_group(bot, staff, BICYCLE)
    assert "English 2" in group.text
    await taps(bot, staff, same_as(port, "parking"))
    assert (await asked(bot, BICYCLE.upper() + " ?")).text.startswith("en parking")
    assert lessons(settings) == [("phrasings", "parking", 1)]
    done = said("learn-done", count=1)  # staff who chose no language are told things in the one they are answered in
    await staff.hears(lambda message: message.text == done, seconds=30)  # a training in a process of its own
    await says_and_hears(staff, "/history parking")
    await taps(bot, staff, label("button-undo", number=1))
    assert not (await asked(bot, BICYCLE)).text.startswith("en parking")
    assert lessons(settings) == [("phrasings", "parking", 0)]
    acts = [json.loads(one) for (one,) in rows(settings.database, "SELECT detail FROM audit ORDER BY id")]
    assert [("taught" in one, "undone" in one) for one in acts] == [(True, False), (False, True)]
    assert {"before", "after"} <= acts[0].keys() & acts[1].keys()


@pytest.mark.parametrize("way", ["same", "new-entry", "not-ours"])
async def test_nothing_is_made_of_words_that_came_in_unseen(
    bot: Sandbox, staff: Person, settings: Settings, port: Call, way: str
) -> None:
    await asked(bot, BICYCLE)
    shown = await open_group(bot, staff, BICYCLE)
    await asked(bot, f"{BICYCLE} please")
    assert f"{BICYCLE} please" in (await open_group(bot, staff, BICYCLE)).text
    wanted = same_as(port, "parking") if way == "same" else label(f"button-{way}")
    again = await taps(bot, staff, wanted, under=shown)
    assert said("teach-look-again") in again.text
    assert f"{BICYCLE} please" in again.text
    assert (lessons(settings), rows(settings.database, "SELECT * FROM drafts")) == ([], [])
    await taps(bot, staff, wanted)
    if way == "same":
        assert (await asked(bot, f"{BICYCLE} please")).text.startswith("en parking")
    elif way == "new-entry":
        ((lesson,),) = rows(settings.database, "SELECT lesson FROM drafts")
        assert "please" in lesson
    else:
        assert rows(settings.database, "SELECT DISTINCT state FROM unanswered") == [("dismissed",)]


async def test_a_suggestion_that_was_tapped_is_offered_as_a_phrasing(bot: Sandbox, staff: Person, port: Call) -> None:
    person = bot.person("Applicant", language_code="ar")
    offers = await says_and_hears(person, "أين أضع دراجتي")
    title = port.entries["parking"].questions[ReplyLanguage.AR]
    assert title in offers.labels
    assert "ar parking" in (await taps(bot, person, title)).text
    await says_and_hears(staff, "/unanswered")
    tapped = await taps(bot, staff, label("button-tapped"))
    texts = await taps(bot, staff, tapped.labels[0])
    assert "أين أضع دراجتي" in texts.text
    await says_and_hears(person, "أين أضع دراجتي وحصاني")
    await taps(bot, person, title)
    again = await taps(bot, staff, label("button-add-tapped"))
    assert said("teach-look-again") in again.text
    assert "وحصاني" in again.text
    await taps(bot, staff, label("button-add-tapped"))
    assert "ar parking" in (await asked(bot, "أين أضع دراجتي", "ar")).text


async def test_a_forged_tap_chooses_nothing_that_was_not_offered(bot: Sandbox, settings: Settings) -> None:
    await asked(bot, BICYCLE)
    ((number, offers),) = rows(settings.database, "SELECT id, offers FROM unanswered")
    forger = bot.person("Forger")
    for data in (f"chosen|{number}.00000000|en", "chosen|x|en", f"chosen|{'9' * 40}.1|en"):
        await calls_back_and_hears(bot, forger, data)
    await settled(bot, settings.database)
    assert rows(settings.database, "SELECT chosen FROM unanswered") == [(None,)]
    assert len(json.loads(offers)) > 1


async def test_nothing_of_who_asked_is_kept_or_shown_and_hostile_text_stays_text(
    bot: Sandbox, staff: Person, settings: Settings
) -> None:
    person = bot.person("Hostile")
    await says_and_hears(
        person, "<b>bicycle</b> & \u202e{deadline} me@example.org +212 661 23 45 67 @somebody " + "x" * 900
    )
    group = await open_group(bot, staff, "<b>bicycle")
    assert "<b>bicycle</b> & {deadline} … … …" in group.text
    assert "x" * 400 in group.text, "it is seen as far as it would be taught"
    dump = "\n".join(map(str, rows(settings.database, "SELECT * FROM unanswered, unanswered_groups")))
    assert not any(secret in dump for secret in (str(person.id), "example.org", "661", "somebody", "\u202e"))


async def test_a_group_that_is_not_for_us_is_put_aside_and_can_be_opened_again(
    bot: Sandbox, staff: Person, owner: Person
) -> None:
    await asked(bot, SWIM)
    await open_group(bot, staff, SWIM)
    await taps(bot, staff, label("button-not-ours"))
    assert (await says_and_hears(owner, "/unanswered")).text == said("unanswered-none")
    await taps(bot, staff, label("button-reopen"))
    assert SWIM in (await says_and_hears(owner, "/unanswered")).text


async def test_an_old_button_does_not_put_aside_what_was_taught_nor_open_it(
    bot: Sandbox, staff: Person, port: Call, settings: Settings
) -> None:
    """A group that is put aside is never opened again by who asks on, so that its questions would be lost."""
    await asked(bot, SWIM)
    shown = await open_group(bot, staff, SWIM)
    await taps(bot, staff, label("button-not-ours"))
    await taps(bot, staff, label("button-reopen"))
    await open_group(bot, staff, SWIM)
    await taps(bot, staff, same_as(port, "parking"))
    not_ours = next(one.data for row in shown.buttons for one in row if one.text == label("button-not-ours"))
    for data in ("reopen|1|en", str(not_ours)):
        assert (await calls_back_and_hears(bot, staff, data)).text == said("teach-overtaken")
        assert rows(settings.database, "SELECT state FROM unanswered_groups") == [("taught",)]


async def test_words_that_are_answered_otherwise_by_now_are_pointed_out_first(
    bot: Sandbox, staff: Person, owner: Person, settings: Settings, port: Call
) -> None:
    await asked(bot, SWIM)
    await open_group(bot, staff, SWIM)
    await taps(bot, staff, same_as(port, "parking"))
    await asked(bot, f"{SWIM} with my dog")  # it falls into the same group, which is open again
    await open_group(bot, owner, SWIM)
    warned = await taps(bot, owner, same_as(port, "mooring"))
    assert said("teach-clash-line", text=SWIM, entry=port.entries["parking"].questions[ReplyLanguage.EN]) in warned.text
    assert len(lessons(settings)) == 1
    await taps(bot, owner, label("button-same-surely"))
    assert (await asked(bot, SWIM)).text.startswith("en mooring")


async def writes(bot: Sandbox, staff: Person, entry: str, text: str) -> Shown:
    """What staff are told who write an English answer anew."""
    await calls_back_and_hears(bot, staff, f"write|{mark(entry)}.en.answer|en")
    return await says_and_hears(staff, text)


async def test_an_answer_is_written_anew_looked_at_put_live_and_taken_back(
    bot: Sandbox, staff: Person, owner: Person
) -> None:
    before = await writes(bot, staff, "mooring", "Moor at <b>pier 2</b> until {deadline}, says the Harbour Desk.")
    after = await staff.hears()
    assert "en mooring" in before.text
    assert "Moor at pier 2 until Friday" in after.text
    assert said("edit-by-hand", said="Harbour Desk", placeholder="{facts.office}") in after.text
    assert "en mooring" in (await asked(bot, "mooring places")).text
    await taps(bot, staff, label("button-live-material"))
    assert "Moor at pier 2" in (await asked(bot, "mooring places")).text
    assert (await taps(bot, staff, label("button-live-material"), under=after)).text == said("teach-overtaken")
    await says_and_hears(owner, "/history mooring")
    await taps(bot, owner, label("button-undo", number=1))
    assert "en mooring" in (await asked(bot, "mooring places")).text


@pytest.mark.parametrize("wrong", ["<b>open", "Hand in by {dedline}.", "x" * 2600, "Hand in by March 1st at noon."])
async def test_a_text_that_can_not_be_shown_is_refused_and_the_next_one_taken(
    bot: Sandbox, staff: Person, wrong: str
) -> None:
    assert said("edit-faults") in (await writes(bot, staff, "mooring", wrong)).text
    assert "en mooring" in (await says_and_hears(staff, "Right.")).text


async def test_a_title_that_gives_the_day_of_the_deadline_is_refused_whatever_stands_around_it(
    bot: Sandbox, staff: Person
) -> None:
    await calls_back_and_hears(bot, staff, f"write|{mark('mooring')}.en.question|en")
    assert said("edit-dated-title") in (await says_and_hears(staff, "Moor <till March 1>")).text
    await says_and_hears(staff, "Moor <till May 1>")
    assert "Moor <till May 1>" in (await staff.hears()).text


async def test_a_new_entry_is_made_with_a_language_waived(bot: Sandbox, staff: Person) -> None:
    await asked(bot, SWIM)
    await open_group(bot, staff, SWIM)
    draft = await taps(bot, staff, label("button-new-entry"))
    assert label("button-live-entry") not in draft.labels
    await taps(bot, staff, label("button-write-entry", spoken="French"))
    refused = await says_and_hears(staff, "Baignade {deadline}\nOui, plage <b>nord.")
    assert said("edit-braces") in refused.text
    assert said("edit-markup", line=2, piece="<b>") in refused.text, "a line of the message, title included"
    for language, text in (
        ("French", "Baignade\nOui, plage <b>nord</b>."),
        ("English", "Swimming\nYes, north beach, until {deadline}."),
    ):
        await taps(bot, staff, label("button-write-entry", spoken=language))
        draft = await says_and_hears(staff, text)
    assert label("button-live-entry") not in draft.labels
    staff.presses(label("button-waive", spoken="Arabic"))
    panel = await staff.hears(lambda one: label("button-live-entry") in one.labels)
    *_, french, arabic, english = [one.text for one in staff.sees() if one.message_id < panel.message_id]
    assert french == "\n\n".join([said("make-preview", spoken="French", title="Baignade"), "Oui, plage nord."])
    assert arabic == "\n\n".join(
        [said("make-preview", spoken="Arabic", title="Baignade"), "Français\nOui, plage nord."]
    )
    assert "Yes, north beach, until Friday" in english
    await taps(bot, staff, label("button-live-entry"))
    assert (await asked(bot, SWIM)).text.startswith("Yes, north beach, until Friday")
    menu = await asked(bot, "/faq", "ar")
    reader = bot.person("Reader", language_code="ar")
    await says_and_hears(reader, "/faq")
    topics = await taps(bot, reader, menu.labels[0])
    assert "Baignade" in topics.labels
    assert (await taps(bot, reader, "Baignade")).text == "Français\nOui, plage nord."


async def test_a_date_that_has_become_the_deadline_is_found_in_what_was_written_before(
    bot: Sandbox, staff: Person, owner: Person, settings: Settings
) -> None:
    """What is ready to go live is put into the database, where staff would take a dozen messages to write it."""
    texts = dict.fromkeys(ReplyLanguage, "Swim"), dict.fromkeys(ReplyLanguage, "Until March 8.")
    lesson = Lesson(kind=LessonKind.ENTRY, entry="own-1", questions=texts[0], answers=texts[1])
    edit = Lesson(kind=LessonKind.ANSWER, entry="mooring", language=ReplyLanguage.EN, text="Until March 8.")
    with closing(sqlite3.connect(settings.database)) as db, db:
        drafts.begin("call", Draft(token=1, lesson=lesson, by=STAFF), now=OPEN)(Database(db))
        drafts.begin("call", Draft(token=2, lesson=edit, by=OWNER, base="en mooring"), now=OPEN)(Database(db))
    await changes(owner, f"/newdeadline 08/03/2028 12:00 {NOTICE}")
    refused = await calls_back_and_hears(bot, staff, "make|1|en")
    assert said("edit-dated") in refused.text
    assert refused.labels == [label("button-write-entry", spoken=name) for name in ("French", "Arabic", "English")]
    await taps(bot, staff, refused.labels[-1])
    await says_and_hears(staff, "Swim\nUntil March 9.")
    assert (await calls_back_and_hears(bot, owner, "put-live|2.m|en")).text == said("teach-overtaken")
    assert lessons(settings) == []


@pytest.mark.parametrize("way", ["same", "new-entry"])
async def test_who_waits_for_an_answer_gets_what_is_taught_in_their_own_language(
    bot: Sandbox, staff: Person, settings: Settings, port: Call, way: str
) -> None:
    waiting = bot.person("Waiting", language_code="fr")
    await says_and_hears(waiting, "/start")
    await asked(bot, SWIM)
    await settled(bot, settings.database)
    with closing(sqlite3.connect(settings.database)) as db, db:
        for words in (SWIM, BICYCLE):
            db.execute("INSERT INTO waiting VALUES (?, ?, ?, 'fr', '')", (port.id, waiting.id, normalised(words)))
    await open_group(bot, staff, SWIM)
    if way == "same":
        staff.presses(same_as(port, "parking"))
    else:
        await taps(bot, staff, label("button-new-entry"))
        await taps(bot, staff, label("button-write-entry", spoken="French"))
        await says_and_hears(staff, "French title\nFrench answer")
        await taps(bot, staff, label("button-waive", spoken="English"))
        staff.presses(label("button-waive", spoken="Arabic"))
        await staff.hears(lambda one: label("button-live-entry") in one.labels)
        staff.presses(label("button-live-entry"))
    told = await waiting.hears(lambda one: said("qa-told-waiting", "fr") in one.text)
    assert told.text.endswith("fr parking" if way == "same" else "French title\n\nFrench answer")
    await settled(bot, settings.database)
    assert said("qa-panel-waiting", people=1) in "\n".join(one.text for one in from_bot(staff))
    assert rows(settings.database, "SELECT words FROM waiting") == [(normalised(BICYCLE),)], (
        "what else they wait for stays"
    )


@pytest.mark.parametrize("data", ["same|1.00000000|en", "model|x.live|en", "put-live|1.m|en", "undo|1|en", "edit||en"])
async def test_nobody_else_teaches(bot: Sandbox, settings: Settings, data: str) -> None:
    answer = await calls_back_and_hears(bot, bot.person("Forger", language_code="en"), data)
    assert answer.text == said("staff-denied")
    await settled(bot, settings.database)
    assert [json.loads(one)["refused"] for (one,) in rows(settings.database, "SELECT detail FROM audit")] == [
        "staff-denied"
    ]
    assert lessons(settings) == []


@pytest.mark.parametrize("data", ["same|9.00000000|en", "alike|x|en", "undo|7|en", "put-live|1.m|en", "write|a.b.c|en"])
async def test_old_or_impossible_buttons_change_nothing(
    bot: Sandbox, staff: Person, settings: Settings, data: str
) -> None:
    assert (await calls_back_and_hears(bot, staff, data)).text == said("teach-overtaken")
    assert lessons(settings) == []


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_staff_read_everything_in_their_language(bot: Sandbox, language: str) -> None:
    await asked(bot, BICYCLE)
    person = bot.person("Owner", user_id=OWNER, language_code=language)
    page = await says_and_hears(person, "/unanswered")
    assert page.labels[-1] == label("button-tapped", language)
    await taps(bot, person, page.labels[0])
    assert (await says_and_hears(person, "/history mooring")).text == said("history-none", language)
    assert (await says_and_hears(person, "/edit")).text == said("edit-which", language)


async def test_to_undo_an_older_edit_puts_nobody_right_who_was_told_the_newer_one(
    bot: Sandbox, staff: Person, owner: Person, settings: Settings
) -> None:
    for text in ("Moor at pier TWO.", "Moor at pier THREE."):
        await writes(bot, staff, "mooring", text)
        await settled(bot, settings.database)
        await asked(bot, "mooring places")
        await taps(bot, staff, label("button-live-material"))
        await settled(bot, settings.database)
    assert "pier THREE" in (await asked(bot, "mooring places")).text
    kept = rows(settings.database, "SELECT before FROM errata")
    await says_and_hears(owner, "/history mooring")
    await taps(bot, owner, label("button-undo", number=1))
    await settled(bot, settings.database)
    assert "pier THREE" in (await asked(bot, "mooring places")).text
    assert rows(settings.database, "SELECT before FROM errata") == kept
