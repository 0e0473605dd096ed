"""The words by which replies are told apart: English first, and the usual forms of German, French, Spanish and Dutch.

The order says what weighs more: an opt-out before all, an automatic answer before the colleague that it names, a later
time before the refusal it softens, a refusal before the courtesy around it.
"""

import re

from overture.domain.campaigns.replies import Classified, ReplyClass, Rule, classify


def _any(*phrases: str) -> re.Pattern[str]:
    """Match any of the phrases as whole words; a space is any white space, which is one space by then."""
    return re.compile(r"(?<!\w)(?:" + "|".join(phrases) + r")(?!\w)")


WHOLE: dict[str, ReplyClass] = {
    **dict.fromkeys(
        (
            "stop", "unsubscribe", "opt out", "remove", "remove me", "abmelden", "stopp", "désinscription", "baja",
            "afmelden", "stop please", "please stop",
        ),
        ReplyClass.OPT_OUT,
    ),
    **dict.fromkeys(
        (
            "no", "nope", "nah", "no thanks", "no thank you", "pass", "i'll pass", "nein", "nein danke", "non",
            "non merci", "no gracias", "nee", "nee bedankt", "nee dank je", "sorry, no", "hard pass", "no interest",
        ),
        ReplyClass.NOT_INTERESTED,
    ),
    **dict.fromkeys(
        (
            "yes", "yep", "yeah", "yes please", "sure", "sure thing", "interested", "absolutely", "definitely",
            "let's do it", "i'm in", "ja", "ja gerne", "gerne", "gern", "oui", "avec plaisir", "sí", "si", "claro",
            "ja graag", "graag", "sounds good", "sounds great", "why not", "of course",
        ),
        ReplyClass.INTERESTED,
    ),
    **dict.fromkeys(
        ("later", "maybe later", "not now", "next year", "später", "plus tard", "más tarde", "nu niet", "soon"),
        ReplyClass.LATER,
    ),
    **dict.fromkeys(("?", "??", "why", "what", "who", "huh"), ReplyClass.QUESTION),
}  # fmt: skip

_WRITE = r"(?:contact\w*|messag\w*|writ\w*|e-?mail\w*|spam\w*|bother\w*|pester\w*|dm\w*|ping\w*|text\w*|approach\w*)"
_UNTIL = r"(?:until|before|till|bis|vor|avant|hasta|tot|voor)"
_SENDING = r"(?:send|sent|writ|wrote|contact|recontact|messag|e-?mail|mail|text|spam|bother|pester|approach|dm|ping)\w*"
_OPT_OUT = _any(
    r"(?:do not|don't|never|stopped|stopping|rather you (?:didn't|not)|not to be) (?:\w+ ){0,2}?(?:send|writ|contact|recontact|messag|mail|e-?mail|spam|bother|pester|approach)\w* (?:me|us|anything|any|to (?:me|us|this|my))(?: \w+)?",
    r"(?:off|from|out of) (?:this|your|the|any) (?:\w+ )?(?:list|database|crm|mailing|mailings|distribution|sequence)", r"(?:are|is|been|you) spamming(?: \w+)?", r"(?:cut|knock|quit) it(?: out)?",
    r"(?:do not|don't|never|stop|no longer) (?:use|using|keep|store|process|hold|share)\w* (?:my|our|any) \w+", r"(?:delete|erase|remove|wipe|destroy) (?:all )?(?:of )?(?:my|our) (?:\w+)", r"unterlass\w*", r"streich\w* sie (?:mich|uns)", r"(?:von|aus) (?:ihrer|der|eurer|ihrem|dem|eurem) (?:\w*liste|\w*verteiler|datenbank)",
    r"plus jamais", r"ne (?:me |m'|nous )?(?:re)?contact\w+ (?:plus|pas)", r"no quiero que (?:me|nos) \w+", r"que (?:me|nos) (?:escriban|contacten)(?: más)?", r"stuur (?:mij|me|ons) (?:\w+ )?(?:geen|niet)(?: \w+)?", r"geen (?:\w+ )?(?:berichten|mails?) (?:meer|van)",
    r"(?:do not|don't|never|not to) (?:ever )?(?:reach out|follow up|get in touch|come back|call|try)(?: \w+){0,3}",
    r"(?:don't|do not|never|no longer|not) (?:want|wish|care|like) to (?:hear from|be contacted|be approached|receive|get)(?: \w+){0,4}",
    r"(?:no|my|our|have|give) (?:permission|consent)(?: \w+){0,3}", r"(?:didn't|did not|never|don't|do not) (?:consent|subscribe|sign up)(?: \w+){0,3}",
    r"stop (?:it|this|that|now|immediately)(?=\W|$)", r"(?:enough|(?<=[.,!;] )please|(?<=[.,!;]))[.,!]* ?stop(?=\W*$)",
    r"(?:cancel|cease|end|halt) (?:all |any )?(?:\w+ ){0,2}(?:communications?|messages?|contact|correspondence)",
    r"(?:delete|erase|wipe|remove) (?:everything|anything|all) (?:you|about|on)(?: \w+){0,3}", r"harass\w*", r"^blocked",
    r"(?:further|more) (?:communications?|correspondence|approaches|outreach)",
    r"schreiben sie (?:mir|uns) (?:bitte )?(?:nicht|nie|keine)(?: \w+)?", r"(?:mir|mich|uns) (?:bitte )?(?:nicht mehr|nie (?:mehr|wieder))", r"widerspr\w+",
    r"hören sie (?:bitte )?auf", r"lass(?:en sie)? (?:mich|uns) in ruhe", r"daten (?:bitte |umgehend |sofort )?(?:zu )?löschen", r"(?:möchte|will|wünsche) keine (?:\w+ )?(?:nachrichten|mails|werbung)",
    r"ne (?:souhaite|veux|désire) (?:plus|pas) (?:recevoir|être|de)(?: \w+){0,2}", r"(?:supprimer|effacer|retirer) (?:mes|mon|nos|toutes)(?: \w+)?", r"laissez[- ](?:moi|nous) tranquilles?", r"cessez",
    r"ne (?:me |m'|nous )\w+ez (?:plus|jamais)", r"no (?:me|nos) (?:vuelva|escriba|contacte|moleste|llame|envíe|mande)\w*(?: a \w+)?", r"déje(?:n)?(?:me|nos) en paz",
    r"no (?:quiero|deseo|queremos) (?:recibir|que me)(?: \w+){0,2}", r"(?:elimine|borre|quite|saque|quítame|bórrame)\w*(?: \w+)?",
    r"haal (?:me|mij|ons)(?: \w+)?", r"laat (?:me|mij|ons) met rust", r"(?:wil|wens) (?:\w+ ){0,2}geen (?:\w+ )?(?:berichten|mails?)(?: meer)?", r"niet meer (?:benaderd|gebeld|gemaild)",
    rf"(?:stop|quit|cease|desist|refrain from) (?:\w+ ){{0,3}}?{_WRITE}(?: \w+)?",
    rf"(?:do not|don't|never|not to|please no) (?:ever )?{_WRITE} (?:me|us|my \w+|our \w+)(?: \w+)?",
    r"(?:refrain from|stop) (?:sending|with)(?: \w+){0,4}",
    r"(?:don't|do not) send (?:me|us) (?:any ?(?:more|thing)|more|further)(?: \w+)?",
    r"unsubscribe(?: \w+)?", r"opt(?:ing)?[ -](?:me )?out", r"remove (?:me|us|my \w+)", r"take (?:me|us) off",
    r"(?:no|any) (?:more|further) (?:\w+ )?(?:messages?|mails?|emails?|contact|outreach)(?: \w+)?",
    r"leave (?:me|us) (?:alone|be|in peace)", r"lose my (?:number|contact|details)",
    r"(?:delete|erase|erasure of) (?:all )?(?:my|our) (?:\w+ )?(?:data|details|information)", r"ask for its erasure",
    r"i object to", r"(?:block(?:ing)?|report(?:ed|ing)?) (?:and \w+ )?(?:you|this|it)?(?: as spam)?(?=\W*$)",
    r"(?:this|that|your|is|just|more|this is) spam", r"go away",
    r"keine? (?:weiteren?|mehr) (?:nachricht\w*|mails?|anfragen)", r"(?:nicht mehr|nie wieder) \w*(?:kontakt|schreib)\w*",
    r"(?:kontaktieren|schreiben|belästigen) sie (?:mich|uns) (?:bitte )?(?:nicht|nie)(?: mehr| wieder)?",
    r"aus (?:ihrem|dem|eurem) verteiler", r"(?:bitte )?(?:abmelden|austragen)", r"löschen sie (?:bitte )?meine daten",
    r"ne (?:me|nous) (?:contactez|contacter|écrivez) (?:plus|pas)", r"ne plus (?:me|nous|être) \w+",
    r"arrêtez (?:de|vos)(?: \w+){0,2}", r"désinscri\w+", r"désabonn\w+", r"(?:retirez|supprimez)[- ](?:moi|mes \w+)",
    r"no (?:me|nos) (?:escriba|contacte|moleste)\w*(?: más)?", r"(?:dame|deme|darme|denme) de baja",
    r"deje?n? de (?:escribir|contactar|molestar)\w*", r"(?:borre|elimine)n? mis datos", r"no quiero (?:recibir )?más mensajes",
    r"niet (?:meer|langer) (?:\w+ )?(?:benader|contact|bericht|schrij|mail|stur)\w*", r"stop met (?:\w+ ){0,3}\w+en",
    r"(?:uitschrijven|afmelden)", r"van (?:de|je|jullie|uw) lijst", r"geen berichten meer", r"verwijder (?:mij|mijn \w+)",
)  # fmt: skip
_OPT_OUT_NOT = _any(
    r"(?:didn't|never|haven't|did not) (?:\w+ ){0,2}(?:received?|got|get|seen?) (?:your|the|any)(?: \w+)?", r"send (?:anything|any\w*) (?:yet|before|until)",
    rf"(?:don't|do not|not) \w+ (?:me|us)(?: \w+){{0,3}}? {_UNTIL}", r"stop by", r"(?:don't|do not|never|didn't) stop",
    r"contact (?:our|my|the) (?:\w+ )?(?:department|colleague|team|office|assistant|hr)",
)  # fmt: skip

_AUTOMATIC = _any(
    r"(?:started|begun|beginning|currently on|on) (?:my |our )?(?:\w+ )?(?:parental|maternity|paternity|annual|sick|medical|family) leave(?: \w+)?", r"(?:is|are) covering (?:for )?(?:me|my)(?: \w+)?", r"^annual leave(?: \w+)?", r"observes? (?:a |the )?(?:\w+ )?(?:holiday|break)s?", r"(?:recovering|offline) (?:from|for|until|till)(?: \w+)?",
    r"(?:wieder (?:für sie )?da|wieder (?:erreichbar|im büro|zurück|verfügbar))", r"(?:only|just) (?:work|in the office|online) (?:on )?(?:mon|tues|wednes|thurs|fri)\w*", r"(?:anything|something|matters) (?:pressing|urgent)",
    r"(?:not|n't|cannot|won't) (?:be )?(?:read|check|monitor|answer)(?:ing|ed)? (?:\w+ )?(?:messages|email|linkedin|inbox|this)", r"inbox is not monitored", r"(?:available|reachable|online) again",
    r"slow(?:er)? (?:repl\w+|to (?:respond|reply|answer)|responses?)", r"annual shut ?down", r"message d'absence", r"nicht erreichbar", r"niet bereikbaar",
    r"(?:actuellement|temporairement) (?:en|absente?)(?: \w+)?", r"de retour (?:le|en|lundi|mardi|mercredi|jeudi|vendredi)(?: \w+)?", r"(?:actualmente )?estoy de (?:baja|vacaciones|viaje|permiso)", r"vuelvo el", r"ben ik er weer", r"\w+ weer (?:terug|bereikbaar|aanwezig)",
    r"(?:i'm|i am|i will be|i'll be) (?:currently |presently |still |now )?(?:away|on (?:\w+ )?leave|travell?ing) (?:until|till|with|and|from|this|between)(?: \w+)?",
    r"auto(?:mat\w+)?[ -]?(?:reply|response|respon\w+|message)", r"automated (?:message|reply|response)",
    r"(?:i'm|i am|am|currently|be|are) (?:\w+ )?out of (?:the |my )?office", r"out of (?:the )?office (?:until|till|through|from)",
    r"\booo (?:until|till|through|from|this|next)", r"(?:limited|no|without|little|intermittent) (?:access|connectivity)(?: \w+){0,4}",
    r"(?:for|in|if|with) (?:\w+ ){0,3}?urgent(?: \w+)?", r"in my absence", r"(?:on|upon) my return", r"when i (?:return|get back|am back)",
    r"(?:be|i'm|i am|am) (?:\w+ )?on (?:\w+ )?(?:leave|vacation|holidays?|pto|sabbatical)(?: and .{0,20}(?:not|no|will))",
    r"(?:office|we) (?:is|are) closed", r"will (?:reopen|reply|respond|answer) (?:when|as soon|on|after|upon|once)(?: \w+){0,3}",
    r"thank you for (?:your message|contacting me).{0,60}(?:\bout\b|\baway\b|leave|vacation|holiday)",
    r"(?:delayed|slow) (?:response|replie|answer)s?",
    r"abwesenheit\w*", r"automatische (?:antwort|nachricht)", r"(?:nicht|außer) (?:im (?:büro|haus)|haus)",
    r"(?:derzeit|zurzeit|momentan|aktuell|bin|befinde mich) (?:\w+ ){0,6}(?:im urlaub|in elternzeit|in mutterschutz|abwesend)",
    r"réponse automatique", r"absente? du bureau", r"en mon absence", r"(?:suis|serai) (?:\w+ )?(?:absente?|en (?:congés?|vacances|déplacement))",
    r"respuesta automática", r"fuera de la oficina", r"(?:estoy|estaré|encuentro) (?:\w+ )?(?:de (?:vacaciones|baja)|ausente)",
    r"automatisch (?:antwoord|bericht)", r"(?:ben|ik ben) (?:\w+ )?(?:afwezig|met (?:vakantie|verlof)|op vakantie|niet op kantoor)",
)  # fmt: skip
_ACTS = _any(
    r"let's (?!see)\w+", r"(?:send|call|ping|try|drop|shoot|reach|contact|message|give) (?:\w+ )?(?:me|us|it|out|an invite)(?: \w+)?",
    r"(?:pick|circle|get) (?:this|it|back) (?:up|to me)", r"i was out", r"(?:was|were) (?:on|away|out)", r"happy to", r"please send",
    r"(?:melden|schicken|rufen) sie", r"revenez", r"appelez", r"escríbe\w*", r"ll[aá]m[ea]\w*", r"stuur", r"bel me",
)  # fmt: skip
_AWAY = _any(
    r"out of (?:the |my )?office", r"ooo", r"on (?:\w+[ -])?(?:annual|parental|maternity|paternity|sick|family|medical) leave",
    r"on (?:a )?(?:\w+[ -])*(?:leave|vacation|holidays?|pto|sabbatical|break)", r"away (?:until|till|this|from|on|for|next|at)",
    r"(?:i'm|i am|am|be) (?:currently |presently |still )?(?:out|away|off|travell?ing) (?:until|till|this|today|tomorrow|from|sick|on|at|next|with|all|for)(?: \w+){0,2}", r"off sick", r"honeymoon", r"secondment", r"in the field (?:this|all|until)", r"(?:trade show|conference|fair|on site) (?:all|this|until|for)", r"bear with me", r"out (?:sick|this week|today|until|till|through)",
    r"back (?:in the office|at my desk|online|on|after|monday|tuesday|wednesday|thursday|friday)(?: \w+)?",
    r"returning (?:on )?(?:\d|\w+day|\w+ \d)\w*", r"no laptop", r"attending a conference",
    r"(?:im|in|auf) (?:urlaub|elternzeit|dienstreise|mutterschutz)", r"melde mich (?:morgen|am|nach|danach|wieder)", r"krankgeschrieben", r"absente?", r"en congé", r"ausente", r"afwezig", r"op reis", r"bin (?:ab )?(?:\w+ )?(?:wieder )?erreichbar", r"en (?:congés?|vacances)", r"de vacaciones",
    r"met (?:vakantie|verlof)", r"op vakantie",
)  # fmt: skip

_WRONG_PERSON = _any(
    r"(?:different|another|new) (?:field|industry|line of work|business|sector)(?: now)?", r"^try (?!me|us|again|it|this|in|after|next)\w+(?=,|\.|!)", r"i'd go through (?:them|him|her|\w+)", r"have me confused(?: \w+)?", r"(?:confus\w*|mistak\w*|mistook|mixed) (?:me|us)(?: up)? (?:with|for)(?: \w+)?", r"best to ask(?: \w+){0,2}", r"no idea why you(?: \w+)?",
    r"(?:haven't|have not) (?:been|worked) (?:there|at|with|for|in)(?: \w+){0,2}", r"(?:i've|i have) moved on", r"(?:isn't|not) (?:my|mine)(?: \w+)?", r"(?:richten|schicken|senden) sie (?:\w+ ){0,3}an (?:den|die|das|unser\w*|herrn|frau)(?: \w+)?", r"(?:die firma|das unternehmen) verlassen", r"(?:voir|faut voir|voyez|adressez) (?:ça |cela )?avec(?: \w+){0,3}",
    r"(?:lo|la) (?:ve|lleva|maneja|gestiona)(?: \w+)?", r"met pensioen", r"(?:en|à la|in) (?:retraite|rente|pension)", r"(?:em|en) jubil\w+", r"im ruhestand",
    r"not me(?=\W*$)", r"(?:that's|it's|this is|that is|is|are|gets) (?:handled|managed|decided|run|dealt with|looked after|covered|owned) (?:by|at|in|elsewhere)(?: \w+){0,2}",
    r"the wrong (?!time|timing|moment|way|end|idea|impression|foot)\w+", r"not (?:really|actually|exactly) (?:my|our) (?:\w+)",
    r"(?:i'd|i would|i|we|we'd) (?:suggest|recommend|advise) (?:contact|speak|talk|ask|try|reach|approach|writ)\w*(?: \w+)?",
    r"(?:don't|do not|can't|cannot) (?:make|take) (?:those|these|such|that|the|any|this) (?:\w+ )?(?:decision|call|purchase)s?", r"no (?:say|influence|authority) (?:in|over|on|there)(?: \w+)?",
    r"(?:he|she|they) (?:leads?|runs?|owns?|handles?|manages?|heads?|oversees?|covers?|decides?|takes?)(?: \w+)?", r"\w+ (?:runs|handles|owns|leads|covers|oversees|manages) (?:that|this|it|these|those|such)(?: \w+)?",
    r"(?:changed|switched|left) (?:jobs?|roles?|companies|employers?|the (?:company|business|firm))", r"(?:role|job|position) has changed", r"no longer (?:with|at|in|concerns?|part|involved|responsible|my|mine)(?: \w+)?",
    r"sold (?:the|my|our) (?:business|company|firm|shop)", r"(?:please )?(?:direct|address|submit|forward|send) (?:this|it|these|such \w+|your \w+) to (?!me|us|my)\w+", r"(?<=[.!] )ask (?!me|us|you|again)\w+(?=[.!]?$)",
    r"nicht (?:in |zu )?mein\w* (?:bereich|thema|zuständigkeit\w*|aufgabe\w*|abteilung)", r"kümmer(?:t|n) sich", r"nicht mehr (?:im|in der|bei der|bei) (?:\w+ )?(?:unternehmen|firma|tätig)", r"(?:ist|wäre) (?:herr|frau|kollege|kollegin) \w+",
    r"pas moi(?: qui)?", r"(?:j'ai|ai) quitté", r"ne (?:gère|travaille) (?:pas|plus)", r"(?:eso|esto|ello) (?:lo|se) (?:lleva|encarga|ocupa|gestiona)\w*", r"(?:dejé|he dejado|he cambiado)(?: \w+)?", r"no (?:me encargo|es mi (?:área|departamento|tema))",
    r"niet mijn (?:afdeling|werk|terrein|pakkie)", r"(?:dat|daar) (?:regelt|doet|gaat) (?!het)\w+", r"(?:mijn|onze) collega",
    r"(?:not|n't|hardly) (?:really |quite )?(?:the|a) (?:right|correct|best|appropriate) (?:person|contact|guy|one|addressee)(?: \w+){0,2}",
    r"wrong (?:person|guy|man|woman|lady|contact|number|department|team|address)",
    r"(?:no longer|don't|do not|not) (?:work(?:ing)?|employed|employ) (?:\w+ )?(?:there|here|at|for|in)(?: \w+)?",
    r"(?:i|i've|i have) (?:already |since )?(?:left|moved|retired|resigned)(?: \w+){0,3}", r"(?:am|i'm) retired",
    r"(?:don't|do not|no longer|not) (?:handle|manage|deal with|look after|cover|decide|own|run)(?: \w+){0,3}",
    r"not (?:my|in my|within my) (?:area|department|field|remit|call|responsibility|job|decision|world|team|scope|topic)",
    r"(?:not|n't)(?: something)? (?:i'm|i am|me|mine)? ?(?:responsible|in charge)(?: \w+)?", r"not responsible", r"not the one",
    r"(?:isn't|not) something i'm responsible for", r"above my pay ?grade", r"nothing to do with", r"just an? intern",
    r"(?:speak|talk|write|reach out|get in touch) (?:to|with|out to) (?!me|us|you|them|again)(?:\w+ ){0,4}(?:in|at|from|our|my|instead)?",
    r"you (?:should|want|need|mean|must)(?: to)? (?:speak|talk|contact|reach|write|ask|find|my namesake|someone)(?: \w+){0,3}",
    r"you want someone", r"(?:contact|try|ask|see) (?:our|my|the) (?!\w+ again)(?:\w+ ){0,2}(?:department|team|head|director|manager|cfo|ceo|cto|coo|hr|colleague)",
    r"(?:my|our) (?:colleague|boss|manager|director|head|cfo|ceo|cto|coo|team|lead)(?: \w+){0,3} (?:handles|decides|manages|deals|looks after|takes care|is responsible|is in charge)",
    r"(?:handles|decides on|deals with|looks after|takes care of|is responsible for|is in charge of) (?:this|that|these|those|it|all)",
    r"(?:passed|forwarded|handed) (?:this|it|your \w+)(?: \w+)? to (?:our|my|the) (?!team for info)(?:\w+ ){0,2}(?:lead|head|manager|director|colleague|department)",
    r"that (?:would|will) be (?!great|good|nice|fine|helpful|lovely|perfect|ok|okay|cool|interesting|awesome|wonderful|too|a |the )\w+",
    r"(?:made|taken|decided) (?:at|by) (?:group|head|corporate|our|the)(?: \w+)?", r"better off (?:talking|speaking|asking|with)", r"namesake",
    r"nicht (?:zuständig|der richtige|die richtige|verantwortlich)", r"falsche[rn]? (?:ansprechpartner\w*|person|adresse)",
    r"wenden sie sich (?:bitte )?an", r"(?:arbeite|bin) nicht mehr (?:\w+ )?(?:bei|dort|da|in|für)",
    r"pas la bonne personne", r"ne m'occupe (?:plus|pas)", r"(?:ne travaille|suis) plus (?:\w+ )?(?:chez|là|dans|pour|ici)",
    r"(?:contactez|voyez) (?:plutôt|avec)", r"adressez-vous",
    r"no soy (?:la persona|el|la) (?:\w+)", r"ya no trabajo", r"(?:habla|hable|contacta|contacte) con",
    r"niet de juiste (?:persoon|contactpersoon)", r"(?:werk|zit) (?:\w+ )?niet meer", r"ga ik niet over", r"moet je (?:bij|niet bij)",
    r"je moet bij", r"verkeerde persoon",
)  # fmt: skip
_WRONG_PERSON_NOT = _any(r"not the wrong (?:person|guy)", r"i(?:'m| am) the right (?:person|contact)", r"speak to me")

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|easter|christmas|the holidays|the new year|year[ -]end|q[1-4]|h[12])"
_SPAN = r"(?:week|month|quarter|year|semester)s?"
_AGAIN = _any(
    r"check in with (?:me|us)(?: \w+)?", r"remind me", r"(?:talk|speak|connect|chat) (?:then|later|after)(?=\W|$)", r"postpone", rf"(?:try|until|till|before|around|after|by) (?:\w+ )?(?:{_MONTH}|{_SEASON}|black friday|thanksgiving|new year|the summer|the holidays|year end|next (?:week|month|quarter|year))", r"(?:peak|busy|high|audit) season", r"(?:before|once|until|after|when) our(?: \w+){1,4}", r"(?:for|in) next (?:year|quarter|season)(?=\W*$)", r"not this (?:year|quarter|month)",
    r"relancez[- ](?:moi|nous)", r"(?:hablamos|hablemos|contáctame|escríbeme) (?:en|después|más)(?: \w+)?", r"na de (?:kerst|zomer|vakantie|feestdagen)", r"in einem (?:halben )?(?:jahr|monat|quartal)", r"vielleicht im \w+", r"komt (?:nu|even) niet uit", r"best to wait(?: \w+)?", r"let's see in(?: \w+)?",
    r"keep (?:me|us) (?:posted|in mind|updated|in the loop)", r"(?:wait|hold off|leave (?:it|this|that))(?: \w+){0,2} (?:for|until|till|after)(?: \w+){0,3}", r"i(?:'ll| will) (?:come|get|circle) back(?: to you)?", r"get in touch (?:again )?(?:once|when|after|in|later)(?: \w+)?",
    r"premature", r"too (?:early|soon)(?: \w+)?", r"next (?:budget|fiscal|financial|planning)(?: \w+)?", r"20[2-9]\d (?:planning|budget|plan)", r"(?:an|some) ?other time", r"(?:hiring|budget|spending) freeze",
    rf"(?:{_MONTH}|{_SEASON}|next \w+) (?:works|would be|is|might be|suits)(?: \w+)? better", r"(?:the )?(?:second|first) half(?: of)?", r"in (?:a|about a|the next) (?:month|year|quarter|while|bit)(?: or (?:so|two))?", r"when we(?:'re| are| get| have| reach)(?: \w+){1,4}", r"(?:see|again) after(?: \w+){1,3}",
    r"(?:nicht|erst) (?:vor|nach|ab|wieder im) \w+", r"(?:im|zum|nach) (?:neuen jahr|frühjahr|sommer|herbst|winter|ostern|jahreswechsel)", r"noch einmal an\w+", r"(?:noch zu|zu) früh", r"l'an prochain", r"(?:au printemps|à l'automne|à la rentrée|on verra)", r"trop tôt", r"después (?:del|de) \w+", r"te vroeg", r"na de (?:zomer|vakantie)", r"later dit jaar",
    rf"(?:reach out|come back|check back|circle back|ping|try|write|contact|ask|call|message|follow up|drop me a line|touch base|get back to me|talk|reconnect|revisit|pick this up)(?: \w+){{0,5}} (?:in|after|by|from|around|until|till) (?:the |early |late |mid |end of |a |an |\w+ )?(?:{_MONTH}|{_SEASON}|{_SPAN}|few|couple)",
    r"(?:circle|check) back", r"(?:try|ask|ping|contact|reach out to|write|message) (?:me|us) (?:again|later|in|after)",
    r"reach out (?:to \w+ )?again", r"let's (?:reconnect|revisit|pick this up|park|talk (?:then|when|again|after|later|once))(?: \w+)?",
    r"(?:revisit|reconnect|park)(?: \w+){0,2}(?: in| when| after| then)?", r"drop me a line in", r"down the (?:road|line|track)",
    r"hold (?:that thought|off)", r"let me get back to you (?:once|when|after|in|next)",
    rf"(?:until|till|before|once|after|in) (?:\w+ ){{0,2}}(?:{_MONTH}|q[1-4]|h[12]|next {_SPAN})(?! ?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))",
    rf"(?:maybe|perhaps|possibly|probably|more likely)(?: \w+){{0,3}} (?:next|later|in|after) (?:\w+ ){{0,3}}?(?:{_SPAN}|{_MONTH}|{_SEASON}|this {_SPAN})",
    rf"(?:in|after) (?:a )?(?:few|couple(?: of)?|two|three|four|six|\d+) {_SPAN}", r"(?:end|start|beginning|middle) of (?:the )?(?:q[1-4]|h[12]|year|quarter)",
    r"once (?:the|we|our|i|things)(?: \w+){1,4}", rf"next (?:{_SPAN}) (?:maybe|perhaps)", r"maybe (?:later|next \w+)", rf"later (?:this|in the) {_SPAN}",
    r"try me again", r"when things (?:calm|settle|slow)(?: down)?", r"after the (?:summer|holidays|break|new year|audit)", r"not before",
    r"give it (?:until|till|a few)", r"in (?:h|q)[1-4]", r"in the new year", r"in the future",
    r"(?:melden|kommen|schreiben) sie sich (?:\w+ ){0,4}(?:im|in|nach|wieder|noch)", r"nächste[sn]? (?:jahr|quartal|monat)(?! \w*(?:telefon|treff))",
    r"revenez vers", r"(?:l'année|le mois|le trimestre) prochaine?", r"recontactez", r"plus tard",
    r"más (?:adelante|tarde)", r"(?:escríbe|escriba|contácte|llám)\w+ en \w+", r"el (?:próximo|año que viene|mes que viene)\w*",
    r"volgend (?:jaar|kwartaal|najaar|voorjaar)", r"probeer (?:het|me)(?: \w+){0,3} (?:in|later|nog)", r"(?:misschien )?later",
)  # fmt: skip
_REFUSAL_IN_AGAIN = _any(r"no (?:plans|intention)", r"decided against")
_NOT_NOW = _any(
    r"not (?:yet|just yet|at present|at the moment|this (?:year|quarter|month|week))", r"passt (?:es |mir |uns )?(?:\w+ ){0,2}nicht(?! zu)", r"pas (?:le|un) (?:bon )?moment", r"nu midden in", r"(?:too much|a lot) on (?:my|our) (?:plate|hands)", r"(?:flat out|slammed|underwater|firefighting)",
    r"not (?:right )?now", r"not just now", r"(?:bad|wrong|not (?:a|the) (?:good|right|best|great)) (?:time|timing|moment)",
    r"tim(?:e|ing) (?:isn't|is not|'s not|is)(?: \w+)? (?:great|right|good|ideal|off|bad|wrong|best|poor)", r"(?:too|very|quite|super|extremely|really|so) busy",
    r"swamped", r"heads[ -]down", r"snowed under", r"not a priority(?: \w+){0,3}", r"(?:no|don't have|haven't) (?:the )?(?:time|bandwidth|capacity)(?: \w+){0,2}",
    r"frozen", r"on hold", r"budget (?:\w+ ){0,4}(?:spent|gone|allocated|frozen|closed)", r"no budget (?:this|until|left|for this)",
    r"not (?:at )?(?:the|this) (?:moment|stage|point)(?=\W*(?:thank\w*|thx|sorry|\w+)?\W*$)",
    r"(?:im moment|derzeit|momentan|aktuell|gerade) (?:\w+ )?(?:nicht|keine? (?:zeit|kapazität\w*|budget))", r"keine zeit",
    r"pas (?:pour le moment|maintenant|tout de suite)", r"pas le (?:bon )?(?:moment|temps)", r"débordée?",
    r"(?:ahora|por ahora|de momento|en este momento) no", r"no (?:es (?:un )?buen momento|tengo tiempo|tenemos presupuesto)",
    r"nu (?:even )?niet", r"op dit moment (?:niet|geen (?:tijd|budget))", r"geen tijd",
)  # fmt: skip

_REFUSAL = _any(
    r"(?:give|giving) (?:this|it)(?: one)? a miss", r"(?:current|existing|present) (?:\w+ )?(?:setup|solution|provider|supplier|vendor|tool|system|partner|process|agency) (?:works?|is|does|serves?)(?: \w+)?", r"not how (?:we|i)(?: \w+)?", r"(?:nothing|not anything|little) (?:for|of interest)(?: \w+)?", r"exclusive (?:agreement|contract|deal|partner\w*)", r"(?:not|n't|un)\w* ?(?:persuaded|convinced|tempted|sold)", r"(?:won't|will not|would not|wouldn't|never) (?:do|buy|use|consider|try|go)(?: \w+){0,3}", r"never give up",
    r"(?:do not|don't|never) work with (?:external|outside|recruiters|agencies|cold|third)(?: \w+)?", r"(?:my|our) \w+(?:, my \w+)?.{0,30} wrong in one(?: \w+)?", r"[.!?] no(?=\W*$)", r"(?:machen|können|lösen|erledigen) (?:wir )?(?:das |es )?(?:wir )?(?:selbst|selber|intern)", r"absag\w+", r"(?:no|nicht|niet|pas) (?:\w+ )?(?:buscando|auf der suche|op zoek|en recherche)(?: \w+)?", r"niet naar op zoek", r"not what (?:we|i)(?: \w+)?",
    r"(?:have|got|have got) (?:this|that|it|everything|someone|somebody|that side)(?: \w+)? (?:covered|sorted|in place|already|handled|under control)", r"not for (?:me|us|our \w+)", r"(?:a|it's|that's|is a) (?:\w+ )?no (?:from|for) (?:us|me|my)(?: \w+)?",
    r"(?:don't|do not|can't|cannot|fail to) see (?:the|a|any|how|why|us|where)(?: \w+)?", r"(?:stay|stick|staying|sticking) with (?:our|what|the|them)(?: \w+)?", r"built (?:our|my) own", r"does(?:n't| not) (?:match|fit|apply|suit|make sense|interest)(?: \w+)?",
    r"why would (?:we|i|anyone) (?:need|want|ever|buy)(?: \w+)?", r"(?:is this|this is|must be) (?:a |some |some kind of )?joke", r"bravo", r"(?:identical|generic|automated|templated?|copy[- ]pasted?|mass|canned) (?:\w+ )?(?:message|e?mail|pitch|text)s?", r"clearly (?:haven't|didn't|have not|did not|never|no)(?: \w+)?", r"ai[- ](?:message|generated|slop|written)",
    r"i'm good(?=\W*(?:thanks?|thx|$))", r"(?:we|i)(?:'ll| will) (?:stay|stick|keep)(?: \w+){0,3}",
    r"kein(?:e)? (?:thema|grund|notwendigkeit)", r"(?:bereits|schon|sehr|rundum) (?:mit \w+ \w+ )?zufrieden", r"nichts für (?:uns|mich)", r"passt (?:leider )?nicht zu", r"pas pour (?:nous|moi)", r"ne (?:nous |m'|me )?(?:intéresse|concerne|correspond|convient) pas", r"sans façon",
    r"no (?:nos|me) (?:hace falta|sirve|encaja|conviene)", r"no es para (?:nosotros|mí)", r"ya (?:trabajamos|contamos)", r"(?:geen|niet) (?:\w+ )?(?:behoefte|interesse|nodig)", r"niet(?:s)? voor (?:ons|mij)", r"hoeft niet",
    r"(?:not|n't|never|hardly|neither|nor) (?:\w+ ){0,4}?interest(?:ed|ing)?(?: \w+)?", r"no interest(?: \w+)?", r"(?:can't|cannot|couldn't) say (?:i'm|we're|i am|we are|that) .{0,20}interested", r"uninterested", r"disinterested",
    r"(?:no|not),? thank(?:s| you)", r"thanks,? but no(?: thanks)?", r"sorry,? (?:but )?no", r"(?:we're|we are|i'm|i am|all) (?:all )?(?:set|good|covered|sorted|fine|happy)(?=\W*(?:thank\w*|thx|but|here|for now|as|with|$))",
    r"all set", r"(?:i'll|i will|we'll|have to|gonna|going to|hard) (?:\w+ )?(?:pass|decline)", r"(?:i|we) (?:must |will )?decline",
    r"(?:isn't|not|n't) (?:really |very |particularly |quite |something )?(?:relevant|applicable|for (?:me|us)|a (?:good )?(?:fit|match)|of (?:use|interest|value)|what we)(?: \w+)?",
    r"(?:we|i) (?:don't|do not|never) (?:outsource|use|buy|accept|take)(?: \w+)?", r"(?:isn't|not|n't|don't) (?:something )?(?:\w+ )?(?:need|want|require)(?: \w+){0,2}", r"no (?:need|use|demand|requirement)(?: \w+)?",
    r"(?:already|currently) (?:have|use|using|work|working|got|covered|partnered)(?: \w+){0,3}", r"happy with (?:them|our|what|the)(?: \w+)?",
    r"(?:not|n't|no longer) (?:\w+ )?(?:look(?:ing)?|hiring|recruiting|searching|in the market|outsource|outsourcing|buying|convinced)(?: \w+)?", r"no (?:plans|intention)",
    r"in[ -]house", r"decided against", r"not going to (?:happen|work)", r"count (?:me|us) out", r"(?:no|not any) (?:budget|thanks)",
    r"(?:another|one more|yet another) (?:sales|pitch|bot|ai|cold|generic|template)(?: \w+)?", r"just what (?:i|we) (?:needed|wanted)", r"how (?:original|creative|thoughtful)",
    r"kein(?:en|e)? (?:interesse|bedarf|verwendung)", r"(?:leider )?(?:nicht|kaum) interess\w+", r"nein,? (?:vielen )?danke", r"brauchen wir nicht", r"(?:gut|bereits) (?:versorgt|aufgestellt|abgedeckt)",
    r"non,? merci", r"pas (?:\w+ )?(?:intéress\w+|besoin|concernée?s?)", r"déjà (?:un|une|notre) \w+", r"ne (?:nous |m')?intéresse pas",
    r"no,? gracias", r"no (?:me|nos) interesa", r"no (?:estoy|estamos) interesad\w+", r"no (?:lo )?necesit\w+", r"ya tenemos",
    r"nee,? (?:dank|bedankt)\w*", r"(?:geen|niet) (?:interesse|behoefte|geïnteresseerd|nodig)", r"(?:al|reeds) (?:voorzien|geregeld)",
)  # fmt: skip
_REFUSAL_NOT = _any(
    r"why not", r"not (?:only|just) interest\w+", r"(?:can't|couldn't) wait", r"no need to (?:apologi[sz]e|explain|ask)"
)

_INTEREST = _any(
    r"book me(?: in)?", r"(?:i'm|i am|we're|we are|am|colou?r me) (?:\w+ )?(?:intrigued|tempted|all ears|sold|game|curious|on board)", r"(?:we|you and i) should (?:talk|meet|speak|chat|connect)", r"(?:i'd|i would|we'd|we would) (?:\w+ )?(?:welcome|appreciate|enjoy|value)(?: \w+){0,2}", r"you win", r"(?:could|might|may) be a (?:\w+ )?(?:match|fit)", r"give (?:me|us) a (?:shout|call|ring|bell|buzz)", r"see it in action", r"exactly the (?:sort|kind|type)(?: \w+)?", r"half an hour(?: \w+)?",
    r"passt (?:ihnen|dir|euch)(?: \w+)?", r"hört sich (?:\w+ )?gut an", r"rufen sie (?:mich|uns)(?: \w+)?", r"pourquoi pas", r"(?:en |peut en )(?:discuter|parler)(?: \w+)?", r"(?:me|nos) gustaría(?: \w+)?", r"(?:prima|goed|leuk) idee", r"(?:een )?offerte(?: \w+)?",
    r"(?:could|can|might|would|will|may) be (?:\w+ )?(?:useful|helpful|interesting|relevant|great|good|nice|valuable|of interest|worth)(?: \w+){0,2}", r"(?:i|we) (?:really |do |quite )?(?:like|love) (?:the|this|your|that|it|what)(?: \w+)?",
    r"(?:share|give me|send|mail|what's|what is|drop me) (?:me )?(?:your |the |some |a )?(?:availability|calendar|times|slots|link|price list|pricing|details|brochure|examples|deck|proposal|quote)", r"find (?:a |some |us )?(?:slot|time)", r"(?:mail|e-?mail|ring|phone|text) me(?: \w+){0,2}", r"fire away", r"you have (?:\w+) min\w*",
    r"yes,? we(?:'re| are)(?: \w+)?", r"actually (?:need|looking for|could use)(?: \w+)?", r"(?:can|could|shall|should) we (?:do|speak|talk|have|hop|meet|set|schedule|arrange|chat|find|discuss)(?: \w+){0,3}", r"what does your (?:week|calendar|diary|schedule|day)", r"(?:definitely|very|highly|super|quite) (?:relevant|interesting|timely)", r"good timing",
    r"volontiers", r"quand (?:seriez|êtes|pouvons|serait)(?:[- ]\w+)?", r"(?:wann|könn(?:en|ten) (?:wir|sie)) (?:\w+ ){0,4}(?:zeit|telefonieren|sprechen|treffen|schicken|senden)", r"(?:sehr|echt|wirklich) (?:interessant|spannend)", r"(?:mánd|mand|llám|llam)\w*(?:me|nos)", r"(?:lijkt|klinkt) (?:me |ons )?(?:leuk|goed|interessant)", r"zullen we (?:\w+ ){0,3}(?:bellen|afspreken|praten|spreken)",
    r"(?:i'm|i am|we're|we are|am|be|very|quite|definitely|really|also|would be|might be|could be) (?:\w+ )?interested(?: \w+)?", r"^interested", r"count me in", r"got my (?:attention|interest)",
    r"(?:sounds|looks|seems) (?:\w+ )?(?:good|great|interesting|promising|relevant|perfect|useful|fun|amazing|like a plan)", r"let's (?:talk|chat|meet|speak|do|set|schedule|book|connect|hop|jump|discuss|find)(?: \w+){0,2}",
    r"(?:i'd|i would|we'd|we would|i'll|would) (?:\w+ )?(?:love|like|be (?:open|happy|keen|glad|up)) (?:to|for)(?: \w+)?", r"(?:happy|keen|glad|curious|open|eager|up) (?:to|for) (?!(?:connect|be (?:connected|in touch)|help|have connected)\b)\w+(?: \w+)?",
    r"(?:send|share|forward|shoot)(?: it| them| this)? (?:me|us|over|through|along|across)(?: \w+){0,3}", r"send (?:your|an invite|the|some|more|details|info\w*)(?: \w+)?", r"tell me more", r"(?:more|further) (?:info\w*|details)",
    r"(?:call|ring|phone) me(?: \w+)?", r"(?:my|here's my|here is my) (?:calendar|number|cell|mobile|phone|direct line)", r"calendly", r"(?:set|setting) up (?:a|some)(?: \w+)?", r"(?:schedule|book|arrange) (?:a|some|something|20|30|15|an)(?: \w+)?",
    r"(?:works|suits) (?:for )?(?:me|us)", r"when (?:are you|can we|could we|would you be|do you have)(?: \w+)?", r"yes,? (?:please|let's|i|we|sure|that|send|of course|absolutely|sounds|it would)", r"(?:yep|yeah|sure),? (?:send|let's|why not|go|that|happy|thing)(?: \w+)?",
    r"exactly what (?:i|we)", r"(?:great|perfect|good|timely) timing", r"this is timely", r"i have (?:\d+|some|a few) min\w*", r"^why not", r"(?:go ahead|please do)",
    r"(?:gerne|gern)(?!\w)(?! vernetz)", r"klingt (?:\w+ )?(?:gut|interessant|spannend)", r"(?:bin|sind|wären|wäre) (?:\w+ )?(?:sehr )?interessiert", r"(?:schicken|senden|rufen) sie", r"lassen sie uns",
    r"avec plaisir", r"(?:ça|cela) (?:m'|nous )intéresse", r"(?:je suis|nous sommes) (?:\w+ )?intéress\w+", r"envoyez[- ](?:moi|nous)", r"(?:appelez|appeler) ",
    r"(?:me|nos) interesa", r"suena (?:bien|interesante)", r"env[ií]a(?:me|nos)?\w*", r"podemos (?:hablar|vernos|quedar)", r"(?:claro|por supuesto)(?: que sí)?,", r"encantad[oa]",
    r"(?:ja,? )?graag", r"stuur (?:maar|me|het)", r"(?:interessant|klinkt goed)", r"past (?:me |ons )?(?:goed|prima)",
)  # fmt: skip
_INTEREST_NOT = _any(r"graag niet", r"happy to (?:connect|be connected|be in touch)(?=\W*$)")

_QUESTION = _any(
    r"(?:would|does|do|did|is|are|can|could|will|has|have) (?:this|it|you|that|there|your|the|these|they) \w+",
    r"(?:how|what|which|who|where|why|when)(?:'s| is| are| do| does| did| would| will| can| exactly| much| many| long| have| has)(?: \w+){0,4}",
    r"(?:can|could|would|may|might) (?:you|i) (?:\w+ )?(?:explain|ask|tell|clarify|elaborate|know|confirm)(?: \w+)?", r"i don't (?:understand|get|follow)", r"not sure (?:what|i understand)",
    r"(?:was|wie|wer|woher|welche\w?|warum|wo) (?:\w+)", r"(?:combien|pourquoi|comment|quels?|quelles?|c'est quoi)(?: \w+)?", r"(?:cuánto|cómo|qué|quién|dónde|por qué|cuál)(?: \w+)?", r"(?:wat|hoe|wie|waarom|welke|waar) (?:\w+)",
)  # fmt: skip
_MARK = re.compile(r"[\w)\"'%€$] ?\?")

RULES: tuple[Rule, ...] = (
    Rule(ReplyClass.OPT_OUT, _OPT_OUT, _OPT_OUT_NOT),
    Rule(ReplyClass.OUT_OF_OFFICE, _AUTOMATIC, _ACTS),
    Rule(ReplyClass.OUT_OF_OFFICE, _AWAY, _ACTS),
    Rule(ReplyClass.WRONG_PERSON, _WRONG_PERSON, _WRONG_PERSON_NOT),
    Rule(ReplyClass.LATER, _AGAIN, _REFUSAL_IN_AGAIN),
    Rule(ReplyClass.NOT_INTERESTED, _REFUSAL, _REFUSAL_NOT),
    Rule(ReplyClass.LATER, _NOT_NOW),
    Rule(ReplyClass.INTERESTED, _INTEREST, _INTEREST_NOT),
    Rule(ReplyClass.QUESTION, _MARK),
    Rule(ReplyClass.QUESTION, re.compile(r"^" + _QUESTION.pattern)),
)


def classify_reply(text: str) -> Classified:
    """Classify a reply by all rules."""
    return classify(text, WHOLE, RULES)
