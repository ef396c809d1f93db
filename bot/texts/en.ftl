# The bot's own sentences in English. Answers of the call stand in faq/calls/.

welcome =
    Hello! I am the automatic counter of: <b>{ $call }</b>.
    { $status }

    Ask in your own words, in French, Arabic, Darija or English, or pick a topic. I answer from the published text and name the source; where the text says nothing, I say so.
help =
    Write your question in one sentence, or use:
    { $commands }

    I am a program: I decide nothing, and I never ask for money, passwords or files.
command-line = /{ $command }: { $what }

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
    { $left } One message at each of these steps: { $steps }. I keep only this chat's number and your language; one tap stops everything.
remind-done =
    You are registered. I will write { $next }, then at the later steps until the call closes: { $deadline }.
remind-done-last =
    You are registered. Every reminder step has already passed, so no reminder is left before the call closes ({ $deadline }). Don't wait.
remind-closed = { $status } So there is no reminder left to receive. Would you like to be told when this counter knows of the next edition?
next-edition-done = You are registered. I will write when this counter knows of the next edition.
stopped = Done: you will get no more reminders, and your registration is erased.
nothing-to-stop = You are not registered for any reminder, so there is nothing to stop.
reminder =
    Reminder: applications have to be handed in by { $deadline }.
    { $left }

repeat = (Sent again: the connection broke, you may have received this already.)
rehearsal = REHEARSAL: this counter's clock is made up.

button-menu = All topics
button-remind = Remind me before it closes
button-yes-remind = Yes, remind me
button-next-edition = Tell me about the next edition
button-stop = Stop reminders
button-person = Talk to a person
button-back = Back to the topics

command-start = Begin
command-faq = All topics
command-deadline = Deadline and time left
command-contact = The office to contact
command-remind = Get reminders
command-stop = Stop reminders
command-language = Français, العربية, English
command-help = Help

description = The automatic counter of: { $call }. Ask in French, Arabic, Darija or English; I answer with the source, or tell you that the text does not say.
short-description = Questions and reminders: { $call }.
