"""python -m bot: builds everything and runs it; the only module that knows handlers."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot import commands, logs, school
from bot.broadcasts.broadcaster import Broadcaster
from bot.clock import Clock, MovableClock, RealClock
from bot.commands import auditing, overview
from bot.current import CurrentCall
from bot.deadline.reminders import Planner
from bot.inbox import Inbox
from bot.learning.grouping import Grouper
from bot.learning.matching import CurrentMatcher
from bot.listening import ListenError, listening, port_in_use
from bot.office import Office
from bot.publishing import bulletin
from bot.rights import Rights
from bot.routines import Routine, Routines, notice
from bot.routines.digests import Digests
from bot.rules.pacing import Pacer
from bot.rules.roles import Roles
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.services import Services
from bot.settings import ENV_FILE, Settings, SettingsError, read_settings
from bot.start import call_and_clock
from bot.store import Store, StoreError, audit
from bot.store.amendments import MovedInFolderError
from bot.texts import Texts
from bot.timeline import Timeline
from bot.transport.connecting import ConnectError, build_application, connected
from bot.transport.dispatch import AnyApplication, Dispatcher
from bot.transport.gateway import Gateway
from bot.transport.polling import poll
from bot.transport.profile import publish, publish_menus
from bot.upkeep import Upkeep
from faq import CallError, Matcher, TrainingError, default_cache, find, zones
from faq.lessons import trainable
from handlers import register
from handlers.commands import office_menus, profiles

logger = logging.getLogger("guichet")

_SANDBOX_TOKEN = "1000001:SANDBOX"  # noqa: S105  the stand-in's own, worth nothing elsewhere


class StartError(Exception):
    """The bot can't start; the message says why and what to do."""


_REASONS: tuple[type[Exception], ...] = (
    SettingsError,
    CallError,
    TrainingError,
    StoreError,
    StartError,
    ConnectError,
    ListenError,
    zones.StaleZoneDataError,
)
"""Why the bot may refuse to start or have to end, each with a message for the operator."""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for; return the exit code."""
    order = commands.read(arguments)
    zones.pin()
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the framework's waits as durations, which is what comes next there
    try:
        settings = read_settings()
        logs.set_up(settings.log_level, _secrets(settings))
        zones.check()
        return _do(order, settings)
    except _REASONS as error:
        print(f"guichet: {error}", file=sys.stderr)
        return 1
    except BaseExceptionGroup as group:
        known = group.subgroup(_REASONS)
        if known is None:
            raise
        print(f"guichet: {_leaf(known)}", file=sys.stderr)
        return 1


def _do(order: argparse.Namespace, settings: Settings) -> int:
    """Run until stopped, or print what was asked for: then nothing is sent or changed, and the bot may be running."""
    match order.command:
        case "plan":
            folder, clock = call_and_clock(settings)
            print("\n".join(overview.lines(settings.database, folder, clock.now())))
        case "lessons":
            folder, _ = call_and_clock(settings)
            print("\n".join(overview.taught(settings.database, folder, find(settings.call))))
        case "audit verify":
            said, is_whole = auditing.verified(settings.database, order.head)
            print("\n".join(said))
            return 0 if is_whole else 1
        case "audit show":
            print("\n".join(auditing.shown(settings.database, order.most)))
        case _:
            asyncio.run(_run(settings))
    return 0


def _leaf(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error in a group of groups."""
    first = group.exceptions[0]
    return _leaf(first) if isinstance(first, BaseExceptionGroup) else first  # pyright: ignore[reportUnknownArgumentType]


def _secrets(settings: Settings) -> Iterable[str]:
    return [s.get_secret_value() for s in (settings.bot_token, settings.webhook_secret) if s]


async def _run(settings: Settings) -> None:
    """Build the parts, run them until a signal says stop, and end them in order."""
    folder, clock = call_and_clock(settings)
    store = Store(settings.database)
    store.open()
    try:
        current = CurrentCall(folder, store)
        await _settle(current)
        matcher = await asyncio.to_thread(partial(Matcher.of, trainable(folder), cache=default_cache()))
        async with _telegram(settings, current, clock) as far_side:
            roles = Roles.of(settings.owner_ids or far_side.owners, settings.staff_ids)
            staff_chat = settings.staff_chat_id or far_side.staff_chat
            office = Office(roles, staff_chat, watched=ENV_FILE if settings.bot_token else None)
            application = build_application(far_side.token, far_side.api)
            await serve(settings, current, clock, store, matcher, application, office)
    finally:
        await asyncio.to_thread(store.close)


async def _settle(current: CurrentCall) -> None:
    """Take over what was decided since the folder was written.

    Raises:
        StartError: the folder's deadline was changed under people who had been told it.

    """
    try:
        await current.settle()
    except MovedInFolderError as error:
        message = (
            f"call {current.call.id}: call.toml gives another deadline than the one people were told ({error}); put "
            "that one back and change it with /newdeadline, so that everybody hears of it"
        )
        raise StartError(message) from None


@dataclass(frozen=True, slots=True)
class _FarSide:
    """Where messages go: the bot's token, the address of the Bot API, and by default its owners and where they meet."""

    token: str
    api: str
    owners: frozenset[int] = frozenset()
    staff_chat: int | None = None


@asynccontextmanager
async def _telegram(settings: Settings, current: CurrentCall, clock: Clock) -> AsyncGenerator[_FarSide]:
    """Telegram, or a sandbox of our own for as long as this lasts."""
    if settings.bot_token is not None:
        yield _FarSide(settings.bot_token.get_secret_value(), settings.bot_api_url)
        return
    if not isinstance(clock, MovableClock):
        clock = MovableClock(clock.now(), announced=False)
    sandbox = Sandbox(token=_SANDBOX_TOKEN, clock=clock, timeline=Timeline(lambda: current.call, clock))
    office = sandbox.populate()
    try:
        url = await sandbox.start(settings.host, settings.port)
    except OSError as error:
        raise StartError(port_in_use(settings, error)) from error
    print(f"No BOT_TOKEN, so this is the sandbox. Open {url} and talk to the bot.", flush=True)
    try:
        yield _FarSide(_SANDBOX_TOKEN, url, *office)
    finally:
        await sandbox.stop()


async def serve(  # noqa: PLR0913, PLR0917  the parts that main has built
    settings: Settings,
    current: CurrentCall,
    clock: Clock,
    store: Store,
    matcher: Matcher,
    application: AnyApplication,
    office: Office,
) -> None:
    """Run the loops until SIGINT or SIGTERM; then take nothing more, and finish what is being sent."""
    news, stop, dispatcher = asyncio.Event(), _stop_signal(), Dispatcher(application)
    services = Services(
        clock=clock,
        current=current,
        matcher=CurrentMatcher(matcher, current),
        grouper=Grouper(store, clock, current),
        texts=Texts(),
        store=store,
        office=office,
        wake_sender=news.set,
        settled=dispatcher.settled,
        send_unrecorded=lambda chat_id, message: sender.send_unrecorded(chat_id, message),  # noqa: PLW0108  made below
        send_rate=settings.send_rate,
    )
    sender = Sender(services, send=Gateway(application.bot).send, pacer=Pacer(settings.send_rate), news=news)
    office.chat_id = await store.read(lambda db: audit.place_of(db, office.chat_id, call=current.call.id))
    register(application, services)
    inbox = Inbox(store, clock, dispatcher.handle)
    loops = [inbox.run, *_loops(services, application, find(settings.call))]
    if not settings.webhook_url:
        loops.append(partial(poll, application.bot, inbox))
    async with (
        connected(application, stop),
        listening(settings, store, inbox, application),
        asyncio.TaskGroup() as tasks,
    ):
        running = [tasks.create_task(loop()) for loop in loops]
        tasks.create_task(sender.run())
        await stop.wait()
        _end(running, sender)


def _end(running: Iterable[asyncio.Task[None]], sender: Sender) -> None:
    """Take nothing more; what is being sent is finished."""
    logger.info("stopping: what is being sent is finished first")
    for task in running:
        task.cancel()
    sender.stop()


def _loops(
    services: Services, application: AnyApplication, folder: Path
) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    """What goes on beside taking and sending, each until it is cancelled."""
    store, clock, current = services.store, services.clock, services.current
    planner = Planner(store, clock, current, services.wake_sender)
    current.on_change(planner.wake)
    upkeep = Upkeep(store, clock, current, expires=isinstance(clock, RealClock))
    watched = services.office.watched

    async def introduce() -> None:
        await publish(application.bot, profiles(current.call, services.texts))
        await publish_menus(application.bot, office_menus(current.call, services.texts, services.office))

    return [
        planner.run,
        upkeep.run,
        Broadcaster(services).run,
        *([Rights(services, watched).run] if watched else []),
        Routines(store, clock, current, _routines(services), services.wake_sender).run,
        introduce,
        *school.loops(services, folder, introduce),
    ]


def _routines(services: Services) -> list[Routine]:
    """What is done by itself at an hour of the day."""
    daily = bulletin.routine(services.store, services.current, services.office, services.texts)
    return [notice.routine(services), daily, *Digests(services).routines()]


def _stop_signal() -> asyncio.Event:
    """What is set when the process is told to end."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
