"""What staff see of a question and answer on their way to everybody: each version as it would read, and what lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.buttons import Press, Verb
from bot.messages import Button, Rows
from bot.publishing import publishing
from bot.publishing.publishing import Wording
from bot.rules.roles import Act
from bot.store import answers, audit, publications, waiting
from bot.store import publication_drafts as drafts
from bot.store.answers import Answered
from bot.store.database import Database
from bot.store.publication_drafts import Draft, Fate, OvertakenError
from bot.store.publications import Publication
from bot.store.waiting import Waiting
from faq.languages import ReplyLanguage
from faq.lessons import taught
from faq.markup import Html
from handlers.turn import Turn

_LONGEST_ID = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A draft, and what its publication would bring about: the number it gets, and who waits for it."""

    draft: Draft
    number: int
    answered: Answered | None
    public: Publication | None
    waiting: Waiting
    others: int
    """Those who wait, but for who asked."""

    def as_public(self, now: datetime) -> Publication:
        """What it would be."""
        whole = publishing.whole(self.draft)
        return Publication(
            number=self.number,
            language=whole.language,
            questions=whole.questions,
            answers=whole.answers,
            published_at=self.public.published_at if self.public else now,
        )


async def look(turn: Turn, draft: Draft) -> View:
    """What would follow from publishing a draft now."""
    call = turn.services.call.id

    def found(db: Database) -> View:
        answered = answers.answered(db, draft.answer) if draft.answer else None
        public = publications.of(db, call, draft.corrects) if draft.corrects else None
        asked = [*draft.questions.values(), *([answered.text] if answered else [])]
        waits = Waiting((), {}) if public else waiting.waiting(db, call, publishing.same_as(asked))
        asker = {answered.chat_id} if answered else set[int]()
        return View(
            draft=draft,
            number=public.number if public else publications.next_number(db, call),
            answered=answered,
            public=public,
            waiting=waits,
            others=len(waits.chats.keys() - asker),
        )

    return await turn.services.store.read(found)


async def show(turn: Turn, draft: Draft, language: ReplyLanguage, *, over: bool = False) -> None:
    """One version as everybody would read it, or what is missing of it, with everything that can be done."""
    seen = await look(turn, draft)
    name, is_there = turn.name_of(language), draft.has(language)
    if is_there:
        parts = [turn.text_of("qa-panel", name=name), _as_read(turn, seen, language)]
    elif language in draft.waived:
        parts = [turn.text_of("qa-panel-waived", name=name)]
    else:
        parts = [turn.text_of("qa-panel-missing", name=name), *_worded(turn, draft, language)]
    cares = {
        "qa-panel-care": True,
        "qa-panel-edited": seen.answered is not None and seen.answered.edited,
        "edit-dated": publishing.is_dated(draft, language, turn.services.call),
    }
    parts += [turn.text_of(key) for key, holds in cares.items() if holds]
    waits = turn.text_of("qa-panel-waiting", people=seen.others) if seen.others else Html("")
    turn.say(*parts, waits, rows=_rows(turn, seen, language), over=over)


def _as_read(turn: Turn, seen: View, language: ReplyLanguage) -> Html:
    """The version by the code that will show it to everybody."""
    public, call, texts = seen.as_public(turn.now), turn.services.call, turn.services.texts
    lessons = Wording(texts, call).lessons(seen.number, publishing.whole(seen.draft), published_at=public.published_at)
    return Wording(texts, taught(call, lessons)).read(public, language, now=turn.now)


def _worded(turn: Turn, draft: Draft, language: ReplyLanguage) -> list[Html]:
    """Question and answer of a version of which one is missing."""
    gap = turn.text_of("qa-panel-unworded")
    return [
        turn.text_of("qa-panel-question", text=draft.questions.get(language) or gap),
        turn.text_of("qa-panel-answer", text=draft.answers.get(language) or gap),
    ]


def _rows(turn: Turn, seen: View, language: ReplyLanguage) -> Rows:
    draft, call = seen.draft, turn.services.call

    def button(verb: Verb, argument: str, key: str, **values: str) -> Button:
        return Press(verb, argument, turn.language).button(turn.label(key, **values))

    def tab(one: ReplyLanguage) -> Button:
        key = "qa-tab-there" if draft.has(one) else "qa-tab-waived" if one in draft.waived else "qa-tab-missing"
        return button(Verb.QA_PANEL, f"{draft.id}.{one}", key, name=turn.name_of(one))

    version, state = f"{draft.id}.{language}", f"{draft.id}.{draft.revision}"
    tabs = tuple(tab(one) for one in call.languages) if len(call.languages) > 1 else ()
    wording = (
        button(Verb.QA_QUESTION, version, "qa-button-question"),
        button(Verb.QA_ANSWER, version, "qa-button-answer"),
    )
    is_waivable = not draft.has(language) and language not in draft.waived and len(call.languages) > 1
    waive = (button(Verb.QA_WAIVE, version, "qa-button-waive"),) if is_waivable else ()
    is_complete = publishing.is_complete(draft, call)
    if seen.public:
        ends = [
            (button(Verb.QA_MATERIAL, state, "qa-button-material"),),
            (button(Verb.QA_SLIP, state, "qa-button-slip"),),
        ]
        return tuple(row for row in (tabs, wording, waive, *(ends if is_complete else ())) if row)
    go = (button(Verb.QA_GO, state, "qa-button-go", number=str(seen.number)),) if is_complete else ()
    private = (button(Verb.QA_PRIVATE, state, "qa-button-private"),)
    return tuple(row for row in (tabs, wording, waive, private, go) if row)


async def pressed_version(turn: Turn) -> tuple[Draft | None, ReplyLanguage]:
    """The open draft that a button stands for, and the language of its version."""
    number, _, code = (turn.press.argument if turn.press else "").partition(".")
    draft = await _open(turn, number)
    is_known = code in turn.services.call.languages
    return (draft, ReplyLanguage(code)) if is_known else (None, turn.language)


async def pressed_draft(turn: Turn) -> Draft | None:
    """The draft that a button stands for, if nobody changed it since the button was shown."""
    number, _, revision = (turn.press.argument if turn.press else "").partition(".")
    draft = await _open(turn, number)
    return draft if draft is not None and str(draft.revision) == revision else None


async def _open(turn: Turn, number: str) -> Draft | None:
    call = turn.services.call.id
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID):
        return None
    draft = await turn.services.store.read(lambda db: drafts.of(db, call, int(number)))
    return draft if draft is not None and draft.state is Fate.OPEN else None


def change(turn: Turn, before: Draft, after: Draft) -> Draft:
    """Keep a change of a draft; return it as it will be."""
    turn.change(drafts.revise(turn.services.call.id, before, after))
    return replace(after, revision=before.revision + 1)


def note(turn: Turn, **detail: object) -> None:
    """Write down what was done with this turn."""
    turn.change(audit.note(turn.user_id, Act.PUBLISH, call=turn.services.call.id, now=turn.now, **detail))


async def settle(turn: Turn) -> bool:
    """Record the turn; False, and said so, where what was seen had changed meanwhile."""
    try:
        await turn.commit()
    except OvertakenError:
        turn.start_over()
        turn.say(turn.text_of("qa-gone"))
        return False
    return True
