"""Questions that were not answered fall into groups of like ones, in the background and never in an asker's turn."""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.current import CurrentCall
from bot.learning.likeness import Likeness
from bot.rounds import forever
from bot.store import Store, StoreError, unanswered
from bot.store.unanswered import Question
from faq.markup import escape, utf16_length
from faq.matching.lexicon import Lexicon

logger = logging.getLogger(__name__)

LONGEST = 500
"""UTF-16 units that are kept of a question, as it is shown to staff: they see all of what they teach."""

_ROUND = timedelta(seconds=20)
_BATCH = 250
"""Questions that are looked at in one step, a tenth of a second, so that answers to others slip between."""

_MOST = 20_000
"""Groups that a new question may fall into, those that were added to last."""

_OF_A_PERSON = re.compile(r"\S+@\S+|@\w{4,}|(?:\+|00)?\d(?:[\s.-]?\d){8,}|https?://\S+|\b[A-Za-z]{1,2}\d{5,}\b")
"""Addresses, user names, telephone and identity numbers, which staff have no need of."""


def kept(text: str) -> str:
    """What is kept of a question: one line, without what could reorder or hide parts of it, or tell who asked."""
    seen = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in text[: 4 * LONGEST])
    said = " ".join(_OF_A_PERSON.sub("…", seen).split())[:LONGEST]
    while utf16_length(escape(said)) > LONGEST:
        said = said[:-1]
    return said


class Grouper:
    """Puts each question to the group that it is like, or begins one."""

    def __init__(self, store: Store, clock: Clock, current: CurrentCall) -> None:
        """Look after the questions of ``store``."""
        self._store = store
        self._clock = clock
        self._current = current
        self._alone = asyncio.Lock()
        self._known: Likeness | None = None
        self._numbers: list[int] = []

    async def run(self) -> None:
        """Go on until cancelled."""

        async def go_round() -> None:
            if not await self.go_round():
                await self._clock.wait_until(self._clock.now() + _ROUND)

        await forever(go_round, trouble="questions could not be grouped")

    async def go_round(self) -> int:
        """Group the oldest questions that are in no group; return how many they were.

        Raises:
            StoreError: the database failed; the questions are grouped next time.

        """
        async with self._alone:
            call = self._current.call.id
            questions = await self._store.read(lambda db: unanswered.ungrouped(db, call, most=_BATCH))
            if not questions:
                return 0
            try:
                await self._group(call, questions)
            except StoreError:
                self._known = None  # it may have places of groups that were not stored
                raise
            return len(questions)

    async def _group(self, call: str, questions: Sequence[Question]) -> None:
        known = self._known or await self._read(call)
        places = await asyncio.to_thread(lambda: [known.place(one.text) for one in questions])
        batches: dict[int, list[Question]] = defaultdict(list)
        for place, question in zip(places, questions, strict=True):
            batches[place].append(question)
        in_order = sorted(batches)  # new places stand at the end, as their numbers do
        numbers = [self._numbers[place] if place < len(self._numbers) else None for place in in_order]
        stored = await self._store.write(
            unanswered.gather(call, [(number, batches[place]) for place, number in zip(in_order, numbers, strict=True)])
        )
        for place, number in zip(in_order, stored, strict=True):
            if place < len(self._numbers):
                self._numbers[place] = number  # a group that was erased meanwhile has begun anew
            else:
                self._numbers.append(number)

    async def _read(self, call: str) -> Likeness:
        """The groups that there are, as a start has to learn them."""
        leads = await self._store.read(lambda db: unanswered.leads(db, call, most=_MOST))
        lexicon = self._current.call.lexicon
        self._numbers = []

        def build() -> Likeness:
            known = Likeness(Lexicon.of(lexicon))
            for number, lead in reversed(leads):
                if known.place(lead) == len(self._numbers):
                    self._numbers.append(number)
            return known

        self._known = await asyncio.to_thread(build)
        return self._known
