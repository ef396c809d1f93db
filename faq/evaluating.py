"""How good a matcher is, measured by labelled questions: what a person on the other side of the chat lives through."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from faq.languages import Language
from faq.matching import Answer, Decision, Matcher, Nothing, Suggest
from faq.matching.corpus import NONE

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
    return _percent_of([(a > b) + (a == b) / 2 for a in inside for b in outside])


def _percent_of(shares: Sequence[float]) -> float:
    return 100 * sum(shares) / len(shares) if shares else float("nan")


def report(asked: Sequence[Asked]) -> Iterator[str]:
    """The figures, whole and by language, then the worst confusions."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.language].append(one)
    yield "language".ljust(10) + "".join(column.rjust(11) for column in COLUMNS)
    for name, some in [("all", list(asked)), *sorted(groups.items())]:
        shown = figures(some)
        yield name.ljust(10) + "".join((f"{shown[c]:.1f}" if c != "n" else f"{len(some)}").rjust(11) for c in COLUMNS)
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
