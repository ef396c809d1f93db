"""The running bot: every part built, wired and started in one place, ended in order."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot import reminders
from bot.clock import Clock, MovableClock
from bot.inbox import Inbox
from bot.messages import Message
from bot.pacing import Pacer
from bot.sandbox import Sandbox
from bot.sender import Sender
from bot.services import Services
from bot.settings import Settings
from bot.store import Store
from bot.store.sendings import Sending
from bot.texts import Texts
from bot.transport import webhook
from bot.transport.dispatch import AnyApplication, Dispatcher
from bot.transport.gateway import Gateway
from bot.transport.polling import WANTED, poll
from bot.transport.profile import Profile, publish
from bot.transport.request import AiohttpRequest
from bot.web import routes
from faq import Call, Matcher
from faq.answering import moment_text
from faq.markup import Html
from handlers import register
from handlers.commands import published

logger = logging.getLogger(__name__)

SANDBOX_TOKEN = "1000001:SANDBOX"  # noqa: S105  the stand-in's own, worth nothing elsewhere

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
