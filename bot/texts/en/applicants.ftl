# The bot's own sentences in English. Answers of the call stand in faq/calls/.

welcome =
    Hello! I am the automatic counter of: <b>{ $call }</b>.
    { $status }

    Ask in your own words, in French, Arabic, Darija or English, or pick a topic. I answer from the published text and name the source; where the text says nothing, I say so.
help =
    Write your question in one sentence, or use:
    { $commands }

    I am a program: I decide nothing, and I never ask for money, passwords or files.
command-line = { $command }: { $what }

menu = Pick a topic:
group = <b>{ $title }</b>: what would you like to know?

suggest = I am not sure that I understood. Do you mean:
nothing = I found no safe answer to this in the text of the call, and I would rather not make one up. Try other words, open the topics, or turn to the office.
only-text = I can only read text. Write me your question, a few words will do.
unknown-command = I don't know this command. Here is what I can do:
stale-button = This button no longer works. Here are the topics:
sorry = Something broke on our side and I can't answer now. Please try again in a moment.

ask-language = Which language shall I answer in?
language-chosen = Noted: I will answer in English.

remind-offer =
    I can write to you before the call closes: { $deadline }.
    { $left } One message { $steps } before, as you choose, and one more if the date changes.
    I keep only the number of this conversation, your language and your choices, and erase them on { $erased }. One tap stops everything.
remind-done =
    You are registered. I will write on { $next }, then at the later steps until the call closes: { $deadline }.
remind-done-once =
    You are registered. I will write once more, on { $next }. Closing: { $deadline }.
remind-done-last =
    You are registered. Every reminder step has already passed, so no reminder is left before the call closes ({ $deadline }). Don't wait.
remind-closed = { $status } So there are no more reminders. Shall I tell you when this counter knows of the next edition? For that I would keep the number of this conversation and your language, { $months } months at most.
next-edition-done = Noted. I will write to you when this counter knows of the next edition; otherwise your registration is erased in { $months } months.
stopped = Done: no more reminders, no announcements, and no news of a changed date; your registration is erased.
nothing-to-stop = You are not registered for any reminder, so there is nothing to stop. The office's announcements will not be sent to you either.
reminder =
    Reminder: applications have to be handed in by { $deadline }.
    { $left }

remind-panel =
    You are registered. Closing: { $deadline }.
    { $left }
    Next message: { $next }. Tap a step to keep it or not; I will always tell you if the date changes. Everything is erased on { $erased }.
remind-panel-last =
    You are registered. Closing: { $deadline }.
    { $left }
    No further reminder is planned; a change of the date would be told. Everything is erased on { $erased }.{ $next }
step-on = { $step } before: yes
step-off = { $step } before: no
later-done = Noted: I leave you alone and write again on { $at }. Closing: { $deadline }.
later-too-late = Too little time is left to remind you later: the call closes { $deadline }.
submitted = Noted: your file is in, so no more reminders. Should the date or the call change, I will tell you.
calendar = The deadline for your calendar. { $status } If it changes, ask for this file again: your calendar will correct itself.
calendar-over = The file that corrects the date in your calendar. { $status }
news = The deadline has changed. { $notice }
overtaken = Careful, this has changed since the message was written. { $notice }
admins-only = In a group only an administrator can decide this. You can write to me in private for yourself.
admins-unknown = I can't find out who administers this group. Please try again in a moment.
not-recorded = A fault on our side keeps me from recording anything: nothing was changed. Please try again later.

profile-ask = If you like, say which describes you: staff can address an announcement to the ones or the others. It changes nothing about your application, and you can take it back.
profile-chosen = Noted: { $profile }.
profile-none = Noted: you don't say.

privacy =
    <b>What I keep about you</b>
    The number of this conversation, the language we speak and the day of your last message; your choices: language, reminders, what you say you are; and which answers I gave you, to tell you if one changes. No name, no phone number. { $until }
    If you write to the staff, your question and its answer: staff read them without your name or number, and may publish the answer for everybody, anonymously. A question that stayed without an answer is kept without your number, to do better.
    A wish to be told of the next edition is kept { $months } months at most; the trace that an answer was sent, without its text, { $days } days. The safety copy is cleaned within the hour. A message that can't be read is kept for 48 hours to find the fault; a command that only staff may use leaves a trace that stays.
    You can see everything and erase everything here, at any time (law 09-08). Telegram itself keeps the conversation by its own rules.
privacy-until = All of it is erased by itself on { $erased }, or, if you still write after that day, 30 days after your last message.
mydata = Everything this counter keeps about this conversation, row by row.
mydata-nothing = This counter keeps nothing about this conversation.
forget-ask = Erase everything this counter keeps about this conversation? You will get no more reminders, and no news of a changed date.
forgotten = Done: everything is erased, your registrations too. What remains is the trace of a command for staff, if there was one, and, for as long as an announcement that you have had is going out, a mark that hundreds of conversations share, so that it does not come twice. Come back whenever you like.

repeat = (Sent again: the connection broke, you may have received this already.)
rehearsal = REHEARSAL: this counter's clock is made up.

button-menu = All topics
button-remind = Remind me before it closes
button-yes-remind = Yes, remind me
button-next-edition = Tell me about the next edition
button-stop = Stop reminders
button-person = Talk to a person
button-back = Back to the topics
button-later = Later
button-submitted = I have handed it in
button-resume = Remind me again
button-choose = Choose the steps
button-calendar = Calendar file
button-profile = Say what I am
button-no-profile = Rather not say
button-mydata = Show my data
button-forget = Erase everything
button-forget-all = Yes, erase everything

command-start = Begin
command-faq = All topics
command-deadline = Deadline and time left
command-contact = The office to contact
command-remind = Get reminders
command-stop = Stop reminders
command-calendar = The deadline for your calendar
command-privacy = Your data
command-language = Français, العربية, English
command-help = Help

description = The automatic counter of: { $call }. Ask in French, Arabic, Darija or English; I answer with the source, or tell you that the text does not say.
short-description = Questions and reminders: { $call }.
