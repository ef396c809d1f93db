"""The sandbox page in a real browser, with the real bot behind it, and what one does and sees there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.clock import MovableClock
from bot.sandbox import Limits, Sandbox
from bot.settings import Settings
from bot.texts import Texts
from bot.timeline import Timeline
from faq import Call, Matcher
from faq.languages import ReplyLanguage
from tests.conftest import CHROMIUM, OPEN, TOKEN, running
from tests.journeys.owning import plain

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_TEXTS = Texts()

expect.set_options(timeout=30_000)  # a busy machine takes its time; whoever waits in vain has a failing test


@asynccontextmanager
async def opened(database: Path, call: Call, matcher: Matcher, *, with_office: bool = False) -> AsyncGenerator[Page]:
    """A phone's browser on the sandbox page. Any error on the page fails the test.

    ``with_office`` gives the page's two people of the office their rights, and them their staff chat.
    """
    clock = MovableClock(OPEN, announced=False)
    sandbox = Sandbox(token=TOKEN, clock=clock, limits=Limits.none(), timeline=Timeline(lambda: call, clock))
    office = sandbox.populate()
    await sandbox.start()
    values = {"bot_token": TOKEN, "bot_api_url": sandbox.url, "database": database, "port": 0, "send_rate": 1000}
    settings = Settings.model_validate(values)
    if with_office:
        settings = settings.model_copy(update={"owner_ids": office.owners, "staff_chat_id": office.staff_chat})
    errors: list[str] = []
    async with running(settings, call, clock, matcher), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await _page(browser, sandbox.url, errors)
        await browser.close()
    await sandbox.stop()
    assert [error for error in errors if not error.startswith("data:")] == []


async def _page(browser: Browser, url: str, errors: list[str]) -> Page:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("request", lambda request: errors.append(request.url) if url not in request.url else None)
    await page.goto(url)
    await expect(page.locator("#people option")).to_have_count(5)
    return page


async def say(page: Page, text: str) -> None:
    """Write a message and send it."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def be(page: Page, who: str, chat: str | None = None) -> None:
    """Go on as somebody, in private or in a group."""
    await page.select_option("#people", label=who)
    if chat is not None:
        await page.select_option("#chats", label=chat)


async def tap(page: Page, label: str) -> None:
    """Press the newest button with this label."""
    await page.locator(".buttons").get_by_role("button", name=label, exact=True).last.click()


async def hears(page: Page, text: str) -> Locator:
    """The newest message of somebody else with a text in it, once it is there."""
    message = page.locator(".message:not(.mine)").filter(has_text=text).last
    await expect(message).to_be_visible()
    return message


def said(key: str, language: str = "fr", **values: str | int) -> str:
    """A sentence of the bot as the page shows it."""
    return plain(_TEXTS.say(ReplyLanguage(language), key, **values))


def label(key: str, language: str = "fr", **values: str | int) -> str:
    """The label of a button."""
    return _TEXTS.plain(ReplyLanguage(language), key, **values)
