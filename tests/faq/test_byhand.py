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
        "at 07:24 and 24:07",
    ],
)
def test_another_day_stays_possible(call: Call, text: str) -> None:
    assert not gives_deadline(text, closing(call, "2025-07-24T15:00:00"))


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
