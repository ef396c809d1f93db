# ما يقرؤه الفريق حين يعلن شيئا، وما يضاف إلى الإعلان.

broadcast-stop = لا ترسلوا لي شيئا بعد الآن
broadcast-head-correct = <b>تصحيح</b> لإعلاننا المرسل { $at }:
broadcast-head-delete = <b>سحبنا</b> إعلاننا المرسل { $at }، فلم يعد صالحا.

broadcast-title = <b>الإعلان رقم { $number }</b>، { $state }
broadcast-title-correct = <b>الإعلان رقم { $number }</b>، { $state }: تصحيح للإعلان رقم { $earlier }
broadcast-title-edit = <b>الإعلان رقم { $number }</b>، { $state }: تعاد كتابة كل نسخة من الإعلان رقم { $earlier } ويخبر قراؤه. وإن كان مع النسخة ملف فلا يتغير إلا نصه المرفق.
broadcast-title-delete = <b>الإعلان رقم { $number }</b>، { $state }: تحذف كل نسخة من الإعلان رقم { $earlier } ويخبر قراؤه
broadcast-ready = { $name }: عدد الحروف { $length }{ $kind ->
    [none] {""}
    [picture] ، مع صورة
   *[file] ، مع «{ $file }»
}
broadcast-waived = { $name }: بدونها، ويتلقى قراؤها { $other }
broadcast-missing = { $name }: <b>ناقصة</b>
broadcast-audience = إلى: { $audience }، عدد المحادثات { $people }، المدة { $time }
broadcast-at-once = الإرسال: فور التأكيد
broadcast-at = الإرسال: { $at }
broadcast-quiet = في هذه الساعة ينام الناس، والتذكيرات تنتظر الصباح. أما الإعلان فيرسل رغم ذلك.
broadcast-write = اكتبوا الآن النسخة بهذه اللغة: { $name }، كما يجب أن تصل: نصا بتنسيقه، أو صورة أو وثيقة مع نصها. والأسطر الأخيرة من شكل «العنوان | { "\u2066" }https://...{ "\u2069" }» تصير أزرارا.

broadcast-to-all = الجميع{ $what }
broadcast-to-registered = المسجلون في التذكيرات{ $what }
broadcast-to-next-edition = من ينتظر الدورة القادمة{ $what }
broadcast-to-language = من يقرأ بهذه اللغة: { $what }
broadcast-to-reached = من تلقى الإعلان رقم { $what }
broadcast-choice = { $what }
broadcast-choose-audience = الإعلان رقم { $number }: إلى من؟
broadcast-hour = متى؟ اختاروا، أو اكتبوا اليوم والساعة القانونية، مثلا 31/07/2025 10:00.
broadcast-only-now = ليس لهذه الدعوة تاريخ ولا منطقة زمنية: يرسل الإعلان فور التأكيد.
broadcast-past = فاتت هذه الساعة: اختاروا غيرها.
broadcast-far = هذه الساعة بعد أكثر من سنة: تحققوا من السنة.
broadcast-written = { $name }: هذه النسخة مكتوبة وباقية. زرها يعيد كتابتها، وللاستغناء عنها اتركوا المسودة وابدأوا غيرها.
broadcast-none-left = لا بد من نص بلغة واحدة على الأقل: اكتبوا أولا نص لغة أخرى.

broadcast-empty = لا شيء يرسل: لا نص ولا ملف ({ $name }).
broadcast-only = لا أنقل إلا نصا أو صورة أو وثيقة، واحدا لكل لغة. أرسلوا واحدا منها.
broadcast-markup = { $name }، السطر { $line }: سيرفض تيليغرام <code>{ $piece }</code>. أغلقوا كل وسم بالترتيب (b, i, u, s, a, code, pre, blockquote) وابدأوا عنوان كل رابط بـ { "\u2066" }https://{ "\u2069" } أو استعملوا تنسيق تيليغرام. لم يحفظ شيء: أعيدوا إرسال النص.
broadcast-placeholder = { $name }: <code>{ $piece }</code> يُملأ في الأجوبة لا في الإعلانات، وسيصل هذا إلى الجميع كما هو. اكتبوا التاريخ (أو المعلومة) بنفسه ثم أعيدوا إرسال النص.
broadcast-long = { $name }: النص أطول من الحد، والزيادة { $over } (الحد { $limit } مع ما أضيفه). أعيدوا إرساله أقصر.
broadcast-address = { $name }: «{ $address }» ليس عنوانا يفتحه زر. أعيدوا إرسال النص.

broadcast-lacking = ما زال ينقص: { $names }. اكتبوا هذه النسخ أو قرروا الاستغناء عنها.
broadcast-no-owner = لا يوجد مالك يمكنه التأكيد: لا يرسل شيء.
broadcast-nobody = لن يتلقى أحد هذا الإعلان: اختاروا جمهورا آخر.
broadcast-unseen = { $name }: لم تصلكم المعاينة بعد. اطلبوها واطلعوا عليها ثم حاولوا من جديد.
broadcast-refused-preview = { $name }: يرفض تيليغرام هذه الرسالة («{ $reason }»). أعيدوا إرسال هذه النسخة.
broadcast-standing = الطلب ينتظر رمزا. عدد المالكين الذين وصلهم: { $reached }، والذين لم يصلهم: { $unreached }{ $unreached ->
    [0] .
   *[other] {" "}(يجب أن يكونوا قد كتبوا إلى الشباك مرة ولم يحظروه).
}
broadcast-asked = يجب أن يؤكد مالك آخر: تصله المعاينة ورمز. الطلب صالح 24 ساعة، وكل تعديل يلغيه.
broadcast-type-code = أنتم المالك الوحيد: اكتبوا هنا، في محادثة خاصة، الرمز الذي أرسله إليكم. الطلب صالح 24 ساعة، وكل تعديل يلغيه.
broadcast-confirm = يريد أحد أفراد الفريق إرسال هذا الإعلان كما ترونه أعلاه. إن كان صحيحا فاكتبوا هذا الرمز: <b>{ $code }</b>. والرمز الخاطئ يلغي الطلب.
broadcast-confirm-own = إن كان كل شيء صحيحا فاكتبوا هذا الرمز: <b>{ $code }</b>. والرمز الخاطئ يلغي الطلب.
broadcast-wrong-code = ليس هذا هو الرمز. ألغي طلب إرسال الإعلان رقم { $number }، وبقيت المسودة.
broadcast-old-code = هذا رمز طلب سابق لم يعد قائماً. لم يتغير شيء: ما ينتظر رمزاً ما زال ينتظر رمزه.
broadcast-void = لم يعد طلب تأكيد الإعلان رقم { $number } قائماً: عدّله صاحبه أو سحبه. والرمز الذي وصلكم لا يؤكد شيئاً.
broadcast-expired = طلب إرسال الإعلان رقم { $number } قديم أو فاتت ساعته. بقيت المسودة.
broadcast-unauthorised = لا يرسل الإعلان رقم { $number }: من كتبه أو أكده ليس له الحق أو لم يعد له.
broadcast-is-due = تم تأكيد الإعلان رقم { $number }. يُرسل { $at }، ويمكن سحبه قبل ذلك.
broadcast-scheduled-now = أكد الإعلان رقم { $number }. يرسل بعد { $seconds } ثانية، { $at }، ويمكن إيقافه قبل ذلك.
broadcast-scheduled = أكد الإعلان رقم { $number }. يرسل { $at }، ويمكن إيقافه قبل ذلك، ومدة { $seconds } ثانية على الأقل.
broadcast-called-off = لا يرسل الإعلان رقم { $number }: لم يخرج شيء. بقيت المسودة، وتحتاج إلى تأكيد جديد.
broadcast-outdated = لا يُرسل الإعلان رقم { $number }، أو توقف إرساله: تغيّر جواب أو تاريخ ورد فيه منذ إعداده. أعدّوه من جديد انطلاقا من الجواب.
broadcast-late = كان يجب أن يرسل الإعلان رقم { $number } قبل أكثر من ست ساعات: لم يرسل. بقيت مسودته، وتحتاج إلى تأكيد جديد.
broadcast-refused = توقف الإعلان رقم { $number } من نفسه: يرفض تيليغرام هذه الرسالة («{ $reason }») لدى جميع القراء الأوائل. ألغوه وصححوه.
broadcast-stood-still = توقف الإعلان رقم { $number } مؤقتاً من تلقاء نفسه: لم يُرسل منه شيء منذ أكثر من اثنتي عشرة ساعة. تحققوا من أن ما فيه ما زال صحيحاً، ثم تابعوا الإرسال أو أوقفوه نهائياً.
broadcast-paused = توقف الإعلان رقم { $number } مؤقتا. وما كان في الطريق يصل.
broadcast-resumed = استؤنف الإعلان رقم { $number }.
broadcast-cancelled = أوقف الإعلان رقم { $number }. ويتبع التقرير.
broadcast-dropped = تركت المسودة رقم { $number }.
broadcast-gone = هذا غير ممكن، أو لم يعد ممكنا: تغيرت حالة الإعلان أو ليس إعلانكم. يبين /broadcasts حالها.
broadcast-other-draft = لديكم مسودة: أتموها أو اتركوها أولا. ها هي.
broadcast-too-old = عمر النسخ أكثر من 48 ساعة: قد يرفض تيليغرام حذفها. وسيبين التقرير ذلك.

broadcast-is-draft = مسودة
broadcast-is-asked = ينتظر التأكيد
broadcast-is-scheduled = مبرمج
broadcast-is-sending = قيد الإرسال
broadcast-is-paused = متوقف مؤقتا
broadcast-is-done = أرسل
broadcast-is-cancelled = أوقف
broadcast-progress =
    <b>الإعلان رقم { $number }</b>، { $state }
    { $bar } { $percent } % ({ $done } من { $total })
    أرسل: { $sent }. تعذر الوصول: { $unreachable }. فشل: { $failed }.
    الوقت المتبقي: { $left }
broadcast-frozen = توقف كل إرسال بالأمر /freeze: لا يخرج منه شيء حتى يستأنف أحد المالكين بالأمر /unfreeze.
broadcast-report =
    <b>الإعلان رقم { $number }</b>، { $outcome }
    أرسل: { $sent }
    تعذر الوصول: { $unreachable }
    رفضه تيليغرام: { $refused }
    غير مؤكد الوصول: { $unclear }
    لم يرسل: { $unsent }
    البداية: { $begun }
    النهاية: { $ended }
    عدد الرسائل في الثانية: { $rate }
broadcast-edited = نسخ الإعلان رقم { $earlier } التي أعيدت كتابتها: { $changed }، والتي تعذرت: { $unchanged }
broadcast-deleted = نسخ الإعلان رقم { $earlier } التي حذفت: { $changed }، والتي تعذرت: { $unchanged }
broadcast-see-held = بالأمر /held يقرر في ما لم يتأكد وصوله.
broadcast-list = الإعلانات، الأحدث أولا:
broadcast-list-empty = لم يخرج أي إعلان بعد. يبدأ /broadcast إعلانا.
broadcast-line = رقم { $number }، { $state }: { $audience } ({ $sent })

held = <b>غير مؤكد الوصول</b>: انقطع الاتصال أثناء الإرسال. ولا أحد يعلم هل وصلت هذه الرسائل.
held-none = لا شيء غير مؤكد الوصول.
held-line = { $what }: { $count }، منذ { $since }
held-reply = أجوبة{ $number }
held-reminder = تذكيرات{ $number }
held-broadcast = الإعلان رقم { $number }
held-staff = أجوبة الفريق{ $number }
held-gone = لم يعد هناك ما يقرر: يبين /held ما بقي.
held-sent = سجل: { $what }، عدد ما اعتبر واصلا { $count }.
held-again = سجل: { $what }، عدد ما يرسل مرة أخرى مع علامة التكرار { $count }.

button-broadcast-text = كتابة: { $what }
button-broadcast-waive = بدون: { $what }
button-broadcast-audience = إلى من
button-broadcast-hour = متى
button-broadcast-now = فور التأكيد
button-broadcast-morning = الصباح القادم، 09:00
button-broadcast-preview = أرسل لي المعاينة
button-broadcast-ask = طلب التأكيد
button-broadcast-drop = ترك المسودة
button-broadcast-withdraw = سحب الطلب
button-broadcast-calloff = إيقاف قبل الإرسال
button-broadcast-pause = توقف مؤقت
button-broadcast-resume = استئناف
button-broadcast-cancel = إيقاف نهائي
button-broadcast-correct = إرسال تصحيح
button-broadcast-edit = إعادة كتابة كل نسخة
button-broadcast-delete = حذف كل نسخة
button-broadcast-older = الأقدم
button-held-sent = { $what }: اعتبارها واصلة
button-held-again = { $what }: إعادة الإرسال
