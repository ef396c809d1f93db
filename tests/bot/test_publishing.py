"""What may become public and how, who asked the same, and who is to hear of a correction."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Message
from bot.publishing import bulletin, publishing
from bot.publishing.publishing import LONGEST_ANSWER, LONGEST_QUESTION, Wording
from bot.store import Store, all_of, audiences, erasing, given, people, publication_drafts, publications, waiting
from bot.store.database import Database
from bot.store.errata import Erratum
from bot.store.publication_drafts import Draft, OvertakenError
from bot.store.publications import Publication
from bot.texts import Texts
from faq import Call, answering, load
from faq.languages import ReplyLanguage
from faq.lessons import Lesson, LessonKind, taught
from faq.markup import Html, escape, utf16_length
from tests.conftest import NO_OFFICE, OPEN, TINY

FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN
BY, CHAT, OTHER = 900001, 5001, 5002


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    store = Store(tmp_path / "g.db")
    store.open()
    yield store
    store.close()


def draft(**changes: object) -> Draft:
    plain = Draft(id=1, language=FR, questions={FR: "Q ?"}, answers={FR: Html("A.")}, waived=frozenset({AR, EN}))
    return replace(plain, **changes)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("peut-on louer le gîte en hiver", True),
        ("Peut-on LOUER le gite en hiver ???", True),
        ("peut-on louer le gîte en hiver svp", True),
        ("peut-on louer un gîte en été", False),
        ("", False),
    ],
)
def test_questions_are_the_same_where_nearly_all_words_are(asked: str, same: bool) -> None:  # noqa: FBT001
    is_same = publishing.same_as(["Peut-on louer le gîte en hiver ?"])
    assert is_same(publishing.normalised(asked)) is same


def test_a_question_without_words_is_the_same_as_none() -> None:
    assert not publishing.same_as(["???", ""])(publishing.normalised("..."))


@pytest.mark.parametrize("text", ["a" * LONGEST_QUESTION + "a", "&" * (LONGEST_QUESTION // 5 + 1), "😀" * 151, "   "])
def test_a_question_that_is_too_long_as_markup_has_to_be_worded(text: str) -> None:
    assert publishing.clean_question(text) == ""


def test_braces_that_are_no_fact_stay_braces_and_a_fact_follows_its_change(call: Call) -> None:
    kept = publishing.clean_answer(Html("{deadline} {nonsense} { {}"), call, language=FR, now=OPEN)
    shown = answering.fill(kept, call, language=FR, now=OPEN)
    assert publishing.plain(shown) == publishing.plain(answering.deadline_text(call, language=FR)) + " {nonsense} { {}"


def test_an_answer_that_is_too_long_once_its_facts_are_filled_in_is_refused(call: Call) -> None:
    text = Html("{history}" * (LONGEST_ANSWER // 40))
    assert publishing.clean_answer(text, call, language=FR, now=OPEN) == ""
    assert publishing.clean_answer(Html("<tg-spoiler>A</tg-spoiler>"), call, language=FR, now=OPEN) == "A"


@pytest.mark.parametrize("text", ["plain " * 200, "&<>" * 200, "😀" * 200, "short"])
def test_what_is_cut_fits_as_markup_and_says_so(text: str) -> None:
    cut = publishing.cut(text, 60)
    assert utf16_length(escape(cut)) <= 60
    assert cut == text or cut.endswith("…")


def test_the_longest_publication_and_its_erratum_fit_into_one_message(call: Call) -> None:
    longest = draft(questions={FR: "&" * (LONGEST_QUESTION // 5)}, answers={FR: Html("x" * LONGEST_ANSWER)})
    before = taught(call, Wording(Texts(), call).lessons(1, longest, published_at=OPEN))
    wording = Wording(Texts(), before)
    changed = replace(longest, answers={FR: Html("y" * LONGEST_ANSWER)})
    after = taught(before, wording.lessons(1, changed, published_at=OPEN))
    said = dict(before.entries["qa-1"].answers)
    erratum = Erratum(id=1, entry="qa-1", before=said, at=OPEN)
    for language in call.languages:
        assert utf16_length(Wording(Texts(), after).erratum(erratum, language, now=OPEN)) < 3900


def test_a_publication_is_an_entry_and_a_correction_of_it_changes_only_what_is_another(call: Call) -> None:
    made = Wording(Texts(), call).lessons(1, draft(), published_at=OPEN)
    assert [lesson.kind for lesson in made] == [LessonKind.ENTRY]
    before = taught(call, made)
    assert Wording(Texts(), before).lessons(1, draft(), published_at=OPEN) == []
    put_right = Wording(Texts(), before).lessons(1, draft(answers={FR: Html("B.")}), published_at=OPEN)
    assert [(lesson.kind, lesson.language) for lesson in put_right] == [
        (LessonKind.ANSWER, one) for one in (FR, AR, EN)
    ]
    after = taught(before, put_right)
    assert all("B." in text for text in after.entries["qa-1"].answers.values()), "readers of other languages too"
    assert publishing.changed(before, after, "qa-1", now=OPEN) == (FR, AR, EN)
    assert len(publishing.replaced(before, after, "qa-1")) == 2, "readers of Arabic and English saw the same"


def test_who_was_given_another_text_is_the_audience_and_a_fact_that_changes_makes_none(call: Call) -> None:
    assert publishing.replaced(call, call.amended([]), "deadline") == {}
    lesson = Lesson(kind=LessonKind.CLOSED, entry="deadline", language=FR, text="Clos.")
    after = taught(call, [lesson])
    assert publishing.changed(call, after, "deadline", now=OPEN) == ()
    assert publishing.changed(call, after, "deadline", now=datetime(2026, 1, 1, tzinfo=UTC)) == (FR,)


def test_the_hour_from_which_no_questions_are_taken() -> None:
    call = replace(load(TINY), questions_until=OPEN)
    assert publishing.takes_questions(call, OPEN - timedelta(seconds=1))
    assert not publishing.takes_questions(call, OPEN)
    assert publishing.takes_questions(load(TINY), OPEN)


def test_a_lacking_version_is_the_calls_first_one_everywhere_with_its_facts_in_its_own_language(call: Call) -> None:
    made = draft(language=AR, questions={AR: "Q ar ?", FR: "Q fr ?"}, answers={AR: Html("ar"), FR: Html("{deadline}")})
    after = taught(call, Wording(Texts(), call).lessons(1, made, published_at=OPEN))
    public = Publication(number=1, language=AR, questions=made.questions, answers=made.answers, published_at=OPEN)
    french = answering.deadline_text(call, language=FR)
    listed = Wording(Texts(), after).read(public, EN, now=OPEN)
    for said in (listed, answering.answer(after, "qa-1", language=EN, now=OPEN).text):
        assert answering.in_language(FR) in said
        assert french in said
    assert "Q fr ?" in listed
    assert after.entries["qa-1"].questions[EN] == "Q fr ?"


def test_a_correction_begins_with_what_is_served_and_not_with_what_was_published(call: Call) -> None:
    public = Publication(number=1, language=FR, questions={FR: "Q ?"}, answers={FR: Html("A.")}, published_at=OPEN)
    before = taught(call, Wording(Texts(), call).lessons(1, draft(), published_at=OPEN))
    assert Wording(Texts(), before).as_served(public) == public
    served = Wording(Texts(), before).answer(1, OPEN, FR, Html("Edited."))
    edits = [
        Lesson(kind=LessonKind.ANSWER, entry="qa-1", language=FR, text=served),
        Lesson(kind=LessonKind.QUESTION, entry="qa-1", language=FR, text="Q, edited ?"),
    ]
    now = Wording(Texts(), taught(before, edits)).as_served(public)
    assert (now.questions, now.answers) == ({FR: "Q, edited ?"}, {FR: "Edited."})


def test_the_corrected_words_of_a_question_are_known_also_behind_what_a_title_shows(call: Call) -> None:
    long = "Est-ce que " + "le toit du grand " * 4 + "gîte"
    public = Publication(
        number=1, language=FR, questions={FR: f"{long} A ?"}, answers={FR: Html("A.")}, published_at=OPEN
    )
    before = taught(call, Wording(Texts(), call).lessons(1, draft(questions=public.questions), published_at=OPEN))
    corrected = draft(questions={FR: f"{long} B ?"})
    made = Wording(Texts(), before).lessons(1, corrected, published_at=OPEN, was=public)
    assert [one.kind for one in made] == [LessonKind.QUESTION, LessonKind.PHRASINGS]
    known = [one.text for one in taught(before, made).entries["qa-1"].phrasings]
    assert known == [f"{long} A ?", f"{long} B ?"]


@pytest.mark.parametrize("left", ["{time_left}", "{status}"])
def test_what_is_sent_days_after_it_was_written_says_nothing_of_the_time_left(call: Call, left: str) -> None:
    answer = Html(f"Avant le {{deadline}}.\n{left} Et après, non.")
    public = Publication(number=1, language=FR, questions={FR: "Q ?"}, answers={FR: answer}, published_at=OPEN)
    after = taught(call, Wording(Texts(), call).lessons(1, draft(answers={FR: answer}), published_at=OPEN))
    erratum = Erratum(id=1, entry="qa-1", before={FR: "A."}, at=OPEN)
    written = [
        bulletin.one(Texts(), after, public, now=OPEN)[FR].text,
        bulletin.several(Texts(), after, [public], now=OPEN)[FR].text,
        Wording(Texts(), after).erratum(erratum, FR, now=OPEN),
    ]
    holds = f"Avant le {answering.deadline_text(call, language=FR)}.\nEt après, non."
    assert all(holds in text for text in written)
    assert answering.time_left_text(call, language=FR, now=OPEN) in Wording(Texts(), after).read(public, FR, now=OPEN)


def test_an_answer_of_the_time_left_alone_is_sent_as_the_deadline_and_after_it_as_it_is(call: Call) -> None:
    assert call.deadline is not None
    assert publishing.lasting("{time_left}", call, now=OPEN) == "{deadline}"
    assert publishing.lasting("{status} Fin.", call, now=call.deadline.instant) == "{status} Fin."


def test_what_people_were_told_is_not_quoted_with_a_date_that_moved_since(call: Call) -> None:
    link = next(iter(call.links))
    said = f"Avant le {{deadline}}. {{time_left}} {{history}} {{links.gone}} Voyez {{links.{link}}}."
    quoted = publishing.quotable(said, call)
    assert quoted == f"Avant le …. … … … Voyez {{links.{link}}}."
    erratum = Erratum(id=1, entry="amount", before={FR: said}, at=OPEN)
    told = Wording(Texts(), call).erratum(erratum, FR, now=OPEN)
    assert answering.deadline_text(call, language=FR) not in told
    assert publishing.plain(answering.fill(quoted, call, language=FR, now=OPEN)) in told


async def test_of_two_who_publish_the_same_draft_or_number_one_is_too_late(store: Store) -> None:
    for number in (1, 2):
        await store.write(publication_drafts.begin("c", draft(id=number), by=BY, now=OPEN))
    await store.write(publications.publish("c", draft(), 1, by=BY, now=OPEN))
    with pytest.raises(OvertakenError):
        await store.write(publications.publish("c", draft(), 2, by=BY, now=OPEN))
    with pytest.raises(OvertakenError):
        await store.write(publications.publish("c", draft(id=2), 1, by=BY, now=OPEN))
    assert await store.read(lambda db: publications.count(db, "c")) == 1
    still = await store.read(lambda db: publication_drafts.of(db, "c", 2))
    assert still is not None
    assert still.questions == {FR: "Q ?"}, "what failed is undone"


async def test_who_was_given_an_answer_otherwise_is_found_also_where_a_broadcast_gave_it(
    store: Store, call: Call
) -> None:
    def copies(db: Database) -> None:
        for chat, state, attempts in (
            (7001, "sent", 1),
            (7002, "held", 1),
            (7003, "cancelled", 0),
            (7004, "cancelled", 1),
        ):
            db.execute(
                "INSERT INTO sendings (call, chat_id, kind, priority, state, step, language, planned_at, not_before, "
                "attempts) VALUES (?, ?, 'broadcast', 2, ?, 'broadcast:4', 'fr', '', '', ?)",
                (call.id, chat, state, attempts),
            )
        db.execute("INSERT INTO announced VALUES (?, 'amount', 4, 'fr', 'old', 0, NULL)", (call.id,))

    await store.write(
        all_of(
            [
                given.give(call.id, CHAT, {"amount": "old", "other": "old"}, FR, now=OPEN),
                given.give(call.id, CHAT, {"amount": "new"}, FR, now=OPEN),
                given.give(call.id, OTHER, {"amount": "new"}, AR, now=OPEN),
                copies,
            ]
        )
    )
    name = given.audience("amount", ["new"], [FR])
    found = await store.read(
        lambda db: audiences.page(db, call, name, NO_OFFICE, after=audiences.START, step="x", most=9)
    )
    assert [one.chat_id for one in found] == [CHAT, 7001, 7002, 7004], "whoever may have read it"
    await store.write(given.is_now(call.id, "amount", {"old": "new"}, ["new"]))
    assert await store.read(lambda db: audiences.count(db, call, name, NO_OFFICE)) == 3, "the broadcast stays as it was"


async def test_of_whom_nothing_was_heard_for_long_it_is_forgotten_what_they_were_given(store: Store) -> None:
    later = OPEN + timedelta(days=40)
    await store.write(given.give("c", CHAT, {"a": "1"}, FR, now=OPEN))
    await store.write(given.give("c", OTHER, {"a": "1"}, FR, now=later))
    await store.write(waiting.wait("c", CHAT, "words", FR, now=OPEN))
    expire = erasing.expire("c", with_deadline=True, next_edition_before=OPEN, chosen_before=later - timedelta(days=30))
    assert await store.write(expire) == 2
    assert await store.read(lambda db: db.execute("SELECT chat_id FROM given").fetchall()) == [(OTHER,)]


async def test_nobody_waits_for_more_than_twenty_questions(store: Store) -> None:
    for number in range(25):
        await store.write(waiting.wait("c", CHAT, f"w{number}", FR, now=OPEN + timedelta(minutes=number)))
    kept = await store.read(lambda db: db.execute("SELECT words FROM waiting ORDER BY at").fetchall())
    assert [words for (words,) in kept] == [f"w{number}" for number in range(5, 25)]


def told(step: str = "public:1") -> waiting.Told:
    texts = {FR: "Voici.", AR: "هذا.", EN: "Here."}
    return waiting.Told(
        entry="qa-1",
        messages={one: Message(Html(text)) for one, text in texts.items()},
        editions={FR: "f", AR: "a", EN: "e"},
        step=step,
        author=BY,
    )


async def test_who_waits_is_told_once_in_the_language_they_chose_else_spoke_last_else_asked_in(store: Store) -> None:
    chose, spoke, asked = 6001, 6002, 6003
    await store.write(people.seen(chose, FR, now=OPEN))
    await store.write(people.choose_language("c", chose, AR, now=OPEN))
    await store.write(people.seen(spoke, EN, now=OPEN))
    chats = {chose: FR, spoke: FR, asked: FR}
    for _ in range(2):
        await store.write(waiting.tell("c", chats, told(), now=OPEN))
    queued = await store.read(
        lambda db: db.execute("SELECT chat_id, language, payload FROM sendings ORDER BY 1").fetchall()
    )
    languages = {chose: AR, spoke: EN, asked: FR}
    assert [(chat, language, Message.from_json(text)) for chat, language, text in queued] == [
        (chat, language, told().messages[language]) for chat, language in languages.items()
    ]
    editions = await store.read(lambda db: db.execute("SELECT chat_id, edition FROM given ORDER BY 1").fetchall())
    assert editions == [(chose, "a"), (spoke, "e"), (asked, "f")], "of what they read, not of what they asked in"


async def test_twenty_thousand_who_wait_for_one_answer_take_no_statement_each(store: Store) -> None:
    chats = dict.fromkeys(range(1000, 1500), FR)
    is_same = publishing.same_as(["un gîte en hiver"])
    for chat in (*chats, CHAT):
        await store.write(waiting.wait("c", chat, "un gite en hiver" if chat in chats else "autre chose", FR, now=OPEN))
    found = await store.read(lambda db: waiting.waiting(db, "c", is_same))
    assert found.chats == chats
    statements: list[str] = []

    def counted(db: Database) -> None:
        db.conn.set_trace_callback(statements.append)
        waiting.tell("c", found.chats, told(), now=OPEN)(db)
        waiting.waited("c", found.chats, found.words)(db)
        db.conn.set_trace_callback(None)

    await store.write(counted)
    assert len(statements) < 10
    kept = await store.read(lambda db: db.execute("SELECT chat_id FROM waiting").fetchall())
    assert kept == [(CHAT,)]
    assert await store.read(lambda db: db.execute("SELECT count(*) FROM sendings").fetchone()[0]) == len(chats)


async def test_what_is_still_on_its_way_says_what_is_public_when_it_is_sent(store: Store) -> None:
    old = {FR: Message(Html("Vous attendiez.\n\nAvant."))}
    await store.write(waiting.tell("c", {CHAT: FR, OTHER: FR}, replace(told(), messages=old), now=OPEN))
    await store.write(lambda db: db.execute("UPDATE sendings SET state = 'sent' WHERE chat_id = ?", (OTHER,)))
    new = replace(told(), editions={FR: "new"}, version=3)
    await store.write(waiting.reword("c", new, now=OPEN))
    queued = await store.read(lambda db: db.execute("SELECT payload, deadline_version FROM sendings").fetchall())
    read = [(Message.from_json(payload).text, version) for payload, version in queued]
    assert read == [("Vous attendiez.\n\nVoici.", 3), ("Vous attendiez.\n\nAvant.", None)]
    kept = await store.read(lambda db: db.execute("SELECT chat_id, edition FROM given ORDER BY 1, 2").fetchall())
    assert kept == [(CHAT, "f"), (CHAT, "new"), (OTHER, "f")]


_LONG = "Oui, voici le détail. " * 30


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{_LONG}Le plafond est de 10 000 DH.", f"{_LONG}Le plafond est de 100 000 DH."),
        (
            '<a href="https://old.example.org/">ici</a>',
            '<a href="https://new.example.org/">ici</a>',
        ),
    ],
    ids=["far down", "in a link"],
)
def test_a_correction_is_one_wherever_it_stands(call: Call, before: str, after: str) -> None:
    entry = next(iter(call.entries))
    said = [
        publishing.every_text(
            taught(call, [Lesson(kind=LessonKind.ANSWER, entry=entry, language=FR, text=text)]), entry
        ).values()
        for text in (before, after)
    ]
    assert before not in said[1]
    assert after not in said[0]
