"""Telegram's refusals, with its own codes and texts."""

from __future__ import annotations

from collections.abc import Mapping


class ApiError(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        """Carry the HTTP status, the text, and what a program may act on (``retry_after``, ``migrate_to_chat_id``)."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(text: str, parameters: Mapping[str, int] | None = None) -> ApiError:
    """400, the commonest refusal."""
    return ApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> ApiError:
    """403: the chat does not want this bot."""
    return ApiError(403, f"Forbidden: {text}")
