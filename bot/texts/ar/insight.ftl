# ما يقرؤه الفريق عن نشاط الشباك.

insight-head = <b>حصيلة الشباك</b>
insight-title = من { $since } إلى { $until }
insight-week = <b>أسبوع الشباك</b>، من { $since } إلى { $until }
insight-quiet-week = من { $since } إلى { $until } لم يحدث شيء في الشباك.

insight-people = الأشخاص: { $people } (الجدد: { $new }، تعذر الوصول إليهم: { $unreachable }، لا يريدون إعلانات: { $muted })
insight-registrations = المسجلون في التذكيرات: { $registered }؛ وفي الدورة المقبلة: { $next }
insight-questions-line = الأسئلة: { $questions } (أجيب عنها: { $answered }، اقترحت لها أجوبة: { $suggested }، بلا جواب: { $silent }، أحيلت إلى المكتب: { $human })
insight-languages-line = اللغات: { $list }
insight-topics-line = الأكثر طلبا: { $list }
insight-silences-line = ما لا يقوله النص: { $list }

insight-tile-people = الأشخاص
insight-tile-registered = المسجلون
insight-tile-unreachable = تعذر بلوغهم
insight-tile-questions = الأسئلة
insight-per-day = { $days ->
    [1] الأسئلة في كل يوم
    [few] الأسئلة في كل { $days } أيام
   *[other] الأسئلة في كل { $days } يوما
}
insight-highest = الأكثر: { $number }
insight-outcomes = مآل الأسئلة
insight-topics = الأكثر طلبا
insight-silences = ما لا يقوله النص
insight-unknown = لا أعرف «{ $what }» هنا. يوجد:
    { "\u2066" }/stats{ "\u2069" } (30 يوماً)
    { "\u2066" }/stats 7{ "\u2069" }
    { "\u2066" }/stats 30{ "\u2069" }
    { "\u2066" }/stats all{ "\u2069" }
insight-nothing = لا شيء بعد.
insight-quote = «{ $text }»
insight-outcome = { $outcome ->
    [answered] أجيب عنها
    [suggested] اقترحت لها أجوبة
    [silent] بلا جواب
    [human] أحيلت إلى المكتب
   *[other] موضوع تم اختياره
}

insight-button-days = { $days ->
    [few] { $days } أيام
   *[other] { $days } يوما
}
insight-button-all = الكل
insight-button-csv = CSV
insight-button-xlsx = Excel
insight-button-report = التقرير

insight-export = الأرقام من { $since } إلى { $until }. لا أسماء ولا أرقام محادثات.
insight-sheet-days = حسب اليوم
insight-sheet-hours = حسب الساعة
insight-sheet-topics = المواضيع
insight-sheet-silences = ما لا يقوله النص
insight-sheet-registrations = الأشخاص حسب اليوم
insight-sheet-sent = الرسائل
insight-column-table = الجدول
insight-column-measure = المقياس
insight-column-hour = الساعة
insight-column-day = اليوم
insight-column-language = اللغة
insight-column-outcome = المآل
insight-column-topic = الموضوع أو السؤال
insight-column-number = العدد
insight-column-kind = النوع
insight-column-people = الأشخاص
insight-column-unreachable = تعذر بلوغهم
insight-column-muted = لا يريدون إعلانات
insight-column-registered = المسجلون في التذكيرات
insight-column-next = المسجلون في الدورة المقبلة
insight-answer-kind = { $kind ->
    [stated] في النص
    [not-stated] لا يقوله النص
   *[other] خدمة من الشباك
}
insight-sending = { $kind ->
    [reminder] تذكيرات وأخبار الأجل
    [broadcast] إعلانات
    [staff] أجوبة المكتب
   *[other] تصحيح إعلانات
}
insight-state = { $state ->
    [sent] وصلت
    [unreachable] تعذر الوصول
    [refused] رفضت
    [held] غير مؤكدة
   *[other] سحبت
}

report-head = <b>تقرير: { $call }</b>
    الوضع يوم { $day }. { $status }
report-peak = أكثر ما سجل في يوم واحد: الأشخاص { $people }، والمسجلون في التذكيرات { $registered }.
report-load = أكثر الأيام نشاطا: { $day } (الأسئلة: { $number }). أكثر الساعات نشاطا ({ $zone }): { $hours }.
report-sent = ما وصل: التذكيرات وأخبار الأجل { $reminders }، الإعلانات { $broadcasts }، أجوبة المكتب { $staff }. وما لم يصل لتعذر بلوغ صاحبه: { $unreachable }.
report-answers = الأسئلة التي أجاب عنها المكتب: { $number }؛ والمدة الوسطى للجواب: { $time }.
report-topics = <b>أكثر ما طلب</b>
report-next = <b>ما ينبغي أن يقوله نص الدورة المقبلة</b>
    سئل عنه هنا ولا يوجد في النص:
report-next-none = نص الدورة المقبلة: لا شيء يضاف، كل ما سئل عنه موجود في النص.
report-next-rare = نص الدورة المقبلة: لم ينقص شيء أكثر من مرة واحدة. والأسئلة المنفردة التي بقيت بلا جواب موجودة في الملف.
report-item = • { $name }: { $number }
report-more = … و{ $number } غيرها في الجدول المرفق.
report-file = التقرير نفسه بالأرقام، يوما بيوم.
