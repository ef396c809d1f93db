# ما يقرؤه الفريق عما جرى باسمه.

audit-title = <b>السجل: آخر سطوره</b>
audit-empty = <b>السجل</b>: لم يكتب فيه شيء بعد لهذه الدعوة.
audit-line = { $number }. { $at }، { $who }: { $what }.
audit-refused = { $number }. { $at }، { $who }، <b>رُفض</b>: { $what }.
audit-detail = <i>{ $detail }</i>
audit-bot = البرنامج
audit-office = رقم { $number }
audit-stranger = شخص من خارج الفريق
audit-act = { $act ->
    [change-deadline] آخر أجل
    [broadcast] إعلان
    [confirm-broadcast] تأكيد إعلان
    [settle] رسائل لا يُعرف هل وصلت
    [answer] جواب عن سؤال
    [teach] تعليم
    [publish] نشر
    [see-stats] إحصاءات
    [freeze] توقيف كل إرسال
    [unfreeze] استئناف الإرسال
    [read-audit] الاطلاع على السجل
    [roles] صلاحيات الفريق
    [moved] مجموعة الفريق
    [delivered] إثبات التبليغ
   *[other] { $act }
}
audit-head = { $count ->
    [zero] لا سطر.
    [one] سطر واحد.
    [two] سطران.
    [few] { $count } سطور.
    [many] { $count } سطرا.
   *[other] { $count } سطر.
} بصمة آخرها: <code>{ $head }</code>

audit-daily = <b>سجل اليوم</b>: { $count ->
    [zero] لا سطر فيه بعد
    [one] سطر واحد سليم
    [two] سطران سليمان
    [few] { $count } سطور سليمة
    [many] { $count } سطرا سليما
   *[other] { $count } سطر سليم
}. البصمة { $short }، وهي كاملة للحفظ: <code>{ $head }</code>
audit-touched = <b>انتبهوا: لقد مُس السجل.</b> أخبروا المشغّل واحتفظوا بآخر بصمة وصلت هنا؛ فالبرنامج نفسه لا يمحو منه شيئا أبدا. وهذا للمشغّل: <code>{ $fault }</code>

roles-changed = تغيرت صلاحيات الفريق الآن. المالكون: { $owners }. الفريق: { $staff }.
roles-gone = لم يعودوا من الفريق: { $gone }. وما كانوا قد وضعوه في الانتظار لن يُرسل.
roles-chat = مجموعة الفريق الآن هي ذات الرقم { $chat }. الأسئلة التي تنتظر: ‎/open.
roles-no-chat = لم تعد للفريق مجموعة: ما يهم المكتب يصل إلى كل مالك.
roles-moved = صارت هذه المجموعة مجموعة فائقة ولها رقم جديد، وتبقى مجموعة الفريق. على المشغّل أن يكتبه في الملف ‎.env: { $setting }. الأسئلة التي تنتظر: ‎/open.
roles-unreadable = تغيرت الإعدادات لكن تعذرت قراءتها: تبقى الصلاحيات السابقة سارية. ويجد المشغّل السبب في سجل التشغيل.
