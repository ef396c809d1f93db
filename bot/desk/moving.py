"""The staff chat became a supergroup: it has another number from then on, and goes on being the staff chat."""

from __future__ import annotations

from bot.desk.desk import Desk
from bot.messages import Message
from bot.store import Change, audit
from bot.store.database import Database
from faq.markup import Html


def follow(desk: Desk, chat_id: int, new_chat_id: int) -> Change:
    """Go with a group that has a new id, if it is the staff chat; said once, by whichever way it was learned."""

    def change(db: Database) -> None:
        if desk.office.chat_id not in {chat_id, new_chat_id}:
            return
        desk.office.chat_id = new_chat_id  # in the transaction: who reads the settings meanwhile can't undo it
        if audit.place_of(db, chat_id, call=desk.call.id) == new_chat_id:
            return
        audit.note(audit.NOBODY, audit.MOVED, call=desk.call.id, now=desk.now, before=chat_id, after=new_chat_id)(db)
        words = desk.words_of(db, new_chat_id)
        setting = Html(f"<code>STAFF_CHAT_ID={new_chat_id}</code>")
        desk.send(db, new_chat_id, words.language, Message(words.say("roles-moved", setting=setting)))

    return change
