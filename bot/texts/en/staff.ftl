# What the counter's staff read, whatever the command.

staff-denied = This command is for the counter's staff. The request was written down.
staff-elsewhere = Staff commands count only in a private conversation with me, or in the staff's group.
staff-not-own = I obey only a message that you write yourself: not a forwarded one, not an anonymous one, not one through another bot.
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
