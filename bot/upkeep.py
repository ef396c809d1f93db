"""What has to be done now and then: forget what is no longer needed, and keep a copy of the database."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.current import CurrentCall
from bot.rounds import forever
from bot.rules import privacy
from bot.store import Store, erasing, updates

logger = logging.getLogger(__name__)

_ROUND = timedelta(hours=1)
_PAUSE = 60.0
"""Seconds before another try; a full disk is not emptied in a moment."""
_BACKUP_EVERY = timedelta(hours=24)


class Upkeep:
    """Goes round every hour.

    Registrations are erased only when two rounds in a row find that their time is over: a clock that was wrong for a
    moment must not cost anybody their reminders. The copy is made once a day, and within the hour after somebody
    asked to be forgotten.
    """

    def __init__(self, store: Store, clock: Clock, current: CurrentCall, *, expires: bool = True) -> None:
        """Look after ``store``; by a made-up clock nothing ``expires``."""
        self._expires = expires
        self._store = store
        self._clock = clock
        self._current = current
        self._was_over = False
        self._last_round = datetime.min.replace(tzinfo=UTC) + privacy.NEXT_EDITION
        self._backed_up_at: datetime | None = None

    async def run(self) -> None:
        """Go round until cancelled."""

        async def go_round() -> None:
            await self.go_round(self._clock.now())
            await self._clock.wait_until(self._clock.now() + _ROUND)

        await forever(go_round, trouble="upkeep failed", pause=_PAUSE)

    async def go_round(self, now: datetime) -> None:
        """Do what is due at ``now``.

        Raises:
            StoreError: the database failed; what was not done is done next time.

        """
        if self._expires:
            await self._store.write(updates.forget(now - privacy.UPDATES))
            await self._store.write(erasing.forget_replies(now - privacy.REPLIES))
            await self._expire(now)
        is_old = self._backed_up_at is None or abs(now - self._backed_up_at) >= _BACKUP_EVERY
        if is_old or self._store.must_copy:
            await self._store.back_up()
            self._backed_up_at = now

    async def _expire(self, now: datetime) -> None:
        call = self._current.call
        is_over = call.deadline is not None and now >= privacy.erased_at(call.deadline)
        expire = erasing.expire(
            call.id,
            with_deadline=is_over and self._was_over,
            next_edition_before=min(now, self._last_round) - privacy.NEXT_EDITION,
            chosen_before=now - privacy.AFTER_DEADLINE,
        )
        gone = await self._store.write(expire)
        self._was_over, self._last_round = is_over, now
        if gone:
            logger.info("%d registrations and questions were erased, as their people were told", gone)
