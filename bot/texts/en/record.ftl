# What the record says of the commonest acts: before, then after.

did-refuse = { $why ->
    [staff-denied] no right to do that
    [staff-elsewhere] not in this place
    [staff-not-own] not a message of their own
    [amend-denied] no right to do that
    [amend-private] in private only
   *[other] not a valid request
}
did-deadline-changed = { $was } → { $is_now }
did-deadline-proposed = proposed: { $proposed }
did-cancelled = cancelled
did-deadline-dropped = proposal no. { $dropped } dropped
did-broadcast-ended = no. { $broadcast }, { $ended ->
    [cancelled] stopped
   *[other] finished
}: delivered to { $tally }
did-broadcast-text = no. { $broadcast }, text ({ $spoken }): “{ $before }” → “{ $after }”
did-broadcast-edited = no. { $broadcast }: { $before } → { $after }
did-broadcast = no. { $broadcast }: { $did ->
    [begun] begun
    [text] text written
    [waived] without one language
    [asked] confirmation asked for
    [called-off] called off before it went out
    [dropped] draft dropped
    [sending] resumed
    [paused] paused
    [cancelled] stopped
    [edited] edited
    [broadcast-outdated] stopped: an answer that it gives has changed
    [broadcast-late] too late, a draft again
    [broadcast-unauthorised] stopped: who wrote or confirmed it lost the right
    [broadcast-refused] paused: Telegram refused the text
    [broadcast-stood-still] paused: it had stood still
   *[other] …
}
did-confirm = no. { $broadcast }, { $how ->
    [correct] correction of no. { $corrects }
    [edit] every copy of no. { $corrects } changes
    [delete] every copy of no. { $corrects } is deleted
   *[other] an announcement
}; for: { $audience }, { $starts_at }
did-settle = { $did ->
    [sent] counted as delivered: { $count }
   *[other] sent again: { $count }
}
did-answer = no. { $question }: { $is_now ->
    [answered] answered
    [taken-back] answer taken back
   *[other] answer corrected
}
did-teach = “{ $taught }”, { $kind ->
    [phrasings] phrasings
    [question] title
    [answer] answer
    [closed] answer after closing
   *[other] new entry
}: “{ $before }” → “{ $after }”
did-undo = “{ $entry }”: version no. { $undone } undone
did-group = unanswered questions no. { $group }: { $after ->
    [dismissed] put aside
   *[other] taken up again
}
did-publish = published as no. { $published }
did-keep-private = answer kept private
did-correct = no. { $corrected } corrected: “{ $before }” → “{ $after }”
did-unfreeze = all sending was stopped since: { $frozen_at }
did-lists = owners { $owners }, staff { $staff }, group { $chat }
did-roles = { $before } → { $after }
did-move = the group's id: { $before } → { $after }
did-deliver = { $step ->
    [change] news of the date
   *[other] reminder { $step } before
} ({ $spoken }): delivered to { $sent }, unreachable { $unreachable }
