"""What a message asks for: an answer where that is likely right, up to three offers where not, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faq.call import Call
from faq.languages import Language, ReplyLanguage, reply_language
from faq.matching.cache import default_cache, model_of
from faq.matching.corpus import Corpus
from faq.matching.model import Model
from faq.matching.normalising import is_arabic, sentences, words

__all__ = ["Answer", "Decision", "Matcher", "Nothing", "Suggest", "default_cache"]

_ANSWER = 0.65
"""From this chance of being right an answer is given at once; below it people choose."""

_SUGGEST = 0.25
"""Below this chance not even offers are made."""

_SECOND = 0.75
"""A further question of the same message has to be this sure to be answered with the first."""

_COURTESIES = frozenset({"greeting", "thanks"})
"""Domain topics that people wrap around a question: answered only where nothing else is asked."""

_MOST_SENTENCES = 8
_WINDOW, _STRIDE = 14, 7
"""Words of a stretch of dictation without punctuation, and how far the next one begins."""

_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Likely right: answer with these entries, in this order."""

    entries: tuple[str, ...]
    best: str
    score: float
    language: Language
    reply: ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest:
    """Unsure: offer these entries, the likeliest first."""

    entries: tuple[str, ...]
    best: str
    score: float
    language: Language
    reply: ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Likely none of our business."""

    best: str | None
    score: float
    language: Language
    reply: ReplyLanguage


Decision = Answer | Suggest | Nothing


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one stretch of text looks like.

    The likeliest entries, the chance that the first is right, and the chance that one of the first three is.
    """

    ranked: tuple[str, ...]
    score: float
    among: float


class Matcher:
    """Decides about messages for one call."""

    def __init__(self, model: Model) -> None:
        """Use a trained model."""
        self._model = model

    @classmethod
    def of(cls, call: Call, *, cache: Path | None = None) -> Matcher:
        """The matcher of a call, trained, or read from ``cache``."""
        return cls(model_of(Corpus.of(call), cache))

    def match(self, text: str) -> Decision:
        """Decide about a message; any text gets a decision, none raises."""
        language, reply = self._language(text)
        readings = [self._read(part) for part in _parts(text)]
        if not readings:
            return Nothing(best=None, score=0.0, language=language, reply=reply)
        whole, parts = readings[0], readings[1:]
        best = max(readings, key=lambda r: (r.ranked[0] not in _COURTESIES and r.score >= _ANSWER, r.score))
        answered = _distinct(r.ranked[0] for r in parts if r.score >= _SECOND and r.ranked[0] not in _COURTESIES)
        if best.score >= _ANSWER:
            entries = answered if len(answered) > 1 else (best.ranked[0],)
            return Answer(entries=entries, best=entries[0], score=best.score, language=language, reply=reply)
        if max(r.among for r in readings) >= _SUGGEST:
            ranked = _distinct([*best.ranked[:2], *whole.ranked, *best.ranked])
            offers = tuple(entry for entry in ranked if entry not in _COURTESIES)[:3] or ranked[:1]
            return Suggest(entries=offers, best=ranked[0], score=best.score, language=language, reply=reply)
        return Nothing(best=whole.ranked[0], score=best.score, language=language, reply=reply)

    def _read(self, text: str) -> _Reading:
        model = self._model
        found = model.features(words(text))
        columns, values = model.vocabulary.row(found)
        scores = model.head.scores(columns, values)
        order = np.argsort(-scores[: len(model.entries)], kind="stable")[:3]
        ranked = tuple(model.entries[int(n)] for n in order)
        if not len(columns):
            return _Reading(ranked, 0.0, 0.0)
        signals = model.signals(found, scores)
        first, among = 1 / (1 + np.exp(-(signals @ model.confidence.weights + model.confidence.bias)))
        return _Reading(ranked, float(first), float(among))

    def _language(self, text: str) -> tuple[Language, ReplyLanguage]:
        """The language of a message and the one to answer in; letters decide first, words then."""
        model = self._model
        tokens = words(text)
        found = model.features(tokens)
        scores = model.languages.scores(*model.vocabulary.row(found))
        arabic = sum(len(t) for t in tokens if is_arabic(t)) * 2 > sum(map(len, tokens))
        allowed = (Language.AR, Language.ARY) if arabic else (Language.FR, Language.ARY_LATN, Language.EN)
        language = max(allowed, key=lambda one: scores[list(Language).index(one)])
        known, _ = model.vocabulary.known(found)
        half_french = len(known) > 0 and float(np.mean(model.french[known] > _HALF)) >= _HALF
        return language, reply_language(language, half_french=half_french)


def _parts(text: str) -> list[str]:
    """The whole text first, then its sentences, or stretches of it where it runs on."""
    tokens = words(text)
    if not tokens:
        return []
    parts = sentences(text)[-_MOST_SENTENCES:]
    if len(parts) > 1:
        return [text, *parts]
    if len(tokens) > _WINDOW + _STRIDE:
        starts = range(len(tokens) - _WINDOW, 0, -_STRIDE)
        return [text, *(" ".join(tokens[start : start + _WINDOW]) for start in list(starts)[:_MOST_SENTENCES][::-1])]
    return [text]


def _distinct(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entries))
