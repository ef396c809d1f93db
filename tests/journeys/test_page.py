"""The chat page in a real browser: in French and Arabic, by keyboard, with the clock."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from bot.sandbox.state import SAMPLES
from faq import Call, Matcher
from tests.conftest import TOKEN
from tests.journeys.browsing import opened, say

pytestmark = [pytest.mark.page, pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture
async def page(tmp_path: Path, call: Call, matcher: Matcher) -> AsyncGenerator[Page]:
    """A phone's browser on the sandbox page, with the real bot behind it."""
    async with opened(tmp_path / "g.db", call, matcher) as page:
        yield page


async def test_a_question_is_answered_and_its_buttons_work(page: Page) -> None:
    await say(page, "/deadline")
    answer = page.locator(".message:not(.mine)").last
    await expect(answer).to_contain_text("jeudi 24 juillet 2025 à 15:00")
    await expect(page.locator(".message.mine")).to_have_count(1)
    await answer.locator(".buttons button", has_text="Comment candidater").click()
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("Procurez-vous le cahier des charges")
    link = page.locator(".message:not(.mine)").last.locator(".buttons a")
    await expect(link).to_have_attribute("href", "https://www.mcinet.gov.ma")


async def test_arabic_runs_from_right_to_left_with_joined_letters(page: Page) -> None:
    await page.select_option("#people", label="مترشح (candidat)")
    await say(page, "/deadline")
    bubble = page.locator(".message:not(.mine) .bubble").last
    await expect(bubble).to_contain_text("آخر أجل لإيداع الترشيحات")
    assert await bubble.evaluate("node => getComputedStyle(node).direction") == "rtl"


async def test_the_clock_is_called_made_up_and_moves_to_the_reminder_and_past_the_end(page: Page) -> None:
    await expect(page.locator("#clock")).to_contain_text("Horloge fictive : dimanche 20 juillet 2025")
    await say(page, "/remind")
    await page.locator(".buttons button", has_text="Oui, prévenez-moi").click()
    await expect(page.locator("#log")).to_contain_text("C'est enregistré")
    await page.click("[data-advance=next_reminder]")
    await expect(page.locator("#log")).to_contain_text("Rappel : les candidatures se déposent au plus tard")
    await page.click("[data-advance=past_deadline]")
    await expect(page.locator("#now")).to_contain_text("24 juillet 2025 à 15:01")
    await say(page, "/deadline")
    await expect(page.locator("#log")).to_contain_text("l'appel est clos depuis le")


async def test_the_page_works_by_keyboard_alone(page: Page) -> None:
    await page.focus("#commands")
    await page.keyboard.press("Enter")
    await expect(page.locator("#menu li")).to_have_count(13)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine")).to_contain_text("/start")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    await page.locator(".buttons button").first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("Choisissez un thème")


async def test_everything_has_a_name_for_a_screen_reader(page: Page) -> None:
    await say(page, "/start")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    await expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    for control in await page.locator("button:visible, select:visible, textarea:visible").all():
        name = await control.evaluate("n => n.ariaLabel || n.innerText || n.labels?.[0]?.innerText || ''")
        assert name.strip()


async def test_nothing_is_wider_than_a_small_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await say(page, "/faq")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_the_newest_message_stays_in_sight_when_a_line_appears_above_it(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await say(page, "/start")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    await expect(page.locator("#typing")).to_be_hidden()
    state = await (await page.request.get(f"{page.url}sandbox/state")).json()
    news = {"chat_id": state["groups"][-1]["id"], "text": "Du nouveau"}
    await page.request.post(f"{page.url}bot{TOKEN}/sendMessage", data=news)
    await expect(page.locator("#news")).to_be_visible()
    await expect(page.locator(".message .when").last).to_be_in_viewport(ratio=1)


async def test_pictures_are_shown_and_documents_can_be_fetched(page: Page) -> None:
    await say(page, "/contact")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    chat = str(await page.locator("#people").input_value())
    api = page.url.rstrip("/") + f"/bot{TOKEN}"
    picture = FilePayload(name="map.png", mimeType="image/png", buffer=SAMPLES["picture"][1])
    await page.request.post(f"{api}/sendPhoto", multipart={"chat_id": chat, "photo": picture, "caption": "Le plan"})
    shown = page.locator(".message img")
    await expect(shown).to_have_attribute("alt", "Le plan")
    await expect(shown).to_have_js_property("naturalWidth", 320)
    paper = FilePayload(name="règles.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")
    words = "القواعد."
    await page.request.post(f"{api}/sendDocument", multipart={"chat_id": chat, "document": paper, "caption": words})
    link = page.locator(".message .document a")
    await expect(page.locator(".bubble:has(.document)")).to_have_css("direction", "rtl")
    await expect(link).to_have_text("règles.pdf")
    fetched = await page.request.get(page.url.rstrip("/") + str(await link.get_attribute("href")))
    assert await fetched.body() == b"%PDF-1.4"


async def test_people_can_attach_block_and_come_back(page: Page) -> None:
    await page.set_viewport_size({"width": 800, "height": 800})
    await page.select_option("#attach", "voice")
    await expect(page.locator("#log")).to_contain_text("Je ne lis que le texte")
    await page.click("#block")
    await expect(page.locator("#block")).to_have_text("Débloquer le bot")
    await page.click("#block")
    await say(page, "/contact")
    await expect(page.locator("#log")).to_contain_text("Adressez-vous à la")


async def opens_a_topic(page: Page, name: str, text: str) -> None:
    """The bot says something in a new topic of the staff group, which Bureau 1 has open."""
    await page.select_option("#people", label="Bureau 1 (équipe)")
    await page.select_option("#chats", label="Équipe")
    chat = await page.locator("#chats").input_value()
    api = page.url.rstrip("/") + f"/bot{TOKEN}"
    opened = await (await page.request.post(f"{api}/createForumTopic", data={"chat_id": chat, "name": name})).json()
    words = {"chat_id": chat, "text": text, "parse_mode": "HTML"}
    thread = opened["result"]["message_thread_id"]
    await page.request.post(f"{api}/sendMessage", data=words | {"message_thread_id": thread})


async def test_staff_answer_in_a_topic_and_see_what_is_said_elsewhere(page: Page) -> None:
    await opens_a_topic(page, "سؤال 1", "<blockquote>هل يمكن؟</blockquote><tg-spoiler>سر</tg-spoiler>")
    asked = page.locator(".message:not(.mine)")
    await expect(page.locator(".topic")).to_have_text("سؤال 1")
    await expect(asked.locator("blockquote")).to_have_css("direction", "rtl")
    hidden = asked.get_by_role("button", name="Texte caché")
    await hidden.press("Enter")
    await expect(hidden).to_have_count(0)
    await asked.get_by_role("button", name="Répondre").press("Enter")
    await expect(page.locator("#context")).to_contain_text("Réponse à Guichet")
    await page.keyboard.type("Oui, **deux**")
    await page.keyboard.press("Enter")
    mine = page.locator(".message.mine")
    await expect(mine.locator(".bubble b").last).to_have_text("deux")
    await expect(mine.locator(".quote")).to_contain_text("هل يمكن؟")
    await expect(mine.locator(".quote")).to_have_css("direction", "rtl")
    await expect(page.locator("#context")).to_be_hidden()
    await page.select_option("#topics", label="سؤال 1")
    await expect(mine).to_have_count(1)
    await page.select_option("#topics", label="Général")
    await expect(mine).to_have_count(0)
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Message dans « \u2068Général\u2069 »")
    chat = await page.locator("#chats").input_value()
    await page.select_option("#people", label="Bureau 2 (équipe)")
    news = {"chat_id": chat, "text": "Du nouveau"}
    await page.request.post(page.url.rstrip("/") + f"/bot{TOKEN}/sendMessage", data=news)
    await page.locator("#news").get_by_role("button", name="Équipe").click()
    await expect(page.locator("#people option:checked")).to_have_text("Bureau 2 (équipe)")
    await expect(page.locator(".who")).to_have_text("Bureau 1")
    await expect(page.locator(".message").last).to_contain_text("Du nouveau")
    await expect(page.locator("#news")).to_be_hidden()


async def test_files_with_captions_are_sent_corrected_and_deleted(page: Page) -> None:
    await opens_a_topic(page, "Envois", "ici")
    await page.select_option("#topics", label="Envois")
    plan = FilePayload(name="plan.png", mimeType="image/png", buffer=SAMPLES["picture"][1])
    await page.set_input_files("#file", plan)
    await expect(page.locator("#attached")).to_contain_text("plan.png")
    await say(page, "Le plan")
    mine = page.locator(".message.mine")
    await expect(mine.locator("img")).to_have_js_property("naturalWidth", 320)
    await mine.get_by_role("button", name="Modifier").click()
    await say(page, "Le __vrai__ plan")
    await expect(mine.locator(".bubble i")).to_have_text("vrai")
    await expect(mine.locator(".when")).to_contain_text("modifié")
    await page.select_option("#attach", "document")
    await page.click("#send")
    await expect(mine.locator(".document a")).to_have_text("document.pdf")
    chat, gone = await page.locator("#chats").input_value(), await mine.last.get_attribute("data-id")
    api = page.url.rstrip("/") + f"/bot{TOKEN}"
    await page.request.post(f"{api}/deleteMessage", data={"chat_id": chat, "message_id": int(gone or 0)})
    await expect(page.locator(".deleted")).to_have_text("Message supprimé")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
