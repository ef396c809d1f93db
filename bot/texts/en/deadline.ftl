# What owners read when the deadline changes.

amend-usage =
    Write, for example:
    <code>/newdeadline 31/07/2025 15:00 https://ministry-site/notice</code>
    or, to cancel the call:
    <code>/newdeadline cancel https://ministry-site/notice</code>
amend-denied = Only an owner of this counter can change the deadline. Your request was written down.
amend-private = The deadline is changed only in a private conversation with me, by a message that you write yourself.
amend-undated = This call has no deadline that could change.
amend-no-date = I find no date and hour in this request.{ $what }
amend-no-address = The address of the official notice is needed, a single one of at most 400 characters, beginning with https://{ $what }
amend-unknown-zone = I know no time zone “{ $what }”. Without a zone, that of the call counts.
amend-impossible = “{ $what }” names no single moment: that day or hour does not exist, or the hour comes twice (the clocks change).
amend-past = “{ $what }” is over: a deadline is set in the future.
amend-far = “{ $what }” is more than three years ahead: check the year.
amend-same = That is what holds already: nothing to change.{ $what }
amend-preview =
    <b>Change of the deadline</b>
    Now: { $before }
    Then: { $after }
    Notice: { $source }
    { $people ->
        [one] { $people } conversation will be told.
       *[other] { $people } conversations will be told.
    }
amend-cancelled = call cancelled
amend-move = Reminder “{ $step } before”: { $before } → { $after }
amend-none = none
amend-notices = <b>What everybody will read</b>
amend-wait = Another owner has to confirm and is being asked (they must have written to this counter before). Valid for 24 hours.
amend-code = To confirm, type this code: <b>{ $code }</b>. Valid for 24 hours.
amend-asked = Another owner proposes this change. Check the notice, then confirm, or change nothing.
amend-own = This proposal is yours: another owner has to confirm it.
amend-wrong-code = That is not the code. The proposal is dropped; start again if you wish.
amend-gone = This proposal is not open any more: confirmed, refused, overtaken or too old. { $status }
amend-dropped = Nothing is changed: the proposal is over, refused or dropped. { $status }
amend-done =
    Done, everywhere at once. { $notice }
    { $people ->
        [one] { $people } conversation is being told, at night from 09:00 on.
       *[other] { $people } conversations are being told, at night from 09:00 on.
    }

button-apply = Confirm this change
button-drop = Change nothing
