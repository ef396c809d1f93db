# Ce que l'équipe apprend au guichet : questions sans réponse, corrections, nouvelles entrées.

unanswered-head = <b>Questions restées sans réponse</b>, groupes : { $count }, les plus récents d'abord. Personne n'y est nommé.
unanswered-none = Aucune question n'attend : tout ce qui a été demandé a trouvé une réponse ou a été classé.
unanswered-line = <b>{ $number }.</b> { $text } ({ $count })
unanswered-group = <b>Questions semblables : { $count }</b>. Seules celles qu'on voit ici sont enseignées.
unanswered-taps = Choisi ensuite : { $entries }
unanswered-which = À quelle entrée ces questions correspondent-elles ?
unanswered-dismissed = Classé : ce n'est pas pour nous. Ces questions ne seront plus montrées.
unanswered-reopened = Ce groupe est de nouveau ouvert.
tapped-head = <b>Propositions choisies</b> : ce que les gens ont touché quand je n'étais pas sûr. Touchez une entrée pour voir leurs mots.
tapped-none = Personne n'a encore choisi de proposition.
tapped-texts = <b>{ $entry }</b> : voici ce qui avait été demandé.
tapped-dropped = Ces formulations ne sont pas reprises.

teach-done = C'est appris pour <b>{ $entry }</b> (formulations : { $count }). Mot pour mot, cela vaut dès maintenant ; les tournures voisines suivent après un essai, et je vous le dirai.
teach-clash = Attention : ces mots ont déjà une autre réponse. Les donner quand même à <b>{ $entry }</b> ?
teach-clash-line = « { $text } » mène aujourd'hui à : { $entry }
teach-overtaken = Cela n'est plus possible : quelqu'un a été plus rapide, ou le bouton est trop ancien. Rien n'a changé.
teach-look-again = Entre-temps d'autres ont posé leur question : ce ne sont plus celles que vous aviez sous les yeux. Regardez à nouveau, puis touchez.

learn-done = Ce que vous avez appris au guichet est essayé et en service (leçons : { $count }) : aucune question connue n'a changé de réponse.
learn-ask = <b>Cette modification envoie ailleurs des questions connues : { $count }</b>. Rien n'est encore en service, sauf mot pour mot. Par exemple :
learn-moved = « { $text } » : de « { $entry } » vers « { $other } »
learn-live = D'accord : cela entre en service tel quel.
learn-word = D'accord : ces formulations ne valent que mot pour mot.
learn-failed = L'apprentissage a échoué ({ $reason }). Ce qui a été enseigné vaut mot pour mot ; le reste attend la prochaine modification ou le prochain démarrage.

folder-read = Le dossier de l'appel a changé sur le disque : il est relu et en service.
folder-lost = ⚠️ Une partie de ce que vous aviez appris au guichet ne vaut plus, parce que le dossier n'a plus l'entrée ou une donnée nommée : { $entries }. Cela vaudra de nouveau dès que le dossier les aura de nouveau.
folder-moved = Le dossier de l'appel donne une autre date limite que celle annoncée. L'ancien état reste en service. Remettez la date dans call.toml et changez-la par /newdeadline, pour que tout le monde l'apprenne.
folder-faults = <b>Le dossier de l'appel a des erreurs : { $count }</b>. L'ancien état reste en service.
folder-fault = <code>{ $place }</code> : { $what } ; { $remedy }

edit-which = Quelle réponse voulez-vous changer ?
edit-entry = Que voulez-vous récrire ? (<code>{ $entry }</code>)
edit-title-line = { $spoken } : { $title }
edit-send = Voici le texte tel qu'il est gardé ({ $spoken }). Envoyez le nouveau. Ce qui est entre accolades est rempli par le guichet : gardez-le.
edit-faults = Ce texte ne peut pas entrer en service. Corrigez-le et renvoyez-le.
edit-empty = Il manque un texte.
edit-long = { $length } caractères, { $most } au plus.
edit-markup = Ligne { $line } : Telegram refuserait <code>{ $piece }</code>. Fermez chaque balise dans l'ordre (b, i, u, s, a, code, pre, blockquote), ou servez-vous de la mise en forme de Telegram.
edit-unknown = Ce guichet ne sait pas remplir { "{" }{ $name }{ "}" }.
edit-undated = Ce texte tient sa date de { "{" }deadline{ "}" } : gardez-le. La date elle-même se change par /newdeadline, à deux.
edit-dated = Le jour de la date limite ne s'écrit pas à la main : il resterait quand elle change. Mettez { "{" }deadline{ "}" } à sa place. Toute autre date peut figurer dans le texte.
edit-long-title = Le titre a { $length } caractères ; il en faut { $most } au plus.
edit-braces = Dans un titre, ce qui est entre accolades n'est pas rempli : mettez des mots.
edit-dated-title = Un titre ne peut pas donner le jour de la date limite : il resterait quand elle change.
edit-same = C'est le texte qui vaut déjà.
edit-before = <b>Avant : { $entry }</b>
edit-after = <b>Après</b>
edit-by-hand = ⚠️ « { $said } » est écrit à la main. Avec { $placeholder }, ce texte suivra un changement.
edit-live = En service : <b>{ $entry }</b>. Les prochaines réponses disent le nouveau texte.
edit-left = Abandonné : rien n'a changé.

history-head = <b>Versions de « { $entry } »</b>, la plus récente d'abord.
history-none = Rien n'a été changé ici depuis que le dossier de l'appel est écrit.
history-line = <b>n° { $number }</b> { $what }, par { $role ->
    [owner] un propriétaire
    [staff] un membre de l'équipe
   *[other] quelqu'un qui n'est plus de l'équipe
}, { $at }
history-undone = Annulé { $at }
history-phrasings = formulations{ $spoken }
history-title = titre ({ $spoken })
history-answer = réponse ({ $spoken })
history-closed = réponse après la clôture ({ $spoken })
history-entry = nouvelle entrée{ $spoken }
history-done = La version n° { $number } est annulée. Ce qui valait avant vaut de nouveau.
history-public = C'est une réponse publiée : elle se corrige là où elle a été publiée, pour que la liste et le guichet disent la même chose.

make-head = <b>Nouvelle entrée.</b> Touchez une langue, puis envoyez son texte.
make-there = ✓ { $spoken } : { $title }
make-missing = ✗ { $spoken } : manque
make-waived = – { $spoken } : sans, ses lecteurs auront une autre langue
make-preview = <b>{ $spoken }</b>, comme on le lira (au menu : « { $title } ») :
make-send = Envoyez le titre ({ $spoken }, { $most } caractères au plus) sur la première ligne, puis la réponse en dessous.
make-live = L'entrée <b>{ $entry }</b> est en service : dans le menu, et pour qui demande comme ici.

button-tapped = Propositions choisies
button-same = Comme : { $entry }
button-alike = Retour à ces questions
button-another = Une autre entrée
button-new-entry = Nouvelle entrée
button-not-ours = Pas pour nous
button-reopen = Rouvrir
button-unanswered = Questions sans réponse
button-same-surely = Oui, les ajouter
button-add-tapped = Ajouter ces formulations
button-drop-tapped = Ne pas les reprendre
button-learn-live = Mettre en service quand même
button-learn-word = Seulement mot pour mot
button-write-answer = Réponse : { $spoken }
button-write-closed = Après la clôture : { $spoken }
button-write-title = Titre : { $spoken }
button-live-material = En service : le sens a changé
button-live-slip = En service : simple coquille
button-leave = Abandonner
button-history = Versions
button-undo = Annuler n° { $number }
button-write-entry = Écrire : { $spoken }
button-waive = Sans { $spoken }
button-live-entry = Mettre en service
