"""What the office sees of the counter's use: a picture, tables, and the report on the call."""

from __future__ import annotations

from bot.buttons import Press, Verb
from bot.messages import Button, Rows
from bot.routines import digests
from bot.rules.counts import Period
from handlers.turn import Turn

_ALL = "all"
_SPANS = {"7": 7, "30": 30}
_USUAL = "30"
_MOST_QUOTED = 40
_EXPORTS = {"csv": digests.values, "xlsx": digests.workbook}


async def stats(turn: Turn) -> None:
    """``/stats``, ``/stats 7``, ``/stats all``, or a button with one of these."""
    asked = turn.press.argument if turn.press else turn.argument
    span = asked.lower() or _USUAL
    if span not in {*_SPANS, _ALL}:
        turn.say(turn.text_of("insight-unknown", what=asked[:_MOST_QUOTED]))
        return
    message = await digests.stats(turn.services, turn.language, await _period(turn, span))
    turn.say(message.text, rows=_rows(turn, span), file=message.file)


async def export(turn: Turn) -> None:
    """A button: the figures of what was shown, as a file."""
    kind, _, span = turn.press.argument.partition(".") if turn.press else ("", "", "")
    if kind not in _EXPORTS:
        turn.say(turn.text_of("stale-button"))
        return
    message = await _EXPORTS[kind](turn.services, turn.language, await _period(turn, span))
    turn.say(message.text, file=message.file)


async def report(turn: Turn) -> None:
    """``/report``: the account of the call so far."""
    text, figures = await digests.account(turn.services, turn.language)
    turn.say(text.text)
    turn.say(figures.text, file=figures.file)


async def _period(turn: Turn, span: str) -> Period:
    if span in _SPANS:
        return digests.last_days(turn.services.call, _SPANS[span], now=turn.now)
    return await digests.all_days(turn.services)


def _rows(turn: Turn, span: str) -> Rows:
    """The other spans, and the files of this one."""

    def button(verb: Verb, argument: str, label: str) -> Button:
        return Press(verb, argument, turn.language).button(label)

    spans = [button(Verb.STATS, name, turn.label("insight-button-days", days=days)) for name, days in _SPANS.items()]
    return (
        (*spans, button(Verb.STATS, _ALL, turn.label("insight-button-all"))),
        (
            button(Verb.EXPORT, f"csv.{span}", turn.label("insight-button-csv")),
            button(Verb.EXPORT, f"xlsx.{span}", turn.label("insight-button-xlsx")),
            button(Verb.REPORT, "", turn.label("insight-button-report")),
        ),
    )
