"""python -m bot: builds everything and runs it; the only module that knows handlers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from datetime import timedelta

from bot import logs
from bot.clock import Clock, MovableClock, RealClock
from bot.serving import StartError, serve
from bot.settings import Settings, SettingsError, read_settings
from bot.store import Store, StoreError
from faq import Call, CallError, Matcher, default_cache, find, load, zones

_SANDBOX_LEAD = timedelta(days=7)
"""How long before the deadline the sandbox's clock starts."""


def main() -> int:
    """Run until stopped; return the exit code."""
    zones.pin()
    try:
        settings = read_settings()
        logs.set_up(settings.log_level, _secrets(settings))
        zones.check()
        return asyncio.run(_run(settings))
    except (SettingsError, CallError, StoreError, StartError, zones.StaleZoneDataError) as error:
        return _refuse(error)
    except KeyboardInterrupt:
        return 0


def _refuse(error: BaseException) -> int:
    print(f"guichet: {error}", file=sys.stderr)
    return 1


def _secrets(settings: Settings) -> Iterable[str]:
    return [s.get_secret_value() for s in (settings.bot_token, settings.webhook_secret) if s]


async def _run(settings: Settings) -> int:
    """Build the parts from the settings, run them, and close them in order."""
    call = load(find(settings.call))
    clock = _clock(settings, call)
    store = Store(settings.database)
    store.open()
    try:
        matcher = await asyncio.to_thread(_matcher, call)
        await serve(settings, call=call, clock=clock, store=store, matcher=matcher)
    finally:
        await asyncio.to_thread(store.close)
    return 0


def _matcher(call: Call) -> Matcher:
    return Matcher.of(call, cache=default_cache())


def _clock(settings: Settings, call: Call) -> Clock:
    """The real clock; a made-up one for a rehearsal and in the sandbox."""
    if settings.rehearsal_now is not None:
        return MovableClock(settings.rehearsal_now)
    if settings.bot_token is None and call.deadline is not None:
        return MovableClock(call.deadline.instant - _SANDBOX_LEAD, announced=False)
    return RealClock()
