"""The days of a month in words, as people write them in a date."""

from __future__ import annotations

from collections.abc import Sequence

_FRENCH = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
    "vingt",
]
_ENGLISH = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_NTH = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_ARABIC = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
_ELEVENTH = "الحادي"
"""The first of a unit that is followed by a ten."""

_TEN = 10
_TWENTY = 20
_THIRTY = 30


def in_words(day: int) -> list[str]:
    """What the ``day`` of a month is called: in French, in English (both ways of counting) and in Arabic."""
    arabic = _arabic(day)
    return [
        "premier" if day == 1 else _european(day, _FRENCH, "vingt", "trente"),
        _european(day, _ENGLISH, "twenty", "thirty"),
        "thirtieth" if day == _THIRTY else _european(day, _NTH, "twenty", "thirty"),
        *(arabic, arabic.replace("ين", "ون")),
    ]


def _european(day: int, small: Sequence[str], *tens: str) -> str:
    """A number up to twenty has a word of its own; others have their ten first."""
    if day <= _TWENTY:
        return small[day - 1]
    ten, unit = tens[day // _TEN - 2], day % _TEN
    joint = "-et-" if unit == 1 and small is _FRENCH else "-"
    return f"{ten}{joint}{small[unit - 1]}" if unit else ten


def _arabic(day: int) -> str:
    """The unit stands before its ten."""
    if day <= _TEN:
        return _ARABIC[day - 1]
    ten, unit = ("", "عشر", "العشرين", "الثلاثين")[day // _TEN], day % _TEN
    first = _ELEVENTH if unit == 1 else _ARABIC[unit - 1]
    joint = " " if day < _TWENTY else " و"
    return f"{first}{joint}{ten}" if unit else ten
