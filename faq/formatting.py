"""Dates, hours, durations and lists for people, in their language; an hour is never printed without its zone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from faq.languages import LOCALES, ReplyLanguage

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def day(value: date, language: ReplyLanguage) -> str:
    """``mardi 3 mars 2026``: the weekday is what people plan by."""
    return format_date(value, "full", locale=LOCALES[language])


def short_day(value: date, language: ReplyLanguage) -> str:
    """``3 mars 2026``."""
    return format_date(value, "long", locale=LOCALES[language])


def day_and_month(value: date, language: ReplyLanguage) -> str:
    """``3 mars``, for under a column."""
    return format_skeleton("MMMMd", value, locale=LOCALES[language])


def number(value: float, language: ReplyLanguage) -> str:
    """``12 345``, ``2,5``."""
    return format_decimal(value, locale=LOCALES[language])


def share(part: int, whole: int, language: ReplyLanguage) -> str:
    """``12 %``; of nothing, nothing."""
    return format_percent(part / whole if whole else 0, locale=LOCALES[language])


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
        parts: tuple[tuple[Literal["day", "hour", "minute"], int], ...] = (
            ("day", seconds // _DAY),
            ("hour", seconds % _DAY // _HOUR),
        )
    else:
        parts = (("hour", seconds // _HOUR), ("minute", seconds % _HOUR // _MINUTE))
    return listing([_count(unit, n, language) for unit, n in parts if n], language)


def listing(items: Sequence[str], language: ReplyLanguage) -> str:
    """``a, b et c``."""
    return format_list(items, locale=LOCALES[language])


def _count(unit: Literal["day", "hour", "minute"], number: int, language: ReplyLanguage) -> str:
    """``3 days`` in any language's plural. The threshold is out of reach, or Babel would turn days into weeks.

    Its no-break spaces become plain ones, which people can search for and copy.
    """
    delta = timedelta(**{f"{unit}s": number})
    said = format_timedelta(delta, unit, threshold=math.inf, locale=LOCALES[language])
    return said.replace("\N{NO-BREAK SPACE}", " ")


def _offset(value: datetime) -> str:
    offset = value.utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds()) // _MINUTE
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
