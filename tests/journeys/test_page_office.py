"""The office's desk on the chat page, by two owners and by applicants who write French, Arabic and English."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.desk.words import quoted
from faq import Call, Matcher, load
from faq.languages import ReplyLanguage
from tests.journeys.browsing import be, hears, label, opened, said, say, tap
from tests.journeys.port import port_folder

pytestmark = [pytest.mark.page, pytest.mark.slow, pytest.mark.timeout(120)]

FIRST, SECOND, TEAM = "Bureau 1 (équipe)", "Bureau 2 (équipe)", "Équipe"
NAMES = {"fr": "Candidate", "ar": "مترشح", "en": "Applicant"}
APPLICANTS = {language: f"{name} (candidat)" for language, name in NAMES.items()}
QUESTIONS = {
    "fr": "Les murs de ma grange sont en pisé, est-ce gênant ?",
    "ar": "جدران مخزني من الطين، هل في ذلك بأس؟",
    "en": "The walls of my barn are made of clay, does that matter?",
}
SPOKEN = {"fr": "français", "ar": "arabe", "en": "anglais"}
REPLIES = {"fr": "Non, pas du tout.", "ar": "لا، لا بأس في ذلك.", "en": "No, not at all."}


@pytest.fixture
async def page(tmp_path: Path, call: Call, matcher: Matcher) -> AsyncGenerator[Page]:
    """The page with its office at work."""
    async with opened(tmp_path / "g.db", call, matcher, with_office=True) as page:
        yield page


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Call:
    return load(port_folder(tmp_path_factory.mktemp("harbour")))


@pytest.fixture
async def port_page(tmp_path: Path, port: Call, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Page]:
    """The same for a call whose matcher learns in a moment what it is taught."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    matcher = Matcher.of(port, cache=tmp_path / "guichet")
    async with opened(tmp_path / "g.db", port, matcher, with_office=True) as page:
        yield page


async def test_the_office_answers_without_learning_who_asked_and_it_alone_sees_figures_and_record(page: Page) -> None:
    for number, (language, question) in enumerate(QUESTIONS.items(), 1):
        await be(page, APPLICANTS[language])
        await tries_what_only_the_office_may(page, language)
        await say(page, question)
        await hears(page, said("nothing", language))
        await tap(page, label("button-desk-send", language))
        await hears(page, said("desk-receipt", language, number=number, hours=said("desk-hours-unknown", language)))
    await be(page, FIRST, TEAM)
    for number, (language, question) in enumerate(QUESTIONS.items(), 1):
        asked = await hears(page, question)
        await asked.get_by_role("button", name="Répondre").click()
        await say(page, REPLIES[language])
        await hears(page, said("desk-goes", number=number, question=quoted(question)))
    await names_nobody(page)
    for number, (language, question) in enumerate(QUESTIONS.items(), 1):
        await be(page, APPLICANTS[language])
        answer = await hears(page, said("desk-answer", language, number=number))
        await expect(answer.locator("blockquote")).to_have_text(question)
        await expect(answer).to_contain_text(REPLIES[language])
        await expect(answer.locator(".bubble")).to_have_css("direction", "rtl" if language == "ar" else "ltr")
        await expect(answer.locator(".buttons button")).to_have_text(label("button-desk-resume", language))
    await be(page, FIRST)
    await looks_at_the_figures(page)
    await be(page, SECOND, TEAM)
    await say(page, "/audit")
    record = await (await hears(page, said("audit-title"))).inner_text()
    assert record.count(said("audit-stranger")) == 6
    assert record.count(said("audit-act", act="answer")) == 3
    await names_nobody(page)


async def tries_what_only_the_office_may(page: Page, language: str) -> None:
    """Somebody who is not of the office is told so, in their language."""
    for command in ("/broadcast", "/stats"):
        await say(page, command)
    denied = page.locator(".message:not(.mine)").filter(has_text=said("staff-denied", language))
    await expect(denied).to_have_count(2)


async def names_nobody(page: Page) -> None:
    """No applicant's name stands in what is in sight."""
    conversation = await page.locator("#log").inner_text()
    assert not [name for name in NAMES.values() if name in conversation]


async def looks_at_the_figures(page: Page) -> None:
    """The picture of what was asked, of another span too, and the table."""
    await say(page, "/stats")
    shown = await hears(page, said("insight-head"))
    await expect(shown).to_contain_text(said("insight-people", people=3, new=3, unreachable=0, muted=0))
    figures = said("insight-questions-line", questions=3, answered=0, suggested=0, silent=0, human=3)
    await expect(shown).to_contain_text(figures)
    await expect(shown.locator("img")).not_to_have_js_property("naturalWidth", 0)
    await tap(page, label("insight-button-days", days=7))
    await expect(page.locator(".message img")).to_have_count(2)
    await tap(page, label("insight-button-csv"))
    await expect(page.locator(".document a")).to_have_text(re.compile(r"\.csv$"))


async def test_an_answer_is_published_and_others_read_it_in_their_language(port_page: Page) -> None:
    page = port_page
    await be(page, APPLICANTS["fr"])
    await say(page, "/ask Ma grange d'Ifrane a des murs en terre, est-ce gênant ?")
    await hears(page, said("desk-receipt", number=1, hours=said("desk-hours-unknown")))
    await be(page, FIRST, TEAM)
    await (await hears(page, "Ifrane")).get_by_role("button", name="Répondre").click()
    await say(page, REPLIES["fr"])
    await tap(page, label("qa-button-publish"))
    await hears(page, said("qa-panel", name="français"))
    await writes(page, "question", "français", QUESTIONS["fr"])
    await tap(page, label("qa-tab-missing", name="arabe"))
    await hears(page, said("qa-panel-missing", name="arabe"))
    await writes(page, "question", "arabe", QUESTIONS["ar"])
    await writes(page, "answer", "arabe", REPLIES["ar"])
    await tap(page, label("qa-tab-missing", name="anglais"))
    await hears(page, said("qa-panel-missing", name="anglais"))
    await tap(page, label("qa-button-waive"))
    await tap(page, label("qa-button-go", number="1"))
    await hears(page, said("qa-done", number="1", told=1))
    await expect(page.locator("#typing")).to_be_hidden(timeout=500)
    await be(page, APPLICANTS["fr"])
    told = await hears(page, said("qa-told-asker", number="1"))
    await expect(told).not_to_contain_text("Ifrane")
    for language, version in (("ar", "ar"), ("en", "fr")):
        await be(page, APPLICANTS[language])
        await say(page, "/questions")
        await hears(page, said("qa-list", language, count=1))
        await tap(page, "1")
        answer = await hears(page, said("qa-head", language, number="1"))
        await expect(answer).to_contain_text(QUESTIONS[version])
        await expect(answer).to_contain_text(REPLIES[version])


async def writes(page: Page, part: str, name: str, text: str) -> None:
    """Word a version's question or answer, and see it in its place."""
    await tap(page, label(f"qa-button-{part}"))
    await hears(page, said(f"qa-ask-{part}", name=name, most=0).partition(" 0 ")[0])
    await say(page, text)
    await hears(page, text)


async def test_what_could_not_be_answered_is_taught_and_answered_from_then_on(port_page: Page, port: Call) -> None:
    page, parking = port_page, port.entries["parking"]
    bicycle, swim = "où mettre mon vélo ?", "can I swim here?"
    for language, question in (("fr", bicycle), ("en", swim)):
        await be(page, APPLICANTS[language])
        await say(page, question)
        await hears(page, said("suggest", language))
    await be(page, SECOND)
    await opens(page, bicycle)
    await tap(page, label("button-same", entry=parking.questions[ReplyLanguage.FR]))
    await hears(page, said("teach-done", count=1, entry=parking.questions[ReplyLanguage.FR]))
    await opens(page, swim)
    await tap(page, label("button-new-entry"))
    for name, entry in SWIMMING.items():
        await tap(page, label("button-write-entry", spoken=name))
        await hears(page, said("make-send", spoken=name, most=0).partition(" 0 ")[0])
        await say(page, entry)
        await hears(page, said("make-there", spoken=name, title=entry.partition("\n")[0]))
    await tap(page, label("button-live-entry"))
    await hears(page, said("make-live", entry="La baignade"))
    answers = {"fr": (bicycle, "fr parking"), "en": (swim, "north beach"), "ar": ("السباحة", "الشاطئ الشمالي")}
    for language, (question, answer) in answers.items():
        await be(page, APPLICANTS[language])
        await say(page, question)
        await hears(page, answer)


SWIMMING = {
    "français": "La baignade\nOui, à la plage **nord**.",
    "arabe": "السباحة\nنعم، في **الشاطئ الشمالي**.",
    "anglais": "Swimming\nYes, from the **north beach**.",
}


async def opens(page: Page, question: str) -> None:
    """The group of questions that nobody answered yet, that begins with this one."""
    await say(page, "/unanswered")
    listed = await hears(page, question)
    await listed.locator(".buttons").get_by_role("button", name=question).click()
    await hears(page, said("unanswered-group", count=1))


CODE = re.compile(r"^\d{6}$")
ANNOUNCED = {
    "fr": "Réunion demain à 10 h",
    "ar": "الاجتماع غدا في العاشرة",
    "en": "Meeting tomorrow at 10",
}


async def test_an_announcement_of_one_owner_is_confirmed_by_the_other_and_read_in_three_languages(page: Page) -> None:
    for who in (*APPLICANTS.values(), SECOND):
        await be(page, who)
        await say(page, "/start")
        await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    await be(page, FIRST)
    await asks_to_announce(page)
    await be(page, SECOND)
    for text in ANNOUNCED.values():
        await hears(page, text)
    await say(page, await page.locator(".message:not(.mine) b").filter(has_text=CODE).inner_text())
    await hears(page, said("broadcast-scheduled-now", number=1, seconds=30, at="").partition(",")[0])
    await be(page, APPLICANTS["fr"])
    await expect(page.get_by_role("button", name=label("button-menu"))).to_be_visible()
    await expect(page.locator("#log")).not_to_contain_text(ANNOUNCED["fr"])
    await page.click("[data-advance='3600']")
    for language, text in ANNOUNCED.items():
        await be(page, APPLICANTS[language])
        message = await hears(page, text)
        await expect(message.locator(".bubble b")).to_have_text(text.split()[1])
        await expect(message.locator(".bubble")).to_have_css("direction", "rtl" if language == "ar" else "ltr")
        await expect(message.locator(".buttons button")).to_have_text(label("broadcast-stop", language))
        await expect(page.locator(".message:not(.mine)")).to_have_count(2)
    await be(page, FIRST)
    await hears(page, sent_to_three())
    await be(page, SECOND)
    await say(page, "/audit")
    await expect(await hears(page, said("audit-title"))).to_contain_text(said("audit-act", act="confirm-broadcast"))


def sent_to_three() -> str:
    """The report as far as it tells to how many it came."""
    report = said(
        "broadcast-report",
        number=1,
        outcome=said("broadcast-is-done"),
        sent=3,
        unreachable=0,
        refused=0,
        unclear=0,
        unsent=0,
        begun="",
        ended="",
        rate="",
    )
    return "\n".join(report.splitlines()[:6])


async def asks_to_announce(page: Page) -> None:
    """Write the announcement in each language, look at it, and ask for its confirmation."""
    await say(page, "/broadcast")
    for language, text in ANNOUNCED.items():
        await hears(page, said("broadcast-write", name=SPOKEN[language]))
        first, word, rest = text.split(maxsplit=2)
        await say(page, f"{first} **{word}** {rest}")
        await hears(page, text)
    await tap(page, label("button-broadcast-audience"))
    everybody = label("broadcast-to-all", what="")
    await tap(page, everybody)
    panel = page.locator(".message").last
    await expect(panel).to_contain_text(said("broadcast-audience", audience=everybody, people=3, time="").strip())
    await panel.get_by_role("button", name=label("button-broadcast-ask")).click()
    await hears(page, said("broadcast-asked"))
