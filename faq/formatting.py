"""Dates, hours, durations and lists for people, in their language; an hour is never printed without its zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.units import format_unit

from faq.languages import LOCALES, ReplyLanguage

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def day(value: date, language: ReplyLanguage) -> str:
    """``jeudi 24 juillet 2025``: the weekday is what people plan by."""
    return format_date(value, "full", locale=LOCALES[language])


def short_day(value: date, language: ReplyLanguage) -> str:
    """``24 juillet 2025``."""
    return format_date(value, "long", locale=LOCALES[language])


def moment(value: datetime, language: ReplyLanguage, *, zone: str, sentences: Mapping[str, str]) -> str:
    """An aware local time as weekday, date, hour and zone; ``zone`` is the zone's name for people.

    The hour is formatted as it stands: Babel is never asked to convert, for it would read other zone data.
    """
    return sentences["moment"].format(
        day=day(value, language),
        hour=format_time(value.time(), "HH:mm", locale=LOCALES[language]),
        zone=zone,
        offset=_offset(value),
    )


def duration(value: timedelta, language: ReplyLanguage, *, sentences: Mapping[str, str]) -> str:
    """How long that is: days and hours, or hours and minutes under a day; rounded down, never up."""
    seconds = int(value.total_seconds())
    if seconds < _MINUTE:
        return sentences["under-a-minute"]
    if seconds >= _DAY:
        parts = (("day", seconds // _DAY), ("hour", seconds % _DAY // _HOUR))
    else:
        parts = (("hour", seconds // _HOUR), ("minute", seconds % _HOUR // _MINUTE))
    units = [format_unit(n, f"duration-{unit}", "long", locale=LOCALES[language]) for unit, n in parts if n]
    return listing(units, language)


def listing(items: Sequence[str], language: ReplyLanguage) -> str:
    """``a, b et c``."""
    return format_list(items, locale=LOCALES[language])


def _offset(value: datetime) -> str:
    offset = value.utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds()) // _MINUTE
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
