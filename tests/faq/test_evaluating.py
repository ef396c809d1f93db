"""Measuring a matcher by labelled questions."""

from __future__ import annotations

import json
import math
from pathlib import Path

from faq import load
from faq.evaluating import Asked, evaluate, figures, left_out, report
from faq.languages import Language, ReplyLanguage
from faq.matching import Answer, Decision, Matcher, Nothing, Suggest


def asked(accept: str, decision: Decision, language: str = "fr") -> Asked:
    return Asked("?", language, frozenset(accept.split()), decision)


def answer(*entries: str, score: float = 0.9) -> Answer:
    return Answer(entries=entries, best=entries[0], score=score, language=Language.FR, reply=ReplyLanguage.FR)


def offer(*entries: str) -> Suggest:
    return Suggest(entries=entries, best=entries[0], score=0.4, language=Language.FR, reply=ReplyLanguage.FR)


SILENCE = Nothing(best="amount", score=0.1, language=Language.FR, reply=ReplyLanguage.FR)


def test_the_figures_are_what_a_person_lives_through() -> None:
    shown = figures(
        [
            asked("deadline", answer("deadline")),
            asked("deadline", answer("amount")),
            asked("deadline amount", answer("deadline", "amount")),
            asked("deadline", offer("amount", "deadline")),
            asked("deadline", SILENCE),
            asked("none", SILENCE),
            asked("none", answer("amount")),
            asked("none", offer("amount")),
            asked("none", SILENCE),
        ]
    )
    assert shown["n"] == 9
    assert shown["answered"] == 40
    assert shown["one_tap"] == 60
    assert round(shown["wrong"], 1) == 22.2
    assert shown["oos_wrong"] == 25
    assert shown["oos_quiet"] == 50
    assert shown["acc1"] == 40


def test_two_answers_are_right_only_if_both_are() -> None:
    assert not asked("deadline", answer("deadline", "amount")).is_right
    assert asked("deadline", answer("deadline", "amount")).is_wrong


def test_a_score_that_separates_perfectly_has_an_area_of_one_hundred() -> None:
    assert figures([asked("deadline", answer("deadline")), asked("none", SILENCE)])["auroc"] == 100
    assert math.isnan(figures([asked("none", SILENCE)])["auroc"])


def test_lines_that_cannot_be_read_are_named_and_the_others_asked(matcher: Matcher) -> None:
    lines = [
        json.dumps({"text": "quelle est la date limite", "lang": "fr", "accept": ["deadline"]}),
        "not json",
        '{"text": "x", "accept": []}',
        "[]",
        "",
        '{"text": "bonjour", "accept": ["greetings"]}',
    ]
    found, problems = evaluate(lines, matcher)
    assert [one.is_right for one in found] == [True, False]
    assert [problem.partition(":")[0] for problem in problems] == ["2", "3", "4", "6"]
    assert problems[-1] == "6: greetings is no entry of this call"


def test_the_report_shows_languages_and_the_worst_confusions() -> None:
    text = "\n".join(report([asked("deadline", answer("amount")), asked("none", SILENCE, "en")]))
    assert "deadline -> amount (1)" in text
    assert [line.split()[0] for line in text.splitlines()[:4]] == ["n", "all", "en", "fr"]


def test_own_phrasings_are_judged_with_their_hand_left_out(sheet_folder: Path) -> None:
    call = load(sheet_folder)
    hands = left_out(call)
    asked = [one for some in hands.values() for one in some]
    assert sorted(one.text for one in asked) == sorted(p.text for e in call.entries.values() for p in e.phrasings)
    assert figures(asked)["acc1"] < 100, "what is left out is not known"
    assert "sheet" in "\n".join(report(asked, hands))
