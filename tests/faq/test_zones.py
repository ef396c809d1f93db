"""Zone data: the machine's own files are never read, and known hours are checked at the start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from faq import zones

ZONE_FILE = "Africa/Casablanca"


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A folder of zone files that claims Casablanca is on London's time, as another machine's might be wrong."""
    wrong = tmp_path / ZONE_FILE
    wrong.parent.mkdir()
    with Path(_data("Europe/London")).open("rb") as source:
        wrong.write_bytes(source.read())
    return tmp_path


def _data(zone: str) -> str:
    import tzdata  # noqa: PLC0415  only to find its folder

    return str(Path(tzdata.__file__).parent / "zoneinfo" / zone)


def _ask(stale: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONTZPATH": str(stale)}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr.splitlines()[-1] if done.stderr else done.stdout


def test_stale_zone_files_of_the_machine_are_not_read(stale: Path) -> None:
    code = (
        "from faq import zones; zones.pin(); zones.check()\n"
        "from faq import load, find\n"
        "d = load(find('clusters-2025')).deadline\n"
        "print(d.local.strftime('%H:%M'), d.aware.isoformat(), d.instant.isoformat())"
    )
    assert _ask(stale, code).strip() == "15:00 2025-07-24T15:00:00+01:00 2025-07-24T14:00:00+00:00"


def test_without_the_pin_the_same_files_would_have_been_believed(stale: Path) -> None:
    code = "from faq import zones; zones.check()"
    assert "StaleZoneDataError" in _ask(stale, code)


def test_the_canary_names_the_zone_the_hour_and_the_remedy(stale: Path) -> None:
    said = _ask(stale, "from faq import zones; zones.check()")
    assert "Africa/Casablanca" in said
    assert "install the tzdata package, version 2026.3 or newer" in said


def test_the_pinned_data_passes_the_canary() -> None:
    zones.check()
    assert ZoneInfo("Africa/Casablanca").key == "Africa/Casablanca"
