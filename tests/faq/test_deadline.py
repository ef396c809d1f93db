"""The deadline: a legal hour, the instant it means, and where a moment stands to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from faq import Call
from faq.deadline import Deadline, Phase

LOCAL = datetime(2025, 7, 24, 15)  # noqa: DTZ001  a legal hour has no offset
INSTANT = datetime(2025, 7, 24, 14, tzinfo=UTC)


@pytest.fixture
def deadline() -> Deadline:
    return Deadline(local=LOCAL, zone="Africa/Casablanca", instant=INSTANT)


def test_the_call_closes_at_15_00_in_casablanca_which_is_14_00_utc(call: Call) -> None:
    assert call.deadline is not None
    assert call.deadline.local == LOCAL
    assert call.deadline.instant == INSTANT
    assert call.deadline.aware.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (INSTANT - timedelta(days=1, seconds=1), Phase.OPEN),
        (INSTANT - timedelta(days=1), Phase.LAST_DAY),
        (INSTANT - timedelta(microseconds=1), Phase.LAST_DAY),
        (INSTANT, Phase.CLOSED),
        (INSTANT + timedelta(days=500), Phase.CLOSED),
    ],
)
def test_a_moment_is_before_or_after_the_deadline_to_the_microsecond(
    deadline: Deadline, now: datetime, phase: Phase
) -> None:
    assert deadline.phase(now) is phase


def test_what_remains_is_never_negative(deadline: Deadline) -> None:
    assert deadline.remaining(INSTANT + timedelta(days=3)) == timedelta(0)


def test_a_legal_hour_and_an_instant_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="14:00Z, not 2025-07-24T15:00Z"):
        Deadline(local=LOCAL, zone="Africa/Casablanca", instant=INSTANT + timedelta(hours=1))
