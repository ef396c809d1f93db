"""What staff write, as it will be sent: markup, buttons, lengths, and what is refused with its place."""

from __future__ import annotations

import html
from contextlib import nullcontext

import pytest

from bot.broadcasts.composing import ComposeError, Fault, Frame, compose
from bot.messages import File, Message
from bot.sandbox.markup import parse_html
from bot.texts import Texts
from faq.languages import ReplyLanguage
from faq.markup import Html

TEXTS = Texts()
PICTURE = File(name="picture", file_id="p", is_picture=True)


def composed(typed: str, file: File | None = None, **frame: object) -> Message:
    """What plain typing becomes; the framework hands it over escaped."""
    return compose(TEXTS, ReplyLanguage.FR, Html(html.escape(typed)), file, Frame(**frame))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("a < b & c > d", "a < b & c > d"),
        ("<3 <votre nom> <b", "<3 <votre nom> <b"),
        ("<b>gras</b> et <a href='https://x.example/?a=1&b=2'>lien</a>", "gras et lien"),
        ('<code class="language-py">x</code> "cite"', 'x "cite"'),
        ("\u202emalin \u2066", "\u202emalin \u2066"),
    ],
)
def test_typed_tags_count_and_any_other_sign_is_only_a_sign(typed: str, seen: str) -> None:
    assert parse_html(composed(typed).text)[0] == seen


def test_formatting_of_the_app_is_kept() -> None:
    written = Html('<span class="tg-spoiler">s</span> <tg-emoji emoji-id="5">🙂</tg-emoji> <u>u</u>')
    message = compose(TEXTS, ReplyLanguage.AR, written, None, Frame())
    assert message.text == "<tg-spoiler>s</tg-spoiler> 🙂 <u>u</u>"


@pytest.mark.parametrize(
    ("typed", "line", "piece"),
    [
        ("un\ndeux <b>trois", 2, "<b>"),
        ("<i>a</b></i>", 1, "</b>"),
        ("a\n\n<p>b</p>", 3, "<p>"),
        ('<b onclick="x">y</b>', 1, '<b onclick="x">'),
        ("<a href=javascript:alert(1)>y</a>", 1, "<a href=javascript:alert(1)>"),
        ('x\n<a href="javascript:alert(1)">y</a>', 2, '<a href="javascript:alert(1)">'),
        ("<a href='ftp://x.example'>y</a>", 1, "<a href='ftp://x.example'>"),
    ],
)
def test_markup_that_telegram_refuses_is_named_with_its_line(typed: str, line: int, piece: str) -> None:
    with pytest.raises(ComposeError) as found:
        composed(typed)
    assert (found.value.fault, found.value.values) == (Fault.MARKUP, {"line": line, "piece": piece})


@pytest.mark.parametrize("piece", ["{deadline}", "{facts.office}", "{Time_left}"])
def test_what_only_answers_fill_in_is_refused_and_named(piece: str) -> None:
    for typed in (f"Avant {piece} !", f"<b>Avant</b> {piece}", f"x\nAvant {piece} | https://x.example"):
        with pytest.raises(ComposeError) as found:
            composed(typed)
        assert (found.value.fault, found.value.values) == (Fault.PLACEHOLDER, {"piece": piece})
    assert composed("{0} {} { deadline et {en 2025}").text == "{0} {} { deadline et {en 2025}"


def test_last_lines_become_buttons_above_the_one_that_ends_it() -> None:
    message = composed(
        "Voir | https://non.example\nTexte\n<b>Carte</b> & plan | https://x.example/?a=1&b=2\nB | http://y.example"
    )
    assert [(b.text, b.url) for row in message.rows for b in row][:-1] == [
        ("Carte & plan", "https://x.example/?a=1&b=2"), ("B", "http://y.example"),
    ]  # fmt: skip
    assert message.rows[-1][0].data == "stop||fr"
    assert message.text == "Voir | https://non.example\nTexte"


@pytest.mark.parametrize(
    ("length", "file", "frame", "over"),
    [
        (4096, None, {}, 0),
        (4097, None, {}, 1),
        (1024, PICTURE, {}, 0),
        (1030, PICTURE, {}, 6),
        (1025, None, {"is_caption": True}, 1),
        (4090, None, {"head": Html("Tête")}, 0),
        (4091, None, {"head": Html("Tête")}, 1),
        (4096, None, {"reserved": 40}, 40),
    ],
)
def test_a_length_is_counted_with_what_the_bot_adds(length: int, file: File | None, frame: object, over: int) -> None:
    with nullcontext() if over == 0 else pytest.raises(ComposeError) as found:
        composed("x" * length, file, **frame)  # pyright: ignore[reportCallIssue]
    if found:
        assert (found.value.fault, found.value.values["over"]) == (Fault.LONG, over)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        (" \n ", Fault.EMPTY),
        ("A | https://x.example", Fault.EMPTY),
        ("x\nA | https://nowhere", Fault.ADDRESS),
    ],
)
def test_nothing_and_a_button_to_nowhere_are_refused(typed: str, fault: Fault) -> None:
    with pytest.raises(ComposeError) as found:
        composed(typed)
    assert found.value.fault is fault


def test_a_picture_needs_no_words() -> None:
    assert composed("", PICTURE).file == PICTURE
