"""The first words, the menu, help and the choice of language."""

from __future__ import annotations

from bot.buttons import Press, Verb
from bot.messages import Button, Rows
from bot.store import people
from faq.call import Entry
from faq.languages import OWN_NAMES, ReplyLanguage
from faq.markup import Html
from handlers import commands, reminding
from handlers.asking import entry_button, menu_button, person_button, remind_buttons
from handlers.groups import in_charge
from handlers.turn import Turn

_REMIND = "remind"
"""Payload of the deep link that leads straight to reminders."""


async def start(turn: Turn) -> None:
    """Greet, say what this is, and whether the call is open."""
    if turn.argument == _REMIND:
        await in_charge(reminding.offer)(turn)
        return
    call = turn.services.call
    text = turn.text_of("welcome", call=call.title[turn.language], status=turn.status)
    buttons = (menu_button(turn), *remind_buttons(turn, stoppable=False), *person_button(turn))
    turn.say(text, rows=(*((button,) for button in buttons), *_languages(turn)))


async def help_(turn: Turn) -> None:
    """List the commands."""
    turn.say(_help(turn), rows=((menu_button(turn),),))


async def unknown(turn: Turn) -> None:
    """A command that does not exist: say so and list those that do."""
    turn.say(turn.text_of("unknown-command"), _help(turn), rows=((menu_button(turn),),))


async def menu(turn: Turn) -> None:
    """The topics' groups; a second tap shows a group's topics, a third none: the answer."""
    call = turn.services.call
    used = {entry.group for entry in call.entries.values()}
    rows = tuple(
        (Press(Verb.GROUP, group, turn.language).button(title[turn.language]),)
        for group, title in call.groups.items()
        if group in used
    )
    turn.say(turn.text_of("menu"), rows=rows)


async def group(turn: Turn) -> None:
    """The topics of one group."""
    name = turn.press.argument if turn.press else ""
    call = turn.services.call
    entries = [entry for entry in call.entries.values() if entry.group == name]
    if not entries or name not in call.groups:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    else:
        title = call.groups[name][turn.language]
        back = Press(Verb.MENU, "", turn.language).button(turn.label("button-back"))
        turn.say(turn.text_of("group", title=title), rows=(*_entries(turn, entries), (back,)))


async def ask_language(turn: Turn) -> None:
    """Offer the languages, each in its own spelling."""
    turn.say(turn.text_of("ask-language"), rows=_languages(turn))


async def choose_language(turn: Turn) -> None:
    """Remember the language of the pressed button."""
    turn.change(people.choose_language(turn.services.call.id, turn.chat_id, turn.language, now=turn.now))
    turn.say(turn.text_of("language-chosen"), rows=((menu_button(turn),),))


async def only_text(turn: Turn) -> None:
    """A photo, a voice message, a sticker: say kindly that only text can be read."""
    turn.say(turn.text_of("only-text"), rows=((menu_button(turn),),))


async def stale(turn: Turn) -> None:
    """A button of an older version, or one that is not ours."""
    turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))


async def silence(_: Turn) -> None:
    """An update that asks for nothing: it is only recorded as handled."""


def _entries(turn: Turn, entries: list[Entry]) -> Rows:
    return tuple((entry_button(turn, entry.id),) for entry in entries)


def _languages(turn: Turn) -> Rows:
    call = turn.services.call
    if len(call.languages) == 1:
        return ()
    return (tuple(_language_button(one) for one in call.languages),)


def _language_button(language: ReplyLanguage) -> Button:
    return Press(Verb.LANGUAGE, "", language).button(OWN_NAMES[language])


def _help(turn: Turn) -> Html:
    lines = [
        turn.text_of("command-line", command=f"/{command.word}", what=command.what)
        for command in commands.published(turn.services.call, turn.services.texts, turn.language)
    ]
    text = turn.text_of("help", commands=Html("\n".join(lines)))
    return Html(f"{text}\n\n{_office_help(turn)}") if turn.is_of_office else text


def _office_help(turn: Turn) -> Html:
    """What somebody of the office may do besides."""
    found = commands.of_office(
        turn.services.texts, turn.language, lambda act: turn.services.roles.may(turn.user_id, act)
    )
    lines = [turn.text_of("command-line", command=f"/{one.word}", what=one.what) for one in found]
    return Html("\n".join([turn.text_of("help-office"), *lines]))
