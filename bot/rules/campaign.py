"""The life of a broadcast: its stages, who may let it go, how long it takes, what came of it. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.roles import Act, Roles

GRACE = timedelta(seconds=30)
"""How long after its confirmation a broadcast can be called off before anything is sent."""

LASTS = timedelta(hours=24)
"""How long a confirmation may be waited for."""

LATEST = timedelta(hours=6)
"""A broadcast that is so late (the machine slept) is not sent before it is confirmed again."""

STALE = timedelta(hours=12)
"""One of which nothing went out for so long (the machine slept, a freeze held) goes on only when staff say so again."""

FARTHEST = timedelta(days=365)

_LEAST_AHEAD = 200
_SECONDS_AHEAD = 4
_WIDTH = 12


class Stage(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


TRANSITIONS = {
    Stage.DRAFT: frozenset({Stage.DRAFT, Stage.ASKED, Stage.CANCELLED}),
    Stage.ASKED: frozenset({Stage.DRAFT, Stage.SCHEDULED, Stage.CANCELLED}),
    Stage.SCHEDULED: frozenset({Stage.DRAFT, Stage.SENDING, Stage.CANCELLED}),
    Stage.SENDING: frozenset({Stage.PAUSED, Stage.DONE, Stage.CANCELLED}),
    Stage.PAUSED: frozenset({Stage.SENDING, Stage.CANCELLED}),
    Stage.DONE: frozenset({Stage.SENDING}),  # copies of unclear delivery are sent once more
    Stage.CANCELLED: frozenset({Stage.DONE}),  # what was stopped was only a repetition
}

OPEN = frozenset({Stage.DRAFT, Stage.ASKED})
"""The stages in which it can be written; what leads back to the first of them voids every confirmation."""


class How(StrEnum):
    """What a broadcast does: says something new, or something about an earlier one to those whom that reached."""

    NEW = "new"
    CORRECT = "correct"
    EDIT = "edit"
    DELETE = "delete"

    @property
    def changes_copies(self) -> bool:
        """Whether every copy of the earlier one is written over or taken away first."""
        return self in {How.EDIT, How.DELETE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of a broadcast: of its copies, and of its changes to the copies of an earlier one.

    ``unclear`` may have been delivered or not; ``missed`` would have got a copy and were not come to.
    """

    sent: int = 0
    unreachable: int = 0
    refused: int = 0
    unclear: int = 0
    cancelled: int = 0
    waiting: int = 0
    missed: int = 0
    changed: int = 0
    unchanged: int = 0
    to_change: int = 0

    @property
    def ended(self) -> int:
        """How many copies have come to an end."""
        return self.sent + self.unreachable + self.refused + self.unclear + self.cancelled


def is_authorised(roles: Roles, author: int, approver: int) -> bool:
    """Whether a broadcast may go out that ``author`` wrote and ``approver`` confirmed, as things stand now."""
    is_second = approver != author or not roles.others(author)
    return is_second and roles.may(author, Act.BROADCAST) and roles.may(approver, Act.CONFIRM_BROADCAST)


def approvers(roles: Roles, author: int) -> frozenset[int]:
    """Who may confirm a broadcast: the other owners; where there is none, an owner who wrote it themselves."""
    return roles.others(author) or (roles.owners & {author})


def starts_at(chosen: datetime | None, now: datetime) -> datetime:
    """When a broadcast that is confirmed at ``now`` begins."""
    return max(chosen or now, now + GRACE)


def chosen(planned: datetime | None, approved: datetime, now: datetime) -> datetime | None:
    """The hour that somebody chose for one that was to begin as `starts_at` says, if it is still to come."""
    return planned if planned is not None and planned > max(starts_at(None, approved), now) else None


def is_past(planned: datetime | None, now: datetime) -> bool:
    """Whether the hour that was chosen is over, so that who confirms would send it at another than they saw."""
    return planned is not None and planned + GRACE < now


def is_too_late(planned: datetime | None, now: datetime) -> bool:
    """Whether the hour that was chosen is so long past that nobody may have meant this any more."""
    return planned is not None and now - planned > LATEST


def has_stood_still(went_on: datetime | None, now: datetime) -> bool:
    """Whether nothing was done about one that is being sent for so long that what it says may not hold any more."""
    return went_on is not None and now - went_on > STALE


def ahead(rate: float) -> int:
    """How many copies are planned before they are sent: few, so that a stop is one at once."""
    return max(_LEAST_AHEAD, math.ceil(rate * _SECONDS_AHEAD))


def time_for(count: int, rate: float) -> timedelta:
    """How long it takes to send ``count`` messages."""
    return timedelta(seconds=math.ceil(count / rate))


def bar(done: int, total: int) -> str:
    """Progress as people see it: full only when nothing is left."""
    filled = _WIDTH if done >= total else min(_WIDTH * done // total, _WIDTH - 1)
    return "\N{FULL BLOCK}" * filled + "\N{LIGHT SHADE}" * (_WIDTH - filled)


def percent(done: int, total: int) -> int:
    """The share that is done, rounded down."""
    return 100 if done >= total else 100 * done // total
