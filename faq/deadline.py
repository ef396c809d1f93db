"""The deadline of a call: a legal local time, its zone, the instant it means, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LAST_DAY = timedelta(days=1)
"""The end of a call in which people may be written to at any hour."""


class Phase(StrEnum):
    """Where a moment stands to the deadline."""

    OPEN = "open"
    LAST_DAY = "last-day"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeadline:
    """A deadline that was moved: what it was, since when it no longer holds, and where that is said."""

    edition: str
    was: date
    became: datetime | None
    announced: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of this call's deadline that was decided while the bot ran; the call folder stays as it is.

    ``local`` is the new legal time; None means that the call is cancelled. ``announced`` is the day of the decision,
    ``source`` the address of the notice, ``decided_at`` the instant from which the change holds. ``instant`` is what
    the legal time meant when it was decided (UTC), kept so that a change of zone data is noticed.
    """

    version: int
    local: datetime | None
    announced: date
    source: str
    decided_at: datetime
    instant: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of the deadline's history in this edition: legal times before and after; None where cancelled."""

    was: datetime | None
    became: datetime | None
    announced: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last moment at which a file may be handed in.

    ``local`` is naive and legal: what the notice prints. ``instant`` is the same moment in UTC, kept beside it so
    that a change of zone data is noticed instead of silently moving the date. ``version`` counts changes from 1;
    the last of them holds ``since`` an instant. ``history`` is that of other editions, ``changes`` that of this one.
    A ``cancelled`` call keeps the time that it had.
    """

    local: datetime
    zone: str
    instant: datetime
    version: int = 1
    history: tuple[PastDeadline, ...] = ()
    changes: tuple[Change, ...] = ()
    since: datetime | None = None
    cancelled: bool = False

    def __post_init__(self) -> None:
        """Refuse a deadline whose legal hour and instant disagree.

        Raises:
            ValueError: the hour does not exist or means another instant in this zone.

        """
        meant = instant_of(self.local, self.zone)
        if meant != self.instant:
            message = f"{self.local} in {self.zone} is {meant:%Y-%m-%dT%H:%MZ}, not {self.instant:%Y-%m-%dT%H:%MZ}"
            raise ValueError(message)

    @property
    def aware(self) -> datetime:
        """The deadline as an aware local time."""
        return self.instant.astimezone(ZoneInfo(self.zone))

    def remaining(self, now: datetime) -> timedelta:
        """How long is left at ``now`` (aware); zero, never negative, once it is past or cancelled."""
        return timedelta(0) if self.cancelled else max(self.instant - now, timedelta(0))

    def phase(self, now: datetime) -> Phase:
        """Whether the call is open, in its last 24 hours, or closed at ``now`` (aware); closed at the very instant."""
        if self.cancelled:
            return Phase.CANCELLED
        left = self.remaining(now)
        if not left:
            return Phase.CLOSED
        return Phase.LAST_DAY if left <= LAST_DAY else Phase.OPEN

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be handed in any more at ``now`` (aware): closed or cancelled."""
        return not self.remaining(now)

    def amended(self, amendment: Amendment) -> Deadline:
        """The deadline after a change.

        Raises:
            ValueError: the new legal hour does not exist in the zone, or means another instant than it did.

        """
        local = amendment.local or self.local
        instant = instant_of(local, self.zone)
        if amendment.instant not in {None, instant}:
            message = (
                f"{local} in {self.zone} meant {amendment.instant:%Y-%m-%dT%H:%MZ} and now {instant:%Y-%m-%dT%H:%MZ}"
            )
            raise ValueError(message)
        change = Change(
            was=None if self.cancelled else self.local,
            became=amendment.local,
            announced=amendment.announced,
            source=amendment.source,
        )
        return replace(
            self,
            local=local,
            instant=instant,
            version=amendment.version,
            changes=(*self.changes, change),
            since=amendment.decided_at,
            cancelled=amendment.local is None,
        )

    def before_last_change(self) -> datetime | None:
        """The instant that held before the last change; None where there was none, or the call was cancelled then."""
        was = self.changes[-1].was if self.changes else None
        return instant_of(was, self.zone) if was else None


def instant_of(local: datetime, zone: str) -> datetime:
    """The UTC instant of a naive legal time.

    Raises:
        ValueError: that night's change of the clocks leaves the hour out or repeats it, so it means no one moment.

    """
    aware = local.replace(tzinfo=ZoneInfo(zone))
    instant = aware.astimezone(UTC)
    if instant.astimezone(aware.tzinfo).replace(tzinfo=None) != local:
        message = f"{local:%Y-%m-%d %H:%M} does not exist in {zone}: the clocks leave this hour out"
        raise ValueError(message)
    if aware.replace(fold=1).astimezone(UTC) != instant:
        message = f"{local:%Y-%m-%d %H:%M} comes twice in {zone}: the clocks repeat this hour"
        raise ValueError(message)
    return instant
