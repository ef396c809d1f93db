"""python -m faq: JSON lines in and out, and what is wrong on stderr."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def run(cache: Path, sheet_folder: Path):  # noqa: ANN201  a function
    def faq(command: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        arguments = arguments or (("--call", str(sheet_folder)) if command == "match" else (str(sheet_folder),))
        return subprocess.run(
            [sys.executable, "-m", "faq", command, *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={"XDG_CACHE_HOME": str(cache.parent), "PYTHONUTF8": "0", "LC_ALL": "C"},
        )

    return faq


def test_each_question_gets_a_decision_and_a_bad_line_an_error(run) -> None:  # noqa: ANN001
    lines = [
        b'{"id": 1, "text": "where can I moor my boat", "other": true}',
        b"not json",
        b'{"id": 3}',
        b'{"id": "4", "text": 5}',
        b"[]",
        b"",
        b'{"id": 6, "text": "\\ud800"}',
        b'{"id": 7, "text": "\xff\xfe"}',
        '{"id": 8, "text": "شكرا"}'.encode(),
    ]
    done = run("match", given=b"\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert [a.get("id") for a in answers] == [1, None, 3, "4", None, 6, 7, 8]
    assert [bool(a.get("error")) for a in answers] == [False, True, True, True, True, False, False, False]
    assert answers[0]["best"] == "mooring"
    assert set(answers[0]) == {"id", "decision", "entry", "entries", "best", "score", "suggestions", "language"}


def test_good_lines_alone_end_well(run) -> None:  # noqa: ANN001
    assert run("match", given=b'{"id": 1, "text": "hello"}').returncode == 0


def test_a_call_that_is_not_there_is_one_clear_line(run) -> None:  # noqa: ANN001
    done = run("match", "--call", "nowhere")
    assert done.returncode == 1
    assert b"nowhere/call.toml: can't be read: No such file or directory" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_checked_folder_is_told_in_numbers(run) -> None:  # noqa: ANN001
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.decode().splitlines()[-1].startswith("0 errors")
