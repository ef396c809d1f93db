"""The office accounts for itself: the record in words, its head and proof of notice each evening, rights at once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.commands import auditing
from bot.messages import Message
from bot.sandbox import Person, Sandbox, Shown
from bot.settings import Settings
from bot.store import Store, audit, chain, sendings
from bot.texts import Texts
from faq import Call, Matcher, answering
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import running
from tests.journeys.owning import NEW, OLD, moment, plain, read
from tests.journeys.watching import (
    eventually,
    from_bot,
    rows,
    says_and_hears,
    signed_up,
    time_passes,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


FIRST, SECOND, STAFF, DESK = 11, 12, 21, -1007
EVENING = timedelta(hours=7, minutes=32)
"""From the morning on which a test begins to just after 18:00 legal time."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    office = {"owner_ids": frozenset({FIRST}), "staff_ids": frozenset({STAFF}), "staff_chat_id": DESK}
    return settings.model_copy(update=office)


@pytest.fixture
def owner(sandbox: Sandbox) -> Person:
    return sandbox.person("Owner", user_id=FIRST, language_code="ar")


@pytest.fixture(autouse=True)
def desk(sandbox: Sandbox, owner: Person) -> Callable[[], list[str]]:
    """What the bot said in the staff chat."""
    sandbox.group("Desk", [owner], chat_id=DESK)
    return lambda: [read(message.text) for message in from_bot(owner, DESK)]


def sentence(key: str, language: str = "fr", **values: str | int) -> str:
    """A sentence of the bot as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


def is_said(key: str, language: str = "fr", **values: str | int) -> Callable[[Shown], bool]:
    """Whether a message holds a sentence."""
    return lambda message: sentence(key, language, **values) in read(message.text)


async def test_each_evening_the_office_gets_a_head_that_proves_what_went_to_whom(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    for language in ("fr", "ar", "en"):
        await signed_up(bot, language)
    await signed_up(bot, "ar")
    gone = await signed_up(bot, "fr")
    gone.user.blocked = True  # without a word to the bot
    await time_passes(bot, settings.database, timedelta(days=1, hours=5))
    await time_passes(bot, settings.database, EVENING - timedelta(hours=5))
    said = await owner.hears(lambda message: "Empreinte" in message.text, chat=DESK)
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM audit WHERE act = 'delivered'"))
    lines = rows(settings.database, "SELECT who, detail FROM audit WHERE act = 'delivered'")
    assert {who for who, _ in lines} == {0}
    proofs = {one["language"]: one for one in (json.loads(detail) for _, detail in lines)}
    counts = {spoken: (one["sent"], one["unreachable"], one["held"], one["refused"]) for spoken, one in proofs.items()}
    assert counts == {"fr": (1, 1, 0, 0), "ar": (2, 0, 0, 0), "en": (1, 0, 0, 0)}
    assert proofs["en"]["text"].startswith("Reminder")
    assert proofs["ar"]["sha256"] == hashlib.sha256(proofs["ar"]["text"].encode()).hexdigest()
    assert {one["step"] for one in proofs.values()} == {"3d"}
    head = auditing.read_head(said.html.rpartition("<code>")[2].partition("</code>")[0])
    assert auditing.verified(settings.database, head)[1]


Start = Callable[[], AbstractAsyncContextManager[Store]]


@pytest.fixture
def start(settings: Settings, call: Call, clock: MovableClock, matcher: Matcher) -> Start:
    return lambda: running(settings, call, clock, matcher)


async def test_a_restart_does_not_send_the_head_again_but_the_next_evening_does(
    sandbox: Sandbox, owner: Person, settings: Settings, start: Start
) -> None:
    def heads() -> int:
        return sum("Empreinte" in message.text for message in from_bot(owner, DESK))

    async with start():
        sandbox.world.clock.advance(EVENING)
        await owner.hears(lambda message: "Empreinte" in message.text, chat=DESK)
    async with start():
        await time_passes(sandbox, settings.database, timedelta(hours=2))
        assert heads() == 1
        sandbox.world.clock.advance(timedelta(hours=22))
        await owner.hears(lambda message: "Empreinte" in message.text, chat=DESK)
    assert heads() == 2


async def test_a_record_that_somebody_touched_is_told_to_the_office_the_same_evening(
    store: Store, sandbox: Sandbox, owner: Person, call: Call
) -> None:
    await store.write(audit.note(STAFF, "freeze", call=call.id, now=sandbox.world.clock.now()))
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("DROP TRIGGER audit_never_UPDATE")
        db.execute("UPDATE audit SET who = 99 WHERE id = 1")
        db.commit()
    sandbox.world.clock.advance(EVENING)
    await owner.hears(is_said("audit-touched", fault="line 1 was changed"), chat=DESK)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_an_owner_reads_the_last_lines_in_words_and_no_strangers_number(
    store: Store, sandbox: Sandbox, call: Call, language: str
) -> None:
    reader = sandbox.person("Owner", user_id=FIRST, language_code=language)
    now = sandbox.world.clock.now()
    await eventually(lambda: noted(store, "roles"))
    for number in range(12):
        hostile = {"pressed": "<b>" + "&" * 900} if number == 7 else {"number": number}
        await store.write(audit.note(FIRST, "freeze", call=call.id, now=now, **hostile))
    await says_and_hears(sandbox.person("<b>X", user_id=987654), "/unfreeze")
    told = read((await says_and_hears(reader, "/audit")).text)
    lines = told.splitlines()[2:12]
    head = await store.read(chain.head)
    assert [int(line.partition(".")[0]) for line in lines] == list(range(head.last, head.last - 10, -1))
    assert sentence("audit-stranger", language) in lines[0]
    assert sentence("did-refuse", language, why="staff-denied") in lines[0]
    assert sentence("audit-act", language, act="freeze") in lines[1]
    assert "987654" not in told
    assert f"{head.last}:{head.hash}" in told


HOSTILE = "\u202e<b>&amp;</b>\n" + "}" * 900
ACTS: list[tuple[str, dict[str, Any]]] = [
    ("change-deadline", {"was": OLD.replace(tzinfo=None), "is_now": None, "version": 2}),
    ("change-deadline", {"proposed": NEW, "source": "x"}),
    ("broadcast", {"broadcast": 3, "did": "text", "language": "ar", "before": None, "after": HOSTILE}),
    ("broadcast", {"broadcast": 3, "did": "edited", "before": {"audience": "all"}, "after": {"audience": HOSTILE}}),
    ("confirm-broadcast", {"broadcast": 3, "audience": "all", "starts_at": OLD, "how": "new", "corrects": None}),
    ("answer", {"question": 4, "answer": 1, "was": "open", "is_now": "taken back", "text": "0a1b"}),
    ("teach", {"taught": "amount", "kind": "answer", "before": HOSTILE, "after": '{"text": "<i>vu</i>"}'}),
    ("teach", {"taught": "amount", "kind": "answer", "before": "", "after": "not JSON"}),
    ("publish", {"corrected": 2, "before": {"fr": "a"}, "after": {"fr": HOSTILE, "ar": HOSTILE, "en": HOSTILE}}),
    ("delivered", {"step": "3d", "language": "fr", "sent": 5, "unreachable": 1, "text": HOSTILE, "sha256": "0a"}),
]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_the_commonest_acts_are_told_before_and_after_in_the_readers_words(
    store: Store, sandbox: Sandbox, call: Call, language: str
) -> None:
    reader = sandbox.person("Owner", user_id=FIRST, language_code=language)
    await eventually(lambda: noted(store, "roles"))
    for act, detail in ACTS:
        await store.write(audit.note(FIRST, act, call=call.id, now=sandbox.world.clock.now(), **detail))
    shown = await says_and_hears(reader, "/audit")
    told = read(shown.text).splitlines()[2:12][::-1]
    old, new = (read(moment(call, at, language)) for at in (OLD - timedelta(hours=1), NEW))
    to = "←" if language == "ar" else "→"
    assert told[0].endswith(f"{old} {to} {sentence('did-cancelled', language)}")
    assert told[1].endswith(new)
    assert told[2].count("}") == 68, "cut, and without what would be formatting"
    assert "<b>&amp;</b> }}" in told[3], "escaped once"
    assert told[5].endswith(sentence("did-answer", language, question="4", is_now="taken-back"))
    assert call.entries["amount"].questions[ReplyLanguage(language)] in told[6]
    assert "vu" in told[6]
    assert told[7].endswith(sentence("audit-act", language, act="teach") + "."), "what can't be read is left out"
    days = answering.step_text(call, timedelta(days=3), language=ReplyLanguage(language))
    name = Texts().name_of("fr", ReplyLanguage(language))
    assert told[9].endswith(sentence("did-deliver", language, step=days, spoken=name, sent="5", unreachable="1"))
    for raw in ("is_now", "sha256", "{", "0a1b", "\u202e"):
        assert raw not in shown.text


async def test_what_is_told_of_an_act_says_neither_more_nor_less_than_was_done(
    store: Store, sandbox: Sandbox, call: Call
) -> None:
    def say(key: str, **values: str) -> str:
        return sentence(key, "en", **values)

    all_, title = say("broadcast-to-all", what=""), call.entries["amount"].questions[ReplyLanguage.EN]
    at, wrote = read(moment(call, OLD, "en")), "What does “<b>” mean?"
    wording = {"after": json.dumps({"kind": "question", "text": wrote})}
    phrasings = {"after": json.dumps({"kind": "phrasings", "phrasings": [["a <i> b", "en", "taught"]]})}
    delete = {"broadcast": "4", "how": "delete", "corrects": "3", "starts_at": at}
    lines: list[tuple[str, dict[str, Any], str]] = [
        (
            "broadcast",
            {"broadcast": 3, "ended": "cancelled", "tally": {"sent": 10}},
            say("did-broadcast-ended", broadcast="3", ended="cancelled", tally="10"),
        ),
        (
            "confirm-broadcast",
            {"broadcast": 4, "how": "delete", "corrects": 3, "audience": "all", "starts_at": OLD},
            say("did-confirm", **delete, audience=all_),
        ),
        ("broadcast", {"broadcast": 3, "did": "edited", "before": None, "after": 7}, "no. 3: edited"),
        ("broadcast", {"broadcast": 3, "did": "what no version did"}, "no. 3: …"),
        ("teach", {"taught": "amount", "kind": "question", "before": "<u>?", **wording}, f"“<u>?” → “{wrote}”"),
        ("teach", {"taught": "amount", "kind": "phrasings", "before": "", **phrasings}, "“-” → “a <i> b”"),
        (
            "publish",
            {"corrected": 2, "before": {"en": "same", "fr": "x"}, "after": {"en": "same", "fr": "y"}},
            say("did-correct", corrected="2", before="x", after="y"),
        ),
    ]
    reader = sandbox.person("Owner", user_id=FIRST, language_code="en")
    await eventually(lambda: noted(store, "roles"))
    for act, detail, _ in lines:
        await store.write(audit.note(FIRST, act, call=call.id, now=sandbox.world.clock.now(), **detail))
    told = read((await says_and_hears(reader, "/audit")).text).splitlines()[2 : 2 + len(lines)][::-1]
    for line, (_, _, expected) in zip(told, lines, strict=True):
        assert line.endswith(expected)
    assert title in told[4]


@pytest.mark.usefixtures("bot")
async def test_before_anything_was_written_the_record_says_so(owner: Person) -> None:
    assert sentence("audit-empty", "ar") in read((await says_and_hears(owner, "/audit")).text)


def lists(*owners: int, staff: str = "", chat: int | str = DESK) -> str:
    """A file of settings."""
    return f"OWNER_IDS={','.join(map(str, owners))}\nSTAFF_IDS={staff}\nSTAFF_CHAT_ID={chat}\n"


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    file = tmp_path / ".env"
    file.write_text(lists(FIRST, staff=f"{STAFF}"), "utf-8")
    return file


@pytest.fixture
async def store(
    settings: Settings, call: Call, clock: MovableClock, matcher: Matcher, env_file: Path
) -> AsyncGenerator[Store]:
    """The bot as it runs with a file of settings that it watches."""
    async with running(settings, call, clock, matcher, watched=env_file) as store:
        yield store


async def test_who_is_removed_loses_every_right_at_once_and_what_they_had_queued(
    store: Store, sandbox: Sandbox, owner: Person, call: Call, env_file: Path
) -> None:
    removed, applicant = sandbox.person("Staff", user_id=STAFF), sandbox.person("Applicant")
    await says_and_hears(applicant, "/start")
    await says_and_hears(removed, "/freeze")
    for author in (STAFF, FIRST):
        word = Message(Html(f"from {author}"))
        now = sandbox.world.clock.now()
        await store.write(sendings.plan_reply(call.id, applicant.id, word, ReplyLanguage.FR, now=now, author=author))
    await written(env_file, lists(FIRST))
    await owner.hears(is_said("roles-gone", gone=str(STAFF)), chat=DESK)
    await eventually(lambda: rows(store.path, "SELECT 1 FROM sendings WHERE state = 'cancelled' AND payload IS NULL"))
    removed.says("/freeze")
    await eventually(lambda: noted(store, "freeze")[-1].get("refused") == "staff-denied")
    await says_and_hears(owner, "/unfreeze")
    await applicant.hears(lambda message: message.text == f"from {FIRST}")
    assert not [message for message in from_bot(applicant) if str(STAFF) in message.text]
    before = {"owners": [FIRST], "staff": [STAFF], "chat": [DESK]}
    after = before | {"staff": []}
    assert noted(store, "roles")[-1]["after"] == after
    assert noted(store, "roles")[-1]["before"] in (before, None), "None where it was the first look"


async def written(file: Path, text: str) -> None:
    """Somebody saves the file."""
    await asyncio.to_thread(file.write_text, text, "utf-8")


def noted(store: Store, act: str) -> list[dict[str, Any]]:
    """The details of the lines about an act."""
    return [json.loads(row[0]) for row in rows(store.path, "SELECT detail FROM audit WHERE act = ? ORDER BY id", act)]


async def test_settings_that_cannot_be_read_take_nobodys_right_away_and_the_office_hears_of_it(
    store: Store, sandbox: Sandbox, owner: Person, env_file: Path
) -> None:
    assert store
    await written(env_file, "OWNER_IDS=eleven\n")
    await owner.hears(is_said("roles-unreadable"), chat=DESK)
    assert is_said("frozen", "ar")(await says_and_hears(owner, "/freeze"))
    await written(env_file, lists(FIRST, SECOND))
    newcomer = sandbox.person("New", user_id=SECOND, language_code="en")
    await owner.hears(is_said("roles-changed", owners=f"{FIRST}, {SECOND}", staff="0"), chat=DESK)
    assert is_said("unfrozen", "en")(await says_and_hears(newcomer, "/unfreeze"))


async def test_a_file_that_is_gone_takes_nobodys_right_away_either(store: Store, owner: Person, env_file: Path) -> None:
    await eventually(lambda: noted(store, "roles"))
    await asyncio.to_thread(env_file.unlink)
    await owner.hears(is_said("roles-unreadable"), chat=DESK)
    assert is_said("frozen", "ar")(await says_and_hears(owner, "/freeze"))


async def test_without_a_staff_chat_each_owner_reads_in_the_language_they_are_answered_in(
    sandbox: Sandbox, settings: Settings, call: Call, clock: MovableClock, matcher: Matcher
) -> None:
    """Nobody chose one: the phone's language, in which the bot answers them, is theirs."""
    alone = settings.model_copy(update={"owner_ids": frozenset({FIRST, SECOND}), "staff_chat_id": None})
    owners = {"ar": sandbox.person("First", user_id=FIRST, language_code="ar")}
    owners["en"] = sandbox.person("Second", user_id=SECOND, language_code="en")
    async with running(alone, call, clock, matcher):
        for owner in owners.values():
            await says_and_hears(owner, "/start")
        await says_and_hears(sandbox.person("Applicant"), "/ask Et ma ruche ?")
        for language, owner in owners.items():
            await owner.hears(is_said("desk-how", language))
        await says_and_hears(owners["ar"], "/freeze")
        await owners["en"].hears(is_said("frozen-news", "en"))
        owners["en"].says("/unfreeze")
        await owners["ar"].hears(is_said("unfrozen-news", "ar"))


async def test_another_staff_chat_in_the_settings_is_that_at_once_and_both_are_told(
    store: Store, sandbox: Sandbox, owner: Person, env_file: Path
) -> None:
    other = sandbox.group("New desk", [owner], forum=True, chat_id=-1008)
    await says_and_hears(owner, "/start")
    await says_and_hears(sandbox.person("Applicant"), "/ask Et ma ruche ?")
    await owner.hears(is_said("desk-how"), chat=DESK)
    await eventually(lambda: noted(store, "roles"))
    await written(env_file, lists(FIRST, staff=f"{STAFF}", chat=other.id))
    for chat in (other.id, DESK):
        await owner.hears(is_said("roles-chat", chat=str(other.id)), chat=chat)
    owner.says("/freeze", chat=DESK)
    await owner.hears(is_said("staff-elsewhere", "ar"), chat=DESK)
    owner.says("/freeze", chat=other.id)
    await owner.hears(is_said("frozen", "ar"), chat=other.id)
    await eventually(lambda: any(is_said("desk-how")(message) for message in from_bot(owner, other.id)))
    await eventually(lambda: rows(store.path, "SELECT thread FROM askers") == [(one,) for one in other.topics])
    await written(env_file, lists(FIRST, staff=f"{STAFF}", chat=""))
    await owner.hears(is_said("roles-no-chat", "ar"))


@pytest.mark.parametrize("way", ["said by telegram", "found by sending"])
async def test_a_staff_chat_that_becomes_a_supergroup_stays_the_staff_chat_over_a_restart_too(
    sandbox: Sandbox, owner: Person, start: Start, settings: Settings, way: str
) -> None:
    old, new = sandbox.world.chats[DESK], sandbox.group("Desk", [owner], chat_id=-1009)
    async with start():
        old.migrated_to = new.id
        if way == "said by telegram":
            where = {"id": DESK, "type": "group", "title": "Desk"}
            service = {"message_id": 1, "date": 1, "chat": where, "from": owner.user.as_json()}
            sandbox.world.push("message", service | {"migrate_to_chat_id": new.id})
        else:
            await says_and_hears(sandbox.person("Applicant"), "/ask Et ma ruche ?")
        setting = Html(f"<code>STAFF_CHAT_ID={new.id}</code>")
        await owner.hears(is_said("roles-moved", setting=setting), chat=new.id)
        owner.says("/freeze", chat=new.id)
        await owner.hears(is_said("frozen", "ar"), chat=new.id)
    async with start():
        owner.says("/unfreeze", chat=new.id)
        await owner.hears(is_said("unfrozen", "ar"), chat=new.id)
    moves = rows(settings.database, "SELECT detail FROM audit WHERE act = 'moved'")
    assert [json.loads(one[0]) for one in moves] == [{"before": DESK, "after": new.id}]
