"""A small call in three languages, trained in a moment, whose staff teach it; and the eyes for messages in place."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox import Person, Sandbox, Shown
from faq.spreadsheet import convert
from tests.conftest import until
from tests.journeys.watching import from_bot

OWNER, STAFF = 900001, 900010

_ENTRIES = {
    "opening": {
        "fr": ["à quelle heure ouvrez-vous", "horaires d'ouverture", "êtes-vous ouverts le dimanche"],
        "ar": ["متى تفتحون", "أوقات الفتح", "هل تفتحون يوم الأحد"],
        "en": ["when do you open", "opening hours", "are you open on sunday"],
    },
    "parking": {
        "fr": ["où puis-je me garer", "y a-t-il un parking", "une place pour ma voiture"],
        "ar": ["أين أركن السيارة", "هل يوجد موقف للسيارات", "مكان لسيارتي"],
        "en": ["where can I park", "is there a car park", "room for my car"],
    },
    "mooring": {
        "fr": ["où amarrer mon bateau", "places d'amarrage", "un poste pour mon voilier"],
        "ar": ["أين أرسي قاربي", "أماكن الرسو", "مرسى لقاربي الشراعي"],
        "en": ["where can I moor my boat", "mooring places", "a berth for my boat"],
    },
}

_MORE = """
domain = false
steps = ["2d"]
[deadline]
local = 2030-03-01T12:00:00
zone = "Europe/Paris"
instant = 2030-03-01T11:00:00Z
[facts.zone]
fr = "heure de Paris"
ar = "بتوقيت باريس"
en = "Paris time"
[facts.office]
fr = "Bureau du port"
ar = "مكتب الميناء"
en = "Harbour Desk"
"""


def port_folder(place: Path) -> Path:
    """A folder of this call."""
    rows = [
        f'{entry},{language},"{text}","{language} {entry}"'
        for entry, said in _ENTRIES.items()
        for language, texts in said.items()
        for text in texts
    ]
    (place / "sheet.csv").write_text("\n".join(["entry,language,question,answer", *rows]), "utf-8")
    convert(place / "sheet.csv", place / "call")
    with (place / "call" / "call.toml").open("a", encoding="utf-8") as main:
        main.write(_MORE)
    return place / "call"


async def taps(bot: Sandbox, person: Person, button: str, *, under: Shown | None = None) -> Shown:
    """Press a button; what is said then, written over the message or beneath it."""
    before = from_bot(person)
    person.presses(button, message_id=under.message_id if under else None)
    await until(lambda: from_bot(person) != before, bot)
    said = next(one for one in reversed(from_bot(person)) if one not in before)
    if said.message_id not in {one.message_id for one in before}:
        await person.hears(lambda one: one.message_id == said.message_id)
    return said
