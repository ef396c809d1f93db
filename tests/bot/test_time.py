"""Every legal hour of six years against a table made by hand; and a bot with stale zone data does not start."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import tzdata

from bot.rules.plan import moments, name_of
from faq import Call
from faq.deadline import Deadline, instant_of

ROOT = Path(__file__).parents[2]
ZONE = "Africa/Casablanca"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

OFFSETS = [
    # Decree 2.18.855 of 26 October 2018: legal time is UTC+1, and the hour is set back for the month of Ramadan: from
    # the Sunday before it at 3:00 to the Sunday after it at 2:00, as the government announces each year.
    (datetime(2025, 1, 1, tzinfo=UTC), 1 * HOUR),
    (datetime(2025, 2, 23, 2, tzinfo=UTC), 0 * HOUR),
    (datetime(2025, 4, 6, 2, tzinfo=UTC), 1 * HOUR),
    (datetime(2026, 2, 15, 2, tzinfo=UTC), 0 * HOUR),
    (datetime(2026, 3, 22, 2, tzinfo=UTC), 1 * HOUR),
    # The move back to UTC for good, Ramadan or not (first in tzdata 2026.3).
    (datetime(2026, 9, 20, 1, tzinfo=UTC), 0 * HOUR),
]
"""From when on (UTC) Morocco's legal time is how far ahead of UTC."""

LEFT_OUT = {datetime(2025, 4, 6, 2), datetime(2026, 3, 22, 2)}  # noqa: DTZ001  legal times are naive
REPEATED = {datetime(2025, 2, 23, 2), datetime(2026, 2, 15, 2), datetime(2026, 9, 20, 1)}  # noqa: DTZ001


def offset_at(instant: datetime) -> timedelta:
    return next((ahead for since, ahead in reversed(OFFSETS) if since <= instant), HOUR)


def meanings(local: datetime) -> list[datetime]:
    """The instants that a legal time means by the table: one, or none or two in a night in which clocks change."""
    instants = [local.replace(tzinfo=UTC) - ahead for ahead in (HOUR, 0 * HOUR)]
    return [instant for instant in instants if instant + offset_at(instant) == local.replace(tzinfo=UTC)]


def legal_hours() -> Iterator[datetime]:
    local = datetime(2025, 1, 1)  # noqa: DTZ001
    while local.year < 2031:
        yield local
        local += HOUR


def sent_at(reached: datetime, end: datetime) -> datetime:
    """When a step goes out by the promise: at once from 9 to 19 h and on the last day, else when the first begins."""
    local = reached + offset_at(reached)
    if 9 <= local.hour < 19 or end - DAY <= reached < end:
        return reached
    day = local.date() if local.hour < 9 else local.date() + DAY
    (morning,) = meanings(datetime(day.year, day.month, day.day, 9))  # noqa: DTZ001
    return min(morning, end - DAY) if reached <= end - DAY else morning


def test_the_table_has_the_five_odd_hours_that_the_changes_make() -> None:
    counts = {local: len(meanings(local)) for local in legal_hours()}
    assert len(counts) == 52_584
    assert {local for local, count in counts.items() if count == 0} == LEFT_OUT
    assert {local for local, count in counts.items() if count == 2} == REPEATED


def test_every_legal_hour_means_the_instant_of_the_table_and_odd_hours_are_refused() -> None:
    refused: dict[datetime, str] = {}
    for local in legal_hours():
        try:
            instant = instant_of(local, ZONE)
        except ValueError as error:
            refused[local] = str(error)
        else:
            assert [instant] == meanings(local)
    assert set(refused) == LEFT_OUT | REPEATED
    for local, said in refused.items():
        what = "does not exist in" if local in LEFT_OUT else "comes twice in"
        assert said.startswith(f"{local:%Y-%m-%d %H:%M} {what} {ZONE}: the clocks ")


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_every_step_before_a_deadline_at_any_legal_hour_goes_out_when_it_was_promised(call: Call) -> None:
    for local in legal_hours():
        if local in LEFT_OUT | REPEATED:
            continue
        (end,) = meanings(local)
        found = {step.name: step for step in moments(Deadline(local=local, zone=ZONE, instant=end), call.steps)}
        for step in call.steps:
            one = found[name_of(step)]
            assert (one.reached_at, one.sent_at) == (end - step, sent_at(end - step, end)), (local, step)


# The process


def zone_file(offsets: list[tuple[datetime, timedelta]]) -> bytes:
    """A zone file (RFC 8536, version 2) that knows these changes and no later one."""
    kinds = [struct.pack(">lbB", hours * 3600, 0, 4 * hours) for hours in (0, 1)]
    times = b"".join(struct.pack(">q", int(since.timestamp())) for since, _ in offsets)
    which = bytes(int(ahead / HOUR) for _, ahead in offsets)
    names, footer = b"+00\0+01\0", b"\n<+01>-1\n" if offsets[-1][1] else b"\n<+00>0\n"
    empty = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 1) + struct.pack(">lbB", 0, 0, 0) + b"\0"
    full = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, len(offsets), 2, len(names))
    return empty + full + times + which + b"".join(kinds) + names + footer


def _data(zone: str) -> bytes:
    return (Path(tzdata.__file__).parent / "zoneinfo" / zone).read_bytes()


STALE: dict[str, Callable[[], bytes | None]] = {
    "one that knows no Ramadan": partial(_data, "Etc/GMT-1"),
    "one that knows no UTC+1": partial(_data, "Etc/GMT"),
    "one of before the move to UTC": lambda: zone_file(OFFSETS[:-1]),
    "none": lambda: None,
}


def package(folder: Path, content: bytes | None) -> Path:
    """A copy of the zone data's package with another file for Morocco, or none."""
    shutil.copytree(Path(tzdata.__file__).parent, folder / "tzdata")
    place = folder / "tzdata" / "zoneinfo" / ZONE
    place.unlink()
    if content is not None:
        place.write_bytes(content)
    return folder


def run_bot(folder: Path, zones: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{zones}:{ROOT}",
        "DATABASE": str(folder / "data" / "g.db"),
        "XDG_CACHE_HOME": str(folder),
        "PORT": "0",
        "SEND_RATE": "1000",
    }
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=9)


@pytest.mark.parametrize("which", list(STALE))
def test_a_bot_with_stale_zone_data_says_so_in_one_line_and_does_not_start(tmp_path: Path, which: str) -> None:
    done = run_bot(tmp_path, package(tmp_path / "zones", STALE[which]()))
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("guichet: time zone data is stale: Africa/Casablanca "), done.stderr
    assert "install the tzdata package, version 2026.3 or newer" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_zone_data_that_is_right_passes_from_the_same_place(tmp_path: Path) -> None:
    done = run_bot(tmp_path, package(tmp_path / "zones", zone_file(OFFSETS)), "plan")
    assert done.stderr.startswith("guichet: there is no database "), "it got as far as to miss the database"
