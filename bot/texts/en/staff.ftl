# What the counter's staff read, whatever the command.

staff-denied = This command is for the counter's staff. The request was written down.
staff-elsewhere = Staff commands count only in a private conversation with me, or in the staff's group.
staff-not-own = I obey only a message that you write yourself: not a forwarded one, not an anonymous one, not one through another bot.
staff-code-private = Type the code to me in private: here it counts for nothing. It stands, and nobody but you can use it.
staff-no-code = No code is awaited from you at the moment. Nothing was done.

frozen = All sending has stopped: no answer, reminder or announcement goes out, except to staff. Questions that come in wait. An owner lets it go on with /unfreeze.
frozen-news = A member of staff has stopped all sending with /freeze. An owner lets it go on with /unfreeze.
unfrozen = Sending goes on. What was waiting goes out now; a reminder whose time is over does not.
unfrozen-news = Sending goes on again.
not-frozen = No stop holds: sending takes its course.

language-name = { $code ->
    [fr] French
    [ar] Arabic
    [ary] Darija
    [ary-latn] Darija (abc)
    [en] English
   *[other] { $code }
}

help-office = <b>For staff</b>
command-broadcast = Write an announcement
command-broadcasts = Announcements and what became of them
command-held = Messages that may not have arrived
command-open = Questions that wait for an answer
command-unanswered = What the counter could not answer
command-edit = Change an answer
command-history = The changes of an answer
command-stats = The counter's figures
command-report = The report on the call
command-newdeadline = Change the deadline
command-audit = Who did what
command-freeze = Stop all sending
command-unfreeze = Let sending go on
