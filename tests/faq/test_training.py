"""From phrasings to a model: what is left out together, what is kept, and what is never trusted."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from faq import Answer, Call, Matcher, Nothing, TrainingError, load
from faq.call import Phrasing
from faq.languages import Language
from faq.matching.cache import model_of
from faq.matching.corpus import NONE, Corpus
from faq.matching.model import Head, Written, read, write
from faq.matching.separating import chance, separate
from faq.matching.training import folds
from faq.matching.worker import trained, tried

pytestmark = pytest.mark.timeout(60)  # each trains in a process of its own, beside the other workers


@pytest.fixture(scope="module")
def small(sheet_folder: Path) -> Call:
    return load(sheet_folder)


@pytest.fixture(scope="module")
def corpus(small: Call) -> Corpus:
    return Corpus.of(small)


def corpus_of(texts: list[tuple[str, int, str]], entries: int) -> Corpus:
    said = tuple(Phrasing(text, Language.FR, hand) for text, _, hand in texts)
    classes = np.array([one for _, one, _ in texts], np.int32)
    return Corpus(said, classes, tuple(f"entry{n}" for n in range(entries)), (), {})


def test_planes_separate_what_can_be_separated() -> None:
    rows = sparse.csr_matrix(np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], np.float32))
    head = separate(rows, np.array([0, 0, 2, 2], np.int32), 3, absent=-9)
    scores = np.asarray(rows @ head.weights + head.bias)
    assert scores.argmax(axis=1).tolist() == [0, 0, 2, 2]
    assert (scores[:, 1] == -9).all(), "a class without rows is never chosen"


def test_a_chance_is_learned_from_what_tells() -> None:
    seen = np.array([[n, n % 3] for n in range(40)], np.float32)
    learned = chance(seen, np.arange(40) >= 20)
    odds = seen @ learned.weights + learned.bias
    assert odds[:10].max() < 0 < odds[30:].min()


def test_a_hand_is_left_out_as_a_whole() -> None:
    made = corpus_of([(f"t{n}", 0, f"hand{n % 7}") for n in range(70)], 1)
    fold = folds(made)
    assert len(set(fold.tolist())) == 5
    for hand in range(7):
        assert len(set(fold[[t.hand == f"hand{hand}" for t in made.texts]].tolist())) == 1


def test_the_only_hand_of_an_entry_is_spread_so_that_the_entry_stays_known() -> None:
    texts = [(f"shared{n}", 0, f"hand{n % 6}") for n in range(60)] + [(f"own{n}", 1, "sheet") for n in range(40)]
    made = corpus_of(texts, 2)
    assert len(set(folds(made)[made.classes == 1].tolist())) > 1


def test_the_strangers_are_the_last_class_also_where_there_are_none(corpus: Corpus) -> None:
    assert corpus.names[-1] == NONE
    assert not corpus.strange.any()


def test_a_corpus_travels_unchanged(corpus: Corpus) -> None:
    there = Corpus.read(corpus.written())
    assert there.key == corpus.key
    assert there.texts == corpus.texts


def test_another_phrasing_stranger_or_word_of_the_lexicon_is_another_model(small: Call) -> None:
    stranger = Phrasing("the weather", Language.EN, "far")
    changed = [
        replace(small, strangers=(stranger,)),
        replace(small, lexicon={"rain": ("drizzle",)}),
        replace(small, unanswered={"amount": (stranger,)}),
    ]
    assert len({Corpus.of(call).key for call in [small, *changed]}) == 4
    assert Corpus.of(replace(small, id="elsewhere")).key == Corpus.of(small).key


def test_training_twice_gives_the_same_model(corpus: Corpus) -> None:
    one, other = read(trained(corpus)), read(trained(corpus))
    assert one is not None
    assert other is not None
    assert one.vocabulary.columns == other.vocabulary.columns
    assert np.array_equal(one.head.weights, other.head.weights)
    assert np.array_equal(one.confidence.weights, other.confidence.weights)


def test_a_cached_model_decides_as_the_trained_one(small: Call, corpus: Corpus, tmp_path: Path) -> None:
    fresh = Matcher(model_of(corpus, tmp_path))
    stored = Matcher(model_of(corpus, tmp_path))
    assert len(list(tmp_path.iterdir())) == 1
    for entry in small.entries.values():
        for phrasing in entry.phrasings:
            assert fresh.match(phrasing.text) == stored.match(phrasing.text)


def as_array() -> bytes:
    """A file that NumPy reads, but no model."""
    file = BytesIO()
    np.save(file, np.zeros(3))
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", b"cos\nsystem\n(S'false'\ntR.", as_array()], ids=["empty", "pickle", "array"])
def test_a_broken_cache_is_trained_anew_and_runs_no_code(corpus: Corpus, tmp_path: Path, data: bytes) -> None:
    model_of(corpus, tmp_path)
    next(tmp_path.iterdir()).write_bytes(data)
    assert model_of(corpus, tmp_path).entries == corpus.entries


def test_a_model_cut_short_or_put_together_wrongly_is_none(corpus: Corpus) -> None:
    data = trained(corpus)
    model = read(data)
    assert model is not None
    file = BytesIO()
    write(replace(model, head=Head(model.head.weights[:-1], model.head.bias)), file)
    assert read(data[: len(data) // 2]) is None
    assert read(file.getvalue()) is None


def test_only_the_newest_models_are_kept(corpus: Corpus, tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"{n}.npz").write_bytes(b"old")
        os.utime(tmp_path / f"{n}.npz", (n, n))
    model_of(corpus, tmp_path)
    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == 8
    assert f"{corpus.key}.npz" in kept
    assert "0.npz" not in kept


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(corpus: Corpus, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    assert model_of(corpus, place).entries == corpus.entries


def test_a_training_that_fails_says_why(corpus: Corpus) -> None:
    broken = replace(corpus, classes=corpus.classes + 100)
    with pytest.raises(TrainingError, match="could not be trained: "):
        trained(broken)


def test_an_entry_with_one_phrasing_can_be_trained() -> None:
    model = read(trained(corpus_of([("parking", 0, "sheet")], 1)))
    assert model is not None
    assert isinstance(Matcher(model).match("berth"), Nothing)
    assert Matcher(model).match("parking").best == "entry0"


def test_a_call_with_one_entry_answers_it_once() -> None:
    asked = ["where can I park", "is there a car park", "parking", "room for my car", "where to leave the car"]
    model = read(trained(corpus_of([(text, 0, "sheet") for text in asked], 1)))
    assert model is not None
    decision = Matcher(model).match("where can I park? is there a car park?")
    assert isinstance(decision, Answer)
    assert decision.entries == ("entry0",)


def test_what_is_left_out_is_told_for_every_text(corpus: Corpus) -> None:
    made = tried(corpus)
    assert sorted(one.text for one in made) == list(range(len(corpus.texts)))
    assert all(one.wanted in corpus.entries for one in made)
    assert all(set(one.ranked) <= set(corpus.entries) for one in made)


def test_what_was_written_down_is_answered_word_for_word_however_small_the_call(small: Call, tmp_path: Path) -> None:
    strangers = tuple(Phrasing(f"the weather in town {n}", Language.EN, "far") for n in range(60))
    matcher = Matcher(model_of(Corpus.of(replace(small, strangers=strangers)), tmp_path))
    for key, entry in small.entries.items():
        for phrasing in entry.phrasings:
            decision = matcher.match(phrasing.text.upper() + " ?")
            assert isinstance(decision, Answer), phrasing
            assert decision.entries == (key,)
    assert not isinstance(matcher.match("the weather in town 7"), Answer)


def test_what_was_written_down_for_two_entries_decides_nothing() -> None:
    written = Written.of([["parking"], ["berth"], ["parking"], []], [0, 1, 1, 1])
    assert [written.find(tokens) for tokens in (["parking"], ["berth"], [], ["boat"])] == [None, 1, None, None]
