# ما يقرؤه فريق الشباك أيا كان الأمر.

staff-denied = هذا الأمر خاص بفريق الشباك. وقد سُجل الطلب.
staff-elsewhere = لا تصلح أوامر الفريق إلا في محادثة خاصة معي أو في مجموعة الفريق.
staff-not-own = لا أنفذ إلا رسالة تكتبونها بأنفسكم: لا معاد توجيهها ولا مجهولة ولا عبر برنامج آخر.
staff-no-code = لا يُنتظر منك أي رمز الآن. لم يحدث شيء.

frozen = توقف كل إرسال: لا يخرج جواب ولا تذكير ولا إعلان إلا إلى الفريق. والأسئلة الواردة تنتظر. يستأنف أحد المالكين بالأمر /unfreeze.
frozen-news = أوقف أحد أفراد الفريق كل إرسال بالأمر /freeze. يستأنف أحد المالكين بالأمر /unfreeze.
unfrozen = استؤنف الإرسال. ما كان ينتظر يخرج الآن، ولا يخرج تذكير فات وقته.
unfrozen-news = استؤنف الإرسال.
not-frozen = لا توقف ساريا الآن: الإرسال يسير كالمعتاد.

language-name = { $code ->
    [fr] الفرنسية
    [ar] العربية
    [ary] الدارجة
    [ary-latn] الدارجة اللاتينية
    [en] الإنجليزية
   *[other] { $code }
}

help-office = <b>للفريق</b>
command-broadcast = كتابة إعلان
command-broadcasts = الإعلانات وما آلت إليه
command-held = رسائل لا يُعرف هل وصلت
command-open = أسئلة تنتظر جوابا
command-unanswered = ما لم يُجب عنه الشباك
command-edit = تغيير جواب
command-history = تغييرات جواب
command-stats = أرقام الشباك
command-report = حصيلة الدعوة
command-newdeadline = تغيير آخر أجل
command-audit = من فعل ماذا
command-freeze = إيقاف كل إرسال
command-unfreeze = استئناف الإرسال
