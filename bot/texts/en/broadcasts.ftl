# What staff read when they announce something, and what is added to an announcement.

broadcast-stop = Send me nothing more
broadcast-head-correct = <b>Correction</b> of our announcement sent on { $at }:
broadcast-head-delete = Our announcement sent on { $at } is <b>withdrawn</b>; it no longer holds.

broadcast-title = <b>Announcement no. { $number }</b>, { $state }
broadcast-title-correct = <b>Announcement no. { $number }</b>, { $state }: a correction of announcement no. { $earlier }
broadcast-title-edit = <b>Announcement no. { $number }</b>, { $state }: every copy of announcement no. { $earlier } is written over, and its readers are told. Where a copy has a file, only its caption changes.
broadcast-title-delete = <b>Announcement no. { $number }</b>, { $state }: every copy of announcement no. { $earlier } is deleted, and its readers are told
broadcast-ready = { $name }: { $length ->
    [one] { $length } character
   *[other] { $length } characters
}{ $kind ->
    [none] {""}
    [picture] , with a picture
   *[file] , with “{ $file }”
}
broadcast-waived = { $name }: without; its readers get { $other }
broadcast-missing = { $name }: <b>missing</b>
broadcast-audience =
    { $people ->
        [one] For: { $audience }, { $people } conversation, { $time }
       *[other] For: { $audience }, { $people } conversations, { $time }
    }
broadcast-at-once = Goes out: as soon as it is confirmed
broadcast-at = Goes out: { $at }
broadcast-quiet = People sleep at this hour: reminders wait for the morning. The announcement goes out all the same.
broadcast-write = Now write the version in { $name } as it is to arrive: text, formatting, a picture or document with its caption. Lines “Label | https://...” at the end become buttons.

broadcast-to-all = everybody{ $what }
broadcast-to-registered = who is registered for reminders{ $what }
broadcast-to-next-edition = who waits for the next edition{ $what }
broadcast-to-language = who reads { $what }
broadcast-to-reached = who got announcement no. { $what }
broadcast-choice = { $what }
broadcast-choose-audience = Announcement no. { $number }: for whom?
broadcast-hour = When? Choose, or write the day and the legal hour, for example 31/07/2025 10:00.
broadcast-only-now = This call has no date, and so no time zone: the announcement goes out as soon as it is confirmed.
broadcast-past = That hour is past: choose another one.
broadcast-far = That hour is more than a year away: check the year.
broadcast-written = The version in { $name } is written, and stays. Its button writes it anew; to do without it, give the draft up and begin another one.
broadcast-none-left = A text in one language at least is needed: write that of another one first.

broadcast-empty = There is nothing to send: no text, no file. ({ $name })
broadcast-only = I pass on a text, a picture or a document, one for each language. Send one of these.
broadcast-markup = { $name }, line { $line }: Telegram would refuse <code>{ $piece }</code>. Close each tag in order (b, i, u, s, a, code, pre, blockquote), begin a link's address with https://, or use Telegram's own formatting. Nothing was kept: send the text again.
broadcast-placeholder = { $name }: <code>{ $piece }</code> is filled in in answers, not in announcements: everybody gets these words as they stand. Write the date (or the fact) itself, and send the text again.
broadcast-long =
    { $over ->
        [one] { $name }: too long by { $over } character (at most { $limit }, with what I add). Send it again, shorter.
       *[other] { $name }: too long by { $over } characters (at most { $limit }, with what I add). Send it again, shorter.
    }
broadcast-address = { $name }: “{ $address }” is no address that a button can open. Send the text again.

broadcast-lacking = Still missing: { $names }. Write these versions, or decide to do without.
broadcast-no-owner = There is no owner who could confirm: nothing can go out.
broadcast-nobody = Nobody would get this announcement: choose another audience.
broadcast-unseen = { $name }: the preview has not reached you yet. Ask for it, look at it, then try again.
broadcast-refused-preview = { $name }: Telegram refuses this message (“{ $reason }”). Send this version again.
broadcast-standing = The request waits for a code. Owners whom it reached: { $reached }. Whom it did not reach: { $unreached }{ $unreached ->
    [0] .
   *[other] {" "}(one has to have written to the desk once, and not have blocked it).
}
broadcast-asked = Another owner has to confirm: they get the preview and a code. Valid for 24 hours; any edit voids it.
broadcast-type-code = You are the only owner: type here, in private, the code that I send you. Valid for 24 hours; any edit voids it.
broadcast-confirm = Somebody of the staff wants to send this announcement, as it stands above. If it is right, type this code: <b>{ $code }</b>. A wrong code voids the request.
broadcast-confirm-own = If everything is right, type this code: <b>{ $code }</b>. A wrong code voids the request.
broadcast-wrong-code = That is not the code. The request to send announcement no. { $number } is void; the draft stays.
broadcast-old-code = That code belongs to an earlier request, which stands no more. Nothing has changed: what waits for a code goes on waiting for its own.
broadcast-void = The request to confirm announcement no. { $number } stands no more: its author changed it or took it back. The code that you were sent confirms nothing.
broadcast-expired = The request to send announcement no. { $number } is too old, or its hour went by. The draft stays.
broadcast-unauthorised = Announcement no. { $number } does not go out: who wrote or confirmed it has no right to, or no more.
broadcast-is-due = Announcement no. { $number } is confirmed. It goes out { $at }; until then it can be called off.
broadcast-scheduled-now = Announcement no. { $number } is confirmed. It goes out in { $seconds } seconds, { $at }; until then it can be called off.
broadcast-scheduled = Announcement no. { $number } is confirmed. It goes out { $at }; until then, and for { $seconds } seconds at least, it can be called off.
broadcast-called-off = Announcement no. { $number } does not go out: nothing was sent. The draft stays, to be confirmed again.
broadcast-outdated = Announcement no. { $number } does not go out, or no further: an answer or a date that it gives has changed since it was prepared. Prepare it again from the answer.
broadcast-late = Announcement no. { $number } should have gone out more than six hours ago: it is not sent. Its draft stays, to be confirmed again.
broadcast-refused = Announcement no. { $number } stopped by itself: Telegram refuses this message (“{ $reason }”) to all the first readers. Cancel it and correct it.
broadcast-stood-still = Announcement no. { $number } is paused by itself: for more than twelve hours nothing of it went out. Look whether what it says still holds, then let it go on or stop it for good.
broadcast-paused = Announcement no. { $number } is paused. What was on its way still arrives.
broadcast-resumed = Announcement no. { $number } goes on.
broadcast-cancelled = Announcement no. { $number } is stopped. The report follows.
broadcast-dropped = Draft no. { $number } is given up.
broadcast-gone = That can't be done, or no more: the announcement has moved on, or is not yours. /broadcasts shows where they stand.
broadcast-other-draft = You have a draft already: finish it or give it up first. Here it is.
broadcast-too-old = The copies are more than 48 hours old: Telegram will probably refuse to delete them. The report will say.

broadcast-is-draft = draft
broadcast-is-asked = to be confirmed
broadcast-is-scheduled = scheduled
broadcast-is-sending = being sent
broadcast-is-paused = paused
broadcast-is-done = sent
broadcast-is-cancelled = stopped
broadcast-progress =
    <b>Announcement no. { $number }</b>, { $state }
    { $bar } { $percent } % ({ $done } of { $total })
    Sent: { $sent }. Unreachable: { $unreachable }. Failed: { $failed }.
    Time left: { $left }
broadcast-frozen = All sending is stopped by /freeze: nothing of it goes out until an owner lets it go on with /unfreeze.
broadcast-report =
    <b>Announcement no. { $number }</b>, { $outcome }
    Sent: { $sent }
    Unreachable: { $unreachable }
    Refused by Telegram: { $refused }
    Unclear: { $unclear }
    Not sent: { $unsent }
    Begun: { $begun }
    Ended: { $ended }
    Rate, in messages a second: { $rate }
broadcast-edited = Copies of announcement no. { $earlier } written over: { $changed }, impossible: { $unchanged }
broadcast-deleted = Copies of announcement no. { $earlier } deleted: { $changed }, impossible: { $unchanged }
broadcast-see-held = /held decides about what is unclear.
broadcast-list = The announcements, newest first:
broadcast-list-empty = No announcement has gone out yet. /broadcast begins one.
broadcast-line = no. { $number }, { $state }: { $audience } ({ $sent })

held = <b>Unclear</b>: the connection broke while these were sent. Nobody can know whether they arrived.
held-none = Nothing is unclear.
held-line = { $what }: { $count }, since { $since }
held-reply = replies{ $number }
held-reminder = reminders{ $number }
held-broadcast = announcement no. { $number }
held-staff = answers of the staff{ $number }
held-gone = There is nothing to decide there any more: /held shows what is left.
held-sent = Noted: { $what }, counted as delivered: { $count }.
held-again = Noted: { $what }, sent once more, marked as a repeat: { $count }.

button-broadcast-text = Write: { $what }
button-broadcast-waive = Without: { $what }
button-broadcast-audience = For whom
button-broadcast-hour = When
button-broadcast-now = As soon as it is confirmed
button-broadcast-morning = Next morning, 09:00
button-broadcast-preview = Send me the preview
button-broadcast-ask = Ask for confirmation
button-broadcast-drop = Give up
button-broadcast-withdraw = Take the request back
button-broadcast-calloff = Call off
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-cancel = Stop for good
button-broadcast-correct = Send a correction
button-broadcast-edit = Edit every copy
button-broadcast-delete = Delete every copy
button-broadcast-older = Older ones
button-held-sent = { $what }: count as delivered
button-held-again = { $what }: send again
