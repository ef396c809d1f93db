# What staff read of what was done in their name.

audit-title = <b>The record: its last lines</b>
audit-empty = <b>The record</b>: nothing is written in it for this call yet.
audit-line = { $number }. { $at }, { $who }: { $what }.
audit-refused = { $number }. { $at }, { $who }, <b>refused</b>: { $what }.
audit-detail = <i>{ $detail }</i>
audit-bot = the bot
audit-office = no. { $number }
audit-stranger = somebody who is not staff
audit-act = { $act ->
    [change-deadline] the deadline
    [broadcast] announcement
    [confirm-broadcast] confirmation of an announcement
    [settle] messages of unclear delivery
    [answer] answer to a question
    [teach] teaching
    [publish] publication
    [see-stats] statistics
    [freeze] stop of all sending
    [unfreeze] sending goes on
    [read-audit] reading of the record
    [roles] rights of staff
    [moved] the staff chat
    [delivered] proof of notice
   *[other] { $act }
}
audit-head = { $count ->
    [one] { $count } line.
   *[other] { $count } lines.
} Hash of the last: <code>{ $head }</code>

audit-daily = <b>Today's record</b>: { $count ->
    [one] { $count } line, untouched
   *[other] { $count } lines, untouched
}. Hash { $short }; in full, to be kept: <code>{ $head }</code>
audit-touched = <b>Beware: somebody touched the record.</b> Tell the operator and keep the last hash that came here; the bot itself never erases anything in it. For the operator: <code>{ $fault }</code>

roles-changed = The rights of staff have just changed. Owners: { $owners }. Staff: { $staff }.
roles-gone = Not staff any more: { $gone }. What they had queued does not go out.
roles-chat = The staff chat is now the one with the id { $chat }. The questions that wait: /open.
roles-no-chat = There is no staff chat any more: what concerns the office comes to each owner.
roles-moved = This group has become a supergroup and has a new id; it goes on being the staff chat. The operator has to write it into the file .env: { $setting }. The questions that wait: /open.
roles-unreadable = The settings have changed but can't be read: the former rights hold. The operator finds the cause in the log.
