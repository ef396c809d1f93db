"""Settings from the environment and .env, read once; what is secret can't be printed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ENV_FILE = Path(".env")
"""The file of settings; where the environment has a value, that counts."""

Ids = Annotated[frozenset[int], NoDecode]


class SettingsError(Exception):
    """A setting is wrong; the message names each one and says what it should be."""


class Settings(BaseSettings):
    """Every setting. An empty value counts as not given."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True)

    bot_token: SecretStr | None = Field(None, description="The token from BotFather; empty: the sandbox.")
    bot_api_url: str = Field("https://api.telegram.org", description="Any Bot API server.")
    database: Path = Field(Path("data/guichet.db"), description="The SQLite file; its folder is made.")
    call: str = Field("clusters-2025", description="A folder of faq/calls, or a path to a call folder.")
    owner_ids: Ids = Field(frozenset[int](), description="Telegram ids of the owners, comma separated.")
    staff_ids: Ids = Field(frozenset[int](), description="Telegram ids of the staff, comma separated.")
    staff_chat_id: int | None = Field(None, description="The chat where staff work together.")
    webhook_url: str | None = Field(None, description="The public https address; empty: polling.")
    webhook_secret: SecretStr | None = Field(None, description="1-256 of A-Z a-z 0-9 _ -; empty: made at each start.")
    host: str = Field("127.0.0.1", description="The address that the web server listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Its port: page or webhook, health and metrics.")
    send_rate: float = Field(28.0, gt=0, le=1000, description="Messages a second in all; Telegram allows about 30.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")
    rehearsal_now: AwareDatetime | None = Field(
        None, description="An ISO instant at which the bot's clock starts; every message then says it is a rehearsal."
    )

    @field_validator("owner_ids", "staff_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            message = "should be an address such as https://example.org/path"
            raise ValueError(message)
        return value.rstrip("/") if value else value

    @field_validator("webhook_secret")
    @classmethod
    def _is_header_safe(cls, value: SecretStr | None) -> SecretStr | None:
        secret = value.get_secret_value() if value else ""
        if len(secret) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in secret):  # noqa: PLR2004
            message = "should be at most 256 of A-Z a-z 0-9 _ - (Bot API, setWebhook)"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _webhook_needs_a_bot(self) -> Self:
        if self.webhook_url and not self.bot_token:
            message = "WEBHOOK_URL needs BOT_TOKEN"
            raise ValueError(message)
        return self


def read_settings(file: Path = ENV_FILE) -> Settings:
    """The settings of the environment and of a ``file``.

    Raises:
        SettingsError: some are wrong, and all of them are named, or the file can't be read; no value is shown.

    """
    try:
        return Settings(_env_file=file)  # pyright: ignore[reportCallIssue]  the values come from the environment
    except ValidationError as error:
        lines = [
            f"setting {'.'.join(str(part) for part in problem['loc']).upper() or 'together'}: {problem['msg']}; "
            "see .env.example"
            for problem in error.errors(include_input=False, include_url=False, include_context=False)
        ]
        raise SettingsError("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} can't be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise SettingsError(message) from None
