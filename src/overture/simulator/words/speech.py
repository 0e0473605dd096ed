"""What members write: replies by mood, unasked messages, posts and comments; English first, French second.

``{me}`` is the writer's first name, ``{you}`` the reader's, ``{company}`` the writer's company.
"""

REPLIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "interested": (
        (
            "Hi {you}, this comes at a good moment. Could you send me a few times next week?",
            "Thanks {you}. Yes, I would like to hear more. Is 20 minutes on Thursday possible?",
            "Interesting, we were looking at this in the spring. What would a first step look like?",
        ),
        (
            "Bonjour {you}, cela tombe bien. Pouvez-vous me proposer des créneaux la semaine prochaine ?",
            "Merci {you}. Oui, je veux bien en savoir plus. Un échange de 20 minutes jeudi ?",
            "Intéressant, nous en parlions justement en interne. Quelle serait la première étape ?",
        ),
    ),
    "later": (
        (
            "Thanks {you}, not this quarter. Could you come back to me in three months?",
            "Hi {you}, our budget is closed until January. Please write again then.",
        ),
        (
            "Merci {you}, pas ce trimestre. Pouvez-vous revenir vers moi dans trois mois ?",
            "Bonjour {you}, notre budget est bouclé jusqu'en janvier. Réécrivez-moi à ce moment-là.",
        ),
    ),
    "not_interested": (
        (
            "Thank you {you}, but this is not something we need at {company}.",
            "Not for us, thanks. All the best.",
            "Please do not write to me about this again.",
        ),
        (
            "Merci {you}, mais nous n'en avons pas besoin chez {company}.",
            "Ce n'est pas pour nous, merci. Bonne continuation.",
            "Merci de ne plus me contacter à ce sujet.",
        ),
    ),
    "out_of_office": (
        (
            "Automatic reply: I am out of the office and will read messages on my return in two weeks.",
            "I am on leave until the end of the month, with no access to messages. {me}",
        ),
        (
            "Réponse automatique : je suis absent du bureau et lirai mes messages à mon retour, dans deux semaines.",
            "Je suis en congé jusqu'à la fin du mois, sans accès à mes messages. {me}",
        ),
    ),
    "wrong_person": (
        (
            "Hi {you}, I am not the right person for this. Please ask my colleagues in purchasing.",
            "I changed roles at {company}, so this is no longer with me. Sorry.",
        ),
        (
            "Bonjour {you}, je ne suis pas la bonne personne. Voyez plutôt avec mes collègues des achats.",
            "J'ai changé de poste chez {company}, ce sujet n'est plus chez moi. Désolé.",
        ),
    ),
    "question": (
        (
            "Hi {you}, how does this work with the tools we already have?",
            "What does it cost for a team of thirty?",
            "Which companies of our size use it?",
        ),
        (
            "Bonjour {you}, comment cela fonctionne-t-il avec nos outils actuels ?",
            "Combien cela coûte-t-il pour une équipe de trente personnes ?",
            "Quelles entreprises de notre taille l'utilisent ?",
        ),
    ),
}
"""By mood; ``absent`` in French is left in its unmarked form, as automatic replies are."""

THANKS = (
    ("Thanks for connecting, {you}.", "Hi {you}, good to be connected. What brings you to my profile?"),
    ("Merci pour la mise en relation, {you}.", "Bonjour {you}, ravi d'échanger. Qu'est-ce qui vous amène ?"),
)
UNASKED = (
    (
        "Hi {you}, we have not spoken in a while. How are things?",
        "Hello {you}, do you know a good freelance designer in your area?",
        "Hi {you}, congratulations on your recent post, I shared it with my team at {company}.",
    ),
    (
        "Bonjour {you}, cela fait longtemps. Comment allez-vous ?",
        "Bonjour {you}, connaissez-vous un bon graphiste indépendant près de chez vous ?",
        "Bonjour {you}, j'ai partagé votre dernière publication avec mon équipe chez {company}.",
    ),
)
NOTES = (
    ("Hi {you}, we work in the same field and I would like to connect.", "Hello {you}, I enjoyed your recent post."),
    ("Bonjour {you}, nous travaillons dans le même domaine.", "Bonjour {you}, votre publication m'a intéressé."),
)
POSTS = (
    (
        "We are hiring at {company}: two roles in our team are open from next month.",
        "Three things I learned in my first year as {title}: listen first, write it down, ask again.",
        "{company} opened a new office last week. Proud of everyone who packed boxes.",
        "Our project took twice as long as planned. Here is what we would do differently: smaller steps, earlier tests.",
        "Does anyone have experience with moving a team of fifty to a four-day week? I would like to compare notes.",
        "Back from the trade fair with a full notebook and tired feet. Thank you to all who came to see us.",
    ),
    (
        "Nous recrutons chez {company} : deux postes sont ouverts dans notre équipe dès le mois prochain.",
        "Ce que m'a appris ma première année comme {title} : écouter, écrire, redemander.",
        "{company} a ouvert un nouveau bureau la semaine dernière. Bravo à toute l'équipe.",
        "Notre projet a pris deux fois plus de temps que prévu. La prochaine fois : des étapes plus courtes.",
        "Qui a déjà fait passer une équipe de cinquante personnes à la semaine de quatre jours ? Échangeons.",
        "De retour du salon, le carnet plein. Merci à celles et ceux qui sont venus nous voir.",
    ),
)
COMMENTS = (
    (
        "Well said.",
        "We had the same experience at {company}.",
        "Congratulations!",
        "Could you say more about the second point?",
    ),
    (
        "Très juste.",
        "Nous avons vécu la même chose chez {company}.",
        "Félicitations !",
        "Pouvez-vous préciser le second point ?",
    ),
)
TOP_CHOICE = (
    "This role is my first choice: it is the work I do today, closer to home.",
    "Ce poste est mon premier choix : c'est mon métier actuel, plus près de chez moi.",
)
