"""The life of a sending: what each outcome leads to, and that nothing else is possible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.outbox import (
    TRANSITIONS,
    Ambiguous,
    ImpossibleStepError,
    Kind,
    Migrated,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Stale,
    State,
    Unreachable,
    after,
    step,
)

OUTCOMES: list[Outcome] = [
    Sent(1), Refused("r"), Unreachable("u"), Migrated(2), NotSent("n", 1.0), Ambiguous("a"), Stale()
]  # fmt: skip


def test_every_state_has_its_transitions() -> None:
    assert set(TRANSITIONS) == set(State)


@given(st.sampled_from(list(Kind)), st.integers(1, 5), st.sampled_from(OUTCOMES))
def test_every_outcome_leads_a_claimed_sending_somewhere_allowed(kind: Kind, attempts: int, outcome: Outcome) -> None:
    assert after(kind, attempts, outcome) in TRANSITIONS[State.CLAIMED]


@pytest.mark.parametrize("kind", [Kind.REPLY, Kind.REMINDER])
def test_an_unclear_reply_or_reminder_is_repeated_once_and_never_a_third_time(kind: Kind) -> None:
    assert after(kind, 1, Ambiguous("")) is State.PLANNED
    assert after(kind, 2, Ambiguous("")) is State.HELD


@pytest.mark.parametrize("kind", [Kind.BROADCAST, Kind.STAFF])
def test_an_unclear_broadcast_or_staff_reply_is_held(kind: Kind) -> None:
    assert after(kind, 1, Ambiguous("")) is State.HELD


@pytest.mark.parametrize("before", [State.SENT, State.REFUSED, State.SUPERSEDED, State.CANCELLED])
@given(later=st.sampled_from(list(State)))
def test_what_has_ended_never_moves_again(before: State, later: State) -> None:
    with pytest.raises(ImpossibleStepError, match=f"from {before} to {later}"):
        step(before, later)
