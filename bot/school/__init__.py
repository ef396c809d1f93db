"""What keeps the bot's knowledge up to date while it runs: learning, grouping, and the watch on the call folder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.school.folder import FolderWatch
from bot.school.learner import Learner
from bot.services import Services
from faq import default_cache


def loops(
    services: Services, folder: Path, publish: Callable[[], Awaitable[None]]
) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    """The loops; ``publish`` is called when the call ``folder`` was read again."""
    learner = Learner(services, default_cache())
    watch = FolderWatch(services, folder, publish)
    return [learner.run, watch.run, services.grouper.run]
