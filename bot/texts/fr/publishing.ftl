# Les questions publiées : ce que chacun lit, et ce que lit l'équipe qui les publie.

qa-head = Question n° { $number }
qa-source = Réponse du bureau n° { $number }, { $day }
qa-none = Aucune question n'a encore reçu de réponse publique du bureau.
qa-list = <b>Questions avec la réponse du bureau, publiques et sans nom</b> ({ $count }). Touchez un numéro pour lire la réponse.
qa-line = { $number }. { $question }
qa-file = Toutes les questions publiques avec leur réponse : { $count }.
qa-until = On peut poser une question au bureau jusqu'au { $until }.
qa-closed = Le bureau ne prend plus de questions depuis le { $until }. Je réponds toujours, et les réponses publiques restent dans /questions.
qa-unknown = Il n'y a pas de question publique sous ce numéro.

qa-wait-done = C'est noté : je vous écris dès qu'il y a une réponse à cette question. D'ici là j'en garde les mots, sans votre nom ; /forget efface tout.
qa-wait-lost = Je ne retrouve plus la question. Posez-la encore une fois, puis touchez le bouton sous ma réponse.
qa-told-asker = Votre question est maintenant publique, sans rien qui vous désigne, sous le n° { $number }. La même réponse vaut pour tous :
qa-told-waiting = Vous vouliez savoir quand cette question aurait une réponse. La voici :
qa-told-same = Le bureau a répondu publiquement à une question comme la vôtre (n° { $question }). Voici sa réponse :
qa-told-all = Le bureau a répondu à une question ; la réponse vaut pour tous.
qa-digest-head = <b>Nouvelles réponses du bureau</b> ({ $count }). Elles valent pour tous.
qa-digest-more = La liste entière : /questions
qa-erratum =
    <b>Rectification.</b> Jusqu'au { $day }, ce guichet a répondu à « { $question } » :
    <blockquote>{ $before }</blockquote>
    Cette réponse a changé. Elle se lit désormais ainsi :

    { $after }

qa-panel = <b>Version : { $name }.</b> Voici ce que chacun lirait :
qa-panel-care = Ôtez tout ce qui dit qui a demandé : un nom, une ville, un projet, un chiffre.
qa-panel-edited = L'auteur de la question l'a modifiée après la réponse. Voici les mots auxquels il a été répondu.
qa-panel-waiting =
    { $people ->
        [one] { $people } personne attend cette réponse et la recevra aussitôt.
       *[other] { $people } personnes attendent cette réponse et la recevront aussitôt.
    }
qa-panel-missing = <b>Version : { $name }.</b> Elle manque. Rédigez la question et la réponse, ou renoncez-y : qui lit cette langue verra une autre version, avec le nom de sa langue.
qa-panel-waived = <b>Version : { $name }.</b> On y renonce : qui lit cette langue verra une autre version, avec le nom de sa langue.
qa-panel-question = Question : { $text }
qa-panel-answer = Réponse : { $text }
qa-panel-unworded = <i>à rédiger</i>
qa-ask-question = Écrivez la question telle que chacun la lira ({ $name }), en { $most } caractères au plus, sans rien qui dise qui a demandé.
qa-ask-answer = Écrivez la réponse telle que chacun la lira ({ $name }), en { $most } caractères au plus, mise en forme comprise.
qa-too-long = C'est trop long : { $most } caractères au plus, et il y en a { $length }. Envoyez un texte plus court.
qa-only-text = Une question publique n'a que du texte. Envoyez-le tel que chacun le lira.
qa-gone = Cela a changé entre-temps (publié, corrigé, repris ou gardé privé). Regardez encore une fois.
qa-taken-back = Cette réponse n'est plus là : elle a été reprise, ou qui a demandé s'est fait oublier. Rien n'est publié.
qa-already = Déjà publique, sous le n° { $number }.
qa-private-done = Noté : cette réponse reste privée, comme affaire de procédure. Cette décision est inscrite au journal.
qa-done = La question n° { $number } est publique : elle est dans /questions, et le guichet répond par elle. { $told ->
        [one] { $told } conversation l'apprend aussitôt.
       *[other] { $told } conversations l'apprennent aussitôt.
    } Faut-il le dire à tous ceux qui sont inscrits ?
qa-corrected = La question n° { $number } est corrigée. { $told ->
        [0] Personne n'a lu l'ancienne réponse.
        [one] { $told } conversation a lu l'ancienne réponse.
       *[other] { $told } conversations ont lu l'ancienne réponse.
    }
qa-unchanged = Rien n'a changé.
qa-draft-made = Une annonce est préparée, pour { $people ->
        [one] { $people } conversation
       *[other] { $people } conversations
    }. Rien ne part avant qu'elle soit approuvée comme toute annonce : /broadcast
qa-draft-busy = Vous avez déjà une annonce en cours : terminez-la ou abandonnez-la (/broadcast), puis touchez encore une fois ce bouton.
qa-told-already = La question n° { $number } est déjà dans l'annonce n° { $by } : personne ne doit la recevoir deux fois. Pour en préparer une autre, abandonnez d'abord celle-là (/broadcast, /broadcasts).
qa-audience = qui a reçu une réponse corrigée depuis
qa-digest-noted = Noté : la question n° { $number } sera dans le récapitulatif du jour, préparé à { $hour } et approuvé comme toute annonce.
qa-digest-made = Le récapitulatif des nouvelles réponses est prêt ({ $count }). Qui veut l'envoyer touche le bouton ; il sera approuvé comme toute annonce.
qa-digest-gone = Ce récapitulatif a déjà été préparé.
qa-erratum-offer = { $people ->
        [one] { $people } conversation a reçu l'ancienne réponse.
       *[other] { $people } conversations ont reçu l'ancienne réponse.
    } Le bouton prépare une rectification pour elles ; elle est approuvée comme toute annonce.
qa-erratum-gone = Cette rectification a déjà été préparée.
qa-erratum-nobody = Il n'y a plus personne à prévenir : chacun a déjà la réponse telle qu'elle se lit maintenant.
qa-same = Qui a demandé la même chose que la question n° { $number } ? Touchez une question encore ouverte : qui l'a posée reçoit cette réponse.
qa-same-none = Aucune question n'est ouverte.
qa-same-done = Qui a posé la question n° { $question } reçoit la réponse n° { $number }.
qa-same-gone = Cette question n'est plus ouverte.

qa-tab-there = En { $name } ✓
qa-tab-missing = En { $name } : manque
qa-tab-waived = En { $name } : sans
qa-button-wait = Me dire quand il y a une réponse
qa-button-read = Lire la réponse n° { $number }
qa-button-file = Tout, en un fichier
qa-button-list = Toutes les questions
qa-button-publish = Publier pour tous
qa-button-question = Rédiger la question
qa-button-answer = Rédiger la réponse
qa-button-waive = Renoncer à cette version
qa-button-private = Garder privé (procédure)
qa-button-go = Publier sous le n° { $number }
qa-button-correct = Corriger
qa-button-material = Corriger et le dire à qui l'a lu
qa-button-slip = Corriger, simple faute de frappe
qa-button-all = Le dire à tous les inscrits
qa-button-digest = Dans le récapitulatif du jour
qa-button-erratum = Le dire à qui l'a lu
qa-button-same = D'autres ont demandé la même chose
qa-button-digest-go = Préparer le récapitulatif

command-questions = Les réponses du bureau, pour tous
