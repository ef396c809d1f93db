"""The deadline's own day is found however it is written by hand, and no other day is taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from faq import Call
from faq.byhand import gives_deadline
from faq.deadline import instant_of


def closing(call: Call, local: str) -> Call:
    """The call with another legal time of its deadline."""
    assert call.deadline is not None
    time = datetime.fromisoformat(local)
    moved = replace(call.deadline, local=time, instant=instant_of(time, call.deadline.zone))
    return replace(call, deadline=moved)


@pytest.mark.parametrize(
    "text",
    [
        "avant le 24 juillet",
        "Le JEUDI 24 Juil. 2025 à 15h",
        "le 24<b>juillet</b>",
        "le 24e jour du mois de juillet",
        "until July 24th, 2025, noon",
        "the 24th of July",
        "24-jul-2025",
        "24/07/2025",
        "24.7.2025",
        "24 07 2025",
        "24 \N{EN DASH} 7 \N{EN DASH} 25",
        "07/24/2025",
        "2025-07-24",
        "2025/7/24",
        "le 24/07 à 15 h",
        "قبل ٢٤ يوليوز ٢٠٢٥",
        "24 من شهر تموز",
        "٢٤/٠٧/٢٠٢٥",
        "24 جويلية",
        "the 2\N{ZERO WIDTH SPACE}4 July",
        "du 24 au 30 juillet",
        "24, 25 et 26 juillet",
        "les 24-25 juillet",
        "from July 20 to 24",
        "du 24 au 30/07/2025",
        "24 (juillet)",
        "24\N{EM DASH}juillet",
        "24\N{DEGREE SIGN} juillet",
        "24\N{MASCULINE ORDINAL INDICATOR} juillet",
        "July, 24th 2025",
        "juillet 24, 2025",
        "24th day of the month of July",
        "24 de ce mois de juillet",
        "24 يوليو/تموز",
        "24 شهر 7",
        "24\N{MIDDLE DOT}07\N{MIDDLE DOT}2025",
        "24_07_2025",
        "24\\07\\2025",
        "24،07،2025",
        "le 24 / 07 à 15h",
        "jusqu'au 24/7 à 15 h",
        "le 24-07 à 15 heures",
        "le 24.7",
        "قبل 24/7 على الساعة 15",
        "24/7, 03:00 pm",
        "vingt-quatre juillet",
        "July the twenty-fourth",
        "until twenty four July",
        "الرابع والعشرين من يوليوز",
        "call +212 5 24 07 25 11 24 July",
    ],
)
def test_the_day_of_the_deadline_is_found(call: Call, text: str) -> None:
    call = closing(call, "2025-07-24T15:00:00")
    assert gives_deadline(text, call)
    assert not gives_deadline(text, closing(call, "2025-07-23T15:00:00"))
    assert not gives_deadline(text, closing(call, "2025-06-24T15:00:00"))


@pytest.mark.parametrize(
    "text",
    [
        "{deadline}",
        "le 24 juillet 2024",
        "24/07/2023, 24.07.19, 2024-07-24",
        "la séance d'information du 14 juillet 2025",
        "124 juillet, 24 juin, 240/07",
        "open 24/7 from July 2025",
        "24.07 MAD, 24-07",
        "en juillet 2024, puis 24 dossiers",
        "at 07:24 and 24:07, at 15:24, 30 juillet",
        "24 juillet (2024), July 24 (2024)",
        "24 juillet (édition 2024), 24 juillet de l\N{RIGHT SINGLE QUOTATION MARK}année 2024, 24 شهر 7 سنة 2024",
        "le 24-07-2024, le 24.07 2024, le 24.07 %",
        "en juillet 24 dossiers",
        "version 1.24.7.25, version 24.7.25.1",
        "loi 24/07 du 3 mars, dossier n° 24/07",
        "tél. 06 24 07 25 11, 05.24.07.25.11, +212 5 24 07 25 11",
        "le quatre juillet, vingt juillet, July the fourth, الرابع من يوليوز",
    ],
)
def test_another_day_stays_possible(call: Call, text: str) -> None:
    assert not gives_deadline(text, closing(call, "2025-07-24T15:00:00"))


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("5 May", True),
        ("the 5 may", True),
        ("by 5 may applications close", True),
        ("may 5 at noon", True),
        ("5 mai", True),
        ("le cinq mai", True),
        ("up to 5 may apply", False),
        ("each of the 5 may send one", False),
        ("may 5 people share a file?", False),
        ("le vingt-cinq mai, le 25 mai", False),
    ],
)
def test_the_month_of_may_is_told_from_the_verb(call: Call, text: str, *, is_date: bool) -> None:
    assert gives_deadline(text, closing(call, "2025-05-05T12:00:00")) is is_date


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (1, "le premier novembre"),
        (5, "le 5/11 à 15h"),
        (11, "الحادي عشر من نونبر"),
        (20, "the twentieth of November"),
        (21, "vingt et un novembre"),
        (22, "الثاني والعشرون من نوفمبر"),
        (30, "November thirtieth"),
    ],
)
def test_a_day_in_november(call: Call, day: int, text: str) -> None:
    assert gives_deadline(text, closing(call, f"2025-11-{day:02}T12:00:00"))
    others = [closing(call, f"2025-11-{other:02}T12:00:00") for other in range(1, 31) if other != day]
    assert not any(gives_deadline(text, other) for other in others)


def test_a_title_is_no_markup(call: Call) -> None:
    call = closing(call, "2025-07-24T15:00:00")
    assert gives_deadline("<24 juillet>", call, is_markup=False)
    assert gives_deadline("24<b>juillet</b>", call)


def test_the_first_of_a_month_and_a_call_without_a_deadline(call: Call) -> None:
    first = closing(call, "2026-03-01T12:00:00")
    assert all(
        gives_deadline(text, first)
        for text in (
            "le 1er mars",
            "1\N{MODIFIER LETTER SMALL E}\N{MODIFIER LETTER SMALL R} mars",
            "March 1",
            "01/03",
            "1/03/26",
            "01-03-2026",
        )
    )
    assert not any(gives_deadline(text, first) for text in ("03/01/2026", "1/3 of it", "March 10", "11 mars", "21/03"))
    assert not gives_deadline("24 juillet", replace(call, deadline=None))
