# The bot's own sentences in French. Answers of the call stand in faq/calls/.

welcome =
    Bonjour ! Je suis le guichet automatique de : <b>{ $call }</b>.
    { $status }

    Posez votre question avec vos mots, en français, en arabe, en darija ou en anglais, ou choisissez un thème. Je réponds d'après le texte publié, avec la source ; quand il ne dit rien, je le dis.
help =
    Écrivez votre question en une phrase, ou utilisez :
    { $commands }

    Je suis un programme : je ne décide rien et je ne demande jamais d'argent, de mot de passe ni de dossier.
command-line = { $command } : { $what }

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
    { $left } Un message { $steps } avant, au choix, et un autre si la date change.
    Je ne garde que le numéro de cette conversation, votre langue et vos choix, et je les efface le { $erased }. Un seul geste arrête tout.
remind-done =
    C'est enregistré. Je vous écrirai { $next }, puis aux étapes suivantes jusqu'à la clôture : { $deadline }.
remind-done-once =
    C'est enregistré. Je vous écrirai encore une fois, { $next }. Clôture : { $deadline }.
remind-done-last =
    C'est enregistré. Toutes les étapes de rappel sont déjà passées : plus de rappel avant la clôture ({ $deadline }), ne tardez pas.
remind-closed = { $status } Il n'y a donc plus de rappel à recevoir. Voulez-vous être prévenu quand l'édition suivante sera connue de ce guichet ? Je garderais pour cela le numéro de cette conversation et votre langue, { $months } mois au plus.
next-edition-done = C'est enregistré. Je vous écrirai quand ce guichet connaîtra l'édition suivante ; sinon, votre inscription s'efface dans { $months } mois.
stopped = C'est fait : plus de rappel, ni d'annonce, ni de nouvelle d'un changement de date ; votre inscription est effacée.
nothing-to-stop = Vous n'êtes inscrit à aucun rappel : il n'y a rien à arrêter. Les annonces du bureau ne vous seront pas envoyées non plus.
reminder =
    Rappel : les candidatures se déposent au plus tard { $deadline }.
    { $left }

remind-panel =
    Vous êtes inscrit. Clôture : { $deadline }.
    { $left }
    Prochain message : { $next }. Touchez une étape pour la garder ou non ; un changement de date vous sera toujours annoncé. Tout s'efface le { $erased }.
remind-panel-last =
    Vous êtes inscrit. Clôture : { $deadline }.
    { $left }
    Plus aucun rappel n'est prévu ; un changement de date vous serait annoncé. Tout s'efface le { $erased }.{ $next }
step-on = { $step } avant : oui
step-off = { $step } avant : non
later-done = C'est noté : je vous laisse tranquille et vous réécris { $at }. Clôture : { $deadline }.
later-too-late = Il reste trop peu de temps pour vous le rappeler plus tard : la clôture est { $deadline }.
submitted = C'est noté : votre dossier est déposé, plus de rappel. Si la date ou l'appel change, je vous le dirai.
calendar = La date limite pour votre agenda. { $status } Si elle change, redemandez ce fichier : votre agenda se corrigera.
calendar-over = Le fichier qui corrige la date dans votre agenda. { $status }
news = Changement de la date limite. { $notice }
overtaken = Attention, ceci a changé depuis que ce message a été écrit. { $notice }
admins-only = Dans un groupe, seul un administrateur peut décider cela. Vous pouvez me l'écrire en privé pour vous seul.
admins-unknown = Je n'arrive pas à vérifier qui administre ce groupe. Réessayez dans un moment.
not-recorded = Une panne de notre côté m'empêche d'enregistrer quoi que ce soit : rien n'a été changé. Réessayez plus tard, s'il vous plaît.

profile-ask = Si vous voulez, dites ce qui vous décrit : l'équipe peut adresser une annonce aux uns ou aux autres. Cela ne change rien à votre dossier, et vous pouvez le retirer.
profile-chosen = C'est noté : { $profile }.
profile-none = C'est noté : vous ne le dites pas.

privacy =
    <b>Ce que je garde de vous</b>
    Le numéro de cette conversation, la langue que nous parlons et le jour de votre dernier message ; vos choix : langue, rappels, ce que vous dites être ; et quelles réponses je vous ai données, pour vous prévenir si l'une change. Ni nom, ni téléphone. { $until }
    Si vous écrivez à l'équipe, votre question et sa réponse : l'équipe les lit sans votre nom ni votre numéro, et peut publier la réponse pour tous, anonyme. Une question restée sans réponse est gardée sans votre numéro, pour faire mieux.
    Une demande d'être prévenu de l'édition suivante est gardée { $months } mois au plus ; la trace qu'une réponse a été envoyée, sans son texte, { $days } jours. La copie de secours est nettoyée dans l'heure. Un message illisible est gardé 48 heures pour trouver la panne ; une commande réservée à l'équipe laisse une trace qui reste.
    Vous pouvez tout voir et tout effacer ici, quand vous voulez (loi 09-08). Telegram, lui, garde la conversation selon ses propres règles.
privacy-until = Tout cela s'efface de soi-même le { $erased }, sauf si vous écrivez encore après : alors 30 jours après votre dernier message.
mydata = Tout ce que ce guichet garde de cette conversation, ligne par ligne.
mydata-nothing = Ce guichet ne garde rien de cette conversation.
forget-ask = Effacer tout ce que ce guichet garde de cette conversation ? Vous ne recevrez plus ni rappel ni annonce d'un changement de date.
forgotten = C'est fait : tout est effacé, y compris vos inscriptions. Restent la trace d'une commande réservée à l'équipe, s'il y en a eu une, et, tant qu'une annonce que vous avez reçue est en cours d'envoi, une marque commune à des centaines de conversations, pour qu'elle n'arrive pas deux fois. Vous pouvez revenir quand vous voulez.

repeat = (Message répété : la connexion s'était coupée, vous l'avez peut-être déjà reçu.)
rehearsal = RÉPÉTITION : l'horloge de ce guichet est fictive.

button-menu = Tous les thèmes
button-remind = Me rappeler la clôture
button-yes-remind = Oui, prévenez-moi
button-next-edition = M'avertir de l'édition suivante
button-stop = Arrêter les rappels
button-person = Parler à quelqu'un
button-back = Retour aux thèmes
button-later = Plus tard
button-submitted = J'ai déjà déposé
button-resume = Reprendre les rappels
button-choose = Choisir les étapes
button-calendar = Fichier pour l'agenda
button-profile = Dire ce que je suis
button-no-profile = Ne pas le dire
button-mydata = Voir mes données
button-forget = Tout effacer
button-forget-all = Oui, tout effacer

command-start = Commencer
command-faq = Tous les thèmes
command-deadline = Date limite et temps restant
command-contact = Le bureau à contacter
command-remind = Recevoir des rappels
command-stop = Arrêter les rappels
command-calendar = La date limite pour l'agenda
command-privacy = Vos données
command-language = Français, العربية, English
command-help = Aide

description = Le guichet automatique de : { $call }. Posez vos questions en français, en arabe, en darija ou en anglais ; je réponds avec la source, ou je dis que le texte ne le précise pas.
short-description = Questions et rappels : { $call }.
