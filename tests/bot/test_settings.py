"""Settings: read once, named when wrong, and never shown when secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

TOKEN = "123456:not-a-real-token"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without .env and an environment without our settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_setting_it_is_the_sandbox_on_this_machine() -> None:
    settings = read_settings()
    assert settings.bot_token is None
    assert (settings.host, settings.call, settings.send_rate) == ("127.0.0.1", "clusters-2025", 28)


def test_an_empty_value_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "")
    monkeypatch.setenv("STAFF_CHAT_ID", "")
    assert read_settings().bot_token is None


def test_ids_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", "12, 34,")
    assert read_settings().owner_ids == {12, 34}


def test_every_wrong_setting_is_named_and_no_value_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("PORT", "99999-private")
    monkeypatch.setenv("STAFF_IDS", "me")
    monkeypatch.setenv("WEBHOOK_URL", "example.org/hook")
    monkeypatch.setenv("REHEARSAL_NOW", "2025-07-01T10:00")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    said = str(caught.value)
    assert re.findall(r"setting (\w+)", said) == ["STAFF_IDS", "WEBHOOK_URL", "PORT", "REHEARSAL_NOW"]
    assert "private" not in said
    assert TOKEN not in said


def test_the_token_cannot_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    assert TOKEN not in repr(settings) + str(settings) + settings.model_dump_json()


def test_a_webhook_without_a_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    with pytest.raises(SettingsError, match="WEBHOOK_URL needs BOT_TOKEN"):
        read_settings()


def test_the_environment_counts_more_than_the_file_when_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").write_text("OWNER_IDS=12\nSTAFF_IDS=34\n", "utf-8")
    monkeypatch.setenv("STAFF_IDS", "56")
    settings = read_settings(tmp_path / "own")
    assert (settings.owner_ids, settings.staff_ids) == ({12}, {56})


def test_a_file_that_is_no_text_or_may_not_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"OWNER_IDS=\xff\n")
    with pytest.raises(SettingsError, match="own can't be read: it is not UTF-8"):
        read_settings(tmp_path / "own")
