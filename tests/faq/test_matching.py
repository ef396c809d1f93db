"""The matcher: one normaliser, both scripts of Darija, and quiet where it should be quiet."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import sparse

from faq import Answer, Call, Matcher, Nothing, Suggest, load
from faq.call import Phrasing
from faq.languages import Language, ReplyLanguage
from faq.matching import head
from faq.matching.cache import model_of
from faq.matching.normalising import sentences, skeleton, stem, words
from faq.matching.training import Corpus, confusions, content_key, trial_folds

anything = st.text(st.characters(exclude_categories=[]), max_size=200)


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
    assert sentences("Bonjour. Quand ferme l'appel ? Merci !\nBye") == [
        "Bonjour", "Quand ferme l'appel", "Merci", "Bye"
    ]  # fmt: skip


def test_the_head_separates_what_can_be_separated() -> None:
    rows = sparse.csr_matrix(np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], np.float32))
    trained = head.train(rows, np.array([0, 0, 1, 1], np.int32), 2, penalty=1e-4, steps=100)
    assert trained.all_chances(rows).argmax(axis=1).tolist() == [0, 0, 1, 1]
    assert np.allclose(trained.all_chances(rows).sum(axis=1), 1)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Jusqu'à quel jour peut-on remettre son dossier ?", "deadline"),
        ("ما هو آخر أجل لوضع الملفات؟", "deadline"),
        ("imta akhir ajal 3afak", "deadline"),
        ("when is the closing date", "deadline"),
        ("Où télécharger le cahier des charges ?", "specifications"),
        ("فين نلقى دفتر التحملات", "specifications"),
        ("quelles sont les pieces a fournir pour le dossier", "documents"),
        ("SALAM", "greeting"),
    ],
)
def test_a_plain_question_is_answered(matcher: Matcher, text: str, entry: str) -> None:
    decision = matcher.match(text)
    assert isinstance(decision, Answer)
    assert decision.entries == (entry,)


@pytest.mark.parametrize(
    "text",
    [
        "Quand faut-il payer la taxe d'habitation à Marrakech ?",
        "prix du billet pour le match de samedi",
        "Horizon Europe cluster 4 digital call budget",
        "شحال الثمن ديال الطوموبيل",
        "who won the league yesterday",
        "asdkjh qwoieu zmxnc",
        "7",
        "🙂",
        "",
        "   ",
    ],
)
def test_what_is_not_our_business_is_not_answered(matcher: Matcher, text: str) -> None:
    assert not isinstance(matcher.match(text), Answer)


@pytest.mark.parametrize("text", ["suis-je éligible ?", "am I eligible", "واش أنا مؤهل", "هل أنا مؤهل للمشاركة"])
def test_am_i_eligible_leads_to_the_conditions(matcher: Matcher, text: str) -> None:
    decision = matcher.match(text)
    assert not isinstance(decision, Nothing)
    assert decision.entries[0] == "who-can-apply"


def test_two_questions_are_both_answered_in_their_order(matcher: Matcher) -> None:
    decision = matcher.match("Quelle est la date limite ? Et où trouver le cahier des charges ?")
    assert isinstance(decision, Answer)
    assert decision.entries == ("deadline", "specifications")


def test_a_greeting_does_not_hide_the_question_behind_it(matcher: Matcher) -> None:
    decision = matcher.match("Bonjour. Quelle est la date limite ?")
    assert isinstance(decision, Answer)
    assert decision.entries == ("deadline",)


def test_offers_are_at_most_three_and_all_different(matcher: Matcher, call: Call) -> None:
    offers = [d for p in call.strangers for d in [matcher.match(p.text[:25])] if isinstance(d, Suggest)]
    assert offers
    assert all(1 <= len(set(d.entries)) == len(d.entries) <= 3 for d in offers)


@pytest.mark.parametrize(
    ("text", "language", "reply"),
    [
        ("Quelle est la date limite de dépôt ?", Language.FR, ReplyLanguage.FR),
        ("ما هي الوثائق المطلوبة للمشاركة؟", Language.AR, ReplyLanguage.AR),
        ("فوقاش كيسالي الأجل ديال هادشي", Language.ARY, ReplyLanguage.AR),
        ("bghit n3ref fo9ach kaysali had chi", Language.ARY_LATN, ReplyLanguage.AR),
        ("what are the selection criteria", Language.EN, ReplyLanguage.EN),
    ],
)
def test_the_language_of_a_message_is_told(
    matcher: Matcher, text: str, language: Language, reply: ReplyLanguage
) -> None:
    decision = matcher.match(text)
    assert (decision.language, decision.reply) == (language, reply)


def changed(text: str, way: int) -> str:
    return [text.upper(), f"  {text}  ", text.replace(" ", "\u200b \u00a0"), f"\u202b{text}\u202c", text + " ?!"][way]


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 4))
def test_case_spacing_and_invisible_characters_do_not_change_the_decision(
    matcher: Matcher, call: Call, data: st.DataObject, way: int
) -> None:
    entry = data.draw(st.sampled_from(sorted(call.entries)))
    text = data.draw(st.sampled_from([p.text for p in call.entries[entry].phrasings if "\n" not in p.text]))
    assert matcher.match(changed(text, way)).best == matcher.match(text).best


@settings(max_examples=200, deadline=None)
@given(anything)
def test_no_text_of_any_kind_raises(matcher: Matcher, text: str) -> None:
    assert 0 <= matcher.match(text).score <= 1


def test_the_longest_message_is_read_in_the_blink_of_an_eye(matcher: Matcher) -> None:
    began = time.process_time()
    matcher.match(("a b 9 ش " * 1024)[:4096])
    assert time.process_time() - began < 1, "fifty milliseconds are meant; a second is certainly wrong"


@pytest.fixture(scope="module")
def small(sheet_folder: Path) -> Call:
    return load(sheet_folder)


def test_a_cached_model_decides_as_the_trained_one(small: Call, tmp_path: Path) -> None:
    fresh = Matcher(model_of(small, tmp_path))
    stored = Matcher(model_of(small, tmp_path))
    assert len(list(tmp_path.iterdir())) == 1
    for entry in small.entries.values():
        for phrasing in entry.phrasings:
            assert fresh.match(phrasing.text) == stored.match(phrasing.text)


def test_a_broken_cache_is_trained_anew_and_runs_no_code(small: Call, tmp_path: Path) -> None:
    model_of(small, tmp_path)
    next(tmp_path.iterdir()).write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert model_of(small, tmp_path).entries == tuple(small.entries)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(small: Call, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    assert model_of(small, place).entries == tuple(small.entries)


def test_another_phrasing_or_stranger_is_another_model(small: Call) -> None:
    stranger = Phrasing("the weather", Language.EN, "far")
    assert content_key(small) != content_key(replace(small, strangers=(stranger,)))
    assert content_key(small) == content_key(replace(small, id="elsewhere"))


def test_confusions_name_entries_and_an_example(small: Call) -> None:
    found = confusions(small)
    assert found
    for entry, other, count, total, lost in found:
        assert {entry, other} <= set(small.entries)
        assert 1 <= count <= total
        assert lost in {p.text for p in small.entries[entry].phrasings}


def test_a_hand_is_left_out_as_a_whole() -> None:
    texts = tuple(Phrasing(f"t{n}", Language.FR, f"hand{n % 5}") for n in range(50))
    folds = trial_folds(Corpus(texts, np.zeros(50, np.int32), ("one",)))
    for fold in folds:
        out = {texts[n].hand for n in np.flatnonzero(fold)}
        assert out.isdisjoint({texts[n].hand for n in np.flatnonzero(~fold)})
