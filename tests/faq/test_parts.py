"""Where a message may be cut."""

from __future__ import annotations

import pytest

from faq.matching.normalising import plain
from faq.matching.parts import parts, question_cuts, question_pairs


def test_a_short_sentence_is_not_cut() -> None:
    assert parts("quelle est la date limite") == []


def test_sentences_are_parts() -> None:
    assert parts("bonjour. quand ferme l'appel ?") == ["bonjour", "quand ferme l'appel"]


def test_dictation_without_punctuation_is_cut_into_stretches_that_reach_its_end() -> None:
    spoken = [f"mot{n}" for n in "abcdefghijklmnopqrstuvwxyz"]
    found = parts(" ".join(spoken))
    assert found[-1].endswith("motz")
    assert set(" ".join(found).split()) >= set(spoken[-14:])


def test_two_sentences_that_ask_are_a_pair_and_a_remark_is_none() -> None:
    assert question_pairs("quand ferme l'appel ? je suis de fes. ou est le cahier ?") == [
        ("quand ferme l'appel ?", " ou est le cahier ?")
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
