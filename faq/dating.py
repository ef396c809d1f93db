"""The times in a call's main file: deadlines, the reminders before it, and the last hour for questions."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import cast

from faq.deadline import Deadline, PastDeadline, instant_of
from faq.reading import Table, TomlFile

_STEP = re.compile(r"(\d+)([dh])")
_UNTIL = "questions_until"


def deadline(main: TomlFile) -> Deadline | None:
    """The deadline; None for a call without one, or with one that is wrong."""
    if "deadline" not in main.content:
        return None
    local = main.value(datetime, "deadline", "local")
    zone = main.value(str, "deadline", "zone")
    instant = main.value(datetime, "deadline", "instant")
    if "zone" not in main.table("facts"):
        main.problem("a call with a deadline needs facts.zone", "name the zone as people say it", "facts")
    if local is None or zone is None or instant is None:
        return None
    try:
        return Deadline(local=local, zone=zone, instant=instant.astimezone(UTC), history=_history(main))
    except (ValueError, KeyError) as error:
        main.problem(f"the deadline is impossible: {error}", "mend local, zone or instant", "deadline")
        return None


def questions_until(main: TomlFile, deadline: Deadline | None) -> datetime | None:
    """Until when questions to a person are taken, by the deadline's zone; None where it is not said, or wrong."""
    if _UNTIL not in main.content:
        return None
    if "deadline" not in main.content:
        main.problem(f"{_UNTIL} needs the zone of a deadline", "add [deadline], or take it out", _UNTIL)
    local = main.value(datetime, _UNTIL)
    if local is None or deadline is None:
        return None
    if local.tzinfo is not None:
        main.problem(f"{_UNTIL} has a zone of its own", "write the legal time alone: 2025-07-16T15:00:00", _UNTIL)
        return None
    try:
        until = instant_of(local, deadline.zone)
    except ValueError as error:
        main.problem(f"{_UNTIL} is impossible: {error}", "choose another hour", _UNTIL)
        return None
    if until > deadline.instant:
        main.problem(f"{_UNTIL} is after the deadline", "choose an earlier time, or take it out", _UNTIL)
    return until


def _history(main: TomlFile) -> tuple[PastDeadline, ...]:
    raw = main.table("deadline").get("history", [])
    if not isinstance(raw, list):
        main.problem("deadline.history is no list", "write [[deadline.history]]", "deadline", "history")
        return ()
    rows: list[PastDeadline] = []
    for row in cast("list[object]", raw):
        match row:
            case {"edition": str(edition), "was": date() as was, "source": str(source)}:
                became, announced = cast("Table", row).get("became"), cast("Table", row).get("announced")
                rows.append(
                    PastDeadline(
                        edition=edition,
                        was=was,
                        became=became if isinstance(became, datetime) else None,
                        announced=announced if isinstance(announced, date) else None,
                        source=source,
                    )
                )
            case _:
                main.problem("a history line lacks edition, was or source", "add them", "deadline", "history")
    return tuple(rows)


def steps(main: TomlFile) -> tuple[timedelta, ...]:
    """The times before the deadline at which reminders go out, the longest first."""
    times: set[timedelta] = set()
    for text in main.strings("steps"):
        found = _STEP.fullmatch(text)
        if found:
            times.add(timedelta(**{"days" if found[2] == "d" else "hours": int(found[1])}))
        else:
            main.problem(f"step {text!r}", "write days as 7d and hours as 3h", "steps")
    return tuple(sorted(times, reverse=True))
