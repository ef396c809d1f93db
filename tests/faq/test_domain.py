"""The corpus that every call inherits: big, varied, and without contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq import Call
from faq.languages import Language
from faq.matching.corpus import Corpus
from faq.matching.normalising import words
from faq.reading import Reader

COURTESIES = {"greeting", "thanks"}


@pytest.mark.parametrize("language", list(Language))
def test_every_topic_is_asked_for_in_many_ways_and_by_many_hands(call: Call, language: Language) -> None:
    for key, entry in call.entries.items():
        said = [p for p in entry.phrasings if p.language == language]
        assert len({p.hand for p in said}) >= 8, key
        assert len(said) >= (80 if key in COURTESIES else 150), key


def test_no_phrasing_asks_for_two_topics(call: Call) -> None:
    seen: dict[str, str] = {}
    for key, entry in call.entries.items():
        for phrasing in entry.phrasings:
            said = " ".join(words(phrasing.text))
            assert seen.setdefault(said, key) == key, phrasing


def test_no_stranger_is_a_phrasing(call: Call) -> None:
    asked = {" ".join(words(p.text)) for entry in call.entries.values() for p in entry.phrasings} - {""}
    assert not [p for p in call.strangers if " ".join(words(p.text)) in asked]


def test_near_misses_are_made_in_every_language(call: Call) -> None:
    corpus = Corpus.of(call)
    made = corpus.texts[-2 * len(call.elsewhere) :]
    assert corpus.strange.sum() == len(call.strangers) + len(made)
    assert {p.language for p in made} == set(Language)
    asked = {p.text for entry in call.entries.values() for p in entry.phrasings}
    assert asked.isdisjoint(p.text for p in made)


def test_a_file_that_is_no_language_and_a_line_without_a_hand_are_named(tmp_path: Path) -> None:
    reader = Reader()
    (tmp_path / "de.txt").write_text("# hand\nwann\n", "utf-8")
    (tmp_path / "fr.txt").write_text("quand\n# hand\ncombien\n", "utf-8")
    (tmp_path / "ar.txt").write_bytes(b"\xff\xfe")
    assert [p.text for p in reader.phrasings(tmp_path)] == ["combien"]
    told = "\n".join(map(str, reader.problems))
    assert "ar.txt: not UTF-8 text; save the file as UTF-8" in told
    assert "de.txt: 'de' is no language; name it fr.txt, ar.txt" in told
    assert "fr.txt:1: a line before the first heading; put `# name of the hand` above it" in told
