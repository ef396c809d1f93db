# Ce que les propriétaires lisent quand l'échéance change.

amend-usage =
    Écrivez, par exemple :
    <code>/newdeadline 31/07/2025 15:00 https://site-du-ministere/avis</code>
    ou, pour annuler l'appel :
    <code>/newdeadline cancel https://site-du-ministere/avis</code>
amend-denied = Seul un propriétaire de ce guichet peut changer la date limite. Votre demande a été notée.
amend-private = La date limite ne se change que dans une conversation privée avec moi, par un message que vous écrivez vous-même.
amend-undated = Cet appel n'a pas de date limite qui puisse changer.
amend-no-date = Je ne lis pas de date et d'heure dans cette demande.{ $what }
amend-no-address = Il faut l'adresse de l'avis officiel, une seule, de 400 caractères au plus, qui commence par https://{ $what }
amend-unknown-zone = Je ne connais pas le fuseau « { $what } ». Sans fuseau, c'est celui de l'appel qui compte.
amend-impossible = « { $what } » ne désigne aucun moment précis : ce jour ou cette heure n'existe pas, ou l'heure y vient deux fois (changement d'heure).
amend-past = « { $what } » est déjà passé : une date limite se fixe dans l'avenir.
amend-far = « { $what } » est à plus de trois ans : vérifiez l'année.
amend-same = C'est déjà ce qui vaut : rien à changer.{ $what }
amend-preview =
    <b>Changement de la date limite</b>
    Date actuelle : { $before }
    Nouvelle date : { $after }
    Avis : { $source }
    { $people ->
        [one] { $people } conversation sera prévenue.
       *[other] { $people } conversations seront prévenues.
    }
amend-cancelled = appel annulé
amend-move = Rappel « { $step } avant » : { $before } → { $after }
amend-none = aucun
amend-notices = <b>Le texte que chacun recevra</b>
amend-wait = Un autre propriétaire doit confirmer : la demande lui est envoyée (il doit avoir déjà écrit à ce guichet). Valable 24 heures.
amend-code = Pour confirmer, tapez ce code : <b>{ $code }</b>. Valable 24 heures.
amend-asked = Un autre propriétaire propose ce changement. Vérifiez l'avis, puis confirmez, ou ne changez rien.
amend-own = Cette proposition est la vôtre : un autre propriétaire doit la confirmer.
amend-wrong-code = Ce n'est pas le code. La proposition est abandonnée ; recommencez si vous le voulez.
amend-gone = Cette proposition n'est plus ouverte : confirmée, refusée, dépassée ou trop ancienne. { $status }
amend-dropped = Rien n'est changé : la proposition est close, refusée ou abandonnée. { $status }
amend-done =
    C'est fait, partout à la fois. { $notice }
    { $people ->
        [one] { $people } conversation est prévenue, de nuit à partir de 09:00.
       *[other] { $people } conversations sont prévenues, de nuit à partir de 09:00.
    }

button-apply = Confirmer ce changement
button-drop = Ne rien changer
