"""Training in a process of its own, whose memory and libraries go with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from faq.matching.corpus import Corpus

_ROOT = Path(__file__).parents[2]
"""The folder that `faq` is imported from."""


class TrainingError(Exception):
    """The training process failed; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a model that did not know a text, nor any other of its hand, made of it.

    ``text`` counts the texts of the corpus; ``wanted`` is None for what is not to be answered; ``ranked`` are the
    likeliest entries, with the chances that the first is right and that one of them is.
    """

    text: int
    wanted: str | None
    ranked: tuple[str, ...]
    first: float
    among: float


def trained(corpus: Corpus) -> bytes:
    """The model of a corpus, as `faq.matching.model` writes it.

    Raises:
        TrainingError: the process failed.

    """
    return _run("model", corpus)


def tried(corpus: Corpus) -> list[LeftOut]:
    """What becomes of each text of a corpus when its hand is left out of the training.

    Raises:
        TrainingError: the process failed.

    """
    names: list[str | None] = [*corpus.entries, None]
    rows = cast("list[tuple[int, int, list[int], float, float]]", json.loads(_run("trials", corpus)))
    return [
        LeftOut(text, names[wanted], tuple(corpus.entries[n] for n in ranked), first, among)
        for text, wanted, ranked, first, among in rows
    ]


def _run(wanted: str, corpus: Corpus) -> bytes:
    command = [sys.executable, "-m", "faq.matching.training", wanted]
    done = subprocess.run(command, input=corpus.written(), capture_output=True, check=False, cwd=_ROOT)  # noqa: S603  our own
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        message = f"the matcher could not be trained: {last or f'the process ended with {done.returncode}'}"
        raise TrainingError(message)
    return done.stdout
