"""What many tests need: the calls, read once, and time zones from the pinned data."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from faq import Call, Matcher, find, load, zones

zones.pin()

TINY = Path(__file__).parent / "calls" / "tiny"
OPEN = datetime(2025, 7, 20, 9, 30, tzinfo=UTC)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CLOSED = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def call() -> Call:
    return load(find("clusters-2025"))


@pytest.fixture(scope="session")
def tiny() -> Call:
    return load(TINY)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model cache that the whole session shares, so that each call is trained once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def matcher(call: Call, cache: Path) -> Matcher:
    return Matcher.of(call, cache=cache)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the page tests aloud where there is no Chromium, unless skipping is forbidden (FORBID_SKIPS, the gate)."""
    if CHROMIUM is None and not os.environ.get("FORBID_SKIPS"):
        reason = "no Chromium was found: the page is NOT tested (install the package chromium)"
        for item in items:
            if item.get_closest_marker("page"):
                item.add_marker(pytest.mark.skip(reason=reason))
