"""Logs: secrets are taken out of whatever is about to be written."""

from __future__ import annotations

import logging
import subprocess
import sys

from bot.logs import Redactor

TOKEN = "123456789:AAsecretsecretsecretsecretsecret"


def line(message: str, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return Redactor([TOKEN, "hook-secret"]).format(logging.LogRecord("x", logging.INFO, __file__, 1, message, (), info))


def test_a_token_in_an_address_is_taken_out() -> None:
    assert TOKEN not in line(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    assert "AAsecret" not in line(f"POST https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe")


def test_a_token_in_a_traceback_is_taken_out() -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError as error:
        said = line("failed", error)
    assert "ValueError" in said
    assert TOKEN not in said


def test_other_secrets_are_taken_out_too() -> None:
    assert "hook-secret" not in line("header hook-secret refused")


def test_another_bots_token_is_taken_out_too() -> None:
    assert "AAother" not in line("token 987654321:AAotherotherotherotherother")


def test_an_uncaught_exception_is_redacted() -> None:
    code = f"from bot import logs; logs.set_up('DEBUG', ['{TOKEN}'])\nraise RuntimeError('{TOKEN}')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "RuntimeError: [secret]" in done.stderr
    assert TOKEN not in done.stderr + done.stdout
