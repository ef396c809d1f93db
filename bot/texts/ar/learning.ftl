# ما يعلّمه الفريق للشباك: الأسئلة التي بقيت بلا جواب، والتصحيحات، والمواضيع الجديدة.

unanswered-head = <b>أسئلة بقيت بلا جواب</b>، عدد المجموعات: { $count }، الأحدث أولا. لا يُذكر فيها أحد.
unanswered-none = لا سؤال ينتظر: كل ما طُرح وجد جوابا أو وُضع جانبا.
unanswered-line = <b>{ $number }.</b> { $text } ({ $count })
unanswered-group = <b>أسئلة متشابهة: { $count }</b>. لا يُعلَّم إلا ما يظهر هنا.
unanswered-taps = ما اختير بعدها: { $entries }
unanswered-which = أي موضوع تسأل عنه هذه الأسئلة؟
unanswered-dismissed = وُضعت جانبا: ليست من شأننا، ولن تُعرض بعد الآن.
unanswered-reopened = فُتحت هذه المجموعة من جديد.
tapped-head = <b>الاقتراحات المختارة</b>: ما اختاره الناس حين لم أكن متأكدا. اضغطوا على موضوع لرؤية كلماتهم.
tapped-none = لم يختر أحد اقتراحا بعد.
tapped-texts = <b>{ $entry }</b>: هذا ما كان قد سُئل.
tapped-dropped = لن تُضاف هذه الصيغ.

teach-done = تعلّمتُ ذلك للموضوع <b>{ $entry }</b> (عدد الصيغ: { $count }). هو سارٍ من الآن بالكلمات نفسها، أما الصيغ القريبة فتأتي بعد تجربة، وسأخبركم.
teach-clash = انتبهوا: لهذه الكلمات جواب آخر الآن. هل تُضاف مع ذلك إلى <b>{ $entry }</b>؟
teach-clash-line = «{ $text }» تؤدي اليوم إلى: { $entry }
teach-overtaken = لم يعد هذا ممكنا: سبقكم أحد أو أن الزر قديم. لم يتغير شيء.
teach-look-again = وردت في هذه الأثناء أسئلة أخرى، فلم تعد هذه هي الأسئلة التي رأيتموها. انظروا إليها من جديد ثم اضغطوا.

learn-done = جُرّب ما علّمتموه ودخل الخدمة (عدد الدروس: { $count })، ولم يتغير جواب أي سؤال معروف.
learn-ask = <b>هذا التعديل يحوّل أسئلة معروفة إلى جواب آخر، عددها: { $count }</b>. لم يدخل شيء منه الخدمة بعد إلا بالكلمات نفسها. مثلا:
learn-moved = «{ $text }»: من «{ $entry }» إلى «{ $other }»
learn-live = حسنا: يدخل الخدمة كما هو.
learn-word = حسنا: لا تسري هذه الصيغ إلا بالكلمات نفسها.
learn-failed = تعذّر التعلّم ({ $reason }). ما عُلّم سارٍ بالكلمات نفسها، والباقي ينتظر التعديل القادم أو إعادة التشغيل.

folder-read = تغيّر ملف الدعوة على القرص: أُعيدت قراءته ودخل الخدمة.
folder-lost = ⚠️ لم يعد جزء مما علّمتموه ساريا، لأن الملف لم يعد يحوي موضوعه أو معلومة يذكرها: { $entries }. يعود ساريا متى عادت إلى الملف.
folder-moved = يعطي ملف الدعوة أجلا غير الذي أُعلن للناس. تبقى الحالة السابقة. أعيدوا التاريخ في call.toml وغيّروه بالأمر /newdeadline ليعلم به الجميع.
folder-faults = <b>في ملف الدعوة أخطاء، عددها: { $count }</b>. تبقى الحالة السابقة في الخدمة.
folder-fault = <code>{ $place }</code>: { $what }؛ { $remedy }

edit-which = أي جواب تريدون تغييره؟
edit-entry = ماذا تريدون أن تعيدوا كتابته؟ (<code>{ $entry }</code>)
edit-title-line = { $spoken }: { $title }
edit-send = هذا هو النص كما هو محفوظ ({ $spoken }). أرسلوا النص الجديد. ما بين الحاضنتين يملؤه الشباك: اتركوه كما هو.
edit-faults = لا يمكن أن يدخل هذا النص الخدمة. صحّحوه وأعيدوا إرساله.
edit-empty = النص ناقص.
edit-long = عدد الحروف { $length }، والحد الأقصى { $most }.
edit-markup = السطر { $line }: سيرفض تيليغرام <code>{ $piece }</code>. أغلقوا كل وسم بالترتيب (b, i, u, s, a, code, pre, blockquote) أو استعملوا تنسيق تيليغرام.
edit-unknown = لا يعرف هذا الشباك كيف يملأ { "{" }{ $name }{ "}" }.
edit-undated = يأخذ هذا النص تاريخه من { "{" }deadline{ "}" }: أبقوه. أما التاريخ نفسه فيُغيَّر بالأمر /newdeadline وبتأكيد شخصين.
edit-dated = لا يُكتب يوم الأجل باليد، لأنه يبقى كما هو إذا تغيّر الأجل. ضعوا { "{" }deadline{ "}" } مكانه. ويجوز أن يرد في النص أي تاريخ آخر.
edit-long-title = في العنوان { $length } من الأحرف، والحد الأقصى { $most }.
edit-braces = ما بين القوسين المعقوفين لا يُملأ في العنوان: اكتبوا كلمات.
edit-dated-title = لا يجوز أن يذكر العنوان يوم الأجل، لأنه يبقى كما هو إذا تغيّر الأجل.
edit-same = هذا هو النص الساري أصلا.
edit-before = <b>قبل: { $entry }</b>
edit-after = <b>بعد</b>
edit-by-hand = ⚠️ «{ $said }» مكتوب باليد. مع { $placeholder } يتبع هذا النص كل تغيير.
edit-live = دخل الخدمة: <b>{ $entry }</b>. الأجوبة القادمة تقول النص الجديد.
edit-left = تُرك: لم يتغير شيء.

history-head = <b>نسخ «{ $entry }»</b>، الأحدث أولا.
history-none = لم يتغير شيء هنا منذ كتابة ملف الدعوة.
history-line = <b>رقم { $number }</b> { $what }، من { $role ->
    [owner] أحد المالكين
    [staff] أحد أعضاء الفريق
   *[other] شخص لم يعد من الفريق
}، { $at }
history-undone = أُلغي { $at }
history-phrasings = صيغ{ $spoken }
history-title = عنوان ({ $spoken })
history-answer = جواب ({ $spoken })
history-closed = جواب بعد انتهاء الأجل ({ $spoken })
history-entry = موضوع جديد{ $spoken }
history-done = أُلغيت النسخة رقم { $number }. يسري من جديد ما كان قبلها.
history-public = هذا جواب منشور: يُصحَّح حيث نُشر، حتى تقول القائمة والشباك الشيء نفسه.

make-head = <b>موضوع جديد.</b> اختاروا لغة ثم أرسلوا نصها.
make-there = ✓ { $spoken }: { $title }
make-missing = ✗ { $spoken }: ناقص
make-waived = – { $spoken }: بدونها، ويقرأ أصحابها لغة أخرى
make-preview = <b>{ $spoken }</b>، كما سيقرؤها الناس (في القائمة: «{ $title }»):
make-send = أرسلوا العنوان ({ $spoken }، { $most } حرفا على الأكثر) في السطر الأول، ثم الجواب تحته.
make-live = دخل الموضوع <b>{ $entry }</b> الخدمة: في القائمة، ولمن يسأل مثل هؤلاء.

button-tapped = الاقتراحات المختارة
button-same = مثل: { $entry }
button-alike = الرجوع إلى هذه الأسئلة
button-another = موضوع آخر
button-new-entry = موضوع جديد
button-not-ours = ليس من شأننا
button-reopen = فتح من جديد
button-unanswered = أسئلة بلا جواب
button-same-surely = نعم، أضيفوها
button-add-tapped = إضافة هذه الصيغ
button-drop-tapped = تركها
button-learn-live = إدخاله الخدمة مع ذلك
button-learn-word = بالكلمات نفسها فقط
button-write-answer = الجواب: { $spoken }
button-write-closed = بعد انتهاء الأجل: { $spoken }
button-write-title = العنوان: { $spoken }
button-live-material = إدخاله الخدمة: تغيّر المعنى
button-live-slip = إدخاله الخدمة: خطأ كتابة فقط
button-leave = ترك
button-history = النسخ
button-undo = إلغاء رقم { $number }
button-write-entry = كتابة: { $spoken }
button-waive = بدون { $spoken }
button-live-entry = إدخاله الخدمة
