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

from bot.clock import Clock
from bot.deadline.amendments import CurrentCall
from bot.learning.matching import CurrentMatcher
from bot.messages import Button, Message, Rows
from bot.office import Office
from bot.rounds import forever
from bot.rules.roles import Act
from bot.store import Change, Store, all_of, lessons, models, sendings
from bot.store.lessons import Given
from bot.store.models import State
from bot.texts import Texts
from faq import Call, Matcher, TrainingError, comparing
from faq.comparing import Moved
from faq.languages import ReplyLanguage
from faq.lessons import trainable
from faq.markup import Html
from faq.matching.cache import model_of
from faq.matching.corpus import Corpus

logger = logging.getLogger(__name__)

PUT_LIVE, BY_WORD = "live", "word"
DECIDE = "model|{key}.{what}|{language}"
"""Callback data of the buttons under the question about a matcher, as handlers.buttons.Press writes it."""

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

    def __init__(  # noqa: PLR0913, PLR0917  the parts of the bot that it works with
        self,
        store: Store,
        clock: Clock,
        current: CurrentCall,
        matcher: CurrentMatcher,
        office: Office,
        texts: Texts,
        wake_sender: Callable[[], None],
        cache: Path | None,
    ) -> None:
        """Keep ``matcher`` up to date; models are kept in ``cache``."""
        self._store = store
        self._clock = clock
        self._current = current
        self._matcher = matcher
        self._office = office
        self._texts = texts
        self._wake_sender = wake_sender
        self._cache = cache
        self._changed = asyncio.Event()
        self._failed = ""
        current.on_change(self._changed.set)

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
        if not _differ(trainable(self._current.call), self._matcher.trained):
            return
        name = self._current.call.id
        new = await self._store.read(lambda db: lessons.untrained(db, name))
        call = trainable(await self._current.without(None))  # read after them, so that it surely holds them all
        key = await asyncio.to_thread(lambda: Corpus.of(call).key)
        state = await self._store.read(lambda db: models.state_of(db, call.id, key))
        if state in {State.HELD, State.DROPPED} or key == self._failed:
            return
        try:
            made = await self._train(call, key, is_tried=state is State.LIVE)
        except TrainingError as error:
            self._failed = key
            logger.error("what was taught could not be learned: %s", error)  # noqa: TRY400
            await self._tell(self._office.told, partial(self._trouble, error))
            return
        if made.moved:
            await self._ask(made, new)
        else:
            await self._serve(made, new)

    async def _train(self, call: Call, key: str, *, is_tried: bool) -> Trained:
        """The matcher of a call; the work is done in a process of its own, which ends with us.

        Raises:
            TrainingError: it failed.

        """
        order = await asyncio.to_thread(comparing.order, None if is_tried else self._matcher.trained, call, self._cache)
        found = comparing.read(await _run(order))
        model = await asyncio.to_thread(lambda: model_of(Corpus.of(call), self._cache))
        return Trained(Matcher(model), call, key, found)

    async def _serve(self, made: Trained, new: Sequence[Given]) -> None:
        numbers = [one.number for one in new]
        now = self._clock.now()
        put = models.put(made.call.id, made.key, State.LIVE, now=now, trained=numbers)
        teachers = {one.by for one in new} & self._office.roles.everyone
        await self._tell(sorted(teachers), partial(self._done, len(numbers)), put)
        self._matcher.swap(made.matcher, made.call)
        logger.info("the matcher has learned what was taught")

    async def _ask(self, made: Trained, new: Sequence[Given]) -> None:
        numbers = [one.number for one in new]
        hold = models.put(made.call.id, made.key, State.HELD, now=self._clock.now(), trained=numbers)
        teachers = {one.by for one in new if self._office.roles.may(one.by, Act.TEACH)}
        await self._tell(sorted(teachers | set(self._office.told)), partial(self._question, made), hold)

    async def _tell(
        self, chats: Sequence[int], word: Callable[[ReplyLanguage], Message], change: Change | None = None
    ) -> None:
        now, call = self._clock.now(), self._current.call
        told = sendings.plan_in_own_languages(call, chats, word, now=now)
        await self._store.write(all_of([*([change] if change else []), told]))
        self._wake_sender()

    def _trouble(self, error: TrainingError, language: ReplyLanguage) -> Message:
        return Message(self._texts.say(language, "learn-failed", reason=str(error)[:_LONGEST]))

    def _done(self, count: int, language: ReplyLanguage) -> Message:
        return Message(self._texts.say(language, "learn-done", count=count))

    def _question(self, made: Trained, language: ReplyLanguage) -> Message:
        """Which known questions go elsewhere, and whether to have it so."""
        entries = self._current.call.entries
        shown = [
            self._texts.say(
                language,
                "learn-moved",
                text=one.text[:_LONGEST],
                entry=entries[one.entry].questions[language] if one.entry in entries else one.entry,
                other=entries[one.other].questions[language] if one.other in entries else one.other,
            )
            for one in made.moved[:_EXAMPLES]
        ]
        head = self._texts.say(language, "learn-ask", count=len(made.moved))
        return Message(Html("\n".join([head, *shown])), self._choices(made.key, language))

    def _choices(self, key: str, language: ReplyLanguage) -> Rows:
        return tuple(
            (
                Button(
                    text=self._texts.plain(language, label),
                    data=DECIDE.format(key=key, what=what, language=language),
                ),
            )
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
