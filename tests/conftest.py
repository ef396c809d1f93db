"""What many tests need: the calls, read once, and time zones from the pinned data."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import serve
from bot.clock import Clock, MovableClock
from bot.current import CurrentCall
from bot.office import Office
from bot.rules.roles import Roles
from bot.sandbox import Limits, Sandbox
from bot.settings import Settings
from bot.store import Store
from bot.store.database import Database
from bot.store.migrations import migrations
from bot.transport.connecting import build_application
from faq import Call, Matcher, find, load, zones
from faq.spreadsheet import convert

zones.pin()
os.environ.setdefault("PTB_TIMEDELTA", "1")

TINY = Path(__file__).parent / "calls" / "tiny"
TOKEN = "123456789:AAtestingtestingtestingtesting"
NO_OFFICE = Office(Roles.of((), ()))
OPEN = datetime(2025, 7, 20, 9, 30, tzinfo=UTC)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CLOSED = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def db() -> Generator[Database]:
    """An empty database in memory, for statements alone."""
    database = Database(memory=True)
    migrations.apply(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def call() -> Call:
    return load(find("clusters-2025"))


@pytest.fixture(scope="session")
def tiny() -> Call:
    return load(TINY)


@pytest.fixture(scope="session")
def sheet_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call that is made from a spreadsheet: three entries, trained in a moment."""
    folder = tmp_path_factory.mktemp("sheet")
    questions = {
        "opening": ("when do you open", "opening hours", "are you open on sunday", "from what time can I come"),
        "parking": ("where can I park", "is there a car park", "parking", "do you have room for my car"),
        "mooring": ("where can I moor my boat", "mooring places", "is there a berth", "may boats stay overnight"),
    }
    rows = [f"{entry},en,{text},See the {entry} page." for entry, texts in questions.items() for text in texts]
    (folder / "sheet.csv").write_text("\n".join(["entry,language,question,answer", *rows]), "utf-8")
    convert(folder / "sheet.csv", folder / "call")
    with (folder / "call" / "call.toml").open("a", encoding="utf-8") as main:
        main.write("domain = false\n")
    return folder / "call"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A model cache that the whole session shares, its workers too; its parent is XDG_CACHE_HOME.

    MODEL_CACHE names one that outlives the session, for who runs a few tests again and again.
    """
    if kept := os.environ.get("MODEL_CACHE"):
        return Path(kept)
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "cache" / "guichet"


@contextmanager
def alone(cache: Path) -> Generator[None]:
    """Keep the other workers from training the same model at the same time."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def matcher(call: Call, cache: Path) -> Matcher:
    with alone(cache):
        return Matcher.of(call, cache=cache)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(OPEN, announced=False)


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncGenerator[Sandbox]:
    """Telegram's far side, strict and without limits on speed."""
    sandbox = Sandbox(token=TOKEN, clock=clock, limits=Limits.none())
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {"bot_token": TOKEN, "bot_api_url": sandbox.url, "database": tmp_path / "g.db", "port": 0, "send_rate": 1000}
    )


@pytest.fixture
async def store(
    settings: Settings, call: Call, clock: MovableClock, matcher: Matcher, sandbox: Sandbox
) -> AsyncGenerator[Store]:
    """The running bot's own database."""
    assert sandbox
    async with running(settings, call, clock, matcher) as opened:
        yield opened


@pytest.fixture
def bot(sandbox: Sandbox, store: Store) -> Sandbox:
    """The real bot, talking to the sandbox over HTTP; the sandbox is what a test needs of it."""
    assert store
    return sandbox


@asynccontextmanager
async def running(
    settings: Settings, call: Call, clock: Clock, matcher: Matcher, *, watched: Path | None = None
) -> AsyncGenerator[Store]:
    """The bot as `make run` builds it, for as long as the block lasts; ``watched`` is the file of its rights."""
    store = Store(settings.database)
    store.open()
    application = build_application(TOKEN, settings.bot_api_url)
    current = CurrentCall(call, store)
    await current.settle()
    office = Office(Roles.of(settings.owner_ids, settings.staff_ids), settings.staff_chat_id, watched=watched)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(serve(settings, current, clock, store, matcher, application, office))
        yield store
        task.cancel()
    await asyncio.to_thread(store.close)


async def until(true: Callable[[], bool], sandbox: Sandbox) -> None:
    """Wait, woken by what happens on the far side."""
    happened = asyncio.Event()
    watch: Callable[[object], None] = lambda _: happened.set()  # noqa: E731
    sandbox.world.watchers.append(watch)
    while not true():
        happened.clear()
        await happened.wait()
    sandbox.world.watchers.remove(watch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the page tests aloud where there is no Chromium, unless skipping is forbidden (FORBID_SKIPS, the gate)."""
    if CHROMIUM is None and not os.environ.get("FORBID_SKIPS"):
        reason = "no Chromium was found: the page is NOT tested (install the package chromium)"
        for item in items:
            if item.get_closest_marker("page"):
                item.add_marker(pytest.mark.skip(reason=reason))
