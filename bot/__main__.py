"""python -m bot: builds everything and runs it; the only module that knows handlers."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from aiohttp import web
from telegram.error import TelegramError
from telegram.ext import Application

from bot import logs, overview
from bot.amendments import CurrentCall
from bot.clock import Clock, MovableClock, RealClock
from bot.inbox import Inbox
from bot.pacing import Pacer
from bot.reminders import Planner
from bot.roles import Roles
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.services import Services
from bot.settings import Settings, SettingsError, read_settings
from bot.store import Store, StoreError
from bot.store.amendments import MovedInFolderError
from bot.texts import Texts
from bot.timeline import Timeline
from bot.transport import webhook
from bot.transport.connecting import ConnectError, connected
from bot.transport.dispatch import AnyApplication, Dispatcher
from bot.transport.gateway import Gateway
from bot.transport.polling import WANTED, poll
from bot.transport.profile import publish
from bot.transport.request import AiohttpRequest
from bot.upkeep import Upkeep
from bot.web import routes
from faq import Call, CallError, Matcher, TrainingError, default_cache, find, load, zones
from handlers import register
from handlers.commands import profiles

logger = logging.getLogger("guichet")

_SANDBOX_TOKEN = "1000001:SANDBOX"  # noqa: S105  the stand-in's own, worth nothing elsewhere
_SANDBOX_LEAD = timedelta(days=7)
"""How long before the deadline the sandbox's clock starts."""


class StartError(Exception):
    """The bot can't start; the message says why and what to do."""


_REASONS: tuple[type[Exception], ...] = (
    SettingsError,
    CallError,
    TrainingError,
    StoreError,
    StartError,
    ConnectError,
    zones.StaleZoneDataError,
)
"""Why the bot may refuse to start or have to end, each with a message for the operator."""


def main(arguments: Sequence[str]) -> int:
    """Run until stopped, or print the plan of reminders; return the exit code."""
    if arguments not in ([], ["plan"]):
        print("usage: python -m bot [plan]", file=sys.stderr)
        return 2
    zones.pin()
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the framework's waits as durations, which is what comes next there
    try:
        settings = read_settings()
        logs.set_up(settings.log_level, _secrets(settings))
        zones.check()
        asyncio.run(_print_plan(settings) if arguments else _run(settings))
    except _REASONS as error:
        print(f"guichet: {error}", file=sys.stderr)
        return 1
    except BaseExceptionGroup as group:
        known = group.subgroup(_REASONS)
        if known is None:
            raise
        print(f"guichet: {_leaf(known)}", file=sys.stderr)
        return 1
    return 0


def _leaf(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error in a group of groups."""
    first = group.exceptions[0]
    return _leaf(first) if isinstance(first, BaseExceptionGroup) else first  # pyright: ignore[reportUnknownArgumentType]


def _secrets(settings: Settings) -> Iterable[str]:
    return [s.get_secret_value() for s in (settings.bot_token, settings.webhook_secret) if s]


async def _run(settings: Settings) -> None:
    """Build the parts, run them until a signal says stop, and end them in order."""
    folder, clock = _call_and_clock(settings)
    store = Store(settings.database)
    store.open()
    try:
        current = CurrentCall(folder, store)
        await _settle(current)
        matcher = await asyncio.to_thread(partial(Matcher.of, folder, cache=default_cache()))
        async with _telegram(settings, current, clock) as far_side:
            roles = Roles.of(settings.owner_ids or far_side.owners, settings.staff_ids)
            application = build_application(far_side.token, far_side.api)
            await serve(settings, current, clock, store, matcher, application, roles)
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


async def _print_plan(settings: Settings) -> None:
    """Print what will be sent to how many and when. Nothing is sent or changed, and the bot may be running."""
    call, clock = _call_and_clock(settings)
    print("\n".join(await asyncio.to_thread(overview.lines, settings.database, call, clock.now())))


def _call_and_clock(settings: Settings) -> tuple[Call, Clock]:
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


@dataclass(frozen=True, slots=True)
class _FarSide:
    """Where messages go: the bot's token, the address of the Bot API, and who owns the bot there by default."""

    token: str
    api: str
    owners: frozenset[int] = frozenset()


@asynccontextmanager
async def _telegram(settings: Settings, current: CurrentCall, clock: Clock) -> AsyncGenerator[_FarSide]:
    """Telegram, or a sandbox of our own for as long as this lasts."""
    if settings.bot_token is not None:
        yield _FarSide(settings.bot_token.get_secret_value(), settings.bot_api_url)
        return
    if not isinstance(clock, MovableClock):
        clock = MovableClock(clock.now(), announced=False)
    sandbox = Sandbox(token=_SANDBOX_TOKEN, clock=clock, timeline=Timeline(lambda: current.call, clock))
    owners = sandbox.populate()
    try:
        url = await sandbox.start(settings.host, settings.port)
    except OSError as error:
        raise StartError(_port_in_use(settings, error)) from error
    print(f"No BOT_TOKEN, so this is the sandbox. Open {url} and talk to the bot.", flush=True)
    try:
        yield _FarSide(_SANDBOX_TOKEN, url, owners)
    finally:
        await sandbox.stop()


def build_application(token: str, api: str) -> AnyApplication:
    """The framework, with our requests and without its own way of taking updates and of scheduling."""
    request = AiohttpRequest()
    return (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def serve(  # noqa: PLR0913, PLR0917  the parts that main has built
    settings: Settings,
    current: CurrentCall,
    clock: Clock,
    store: Store,
    matcher: Matcher,
    application: AnyApplication,
    roles: Roles,
) -> None:
    """Run the loops until SIGINT or SIGTERM; then take nothing more, and finish what is being sent."""
    news, stop = asyncio.Event(), _stop_signal()
    dispatcher = Dispatcher(application)
    planner = Planner(store, clock, current, news.set)
    current.on_change(planner.wake)
    services = Services(
        clock=clock,
        current=current,
        matcher=matcher,
        texts=Texts(),
        store=store,
        roles=roles,
        wake_sender=news.set,
        settled=dispatcher.settled,
        send_unrecorded=lambda chat_id, message: sender.send_unrecorded(chat_id, message),  # noqa: PLW0108  made below
    )
    sender = Sender(services, send=Gateway(application.bot).send, pacer=Pacer(settings.send_rate), news=news)
    register(application, services)
    inbox = Inbox(store, clock, dispatcher.handle)
    async with connected(application, stop), _web(settings, store, inbox, application), asyncio.TaskGroup() as tasks:
        taking = [tasks.create_task(inbox.run()), tasks.create_task(planner.run())]
        if not settings.webhook_url:
            taking.append(tasks.create_task(poll(application.bot, inbox)))
        taking.append(tasks.create_task(Upkeep(store, clock, current, expires=isinstance(clock, RealClock)).run()))
        taking.append(tasks.create_task(publish(application.bot, profiles(current.call, services.texts))))
        tasks.create_task(sender.run())
        await stop.wait()
        logger.info("stopping: what is being sent is finished first")
        for task in taking:
            task.cancel()
        sender.stop()


def _stop_signal() -> asyncio.Event:
    """What is set when the process is told to end."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def _web(settings: Settings, store: Store, inbox: Inbox, application: AnyApplication) -> AsyncGenerator[None]:
    """Health, metrics and, where there is one, the webhook. The sandbox page has the port to itself."""
    if settings.bot_token is None:
        yield
        return
    app = web.Application()
    app.add_routes(routes(store))
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if settings.webhook_url:
        app.add_routes([webhook.route(webhook.path_of(settings.webhook_url), secret, inbox)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        if settings.webhook_url:
            await _set_webhook(application, settings.webhook_url, secret)
        yield
    except OSError as error:
        raise StartError(_port_in_use(settings, error)) from error
    finally:
        await runner.cleanup()


async def _set_webhook(application: AnyApplication, url: str, secret: str) -> None:
    try:
        await application.bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED))
    except TelegramError as error:
        message = f"WEBHOOK_URL {url} was not taken: {error.message}"
        raise StartError(message) from error


def _port_in_use(settings: Settings, error: OSError) -> str:
    return f"can't listen on {settings.host} port {settings.port}: {error.strerror}; set PORT to a free one"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
