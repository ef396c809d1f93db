"""Learning: a matcher is tried on the known questions before it is served, and a folder before it is taken over."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.learning.grouping import Grouper
from bot.learning.matching import CurrentMatcher
from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import NotSent, Outcome
from bot.rules.roles import Roles
from bot.school.folder import FolderWatch
from bot.school.learner import Learner
from bot.services import Services
from bot.store import Store, lessons, models
from bot.store.models import State
from bot.texts import Texts
from faq import Answer, Matcher, load
from faq.call import Phrasing
from faq.languages import Language, ReplyLanguage
from faq.lessons import DESK, Lesson, LessonKind, trainable
from faq.matching.corpus import Corpus
from tests.conftest import OPEN
from tests.journeys.port import OWNER, STAFF, port_folder
from tests.journeys.watching import eventually, rows

pytestmark = pytest.mark.timeout(60)  # real models are trained

TEXTS = Texts()
LATER = OPEN + timedelta(hours=1)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return port_folder(tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="module")
def cache_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@dataclass(frozen=True, slots=True)
class School:
    """The parts that learning works with, without Telegram; models are kept in ``cache``."""

    folder: Path
    services: Services
    cache: Path
    learner: Learner
    watch: FolderWatch

    @classmethod
    def begun(cls, folder: Path, store: Store, clock: MovableClock, current: CurrentCall, cache: Path) -> School:
        """As after a start."""
        services = Services(
            clock=clock,
            current=current,
            matcher=CurrentMatcher(Matcher.of(current.folder, cache=cache), current),
            grouper=Grouper(store, clock, current),
            texts=TEXTS,
            store=store,
            office=Office(Roles.of({OWNER}, {STAFF})),
            wake_sender=lambda: None,
            settled=lambda _number, _recorded: None,
            send_unrecorded=nothing_is_sent,
            send_rate=1.0,
        )
        return cls(folder, services, cache, Learner(services, cache), FolderWatch(services, folder, nothing_is_served))

    def started_anew(self) -> School:
        """The same after another start."""
        services = self.services
        assert isinstance(services.clock, MovableClock)
        return School.begun(self.folder, services.store, services.clock, services.current, self.cache)

    async def started_over_the_folder(self) -> School:
        """The same, with the folder as it is by now."""
        services = self.services
        assert isinstance(services.clock, MovableClock)
        current = CurrentCall(load(self.folder), services.store)
        await current.settle()
        return School.begun(self.folder, services.store, services.clock, current, self.cache)

    @property
    def store(self) -> Store:
        return self.services.store

    @property
    def current(self) -> CurrentCall:
        return self.services.current

    async def teach(self, entry: str, *texts: str) -> int:
        said = tuple(Phrasing(text, Language.EN, DESK) for text in texts)
        lesson = Lesson(kind=LessonKind.PHRASINGS, entry=entry, phrasings=said)
        number = await self.store.write(lessons.teach(self.current.call.id, lesson, by=STAFF, now=OPEN))
        await self.current.refresh()
        return number

    def told(self) -> list[tuple[int, str]]:
        return rows(self.store.path, "SELECT chat_id, payload FROM sendings ORDER BY id")

    def best(self, text: str) -> str | None:
        return self.services.matcher.match(text).best

    async def key(self) -> str:
        return Corpus.of(trainable(self.current.call)).key


async def nothing_is_sent(_chat: int, message: Message) -> Outcome:
    return NotSent(message.text, 0.0)


async def nothing_is_served() -> None:
    """Nothing is published here."""


@pytest.fixture
async def school(origin: Path, cache_place: Path, tmp_path: Path, clock: MovableClock) -> AsyncGenerator[School]:
    folder = Path(shutil.copytree(origin, tmp_path / "call"))
    store = Store(tmp_path / "g.db")
    store.open()
    current = CurrentCall(load(folder), store)
    await current.settle()
    yield School.begun(folder, store, clock, current, cache_place)
    await asyncio.to_thread(store.close)


THEFT = [f"{text} my boat" for text in ("where can I moor", "a berth for", "places to moor", "mooring", "a place for")]
"""Ways to ask for a berth, which somebody teaches as ways to ask for the opening hours."""


async def test_what_sends_known_questions_elsewhere_waits_for_staff_and_can_stay_word_for_word(school: School) -> None:
    number = await school.teach("opening", *THEFT)
    await school.learner.learn()
    call = school.current.call.id
    held = await school.key()
    assert await school.store.read(lambda db: models.held(db, call, held)) == [number]
    assert {chat for chat, _ in school.told()} == {OWNER, STAFF}
    assert all(f"model|{held}.live" in payload for _, payload in school.told())
    assert school.best(THEFT[0]) == "opening", "the very words count at once"
    assert school.best("where can I moor my big boat") == "mooring", "nothing else has changed"
    await school.store.write(models.settle(call, held, State.DROPPED, now=OPEN))
    await school.store.write(lessons.only_word_for_word(call, [number]))
    await school.current.refresh()
    await school.learner.learn()
    assert (school.best(THEFT[0]), school.best("where can I moor my big boat")) == ("opening", "mooring")
    assert len(school.told()) == 2, "nothing more is asked"


async def test_staff_put_it_live_all_the_same_and_a_new_start_serves_it_without_asking(school: School) -> None:
    await school.teach("opening", *THEFT)
    await school.learner.learn()
    await school.store.write(models.settle(school.current.call.id, await school.key(), State.LIVE, now=OPEN))
    await school.learner.learn()
    assert school.best("where can I moor my big boat") == "opening"
    assert len(school.told()) == 2


BICYCLES = ("somewhere for my bicycle", "a stand for bicycles", "bicycle racks", "to lock a bicycle")


@pytest.mark.parametrize("later", ["a lesson", "an undoing"])
async def test_a_start_with_something_that_waits_for_staff_serves_what_was_live_before_it(
    school: School, later: str
) -> None:
    """A bicycle is nothing that the folder knows; what is taught last takes a known question from its entry."""
    number = await school.teach("parking", *BICYCLES)
    await school.learner.learn()
    if later == "a lesson":
        await school.teach("opening", *THEFT)
    else:
        await school.store.write(lessons.undo(school.current.call.id, number, by=STAFF, now=LATER))
        await school.current.refresh()
        await school.store.write(models.put(school.current.call.id, await school.key(), State.HELD, now=LATER))
    await school.learner.learn()
    told = school.told()
    assert school.best("lock bicycles") == "parking"
    anew = school.started_anew()
    assert anew.best("lock bicycles") != "parking"
    await anew.learner.learn()
    assert anew.best("lock bicycles") == "parking"
    assert anew.best("where can I moor my big boat") == "mooring"
    assert school.told() == told, "nothing is asked twice"


async def test_a_start_over_a_folder_that_was_changed_serves_what_was_live_if_it_moves_nothing(school: School) -> None:
    await school.teach("parking", *BICYCLES)
    await school.learner.learn()
    await school.teach("opening", *THEFT)
    await school.learner.learn()
    asked = len(school.told())
    change(school, '"are you open on sunday"', '"are you open on mondays"', "phrasings.toml")
    anew = await school.started_over_the_folder()
    assert anew.best("lock bicycles") != "parking"
    await anew.learner.learn()
    assert anew.best("lock bicycles") == "parking"
    assert anew.best("where can I moor my big boat") == "mooring"
    call = school.current.call.id
    assert await school.store.read(lambda db: models.held(db, call, Corpus.of(trainable(anew.current.call)).key)) == [2]
    assert len(school.told()) == asked + 2, "what waits for staff's word is asked about for the new folder"


async def test_a_start_over_a_changed_folder_asks_before_what_was_live_sends_its_questions_elsewhere(
    school: School,
) -> None:
    await school.teach("opening", *THEFT)
    await school.learner.learn()
    await school.store.write(models.settle(school.current.call.id, await school.key(), State.LIVE, now=OPEN))
    await school.learner.learn()
    assert school.best("where can I moor my big boat") == "opening"
    change(school, '"are you open on sunday"', '"are you open on mondays"', "phrasings.toml")
    anew = await school.started_over_the_folder()
    await anew.learner.learn()
    assert anew.best("where can I moor my big boat") == "mooring"
    assert "model|" in school.told()[-1][1]


async def test_words_that_were_taken_back_are_asked_about_until_they_are_unlearned(school: School) -> None:
    number = await school.teach("parking", "somewhere for my bicycle")
    await school.learner.learn()
    assert isinstance(school.services.matcher.match("Somewhere for my bicycle?"), Answer)
    await school.store.write(lessons.undo(school.current.call.id, number, by=STAFF, now=OPEN))
    await school.current.refresh()
    assert not isinstance(school.services.matcher.match("Somewhere for my bicycle?"), Answer)


def change(school: School, old: str, new: str, name: str = "en.toml") -> None:
    path = school.folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


async def test_a_folder_that_was_changed_is_served_or_its_faults_are_told_with_file_and_line(school: School) -> None:
    def answer() -> str:
        return school.current.call.entries["mooring"].answers[ReplyLanguage.EN]

    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(school.watch.run())
        change(school, '"en mooring"', '"Moor at the {pier}."')
        await eventually(school.told)
        ((chat, payload),) = school.told()
        assert chat == OWNER
        assert "en.toml:" in payload
        assert "{pier} in mooring is no fact of this call" in payload
        assert answer() == "en mooring"
        change(school, "{pier}", "north pier")
        await eventually(lambda: len(school.told()) == 2)
        assert answer() == "Moor at the north pier."
        watching.cancel()


async def test_lessons_that_the_folder_has_no_place_for_any_more_are_named(school: School) -> None:
    await school.teach("parking", "a stand for bicycles")
    await school.teach("parking", "bicycle racks")
    await school.teach("opening", "the gate")
    say = lessons.teach(
        school.current.call.id,
        Lesson(kind=LessonKind.ANSWER, entry="opening", language=ReplyLanguage.EN, text="Ask {facts.office}."),
        by=STAFF,
        now=OPEN,
    )
    await school.store.write(say)
    await school.watch.reload()
    language = school.current.call.languages[0]
    assert TEXTS.say(language, "folder-read") == json.loads(school.told()[-1][1])["text"], "all of them hold"
    for path in school.folder.glob("*.toml"):
        text = path.read_text("utf-8").replace("[facts.office]", "[facts.harbour]")
        path.write_text(text.replace('["parking"', '["car-park"'), "utf-8")
    await school.watch.reload()
    assert (
        TEXTS.say(language, "folder-lost", entries="parking (2), opening (1)")
        in json.loads(school.told()[-1][1])["text"]
    )


async def test_lessons_without_a_place_are_named_to_the_operators_once_after_a_start(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    await school.teach("parking", "a stand for bicycles")
    for path in school.folder.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace('["parking"', '["car-park"'), "utf-8")
    anew = await school.started_over_the_folder()
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(anew.watch.run())
        await eventually(lambda: "parking (1)" in caplog.text)
        change(anew, '"en mooring"', '"Moor at the north pier."')
        await eventually(anew.told)
        watching.cancel()
    assert caplog.text.count("parking (1)") == 1


async def test_another_deadline_in_the_folder_is_refused_once_people_were_told_one(school: School) -> None:
    call = school.current.call.id
    await school.store.write(
        lambda db: db.execute(
            "INSERT INTO registrations (call, chat_id, purpose, language, told_at) VALUES (?, 5, 'deadline', 'fr', '')",
            (call,),
        )
    )
    main = school.folder / "call.toml"
    main.write_text(main.read_text("utf-8").replace("03-01T", "03-02T"), "utf-8")
    await school.watch.reload()
    assert [TEXTS.say(school.current.call.languages[0], "folder-moved") in payload for _, payload in school.told()] == [
        True
    ]
    assert school.current.call.deadline is not None
    assert school.current.call.deadline.local.day == 1
    main.write_text(main.read_text("utf-8").replace("03-02T", "03-01T").replace('id = "call"', 'id = "x"'), "utf-8")
    await school.watch.reload()
    assert "call.toml" in school.told()[-1][1]
