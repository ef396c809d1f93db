"""The bot's own sentences in every language: Fluent files beside this module, read strictly."""

from __future__ import annotations

from importlib import resources

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk

from faq.languages import LOCALES, RIGHT_TO_LEFT, ReplyLanguage
from faq.markup import Html, escape


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
            message = f"{language}.ftl has no sentence {key!r}"
            raise TextError(message)
        safe = {name: value if isinstance(value, int | Html) else escape(value) for name, value in values.items()}
        text, errors = bundle.format_pattern(pattern, safe)
        if errors:
            message = f"{language}.ftl, {key}: {'; '.join(map(str, errors))}"
            raise TextError(message)
        return Html(text)

    def plain(self, language: ReplyLanguage, key: str, **values: str | int) -> str:
        """The sentence ``key`` for a button or a command's description, where markup would be shown as it is."""
        return str(self.say(language, key, **values)).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _bundle(language: ReplyLanguage) -> FluentBundle:
    text = resources.files(__name__).joinpath(f"{language}.ftl").read_text("utf-8")
    bundle = FluentBundle([LOCALES[language].replace("_", "-")], use_isolating=language in RIGHT_TO_LEFT)
    resource = FluentResource(text)
    junk = next((entry for entry in resource.body if isinstance(entry, Junk)), None)
    if junk:
        message = f"{language}.ftl has a line that can't be read: {(junk.content or '')[:80]!r}"
        raise TextError(message)
    bundle.add_resource(resource)
    return bundle
