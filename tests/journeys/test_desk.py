"""Questions to a person: from the asker to the office and back, and what can go wrong between."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.sandbox import Person, Sandbox, Shown
from bot.sandbox.files import ATTACHMENTS, described, keep
from bot.sandbox.markup import parse_html
from bot.sandbox.state import Chat
from bot.settings import Settings
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from tests.conftest import until
from tests.journeys.owning import moment, plain, read
from tests.journeys.watching import (
    calls_back_and_hears,
    from_bot,
    in_place,
    presses_and_hears,
    rows,
    says_and_hears,
    settled,
)

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


OWNER, STAFF, COLLEAGUE = 900001, 900010, 900011
OFFICE = -1009000001
QUESTION = "Le bureau peut-il me rappeler au sujet de ma grange ?"
REPLY = "Oui, dès lundi."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    staff = {"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF, COLLEAGUE}), "staff_chat_id": OFFICE}
    return settings.model_copy(update=staff)


@dataclass
class Office:
    """The staff chat, who works there, and somebody who was let in without being of the office."""

    bot: Sandbox
    settings: Settings
    chat: Chat
    staff: Person
    colleague: Person
    guest: Person

    async def reads(self, text: str = "") -> Shown:
        """The next message of the bot in the staff chat that has a text in it."""
        return await self.staff.hears(lambda message: text in read(message.text), chat=OFFICE)

    def replies(self, question: Shown, text: str = REPLY, *, by: Person | None = None) -> int:
        return (by or self.staff).says(text, chat=OFFICE, reply_to=question.message_id)

    def messages(self) -> list[Shown]:
        return from_bot(self.staff, OFFICE)

    async def is_done(self) -> None:
        await settled(self.bot, self.settings.database)


def said(key: str, language: str = "fr", **values: str | int) -> str:
    """A sentence as people read it."""
    return read(plain(Texts().say(ReplyLanguage(language), key, **values)))


def label(key: str, language: str = "fr", **values: str | int) -> str:
    return Texts().plain(ReplyLanguage(language), key, **values)


def open_office(bot: Sandbox, settings: Settings, *, forum: bool) -> Office:
    staff, colleague = bot.person("Staff", user_id=STAFF), bot.person("Colleague", user_id=COLLEAGUE)
    guest = bot.person("Guest")
    chat = bot.group("Office", [staff, colleague, guest], forum=forum, chat_id=OFFICE)
    return Office(bot, settings, chat, staff, colleague, guest)


@pytest.fixture
def office(bot: Sandbox, settings: Settings) -> Office:
    return open_office(bot, settings, forum=True)


async def asks(person: Person, text: str = QUESTION) -> Shown:
    """Put a question to the office; the receipt."""
    return await says_and_hears(person, f"/ask {text}")


@pytest.mark.parametrize(
    ("language", "spoken"), [("fr", "français"), ("ar", "arabe"), ("en", "anglais")], ids=["fr", "ar", "en"]
)
async def test_a_question_goes_to_the_office_without_a_name_and_its_reply_comes_back(
    bot: Sandbox, office: Office, language: str, spoken: str
) -> None:
    applicant = bot.person("Amina Secret", language_code=language)
    await calls_back_and_hears(bot, applicant, f"language||{language}")
    assert said("desk-write", language) == read((await says_and_hears(applicant, "/ask")).text)
    receipt = await says_and_hears(applicant, QUESTION)
    hours = said("desk-hours-unknown", language)
    assert read(receipt.text) == said("desk-receipt", language, number=1, hours=hours)
    question = await office.reads(QUESTION)
    assert "Amina" not in question.text
    assert str(applicant.id) not in json.dumps(office.chat.messages)
    assert spoken in question.text
    assert [name.split(" · ")[-1] for name in office.chat.topics.values()] == [spoken]
    office.replies(question)
    answer = await applicant.hears()
    assert read(answer.text).splitlines() == [said("desk-answer", language, number=1), QUESTION, REPLY]
    assert answer.labels == [label("button-desk-resume", language)]
    assert read((await office.reads()).text) == said("desk-goes", number=1, question=QUESTION)


async def test_each_asker_has_a_topic_and_all_their_questions_go_there(bot: Sandbox, office: Office) -> None:
    first, second = bot.person("First"), bot.person("Second")
    await asks(first)
    await asks(first, "Et pour mon étable ?")
    await asks(second)
    await office.is_done()
    threads = [office.chat.messages[shown.message_id]["message_thread_id"] for shown in office.messages()]
    assert len(office.chat.topics) == 2
    assert threads[0] == threads[1] != threads[2]


async def test_a_topic_that_was_deleted_is_opened_again(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    await office.reads(QUESTION)
    office.chat.topics.clear()
    await asks(applicant, "Et pour mon étable ?")
    await office.reads("étable")
    assert len(office.chat.topics) == 1


async def test_a_silent_reply_offers_to_send_the_same_words(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    assert label("button-desk-ask") in (await calls_back_and_hears(bot, applicant, "entry|human|fr")).labels
    silent = await says_and_hears(applicant, "zxqv grmbl ptk ?")
    assert label("button-desk-send") in silent.labels
    receipt = await presses_and_hears(applicant, label("button-desk-send"))
    assert said("desk-receipt", number=1, hours=said("desk-hours-unknown")) == receipt.text
    assert "zxqv grmbl ptk ?" in (await office.reads()).text
    counted = rows(office.settings.database, "SELECT outcome, n FROM asked WHERE n > 0 AND entry = ''")
    assert counted == [("human", 1)], "one question, not a silence as well"


async def test_while_the_office_is_asked_the_bot_keeps_quiet_but_for_commands(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    await office.reads(QUESTION)
    applicant.says("C'est pour le 24 juillet, quelle est la date limite ?")
    assert said("desk-word", number=1, asker=1, spoken="français") in (await office.reads("24 juillet")).text
    assert "24" in (await says_and_hears(applicant, "/deadline")).text
    await office.is_done()
    assert len(from_bot(applicant)) == 2, "no word of the bot about what goes to the office, so soon after the receipt"
    assert (await presses_and_hears(applicant, label("button-desk-leave"))).text == said("desk-left")
    assert "juillet" in (await says_and_hears(applicant, "quelle est la date limite ?")).text


async def test_after_the_answer_the_bot_answers_again_and_a_button_leads_back(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    assert "juillet" in (await says_and_hears(applicant, "quelle est la date limite ?")).text
    assert (await presses_and_hears(applicant, label("button-desk-resume"))).text == said("desk-resume", number=1)
    assert (await says_and_hears(applicant, "Merci, et mardi ?")).text == said("desk-passed-on")
    office.replies(await office.reads("et mardi ?"), "Mardi aussi.")
    assert "Mardi aussi." in (await applicant.hears()).text


async def test_a_button_under_somebody_elses_answer_leads_nowhere(bot: Sandbox, office: Office) -> None:
    await asks(bot.person("Applicant"))
    stranger = bot.person("Stranger")
    assert (await calls_back_and_hears(bot, stranger, "reply|1|fr")).text == said("desk-write")
    await office.is_done()
    assert rows(office.settings.database, "SELECT about FROM askers ORDER BY id") == [(1,), (None,)]


async def test_an_answered_question_is_answered_again_only_by_a_second_yes_of_its_author(
    bot: Sandbox, office: Office
) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    office.replies(question)
    await applicant.hears()
    office.replies(question, "Non, jamais.", by=office.colleague)
    warning = await office.staff.hears(lambda message: label("button-desk-twice") in message.labels, chat=OFFICE)
    assert REPLY in warning.text
    assert not any("jamais" in message.text for message in from_bot(applicant))
    office.staff.presses(label("button-desk-twice"), chat=OFFICE)
    assert (await office.reads()).text == said("desk-not-yours")
    office.colleague.presses(label("button-desk-twice"), chat=OFFICE)
    assert "Non, jamais." in (await applicant.hears()).text
    await in_place(bot, office.staff, warning, label("button-desk-back"), chat=OFFICE)


@pytest.mark.parametrize("by", ["guest", "anonymous"])
async def test_nobody_else_answers_for_the_office(bot: Sandbox, office: Office, by: str) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    if by == "guest":
        office.replies(question, "Envoyez-moi de l'argent.", by=office.guest)
    else:
        office.staff.says_as_group("Envoyez-moi de l'argent.", OFFICE, reply_to=question.message_id)
    await office.reads(said("staff-denied"))
    await office.is_done()
    assert not any("argent" in message.text for message in from_bot(applicant))
    assert rows(office.settings.database, "SELECT count(*) FROM answers") == [(0,)]
    assert json.loads(rows(office.settings.database, "SELECT detail FROM audit ORDER BY id")[-1][0])["refused"]


async def test_what_is_no_reply_to_a_question_goes_nowhere_and_that_is_said_once(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    for text in ("Je m'en occupe.", "Ou toi ?"):
        office.staff.says(text, chat=OFFICE, thread=question.thread)
    hint = await office.reads(said("desk-hint"))
    assert hint.thread == question.thread
    await office.is_done()
    assert len(office.messages()) == 2
    office.replies(hint, "Donc la réponse est oui.")
    await office.reads(said("desk-hint"))
    assert len(from_bot(applicant)) == 1, "the receipt"


async def test_a_reply_keeps_its_formatting_and_files_but_a_voice_is_no_answer(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    office.staff.sends("voice", chat=OFFICE, reply_to=question.message_id)
    assert (await office.reads()).text == said("desk-empty")
    text, entities = parse_html("Voyez <b>ici</b> &amp; là")
    office.staff.sends(
        "document", chat=OFFICE, caption=text, entities=entities, file=("f.pdf", b"%PDF"), reply_to=question.message_id
    )
    answer = await applicant.hears()
    assert answer.document == "f.pdf"
    assert "<b>ici</b> &amp; là" in answer.html


async def test_edits_follow_both_ways(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    (mine,) = [message.message_id for message in applicant.sees() if message.text.endswith(QUESTION)]
    applicant.edits(mine, "/ask Et ma ruche ?")
    await until(lambda: any("ruche" in message.text for message in office.messages()), bot)
    assert [said("desk-edited") in message.text for message in office.messages()] == [True]
    assert (await applicant.hears(lambda message: message.answers == mine)).text == said("desk-edit-taken", number=1)
    office.replies(question)
    first = await applicant.hears()
    (theirs,) = [message.message_id for message in office.staff.sees(OFFICE) if message.text == REPLY]
    office.staff.edits(theirs, "Non, mardi.", chat=OFFICE)
    await office.reads(said("desk-corrected-there", number=1))
    await office.is_done()
    (answer,) = [message for message in from_bot(applicant) if message.message_id == first.message_id]
    assert answer.text.splitlines()[-2:] == ["Non, mardi.", said("desk-corrected")]
    assert rows(office.settings.database, "SELECT text FROM answers") == [("Non, mardi.",)]


@pytest.mark.parametrize("what", ["question", "word"])
async def test_an_edit_after_the_answer_opens_the_question_again_and_both_sides_know(
    bot: Sandbox, office: Office, what: str
) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    asked = await office.reads(QUESTION)
    mine = applicant.sees()[-2].message_id
    if what == "word":
        applicant.says("Elle est rouge.")
        mine, asked = applicant.sees()[-1].message_id, await office.reads("rouge")
    office.replies(asked)
    await applicant.hears(lambda message: REPLY in message.text)
    before = len(from_bot(applicant))
    applicant.edits(mine, "Et ma ruche ?")
    assert (await applicant.hears()).text == said("desk-edit-late", number=1)
    news = await office.reads(said("desk-edited-late"))
    assert "ruche" in news.text
    assert rows(office.settings.database, "SELECT state FROM questions WHERE id = 1") == [("open",)]
    assert "ruche" in (await says_and_hears(office.staff, "/open")).text
    applicant.edits(mine, "Et  ma\nruche ?")
    applicant.edits(mine, "Et mes ruches ?")
    assert (await applicant.hears()).text == said("desk-edit-taken", number=1)
    await office.is_done()
    assert len(from_bot(applicant)) == before + 2, "not a word about other spaces"
    assert sum(said("desk-edited-late") in message.text for message in office.messages()) == 0, "written over"
    office.replies(news, "La ruche aussi.")
    assert "La ruche aussi." in (await applicant.hears()).text


@pytest.mark.parametrize("before", ["document", "photo", "text"])
async def test_a_file_that_is_exchanged_in_an_answer_is_exchanged_at_the_asker(
    bot: Sandbox, office: Office, before: str
) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    if before == "text":
        office.replies(question)
    else:
        office.staff.sends(before, chat=OFFICE, caption="Voici.", reply_to=question.message_id)
    mine = office.staff.sees(OFFICE)[-1].message_id
    first = await applicant.hears(lambda message: question.text.splitlines()[-2] in message.text)
    new = described(bot.world, keep(bot.world, "juste.pdf", b"%PDF", "document"), "document")
    office.staff.edits(mine, "Voici.", chat=OFFICE, file=new)
    await office.reads(said("desk-corrected-there", number=1))
    await office.is_done()
    (copy,) = [message for message in from_bot(applicant) if message.message_id == first.message_id]
    assert (copy.document, copy.photo) == ("juste.pdf", None)
    assert copy.text.splitlines()[-2:] == ["Voici.", said("desk-corrected")]
    was, now = (json.loads(one[0]) for one in rows(office.settings.database, "SELECT detail FROM audit ORDER BY id"))
    assert now["was"] == was["text"] != now["is_now"]
    office.staff.edits(mine, "", chat=OFFICE, file=ATTACHMENTS["voice"])
    await office.reads(said("desk-kept"))
    assert any(message.document == "juste.pdf" for message in from_bot(applicant))


async def test_an_answer_is_taken_back_and_the_question_waits_again(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    goes = await office.reads()
    office.colleague.presses(label("button-desk-back"), chat=OFFICE)
    await until(lambda: not any(REPLY in message.text for message in from_bot(applicant)), bot)
    await office.is_done()
    assert said("desk-taken-back", number=1) in [m.text for m in office.messages() if m.message_id == goes.message_id]
    assert rows(office.settings.database, "SELECT state FROM questions") == [("open",)]


async def test_an_answer_is_not_taken_back_after_two_days(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    await office.reads(said("desk-goes", number=1, question=QUESTION))
    bot.world.clock.advance(timedelta(hours=49))
    office.staff.presses(label("button-desk-back"), chat=OFFICE)
    assert (await office.reads()).text == said("desk-too-late")
    assert any(REPLY in message.text for message in from_bot(applicant))


async def test_the_office_is_told_of_an_answer_that_did_not_arrive(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    applicant.blocks()
    office.replies(question)
    lost = await office.reads(said("desk-undelivered", number=1))
    assert said("desk-unreachable") in lost.text
    assert lost.thread == question.thread


async def test_without_the_staff_chat_a_question_goes_to_the_owners(bot: Sandbox, office: Office) -> None:
    owner, applicant = bot.person("Owner", user_id=OWNER), bot.person("Applicant")
    await says_and_hears(owner, "/start")
    office.staff.removes(OFFICE)
    await asks(applicant)
    question = await owner.hears()
    assert said("desk-no-chat") in question.text
    assert QUESTION in question.text
    owner.says(REPLY, reply_to=question.message_id)
    assert REPLY in (await applicant.hears()).text


async def test_open_lists_what_waits_and_brings_it_to_the_front(bot: Sandbox, office: Office) -> None:
    assert (await says_and_hears(office.staff, "/open")).text == said("desk-open-none")
    await asks(bot.person("First"))
    office.replies(await office.reads(QUESTION))
    await asks(bot.person("Second"), "Et mon étable ?")
    await office.reads("étable")
    listed = await says_and_hears(office.staff, "/open")
    assert listed.labels == [label("button-desk-show", number=2)]
    assert said("desk-open", count=1) in listed.text
    question = await presses_and_hears(office.staff, label("button-desk-show", number=2))
    office.staff.says(REPLY, reply_to=question.message_id)
    assert read((await office.staff.hears()).text) == said("desk-goes", number=2, question="Et mon étable ?")


async def test_open_shows_the_newest_word_that_waits(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    await presses_and_hears(applicant, label("button-desk-resume"))
    await says_and_hears(applicant, "Et ma ruche ?")
    await office.reads("ruche")
    listed = await says_and_hears(office.staff, "/open")
    assert "Et ma ruche ?" in listed.text
    assert QUESTION not in listed.text
    office.staff.presses(label("button-desk-show", number=1))
    await office.staff.hears(lambda message: QUESTION in message.text)
    word = await office.staff.hears(lambda message: "ruche" in message.text)
    office.staff.says("Oui, la ruche aussi.", reply_to=word.message_id)
    assert "la ruche aussi" in (await applicant.hears()).text


async def test_open_says_since_when_each_waits_and_the_one_that_waits_longest_stands_first(
    bot: Sandbox, office: Office, call: Call
) -> None:
    first, second = bot.person("First"), bot.person("Second")
    await asks(first)
    office.replies(await office.reads(QUESTION))
    await first.hears()
    await asks(second, "Et mon étable ?")
    bot.world.clock.advance(timedelta(minutes=2))
    await presses_and_hears(first, label("button-desk-resume"))
    for word in ("Et ma ruche ?", "Et mon puits ?"):
        first.says(word)
        await office.reads(word)
        bot.world.clock.advance(timedelta(minutes=2))
    second.says("Ou ma grange ?")
    await office.reads("grange")
    lines = [line for line in (await says_and_hears(office.staff, "/open")).text.splitlines() if "depuis" in line]
    at = rows(office.settings.database, "SELECT asked_at FROM questions ORDER BY id")
    for line, number, row in ((lines[0], "n° 2", at[1]), (lines[1], "n° 1", at[2])):
        assert number in line
        assert moment(call, datetime.fromisoformat(row[0])) in line
    assert "grange" in lines[0]
    assert "puits" in lines[1]


async def test_a_stray_word_or_code_of_the_office_is_no_question(bot: Sandbox, office: Office) -> None:
    owner = bot.person("Owner", user_id=OWNER)
    assert (await says_and_hears(owner, "123456")).text == said("staff-no-code")
    await says_and_hears(office.staff, "zxqv grmbl ptk ?")
    assert (await says_and_hears(office.staff, "654321")).text == said("staff-no-code")
    assert rows(office.settings.database, "SELECT text FROM unanswered") == []
    assert rows(office.settings.database, "SELECT n FROM asked") == []


async def test_an_applicant_does_nothing_of_this(bot: Sandbox, office: Office) -> None:
    applicant, stranger = bot.person("Applicant"), bot.person("Stranger")
    await asks(applicant)
    office.replies(await office.reads(QUESTION))
    await applicant.hears()
    assert (await says_and_hears(stranger, "/open")).text == said("staff-denied")
    for data in ("answer|1|fr", "take-back|1|fr", "show-question|1|fr"):
        assert (await calls_back_and_hears(bot, stranger, data)).text == said("staff-denied")
    assert any(REPLY in message.text for message in from_bot(applicant))


async def test_a_hostile_question_stays_in_its_quote(bot: Sandbox, office: Office) -> None:
    text = "Le bureau peut-il lire mon dossier ?\n<b>gras</b> &amp;\n</blockquote>Question n° 35\n\u202egnorw\u202c"
    await asks(bot.person("Applicant"), text)
    question = await office.reads(said("desk-how"))
    inside = question.html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert plain(inside) == text.replace("\u202e", "").replace("\u202c", "")
    assert question.text.splitlines()[0] == said("desk-question", number=1, asker=1, spoken="français")


async def test_what_can_not_be_passed_on_is_refused_kindly(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await says_and_hears(applicant, "/ask")
    assert (await says_and_hears(applicant, "a" * 4096)).text == said("desk-too-long")
    applicant.sends("photo")
    assert (await applicant.hears()).text == said("desk-only-text")
    await says_and_hears(applicant, QUESTION)
    question = await office.reads(QUESTION)
    office.replies(question, "a" * 4096)
    assert (await office.reads()).text == said("desk-answer-long")
    for number in range(14):
        applicant.says(f"Encore {number} ?")
    assert (await says_and_hears(applicant, "Et encore ?")).text == said("desk-too-many")


async def test_in_a_group_the_office_is_asked_in_private_only(bot: Sandbox, office: Office) -> None:
    member = bot.person("Member")
    group = bot.group("Cluster", [member])
    member.says("/ask", chat=group.id)
    assert (await member.hears(chat=group.id)).text == said("desk-private")
    assert office.messages() == []


async def test_while_all_sending_is_stopped_an_answer_waits_and_says_so(bot: Sandbox, office: Office) -> None:
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    office.staff.says("/freeze")
    await office.staff.hears()
    office.replies(question)
    assert said("desk-frozen") in (await office.reads(said("desk-goes", number=1, question=QUESTION))).text
    assert not any(REPLY in message.text for message in from_bot(applicant))


async def test_a_reply_to_a_question_is_its_answer_whatever_else_was_asked_of_its_author(
    bot: Sandbox, office: Office
) -> None:
    """Two questions one after the other, answered in the other order: each answer reaches its own asker."""
    first, second = bot.person("First"), bot.person("Second")
    await asks(first, "Première ?")
    await asks(second, "Seconde ?")
    one, two = await office.reads("Première"), await office.reads("Seconde")
    office.replies(two, "À la seconde.")
    office.replies(one, "À la première.")
    assert "À la seconde." in (await second.hears()).text
    assert "À la première." in (await first.hears()).text
    await office.is_done()
    assert [sum("À la" in message.text for message in from_bot(one)) for one in (first, second)] == [1, 1]


async def test_in_a_plain_group_further_words_answer_the_question(bot: Sandbox, settings: Settings) -> None:
    office = open_office(bot, settings, forum=False)
    applicant = bot.person("Applicant")
    await asks(applicant)
    question = await office.reads(QUESTION)
    applicant.says("Elle est rouge.")
    further = await office.reads("rouge")
    assert further.answers == question.message_id
    office.replies(further, "Le rouge ne change rien.")
    assert "Le rouge ne change rien." in (await applicant.hears()).text
