"""Answers once the deadline was changed: nowhere the old date as the present one, and where each change is said."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq import Call, answering, find, load
from faq.deadline import Amendment, Deadline
from faq.languages import ReplyLanguage
from tests.conftest import OPEN

FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN
LANGUAGES = list(ReplyLanguage)
OLD = {FR: "24 juillet", AR: "24 يوليوز", EN: "July 24"}
NEW = {FR: "7 août 2025 à 12:30", AR: "7 غشت 2025 على الساعة 12:30", EN: "August 7, 2025 at 12:30"}
DENIAL = {
    FR: "aucun report n'était annoncé",
    AR: "لا علم لي بأي إعلان عن تمديد",
    EN: "I know of no notice that moves the deadline",
}
NOTICE = "https://www.mcinet.gov.ma/notice"
LATER = datetime(2025, 8, 1, 9, tzinfo=UTC)
PAST = datetime(2025, 9, 1, 9, tzinfo=UTC)
COUNTDOWN = re.compile(r"il reste |hours? left|days? left|الوقت المتبقي:")


def change(version: int, local: datetime | None, *, decided_at: datetime = OPEN) -> Amendment:
    return Amendment(version=version, local=local, announced=date(2025, 7, 20), source=NOTICE, decided_at=decided_at)


EXTENSION = change(2, datetime(2025, 8, 7, 12, 30))  # noqa: DTZ001  legal times are naive
CANCELLATION = change(2, None)
REOPENING = change(3, datetime(2025, 8, 7, 12, 30))  # noqa: DTZ001


def deadline_of(call: Call) -> Deadline:
    assert call.deadline is not None
    return call.deadline


@pytest.fixture(scope="session")
def extended(call: Call) -> Call:
    return call.amended([EXTENSION])


@pytest.fixture(scope="session")
def cancelled(call: Call) -> Call:
    return call.amended([CANCELLATION])


@pytest.fixture(scope="session")
def reopened(call: Call) -> Call:
    return call.amended([CANCELLATION, REOPENING])


def said(call: Call, entry: str, language: ReplyLanguage = FR, *, now: datetime = OPEN) -> str:
    return answering.answer(call, entry, language=language, now=now).text


def everything(call: Call, language: ReplyLanguage, now: datetime) -> list[tuple[str, str]]:
    return [(entry, said(call, entry, language, now=now)) for entry in call.entries]


# An extension


@pytest.mark.parametrize("now", [OPEN, LATER, PAST])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_names_the_old_date_but_where_it_says_that_it_was(
    extended: Call, language: ReplyLanguage, now: datetime
) -> None:
    notes = answering.history_text(extended, language=language).split("\n")
    for entry, text in everything(extended, language, now):
        rest = "\n".join(line for line in text.split("\n") if line not in notes)
        assert OLD[language] not in rest, (entry, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_old_date_was_in_answers_before_so_that_its_absence_means_something(
    call: Call, language: ReplyLanguage
) -> None:
    named = [entry for entry, text in everything(call, language, OPEN) if OLD[language] in text]
    assert {"deadline", "how-to-apply", "extension"} <= set(named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_that_named_the_deadline_name_the_new_one_and_the_notice(
    call: Call, extended: Call, language: ReplyLanguage
) -> None:
    for entry, text in everything(call, language, OPEN):
        if OLD[language] in text:
            assert NEW[language] in said(extended, entry, language).replace("\u2068", ""), entry
            assert NOTICE in said(extended, entry, language), entry


@pytest.mark.parametrize("now", [OPEN, PAST])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_extension_is_not_denied_once_there_was_one(
    call: Call, extended: Call, language: ReplyLanguage, now: datetime
) -> None:
    assert DENIAL[language] in said(call, "extension", language, now=now)
    text = said(extended, "extension", language, now=now)
    assert DENIAL[language] not in text
    assert text.startswith(extended.sentences[language]["amended-later"].split("{")[0])


def test_a_deadline_that_was_brought_forward_is_no_extension(call: Call) -> None:
    shorter = call.amended([change(2, datetime(2025, 7, 22, 15))])  # noqa: DTZ001
    assert said(shorter, "extension").startswith("Non : la date limite n'est pas reportée")
    again = shorter.amended([change(3, datetime(2025, 7, 24, 15))])  # noqa: DTZ001
    assert said(again, "extension").startswith("Dans cette édition la date limite a changé")


def test_what_an_article_says_is_no_source_of_a_date_that_was_changed(call: Call, extended: Call) -> None:
    for entry in ("deadline", "extension"):
        assert answering.answer(call, entry, language=FR, now=OPEN).source
        assert not answering.answer(extended, entry, language=FR, now=OPEN).source
    assert answering.answer(extended, "sectors", language=FR, now=OPEN).source


def test_time_is_counted_to_the_new_deadline(extended: Call) -> None:
    assert "il reste 18 jours et 2 heures" in said(extended, "deadline")
    assert "il reste 6 jours et 2 heures" in said(extended, "deadline", now=LATER)
    assert "clos depuis le <b>jeudi 7 août 2025 à 12:30 (heure du Maroc, UTC+1)</b>" in said(
        extended, "deadline", now=PAST
    )


def test_a_line_of_the_history_says_was_became_announced_and_where(extended: Call) -> None:
    line = answering.history_text(extended, language=FR)
    assert line == (
        f'Annoncé ici le 20 juillet 2025 (avis : <a href="{NOTICE}">www.mcinet.gov.ma</a>) : la date limite, fixée '
        "jusqu'ici au jeudi 24 juillet 2025 à 15:00 (heure du Maroc, UTC+1), est maintenant fixée au "
        "jeudi 7 août 2025 à 12:30 (heure du Maroc, UTC+1)."
    )
    assert line in said(extended, "deadline")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_has_its_line_in_the_order_in_which_they_were_made(call: Call, language: ReplyLanguage) -> None:
    thrice = call.amended([EXTENSION, change(3, None), change(4, datetime(2025, 10, 1, 9))])  # noqa: DTZ001
    lines = answering.history_text(thrice, language=language).split("\n")
    october = {FR: "1 octobre 2025", AR: "1 أكتوبر 2025", EN: "October 1, 2025"}[language]
    assert len(lines) == 3
    assert len(set(lines)) == 3
    assert OLD[language] in lines[0]
    assert not any(day in lines[1] for day in (OLD[language], october))
    assert october in lines[2]
    assert answering.notice_text(thrice, language=language) == lines[2]
    assert said(thrice, "extension", language).split("\n")[1:4] == lines, "the editions before stand after them"


# A call that is cancelled, and opened again


@pytest.mark.parametrize("now", [OPEN, LATER, PAST])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancelled_call_says_so_in_every_answer_and_names_no_date(
    cancelled: Call, language: ReplyLanguage, now: datetime
) -> None:
    notice = answering.notice_text(cancelled, language=language)
    for entry, text in everything(cancelled, language, now):
        assert text.startswith(notice), entry
        assert OLD[language] not in text, entry
        assert not COUNTDOWN.search(text), entry


def test_a_cancellation_names_its_day_and_its_notice(cancelled: Call) -> None:
    assert answering.status(cancelled, language=FR, now=OPEN) == (
        f'L\'appel est annulé (annoncé ici le 20 juillet 2025, avis : <a href="{NOTICE}">www.mcinet.gov.ma</a>).'
    )


def test_what_does_not_depend_on_time_is_still_answered_for_a_cancelled_call(cancelled: Call) -> None:
    assert "Division des Plateformes Technologiques et des Clusters" in said(cancelled, "contact")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_that_was_opened_again_counts_down_and_says_until_when(reopened: Call, language: ReplyLanguage) -> None:
    assert COUNTDOWN.search(said(reopened, "deadline", language))
    assert NEW[language] in said(reopened, "deadline", language).replace("\u2068", "")
    notice = answering.notice_text(reopened, language=language)
    assert notice in said(reopened, "deadline", language)
    assert OLD[language] not in notice, "what was before the cancellation is not what was before"


def test_an_opening_names_its_day_and_its_notice(reopened: Call) -> None:
    assert answering.notice_text(reopened, language=FR) == (
        f'Annoncé ici le 20 juillet 2025 (avis : <a href="{NOTICE}">www.mcinet.gov.ma</a>) : l\'appel est rouvert, '
        "jusqu'au "
        "jeudi 7 août 2025 à 12:30 (heure du Maroc, UTC+1)."
    )


# The values


def test_the_folder_s_own_call_is_untouched(call: Call) -> None:
    fresh = load(find("clusters-2025"))
    call.amended([EXTENSION, change(3, None)])
    assert deadline_of(call) == deadline_of(fresh)
    assert call == fresh
    assert call.amended([]) == call


locals_ = st.one_of(
    st.none(),
    st.integers(0, 2000).map(lambda n: datetime(2025, 7, 1, 9) + timedelta(hours=n)),  # noqa: DTZ001
)


@given(st.lists(locals_, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_changes_hold_in_the_order_of_their_versions_and_each_once(
    moves: list[datetime | None], chance: object
) -> None:
    call = load_once()
    amendments = [change(n, local) for n, local in enumerate(moves, 2)]
    shuffled = [*amendments, *amendments]
    chance.shuffle(shuffled)  # pyright: ignore[reportAttributeAccessIssue]
    deadline = deadline_of(call.amended(shuffled))
    assert deadline.version == len(moves) + 1
    assert deadline.cancelled == (moves[-1] is None)
    assert deadline.local == next((m for m in reversed(moves) if m), deadline_of(call).local)
    shown = [deadline_of(call).local, *moves]
    assert [(c.was, c.became) for c in deadline.changes] == list(itertools.pairwise(shown))


def load_once() -> Call:
    if not _LOADED:
        _LOADED.append(load(find("clusters-2025")))
    return _LOADED[0]


_LOADED: list[Call] = []


def test_a_change_to_an_hour_that_does_not_exist_is_refused(call: Call) -> None:
    with pytest.raises(ValueError, match="does not exist in Africa/Casablanca"):
        call.amended([change(2, datetime(2026, 3, 22, 2, 30))])  # noqa: DTZ001
