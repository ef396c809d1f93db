# Questions à une personne : ce que lisent ceux qui demandent, puis ce que lit le bureau.

desk-write = Écrivez votre question en un seul message : je la transmets au bureau. Il la lira sans votre nom ; n'y mettez pas de données personnelles.
desk-receipt =
    Votre question n° { $number } est transmise au bureau, sans votre nom. La réponse arrivera ici. { $hours }

    D'ici là, ce que vous écrivez ici va aussi au bureau ; les commandes et les boutons marchent comme toujours.
desk-hours = Heures du bureau : { $hours }.
desk-hours-unknown = Le texte publié ne donne pas les heures du bureau.
desk-passed-on = Transmis au bureau. Tant qu'il n'a pas répondu, je lui passe ce que vous écrivez ici.
desk-left = Je vous réponds de nouveau moi-même. Si le bureau répond à votre question, sa réponse arrivera ici.
desk-resume = Écrivez votre message : je le transmets au bureau, à la suite de votre question n° { $number }.
desk-too-long = C'est trop long pour être transmis. Dites l'essentiel en moins de 3 000 signes.
desk-too-many = J'ai déjà transmis beaucoup de messages de vous en une heure. Laissez au bureau le temps de répondre, puis écrivez-moi de nouveau.
desk-only-text = Je ne transmets que du texte au bureau : écrivez votre question avec des mots. Rien n'a été transmis.
desk-private = Pour poser une question au bureau, écrivez-moi en privé : la réponse ne regarde que vous.
desk-nobody = Ce guichet ne transmet pas de questions pour l'instant.
desk-answer = <b>Réponse du bureau à votre question n° { $number }</b>
desk-corrected = (corrigé par le bureau)
desk-edit-taken = Le bureau lit maintenant votre question n° { $number } telle que vous venez de la modifier.
desk-edit-late = Votre question n° { $number } avait déjà une réponse : elle portait sur vos mots d'avant. Le bureau lit maintenant les nouveaux, et la question attend de nouveau.

desk-topic = Demandeur { $asker } · { $spoken }
desk-question = <b>Question n° { $number }</b> · demandeur { $asker } · { $spoken }
desk-word = <b>Suite de la question n° { $number }</b> · demandeur { $asker } · { $spoken }
desk-edited = (modifié par le demandeur)
desk-edited-late = <b>Modifiée après la réponse.</b> Le demandeur n'a de réponse qu'à ses mots d'avant : la question attend de nouveau.
desk-how = Répondez à ce message même : votre réponse part aussitôt à ce demandeur, comme celle du bureau.
desk-goes = Part au demandeur de la question n° { $number } : « { $question } »
desk-frozen = Tout envoi est arrêté (/freeze) : elle part quand un propriétaire fait reprendre l'envoi avec /unfreeze.
desk-twice =
    La question n° { $number } a déjà une réponse, du { $at } : « { $answer } »
    Rien n'est parti cette fois. Envoyer aussi cette réponse-ci ?
desk-outdated = Le demandeur a modifié la question n° { $number } entre-temps. Rien n'est parti cette fois. Envoyer cette réponse à ce qu'elle dit maintenant ?
desk-gone = Cette question n'est plus là : son auteur a tout fait effacer. Rien n'a été envoyé.
desk-empty = Une réponse peut être un texte, une image ou un document. Rien n'a été envoyé.
desk-answer-long = Cette réponse est trop longue pour un message de Telegram (avec un fichier : 1 024 signes en tout). Rien n'a été envoyé.
desk-not-yours = Seule la personne qui a écrit cette réponse peut l'envoyer.
desk-taken-back = Reprise : la réponse à la question n° { $number } disparaît chez le demandeur. Il a pu la lire avant.
desk-not-there = Cette réponse n'est pas, ou n'est plus, chez le demandeur.
desk-under-way = Cette réponse est justement en route. Réessayez dans un instant.
desk-too-late = Trop tard : Telegram ne permet de reprendre un message que pendant 48 heures.
desk-corrected-there = Corrigé aussi chez le demandeur de la question n° { $number }.
desk-still-waits = Telle qu'elle se lit maintenant, la question attend encore une réponse.
desk-kept = Chez le demandeur rien n'a changé : à la place de votre réponse il faut un texte, une image ou un document. Pour l'enlever, reprenez-la ; puis répondez de nouveau à la question.
desk-undelivered = La réponse à la question n° { $number } n'est pas arrivée.
desk-uncorrected = La correction n'est pas arrivée chez le demandeur de la question n° { $number }.
desk-still-there = La réponse à la question n° { $number } n'a pas pu être reprise : elle est toujours chez le demandeur.
desk-unreachable = Le demandeur a bloqué le bot ou n'existe plus.
desk-refused = Telegram l'a refusée.
desk-unclear = On ne sait pas si elle est passée : la connexion s'est coupée, et je n'envoie rien deux fois de moi-même.
desk-no-chat = Le groupe du bureau ne prend plus mes messages ; cette question vous arrive donc ici.
desk-hint = Rien n'est parti. Pour répondre à un demandeur, répondez au message même qui montre sa question.
desk-open =
    { $count ->
        [one] Une question attend une réponse.
       *[other] { $count } questions attendent une réponse, la plus ancienne d'abord.
    }
desk-open-none = Aucune question n'attend de réponse.
desk-open-line = <b>n° { $number }</b>, depuis { $at } : { $question }

button-desk-ask = Demander au bureau
button-desk-send = Envoyer cette question au bureau
button-desk-leave = Revenir au bot
button-desk-resume = Répondre au bureau
button-desk-back = Reprendre cette réponse
button-desk-twice = Envoyer celle-ci aussi
button-desk-anyway = Envoyer quand même
button-desk-show = Question n° { $number }

command-ask = Poser une question au bureau
