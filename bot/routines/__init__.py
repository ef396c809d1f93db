"""What the bot does by itself at an hour of the day: once a day, or a week, whatever stops it in between."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.clock import Clock
from bot.current import CurrentCall
from bot.rounds import forever
from bot.store import Change, Store, StoreError, all_of, routines

logger = logging.getLogger(__name__)

_ROUND = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Routine:
    """Something to do once a day at or after a legal ``hour`` of the call's zone, or on one ``weekday`` (0: Monday).

    ``act`` is told the instant and returns what is to be stored in the transaction that records it as done; None: there
    is nothing to do today.
    """

    name: str
    hour: time
    act: Callable[[datetime], Awaitable[Change | None]]
    weekday: int | None = None

    def is_due(self, local: datetime) -> bool:
        """Whether its hour has come on this day."""
        return local.time() >= self.hour and self.weekday in {None, local.weekday()}


class Routines:
    """Looks every minute for what is due."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        current: CurrentCall,
        routines: Sequence[Routine],
        wake_sender: Callable[[], None],
    ) -> None:
        """Do these ``routines``; ``wake_sender`` is called when one was done."""
        self._store = store
        self._clock = clock
        self._current = current
        self._routines = routines
        self._wake_sender = wake_sender

    async def run(self) -> None:
        """Look until cancelled."""

        async def go_round() -> None:
            begun = self._clock.now()
            await self.go_round(begun)
            await self._clock.wait_until(begun + _ROUND)

        await forever(go_round, trouble="what is due could not be done")

    async def go_round(self, now: datetime) -> None:
        """Do what is due at ``now`` and was not done yet.

        Raises:
            StoreError: the database failed; what was not done is done next time.

        """
        call = self._current.call
        local = call.local(now)
        day = local.date()
        for routine in [one for one in self._routines if one.is_due(local)]:
            name = routine.name
            if await self._store.read(lambda db, name=name: routines.is_done(db, call.id, name, day)):
                continue
            try:
                change = await routine.act(now)
                await self._store.write(all_of([routines.done(call.id, name, day), *([change] if change else [])]))
            except StoreError:
                raise
            except Exception:
                logger.exception(
                    "%s could not be done, next try in %s", name, _ROUND
                )  # the others are done all the same
            self._wake_sender()
