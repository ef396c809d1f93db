"""The last hour for questions in a call's folder, and what is wrong with one."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from faq import CallError, load
from tests.conftest import TINY


def folder(place: Path, line: str) -> Path:
    """The harbour's call with one more line at its top."""
    shutil.copytree(TINY, place / "call")
    main = place / "call" / "call.toml"
    main.write_text(f"{line}\n{main.read_text('utf-8')}", "utf-8")
    return place / "call"


def test_it_is_legal_time_in_the_zone_of_the_deadline(tmp_path: Path) -> None:
    call = load(folder(tmp_path, "questions_until = 2030-02-20T12:00:00"))
    assert call.questions_until == datetime(2030, 2, 20, 11, tzinfo=UTC)
    assert load(TINY).questions_until is None


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("2030-03-01T12:01:00", "after the deadline"),
        ("2030-02-20T12:00:00Z", "a zone of its own"),
        ("2029-03-25T02:30:00", "does not exist"),
        ('"2030-02-20"', "it should be a datetime"),
        ("2030-02-20", "it should be a datetime"),
    ],
)
def test_what_is_wrong_with_it_is_named_with_its_line(tmp_path: Path, value: str, what: str) -> None:
    with pytest.raises(CallError) as caught:
        load(folder(tmp_path, f"questions_until = {value}"))
    (problem,) = caught.value.problems
    assert what in f"{problem.what}; {problem.remedy}"
    assert problem.line == 1
