# ما يقوله السجل عن أكثر الأعمال شيوعاً: ما كان ثم ما صار.

did-refuse = { $why ->
    [staff-denied] لا حق له في ذلك
    [staff-elsewhere] ليس في هذا المكان
    [staff-not-own] لم تكن رسالته هو
    [amend-denied] لا حق له في ذلك
    [amend-private] في محادثة خاصة فقط
   *[other] طلب غير صالح
}
did-deadline-changed = { $was } ← { $is_now }
did-deadline-proposed = المقترح: { $proposed }
did-cancelled = أُلغي
did-deadline-dropped = سُحب الاقتراح رقم { $dropped }
did-broadcast-ended = رقم { $broadcast }، { $ended ->
    [cancelled] أُوقف
   *[other] انتهى
}: وصل إلى { $tally }
did-broadcast-text = رقم { $broadcast }، النص ({ $spoken }): «{ $before }» ← «{ $after }»
did-broadcast-edited = رقم { $broadcast }: { $before } ← { $after }
did-broadcast = رقم { $broadcast }: { $did ->
    [begun] بُدئ
    [text] كُتب نصه
    [waived] من دون إحدى اللغات
    [asked] طُلب تأكيده
    [called-off] أُلغي قبل خروجه
    [dropped] حُذفت مسودته
    [sending] استؤنف
    [paused] أُوقف مؤقتاً
    [cancelled] أُوقف
    [edited] عُدّل
    [broadcast-outdated] أُوقف: تغيّر جواب يذكره
    [broadcast-late] فات أوانه وعاد مسودة
    [broadcast-unauthorised] أُوقف: فقد كاتبه أو من أكده حقه
    [broadcast-refused] أُوقف مؤقتاً: رفض تيليغرام نصه
    [broadcast-stood-still] أُوقف مؤقتاً: كان متوقفاً عن التقدم
   *[other] …
}
did-confirm = رقم { $broadcast }، { $how ->
    [correct] تصحيح للإعلان رقم { $corrects }
    [edit] تتغير كل نسخة من الإعلان رقم { $corrects }
    [delete] تُحذف كل نسخة من الإعلان رقم { $corrects }
   *[other] إعلان
}؛ إلى: { $audience }، { $starts_at }
did-settle = { $did ->
    [sent] حُسبت واصلة: { $count }
   *[other] أُرسلت من جديد: { $count }
}
did-answer = رقم { $question }: { $is_now ->
    [answered] أُجيب عنه
    [taken-back] سُحب الجواب
   *[other] صُحّح الجواب
}
did-teach = «{ $taught }»، { $kind ->
    [phrasings] صيغ السؤال
    [question] العنوان
    [answer] الجواب
    [closed] الجواب بعد الإغلاق
   *[other] موضوع جديد
}: «{ $before }» ← «{ $after }»
did-undo = «{ $entry }»: أُلغيت النسخة رقم { $undone }
did-group = الأسئلة بلا جواب رقم { $group }: { $after ->
    [dismissed] وُضعت جانباً
   *[other] أُعيد النظر فيها
}
did-publish = نُشر برقم { $published }
did-keep-private = بقي الجواب خاصاً
did-correct = صُحّح رقم { $corrected }: «{ $before }» ← «{ $after }»
did-unfreeze = كان كل إرسال متوقفاً منذ: { $frozen_at }
did-lists = المالكون { $owners }، الفريق { $staff }، المجموعة { $chat }
did-roles = { $before } ← { $after }
did-move = رقم المجموعة: { $before } ← { $after }
did-deliver = { $step ->
    [change] خبر الأجل
   *[other] تذكير قبل { $step }
} ({ $spoken }): وصل إلى { $sent }، وتعذر بلوغ { $unreachable }
