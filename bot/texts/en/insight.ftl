# What staff read of how the counter is used.

insight-head = <b>How the counter is doing</b>
insight-title = { $since } to { $until }
insight-week = <b>The counter's week</b>, { $since } to { $until }
insight-quiet-week = { $since } to { $until }: nothing happened at the counter.

insight-people = People: { $people } (new: { $new }, unreachable: { $unreachable }, no announcements: { $muted })
insight-registrations = Registered for reminders: { $registered }; for the next edition: { $next }
insight-questions-line = Questions: { $questions } (answered: { $answered }, answers offered: { $suggested }, no answer: { $silent }, passed to the office: { $human })
insight-languages-line = Languages: { $list }
insight-topics-line = Asked most: { $list }
insight-silences-line = What the text does not say: { $list }

insight-tile-people = People
insight-tile-registered = Registered
insight-tile-unreachable = Unreachable
insight-tile-questions = Questions
insight-per-day = { $days ->
    [1] Questions a day
   *[other] Questions every { $days } days
}
insight-highest = at most { $number }
insight-outcomes = What became of them
insight-topics = Asked most
insight-silences = What the text does not say
insight-unknown = I do not know “{ $what }” here. There are /stats (30 days), /stats 7, /stats 30 and /stats all.
insight-nothing = Nothing yet.
insight-quote = “{ $text }”
insight-outcome = { $outcome ->
    [answered] answered
    [suggested] answers offered
    [silent] no answer
    [human] passed to the office
   *[other] topic chosen
}

insight-button-days = { $days } days
insight-button-all = All
insight-button-csv = CSV
insight-button-xlsx = Excel
insight-button-report = Report

insight-export = The figures from { $since } to { $until }. No names, no conversation numbers.
insight-sheet-days = By day
insight-sheet-hours = By hour
insight-sheet-topics = Topics
insight-sheet-silences = What the text does not say
insight-sheet-registrations = People by day
insight-sheet-sent = Sent
insight-column-table = Table
insight-column-measure = Measure
insight-column-hour = Hour
insight-column-day = Day
insight-column-language = Language
insight-column-outcome = Outcome
insight-column-topic = Topic or question
insight-column-number = Number
insight-column-kind = Kind
insight-column-people = People
insight-column-unreachable = Unreachable
insight-column-muted = No announcements
insight-column-registered = Registered for reminders
insight-column-next = Registered for the next edition
insight-answer-kind = { $kind ->
    [stated] in the text
    [not-stated] the text does not say
   *[other] service of the counter
}
insight-sending = { $kind ->
    [reminder] reminders and news of the date
    [broadcast] announcements
    [staff] the office's answers
   *[other] corrections of announcements
}
insight-state = { $state ->
    [sent] delivered
    [unreachable] unreachable
    [refused] refused
    [held] unclear
   *[other] withdrawn
}

report-head = <b>Report: { $call }</b>
    As of { $day }. { $status }
report-peak = At most, on one day: people: { $people }; registered for reminders: { $registered }.
report-load = Busiest day: { $day } (questions: { $number }). Busiest hours ({ $zone }): { $hours }.
report-sent = Delivered: reminders and news of the date { $reminders }, announcements { $broadcasts }, answers of the office { $staff }. Not delivered because the person could not be reached: { $unreachable }.
report-answers = Questions that the office answered: { $number }; median time: { $time }.
report-topics = <b>What was asked most</b>
report-next = <b>What the next edition's text should say</b>
    Asked here, and not in the text:
report-next-none = The next edition's text: nothing to add, all that was asked is in the text.
report-next-rare = The next edition's text: nothing was missing more than once. Single questions that had no answer are in the workbook.
report-item = • { $name }: { $number }
report-more = … and { $number } more in the workbook.
report-file = The same report in figures, day by day.
