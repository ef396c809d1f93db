# Ce que lit l'équipe du guichet, quelle que soit la commande.

staff-denied = Cette commande est réservée à l'équipe du guichet. La demande a été notée.
staff-elsewhere = Les commandes de l'équipe ne valent qu'en conversation privée avec moi, ou dans le groupe de l'équipe.
staff-not-own = Je n'obéis qu'à un message que vous écrivez vous-même : ni transféré, ni anonyme, ni par un autre robot.
staff-code-private = Tapez le code en privé, avec moi : ici il ne compte pas. Il reste valable, et personne d'autre que vous ne peut s'en servir.
staff-no-code = Aucun code n'est attendu de vous en ce moment. Rien n'a été fait.

frozen = Tout envoi est arrêté : ni réponse, ni rappel, ni annonce ne part, sauf à l'équipe. Les questions reçues attendent. Un propriétaire fait reprendre par /unfreeze.
frozen-news = Quelqu'un de l'équipe a arrêté tout envoi par /freeze. Un propriétaire fait reprendre par /unfreeze.
unfrozen = Les envois reprennent. Ce qui attendait part maintenant ; un rappel dépassé ne part pas.
unfrozen-news = Les envois ont repris.
not-frozen = Aucun arrêt n'est en cours : les envois vont leur cours.

language-name = { $code ->
    [fr] français
    [ar] arabe
    [ary] darija
    [ary-latn] darija (abc)
    [en] anglais
   *[other] { $code }
}

help-office = <b>Pour l'équipe</b>
command-broadcast = Écrire une annonce
command-broadcasts = Les annonces et ce qu'elles sont devenues
command-held = Envois dont on ignore s'ils sont arrivés
command-open = Questions qui attendent une réponse
command-unanswered = Ce que le guichet n'a pas su répondre
command-edit = Changer une réponse
command-history = Les changements d'une réponse
command-stats = Les chiffres du guichet
command-report = Le bilan de l'appel
command-newdeadline = Changer la date limite
command-audit = Qui a fait quoi
command-freeze = Arrêter tout envoi
command-unfreeze = Reprendre les envois
