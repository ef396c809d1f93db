"""Lessons: what staff taught lies over the call, holds at once, and can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.current import CurrentCall
from bot.store import Store, lessons
from bot.store.lessons import OvertakenError
from faq import Call
from faq.call import Phrasing
from faq.languages import Language, ReplyLanguage
from faq.lessons import DESK, Lesson, LessonKind
from tests.conftest import OPEN
from tests.journeys.watching import eventually

EN = ReplyLanguage.EN
WHO = 900010


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    store = Store(tmp_path / "g.db")
    store.open()
    yield store
    await asyncio.to_thread(store.close)


def answer(text: str) -> Lesson:
    return Lesson(kind=LessonKind.ANSWER, entry="mooring", language=EN, text=text)


async def test_the_newest_lesson_that_holds_is_what_is_answered(store: Store, tiny: Call) -> None:
    current = CurrentCall(tiny, store)
    await current.settle()
    before = current.call.entries["mooring"].answers[EN]
    first = await store.write(lessons.teach(tiny.id, answer("one"), by=WHO, now=OPEN, before=before))
    second = await store.write(lessons.teach(tiny.id, answer("two"), by=WHO, now=OPEN, before="one"))
    said: list[str] = []
    for undone in (None, second, first):
        if undone:
            await store.write(lessons.undo(tiny.id, undone, by=WHO, now=OPEN))
        await current.refresh()
        said.append(current.call.entries["mooring"].answers[EN])
    assert said == ["two", "one", before]
    history = await store.read(lambda db: lessons.history(db, tiny.id, "mooring"))
    assert [(one.number, one.before, one.undone_by) for one in history] == [(second, "one", WHO), (first, before, WHO)]


async def test_what_staff_put_live_is_taken_over_once_the_database_can_be_read_again(
    store: Store, tiny: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.current._PAUSE", 0.01)
    current = CurrentCall(tiny, store)
    await store.write(lessons.teach(tiny.id, answer("one"), by=WHO, now=OPEN))
    elsewhere = store.path.rename(tmp_path / "elsewhere")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(current.catch_up())
        await eventually(lambda: "can't be read yet" in caplog.text)
        elsewhere.rename(store.path)
    assert current.call.entries["mooring"].answers[EN] == "one"


async def test_what_was_undone_can_not_be_undone_again(store: Store, tiny: Call) -> None:
    number = await store.write(lessons.teach(tiny.id, answer("one"), by=WHO, now=OPEN))
    await store.write(lessons.undo(tiny.id, number, by=WHO, now=OPEN))
    with pytest.raises(OvertakenError):
        await store.write(lessons.undo(tiny.id, number, by=WHO, now=OPEN))


async def test_lessons_are_of_one_call_and_survive_a_folder_that_lost_their_entry(store: Store, tiny: Call) -> None:
    phrasings = (Phrasing("tie up my dinghy", Language.EN, DESK),)
    await store.write(
        lessons.teach(tiny.id, Lesson(kind=LessonKind.PHRASINGS, entry="gone", phrasings=phrasings), by=WHO, now=OPEN)
    )
    await store.write(lessons.teach("another", answer("other"), by=WHO, now=OPEN))
    current = CurrentCall(tiny, store)
    await current.settle()
    assert current.call.entries == tiny.entries
