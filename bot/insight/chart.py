"""A picture of what was counted, for a phone: every word of it is given, in its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.insight.drawing import Align, Canvas, Colour

WIDTH, HEIGHT = 960, 1280
"""Pixels; Telegram makes anything longer than 1,280 smaller, and letters with it."""

_INK, _GREY, _PALE, _BLUE = "#1b1f24", "#57606a", "#eef1f4", "#0072b2"
_SERIES: tuple[Colour, ...] = ("#0072b2", "#56b4e9", "#009e73", "#e69f00", "#cc79a7")
"""Colours that also those tell apart who see few (Okabe and Ito)."""

_ENDS: tuple[Colour, ...] = ("#009e73", "#e69f00", "#d55e00", "#0072b2")
"""Of what became of questions, from good to bad, and to the office."""

_MARGIN = 40
_INNER = WIDTH - 2 * _MARGIN
_SMALL, _NORMAL, _HEAD, _BIG = 23, 25, 29, 44


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a number: a bar, a piece of one, or a line of a legend. ``shown`` is the number as it is read."""

    label: str
    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that stands alone, and how it went before."""

    label: str
    shown: str
    curve: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Columns, each of several pieces in the order of ``legend``; the words under the first and the last of them."""

    title: str
    columns: tuple[tuple[int, ...], ...]
    legend: tuple[Part, ...]
    first: str
    last: str
    highest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars one under the other, the longest first."""

    title: str
    bars: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is drawn. ``nothing`` is said in the place of what would be empty."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    days: Stack
    outcomes: Bars
    topics: Bars
    silences: Bars
    nothing: str
    right_to_left: bool = False


def draw(picture: Picture) -> bytes:
    """The picture as a PNG file. Takes a tenth of a second: not for the event loop."""
    canvas = Canvas(WIDTH, HEIGHT, right_to_left=picture.right_to_left)
    canvas.text(_MARGIN, 30, picture.title, 36, _INK, bold=True, room=_INNER)
    canvas.text(_MARGIN, 80, picture.subtitle, _NORMAL, _GREY, room=_INNER)
    _tiles(canvas, 124, picture.tiles)
    _stack(canvas, 270, picture.days, picture.nothing)
    _outcomes(canvas, 602, picture.outcomes, picture.nothing)
    _bars(canvas, 794, picture.topics, picture.nothing, _BLUE)
    _bars(canvas, 1040, picture.silences, picture.nothing, "#d55e00")
    return canvas.png()


def _tiles(canvas: Canvas, y: float, tiles: Sequence[Tile]) -> None:
    gap, height = 16, 128
    width = (_INNER - gap * (len(tiles) - 1)) / len(tiles)
    for number, tile in enumerate(tiles):
        x = _MARGIN + number * (width + gap)
        canvas.box(x, y, width, height, _PALE, radius=14)
        room = width - 32
        size = canvas.size_within(room, tile.shown, _BIG, bold=True)
        canvas.text(x + 16, y + 12 + (_BIG - size) / 2, tile.shown, size, _INK, bold=True, room=room)
        canvas.text(x + 16, y + 68, tile.label, _SMALL, _GREY, room=room)
        _curve(canvas, x + 16, y + 104, room, tile.curve)


def _curve(canvas: Canvas, x: float, y: float, width: float, curve: Sequence[int]) -> None:
    """A small line of how a number went; none where it did not move."""
    low, high, steps = min(curve, default=0), max(curve, default=0), len(curve) - 1
    if low == high:
        return
    points = [(x + width * n / steps, y + 14 - 14 * (value - low) / (high - low)) for n, value in enumerate(curve)]
    canvas.line(points, _BLUE)


def _stack(canvas: Canvas, y: float, stack: Stack, nothing: str) -> None:
    canvas.text(_MARGIN, y, stack.title, _HEAD, _INK, bold=True, room=_INNER * 0.8)
    most = max((sum(column) for column in stack.columns), default=0)
    if not most:
        canvas.text(_MARGIN, y + 48, nothing, _NORMAL, _GREY, room=_INNER)
        return
    top, height = y + 50, 160
    canvas.text(_MARGIN + _INNER, y + 4, stack.highest, _SMALL, _GREY, align=Align.END, room=_INNER * 0.2)
    canvas.box(_MARGIN, top, _INNER, 1, _PALE)
    step = _INNER / len(stack.columns)
    width = min(step * 0.76, 90)
    for number, column in enumerate(stack.columns):
        heights = [height * one / most for one in column]
        _column(canvas, _MARGIN + number * step + (step - width) / 2, top + height, width, heights)
    canvas.box(_MARGIN, top + height, _INNER, 2, _GREY)
    canvas.text(_MARGIN, top + height + 10, stack.first, _SMALL, _GREY)
    canvas.text(_MARGIN + _INNER, top + height + 10, stack.last, _SMALL, _GREY, align=Align.END)
    _legend(canvas, top + height + 46, stack.legend, _SERIES, 3)


def _column(canvas: Canvas, x: float, floor: float, width: float, heights: Sequence[float]) -> None:
    for colour, height in zip(_SERIES, heights, strict=False):
        if height:
            floor -= height
            canvas.box(x, floor, width, height, colour)


def _legend(canvas: Canvas, y: float, parts: Sequence[Part], colours: Sequence[Colour], columns: int) -> None:
    """What the colours mean, with the numbers, so that nobody has to tell colours apart."""
    width = _INNER / columns
    for number, (colour, part) in enumerate(zip(colours, parts, strict=False)):
        x, line = _MARGIN + number % columns * width, y + number // columns * 34
        canvas.box(x, line + 4, 18, 18, colour, radius=4)
        named = canvas.text(x + 26, line, part.label, _SMALL, _INK, room=width - 40)
        canvas.text(x + 34 + named, line, part.shown, _SMALL, _INK, bold=True, room=width - named - 34)


def _outcomes(canvas: Canvas, y: float, outcomes: Bars, nothing: str) -> None:
    """One bar of all questions, and how many became of what."""
    canvas.text(_MARGIN, y, outcomes.title, _HEAD, _INK, bold=True, room=_INNER)
    whole = sum(part.number for part in outcomes.bars)
    if not whole:
        canvas.text(_MARGIN, y + 48, nothing, _NORMAL, _GREY, room=_INNER)
        return
    x = float(_MARGIN)
    for colour, part in zip(_ENDS, outcomes.bars, strict=False):
        if part.number:
            canvas.box(x, y + 46, _INNER * part.number / whole, 40, colour)
            x += _INNER * part.number / whole
    _legend(canvas, y + 102, outcomes.bars, _ENDS, 2)


def _bars(canvas: Canvas, y: float, bars: Bars, nothing: str, colour: Colour) -> None:
    """Bars with their names before them and their numbers behind them."""
    canvas.text(_MARGIN, y, bars.title, _HEAD, _INK, bold=True, room=_INNER)
    if not bars.bars:
        canvas.text(_MARGIN, y + 48, nothing, _NORMAL, _GREY, room=_INNER)
        return
    names, longest = _INNER * 0.52, max(part.number for part in bars.bars)
    for number, part in enumerate(bars.bars):
        line = y + 46 + number * 38
        canvas.text(_MARGIN, line, part.label, _NORMAL, _INK, room=names - 20)
        length = (_INNER - names - 110) * part.number / longest
        canvas.box(_MARGIN + names, line + 3, length, 24, colour, radius=4)
        canvas.text(_MARGIN + names + length + 12, line, part.shown, _NORMAL, _INK, bold=True)
