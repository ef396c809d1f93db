"""The desk's rules, and what is kept of a question: for as long as is needed, and not after its asker is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk import asking, failing, moving, replying
from bot.desk.asking import Asked
from bot.desk.desk import Desk
from bot.desk.replying import Written
from bot.desk.words import Words, beginning, cleaned, is_too_long, quoted, talk_of
from bot.messages import File, Message
from bot.office import Office
from bot.rules.counts import Period
from bot.rules.outbox import Ambiguous, Kind, Outcome, Refused, Sent, Unreachable
from bot.rules.roles import Roles
from bot.store import (
    Store,
    all_of,
    answers,
    claiming,
    erasing,
    insight,
    people,
    posting,
    publications,
    questions,
    sendings,
)
from bot.store.answers import Answered
from bot.store.database import Database
from bot.store.posting import Letter
from bot.store.questions import Asker, Question, State, Talk
from bot.store.sendings import Sending
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html, utf16_length
from tests.conftest import OPEN

FR, EN = ReplyLanguage.FR, ReplyLanguage.EN
CHAT, OFFICE, ELSEWHERE, OWNER, STAFF = 0x0123_4567_89AB, -1009000001, -1009000002, 900001, 900010
TEXT, OTHER = "Ma grange compte-t-elle ?", "Puis-je déposer après la date ?"
ASKED = Asked(chat_id=CHAT, message_id=7, text=TEXT, language=FR)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    store = Store(tmp_path / "g.db")
    store.open()
    yield store
    await asyncio.to_thread(store.close)


@pytest.fixture
def desk(call: Call) -> Desk:
    office = Office(Roles.of({OWNER}, {STAFF}), OFFICE)
    return Desk(call=call, texts=Texts(), office=office, version=1, now=OPEN)


async def sent(store: Store, desk: Desk, outcome: Outcome | None = None) -> list[Sending]:
    """Take everything that waits, and record the same outcome for each; without one they are only taken."""
    claim = claiming.claim(desk.call.id, now=desk.now, most=99, busy=(), office=desk.office)
    taken = (await store.write(claim)).sendings
    for number, one in enumerate(taken if outcome else ()):
        told = Sent(100 + one.id, outcome.thread) if isinstance(outcome, Sent) else outcome
        assert told, number
        await store.write(all_of([sendings.finish(one, told, now=desk.now), failing.settle(desk, one.id, told)]))
    return list(taken)


async def said(store: Store, desk: Desk) -> str:
    """Everything that is sent from now on until nothing is left to say."""
    texts: list[str] = []
    while taken := await sent(store, desk, Sent(1)):
        texts += [one.message.text for one in taken if one.message]
    return "\n".join(texts)


async def answered(store: Store, desk: Desk, number: int = 1, text: str = "Oui") -> None:
    """A member of staff answers a question."""
    question = await store.read(lambda db: questions.of(db, desk.call.id, number))
    assert question is not None
    written = Written(
        question=question, shown=number, by=STAFF, text=Html(text), file=None, place=OFFICE, message_id=9, language=FR
    )
    await store.write(replying.answer(desk, written, lambda _: ()))


async def reworded(store: Store, desk: Desk, *, number: int = 1, again: int = 55) -> None:
    """The asker changes their question to another one."""
    question = await store.read(lambda db: questions.of(db, desk.call.id, number))
    assert question is not None
    await store.write(asking.edit(desk, question, OTHER, again=again))


async def answer(store: Store, desk: Desk, number: int) -> Answered:
    found = await store.read(lambda db: answers.of(db, desk.call.id, number))
    assert found is not None
    return found


async def taken_back(store: Store, desk: Desk, number: int = 1) -> None:
    given = await answer(store, desk, number)
    await store.write(replying.take_back(desk, given, STAFF, FR, pressed=77))


def state_of(db: Database, number: int = 1) -> State:
    return State(db.execute("SELECT state FROM questions WHERE id = ?", (number,)).fetchone()[0])


async def test_askers_are_numbered_without_gaps_however_much_they_write(store: Store) -> None:
    numbers = [
        await store.write(questions.turn_to("a call", chat, Talk.TALKING, now=OPEN)) for chat in (1, 1, 1, 2, 1, 2, 3)
    ]
    assert numbers == [1, 1, 1, 2, 1, 2, 3]


def test_a_cut_question_is_one_short_line_whatever_it_is_made_of() -> None:
    for text in ("a" * 4000, "&" * 4000, "\n".join(["x"] * 900), "\N{GRINNING FACE}" * 2000):
        assert utf16_length(beginning(text)) <= 151
        assert "\n" not in beginning(text)
    assert quoted("où ? <b>") == "\N{FIRST STRONG ISOLATE}où ? &lt;b&gt;\N{POP DIRECTIONAL ISOLATE}"


@pytest.mark.parametrize("language", list(ReplyLanguage))
@pytest.mark.parametrize("text", ["&" * 600, "\N{GRINNING FACE}" * 1500, "<" * 750, "x" * 3000])
def test_the_longest_question_fits_into_every_message_that_shows_it(
    call: Call, language: ReplyLanguage, text: str
) -> None:
    words = Words(call, Texts(), language)
    question = Question(
        id=10**9, asker=10**9, chat_id=CHAT, thread=None, follows=10**9, text=text, language=FR, asked_at=OPEN,
        message_id=1, edited=True, state=State.OPEN,
    )  # fmt: skip
    assert not is_too_long(text)
    assert "</blockquote>" in words.question(question, lead=words.say("desk-no-chat")).text
    file = File(name="x", file_id="x")
    assert words.answer(10**9, text, Html("x" * 600), file, corrected=True).file == file


def test_what_would_turn_the_words_around_it_is_taken_out() -> None:
    assert cleaned("\u202e\u2067a\u2069\u202c b\x00 ") == "a b"
    assert is_too_long("&" * 601)
    assert not is_too_long("é" * 3000)


@pytest.mark.parametrize(
    ("talk", "hours", "expected"),
    [
        (Talk.WRITING, 1, Talk.WRITING),
        (Talk.WRITING, 2, Talk.QUIET),
        (Talk.TALKING, 72, Talk.TALKING),
        (Talk.TALKING, 73, Talk.QUIET),
        (Talk.QUIET, 0, Talk.QUIET),
    ],
)
def test_words_are_for_the_office_for_a_while(talk: Talk, hours: int, expected: Talk) -> None:
    asker = Asker(id=1, thread=None, talk=talk, about=1, since=OPEN, told_at=OPEN)
    assert talk_of(asker, now=OPEN + timedelta(hours=hours)) is expected


def test_the_receipt_tells_the_hours_of_the_office_where_the_call_knows_them(tiny: Call) -> None:
    assert tiny.office_hours[EN] in Words(tiny, Texts(), EN).receipt(3)
    assert Texts().say(EN, "desk-hours-unknown") in Words(replace(tiny, office_hours={}), Texts(), EN).receipt(3)


async def test_questions_that_waited_for_a_topic_go_to_the_one_that_was_opened(store: Store, desk: Desk) -> None:
    await store.write(
        all_of([asking.ask(desk, ASKED), asking.ask(desk, replace(ASKED, text="Et ma ruche ?", message_id=8))])
    )
    await sent(store, desk, Sent(1, thread=55))
    shown = [one for one in await sent(store, desk) if one.chat_id == OFFICE]
    assert [one.message.thread for one in shown if one.message] == [55]


async def test_a_button_that_is_pressed_twice_asks_once(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await store.write(asking.ask(desk, ASKED))
    assert await store.read(lambda db: questions.count_waiting(db, desk.call.id)) == 1
    counted = await store.read(lambda db: db.execute("SELECT outcome, n FROM asked").fetchall())
    assert counted == [("human", 1)]


async def test_a_further_word_keeps_the_language_of_its_question_and_opens_it_again(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await answered(store, desk)
    asker = await store.read(lambda db: questions.asker(db, desk.call.id, CHAT))
    assert asker is not None
    await store.write(asking.pass_on(desk, asker, replace(ASKED, text="Et ma ruche ?", message_id=8, language=EN)))
    further = await store.read(lambda db: questions.of(db, desk.call.id, 2))
    assert further is not None
    assert (further.language, further.number) == (FR, 1)
    assert await store.read(state_of) is State.OPEN


@pytest.mark.parametrize(
    ("outcome", "why", "state"),
    [
        (Refused("no"), "desk-refused", State.OPEN),
        (Ambiguous("the line broke"), "desk-unclear", State.OPEN),
    ],
)
async def test_an_answer_that_failed_is_told_of_and_its_question_waits_again(
    store: Store, desk: Desk, outcome: Outcome, why: str, state: State
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await sent(store, desk, Sent(1))
    await answered(store, desk)
    assert await store.read(state_of) is State.ANSWERED
    await sent(store, desk, outcome)
    assert await store.read(state_of) is state
    assert Texts().say(FR, why) in await said(store, desk)


async def test_an_answer_under_way_at_a_crash_is_told_of_after_the_start(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await sent(store, desk, Sent(1))
    await answered(store, desk)
    await sent(store, desk)

    def start(db: Database) -> None:
        letters = posting.on_their_way(db, desk.call.id)
        claiming.interrupted(desk.call.id, now=desk.now)(db)
        failing.interrupted(desk, letters)(db)

    await store.write(start)
    (copy,) = await store.read(lambda db: posting.of(db, desk.call.id, Letter.ANSWER.step(1)))
    assert copy.state == "held", "it is not sent a second time"
    later = replace(desk, now=OPEN + timedelta(minutes=1))
    assert Texts().say(FR, "desk-unclear") in await said(store, later)


async def test_an_answer_that_is_just_on_its_way_is_not_said_to_be_taken_back(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    await sent(store, desk)
    await taken_back(store, desk)
    assert await store.read(state_of) is State.ANSWERED
    assert await store.read(lambda db: answers.answered(db, 1)) is not None


async def test_an_answer_that_still_waits_is_taken_back_before_anybody_reads_it(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    await taken_back(store, desk)
    assert "Oui" not in await said(store, desk)
    assert await store.read(state_of) is State.OPEN


async def test_an_answer_that_could_not_be_taken_back_counts_as_given(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    await said(store, desk)
    await taken_back(store, desk)
    await sent(store, desk, Refused("message can't be deleted for everyone"))
    assert Texts().say(FR, "desk-still-there", number=1) in await said(store, desk)
    assert await store.read(state_of) is State.ANSWERED


async def test_an_answer_of_somebody_who_lost_the_right_is_not_sent_and_its_question_waits(
    store: Store, desk: Desk
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    left = replace(desk, office=Office(Roles.of({OWNER}, ()), OFFICE))
    assert "Oui" not in await said(store, left)
    assert await store.read(state_of) is State.OPEN
    assert await store.read(lambda db: answers.answered(db, 1)) is None


async def test_of_two_answers_at_the_same_moment_one_goes_and_one_waits(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await asyncio.gather(answered(store, desk), answered(store, desk))
    given = await store.read(lambda db: [answers.of(db, desk.call.id, number) for number in (1, 2)])
    assert sorted(one.state for one in given if one) == [answers.State.DRAFT, answers.State.GIVEN]


async def test_a_question_that_a_former_staff_chat_did_not_take_comes_to_the_new_one(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    desk.office.chat_id = ELSEWHERE
    await sent(store, desk, Unreachable("the bot was removed"))
    assert [one.chat_id for one in await sent(store, desk)] == [ELSEWHERE]


async def test_what_waits_moves_to_the_new_staff_chat_and_nothing_more_goes_to_the_old(
    store: Store, desk: Desk
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await store.write(asking.ask(desk, replace(ASKED, text="Et ma ruche ?", message_id=8)))
    await reworded(store, desk)
    desk.office.chat_id = ELSEWHERE
    await store.write(lambda db: asking.move(desk, db, [OFFICE]))
    await reworded(store, desk, number=2, again=56)
    office = [one for _ in range(3) for one in await sent(store, desk, Sent(1)) if one.chat_id != CHAT]
    assert {one.chat_id for one in office} == {ELSEWHERE}
    assert [OTHER in one.message.text for one in office if one.message] == [True, True]


@pytest.mark.parametrize("is_late", [False, True])
async def test_after_a_move_to_a_supergroup_a_changed_question_comes_as_one_that_can_be_answered(
    store: Store, desk: Desk, *, is_late: bool
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    if is_late:
        await answered(store, desk)
        await said(store, desk)
    moves = [people.has_moved(OFFICE, ELSEWHERE), moving.follow(desk, OFFICE, ELSEWHERE)]
    await store.write(all_of(moves))
    await said(store, desk)
    await reworded(store, desk)
    (news,) = [one for one in await sent(store, desk, Sent(1)) if one.chat_id == ELSEWHERE]
    assert news.message
    assert OTHER in news.message.text
    assert await store.read(lambda db: posting.shown_by(db, desk.call.id, ELSEWHERE, 100 + news.id)) == 1


@pytest.mark.parametrize(("meanwhile", "expected"), [(OFFICE, ELSEWHERE), (-1009000003, -1009000003)])
async def test_a_move_that_is_recorded_holds_against_settings_that_were_read_meanwhile(
    store: Store, desk: Desk, meanwhile: int, expected: int
) -> None:
    move = moving.follow(desk, OFFICE, ELSEWHERE)
    desk.office.chat_id = meanwhile
    await store.write(move)
    assert desk.office.chat_id == expected


async def test_a_topic_of_a_former_staff_chat_is_nobodys(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await sent(store, desk)
    desk.office.chat_id = ELSEWHERE
    await store.write(lambda db: asking.move(desk, db, [OFFICE]))
    (late,) = await store.read(lambda db: db.execute("SELECT id FROM sendings WHERE chat_id = ?", (OFFICE,)).fetchall())
    await store.write(failing.settle(desk, late[0], Sent(1, thread=33)))
    question = await store.read(lambda db: questions.of(db, desk.call.id, 1))
    assert question
    assert question.thread is None


@pytest.mark.parametrize("outcome", [None, Refused("message can't be edited"), Ambiguous("the line broke")])
async def test_an_answer_that_crosses_a_change_of_its_question_waits_for_a_second_yes(
    store: Store, desk: Desk, outcome: Outcome | None
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await reworded(store, desk)
    await sent(store, desk, outcome)
    await answered(store, desk)
    draft = await answer(store, desk, 1)
    assert draft.state is answers.State.DRAFT
    told = await said(store, desk)
    assert Texts().say(FR, "desk-outdated", number=1) in told
    assert OTHER in told
    assert "Oui" not in told
    await store.write(replying.send_draft(desk, draft, FR, lambda _: (), pressed=None))
    assert await store.read(state_of) is State.ANSWERED


async def test_a_change_that_arrived_raises_no_doubt_though_an_earlier_one_did_not(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await reworded(store, desk)
    await sent(store, desk, Refused("message can't be edited"))
    await reworded(store, desk, again=56)
    await said(store, desk)
    await answered(store, desk)
    assert (await answer(store, desk, 1)).state is answers.State.GIVEN


async def test_an_answer_keeps_the_words_that_it_was_given_to_when_it_is_mended(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    await said(store, desk)
    await reworded(store, desk)
    await said(store, desk)
    given = await answer(store, desk, 1)
    assert (given.text, given.edited) == (TEXT, True)
    await store.write(replying.correct(desk, given, Html("Oui."), None, FR, again=77))
    told = await said(store, desk)
    assert TEXT in told
    assert OTHER not in told
    assert Texts().say(FR, "desk-still-waits") in told
    assert await store.read(state_of) is State.OPEN


async def test_a_draft_to_earlier_words_does_not_end_the_question_that_was_changed(store: Store, desk: Desk) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    for text in ("Oui", "Non"):
        await answered(store, desk, text=text)
        await said(store, desk)
    await reworded(store, desk)
    await said(store, desk)
    draft = await answer(store, desk, 2)
    await store.write(replying.send_draft(desk, draft, FR, lambda _: (), pressed=None))
    told = await said(store, desk)
    assert "Non" in told
    assert OTHER not in told
    assert Texts().say(FR, "desk-still-waits") in told
    assert await store.read(state_of) is State.OPEN


@pytest.mark.parametrize("is_refused", [False, True])
async def test_an_answer_to_earlier_words_does_not_stand_in_for_one_that_was_taken_back(
    store: Store, desk: Desk, *, is_refused: bool
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    await said(store, desk)
    await reworded(store, desk)
    await said(store, desk)
    await answered(store, desk, text="Non")
    await said(store, desk)
    assert await store.read(state_of) is State.ANSWERED
    await taken_back(store, desk, 2)
    assert await store.read(state_of) is State.OPEN
    await sent(store, desk, Refused("too late") if is_refused else Sent(1))
    assert await store.read(state_of) is (State.ANSWERED if is_refused else State.OPEN)


async def test_an_answer_from_before_a_further_word_does_not_stand_in_for_one_after_it(
    store: Store, desk: Desk
) -> None:
    later, latest = (replace(desk, now=OPEN + timedelta(minutes=minutes)) for minutes in (5, 10))
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await answered(store, desk)
    asker = await store.read(lambda db: questions.asker(db, desk.call.id, CHAT))
    assert asker is not None
    await store.write(asking.pass_on(later, asker, replace(ASKED, text="Et ma ruche ?", message_id=8)))
    await answered(store, latest, text="Non")
    await said(store, latest)
    await taken_back(store, latest, 2)
    assert await store.read(state_of) is State.OPEN


async def test_a_question_that_was_changed_before_its_answer_is_the_one_that_was_answered(
    store: Store, desk: Desk
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    await reworded(store, desk)
    await said(store, desk)
    await answered(store, desk)
    given = await answer(store, desk, 1)
    assert (given.text, given.edited) == (OTHER, False)
    assert await store.read(state_of) is State.ANSWERED


async def test_who_is_forgotten_leaves_no_word_behind_and_the_office_reads_none_that_waited(
    store: Store, desk: Desk, tmp_path: Path
) -> None:
    await store.write(asking.ask(desk, ASKED))
    await answered(store, desk)
    shown = await store.read(lambda db: erasing.everything_of(db, CHAT))
    assert {"askers", "questions", "answers"} <= set(shown)
    assert str(STAFF) not in str(shown), "nobody of the office is named to an applicant"
    await store.write(erasing.erase(CHAT))
    assert await store.read(lambda db: erasing.everything_of(db, CHAT)) == {}
    assert await store.read(lambda db: answers.answered(db, 1)) is None
    assert TEXT not in await said(store, desk)
    assert TEXT.encode() not in _on_disk(tmp_path)


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("g.db*") if path.is_file())


async def test_what_was_asked_expires_with_the_rest_but_not_what_was_asked_late(store: Store, desk: Desk) -> None:
    late = replace(desk, now=OPEN + timedelta(days=50))
    await store.write(asking.ask(desk, ASKED))
    await sent(store, desk, Sent(1))
    await store.write(asking.ask(late, replace(ASKED, chat_id=CHAT + 1)))
    expire = erasing.expire(
        desk.call.id, with_deadline=True, next_edition_before=OPEN, chosen_before=OPEN + timedelta(days=30)
    )
    await store.write(expire)
    left = await store.read(lambda db: db.execute("SELECT id FROM questions").fetchall())
    assert left == [(2,)]
    assert not await store.read(lambda db: posting.of(db, desk.call.id, Letter.QUESTION.step(1)))
    assert await store.read(lambda db: posting.of(db, desk.call.id, Letter.QUESTION.step(2)))


async def test_letters_are_found_by_an_index_however_many_there_are(store: Store, desk: Desk) -> None:
    def plan(db: Database) -> list[str]:
        asked: list[str] = []
        db.conn.set_trace_callback(asked.append)
        posting.shown_by(db, "c", 1, 2)
        posting.of(db, "c", "x")
        posting.withdraw(db, "c", "x")
        insight.of(db, desk.call, Period.of_days(7, OPEN.date()), ())
        db.conn.set_trace_callback(None)
        explained = [row for sql in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        return [row[3] for row in explained if "sendings_by" in row[3]]

    named = "SEARCH sendings USING INDEX sendings_by_name (call=? AND step>? AND step<?)"
    plans = await store.write(plan)
    assert plans == ["SEARCH sendings USING INDEX sendings_by_message (chat_id=? AND message_id=?)", *[named] * 3]


async def answered_by_what_is_public(store: Store, desk: Desk) -> None:
    """A question is asked, and marked as answered by a publication that is on its way."""
    await store.write(asking.ask(desk, ASKED))
    await said(store, desk)
    questions_answered = publications.answer_question(desk.call.id, 1)
    step = Letter.PUBLIC.step(1)
    public = sendings.plan_reply(
        desk.call.id, CHAT, Message(Html("Oui")), FR, now=desk.now, kind=Kind.STAFF, step=step, author=STAFF
    )
    await store.write(all_of([questions_answered, public]))


@pytest.mark.parametrize("outcome", [Refused("no"), Ambiguous("the connection broke")])
async def test_a_question_that_what_is_public_did_not_reach_waits_again_and_the_office_hears_of_it(
    store: Store, desk: Desk, outcome: Outcome
) -> None:
    await answered_by_what_is_public(store, desk)
    await sent(store, desk, outcome)
    assert await store.read(state_of) is State.OPEN
    assert desk.texts.say(FR, "desk-undelivered", number=1) in await said(store, desk)


async def test_a_question_waits_again_where_who_answered_it_by_what_is_public_lost_the_right(
    store: Store, desk: Desk
) -> None:
    await answered_by_what_is_public(store, desk)
    desk.office.roles = Roles.of({OWNER}, ())
    assert await sent(store, desk) == []
    assert await store.read(state_of) is State.OPEN
