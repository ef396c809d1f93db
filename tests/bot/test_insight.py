"""What is counted, and how it is drawn, said and tabled."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from bidi import get_display  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image, ImageOps

from bot.insight import chart, tables
from bot.insight.drawing import Canvas
from bot.insight.report import report
from bot.insight.words import Words, caption, picture
from bot.messages import Message
from bot.rules.counts import QUESTIONS, Count, Insight, Levels, Outcome, Period, Unheard, masked
from bot.rules.outbox import Kind, Sent
from bot.rules.plan import Purpose
from bot.store import Store, all_of, claiming, counting, erasing, insight, people, registrations, sendings
from bot.store.database import Database
from bot.store.instants import stored
from bot.texts import Texts
from faq import Call
from faq.languages import Language, ReplyLanguage
from faq.markup import Html, utf16_length
from tests.conftest import NO_OFFICE
from tests.journeys.owning import read

NOW = datetime(2025, 7, 20, 9, 30, tzinfo=UTC)
TODAY, DAY = date(2025, 7, 20), timedelta(days=1)
THIS_WEEK = Period.of_days(7, TODAY)
HOSTILE = ('=HYPERLINK("http://evil")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\u202e=1", "＝1+1")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    store = Store(tmp_path / "g.db")
    store.open()
    yield store
    await asyncio.to_thread(store.close)


async def seen(store: Store, call: Call, period: Period = THIS_WEEK, office: Collection[int] = ()) -> Insight:
    return await store.read(lambda db: insight.of(db, call, period, office))


async def test_a_question_is_counted_on_its_legal_day_and_hour(store: Store, call: Call) -> None:
    at_midnight = datetime(2025, 7, 19, 23, 30, tzinfo=UTC)
    await store.write(counting.asked(call, Outcome.ANSWERED, Language.ARY, "amount", now=at_midnight))
    await store.write(counting.asked(call, Outcome.ANSWERED, Language.ARY, "amount", now=NOW))
    found = await seen(store, call)
    assert found.counts == (Count(TODAY, "ary", Outcome.ANSWERED, "amount", 2),)
    assert found.hours == {0: 1, 10: 1}
    assert (found.questions, found.topics, found.languages) == (2, {"amount": 2}, {"ary": 2})


async def test_a_topic_that_was_chosen_is_no_question(store: Store, call: Call) -> None:
    await store.write(counting.asked(call, Outcome.SHOWN, Language.FR, "amount", now=NOW))
    found = await seen(store, call)
    assert (found.questions, found.topics, found.hours, found.days) == (0, {"amount": 1}, {}, {})


async def test_a_silence_that_is_passed_on_to_the_office_is_one_question(store: Store, call: Call) -> None:
    for language in (Language.EN, Language.ARY):
        await store.write(counting.asked(call, Outcome.SILENT, language, now=NOW))
    await store.write(counting.asked(call, Outcome.HUMAN, ReplyLanguage.AR, now=NOW, instead_of=Outcome.SILENT))
    found = await seen(store, call)
    assert {(one.language, one.outcome) for one in found.counts} == {("en", Outcome.SILENT), ("ary", Outcome.HUMAN)}
    assert found.questions == sum(found.hours.values()) == 2
    tomorrow = counting.asked(call, Outcome.HUMAN, ReplyLanguage.AR, now=NOW + DAY, instead_of=Outcome.SILENT)
    await store.write(tomorrow)
    assert (await seen(store, call, Period.of_days(7, TODAY + DAY))).questions == 3


async def test_people_and_sendings_are_counted_once_and_outlive_their_rows(store: Store, call: Call) -> None:
    for chat in (1, 2):
        await store.write(people.seen(chat, ReplyLanguage.FR, now=NOW - DAY))
        await store.write(registrations.register(call.id, chat, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=NOW))
        reply = Message(Html("Answer"))
        await store.write(
            sendings.plan_reply(call.id, chat, reply, ReplyLanguage.FR, now=NOW - DAY, kind=Kind.STAFF, step="answer")
        )
    claim = claiming.claim(call.id, now=NOW - DAY, most=2, busy=(), office=NO_OFFICE)
    for sending in (await store.write(claim)).sendings:
        await store.write(sendings.finish(sending, Sent(5), now=NOW - DAY))
    before = await seen(store, call)
    await store.write(counting.close_day(call, TODAY - DAY, ()))
    await store.write(counting.close_day(call, TODAY - DAY, ()))
    await store.write(people.seen(3, ReplyLanguage.AR, now=NOW))
    found = await seen(store, call)
    assert (before.new, before.sent) == (2, {("staff", "sent"): 2})
    assert (found.new, found.sent, found.levels) == (3, before.sent, Levels(people=3, registered=2))
    without = await seen(store, call, office={3})
    assert (without.new, without.levels.people) == (2, 2), "of the office none counts as an applicant"
    assert found.by_day == {TODAY - DAY: Levels(people=2, registered=2)}
    await store.write(all_of([erasing.erase(chat) for chat in (1, 2, 3)]))
    after = await seen(store, call)
    assert (after.new, after.sent, after.levels) == (2, before.sent, Levels())


async def test_a_day_before_the_first_of_them_came_counts_none_of_those_who_came_since(
    store: Store, call: Call
) -> None:
    await store.write(people.seen(1, ReplyLanguage.FR, now=NOW))
    await store.write(counting.close_day(call, TODAY - DAY, ()))
    assert (await seen(store, call)).by_day == {}
    await store.write(counting.close_day(call, TODAY, ()))
    assert (await seen(store, call)).by_day == {TODAY: Levels(people=1)}


async def test_alike_questions_that_nobody_answered_count_as_one(store: Store, call: Call) -> None:
    at, day = stored(NOW), TODAY.isoformat()
    rows = [
        ("Une coopérative ?", "fr", None, 7, "open"),
        ("wach cooperative", "ary-latn", None, 7, "taught"),
        ("écrivez à ali@example.org", "fr", None, None, "open"),
        ("combien ?", "fr", "amount", None, "open"),
        ("pizza", "fr", None, None, "dismissed"),
    ]

    def fill(db: Database) -> None:
        db.execute(
            "INSERT INTO unanswered_groups (id, call, lead, languages, count, newest_at, state) "
            "VALUES (7, ?, 'Une coopérative ?', '{}', 2, ?, 'open')",
            (call.id, at),
        )
        db.conn.executemany(
            "INSERT INTO unanswered (call, text, language, asked_at, day, outcome, offers, chosen, group_id, state) "
            "VALUES (?, ?, ?, ?, ?, 'none', '[]', ?, ?, ?)",
            [(call.id, text, language, at, day, *rest) for text, language, *rest in rows],
        )

    await store.write(fill)
    found = await seen(store, call)
    assert found.unheard == (Unheard("Une coopérative ?", 2, ("ary-latn", "fr")), Unheard("écrivez à …", 1, ("fr",)))
    assert (await seen(store, call, Period.of_days(7, TODAY - DAY))).unheard == ()


async def test_the_office_is_timed_by_its_first_answer_that_holds_and_arrived(store: Store, call: Call) -> None:
    def fill(db: Database) -> None:
        db.execute(
            "INSERT INTO questions (id, call, language, asked_at, state) VALUES (1, ?, 'fr', ?, 'answered')",
            (call.id, stored(NOW - timedelta(hours=2))),
        )
        db.conn.executemany(
            "INSERT INTO answers (call, question, by, at, place, message_id, state) VALUES (?, 1, 9, ?, 9, 9, ?)",
            [
                (call.id, stored(NOW - timedelta(minutes=119)), "taken-back"),
                (call.id, stored(NOW - timedelta(minutes=90)), "given"),
                (call.id, stored(NOW - timedelta(minutes=80)), "given"),
                (call.id, stored(NOW - timedelta(hours=1)), "given"),
                (call.id, stored(NOW), "given"),
            ],
        )

        ends = [("answer:2", "refused"), ("answer:3:7", "planned"), ("answer:4", "cancelled"), ("answer:4:8", "sent")]
        for step, state in ends:
            sendings.plan_reply(call.id, 5, Message(Html("x")), ReplyLanguage.FR, now=NOW, kind=Kind.STAFF, step=step)(
                db
            )
            db.execute("UPDATE sendings SET state = ? WHERE step = ?", (state, step))

    await store.write(fill)
    found = await seen(store, call)
    assert found.answer_times == (3600.0,)
    await store.write(erasing.erase(5))
    assert (await seen(store, call)).answer_times != (), "a question that was answered stays as a number"
    assert "1 heure" in report(Words(Texts(), call, ReplyLanguage.FR), found, now=NOW)


def test_what_points_at_a_person_is_masked() -> None:
    asked = "je suis @karim_b, karim@example.org\nou +212 6 12 34 56 78 : le montant en 2025 ?"
    assert masked(asked) == "je suis …, … ou … : le montant en 2025 ?"


def much() -> Insight:
    """Thirty days with everything in it, also what is hostile."""
    period = Period.of_days(30, TODAY)
    counts = [
        Count(period.since + n * DAY, language, outcome, "amount" if outcome is Outcome.ANSWERED else "", n + 1)
        for n in range(30)
        for language in Language
        for outcome in Outcome
    ]
    counts.append(Count(TODAY, "fr", Outcome.SHOWN, "deadline", 9))
    texts = (*HOSTILE, "<b>&amp;" * 200, "&" * 900, "&" * 800, "&" * 700, "لماذا؟ why?\n🙂")
    unheard = tuple(Unheard(masked(text), 2 + n) for n, text in enumerate(texts))
    return Insight(period=period, counts=tuple(counts), hours={10: 5}, levels=Levels(1_234_567, 1, 2, 3, 4),
                   by_day={TODAY - DAY: Levels(9, 9, 9, 9, 9)}, unheard=unheard,
                   sent={("reminder", "sent"): 3}, answer_times=(60.0, 7200.0, 90000.0))  # fmt: skip


@pytest.mark.parametrize("language", list(ReplyLanguage))
@pytest.mark.parametrize("filled", [True, False])
def test_everything_can_be_said_drawn_and_reported_within_telegrams_limits(
    call: Call, language: ReplyLanguage, *, filled: bool
) -> None:
    words, found = Words(Texts(), call, language), much() if filled else Insight(period=THIS_WEEK)
    assert utf16_length(caption(words, words.say("insight-head"), found)) <= 1024
    said = report(words, found, now=NOW)
    assert utf16_length(said) <= 4096
    assert "<b>&amp;" not in said
    drawn = chart.draw(picture(words, found))
    assert len(drawn) < 200_000
    assert Image.open(io.BytesIO(drawn)).size == (960, 1280)


def test_the_lines_say_what_the_picture_shows(call: Call) -> None:
    words, found = Words(Texts(), call, ReplyLanguage.EN), much()
    said, drawn = "\n".join(words.lines(found)), picture(words, found)
    assert [tile.shown for tile in drawn.tiles] == ["1,234,567", "3", "1", "9,300"]
    for shown in [tile.shown for tile in drawn.tiles] + [part.shown.split(" ")[0] for part in drawn.outcomes.bars]:
        assert shown in said
    assert drawn.topics.bars[0].label in said


def test_what_only_one_person_asked_is_in_no_picture(call: Call) -> None:
    found = Insight(period=THIS_WEEK, unheard=(Unheard("a tale of mine", 1), Unheard("boats?", 2)))
    words = Words(Texts(), call, ReplyLanguage.EN)
    assert [read(part.label) for part in picture(words, found).silences.bars] == ["“boats?”"]


@pytest.mark.parametrize("outcome", [Outcome.SILENT, Outcome.HUMAN])
def test_the_report_does_not_say_that_all_is_in_the_text_where_a_question_stayed_open(
    call: Call, outcome: Outcome
) -> None:
    words = Words(Texts(), call, ReplyLanguage.EN)
    nothing, rare = words.say("report-next-none"), words.say("report-next-rare")
    answered = Insight(period=THIS_WEEK, counts=(Count(TODAY, "en", Outcome.ANSWERED, "deadline", 1),))
    assert nothing in report(words, answered, now=NOW)
    once = Insight(period=THIS_WEEK, counts=(Count(TODAY, "en", outcome, "", 1),))
    assert nothing not in report(words, once, now=NOW)
    assert rare in report(words, once, now=NOW)


def test_an_entry_that_is_gone_is_named_nowhere_and_a_cut_quotation_keeps_its_end(call: Call) -> None:
    asked = (Count(TODAY, "en", Outcome.ANSWERED, "qa-1", 9),)
    found = Insight(period=THIS_WEEK, counts=asked, unheard=(Unheard("boats " * 20, 2),))
    words = Words(Texts(), call, ReplyLanguage.EN)
    said = read("\n".join([*words.lines(found), report(words, found, now=NOW)]))
    assert "qa-1" not in said
    assert not picture(words, found).topics.bars
    assert said.count("…”") == 2, "in the lines and in the report"
    assert read(picture(words, found).silences.bars[0].label).endswith("…”")


_WHY = "لماذا؟"


@pytest.mark.parametrize(
    ("language", "asked", "in_line", "in_report"),
    [
        ("ar", "why not?", ")7( «why not?»", "7 :«why not?»"),
        ("fr", _WHY, f"« {_WHY[::-1]} » (7)", f"« {_WHY[::-1]} » : 7"),
        ("en", _WHY, f"“{_WHY[::-1]}” (7)", f"“{_WHY[::-1]}”: 7"),
    ],
)
def test_a_quotation_in_another_language_turns_neither_its_marks_nor_its_number(
    call: Call, language: str, asked: str, in_line: str, in_report: str
) -> None:
    """In the order of the eye, as the Unicode algorithm lays it out for a reader (signs are not mirrored here)."""
    words = Words(Texts(), call, ReplyLanguage(language))
    found = Insight(period=THIS_WEEK, unheard=(Unheard(asked, 7), Unheard("متى", 5)))
    base = "R" if language == "ar" else "L"

    def laid_out(text: str) -> str:
        return read("\n".join(str(get_display(line, base_dir=base)) for line in text.splitlines()))

    assert in_line in laid_out(words.lines(found)[-1])
    assert in_report in laid_out(report(words, found, now=NOW))
    assert read(picture(words, found).silences.bars[0].label) == read(words.quote(asked))


def test_arabic_is_mirrored_and_its_letters_are_joined() -> None:
    pictures = [Canvas(100, 20, right_to_left=mirrored) for mirrored in (False, True)]
    for one in pictures:
        one.box(10, 5, 20, 10, "#0072b2")
    left, right = [Image.open(io.BytesIO(one.png())).convert("RGB") for one in pictures]
    assert ImageOps.mirror(right).tobytes() == left.tobytes()
    assert left.getpixel((15, 8)) != left.getpixel((84, 8))
    canvas = Canvas(400, 50, right_to_left=True)
    apart = sum(canvas.text(0, 0, letter, 25, "#000000") for letter in "سجل")
    assert canvas.text(0, 0, "سجل", 25, "#000000") < apart * 0.9


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_the_last_digit_of_a_large_number_is_drawn(call: Call, language: ReplyLanguage) -> None:
    words = Words(Texts(), call, language)
    empty = picture(words, Insight(period=THIS_WEEK))
    drawn = {
        chart.draw(replace(empty, tiles=(chart.Tile("", words.number(number)),) * 4)) for number in (1234567, 1234568)
    }
    assert len(drawn) == 2


def test_a_long_title_is_cut_to_its_room_and_never_overlaps() -> None:
    canvas = Canvas(400, 50, right_to_left=True)
    for text in ("طويل " * 60, "long " * 60, "\N{RIGHT-TO-LEFT OVERRIDE}" * 50 + "x" * 500):
        assert canvas.text(0, 0, text, 25, "#000000", room=200) <= 200


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_no_cell_of_a_table_is_a_formula(call: Call, language: ReplyLanguage) -> None:
    words, found = Words(Texts(), call, language), much()
    found = Insight(period=found.period, counts=found.counts, unheard=tuple(Unheard(text, 1) for text in HOSTILE))
    texts = [tables.harmless(text) for text in HOSTILE]
    assert all(text.startswith("'") for text in texts)
    listed = list(csv.reader(io.StringIO(tables.as_csv(words, found).decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in listed} == {len(listed[0])}
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(words, found, now=NOW)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    for text in [str(cell.value) for cell in cells] + [field for row in listed for field in row]:
        assert not text.startswith(("=", "+", "-", "@", "\t"))
    assert book.worksheets[0].sheet_view.rightToLeft == (language is ReplyLanguage.AR or None)


def test_the_workbook_holds_the_very_numbers(call: Call) -> None:
    words, found = Words(Texts(), call, ReplyLanguage.FR), much()
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(words, found, now=NOW)))
    days = list(book["Par jour"].iter_rows(min_row=2, values_only=True))
    assert len(days) == 30 * len(Language) * len(QUESTIONS)
    assert sum(int(str(row[-1])) for row in days) == found.questions
    assert days[0][0] == datetime(2025, 6, 21)  # noqa: DTZ001  a day of Excel
