"""Dates and durations as people read them, with the plurals of three languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from faq import Call, answering
from faq.formatting import duration
from faq.languages import ReplyLanguage

FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN


@pytest.mark.parametrize(
    ("language", "delta", "said"),
    [
        (FR, timedelta(days=1, hours=1), "1 jour et 1 heure"),
        (FR, timedelta(days=6, hours=3, minutes=59), "6 jours et 3 heures"),
        (FR, timedelta(days=2), "2 jours"),
        (FR, timedelta(hours=23, minutes=59, seconds=59), "23 heures et 59 minutes"),
        (FR, timedelta(minutes=1), "1 minute"),
        (FR, timedelta(seconds=59), "moins d'une minute"),
        (EN, timedelta(days=1), "1 day"),
        (EN, timedelta(days=11, hours=1), "11 days and 1 hour"),
        (AR, timedelta(days=1), "يوم"),
        (AR, timedelta(days=2), "يومان"),
        (AR, timedelta(days=3), "3 أيام"),
        (AR, timedelta(days=11), "11 يومًا"),
        (AR, timedelta(days=100), "100 يوم"),
        (AR, timedelta(hours=2, minutes=2), "ساعتان ودقيقتان"),
    ],
)
def test_a_duration_has_the_plural_of_its_language(
    call: Call, language: ReplyLanguage, delta: timedelta, said: str
) -> None:
    assert duration(delta, language, sentences=call.sentences[language]) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (FR, "jeudi 24 juillet 2025 à 15:00 (heure du Maroc, UTC+1)"),
        (EN, "Thursday, July 24, 2025 at 15:00 (Moroccan time, UTC+1)"),
        (AR, "\u2068الخميس، 24 يوليوز 2025 على الساعة 15:00 (بتوقيت المغرب، UTC+1)\u2069"),
    ],
)
def test_the_deadline_is_said_with_weekday_date_hour_and_zone(call: Call, language: ReplyLanguage, said: str) -> None:
    assert answering.deadline_text(call, language=language) == said
