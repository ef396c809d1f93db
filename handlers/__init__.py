"""Talk: a Telegram update comes in, faq/ and bot/ decide and keep, a reply goes out."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, TypeHandler, filters

from bot.buttons import Press, Verb
from bot.rules.roles import Act
from bot.services import Services
from bot.store import StoreError, people
from bot.transport.dispatch import AnyApplication
from handlers import asking, desk, privacy, profile, published, reminding, welcoming
from handlers.asking import show_topic
from handlers.commands import ENTRIES
from handlers.groups import IsForUs, in_charge, moved
from handlers.staff import account, answering, codes, deadline, freezing, stats
from handlers.staff.answering import correcting, hinting, replying_to_questions
from handlers.staff.broadcasts import announced, broadcast, held
from handlers.staff.expecting import InStaffChat, OfOffice, hearing
from handlers.staff.guard import staff
from handlers.staff.learning import editing, living, making, tapped, teaching, unanswered
from handlers.staff.publishing import announcing, publishing, releasing
from handlers.trouble import apologise
from handlers.turn import Handler, Turn

Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

COMMANDS: dict[str, Handler] = {
    "start": welcoming.start,
    "faq": welcoming.menu,
    "menu": welcoming.menu,
    "ask": desk.offer,
    "remind": in_charge(reminding.offer),
    "stop": in_charge(reminding.stop),
    "calendar": reminding.show_calendar,
    "questions": published.questions,
    "privacy": privacy.tell,
    "mydata": in_charge(privacy.my_data),
    "forget": in_charge(privacy.ask_to_forget),
    "newdeadline": deadline.propose,
    "open": staff(Act.ANSWER)(answering.list_open),
    "broadcast": staff(Act.BROADCAST)(broadcast.begin),
    "broadcasts": staff(Act.BROADCAST)(announced.show_list),
    "held": staff(Act.SETTLE)(held.show),
    "freeze": staff(Act.FREEZE)(freezing.freeze),
    "unfreeze": staff(Act.UNFREEZE)(freezing.unfreeze),
    "unanswered": staff(Act.TEACH)(unanswered.show),
    "edit": staff(Act.TEACH)(editing.edit),
    "history": staff(Act.TEACH)(living.history),
    "audit": staff(Act.READ_AUDIT)(account.show),
    "stats": staff(Act.SEE_STATS)(stats.stats),
    "report": staff(Act.SEE_STATS)(stats.report),
    "language": welcoming.ask_language,
    "help": welcoming.help_,
}
"""The bot's own commands; those that show a topic or a document follow from the call."""

_TEACHING: dict[Verb, Handler] = {
    Verb.UNANSWERED: unanswered.show,
    Verb.ALIKE: unanswered.open_group,
    Verb.SAME: unanswered.same,
    Verb.SAME_SURELY: unanswered.same,
    Verb.ANOTHER: unanswered.another,
    Verb.NOT_OURS: unanswered.dismiss,
    Verb.REOPEN: unanswered.reopen,
    Verb.TAPPED: tapped.show,
    Verb.ADD_TAPPED: tapped.settle,
    Verb.DROP_TAPPED: tapped.settle,
    Verb.MODEL: teaching.decide,
    Verb.EDIT: editing.edit,
    Verb.WRITE: editing.write,
    Verb.PUT_LIVE: living.put_live,
    Verb.LEAVE: living.leave,
    Verb.HISTORY: living.history,
    Verb.UNDO: living.undo,
    Verb.NEW_ENTRY: making.begin,
    Verb.PART: making.ask,
    Verb.WAIVE: making.waive,
    Verb.MAKE: making.put_live,
}

PRESSES: dict[Verb, Handler] = {
    Verb.MENU: welcoming.menu,
    Verb.GROUP: welcoming.group,
    Verb.ENTRY: asking.show,
    Verb.OFFER: in_charge(reminding.offer),
    Verb.REGISTER: in_charge(reminding.register),
    Verb.SWITCH: in_charge(reminding.switch),
    Verb.LATER: in_charge(reminding.later),
    Verb.SUBMITTED: in_charge(reminding.submitted),
    Verb.STOP: in_charge(reminding.stop),
    Verb.CALENDAR: reminding.show_calendar,
    Verb.PROFILE: in_charge(profile.choose),
    Verb.MY_DATA: in_charge(privacy.my_data),
    Verb.FORGET: in_charge(privacy.ask_to_forget),
    Verb.FORGET_ALL: in_charge(privacy.forget),
    Verb.APPLY: deadline.confirm,
    Verb.DROP: deadline.drop,
    Verb.STATS: staff(Act.SEE_STATS)(stats.stats),
    Verb.EXPORT: staff(Act.SEE_STATS)(stats.export),
    Verb.REPORT: staff(Act.SEE_STATS)(stats.report),
    Verb.ASK_OFFICE: desk.offer,
    Verb.SEND_QUESTION: desk.send_question,
    Verb.LEAVE_OFFICE: desk.leave,
    Verb.REPLY_OFFICE: desk.resume,
    Verb.SEND_ANSWER: staff(Act.ANSWER)(answering.send_draft),
    Verb.TAKE_BACK: staff(Act.ANSWER)(answering.take_back),
    Verb.SHOW_QUESTION: staff(Act.ANSWER)(answering.show),
    Verb.LANGUAGE: in_charge(welcoming.choose_language),
    Verb.QUESTIONS: published.questions,
    Verb.QUESTION: published.question,
    Verb.WAIT: published.wait,
    Verb.PUBLISH: staff(Act.PUBLISH)(publishing.open_),
    Verb.QA_PANEL: staff(Act.PUBLISH)(publishing.tab),
    Verb.QA_QUESTION: staff(Act.PUBLISH)(publishing.ask_question),
    Verb.QA_ANSWER: staff(Act.PUBLISH)(publishing.ask_answer),
    Verb.QA_WAIVE: staff(Act.PUBLISH)(publishing.waive),
    Verb.QA_PRIVATE: staff(Act.PUBLISH)(releasing.keep_private),
    Verb.QA_GO: staff(Act.PUBLISH)(releasing.make_public),
    Verb.QA_CORRECT: staff(Act.PUBLISH)(releasing.correct),
    Verb.QA_MATERIAL: staff(Act.PUBLISH)(releasing.correct_material),
    Verb.QA_SLIP: staff(Act.PUBLISH)(releasing.correct_slip),
    Verb.QA_ALL: staff(Act.BROADCAST)(announcing.tell_all),
    Verb.QA_DIGEST: staff(Act.PUBLISH)(announcing.want_digest),
    Verb.QA_DIGEST_GO: staff(Act.BROADCAST)(announcing.make_digest),
    Verb.QA_ERRATUM: staff(Act.BROADCAST)(announcing.tell_erratum),
    Verb.QA_SAME: staff(Act.PUBLISH)(announcing.offer_same),
    Verb.QA_SAME_GO: staff(Act.PUBLISH)(announcing.answer_same),
    Verb.BROADCAST: staff(Act.BROADCAST)(announced.press),
    Verb.SETTLE: staff(Act.SETTLE)(held.settle),
    Verb.CHOSEN: asking.choose,
    **{verb: staff(Act.TEACH)(handler) for verb, handler in _TEACHING.items()},
}
"""What each button does."""

EXPECTED: dict[str, Handler] = {
    publishing.QUESTION: staff(Act.PUBLISH)(publishing.hear_question),
    publishing.ANSWER: staff(Act.PUBLISH)(publishing.hear_answer),
    broadcast.TEXT: staff(Act.BROADCAST)(broadcast.take_text),
    broadcast.HOUR: staff(Act.BROADCAST)(broadcast.take_hour),
    editing.EDIT: staff(Act.TEACH)(editing.take),
    making.NEW_ENTRY: staff(Act.TEACH)(making.take),
}
"""What is done with a message that a member of staff was asked for, by what it is for."""

_UNREADABLE = (
    filters.PHOTO | filters.VOICE | filters.AUDIO | filters.VIDEO | filters.VIDEO_NOTE | filters.Sticker.ALL
    | filters.Document.ALL | filters.LOCATION | filters.CONTACT | filters.ANIMATION | filters.POLL
)  # fmt: skip


def register(application: AnyApplication, services: Services) -> None:
    """Everything that the bot reacts to, in the order in which it is tried."""
    new = filters.UpdateType.MESSAGE
    by_handler = partial(_callback, services)
    for word, handler in (COMMANDS | _entry_commands(services)).items():
        application.add_handler(CommandHandler(word, by_handler(handler), filters=new))
    application.add_handler(CallbackQueryHandler(by_handler(_press)))
    private = new & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(private & filters.COMMAND, by_handler(_late_command)))
    of_office = new & OfOffice(services.office)
    six_digits = filters.Regex(r"^\s*\d{6}\s*$")
    code = replying_to_questions(codes.type_code)
    application.add_handler(MessageHandler(private & of_office & six_digits, by_handler(code)))
    in_staff_chat, for_us = InStaffChat(services.office), IsForUs()
    among = replying_to_questions(codes.among_colleagues(hearing(EXPECTED, hinting(welcoming.silence))))
    application.add_handler(MessageHandler(in_staff_chat & of_office & six_digits, by_handler(among)))
    for kind, otherwise in (
        (filters.ChatType.PRIVATE & filters.TEXT, desk.listening(asking.ask)),
        (filters.ChatType.PRIVATE & _UNREADABLE, desk.listening(welcoming.only_text)),
        (for_us & (filters.TEXT | _UNREADABLE), asking.ask),
        (filters.TEXT | _UNREADABLE, welcoming.silence),
    ):
        heard = replying_to_questions(hearing(EXPECTED, hinting(otherwise)))
        application.add_handler(MessageHandler(of_office & kind, by_handler(heard)))
    application.add_handler(MessageHandler(private & filters.TEXT, by_handler(desk.listening(asking.ask))))
    application.add_handler(MessageHandler(private & _UNREADABLE, by_handler(desk.listening(welcoming.only_text))))
    stranger = replying_to_questions(hinting(asking.ask))
    application.add_handler(MessageHandler(new & in_staff_chat & filters.TEXT & for_us, by_handler(stranger)))
    application.add_handler(MessageHandler(new & filters.TEXT & for_us, by_handler(asking.ask)))
    at_counter = filters.UpdateType.EDITED_MESSAGE & (filters.ChatType.PRIVATE | in_staff_chat)
    application.add_handler(MessageHandler(at_counter, by_handler(correcting(desk.edited))))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, by_handler(moved)))
    application.add_handler(TypeHandler(Update, by_handler(welcoming.silence)))


def _entry_commands(services: Services) -> dict[str, Handler]:
    """The commands that show one entry: a topic of the domain, or a document of the call."""
    wanted = ENTRIES | {document.command: document.entry for document in services.call.documents}
    return {word: _showing(entry) for word, entry in wanted.items() if entry in services.call.entries}


def _showing(entry: str) -> Handler:
    async def show(turn: Turn) -> None:
        if entry in turn.services.call.entries:
            show_topic(turn, entry)
        else:  # the folder has lost it since the start
            await welcoming.unknown(turn)

    return show


async def _late_command(turn: Turn) -> None:
    """A command of a document that the folder has had only since the start, or none."""
    word = turn.text.partition(" ")[0].removeprefix("/").partition("@")[0].lower()
    await _entry_commands(turn.services).get(word, welcoming.unknown)(turn)


async def _press(turn: Turn) -> None:
    await (PRESSES[turn.press.verb] if turn.press else welcoming.stale)(turn)


def _callback(services: Services, handler: Handler) -> Callback:
    """The framework's callback for a handler: read the update, handle it, record it; it raises only for the store."""

    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        chat = update.effective_chat or update.effective_user
        chat_id = chat.id if chat else 0
        chosen = await services.store.read(lambda db: people.language_of(db, chat_id))
        turn = Turn(update, services, chosen=chosen)
        try:
            await handler(turn)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  the last net
            apologise(turn, error)
        await turn.commit()
        await turn.acknowledge()

    return callback


__all__ = ["COMMANDS", "PRESSES", "Press", "register"]
