# What staff teach the desk: questions without an answer, corrections, new entries.

unanswered-head = <b>Questions without an answer</b>, groups: { $count }, newest first. Nobody is named in them.
unanswered-none = No question is waiting: everything that was asked found an answer or was put aside.
unanswered-line = <b>{ $number }.</b> { $text } ({ $count })
unanswered-group = <b>Questions alike: { $count }</b>. Only those in sight here are taught.
unanswered-taps = Tapped afterwards: { $entries }
unanswered-which = Which entry do these questions ask for?
unanswered-dismissed = Put aside: not for us. These questions will not be shown again.
unanswered-reopened = This group is open again.
tapped-head = <b>Tapped suggestions</b>: what people chose when I was not sure. Tap an entry to see their words.
tapped-none = Nobody has tapped a suggestion yet.
tapped-texts = <b>{ $entry }</b>: this is what had been asked.
tapped-dropped = These phrasings are not taken over.

teach-done = Learned for <b>{ $entry }</b> (phrasings: { $count }). Word for word it counts from now on; like wordings follow after a trial, and I will tell you.
teach-clash = Careful: these words have another answer already. Give them to <b>{ $entry }</b> all the same?
teach-clash-line = “{ $text }” leads to: { $entry }
teach-overtaken = That is no longer possible: somebody was faster, or the button is too old. Nothing has changed.
teach-look-again = Meanwhile others asked too, so these are no longer the questions that you saw. Look again, then tap.

learn-done = What you taught has been tried and is live (lessons: { $count }): no known question has changed its answer.
learn-ask = <b>This edit sends known questions elsewhere: { $count }</b>. Nothing of it is live yet, but for the very words. For example:
learn-moved = “{ $text }”: from “{ $entry }” to “{ $other }”
learn-live = All right: it goes live as it is.
learn-word = All right: these phrasings count word for word only.
learn-failed = Learning failed ({ $reason }). What was taught counts word for word; the rest waits for the next edit or start.

folder-read = The call folder has changed on disk: it was read again and is live.
folder-lost = ⚠️ Part of what you taught holds no more, because the folder lacks its entry, or a fact that it names: { $entries }. It holds again once the folder has them again.
folder-moved = The call folder gives another deadline than the one people were told. The former state stays. Put the date back in call.toml and change it with /newdeadline, so that everybody hears of it.
folder-faults = <b>The call folder has faults: { $count }</b>. The former state stays live.
folder-fault = <code>{ $place }</code>: { $what }; { $remedy }

edit-which = Which answer do you want to change?
edit-entry = What do you want to rewrite? (<code>{ $entry }</code>)
edit-title-line = { $spoken }: { $title }
edit-send = This is the text as it is kept ({ $spoken }). Send the new one. What stands in braces is filled in by the desk: keep it.
edit-faults = This text can't go live. Mend it and send it again.
edit-empty = A text is missing.
edit-long = { $length } characters, { $most } at most.
edit-markup = Line { $line }: Telegram would refuse <code>{ $piece }</code>. Close each tag in order (b, i, u, s, a, code, pre, blockquote), or use Telegram's own formatting.
edit-unknown = This desk can't fill in { "{" }{ $name }{ "}" }.
edit-undated = This text takes its date from { "{" }deadline{ "}" }: keep it. The date itself is changed by /newdeadline, by two.
edit-dated = The deadline's own date can't be written by hand: it would stay when the deadline moves. Write { "{" }deadline{ "}" } in its place. Any other date may stand in the text.
edit-long-title = The title has { $length } characters; { $most } are the most.
edit-braces = In a title, what stands in braces is not filled in: write words.
edit-dated-title = A title can't give the deadline's date: it would stay when the deadline moves.
edit-same = This is the text that holds already.
edit-before = <b>Before: { $entry }</b>
edit-after = <b>After</b>
edit-by-hand = ⚠️ “{ $said }” is written by hand. With { $placeholder } this text will follow a change.
edit-live = Live: <b>{ $entry }</b>. From now on answers say the new text.
edit-left = Left: nothing has changed.

history-head = <b>Versions of “{ $entry }”</b>, newest first.
history-none = Nothing has been changed here since the call folder was written.
history-line = <b>no. { $number }</b> { $what }, by { $role ->
    [owner] an owner
    [staff] a member of staff
   *[other] somebody who is no longer of the office
}, { $at }
history-undone = Undone { $at }
history-phrasings = phrasings{ $spoken }
history-title = title ({ $spoken })
history-answer = answer ({ $spoken })
history-closed = answer after the deadline ({ $spoken })
history-entry = new entry{ $spoken }
history-done = Version no. { $number } is undone. What held before holds again.
history-public = This is a published answer: it is corrected where it was published, so that the list and the counter say the same.

make-head = <b>New entry.</b> Tap a language, then send its text.
make-there = ✓ { $spoken }: { $title }
make-missing = ✗ { $spoken }: missing
make-waived = – { $spoken }: without, its readers get another language
make-preview = <b>{ $spoken }</b>, as people will read it (in the menu: “{ $title }”):
make-send = Send the title ({ $spoken }, { $most } characters at most) on the first line, and the answer beneath it.
make-live = The entry <b>{ $entry }</b> is live: in the menu, and for who asks as these did.

button-tapped = Tapped suggestions
button-same = Same as: { $entry }
button-alike = Back to these questions
button-another = Another entry
button-new-entry = New entry
button-not-ours = Not for us
button-reopen = Open again
button-unanswered = Questions without an answer
button-same-surely = Yes, add them
button-add-tapped = Add these phrasings
button-drop-tapped = Leave them out
button-learn-live = Put live all the same
button-learn-word = Word for word only
button-write-answer = Answer: { $spoken }
button-write-closed = After the deadline: { $spoken }
button-write-title = Title: { $spoken }
button-live-material = Put live: the meaning changed
button-live-slip = Put live: a slip of the pen
button-leave = Leave it
button-history = Versions
button-undo = Undo no. { $number }
button-write-entry = Write: { $spoken }
button-waive = Without { $spoken }
button-live-entry = Put live
