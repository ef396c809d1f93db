"""Messages and buttons: Telegram's limits are checked where they are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Message
from faq.markup import Html, escape, utf16_length


def test_a_button_carries_at_most_64_bytes() -> None:
    Button(text="x", data="a" * 64)
    with pytest.raises(ValueError, match="not 1 to 64 bytes"):
        Button(text="x", data="é" * 33)


def test_a_button_leads_to_one_place() -> None:
    with pytest.raises(ValueError, match="either data or url"):
        Button(text="x")
    with pytest.raises(ValueError, match="either data or url"):
        Button(text="x", data="a", url="https://example.org")


def test_a_text_is_measured_in_utf16_units() -> None:
    Message(Html("😀" * 2048))
    with pytest.raises(ValueError, match="4098 UTF-16 units"):
        Message(Html("😀" * 2049))


@given(st.text(max_size=100), st.lists(st.lists(st.text(min_size=1, max_size=10), max_size=3), max_size=3))
def test_a_stored_message_comes_back_as_it_was(text: str, labels: list[list[str]]) -> None:
    rows = tuple(tuple(Button(text=label, data="x") for label in row) for row in labels)
    message = Message(escape(text), rows)
    assert Message.from_json(message.to_json()) == message


@given(st.text(st.characters(exclude_categories=[]), max_size=50))
def test_whatever_people_type_becomes_text_that_can_be_sent(text: str) -> None:
    safe = escape(text)
    safe.encode("utf-8")
    assert "<" not in safe
    assert utf16_length(safe) >= utf16_length(text)
