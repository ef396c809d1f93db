"""What is taught is learned in the background: trained, tried against the questions that are known, then served."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from asyncio.subprocess import PIPE
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.buttons import Press, Verb
from bot.messages import Message, Rows
from bot.rounds import forever
from bot.rules.roles import Act
from bot.services import Services
from bot.store import Change, all_of, lessons, models, sendings
from bot.store.lessons import Given
from bot.store.models import State
from faq import Call, Matcher, TrainingError, comparing
from faq.comparing import Moved
from faq.languages import ReplyLanguage
from faq.lessons import trainable
from faq.markup import Html
from faq.matching.cache import model_of
from faq.matching.corpus import Corpus

logger = logging.getLogger(__name__)

PUT_LIVE, BY_WORD = "live", "word"

_EXAMPLES = 5
_LONGEST = 120
"""Characters that are shown of an example."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A matcher that was made, with the call that it knows and the questions that it takes for others than before."""

    matcher: Matcher
    call: Call
    key: str
    moved: Sequence[Moved]


class Learner:
    """Trains whenever phrasings have changed; what is taught meanwhile is learned together, the next time."""

    def __init__(self, services: Services, cache: Path | None) -> None:
        """Keep the matcher of ``services`` up to date; models are kept in ``cache``."""
        self._services = services
        self._store, self._current, self._matcher = services.store, services.current, services.matcher
        self._cache = cache
        self._changed = asyncio.Event()
        self._failed: set[str] = set()
        self._current.on_change(self._changed.set)

    async def run(self) -> None:
        """Learn until cancelled."""
        self._changed.set()

        async def go_round() -> None:
            self._changed.clear()
            await self.learn()
            await self._changed.wait()

        await forever(go_round, trouble="what was taught could not be learned yet")

    async def learn(self) -> None:
        """Bring the matcher to what the call says now, or ask staff whether to.

        Raises:
            StoreError: the database failed; the former matcher stays.

        """
        await self._resume()
        if not _differ(trainable(self._current.call), self._matcher.trained):
            return
        name = self._current.call.id
        new = await self._store.read(lambda db: lessons.untrained(db, name))
        call = trainable(await self._current.without(None))  # read after them, so that it surely holds them all
        key, state = await self._known(call)
        if state in {State.HELD, State.DROPPED}:
            return
        if (made := await self._train(call, key, is_tried=state is State.LIVE)) is None:
            return
        if made.moved:
            await self._ask(made, new)
        else:
            await self._serve(made, new)

    async def _resume(self) -> None:
        """Serve the matcher that was live last, where there is only that of the folder: so it is after a start.

        What waits for staff's word, or was not tried yet, is no reason to forget what counted before it. Over a folder
        that has changed meanwhile it is another matcher, which is served if it sends no known question elsewhere.
        """
        if _differ(trainable(self._current.folder), self._matcher.trained):
            return
        call = trainable(await self._current.as_last_live())
        if not _differ(call, self._matcher.trained):
            return
        key, state = await self._known(call)
        if state in {State.HELD, State.DROPPED}:
            return
        made = await self._train(call, key, is_tried=state is State.LIVE)
        if made is not None and not made.moved:
            self._matcher.swap(made.matcher, made.call)
            logger.info("the matcher knows again what was live before the start")

    async def _known(self, call: Call) -> tuple[str, State | None]:
        """The key of a call's matcher, and what became of it."""
        key = await asyncio.to_thread(lambda: Corpus.of(call).key)
        return key, await self._store.read(lambda db: models.state_of(db, call.id, key))

    async def _train(self, call: Call, key: str, *, is_tried: bool) -> Trained | None:
        """The matcher of a call; None where it failed, which is told once.

        The work is done in a process of its own, which ends with us.
        """
        if key in self._failed:
            return None
        former = None if is_tried else self._matcher.trained
        try:
            found = comparing.read(await _run(await asyncio.to_thread(comparing.order, former, call, self._cache)))
            model = await asyncio.to_thread(lambda: model_of(Corpus.of(call), self._cache))
        except TrainingError as error:
            self._failed.add(key)
            logger.error("what was taught could not be learned: %s", error)  # noqa: TRY400
            await self._tell(self._services.office.told, partial(self._trouble, error))
            return None
        return Trained(Matcher(model), call, key, found)

    async def _serve(self, made: Trained, new: Sequence[Given]) -> None:
        numbers = [one.number for one in new]
        now = self._services.clock.now()
        put = models.put(made.call.id, made.key, State.LIVE, now=now, trained=numbers)
        teachers = {one.by for one in new} & self._services.office.roles.everyone
        await self._tell(sorted(teachers), partial(self._done, len(numbers)), put)
        self._matcher.swap(made.matcher, made.call)
        logger.info("the matcher has learned what was taught")

    async def _ask(self, made: Trained, new: Sequence[Given]) -> None:
        numbers = [one.number for one in new]
        hold = models.put(made.call.id, made.key, State.HELD, now=self._services.clock.now(), trained=numbers)
        teachers = {one.by for one in new if self._services.office.roles.may(one.by, Act.TEACH)}
        await self._tell(sorted(teachers | set(self._services.office.told)), partial(self._question, made), hold)

    async def _tell(
        self, chats: Sequence[int], word: Callable[[ReplyLanguage], Message], change: Change | None = None
    ) -> None:
        now, call = self._services.clock.now(), self._current.call
        told = sendings.plan_in_own_languages(call, chats, word, now=now)
        await self._store.write(all_of([*([change] if change else []), told]))
        self._services.wake_sender()

    def _trouble(self, error: TrainingError, language: ReplyLanguage) -> Message:
        return Message(self._services.texts.say(language, "learn-failed", reason=str(error)[:_LONGEST]))

    def _done(self, count: int, language: ReplyLanguage) -> Message:
        return Message(self._services.texts.say(language, "learn-done", count=count))

    def _question(self, made: Trained, language: ReplyLanguage) -> Message:
        """Which known questions go elsewhere, and whether to have it so."""
        entries = self._current.call.entries
        shown = [
            self._services.texts.say(
                language,
                "learn-moved",
                text=one.text[:_LONGEST],
                entry=entries[one.entry].questions[language] if one.entry in entries else one.entry,
                other=entries[one.other].questions[language] if one.other in entries else one.other,
            )
            for one in made.moved[:_EXAMPLES]
        ]
        head = self._services.texts.say(language, "learn-ask", count=len(made.moved))
        return Message(Html("\n".join([head, *shown])), self._choices(made.key, language))

    def _choices(self, key: str, language: ReplyLanguage) -> Rows:
        return tuple(
            (Press(Verb.MODEL, f"{key}.{what}", language).button(self._services.texts.plain(language, label)),)
            for label, what in (("button-learn-live", PUT_LIVE), ("button-learn-word", BY_WORD))
        )


async def _run(order: bytes) -> bytes:
    """Have a matcher trained and compared; what the process found.

    Raises:
        TrainingError: it failed.

    """
    process = await asyncio.create_subprocess_exec(
        *comparing.COMMAND, cwd=comparing.ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        said, errors = await process.communicate(order)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # also the process that it has the training done in
            await process.wait()
    if process.returncode:
        last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise TrainingError(last or f"the process ended with {process.returncode}")
    return said


def _differ(call: Call, trained: Call) -> bool:
    """Whether a matcher of the one is no matcher of the other."""

    def said(one: Call) -> list[object]:
        phrasings = {key: entry.phrasings for key, entry in one.entries.items()}
        return [phrasings, list(phrasings), one.unanswered, one.strangers, one.elsewhere, one.lexicon]

    return said(call) != said(trained)
