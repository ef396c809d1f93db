"""Updates and messages a second, side by side in one run: this bot's stack, PTB on its default httpx, aiogram 3.

    make bench          (or: .venv/bin/python bench/frameworks.py [--updates N] [--messages N])

Every contestant runs in a process of its own against the sandbox's stand-in in another, over loopback HTTP: it polls,
answers each update with one message, and then sends messages with 30 requests in flight. "guichet" is the whole bot
with its durable inbox and outbox, so its updates a second are messages a second too; the others keep all in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.clock import MovableClock  # noqa: E402  the path comes first
from bot.sandbox import Limits, Sandbox  # noqa: E402

TOKEN = "123456789:AAbenchbenchbenchbenchbenchbench"  # noqa: S105  worth nothing
IN_FLIGHT = 30
CONTESTANTS = ("guichet", "ptb-aiohttp", "ptb-httpx", "aiogram")


async def measure(name: str, updates: int, messages: int) -> dict[str, float]:  # noqa: PLR0915  one measurement
    """One contestant: start-up, updates a second end to end, messages a second, peak memory."""
    sandbox = Sandbox(token=TOKEN, clock=MovableClock(datetime(2025, 7, 20, tzinfo=UTC)), limits=Limits.none())
    url = await sandbox.start()
    people = [sandbox.person(f"p{n}", user_id=10_000 + n) for n in range(updates)]
    answered = asyncio.Event()
    got: set[int] = set()

    def watch(event: dict[str, object]) -> None:
        chat = event.get("chat")
        if event["type"] == "message" and isinstance(chat, int):
            message = sandbox.world.chats[chat].messages[int(str(event["message_id"]))]
            if message["from"]["is_bot"]:
                got.add(chat)
                answered.set()

    sandbox.world.watchers.append(watch)
    people[0].says("/contact")
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--be", name, "--url", url, "--messages", str(messages),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await answered.wait()
    start_up = time.perf_counter() - began
    for person in people[1:]:
        person.says("/contact")
    began = time.perf_counter()
    while len(got) < updates:
        answered.clear()
        await answered.wait()
    rate = (updates - 1) / (time.perf_counter() - began)
    report = {"sent": float("nan"), "memory": memory_of(process.pid)}
    if name == "guichet":
        process.terminate()
        await process.communicate()
    else:
        sandbox.person("last", user_id=9).says("/send")
        report |= json.loads((await process.communicate())[0])
    await sandbox.stop()
    return {"start-up s": start_up, "updates/s": rate, "messages/s": report["sent"], "memory MB": report["memory"]}


def memory_of(pid: int) -> float:
    """Resident memory in MB, now."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def send_many(send: Callable[[int], Awaitable[object]], messages: int) -> None:
    """Send with `IN_FLIGHT` requests under way, and print what was measured."""
    left = iter(range(messages))

    async def work() -> None:
        for n in left:
            await send(10_000 + n % 100)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    sent = messages / (time.perf_counter() - began)
    print(json.dumps({"sent": sent, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
    os._exit(0)


def be_guichet(url: str, _: int) -> None:
    """The whole bot, as `make run` starts it."""
    folder = tempfile.mkdtemp()
    changes = {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, "DATABASE": f"{folder}/g.db", "PORT": "0", "SEND_RATE": "1000"}
    os.execve(sys.executable, [sys.executable, "-m", "bot"], os.environ | changes)  # noqa: S606  itself


def be_ptb(url: str, messages: int, *, on_aiohttp: bool) -> None:
    """python-telegram-bot with its own Updater."""
    from telegram import Update  # noqa: PLC0415  only the contestant's library is loaded
    from telegram.ext import Application, CommandHandler, ContextTypes  # noqa: PLC0415

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await update.message.reply_text("answer")

    async def send(_: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await send_many(lambda chat: context.bot.send_message(chat, "message"), messages)

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(IN_FLIGHT)
    if on_aiohttp:
        from bot.transport.request import AiohttpRequest  # noqa: PLC0415

        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    else:
        builder = builder.connection_pool_size(IN_FLIGHT * 2).pool_timeout(60)
    application = builder.build()
    application.add_handlers([CommandHandler("contact", answer), CommandHandler("send", send)])
    application.run_polling()


def be_aiogram(url: str, messages: int) -> None:
    """Aiogram 3 with its own polling."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.filters import Command  # noqa: PLC0415
    from aiogram.types import Message  # noqa: PLC0415

    dispatcher = Dispatcher()
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))

    @dispatcher.message(Command("contact"))
    async def answer(message: Message) -> None:
        await message.answer("answer")

    @dispatcher.message(Command("send"))
    async def send(_: Message) -> None:
        await send_many(lambda chat: bot.send_message(chat, "message"), messages)

    asyncio.run(dispatcher.start_polling(bot))


def main() -> None:
    """Measure every contestant, or be one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--be", choices=CONTESTANTS)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    if options.be:
        be: dict[str, Callable[[str, int], None]] = {
            "guichet": be_guichet,
            "ptb-aiohttp": lambda url, n: be_ptb(url, n, on_aiohttp=True),
            "ptb-httpx": lambda url, n: be_ptb(url, n, on_aiohttp=False),
            "aiogram": be_aiogram,
        }
        be[options.be](options.url, options.messages)
        return
    subprocess.run([sys.executable, "-m", "faq", "train"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print("| stack | start-up s | updates/s | messages/s, 30 in flight | memory MB |\n|---|---|---|---|---|")
    for name in CONTESTANTS:
        found = asyncio.run(measure(name, options.updates, options.messages))
        sent = f"{found['messages/s']:.0f}" if found["messages/s"] == found["messages/s"] else "paced"
        print(
            f"| {name} | {found['start-up s']:.2f} | {found['updates/s']:.0f} | {sent} | {found['memory MB']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
