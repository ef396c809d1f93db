"""The keyboard was in the wrong alphabet."""

from __future__ import annotations

import pytest

from faq.matching.keyboards import retyped


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("يثمضه", "delai"),
        ("يشفث مهةهف", "date limit"),
        ("hgjpl", "التحم"),
        ("لا", "b"),
        ("ىخى", "non"),
    ],
)
def test_the_text_that_was_meant_is_among_the_readings(typed: str, meant: str) -> None:
    assert meant in retyped(typed)


def test_what_is_on_no_key_stays() -> None:
    assert all("24" in reading for reading in retyped("يثمضه 24"))
