"""The life of a sending: which states there are, which steps lead from one to another, and what each outcome means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


class Kind(StrEnum):
    """Why something is sent; it decides what an unclear outcome leads to."""

    REPLY = "reply"
    REMINDER = "reminder"
    BROADCAST = "broadcast"
    STAFF = "staff"
    AMEND = "amend"
    """A broadcast's copy is written over or deleted: doing it twice harms nobody."""
    FAREWELL = "farewell"
    """The last word to a chat that asked to be forgotten: nothing of it is kept once it has ended."""


PRIORITIES = {
    Kind.REPLY: 0,
    Kind.STAFF: 0,
    Kind.FAREWELL: 0,
    Kind.REMINDER: 1,
    Kind.BROADCAST: 2,
    Kind.AMEND: 2,
}
"""Who goes first; a lower number is earlier."""


def sendable(*, quiet: bool) -> tuple[int, ...]:
    """The priorities that may go out; in ``quiet`` hours not that of reminders."""
    return tuple(sorted({number for kind, number in PRIORITIES.items() if not (quiet and kind is Kind.REMINDER)}))


class State(StrEnum):
    """Where a sending stands. `claimed` is durable before the request goes out."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    HELD = "held"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


TRANSITIONS = {
    State.PLANNED: frozenset({State.CLAIMED, State.UNREACHABLE, State.SUPERSEDED, State.CANCELLED}),
    State.CLAIMED: frozenset(set(State) - {State.CLAIMED}),
    State.HELD: frozenset({State.PLANNED, State.SENT, State.CANCELLED}),
    State.SENT: frozenset[State](),
    State.REFUSED: frozenset[State](),
    State.UNREACHABLE: frozenset({State.PLANNED, State.SUPERSEDED, State.CANCELLED}),
    State.SUPERSEDED: frozenset[State](),
    State.CANCELLED: frozenset[State](),
}


class ImpossibleStepError(Exception):
    """A sending was to go from one state to another that does not follow it."""


def step(before: State, after: State) -> State:
    """``after``, if it may follow ``before``.

    Raises:
        ImpossibleStepError: it may not.

    """
    if after not in TRANSITIONS[before]:
        message = f"a sending can't go from {before} to {after}"
        raise ImpossibleStepError(message)
    return after


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took the message; ``thread`` is the forum topic that was opened for it, if one was."""

    message_id: int
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message as it is."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat can't be written to: blocked, deleted, never started."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has another id now; nothing was sent."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not delivered; it may be tried again after ``wait_seconds``.

    ``everyone`` has to wait so long, not this chat alone; ``flood``: because Telegram had too much of us (429).
    """

    reason: str
    wait_seconds: float
    everyone: bool = False
    flood: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Delivered or not: nobody can know."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Not sent: after it was claimed the deadline changed, or it came too late."""

    reason: str = "overtaken by a change of the deadline, or by time"


Outcome = Sent | Refused | Unreachable | Migrated | NotSent | Ambiguous | Stale

REPEAT_WAITS = {Kind.REPLY: 3.0, Kind.FAREWELL: 3.0, Kind.REMINDER: 60.0, Kind.AMEND: 3.0}
"""Seconds before what is of unclear delivery is repeated; a reminder can wait until a fault of Telegram's is over."""

_MOST_ATTEMPTS = 2
_MOST_CHANGES = 10
"""Tries to change or delete a copy before it is taken for one that can't be."""


def after(kind: Kind, attempts: int, outcome: Outcome) -> State:  # noqa: PLR0911  a table
    """The state that an outcome leads a claimed sending to.

    ``attempts`` counts the requests whose delivery is possible, this one included. A reply or reminder of unclear
    delivery is repeated once, worded as a repeat; a change of a copy is repeated, for twice is once; anything else of
    unclear delivery is held for staff.
    """
    match outcome:
        case Sent():
            return State.SENT
        case Refused():
            return State.REFUSED
        case Unreachable():
            return State.UNREACHABLE
        case Stale():
            return State.SUPERSEDED
        case Migrated() | NotSent():
            return State.PLANNED
        case Ambiguous() if kind is Kind.AMEND:
            return State.PLANNED if attempts < _MOST_CHANGES else State.REFUSED
        case Ambiguous():
            return State.PLANNED if kind in REPEAT_WAITS and attempts < _MOST_ATTEMPTS else State.HELD
        case _:
            assert_never(outcome)
