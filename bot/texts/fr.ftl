# The bot's own sentences in French. Answers of the call stand in faq/calls/.

welcome =
    Bonjour ! Je suis le guichet automatique de : <b>{ $call }</b>.
    { $status }

    Posez votre question avec vos mots, en français, en arabe, en darija ou en anglais, ou choisissez un thème. Je réponds d'après le texte publié, avec la source ; quand il ne dit rien, je le dis.
help =
    Écrivez votre question en une phrase, ou utilisez :
    { $commands }

    Je suis un programme : je ne décide rien et je ne demande jamais d'argent, de mot de passe ni de dossier.
command-line = /{ $command } : { $what }

menu = Choisissez un thème :
group = <b>{ $title }</b> : que voulez-vous savoir ?

suggest = Je ne suis pas sûr d'avoir compris. Voulez-vous dire :
nothing = Je n'ai pas trouvé de réponse sûre à cette question dans le texte de l'appel, et je préfère ne rien inventer. Essayez avec d'autres mots, ouvrez les thèmes, ou adressez-vous au bureau.
only-text = Je ne lis que le texte. Écrivez-moi votre question, même en quelques mots.
unknown-command = Je ne connais pas cette commande. Voici ce que je sais faire :
stale-button = Ce bouton n'est plus valable. Voici les thèmes :
sorry = Une panne de notre côté m'empêche de répondre. Réessayez dans un moment.

ask-language = Dans quelle langue voulez-vous que je réponde ?
language-chosen = C'est noté : je vous réponds en français.

remind-offer =
    Je peux vous écrire avant la clôture : { $deadline }.
    { $left } Un message à chacune de ces étapes : { $steps }. Je ne garde que le numéro de cette conversation et votre langue ; un seul geste arrête tout.
remind-done =
    C'est enregistré. Je vous écrirai { $next }, puis aux étapes suivantes jusqu'à la clôture : { $deadline }.
remind-done-last =
    C'est enregistré. Toutes les étapes de rappel sont déjà passées : plus de rappel avant la clôture ({ $deadline }), ne tardez pas.
remind-closed = { $status } Il n'y a donc plus de rappel à recevoir. Voulez-vous être prévenu quand l'édition suivante sera connue de ce guichet ?
next-edition-done = C'est enregistré. Je vous écrirai quand ce guichet connaîtra l'édition suivante.
stopped = C'est fait : vous ne recevrez plus de rappel, et votre inscription est effacée.
nothing-to-stop = Vous n'êtes inscrit à aucun rappel : il n'y a rien à arrêter.
reminder =
    Rappel : les candidatures se déposent au plus tard { $deadline }.
    { $left }

repeat = (Message répété : la connexion s'était coupée, vous l'avez peut-être déjà reçu.)
rehearsal = RÉPÉTITION : l'horloge de ce guichet est fictive.

button-menu = Tous les thèmes
button-remind = Me rappeler la clôture
button-yes-remind = Oui, prévenez-moi
button-next-edition = M'avertir de l'édition suivante
button-stop = Arrêter les rappels
button-person = Parler à quelqu'un
button-back = Retour aux thèmes

command-start = Commencer
command-faq = Tous les thèmes
command-deadline = Date limite et temps restant
command-contact = Le bureau à contacter
command-remind = Recevoir des rappels
command-stop = Arrêter les rappels
command-language = Français, العربية, English
command-help = Aide

description = Le guichet automatique de : { $call }. Posez vos questions en français, en arabe, en darija ou en anglais ; je réponds avec la source, ou je dis que le texte ne le précise pas.
short-description = Questions et rappels : { $call }.
