"""The deadline of a call: a legal local time, its zone, the instant it means, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Phase(StrEnum):
    """Where a moment stands to the deadline."""

    OPEN = "open"
    LAST_DAY = "last-day"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeadline:
    """A deadline that was moved: what it was, since when it no longer holds, and where that is said."""

    edition: str
    was: date
    became: datetime | None
    announced: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last moment at which a file may be handed in.

    ``local`` is naive and legal: what the notice prints. ``instant`` is the same moment in UTC, kept beside it so
    that a change of zone data is noticed instead of silently moving the date. ``version`` counts changes from 1.
    """

    local: datetime
    zone: str
    instant: datetime
    version: int = 1
    history: tuple[PastDeadline, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a deadline whose legal hour and instant disagree.

        Raises:
            ValueError: the hour does not exist or means another instant in this zone.

        """
        meant = self.local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        if meant != self.instant:
            message = f"{self.local} in {self.zone} is {meant:%Y-%m-%dT%H:%MZ}, not {self.instant:%Y-%m-%dT%H:%MZ}"
            raise ValueError(message)

    @property
    def aware(self) -> datetime:
        """The deadline as an aware local time."""
        return self.instant.astimezone(ZoneInfo(self.zone))

    def remaining(self, now: datetime) -> timedelta:
        """How long is left at ``now`` (aware); zero, never negative, once it is past."""
        return max(self.instant - now, timedelta(0))

    def phase(self, now: datetime) -> Phase:
        """Whether the call is open, in its last 24 hours, or closed at ``now`` (aware); closed at the very instant."""
        left = self.remaining(now)
        if not left:
            return Phase.CLOSED
        return Phase.LAST_DAY if left <= timedelta(days=1) else Phase.OPEN
