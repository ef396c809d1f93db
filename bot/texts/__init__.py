"""The bot's own sentences: a folder a language beside this module, a Fluent file a subject, read strictly."""

from __future__ import annotations

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.syntax.ast import EntryType, Junk, Message

from bot.messages import TEXT_LIMIT
from faq.languages import LOCALES, RIGHT_TO_LEFT, ReplyLanguage
from faq.markup import Html, escape

resolver.MAX_PART_LENGTH = 2 * TEXT_LIMIT
"""The library refuses longer values, against files of strangers; ours are parts of messages, checked as such."""


class TextError(Exception):
    """A sentence is missing, or a variable that it needs."""


class Texts:
    """Says sentences by key. Nothing is ever half said: what is missing raises."""

    def __init__(self) -> None:
        """Read every language's file.

        Raises:
            TextError: a file has a line that Fluent can't read.

        """
        self._bundles = {language: _bundle(language) for language in ReplyLanguage}

    def say(self, language: ReplyLanguage, key: str, **values: str | int) -> Html:
        """The sentence ``key`` as markup; values that are not yet `Html` are escaped.

        Raises:
            TextError: the sentence or one of its variables is missing.

        """
        bundle = self._bundles[language]
        if not bundle.has_message(key) or (pattern := bundle.get_message(key).value) is None:
            message = f"{language}: there is no sentence {key!r}"
            raise TextError(message)
        safe = {name: value if isinstance(value, int | Html) else escape(value) for name, value in values.items()}
        text, errors = bundle.format_pattern(pattern, safe)
        if errors:
            message = f"{language}, {key}: {'; '.join(map(str, errors))}"
            raise TextError(message)
        return Html(text)

    def plain(self, language: ReplyLanguage, key: str, **values: str | int) -> str:
        """The sentence ``key`` for a button or a command's description, where markup would be shown as it is."""
        return str(self.say(language, key, **values)).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")

    def name_of(self, code: str, language: ReplyLanguage) -> str:
        """What readers of ``language`` call the one that people ask or read in: its own script would turn a line."""
        return self.plain(language, "language-name", code=code)


@cache
def _bundle(language: ReplyLanguage) -> FluentBundle:
    bundle = FluentBundle([LOCALES[language].replace("_", "-")], use_isolating=language in RIGHT_TO_LEFT)
    files = [file for file in resources.files(__name__).joinpath(language).iterdir() if file.name.endswith(".ftl")]
    for file in sorted(files, key=lambda one: one.name):
        resource = FluentResource(file.read_text("utf-8"))
        for entry in resource.body:
            _refuse(entry, bundle, f"{language}/{file.name}")
        bundle.add_resource(resource)
    return bundle


def _refuse(entry: EntryType, bundle: FluentBundle, where: str) -> None:
    """See that a part of a file can be read, and says nothing that another file says.

    Raises:
        TextError: so it is not.

    """
    if isinstance(entry, Junk):
        message = f"{where} has a line that can't be read: {(entry.content or '')[:80]!r}"
        raise TextError(message)
    if isinstance(entry, Message) and bundle.has_message(entry.id.name):
        message = f"{where} says {entry.id.name!r} a second time"
        raise TextError(message)
