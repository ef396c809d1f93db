"""What is kept of a person, for how long, and how it is shown to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.messages import File
from faq.deadline import Deadline

AFTER_DEADLINE = timedelta(days=30)
"""How long a registration for reminders outlives the deadline: late changes have to reach people."""

NEXT_EDITION = timedelta(days=540)
"""How long a wish to hear of the next edition is kept; editions are about a year apart."""

REPLIES = timedelta(days=7)
"""How long it is kept that a reply was sent (not its text)."""

UPDATES = timedelta(hours=48)
"""Telegram keeps updates for 24 hours; the ids of twice that are remembered against repeats."""


def erased_at(deadline: Deadline) -> datetime:
    """When registrations for this deadline's reminders are erased."""
    ends = max(deadline.instant, deadline.since) if deadline.since else deadline.instant
    return ends + AFTER_DEADLINE


def as_file(kept: Mapping[str, list[dict[str, object]]]) -> File:
    """Everything that is kept of somebody, as a file to read."""
    return File.of_text("mydata.json", json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
