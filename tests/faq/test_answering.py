"""Answers with the call's facts filled in, while it is open and once it is closed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from faq import Call, answering
from faq.languages import ReplyLanguage
from tests.conftest import CLOSED, OPEN

FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN


def said(call: Call, entry: str, language: ReplyLanguage = FR, *, now: datetime = OPEN) -> str:
    return answering.answer(call, entry, language=language, now=now).text


def test_an_open_call_says_how_long_is_left(call: Call) -> None:
    assert "il reste 4 jours et 4 heures" in said(call, "deadline")


def test_the_last_day_is_counted_in_hours_and_minutes(call: Call) -> None:
    assert call.deadline is not None
    now = call.deadline.instant - timedelta(hours=3, minutes=12, seconds=30)
    assert "il reste 3 heures et 12 minutes" in said(call, "deadline", now=now)


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_a_closed_call_never_shows_a_countdown(call: Call, language: ReplyLanguage) -> None:
    for entry in call.entries:
        text = said(call, entry, language, now=CLOSED)
        assert not re.search(
            r"-\d|\b0 (jour|heure|minute|day|hour)|il reste |hours? left|days? left|الوقت المتبقي:", text
        ), (entry, text)


def test_a_closed_call_says_since_when(call: Call) -> None:
    assert "clos depuis le <b>jeudi 24 juillet 2025 à 15:00 (heure du Maroc, UTC+1)</b>" in said(
        call, "deadline", now=CLOSED
    )


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_who_may_apply_is_never_told_yes_or_no(call: Call, language: ReplyLanguage) -> None:
    verdict = {FR: "seul le ministère en décide", EN: "only the ministry decides", AR: "الوزارة وحدها تقرر"}[language]
    assert verdict in said(call, "who-can-apply", language)


def test_the_eight_years_stand_in_both_wordings(call: Call) -> None:
    text = said(call, "labelled-cluster")
    assert "d'<b>expérience</b>" in text
    assert "<b>soutien de l'État</b>" in text
    assert "cahier des charges tranche" in text


def test_an_extension_is_never_flatly_denied_and_its_history_is_told(call: Call) -> None:
    text = said(call, "extension")
    assert "aucun report n'était annoncé au 24 novembre 2026" in text
    assert "d'abord fixée au 19 mai 2023, la date limite a été reportée au 14 juin 2023 à 15:00" in text
    assert "www.mcinet.gov.ma" in text


@pytest.mark.parametrize("entry", ["amount", "selection-criteria", "documents", "results-date", "eligible-costs"])
def test_what_the_text_does_not_say_is_said_to_be_missing(call: Call, entry: str) -> None:
    assert said(call, entry).startswith("Le texte publié n")
    assert "Division des Plateformes Technologiques et des Clusters" in said(call, entry)


def test_the_source_is_named_as_a_press_article_with_its_paragraph(call: Call) -> None:
    source = answering.answer(call, "deadline", language=FR, now=OPEN).source
    assert "§ 4" in source
    assert "article de presse, ce n'est pas l'avis officiel" in source


def test_latin_facts_are_isolated_in_arabic_text(call: Call) -> None:
    text = said(call, "specifications", AR)
    assert '\u2068<a href="https://www.mcinet.gov.ma">www.mcinet.gov.ma</a>\u2069' in text


def test_no_isolating_marks_stand_in_french_or_english(call: Call) -> None:
    for entry in call.entries:
        for language in (FR, EN):
            assert "\u2068" not in said(call, entry, language)


def test_another_call_answers_with_its_own_facts(tiny: Call) -> None:
    assert said(tiny, "deadline", EN).startswith("Hand in by Friday, March 1, 2030 at 12:00 (Paris time, UTC+1).")
    assert 'href="https://harbours.example/rules">The harbour rules</a>' in said(tiny, "mooring", EN)


def test_a_call_without_a_zone_words_an_instant_in_utc(tiny: Call) -> None:
    at = datetime(2030, 3, 1, 13, 5, tzinfo=timezone(timedelta(hours=1)))
    undated = replace(tiny, deadline=None)
    assert answering.moment_text(undated, at, language=EN) == "2030-03-01 12:05 UTC"
    assert answering.moment_text(undated, at, language=AR) == "\u20682030-03-01 12:05 UTC\u2069"
