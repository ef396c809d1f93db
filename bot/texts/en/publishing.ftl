# Public questions: what everybody reads, and what the staff who publish them read.

qa-head = Question no. { $number }
qa-source = Answer of the office no. { $number }, { $day }
qa-none = The office has not answered any question publicly yet.
qa-list = <b>Questions with the office's answer, public and without names</b> ({ $count }). Tap a number to read the answer.
qa-line = { $number }. { $question }
qa-file = All public questions with their answers: { $count }.
qa-until = Questions to the office are taken until { $until }.
qa-closed = The office takes no more questions since { $until }. I go on answering, and the public answers stay in /questions.
qa-unknown = There is no public question with this number.

qa-wait-done = Noted: I will write to you as soon as there is an answer to this question. Until then I keep its words, without your name; /forget erases everything.
qa-wait-lost = I can't find the question any more. Ask it once again, then tap the button under my reply.
qa-told-asker = Your question is public now, without anything that tells who you are, as no. { $number }. The same answer holds for everybody:
qa-told-waiting = You wanted to know when this question has an answer. Here it is:
qa-told-same = The office has publicly answered a question like yours (no. { $question }). Here is its answer:
qa-told-all = The office has answered a question; the answer holds for everybody.
qa-digest-head = <b>New answers of the office</b> ({ $count }). They hold for everybody.
qa-digest-more = The whole list: /questions
qa-erratum =
    <b>Correction.</b> Until { $day } this counter answered “{ $question }” with:
    <blockquote>{ $before }</blockquote>
    This answer has changed. It now reads:

    { $after }

qa-panel = <b>Version: { $name }.</b> This is what everybody would read:
qa-panel-care = Take out everything that tells who asked: a name, a town, a project, a figure.
qa-panel-edited = The asker changed this question after it was answered. Here stand the words that were answered.
qa-panel-waiting =
    { $people ->
        [one] { $people } person waits for this answer and will get it at once.
       *[other] { $people } people wait for this answer and will get it at once.
    }
qa-panel-missing = <b>Version: { $name }.</b> It is missing. Word the question and the answer, or do without: readers of this language will see another version, with the name of its language.
qa-panel-waived = <b>Version: { $name }.</b> Done without: readers of this language will see another version, with the name of its language.
qa-panel-question = Question: { $text }
qa-panel-answer = Answer: { $text }
qa-panel-unworded = <i>still to be worded</i>
qa-ask-question = Write the question as everybody will read it ({ $name }), in { $most } characters at most, without anything that tells who asked.
qa-ask-answer = Write the answer as everybody will read it ({ $name }), in { $most } characters at most, formatting included.
qa-too-long = That is too long: { $most } characters at most, and there are { $length }. Send a shorter text.
qa-only-text = A public question is text alone. Send it as everybody will read it.
qa-gone = This has changed meanwhile (published, corrected, taken back or kept private). Look at it once again.
qa-taken-back = This answer is not there any more: it was taken back, or who asked had themselves forgotten. Nothing is published.
qa-already = Public already, as no. { $number }.
qa-private-done = Noted: this answer stays private, as a matter of procedure. The decision is in the record.
qa-done = Question no. { $number } is public: it stands in /questions, and the counter answers with it. { $told ->
        [one] { $told } conversation hears of it at once.
       *[other] { $told } conversations hear of it at once.
    } Shall everybody who is registered be told?
qa-corrected = Question no. { $number } is corrected. { $told ->
        [0] Nobody has read the old answer.
        [one] { $told } conversation has read the old answer.
       *[other] { $told } conversations have read the old answer.
    }
qa-unchanged = Nothing has changed.
qa-draft-made = An announcement is prepared, for { $people ->
        [one] { $people } conversation
       *[other] { $people } conversations
    }. Nothing goes out before it is approved like every announcement: /broadcast
qa-draft-busy = You have an announcement under way: finish it or drop it (/broadcast), then tap this button once again.
qa-told-already = Question no. { $number } is in announcement no. { $by } already: nobody is to get it twice. To prepare another one, drop that one first (/broadcast, /broadcasts).
qa-audience = who was given an answer that has been corrected since
qa-digest-noted = Noted: question no. { $number } will be in the day's digest, which is prepared at { $hour } and approved like every announcement.
qa-digest-made = The digest of new answers is ready ({ $count }). Who wants to send it taps the button; it will be approved like every announcement.
qa-digest-gone = This digest was prepared already.
qa-erratum-offer = { $people ->
        [one] { $people } conversation was given the old answer.
       *[other] { $people } conversations were given the old answer.
    } The button prepares a correction for them; it is approved like every announcement.
qa-erratum-gone = This correction was prepared already.
qa-erratum-nobody = There is nobody left to tell: everybody has the answer as it now reads.
qa-same = Who asked the same as question no. { $number }? Tap a question that is still open: whoever asked it gets this answer.
qa-same-none = No question is open.
qa-same-done = Whoever asked question no. { $question } gets answer no. { $number }.
qa-same-gone = This question is not open any more.

qa-tab-there = { $name } ✓
qa-tab-missing = { $name }: missing
qa-tab-waived = { $name }: without
qa-button-wait = Tell me when there is an answer
qa-button-read = Read answer no. { $number }
qa-button-file = Everything, as a file
qa-button-list = All questions
qa-button-publish = Publish for everybody
qa-button-question = Word the question
qa-button-answer = Word the answer
qa-button-waive = Do without this version
qa-button-private = Keep private (procedure)
qa-button-go = Publish as no. { $number }
qa-button-correct = Correct it
qa-button-material = Correct, and tell who read it
qa-button-slip = Correct, a mere slip of the pen
qa-button-all = Tell everybody registered
qa-button-digest = In the day's digest
qa-button-erratum = Tell who read it
qa-button-same = Others asked the same
qa-button-digest-go = Prepare the digest

command-questions = The office's answers, for everybody
