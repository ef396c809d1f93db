# Ce que l'équipe lit quand elle annonce quelque chose, et ce qui s'ajoute à une annonce.

broadcast-stop = Ne plus rien recevoir
broadcast-head-correct = <b>Rectification</b> de notre annonce du { $at } :
broadcast-head-delete = Notre annonce du { $at } est <b>retirée</b> ; elle ne vaut plus.

broadcast-title = <b>Annonce n° { $number }</b>, { $state }
broadcast-title-correct = <b>Annonce n° { $number }</b>, { $state } : rectification de l'annonce n° { $earlier }
broadcast-title-edit = <b>Annonce n° { $number }</b>, { $state } : chaque copie de l'annonce n° { $earlier } est réécrite, et ses lecteurs prévenus. Là où la copie a un fichier, seule sa légende change.
broadcast-title-delete = <b>Annonce n° { $number }</b>, { $state } : chaque copie de l'annonce n° { $earlier } est supprimée, et ses lecteurs prévenus
broadcast-ready = En { $name } : { $length ->
    [one] { $length } signe
   *[other] { $length } signes
}{ $kind ->
    [none] {""}
    [picture] , avec une image
   *[file] , avec « { $file } »
}
broadcast-waived = En { $name } : sans ; ses lecteurs reçoivent la version en { $other }
broadcast-missing = En { $name } : <b>manque</b>
broadcast-audience =
    { $people ->
        [one] Pour : { $audience }, { $people } conversation, { $time }
       *[other] Pour : { $audience }, { $people } conversations, { $time }
    }
broadcast-at-once = Envoi : dès la confirmation
broadcast-at = Envoi : { $at }
broadcast-quiet = C'est une heure où l'on dort : les rappels, eux, attendent le matin. L'annonce partira quand même.
broadcast-write = Écrivez maintenant la version en { $name }, comme elle doit arriver : texte, mise en forme, image ou document avec légende. Des lignes « Libellé | https://... » à la fin deviennent des boutons.

broadcast-to-all = tout le monde{ $what }
broadcast-to-registered = les inscrits aux rappels{ $what }
broadcast-to-next-edition = ceux qui attendent l'édition suivante{ $what }
broadcast-to-language = qui lit en { $what }
broadcast-to-reached = qui a reçu l'annonce n° { $what }
broadcast-choice = { $what }
broadcast-choose-audience = Annonce n° { $number } : pour qui ?
broadcast-hour = Quand ? Choisissez, ou écrivez le jour et l'heure légale, par exemple 31/07/2025 10:00.
broadcast-only-now = Cet appel n'a pas de date, donc pas de fuseau horaire : l'annonce part dès la confirmation.
broadcast-past = Cette heure est déjà passée : choisissez-en une autre.
broadcast-far = Cette heure est à plus d'un an : vérifiez l'année.
broadcast-written = La version en { $name } est écrite, et le reste. Son bouton la récrit ; pour vous en passer, abandonnez le brouillon et commencez-en un autre.
broadcast-none-left = Il faut un texte dans une langue au moins : écrivez d'abord celui d'une autre.

broadcast-empty = Il n'y a rien à envoyer en { $name } : ni texte, ni fichier.
broadcast-only = Je ne transmets qu'un texte, une image ou un document, un seul par langue. Envoyez l'un d'eux.
broadcast-markup = En { $name }, ligne { $line } : Telegram refuserait <code>{ $piece }</code>. Fermez chaque balise dans l'ordre (b, i, u, s, a, code, pre, blockquote), commencez l'adresse d'un lien par https://, ou servez-vous de la mise en forme de Telegram. Rien n'a été gardé : renvoyez le texte.
broadcast-placeholder = En { $name } : <code>{ $piece }</code> est rempli dans les réponses, pas dans les annonces : chacun recevrait ces signes tels quels. Écrivez la date (ou le fait) en toutes lettres et renvoyez le texte.
broadcast-long =
    { $over ->
        [one] En { $name } : c'est trop long de { $over } signe (au plus { $limit }, avec ce que j'ajoute). Renvoyez-le plus court.
       *[other] En { $name } : c'est trop long de { $over } signes (au plus { $limit }, avec ce que j'ajoute). Renvoyez-le plus court.
    }
broadcast-address = En { $name } : « { $address } » n'est pas une adresse qu'un bouton puisse ouvrir. Renvoyez le texte.

broadcast-lacking = Il manque encore : { $names }. Écrivez ces versions, ou décidez de vous en passer.
broadcast-no-owner = Il n'y a pas de propriétaire qui puisse confirmer : rien ne peut partir.
broadcast-nobody = Personne ne recevrait cette annonce : choisissez d'autres destinataires.
broadcast-unseen = En { $name } : l'aperçu n'est pas encore arrivé chez vous. Demandez-le, regardez-le, puis réessayez.
broadcast-refused-preview = En { $name } : Telegram refuse ce message (« { $reason } »). Renvoyez cette version.
broadcast-standing = La demande attend un code. Propriétaires chez qui elle est arrivée : { $reached }. Chez qui elle ne l'est pas : { $unreached }{ $unreached ->
    [0] .
   *[other] {" "}(il faut avoir écrit au guichet une fois, et ne pas l'avoir bloqué).
}
broadcast-asked = Un autre propriétaire doit confirmer : il reçoit l'aperçu et un code. Valable 24 heures ; toute modification l'annule.
broadcast-type-code = Vous êtes le seul propriétaire : tapez ici, en privé, le code que je vous envoie. Valable 24 heures ; toute modification l'annule.
broadcast-confirm = Quelqu'un de l'équipe veut envoyer cette annonce, telle que ci-dessus. Si elle est juste, tapez ce code : <b>{ $code }</b>. Un faux code annule la demande.
broadcast-confirm-own = Si tout est juste, tapez ce code : <b>{ $code }</b>. Un faux code annule la demande.
broadcast-wrong-code = Ce n'est pas le code. La demande d'envoyer l'annonce n° { $number } est annulée ; le brouillon reste.
broadcast-old-code = Ce code est celui d'une demande antérieure, qui ne vaut plus. Rien n'a changé : ce qui attend un code attend toujours le sien.
broadcast-void = La demande de confirmer l'annonce n° { $number } ne vaut plus : son auteur l'a modifiée ou reprise. Le code que vous avez reçu ne confirme plus rien.
broadcast-expired = La demande d'envoyer l'annonce n° { $number } est trop ancienne, ou son heure est passée. Le brouillon reste.
broadcast-unauthorised = L'annonce n° { $number } ne part pas : qui l'a écrite ou confirmée n'en a pas, ou plus, le droit.
broadcast-is-due = L'annonce n° { $number } est confirmée. Elle part { $at } ; d'ici là, elle peut être rappelée.
broadcast-scheduled-now = L'annonce n° { $number } est confirmée. Elle part dans { $seconds } secondes, { $at } ; d'ici là, on peut l'arrêter.
broadcast-scheduled = L'annonce n° { $number } est confirmée. Elle part { $at } ; d'ici là, et encore { $seconds } secondes au moins, on peut l'arrêter.
broadcast-called-off = L'annonce n° { $number } ne part pas : rien n'a été envoyé. Le brouillon reste, à confirmer de nouveau.
broadcast-outdated = L'annonce n° { $number } ne part pas, ou pas plus loin : une réponse ou une date qu'elle donne a changé depuis qu'elle a été préparée. Préparez-la de nouveau à partir de la réponse.
broadcast-late = L'annonce n° { $number } aurait dû partir il y a plus de six heures : elle n'est pas envoyée. Son brouillon reste, à confirmer de nouveau.
broadcast-refused = L'annonce n° { $number } s'est arrêtée d'elle-même : Telegram refuse ce message (« { $reason } ») à tous les premiers. Annulez-la et corrigez-la.
broadcast-stood-still = L'annonce n° { $number } s'est mise en pause : rien n'en est parti depuis plus de douze heures. Vérifiez que ce qu'elle dit vaut encore, puis reprenez l'envoi ou arrêtez-le.
broadcast-paused = L'annonce n° { $number } est en pause. Ce qui était déjà en route arrive encore.
broadcast-resumed = L'annonce n° { $number } reprend.
broadcast-cancelled = L'annonce n° { $number } est arrêtée. Le compte suit.
broadcast-dropped = Le brouillon n° { $number } est abandonné.
broadcast-gone = Cela ne se peut pas, ou plus : l'annonce a changé d'état, ou n'est pas la vôtre. /broadcasts montre où elles en sont.
broadcast-other-draft = Vous avez déjà un brouillon : terminez-le ou abandonnez-le d'abord. Le voici.
broadcast-too-old = Les copies ont plus de 48 heures : Telegram refusera sans doute de les supprimer. Le compte le dira.

broadcast-is-draft = brouillon
broadcast-is-asked = à confirmer
broadcast-is-scheduled = prévue
broadcast-is-sending = en cours
broadcast-is-paused = en pause
broadcast-is-done = envoyée
broadcast-is-cancelled = arrêtée
broadcast-progress =
    <b>Annonce n° { $number }</b>, { $state }
    { $bar } { $percent } % ({ $done } sur { $total })
    Envoyées : { $sent }. Injoignables : { $unreachable }. Échecs : { $failed }.
    Temps restant : { $left }
broadcast-frozen = Tout envoi est arrêté par /freeze : rien n'en part avant qu'un propriétaire fasse reprendre par /unfreeze.
broadcast-report =
    <b>Annonce n° { $number }</b>, { $outcome }
    Envoyées : { $sent }
    Injoignables : { $unreachable }
    Refusées par Telegram : { $refused }
    Arrivée incertaine : { $unclear }
    Non envoyées : { $unsent }
    Début : { $begun }
    Fin : { $ended }
    Débit, en messages par seconde : { $rate }
broadcast-edited = Copies de l'annonce n° { $earlier } réécrites : { $changed }, impossibles : { $unchanged }
broadcast-deleted = Copies de l'annonce n° { $earlier } supprimées : { $changed }, impossibles : { $unchanged }
broadcast-see-held = /held décide de ce dont l'arrivée est incertaine.
broadcast-list = Les annonces, la plus récente d'abord :
broadcast-list-empty = Aucune annonce n'est encore partie. /broadcast en commence une.
broadcast-line = n° { $number }, { $state } : { $audience } ({ $sent })

held = <b>Arrivée incertaine</b> : la connexion s'est coupée pendant l'envoi. Personne ne peut savoir si ces messages sont arrivés.
held-none = Rien n'est d'arrivée incertaine.
held-line = { $what } : { $count }, depuis { $since }
held-reply = réponses{ $number }
held-reminder = rappels{ $number }
held-broadcast = annonce n° { $number }
held-staff = réponses de l'équipe{ $number }
held-gone = Il n'y a plus rien à décider là : /held montre ce qui reste.
held-sent = C'est noté : { $what }, comptés comme arrivés : { $count }.
held-again = C'est noté : { $what }, renvoyés et marqués comme répétés : { $count }.

button-broadcast-text = Écrire : { $what }
button-broadcast-waive = Sans : { $what }
button-broadcast-audience = Pour qui
button-broadcast-hour = Quand
button-broadcast-now = Dès la confirmation
button-broadcast-morning = Demain matin, 09:00
button-broadcast-preview = M'envoyer l'aperçu
button-broadcast-ask = Demander la confirmation
button-broadcast-drop = Abandonner
button-broadcast-withdraw = Retirer la demande
button-broadcast-calloff = Arrêter avant l'envoi
button-broadcast-pause = Pause
button-broadcast-resume = Reprendre
button-broadcast-cancel = Arrêter définitivement
button-broadcast-correct = Envoyer une rectification
button-broadcast-edit = Réécrire chaque copie
button-broadcast-delete = Supprimer chaque copie
button-broadcast-older = Plus anciennes
button-held-sent = { $what } : compter comme arrivés
button-held-again = { $what } : renvoyer
