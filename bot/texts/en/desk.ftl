# Questions to a person: what those who ask read, then what the office reads.

desk-write = Write your question in one message and I will pass it on to the office. They will read it without your name; please put no personal data in it.
desk-receipt =
    Your question no. { $number } has gone to the office, without your name. The answer will come here. { $hours }

    Until then, what you write here goes to the office too; commands and buttons work as always.
desk-hours = Office hours: { $hours }.
desk-hours-unknown = The published text does not give the office's hours.
desk-passed-on = Passed on to the office. Until they have answered, I hand them what you write here.
desk-left = I answer you myself again. If the office answers your question, you will read it here.
desk-resume = Write your message: I pass it on to the office, with your question no. { $number }.
desk-too-long = This is too long to pass on. Please say what matters in fewer than 3,000 characters.
desk-too-many = I have passed on many messages of yours within an hour. Give the office time to answer, then write to me again.
desk-only-text = I pass on only text to the office: please put your question in words. Nothing was passed on.
desk-private = To put a question to the office, write to me in private: the answer is for you alone.
desk-nobody = This counter passes on no questions at the moment.
desk-answer = <b>Answer of the office to your question no. { $number }</b>
desk-corrected = (corrected by the office)
desk-edit-taken = The office now reads your question no. { $number } as you have just changed it.
desk-edit-late = Your question no. { $number } had an answer already: it was about your earlier words. The office now reads the new ones, and the question waits again.

desk-topic = Asker { $asker } · { $spoken }
desk-question = <b>Question no. { $number }</b> · asker { $asker } · { $spoken }
desk-word = <b>More about question no. { $number }</b> · asker { $asker } · { $spoken }
desk-edited = (edited by the asker)
desk-edited-late = <b>Changed after the answer.</b> The asker has an answer to their earlier words only: the question waits again.
desk-how = Reply to this very message: your reply goes to this asker at once, as the office's answer.
desk-goes = Goes to the asker of question no. { $number }: “{ $question }”
desk-frozen = All sending is stopped (/freeze): it goes out once an owner lets it go on with /unfreeze.
desk-twice =
    Question no. { $number } has an answer already, of { $at }: “{ $answer }”
    Nothing was sent this time. Send this answer too?
desk-outdated = The asker has changed question no. { $number } meanwhile. Nothing was sent this time. Send this answer to what it says now?
desk-gone = This question is gone: its author had everything erased. Nothing was sent.
desk-empty = An answer can be text, a picture or a document. Nothing was sent.
desk-answer-long = This answer is too long for a message of Telegram (with a file: 1,024 characters in all). Nothing was sent.
desk-not-yours = Only the person who wrote this answer can send it.
desk-taken-back = Taken back: the answer to question no. { $number } disappears at the asker's. They may have read it before.
desk-not-there = This answer is not, or no longer, with the asker.
desk-under-way = This answer is just on its way. Please try again in a moment.
desk-too-late = Too late: Telegram lets a message be taken back for 48 hours only.
desk-corrected-there = Corrected with the asker of question no. { $number } as well.
desk-still-waits = As it stands now, the question still waits for an answer.
desk-kept = Nothing has changed at the asker's: only a text, a picture or a document can take your answer's place. To remove it, take it back; then answer the question anew.
desk-undelivered = The answer to question no. { $number } did not arrive.
desk-uncorrected = The correction did not reach the asker of question no. { $number }.
desk-still-there = The answer to question no. { $number } could not be taken back: the asker still has it.
desk-unreachable = The asker has blocked the bot or is gone.
desk-refused = Telegram refused it.
desk-unclear = Nobody knows whether it went through: the connection broke, and I send nothing twice on my own.
desk-no-chat = The office's group takes my messages no more, so this question comes to you here.
desk-hint = Nothing was sent. To answer an asker, reply to the very message that shows their question.
desk-open =
    { $count ->
        [one] One question waits for an answer.
       *[other] { $count } questions wait for an answer, the oldest first.
    }
desk-open-none = No question waits for an answer.
desk-open-line = <b>no. { $number }</b>, since { $at }: { $question }

button-desk-ask = Ask the office
button-desk-send = Send this question to the office
button-desk-leave = Back to the bot
button-desk-resume = Reply to the office
button-desk-back = Take this answer back
button-desk-twice = Send this one too
button-desk-anyway = Send it all the same
button-desk-show = Question no. { $number }

command-ask = Put a question to the office
