"""Questions that were not answered: what is kept of them, and which are taken for alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.learning.grouping import LONGEST, Grouper, kept
from bot.store import Store, all_of, erasing, lessons, unanswered
from bot.store.unanswered import Question, State
from faq import Call
from faq.languages import Language
from faq.lessons import Lesson, LessonKind
from faq.markup import escape, utf16_length
from handlers.staff.learning.teaching import shown
from tests.conftest import OPEN

FR, AR, EN = Language.FR, Language.AR, Language.EN


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    store = Store(tmp_path / "g.db")
    store.open()
    yield store
    await asyncio.to_thread(store.close)


def asked(*texts: tuple[str, Language], begin: int = 1) -> list[Question]:
    def question(number: int, text: str, language: Language) -> Question:
        at = OPEN + timedelta(minutes=number)
        return Question(id=number, text=text, language=language, asked_at=at, suggested=True, offers=("a",))

    return [question(number, text, language) for number, (text, language) in enumerate(texts, begin)]


async def grouped(
    store: Store, call: Call, clock: MovableClock, questions: list[Question]
) -> list[tuple[str, int, State]]:
    """The groups after these questions, by a grouper that has just been started."""
    await store.write(all_of([unanswered.note(call.id, one) for one in questions]))
    grouper = Grouper(store, clock, CurrentCall(call, store))
    while await grouper.go_round():
        pass
    numbers = await store.read(lambda db: [number for number, _ in unanswered.leads(db, call.id, most=100)])
    groups = [await store.read(lambda db, number=number: unanswered.group(db, call.id, number)) for number in numbers]
    return sorted((group.lead, group.count, group.state) for group in groups if group)


async def test_like_questions_fall_together_whatever_was_started_anew_between_them(
    store: Store, call: Call, clock: MovableClock
) -> None:
    first = asked(("Y a-t-il un hôtel près du ministère ?", FR), ("Quel temps fera-t-il demain ?", FR))
    assert await grouped(store, call, clock, first) == [
        ("Quel temps fera-t-il demain ?", 1, State.OPEN),
        ("Y a-t-il un hôtel près du ministère ?", 1, State.OPEN),
    ]
    more = asked(("hotel pres du ministere svp", FR), ("QUEL TEMPS FERA-T-IL DEMAIN", FR), ("أين الفندق", AR), begin=3)
    assert [count for _, count, _ in await grouped(store, call, clock, more)] == [2, 2, 1]


async def test_who_asks_on_after_a_lesson_opens_a_group_again_but_not_one_that_was_put_aside(
    store: Store, call: Call, clock: MovableClock
) -> None:
    await grouped(store, call, clock, asked(("where is the nearest hotel", EN), ("who won the football match", EN)))
    lesson = Lesson(kind=LessonKind.PHRASINGS, entry="contact")
    await store.write(lessons.teach(call.id, lesson, by=1, now=OPEN, group=1))
    await store.write(unanswered.settle(call.id, 2, State.DISMISSED, before=State.OPEN))
    more = asked(("where is the nearest hotel please", EN), ("who won the football match today", EN), begin=3)
    assert await grouped(store, call, clock, more) == [
        ("where is the nearest hotel", 2, State.OPEN),
        ("who won the football match", 2, State.DISMISSED),
    ]
    with pytest.raises(lessons.OvertakenError):
        await store.write(lessons.teach(call.id, lesson, by=1, now=OPEN, group=2))
    with pytest.raises(lessons.OvertakenError):
        await store.write(unanswered.settle(call.id, 2, State.DISMISSED, before=State.OPEN))


async def test_they_go_with_everything_else_after_the_deadline(store: Store, call: Call, clock: MovableClock) -> None:
    await grouped(store, call, clock, asked(("where is the nearest hotel", EN)))
    times = {"next_edition_before": OPEN, "chosen_before": OPEN}
    await store.write(erasing.expire(call.id, with_deadline=False, **times))
    assert await store.read(lambda db: unanswered.open_groups(db, call.id)) == 1
    assert await store.write(erasing.expire(call.id, with_deadline=True, **times)) == 1
    assert await store.read(lambda db: unanswered.open_groups(db, call.id)) == 0
    assert await grouped(store, call, clock, asked(("where is the nearest hotel", EN))) == [
        ("where is the nearest hotel", 1, State.OPEN)
    ]


@pytest.mark.parametrize(
    ("typed", "is_kept"),
    [
        ("  écrivez-moi :\n me@example.org  ", "écrivez-moi : …"),
        ("appelez le +212 6 61 23 45 67 merci", "appelez le … merci"),
        ("CIN AB123456 ?", "CIN … ?"),
        ("@somebody est-ce ouvert le 24/07/2025 à 15:00", "… est-ce ouvert le 24/07/2025 à 15:00"),
        ("\u202eevil\u2066 text\x00", "evil text"),
        ("\ud83d half", "half"),
    ],
)
def test_what_tells_who_asked_and_what_hides_or_turns_text_is_not_kept(typed: str, is_kept: str) -> None:
    assert kept(typed) == is_kept


@given(st.text())
@example("<" * 200 + " deposez apres la date")
@example("\N{SAILBOAT}\N{SHIP}" * 200)
def test_whatever_is_typed_is_kept_short_in_one_line_that_can_be_stored_and_seen_whole(typed: str) -> None:
    assert shown(kept(typed), LONGEST) == escape(kept(typed))
    assert utf16_length(escape(kept(typed))) <= LONGEST
    assert kept(typed).encode() is not None
    assert "\n" not in kept(typed)
