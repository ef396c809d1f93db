"""How good a matcher is, measured by labelled questions: what a person on the other side of the chat lives through."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from faq.call import Call
from faq.languages import Language, reply_language
from faq.matching import Answer, Decision, Matcher, Nothing, Suggest, decide
from faq.matching.corpus import NONE, Corpus
from faq.matching.worker import tried

_WORST = 12
"""Confusions that are shown."""

COLUMNS = ("n", "answered", "one_tap", "wrong", "oos_wrong", "oos_quiet", "acc1", "auroc", "language")
"""The figures: how many questions; in percent of those in scope: answered at once and rightly, right at once or among
three offers; of all: answered wrongly; of those out of scope: answered, met with silence; of those in scope: the
likeliest entry is right; the chance that a question in scope scores higher than one out of scope; of those whose
language is known: it is told rightly."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question and what was decided."""

    text: str
    language: str
    accept: frozenset[str]
    decision: Decision

    @property
    def is_ours(self) -> bool:
        """Whether some entry answers it."""
        return NONE not in self.accept

    @property
    def is_right(self) -> bool:
        """Whether it was answered with what answers it, and nothing else."""
        return isinstance(self.decision, Answer) and self.accept.issuperset(self.decision.entries)

    @property
    def is_wrong(self) -> bool:
        """Whether it was answered with something else: the harm."""
        return isinstance(self.decision, Answer) and not self.is_right

    @property
    def is_near(self) -> bool:
        """Whether a tap at most leads to what answers it."""
        offered = self.decision.entries if isinstance(self.decision, Suggest) else ()
        return self.is_right or not self.accept.isdisjoint(offered)


def evaluate(lines: Iterable[str], matcher: Matcher) -> tuple[list[Asked], list[str]]:
    """Ask every question of a labelled set; lines that can't be read come back with their number and what is wrong."""
    asked: list[Asked] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked.append(_asked(json.loads(line), matcher))
            if unknown := asked[-1].accept - {NONE, *matcher.entries}:
                problems.append(f"{number}: {', '.join(sorted(unknown))} is no entry of this call")
        except (ValueError, TypeError) as error:
            problems.append(f"{number}: {error}")
    return asked, problems


def _asked(fields: object, matcher: Matcher) -> Asked:
    row = cast("dict[str, object]", fields) if isinstance(fields, dict) else {}
    text, labels = row.get("text"), row.get("accept")
    if not isinstance(text, str) or not isinstance(labels, list) or not labels:
        message = f'needs a "text" and a list "accept" of at least one entry, or ["{NONE}"]'
        raise TypeError(message)
    accept = frozenset(map(str, cast("list[object]", labels)))
    return Asked(text, str(row.get("lang", "?")), accept, matcher.match(text))


def left_out(call: Call) -> dict[str, list[Asked]]:
    """What becomes of the call's own phrasings and strangers where the matcher knows nothing of their hand, by hand.

    The honest inner estimate: no two hands have seen each other's lines. Only whole messages are looked at.
    """
    corpus = Corpus.of(call)
    hands: dict[str, list[Asked]] = defaultdict(list)
    for one in tried(corpus):
        text = corpus.texts[one.text]
        reply = reply_language(text.language)
        decision = decide(one.ranked, one.first, one.among, language=text.language, reply=reply)
        hands[text.hand].append(Asked(text.text, text.language, frozenset({one.wanted or NONE}), decision))
    return hands


def figures(asked: Sequence[Asked]) -> dict[str, float]:
    """The figures that `COLUMNS` names; not a number where there is nothing to measure."""
    ours = [one for one in asked if one.is_ours]
    others = [one for one in asked if not one.is_ours]
    spoken = [one for one in asked if one.language in set(Language)]
    return {
        "n": len(asked),
        "answered": _percent(one.is_right for one in ours),
        "one_tap": _percent(one.is_near for one in ours),
        "wrong": _percent(one.is_wrong for one in asked),
        "oos_wrong": _percent(one.is_wrong for one in others),
        "oos_quiet": _percent(isinstance(one.decision, Nothing) for one in others),
        "acc1": _percent(one.decision.best in one.accept for one in ours),
        "auroc": _auroc([one.decision.score for one in ours], [one.decision.score for one in others]),
        "language": _percent(one.decision.language == one.language for one in spoken),
    }


def _percent(true: Iterable[bool]) -> float:
    outcomes = list(true)
    return 100 * sum(outcomes) / len(outcomes) if outcomes else float("nan")


def _auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance, in percent, that one of ``inside`` is greater than one of ``outside``; ties count half."""
    below = sorted(outside)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in inside) / 2
    return 100 * wins / (len(inside) * len(below)) if inside and below else float("nan")


def report(asked: Sequence[Asked], groups: Mapping[str, Sequence[Asked]] | None = None) -> Iterator[str]:
    """The figures, whole, by language and by other ``groups``, then the worst confusions.

    Where there are groups, the questions are those of `left_out`, of which no language was told.
    """
    spoken: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        spoken[one.language].append(one)
    columns = COLUMNS if groups is None else COLUMNS[:-1]
    yield "".ljust(12) + "".join(column.rjust(11) for column in columns)
    for name, some in [("all", asked), *sorted(spoken.items()), *sorted((groups or {}).items())]:
        shown = figures(some)
        cells = [str(len(some)) if column == "n" else f"{shown[column]:.1f}" for column in columns]
        yield name[:12].ljust(12) + "".join(cell.rjust(11) for cell in cells)
    yield from _confusions(asked)


def _confusions(asked: Sequence[Asked]) -> Iterator[str]:
    """What is taken for what most often, answered wrongly first, each with its shortest example."""
    mistaken: dict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for one in asked:
        if one.is_wrong or (one.is_ours and not one.is_right and one.decision.best not in one.accept):
            said = "+".join(one.decision.entries) if isinstance(one.decision, Answer) else str(one.decision.best)
            mistaken[not one.is_wrong, "/".join(sorted(one.accept)), said].append(one.text)
    counts = Counter({key: len(texts) for key, texts in mistaken.items()})
    if counts:
        yield ""
        yield "worst confusions: wanted -> said (how often), with an example"
    for key in sorted(counts, key=lambda key: (key[0], -counts[key]))[:_WORST]:
        is_quiet, wanted, said = key
        how = "likeliest" if is_quiet else "ANSWERED"
        yield f"{how:10}{wanted} -> {said} ({counts[key]}): {min(mistaken[key], key=len)[:100]!r}"
