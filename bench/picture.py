"""Takes the README's picture of the chat page: python bench/picture.py docs/page.png, beside a running sandbox."""

from __future__ import annotations

import asyncio
import shutil
import sys

from playwright.async_api import Page, async_playwright, expect

PAGE = "http://127.0.0.1:8080"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


async def ask(page: Page, person: str, *questions: str) -> None:
    """Write as a person, and wait for each answer."""
    await page.select_option("#people", label=person)
    for question in questions:
        answers = await page.locator(".message:not(.mine)").count()
        await page.fill("#text", question)
        await page.press("#text", "Enter")
        await expect(page.locator(".message:not(.mine)")).to_have_count(answers + 1)


async def main(path: str) -> None:
    """Have two conversations and take both in one picture."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        context = await browser.new_context(viewport={"width": 420, "height": 860})
        page = await context.new_page()
        await page.goto(PAGE)
        await expect(page.locator("#people option")).to_have_count(5)
        await ask(page, "Candidate (candidat)", "c'est quand la date limite ?")
        await page.screenshot(path=path)
        await ask(page, "مترشح (candidat)", "فين نلقى دفتر التحملات؟")
        await page.screenshot(path=path.replace(".png", "-ar.png"))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
