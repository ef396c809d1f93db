"""A trained model on disk: arrays and text only, so that a planted file can't run code."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faq.call import Call
from faq.matching.features import Lexicon, Vocabulary
from faq.matching.head import Head
from faq.matching.training import Model, content_key, fit


def default_cache() -> Path:
    """Where models are kept between starts: ``$XDG_CACHE_HOME/guichet``, else ``~/.cache/guichet``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "guichet"


def model_of(call: Call, cache: Path | None) -> Model:
    """The model of a call: from ``cache`` if it is there and whole, else trained and put there.

    A cache that can't be written costs the next start a training and nothing else.
    """
    if cache is None:
        return fit(call)
    path = cache / f"{content_key(call)}.npz"
    stored = _read(path, call)
    if stored is not None:
        return stored
    model = fit(call)
    try:
        _write(path, model)
    except OSError:
        return model
    return model


def _write(path: Path, model: Model) -> None:
    """Write beside the final name and rename, so that nobody ever reads half a model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
        np.savez(
            file,
            entries=_packed(model.entries),
            keys=_packed(model.vocabulary.columns),
            rarity=model.vocabulary.rarity,
            french=model.french,
            **{
                f"{name}_{part}": getattr(head, part)
                for name, head in (("head", model.head), ("lang", model.languages), ("conf", model.confidence))
                for part in ("weights", "bias")
            },
        )
    Path(file.name).replace(path)


def _read(path: Path, call: Call) -> Model | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys = _unpacked(stored["keys"])
            vocabulary = Vocabulary({key: n for n, key in enumerate(keys)}, stored["rarity"], Lexicon(call.lexicon))
            return Model(
                tuple(_unpacked(stored["entries"])),
                vocabulary,
                Head(stored["head_weights"], stored["head_bias"]),
                Head(stored["lang_weights"], stored["lang_bias"]),
                stored["french"],
                Head(stored["conf_weights"], stored["conf_bias"]),
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _packed(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")
