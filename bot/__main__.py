"""python -m bot: builds everything and runs it; the only module that knows handlers."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from aiohttp import web
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot import logs, reminders
from bot.clock import Clock, MovableClock, RealClock
from bot.inbox import Inbox
from bot.pacing import Pacer
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.services import Services
from bot.settings import Settings, SettingsError, read_settings
from bot.store import Store, StoreError
from bot.texts import Texts
from bot.timeline import Timeline
from bot.transport import webhook
from bot.transport.dispatch import AnyApplication, Dispatcher
from bot.transport.gateway import Gateway
from bot.transport.polling import WANTED, poll
from bot.transport.profile import Profile, publish
from bot.transport.request import AiohttpRequest
from bot.web import routes
from faq import Call, CallError, Matcher, TrainingError, default_cache, find, load, zones
from handlers import register
from handlers.commands import published

logger = logging.getLogger("guichet")

_SANDBOX_TOKEN = "1000001:SANDBOX"  # noqa: S105  the stand-in's own, worth nothing elsewhere
_SANDBOX_LEAD = timedelta(days=7)
"""How long before the deadline the sandbox's clock starts."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class StartError(Exception):
    """The bot can't start; the message says why and what to do."""


_REASONS: tuple[type[Exception], ...] = (
    SettingsError,
    CallError,
    TrainingError,
    StoreError,
    StartError,
    zones.StaleZoneDataError,
)
"""Why the bot may refuse to start or have to end, each with a message for the operator."""


def main() -> int:
    """Run until stopped; return the exit code."""
    zones.pin()
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the framework's waits as durations, which is what comes next there
    try:
        settings = read_settings()
        logs.set_up(settings.log_level, _secrets(settings))
        zones.check()
        asyncio.run(_run(settings))
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
    call = load(find(settings.call))
    clock = _clock(settings, call)
    if isinstance(clock, MovableClock):
        # Nothing that is registered or sent at a made-up time may count for the real call in the same database.
        call = replace(call, id=f"{call.id}+{'sandbox' if settings.bot_token is None else 'rehearsal'}")
    store = Store(settings.database)
    store.open()
    try:
        matcher = await asyncio.to_thread(partial(Matcher.of, call, cache=default_cache()))
        async with _telegram(settings, call, clock) as (token, api):
            await serve(settings, call, clock, store, matcher, build_application(token, api))
    finally:
        await asyncio.to_thread(store.close)


def _clock(settings: Settings, call: Call) -> Clock:
    """The real clock; a made-up one for a rehearsal and in the sandbox."""
    if settings.rehearsal_now is not None:
        return MovableClock(settings.rehearsal_now)
    if settings.bot_token is None and call.deadline is not None:
        return MovableClock(call.deadline.instant - _SANDBOX_LEAD, announced=False)
    return RealClock()


@asynccontextmanager
async def _telegram(settings: Settings, call: Call, clock: Clock) -> AsyncGenerator[tuple[str, str]]:
    """The token and the address of the Bot API: Telegram's, or a sandbox of our own for as long as this lasts."""
    if settings.bot_token is not None:
        yield settings.bot_token.get_secret_value(), settings.bot_api_url
        return
    if not isinstance(clock, MovableClock):
        clock = MovableClock(clock.now(), announced=False)
    sandbox = Sandbox(token=_SANDBOX_TOKEN, clock=clock, timeline=Timeline(call, clock))
    sandbox.populate()
    try:
        url = await sandbox.start(settings.host, settings.port)
    except OSError as error:
        raise StartError(_port_in_use(settings, error)) from error
    print(f"No BOT_TOKEN, so this is the sandbox. Open {url} and talk to the bot.", flush=True)
    try:
        yield _SANDBOX_TOKEN, url
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
    settings: Settings, call: Call, clock: Clock, store: Store, matcher: Matcher, application: AnyApplication
) -> None:
    """Run the loops until SIGINT or SIGTERM; then take nothing more, and finish what is being sent."""
    news, stop = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    dispatcher = Dispatcher(application)
    services = Services(
        clock=clock,
        call=call,
        matcher=matcher,
        texts=Texts(),
        store=store,
        wake_sender=news.set,
        settled=dispatcher.settled,
    )
    register(application, services)
    sender = Sender(services, send=Gateway(application.bot).send, pacer=Pacer(settings.send_rate), news=news)
    inbox = Inbox(store, clock, dispatcher.handle)
    async with (
        _connected(application, stop),
        _web(settings, store, inbox, application),
        asyncio.TaskGroup() as tasks,
    ):
        taking = [tasks.create_task(inbox.run())]
        if not settings.webhook_url:
            taking.append(tasks.create_task(_poll(application, inbox)))
        taking.append(tasks.create_task(reminders.plan_forever(store, clock, call, news.set)))
        taking.append(tasks.create_task(publish(application.bot, _profiles(services))))
        tasks.create_task(sender.run())
        await stop.wait()
        logger.info("stopping: what is being sent is finished first")
        for task in taking:
            task.cancel()
        sender.stop()


@asynccontextmanager
async def _connected(application: AnyApplication, stop: asyncio.Event) -> AsyncGenerator[None]:
    """The framework, once Telegram has said who the bot is; waits for a network that is down."""
    try:
        await _introduce(application, stop)
        yield
    finally:
        await application.shutdown()
        await application.bot.request.shutdown()  # also where the framework did not get as far as to be initialized


async def _introduce(application: AnyApplication, stop: asyncio.Event) -> None:
    """Ask Telegram who the bot is, until it answers."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            message = "the Bot API refuses BOT_TOKEN; copy it again from BotFather into .env"
            raise StartError(message) from None
        except TelegramError as error:
            logger.warning("Telegram can't be reached, next try in %.0f s: %s", pause, error)
            await _either(stop, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return
    message = "stopped before Telegram could be reached"
    raise StartError(message)


async def _either(stop: asyncio.Event, seconds: float) -> None:
    """Wait for so long, or until it is time to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


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


async def _poll(application: AnyApplication, inbox: Inbox) -> None:
    await poll(application.bot, inbox)


def _profiles(services: Services) -> list[Profile]:
    """The bot's profile in every language of the call, and in its first for everybody else."""
    call, texts = services.call, services.texts
    return [
        Profile(
            code=code,
            commands=tuple((c.word, c.what) for c in published(call, texts, language)),
            description=texts.plain(language, "description", call=call.title[language]),
            short_description=texts.plain(language, "short-description", call=call.title[language]),
        )
        for code, language in [(None, call.languages[0]), *((str(one), one) for one in call.languages)]
    ]


def _port_in_use(settings: Settings, error: OSError) -> str:
    return f"can't listen on {settings.host} port {settings.port}: {error.strerror}; set PORT to a free one"


if __name__ == "__main__":
    sys.exit(main())
