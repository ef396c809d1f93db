"""An announcement from its first word to its report, as the people of the office and its readers see it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from bot.rules.campaign import GRACE, How, Stage, Tally
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.store import Store, all_of, broadcasts, freezing
from faq import Call
from tests.conftest import until
from tests.journeys.announcing import AR, SECOND, STAFF, drafted, label, scheduled, seen
from tests.journeys.owning import code_in
from tests.journeys.watching import (
    calls_back_and_hears,
    eventually,
    forges,
    from_bot,
    rows,
    says_and_hears,
    settled,
    signed_up,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


FIRST = 900001


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({FIRST, SECOND}), "staff_ids": frozenset({STAFF})})


@pytest.fixture
async def owner(bot: Sandbox) -> Person:
    """An owner who reads Arabic and has written to the bot."""
    person = bot.person("Owner", user_id=SECOND)
    await calls_back_and_hears(bot, person, "language||ar")
    return person


@pytest.fixture
def author(bot: Sandbox) -> Person:
    return bot.person("Author", user_id=STAFF)


async def goes_out(bot: Sandbox, settings: Settings) -> Tally:
    """What was confirmed begins and comes to its end; what came of it."""
    bot.world.clock.advance(GRACE + timedelta(seconds=1))
    await reaches(settings, "done")
    await settled(bot, settings.database)
    return Tally(**json.loads(rows(settings.database, "SELECT report FROM broadcasts ORDER BY id")[-1][0]))


async def code_for(owner: Person) -> str:
    """The code that an owner is sent."""
    return code_in(await owner.hears(lambda message: has_code(message.text)))


def has_code(text: str) -> bool:
    return re.search(r"(?<!\d)\d{6}(?!\d)", text) is not None


async def asked(bot: Sandbox, store: Store, call: Call, author: Person, owner: Person) -> tuple[int, str]:
    """A draft that was previewed and waits for the other owner; its number and their code."""
    draft = await drafted(store, bot, call)
    bot.world.chats[author.id].started = True
    forges(bot, author, f"broadcast|preview:{draft.id}|fr")
    await author.hears(lambda message: message.text == "Réunion demain")
    await settled(bot, store.path)
    author.presses(label("button-broadcast-ask"))
    return draft.id, await code_for(owner)


def stage(settings: Settings) -> str:
    return rows(settings.database, "SELECT stage FROM broadcasts ORDER BY id")[-1][0]


async def reaches(settings: Settings, wanted: str) -> None:
    await eventually(lambda: stage(settings) == wanted)


async def test_what_is_written_comes_back_as_it_will_arrive_in_each_language(author: Person) -> None:
    assert "En français" in (await says_and_hears(author, "/broadcast")).text
    author.says("Réunion <b>demain</b> à < 10 h\nLe lieu | https://www.example.org/lieu")
    preview = await author.hears()
    assert preview.html == "Réunion <b>demain</b> à &lt; 10 h"
    assert preview.labels == ["Le lieu", label("broadcast-stop")]
    await author.hears(lambda message: "arabe" in message.text)
    author.sends("document", caption="الاجتماع غدا")
    arabic = await author.hears()
    assert (arabic.text, arabic.labels) == ("الاجتماع غدا", [label("broadcast-stop", AR)])
    assert "En anglais : manque" in (await author.hears()).text


async def test_a_language_is_missing_until_it_is_written_or_waived(bot: Sandbox, author: Person) -> None:
    await says_and_hears(author, "/broadcast")
    author.says("Bonjour")
    await author.hears(lambda message: label("button-broadcast-ask") in message.labels)
    author.presses(label("button-broadcast-ask"))
    assert "arabe, anglais" in (await author.hears()).text
    author.presses(label("button-broadcast-waive", what="anglais"))
    await until(
        lambda: "En anglais : sans ; ses lecteurs reçoivent la version en français" in from_bot(author)[-2].text, bot
    )


async def test_what_is_written_is_not_thrown_away_by_one_tap(bot: Sandbox, author: Person, settings: Settings) -> None:
    panel = await says_and_hears(author, "/broadcast")
    without = [label("button-broadcast-waive", what=name) for name in ("français", "arabe", "anglais")]
    assert [one for one in panel.labels if one in without] == without
    author.says("Bonjour")
    author.says("صباح الخير")
    panel = await author.hears(lambda message: "En anglais : manque" in message.text and "arabe : 10" in message.text)
    assert [one for one in panel.labels if one in without] == without[2:]
    forges(bot, author, "broadcast|waive:1:ar|fr")  # the button of the earlier panel
    await author.hears(lambda message: message.text == label("broadcast-written", name="arabe"))
    assert rows(settings.database, "SELECT language FROM broadcast_texts ORDER BY language") == [("ar",), ("fr",)]


async def test_another_owner_confirms_and_the_report_is_that_of_the_far_side(  # noqa: PLR0913, PLR0917
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person, settings: Settings
) -> None:
    reader, other = await signed_up(bot, "fr"), await signed_up(bot, "ar")
    (await signed_up(bot, "en")).user.blocked = True
    _, code = await asked(bot, store, call, author, owner)
    assert not [one for one in from_bot(author) if has_code(one.text)], "the author sees no code"
    owner.says(code)
    await reaches(settings, "scheduled")
    tally = await goes_out(bot, settings)
    assert tally == Tally(sent=2, unreachable=1)
    copies = [from_bot(one)[-1] for one in (reader, other)]
    assert [one.html for one in copies] == ["Réunion <b>demain</b>"] * 2
    assert [one.labels for one in copies] == [[label("broadcast-stop")], [label("broadcast-stop", AR)]]
    report = await author.hears(lambda message: label("button-broadcast-correct") in message.labels)
    assert "Envoyées : 2\nInjoignables : 1" in report.text
    notes = [json.loads(row[0]) for row in rows(settings.database, "SELECT detail FROM audit ORDER BY id")]
    assert notes[-1]["tally"]["sent"] == 2
    assert notes[-1]["texts"] == {"fr": "Réunion <b>demain</b>"}
    assert set(notes[-1]["sha256"]) == {"fr"}


async def test_nobody_can_confirm_alone_nor_with_a_forged_button_nor_by_saying_it_again(  # noqa: PLR0913, PLR0917
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person, settings: Settings
) -> None:
    await signed_up(bot, "fr")
    number, code = await asked(bot, store, call, author, owner)
    author.says(code)  # not theirs
    first, stranger = bot.person("First", user_id=FIRST), bot.person("Stranger")
    for act in ("approve", "resume"):
        forges(bot, first, f"broadcast|{act}:{number}:now|fr")
    forges(bot, stranger, f"broadcast|resume:{number}|fr")
    stranger.says(code)
    await eventually(lambda: not bot.world.updates)
    assert stage(settings) == "asked"
    first.says("000000" if code != "000000" else "000001")  # an owner who guesses ends it
    await reaches(settings, "draft")
    over = label("broadcast-wrong-code", AR, number=number)
    await owner.hears(lambda message: message.text == over)


async def test_any_edit_after_it_was_asked_for_voids_the_code(  # noqa: PLR0913, PLR0917
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person, settings: Settings
) -> None:
    await signed_up(bot, "fr")
    number, code = await asked(bot, store, call, author, owner)
    forges(bot, author, f"broadcast|to:{number}:registered|fr")
    void = label("broadcast-void", AR, number=number)
    assert (await owner.hears(lambda message: message.text == void)).labels == []
    owner.says(code)
    await settled(bot, settings.database)
    assert sum(one.text == void for one in from_bot(owner)) == 1
    assert stage(settings) == "draft"
    assert rows(settings.database, "SELECT count(*) FROM broadcast_codes") == [(0,)]


async def test_the_code_of_an_earlier_request_is_refused_and_the_newer_one_stands_until_somebody_guesses(  # noqa: PLR0913, PLR0917
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person, settings: Settings
) -> None:
    await signed_up(bot, "fr")
    number, old = await asked(bot, store, call, author, owner)
    forges(bot, author, f"broadcast|withdraw:{number}|fr")
    await reaches(settings, "draft")
    forges(bot, author, f"broadcast|ask:{number}|fr")
    new = code_in(await owner.hears(lambda message: has_code(message.text) and old not in message.text))
    assert (await says_and_hears(owner, old)).text == label("broadcast-old-code", AR)
    assert stage(settings) == "asked"
    owner.says(next(code for code in ("000000", "000001", "000002") if code not in {old, new}))
    await reaches(settings, "draft")
    owner.says(new)
    await settled(bot, settings.database)
    assert [one.text for one in from_bot(owner)][-1] == label("broadcast-old-code", AR)
    assert stage(settings) == "draft"


async def test_an_author_is_told_whom_the_request_did_not_reach(
    bot: Sandbox, store: Store, call: Call, author: Person
) -> None:
    await signed_up(bot, "fr")
    owner = bot.person("Owner", user_id=SECOND)
    bot.world.chats[owner.id].started = owner.user.blocked = True
    draft = await drafted(store, bot, call)
    bot.world.chats[author.id].started = True
    for act in ("preview", "ask", "ask"):
        forges(bot, author, f"broadcast|{act}:{draft.id}|fr")
        await settled(bot, store.path)
    standing = label("broadcast-standing", reached=0, unreached=2)
    assert (await author.hears(lambda message: message.text == standing)).labels == []


async def test_it_can_be_called_off_before_it_begins_and_is_a_draft_again(  # noqa: PLR0913, PLR0917
    bot: Sandbox, store: Store, call: Call, author: Person, owner: Person, settings: Settings
) -> None:
    reader = await signed_up(bot, "fr")
    _, code = await asked(bot, store, call, author, owner)
    owner.says(code)
    await owner.hears(lambda message: label("button-broadcast-calloff", AR) in message.labels)
    heard = len(from_bot(reader))
    owner.presses(label("button-broadcast-calloff", AR))
    await reaches(settings, "draft")
    bot.world.clock.advance(GRACE * 2)
    await settled(bot, settings.database)
    assert len(from_bot(reader)) == heard


async def test_what_telegram_would_refuse_is_shown_where_before_anything_is_sent(
    author: Person, settings: Settings
) -> None:
    await says_and_hears(author, "/broadcast")
    for text, said in (
        ("Bonjour\n<b>demain", "ligne 2"),
        ("</b><script>alert(1)</script> & {0} \u202e", "</b>"),
        ("x" * 4097, "1 signe"),
    ):
        author.says(text)
        assert said in (await author.hears()).text
    author.says("<3 & moins < que > plus")
    assert (await author.hears()).text == "<3 & moins < que > plus"
    assert rows(settings.database, "SELECT count(*) FROM broadcast_texts") == [(1,)]


async def test_a_picture_that_is_gone_is_refused_with_telegrams_reason(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    await signed_up(bot, "fr")
    number = (await drafted(store, bot, call)).id
    forges(bot, author, f"broadcast|text:{number}:fr|fr")
    await author.hears(lambda message: "français" in message.text)
    del bot.world.files["sample"]
    author.sends("document", caption="voici")
    await settled(bot, settings.database)
    author.presses(label("button-broadcast-ask"))
    assert "Wrong file identifier" in (await author.hears(lambda message: "Telegram refuse" in message.text)).text
    assert stage(settings) == "draft"


async def test_an_hour_is_read_in_legal_time_and_one_that_is_past_is_not_taken(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    number = (await drafted(store, bot, call)).id
    forges(bot, author, f"broadcast|hour:{number}|fr")
    await author.hears(lambda message: message.text == label("broadcast-hour"))
    for text, said in (("20/07/2025 09:00", label("broadcast-past")), ("20/07/2029 09:00", label("broadcast-far"))):
        author.says(text)
        assert said in (await author.hears()).text
    author.says("21/07/2025 22:00")
    panel = await author.hears()
    assert "lundi 21 juillet 2025" in panel.text
    assert label("broadcast-quiet") in panel.text
    assert rows(settings.database, "SELECT starts_at FROM broadcasts") == [("2025-07-21T21:00:00.000000+00:00",)]


async def test_nobody_in_the_audience_and_nothing_goes_out(
    bot: Sandbox, store: Store, call: Call, author: Person
) -> None:
    number = (await drafted(store, bot, call)).id
    forges(bot, author, f"broadcast|to:{number}:next-edition|fr")
    forges(bot, author, f"broadcast|ask:{number}|fr")
    await author.hears(lambda message: message.text == label("broadcast-nobody"))


async def test_one_that_is_long_overdue_waits_to_be_confirmed_again(
    bot: Sandbox, store: Store, call: Call, author: Person
) -> None:
    reader = await signed_up(bot, "fr")
    bot.world.chats[author.id].started = True
    await scheduled(bot, store, call, await drafted(store, bot, call))
    bot.world.clock.advance(timedelta(hours=7))
    await author.hears(lambda message: "six heures" in message.text)
    assert (await seen(store, call, 1)).stage == "draft"
    assert not [one for one in from_bot(reader) if "Réunion" in one.text]


async def test_every_copy_is_written_over_and_its_readers_are_told(
    bot: Sandbox, store: Store, call: Call, settings: Settings
) -> None:
    reader = await signed_up(bot, "fr")
    number = await scheduled(bot, store, call, await drafted(store, bot, call))
    await goes_out(bot, settings)
    copy = from_bot(reader)[-1]
    await signed_up(bot, "fr")  # came later: has no copy to correct
    await scheduled(bot, store, call, await drafted(store, bot, call, "Jeudi", how=How.EDIT, corrects=number))
    tally = await goes_out(bot, settings)
    assert (tally.sent, tally.changed) == (1, 1)
    changed, told = from_bot(reader)[-2:]
    assert (changed.message_id, changed.text, changed.edited) == (copy.message_id, "Jeudi", True)
    assert (told.text, told.edited) == ("Jeudi", False)


async def test_every_copy_is_deleted_and_one_that_is_too_old_is_counted(
    bot: Sandbox, store: Store, call: Call, settings: Settings
) -> None:
    reader, other = await signed_up(bot, "fr"), await signed_up(bot, "fr")
    number = await scheduled(bot, store, call, await drafted(store, bot, call))
    await goes_out(bot, settings)
    old, copy = from_bot(other)[-1], from_bot(reader)[-1]
    bot.world.chats[other.id].messages[old.message_id]["date"] -= 49 * 3600
    await scheduled(bot, store, call, await drafted(store, bot, call, "Reportée", how=How.DELETE, corrects=number))
    tally = await goes_out(bot, settings)
    assert (tally.sent, tally.changed, tally.unchanged) == (2, 1, 1)
    assert copy.message_id not in {one.message_id for one in reader.sees()}


async def test_a_correction_says_of_which_announcement_it_is_one(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    await signed_up(bot, "fr")
    number = await scheduled(bot, store, call, await drafted(store, bot, call))
    await goes_out(bot, settings)
    listed = await says_and_hears(author, "/broadcasts")
    assert f"n° {number}" in listed.labels[0]
    forges(bot, author, f"broadcast|correct:{number}|fr")
    await author.hears(lambda message: "rectification" in message.text)
    author.says("C'est <i>jeudi</i>")
    preview = await author.hears()
    assert "Rectification" in preview.text
    assert "20 juillet 2025" in preview.text
    assert preview.html.endswith("<i>jeudi</i>")


async def test_what_is_unclear_is_listed_and_sent_again_marked(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    reader = await signed_up(bot, "fr")
    await scheduled(bot, store, call, await drafted(store, bot, call))
    await settled(bot, settings.database)
    bot.faults.drop_before("sendmessage", times=2)  # the copy, and the first word about its progress
    tally = await goes_out(bot, settings)
    assert (tally.sent, tally.unclear) == (0, 1)
    author.says("/held")
    listed = await author.hears(lambda message: bool(message.labels) and "incertaine" in message.text)
    assert str(reader.id) not in listed.text
    author.presses(label("button-held-again", what=f"annonce n° {1}"))
    await until(lambda: "répété" in from_bot(reader)[-1].text, bot)
    await reaches(settings, "done")
    assert rows(settings.database, "SELECT 1 FROM sendings WHERE state = 'held'") == []


async def test_it_is_paused_goes_on_and_is_cancelled_and_the_report_says_who_got_nothing(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    readers = [await signed_up(bot, "fr") for _ in range(3)]
    heard = [len(from_bot(one)) for one in readers]
    bot.world.chats[author.id].started = True
    number = await scheduled(bot, store, call, await drafted(store, bot, call))
    begun, now = await seen(store, call, number), bot.world.clock.now()
    begin = broadcasts.move(call.id, begun, Stage.SENDING, started_at=now, expected=len(readers))
    await store.write(all_of([begin, freezing.freeze(call.id, SECOND, now=now)]))  # so that the copies wait
    bot.world.clock.advance(GRACE + timedelta(seconds=1))
    shown = await author.hears(lambda message: label("button-broadcast-pause") in message.labels)
    assert "0 % (0 sur 3)" in shown.text
    assert label("broadcast-frozen") in shown.text
    for button, wanted in (("pause", "paused"), ("resume", "sending"), ("cancel", "cancelled")):
        forges(bot, author, f"broadcast|{button}:1|fr")
        await reaches(settings, wanted)
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM broadcasts WHERE report IS NOT NULL"))
    report = Tally(**json.loads(rows(settings.database, "SELECT report FROM broadcasts")[0][0]))
    assert (report.ended + report.missed, report.sent) == (3, 0)
    await until(lambda: any("Non envoyées : 3" in one.text for one in from_bot(author)), bot)
    assert [len(from_bot(one)) for one in readers] == heard


async def test_one_that_stood_still_for_half_a_day_pauses_by_itself_and_goes_on_when_staff_say_so(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    reader = await signed_up(bot, "fr")
    bot.world.chats[author.id].started = True
    begun = await seen(store, call, await scheduled(bot, store, call, await drafted(store, bot, call)))
    now = bot.world.clock.now()
    begin = broadcasts.move(call.id, begun, Stage.SENDING, started_at=now, went_on_at=now, expected=1)
    await store.write(all_of([freezing.freeze(call.id, SECOND, now=now), begin]))
    await eventually(lambda: rows(settings.database, "SELECT 1 FROM sendings WHERE kind = 'broadcast'"))
    heard = len(from_bot(reader))
    bot.world.clock.advance(timedelta(hours=13))
    await reaches(settings, "paused")
    await store.write(freezing.unfreeze(call.id))
    told = await author.hears(lambda message: message.text == label("broadcast-stood-still", number=begun.id))
    assert told.labels == [label("button-broadcast-resume"), label("button-broadcast-cancel")]
    assert len(from_bot(reader)) == heard
    author.presses(label("button-broadcast-resume"))
    await reaches(settings, "done")
    assert from_bot(reader)[-1].html == "Réunion <b>demain</b>"


async def test_what_is_no_number_or_no_announcement_is_gone(bot: Sandbox, author: Person) -> None:
    for forged in ("open:9", f"text:{'9' * 30}:fr", "pause:١", "x:1:y:z"):
        assert (await calls_back_and_hears(bot, author, f"broadcast|{forged}|fr")).text == label("broadcast-gone")


async def test_nothing_begins_while_a_freeze_holds_and_after_a_long_one_it_has_to_be_confirmed_anew(
    bot: Sandbox, store: Store, call: Call, author: Person, settings: Settings
) -> None:
    bot.world.chats[author.id].started = True
    await scheduled(bot, store, call, await drafted(store, bot, call))
    await store.write(freezing.freeze(call.id, SECOND, now=bot.world.clock.now()))
    bot.world.clock.advance(GRACE + timedelta(seconds=1))
    forges(bot, author, "broadcast|open:1|fr")  # time enough to begin
    panel = await author.hears(lambda message: label("button-broadcast-calloff") in message.labels)
    assert panel.text.endswith(label("broadcast-frozen"))
    bot.world.clock.advance(timedelta(hours=7))
    await store.write(freezing.unfreeze(call.id))
    await reaches(settings, "draft")
