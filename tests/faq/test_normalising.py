"""One normaliser for all languages, and the skeleton in which both scripts of Darija meet."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faq.matching.normalising import plain, sentences, skeleton, stem, words

anything = st.text(st.characters(exclude_categories=[]), max_size=200)


@given(anything)
@example("ﷺ ２０２５ ﺍﻟﺴﻼﻡ")
def test_making_plain_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(anything)
@example("ﷺ ２０２５ ﺍﻟﺴﻼﻡ")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DÉLAI", "delai"),
        ("échéance", "e\u0301che\u0301ance"),
        ("الأجل", "الاجل"),
        ("آخِرُ أَجَلٍ", "اخر اجل"),
        ("السـلام", "السلام"),
        ("٢٤", "24"),
        ("svppppp", "svp"),
        ("dos\u200bsier", "dossier"),
        ("\u2067الوثائق\u2069", "الوثائق"),
        ("ｄｅａｄｌｉｎｅ", "deadline"),
    ],
)
def test_the_same_word_written_otherwise_is_the_same_word(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("wra9", "وراق"), ("lwra9", "لوراق"), ("wach", "واش"), ("ch7al", "شحال"), ("xhal", "شحال"), ("fo9ach", "فوقاش"),
        ("bghit", "بغيت"), ("khassni", "خاصني"), ("flouss", "فلوس"), ("3afak", "عافاك"), ("chkon", "شكون"),
        ("kifash", "كيفاش"), ("daftar", "دفتر"), ("imta", "إمتى"),
    ],
)  # fmt: skip
def test_darija_in_latin_letters_has_the_bones_of_its_arabic_twin(latin: str, arabic: str) -> None:
    assert skeleton(words(latin)[0]) == skeleton(words(arabic)[0])


def test_light_arabic_prefixes_are_taken_off_and_roots_left_alone() -> None:
    assert [stem(word) for word in ("والوثائق", "الملف", "للمشروع", "المال", "ال")] == [
        "وثائق", "ملف", "مشروع", "مال", "ال"
    ]  # fmt: skip


def test_a_text_is_cut_at_the_ends_of_its_sentences() -> None:
    assert sentences(plain("Bonjour. Quand ferme l'appel ? Merci !\nBye")) == [
        "bonjour.", "quand ferme l'apel ?", "merci !", "bye"
    ]  # fmt: skip
