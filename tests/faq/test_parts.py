"""Where a message may be cut."""

from __future__ import annotations

import pytest

from faq.matching.normalising import plain
from faq.matching.parts import question_cuts, question_pairs, stretches


def test_a_short_sentence_is_not_cut() -> None:
    assert stretches("quelle est la date limite") == []


def test_sentences_are_parts() -> None:
    assert stretches("bonjour. quand ferme l'appel ?") == ["bonjour.", "quand ferme l'appel ?"]


def test_dictation_without_punctuation_is_cut_into_stretches_that_cover_it() -> None:
    spoken = [f"mot{n}" for n in "abcdefghijklmnopqrstuvwxyz"]
    found = stretches(" ".join(spoken))
    assert " ".join(found).split()[0] == "mota"
    assert found[-1].endswith("motz")
    assert {*" ".join(found).split()} == {*spoken}


def test_a_date_or_an_hour_is_not_cut() -> None:
    assert question_pairs("quel est le delai 24.07.2025 et 15.30 ?") == []


def test_two_sentences_that_ask_are_a_pair_and_a_remark_is_none() -> None:
    assert question_pairs("quand ferme l'appel ? je suis de fes. ou est le cahier ?") == [
        ("quand ferme l'appel ?", "ou est le cahier ?")
    ]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("quelle est la date limite et comment postuler", ("quele est la date limite", "coment postuler")),
        ("متى آخر أجل وأين دفتر التحملات", ("متي اخر اجل", "واين دفتر التحملات")),
        ("fin njib lcahier w imta akhir ajal", ("fin njib lcahier", "imta akhir ajal")),
        ("date limite et documents svp", ("date limite", "documents svp")),
    ],
)
def test_one_sentence_may_hold_two_questions(text: str, cut: tuple[str, str]) -> None:
    assert cut in question_cuts(plain(text))


def test_a_long_sentence_is_not_cut_at_every_and() -> None:
    told = "notre groupement et ses douze membres ont prepare le dossier avec soin et nous attendons la suite"
    assert question_cuts(told) == []
