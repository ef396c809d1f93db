"""What keeps the bot's knowledge up to date while it runs: learning, grouping, and the watch on the call folder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.learning.folder import FolderWatch
from bot.learning.learner import Learner
from bot.services import Services
from faq import default_cache


def loops(
    services: Services, folder: Path, publish: Callable[[], Awaitable[None]]
) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    """The loops; ``publish`` is called when the call ``folder`` was read again."""
    store, clock, current = services.store, services.clock, services.current
    office, texts, wake = services.office, services.texts, services.wake_sender
    learner = Learner(store, clock, current, services.matcher, office, texts, wake, default_cache())
    watch = FolderWatch(folder, store, clock, current, office, texts, wake, publish)
    return [learner.run, watch.run, services.grouper.run]
