"""The last net: a kind sentence goes out, the cause goes to the log."""

from __future__ import annotations

import logging

from handlers.turn import Turn

logger = logging.getLogger(__name__)


def apologise(turn: Turn, error: Exception) -> None:
    """Drop what a failed turn was about to do and say sorry instead."""
    logger.error("update %d could not be answered", turn.update_id, exc_info=error)
    turn.start_over()
    turn.say(turn.text_of("sorry"))
