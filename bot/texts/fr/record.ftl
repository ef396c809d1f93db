# Ce que dit le registre des actes les plus courants : avant, puis après.

did-refuse = { $why ->
    [staff-denied] pas de droit pour cela
    [staff-elsewhere] pas à cet endroit
    [staff-not-own] ce n'était pas un message à soi
    [amend-denied] pas de droit pour cela
    [amend-private] en privé seulement
   *[other] demande non valable
}
did-deadline-changed = { $was } → { $is_now }
did-deadline-proposed = proposée : { $proposed }
did-cancelled = annulée
did-deadline-dropped = proposition n° { $dropped } retirée
did-broadcast-ended = n° { $broadcast }, { $ended ->
    [cancelled] arrêtée
   *[other] terminée
} : remise à { $tally }
did-broadcast-text = n° { $broadcast }, texte ({ $spoken }) : « { $before } » → « { $after } »
did-broadcast-edited = n° { $broadcast } : { $before } → { $after }
did-broadcast = n° { $broadcast } : { $did ->
    [begun] commencée
    [text] texte écrit
    [waived] sans une langue
    [asked] confirmation demandée
    [called-off] annulée avant le départ
    [dropped] brouillon jeté
    [sending] reprise
    [paused] mise en pause
    [cancelled] arrêtée
    [edited] modifiée
    [broadcast-outdated] arrêtée : une réponse qu'elle donne a changé
    [broadcast-late] trop tard, de nouveau un brouillon
    [broadcast-unauthorised] arrêtée : qui l'a écrite ou confirmée n'en a plus le droit
    [broadcast-refused] mise en pause : Telegram a refusé le texte
    [broadcast-stood-still] mise en pause : elle n'avançait plus
   *[other] …
}
did-confirm = n° { $broadcast }, { $how ->
    [correct] correction du n° { $corrects }
    [edit] chaque exemplaire du n° { $corrects } change
    [delete] chaque exemplaire du n° { $corrects } est supprimé
   *[other] une annonce
} ; pour : { $audience }, { $starts_at }
did-settle = { $did ->
    [sent] comptés comme remis : { $count }
   *[other] envoyés de nouveau : { $count }
}
did-answer = n° { $question } : { $is_now ->
    [answered] réponse donnée
    [taken-back] réponse reprise
   *[other] réponse corrigée
}
did-teach = « { $taught } », { $kind ->
    [phrasings] formulations
    [question] titre
    [answer] réponse
    [closed] réponse après la clôture
   *[other] nouvelle entrée
} : « { $before } » → « { $after } »
did-undo = « { $entry } » : version n° { $undone } annulée
did-group = questions sans réponse n° { $group } : { $after ->
    [dismissed] mises de côté
   *[other] reprises
}
did-publish = publiée sous le n° { $published }
did-keep-private = réponse gardée privée
did-correct = n° { $corrected } corrigée : « { $before } » → « { $after } »
did-unfreeze = tout était arrêté depuis : { $frozen_at }
did-lists = propriétaires { $owners }, équipe { $staff }, groupe { $chat }
did-roles = { $before } → { $after }
did-move = numéro du groupe : { $before } → { $after }
did-deliver = { $step ->
    [change] nouvelle de la date
   *[other] rappel { $step } avant
} ({ $spoken }) : remis à { $sent }, injoignables { $unreachable }
