"""Which call is served, and which time its clock shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock, MovableClock, RealClock
from bot.settings import Settings
from faq import Call, find, load

_SANDBOX_LEAD = timedelta(days=7)
"""How long before the deadline the sandbox's clock starts."""


def call_and_clock(settings: Settings) -> tuple[Call, Clock]:
    """The call and its clock. Nothing of a made-up time may count for the real call in the same database."""
    folder = load(find(settings.call))
    clock = _clock(settings, folder)
    if isinstance(clock, MovableClock):
        folder = replace(folder, id=f"{folder.id}+{'sandbox' if settings.bot_token is None else 'rehearsal'}")
    return folder, clock


def _clock(settings: Settings, call: Call) -> Clock:
    """The real clock; a made-up one for a rehearsal and in the sandbox."""
    if settings.rehearsal_now is not None:
        return MovableClock(settings.rehearsal_now)
    if settings.bot_token is None and call.deadline is not None:
        return MovableClock(call.deadline.instant - _SANDBOX_LEAD, announced=False)
    return RealClock()
