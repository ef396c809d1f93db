# Ce que l'équipe lit de l'activité du guichet.

insight-head = <b>Bilan du guichet</b>
insight-title = Du { $since } au { $until }
insight-week = <b>La semaine du guichet</b>, du { $since } au { $until }
insight-quiet-week = Du { $since } au { $until }, il ne s'est rien passé au guichet.

insight-people = Personnes : { $people } (nouvelles : { $new }, injoignables : { $unreachable }, sans annonces : { $muted })
insight-registrations = Inscrites aux rappels : { $registered } ; à l'édition suivante : { $next }
insight-questions-line = Questions : { $questions } (réponse donnée : { $answered }, réponses proposées : { $suggested }, sans réponse : { $silent }, passées au bureau : { $human })
insight-languages-line = Langues : { $list }
insight-topics-line = Les plus demandés : { $list }
insight-silences-line = Ce que le texte ne dit pas : { $list }

insight-tile-people = Personnes
insight-tile-registered = Inscrites
insight-tile-unreachable = Injoignables
insight-tile-questions = Questions
insight-per-day = { $days ->
    [1] Questions par jour
   *[other] Questions par { $days } jours
}
insight-highest = au plus { $number }
insight-outcomes = Ce qu'elles sont devenues
insight-topics = Les plus demandés
insight-silences = Ce que le texte ne dit pas
insight-unknown = Je ne connais pas « { $what } » ici. Il y a /stats (30 jours), /stats 7, /stats 30 et /stats all.
insight-nothing = Rien encore.
insight-quote = « { $text } »
insight-outcome = { $outcome ->
    [answered] réponse donnée
    [suggested] propositions
    [silent] sans réponse
    [human] passées au bureau
   *[other] thème choisi
}

insight-button-days = { $days } jours
insight-button-all = Tout
insight-button-csv = CSV
insight-button-xlsx = Excel
insight-button-report = Rapport

insight-export = Les chiffres du { $since } au { $until }. Ni nom, ni numéro de conversation.
insight-sheet-days = Par jour
insight-sheet-hours = Par heure
insight-sheet-topics = Thèmes
insight-sheet-silences = Ce que le texte ne dit pas
insight-sheet-registrations = Personnes par jour
insight-sheet-sent = Envois
insight-column-table = Tableau
insight-column-measure = Mesure
insight-column-hour = Heure
insight-column-day = Jour
insight-column-language = Langue
insight-column-outcome = Issue
insight-column-topic = Thème ou question
insight-column-number = Nombre
insight-column-kind = Sorte
insight-column-people = Personnes
insight-column-unreachable = Injoignables
insight-column-muted = Sans annonces
insight-column-registered = Inscrites aux rappels
insight-column-next = Inscrites à l'édition suivante
insight-answer-kind = { $kind ->
    [stated] dans le texte
    [not-stated] le texte ne le dit pas
   *[other] service du guichet
}
insight-sending = { $kind ->
    [reminder] rappels et avis de date
    [broadcast] annonces
    [staff] réponses du bureau
   *[other] corrections d'annonces
}
insight-state = { $state ->
    [sent] remis
    [unreachable] injoignables
    [refused] refusés
    [held] incertains
   *[other] retirés
}

report-head = <b>Rapport : { $call }</b>
    État au { $day }. { $status }
report-peak = Au plus, un même jour : personnes : { $people } ; inscrites aux rappels : { $registered }.
report-load = Jour le plus chargé : le { $day } (questions : { $number }). Heures les plus chargées ({ $zone }) : { $hours }.
report-sent = Remis : rappels et avis de date { $reminders }, annonces { $broadcasts }, réponses du bureau { $staff }. Non remis, faute de joindre la personne : { $unreachable }.
report-answers = Questions auxquelles le bureau a répondu : { $number } ; délai médian : { $time }.
report-topics = <b>Ce qui a été le plus demandé</b>
report-next = <b>Ce que le texte de l'édition suivante devrait dire</b>
    Demandé ici, et absent du texte :
report-next-none = Le texte de l'édition suivante : rien à ajouter, tout ce qui a été demandé se trouve dans le texte.
report-next-rare = Le texte de l'édition suivante : rien n'a manqué plus d'une fois. Les questions isolées restées sans réponse sont dans le classeur.
report-item = • { $name } : { $number }
report-more = … et { $number } de plus dans le classeur.
report-file = Le même rapport en chiffres, jour par jour.
