"""The office looks at what was asked: /stats, the tables, the weekly digest, the report when the call has closed."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from PIL import Image

from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from tests.journeys.owning import read
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    from_bot,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
    signed_up,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


OWNER, STAFF, FIRST_ID = 900001, 900003, 77700001
FR, AR = ReplyLanguage.FR, ReplyLanguage.AR
PEOPLE = {
    "Nadia": ("fr", "quel est le montant de l'aide ?"),
    "Karim": ("ar", "ما هو آخر أجل لإيداع الملفات؟"),
    "Alice": ("en", "how do I repair my bicycle on a sunday"),
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF})})


@pytest.fixture
async def office(bot: Sandbox) -> tuple[Person, Person]:
    """An owner who reads French, a member of staff who reads Arabic, and three people who asked something each."""
    for number, (name, (language, question)) in enumerate(PEOPLE.items(), FIRST_ID):
        await says_and_hears(bot.person(name, user_id=number, language_code=language), question)
    owner, staff = bot.person("Owner", user_id=OWNER), bot.person("Staff", user_id=STAFF, language_code="ar")
    await says_and_hears(owner, "/start")
    await calls_back_and_hears(bot, staff, "language|ar|ar")
    return owner, staff


def file_of(bot: Sandbox, person: Person, message: Shown) -> tuple[str, bytes]:
    """What came with a message: its name and content."""
    raw: Any = bot.world.chats[person.id].messages[message.message_id]
    return bot.world.files[raw["photo"][-1]["file_id"] if "photo" in raw else raw["document"]["file_id"]]


def say(language: ReplyLanguage, key: str, **values: str | int) -> str:
    return Texts().plain(language, key, **values)


async def test_stats_are_a_picture_and_the_same_numbers_as_text(
    bot: Sandbox, office: tuple[Person, Person], call: Call
) -> None:
    owner, staff = office
    shown = await says_and_hears(owner, "/stats")
    name, content = file_of(bot, owner, shown)
    assert (name, Image.open(io.BytesIO(content)).format) == ("2025-07-20.png", "PNG")
    french = {"questions": 3, "answered": 2, "suggested": 0, "silent": 1, "human": 0}
    assert say(FR, "insight-questions-line", **french) in shown.text
    assert say(FR, "insight-people", people=3, new=3, unreachable=0, muted=0) in shown.text
    assert f"{call.entries['amount'].questions[FR]} (1)" in shown.text.splitlines()[-1]
    arabic = await says_and_hears(staff, "/stats 7")
    assert say(AR, "insight-questions-line", **french) in arabic.text
    assert f"{call.entries['amount'].questions[AR]} (1)" in read(arabic.text).splitlines()[-1]
    assert file_of(bot, staff, arabic)[1] != content
    week = await presses_and_hears(owner, say(FR, "insight-button-days", days=7))
    assert file_of(bot, owner, week)[1] != content


async def test_the_tables_and_the_report_hold_the_same_numbers_and_nobody(
    bot: Sandbox, office: tuple[Person, Person], call: Call
) -> None:
    owner, staff = office
    shown = await says_and_hears(owner, "/stats all")
    workbook = file_of(bot, owner, await presses_and_hears(owner, say(FR, "insight-button-xlsx")))
    listed = file_of(bot, staff, await calls_back_and_hears(bot, staff, "export|csv.all|fr"))
    assert (workbook[0][-5:], listed[0][-4:]) == (".xlsx", ".csv")
    book = openpyxl.load_workbook(io.BytesIO(workbook[1]))
    cells = [tuple(str(cell) for cell in row) for sheet in book for row in sheet.iter_rows(values_only=True)]
    amount, silent = call.entries["amount"].questions[FR], say(FR, "insight-outcome", outcome="silent")
    assert ("2025-07-20 00:00:00", "français", say(FR, "insight-outcome", outcome="answered"), "1") in cells
    assert (say(FR, "insight-answer-kind", kind="not-stated"), amount, "1") in cells
    assert ("2025-07-20 00:00:00", "anglais", silent, "1") in cells
    assert listed[1].startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(listed[1].decode("utf-8-sig")), delimiter=";"))
    assert [
        say(FR, "insight-sheet-days"),
        "2025-07-20",
        "",
        "anglais",
        "",
        silent,
        "",
        say(FR, "insight-column-number"),
        "1",
    ] in lines
    report = await calls_back_and_hears(bot, staff, "report||fr")
    figures = await staff.hears()
    assert report.text.rstrip().endswith(f"• {amount} : 1")
    everything = [shown.text, report.text, figures.text, figures.html, workbook[0], listed[0], str(cells), str(lines)]
    for secret in (*PEOPLE, *map(str, range(FIRST_ID, FIRST_ID + len(PEOPLE))), str(OWNER), str(STAFF), "Owner"):
        assert not [text for text in everything if secret in text]


async def test_only_the_office_sees_them(bot: Sandbox, office: tuple[Person, Person]) -> None:
    stranger = bot.person("Stranger")
    for answer in (
        await says_and_hears(stranger, "/stats"),
        await says_and_hears(stranger, "/report"),
        await calls_back_and_hears(bot, stranger, "export|xlsx.all|fr"),
    ):
        assert answer.text == say(FR, "staff-denied")
    owner, _ = office
    for forged in ("export|exe.7|fr", "export||fr"):
        assert (await calls_back_and_hears(bot, owner, forged)).text == say(FR, "stale-button")
    for asked in ("7x", "<b>90</b>"):
        answer = await says_and_hears(owner, f"/stats {asked}")
        assert (answer.text, answer.photo) == (say(FR, "insight-unknown", what=asked), None)
    assert (await calls_back_and_hears(bot, owner, "stats|99|fr")).text == say(FR, "insight-unknown", what="99")


def heard(person: Person, start: str) -> list[Shown]:
    return [message for message in from_bot(person) if read(message.text).startswith(start)]


async def time_goes_by(bot: Sandbox, settings: Settings, time: timedelta) -> None:
    """Move the clock, and wait until the last routine of that day was done."""
    bot.world.clock.advance(time)
    day = f"{bot.world.clock.now() + timedelta(hours=1):%Y-%m-%d}"
    done = "SELECT 1 FROM routines WHERE name = 'end' AND day = ?"
    await eventually(lambda: rows(settings.database, done, day))
    await settled(bot, settings.database)


async def test_each_monday_the_office_is_told_of_its_week_once(
    bot: Sandbox, office: tuple[Person, Person], settings: Settings
) -> None:
    owner, _ = office
    start = say(FR, "insight-week", since="", until="").partition("</b>")[0].removeprefix("<b>")
    await time_goes_by(bot, settings, timedelta(hours=23))
    digest = await owner.hears(lambda message: message.text.startswith(start))
    assert "14 juillet 2025" in digest.text
    assert "20 juillet 2025" in digest.text
    assert say(FR, "insight-questions-line", questions=3, answered=2, suggested=0, silent=1, human=0) in digest.text
    assert file_of(bot, owner, digest)[1].startswith(b"\x89PNG")
    assert rows(settings.database, "SELECT people, registered, arrived FROM daily") == [(3, 0, 3)], (
        "of the office nobody is counted"
    )
    await time_goes_by(bot, settings, timedelta(days=1))
    assert len(heard(owner, start)) == 1
    await time_goes_by(bot, settings, timedelta(days=6))
    assert heard(owner, say(FR, "insight-quiet-week", since="21 juillet 2025", until="27 juillet 2025"))


async def test_the_morning_after_the_deadline_the_office_gets_the_report_once(
    bot: Sandbox, office: tuple[Person, Person], call: Call, settings: Settings
) -> None:
    owner, _ = office
    start = f"Rapport : {call.title[FR]}"
    applicant = await signed_up(bot)
    await time_goes_by(bot, settings, timedelta(days=3, hours=5))
    await applicant.hears(lambda message: message.text.startswith("Rappel"))
    await time_goes_by(bot, settings, timedelta(days=1, hours=4))
    assert not heard(owner, start), "the evening of the deadline"
    await time_goes_by(bot, settings, timedelta(hours=13, minutes=31))
    report = await owner.hears(lambda message: message.text.startswith(start))
    figures = await owner.hears()
    assert "est clos" in report.text
    assert say(FR, "insight-registrations", registered=1, next=0) in report.text
    sent = say(FR, "report-sent", reminders=1, broadcasts=0, staff=0, unreachable=0)
    assert sent in report.text
    assert file_of(bot, owner, figures)[0] == "guichet-2025-07-25.xlsx"
    await time_goes_by(bot, settings, timedelta(days=1))
    assert len(heard(owner, start)) == 1
