"""``python -m bot plan``: what will be sent to how many and when, read from the database without touching it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rules import plan
from bot.rules.plan import Purpose, Registration
from bot.store import amendments, lessons, reading, registrations, tallies
from bot.store.database import Database
from faq import Call
from faq.deadline import Deadline


def lines(database: Path, folder: Call, now: datetime) -> list[str]:
    """The plan as it stands at ``now``, a line each for an operator.

    Raises:
        StoreError: there is no database yet, or it can't be read.

    """
    return reading(database, lambda db: _lines(db, folder, now))


def taught(database: Path, folder: Call, place: Path) -> list[str]:
    """The ``place`` of the call, then what staff taught and holds, a line each in JSON, for ``python -m faq export``.

    Raises:
        StoreError: there is no database yet, or it can't be read.

    """
    held = reading(database, lambda db: lessons.in_force(db, folder.id))
    return [json.dumps({"folder": str(place)}, ensure_ascii=False), *(one.to_json() for one in held)]


def _lines(db: Database, folder: Call, now: datetime) -> list[str]:
    call = folder.amended(amendments.all_of(db, folder.id))
    if call.deadline is None:
        return [f"call {call.id} has no deadline: there is nothing to remind of"]
    people = registrations.everyone(db, call.id)
    state = "cancelled" if call.deadline.cancelled else _when(call.deadline, call.deadline.instant)
    kinds = Counter(one.purpose for one in people)
    return [
        f"call      {call.id}, now {_when(call.deadline, now)}",
        f"deadline  {state} (version {call.deadline.version})",
        f"people    {kinds[Purpose.DEADLINE]} for reminders, {kinds[Purpose.NEXT_EDITION]} for the next edition",
        *_planned(db, call.deadline, call, people, now),
        *(f"queued    {number} of kind {kind}" for kind, number in sorted(tallies.waiting(db, call.id).items())),
        *(
            f"held      no. {held.id} to chat {held.chat_id}, {held.kind} {held.step or ''}: {held.reason}"
            for held in tallies.held(db, call.id)
        ),
    ]


def _planned(db: Database, deadline: Deadline, call: Call, people: Iterable[Registration], now: datetime) -> list[str]:
    """A line for each moment at which something will be sent, if nobody chooses otherwise until then."""
    reached = plan.moments(deadline, call.steps)
    sent: Counter[tuple[datetime, str]] = Counter()
    had: dict[str, frozenset[int]] = {}
    for person in people:
        at: datetime | None = now
        counted: set[str] = set()
        while at is not None:
            found = plan.plan(deadline, reached, person, at)
            for due in found.due:
                if due.step not in had:
                    had[due.step] = tallies.had(db, call.id, due.step, deadline.version)
                if person.chat_id not in had[due.step] and due.step not in counted:
                    counted.add(due.step)
                    sent[at, due.step.partition(":")[0]] += 1
            at = found.next_at
    return [f"{_when(deadline, at)}  {step:<7} to {number}" for (at, step), number in sorted(sent.items())]


def _when(deadline: Deadline, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(deadline.zone))
    offset = local.utcoffset() or timedelta(0)
    return f"{local:%a %Y-%m-%d %H:%M} {deadline.zone} (UTC{offset.total_seconds() / 3600:+g})"
