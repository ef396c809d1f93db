# Ce que lit l'équipe de ce qui a été fait en son nom.

audit-title = <b>Registre : les dernières lignes</b>
audit-empty = <b>Registre</b> : rien n'y est encore écrit pour cet appel.
audit-line = { $number }. { $at }, { $who } : { $what }.
audit-refused = { $number }. { $at }, { $who }, <b>refusé</b> : { $what }.
audit-detail = <i>{ $detail }</i>
audit-bot = le robot
audit-office = n° { $number }
audit-stranger = une personne hors de l'équipe
audit-act = { $act ->
    [change-deadline] date limite
    [broadcast] annonce
    [confirm-broadcast] confirmation d'annonce
    [settle] envois incertains
    [answer] réponse à une question
    [teach] apprentissage
    [publish] publication
    [see-stats] statistiques
    [freeze] arrêt de tout envoi
    [unfreeze] reprise des envois
    [read-audit] lecture du registre
    [roles] droits de l'équipe
    [moved] groupe de l'équipe
    [delivered] preuve d'envoi
   *[other] { $act }
}
audit-head = { $count ->
    [one] { $count } ligne.
   *[other] { $count } lignes.
} Empreinte de la dernière : <code>{ $head }</code>

audit-daily = <b>Registre du jour</b> : { $count ->
    [one] { $count } ligne, intacte
   *[other] { $count } lignes, intactes
}. Empreinte { $short } ; en entier, à garder : <code>{ $head }</code>
audit-touched = <b>Attention : quelqu'un a touché au registre.</b> Prévenez l'exploitant et gardez la dernière empreinte reçue ici ; le robot lui-même n'y efface jamais rien. Pour lui : <code>{ $fault }</code>

roles-changed = Les droits de l'équipe viennent de changer. Propriétaires : { $owners }. Équipe : { $staff }.
roles-gone = Ne sont plus de l'équipe : { $gone }. Ce que ces personnes avaient mis en attente ne part plus.
roles-chat = Le groupe de l'équipe est maintenant celui du n° { $chat }. Les questions qui attendent : /open.
roles-no-chat = Il n'y a plus de groupe de l'équipe : ce qui concerne le bureau arrive à chaque propriétaire.
roles-moved = Ce groupe est devenu un supergroupe et a un nouveau numéro ; il reste celui de l'équipe. L'exploitant doit l'écrire dans le fichier .env : { $setting }. Les questions qui attendent : /open.
roles-unreadable = Les réglages ont changé mais ne peuvent être lus : les droits d'avant restent en vigueur. L'exploitant trouve la cause dans le journal.
