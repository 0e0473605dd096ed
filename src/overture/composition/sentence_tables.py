"""Which subjects and verbs are plain enough to trust: the tables of the sentence reader."""

import re

from overture.composition.wordlist import listed

ADJUNCT = re.compile(
    r"^(?:Whether|As an?|As the|At|With|Since|For (?:over|more than|nearly|almost)|From|Through|Founded|Based|"
    r"Located|In|"
    r"By|Using|Across|Today|Here at)\b[^.;?!]{2,140}?, (?=(?:we|our)\b)",
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
LABEL = re.compile(r"^(?:[^\w\s]+ ?)?(?:[A-Z][\w-]*(?: [\w&-]+){0,3} ?[:–—] )?(?=[A-Z])")
ADVERB = re.compile(
    r"^(?:also|always|proudly|currently|now|simply|specifically|primarily|only|regularly|then|fully|both) ",
    re.IGNORECASE,
)
FATAL = re.compile(
    r"[“”\"?{}<>]|(?:^|\s)['‘][A-Za-z]|https?:|@|\b(?:I|my|me|I'm|I've)\b|\bignore (?:all|previous|any)\b",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(?i)^(?:[a-z]+ ){0,2}(?:teams|customers|clients|users|agents|candidates|companies|employees|managers|"
    r"developers|sellers|"
    r"recruiters|patients|students|members|agencies|retailers|brands|firms|buyers|suppliers|visitors|drivers)$"
)
SENDERS_VERBS = frozenset(
    listed("close see save spend need lose know reach finish go stay sees saves spends needs loses knows goes stays")
)
SECOND_VERB = re.compile(r"\b(?:and|or|,) ([a-z]+)(?= |$)")
MODAL = ("can", "will")
ANOTHER_VOICE = re.compile(r"\b(?:us|our|ours|we|my|me|I)\b")
OFFERED = {
    "Offering": "offer",
    "Providing": "provide",
    "Serving": "serve",
    "Specializing": "specialize",
    "Specialising": "specialise",
    "Helping": "help",
    "Delivering": "deliver",
    "Manufacturing": "manufacture",
}
ADDRESSED = frozenset(
    listed(
        "build create manage track audit monitor send compare import export publish automate deploy integrate "
        "organize organise run analyze analyse generate collect"
    )
)
ONE_OF_MANY = re.compile(
    r"^the (?=(?:[\w-]+,? ){0,4}(?:platform|company|agency|software|provider|tool|app|service|marketplace|firm|"
    r"network|maker)\b)"
)
PERFECT = re.compile(
    r"(?:been \w+ing|\d|over \d|more than \d|(?:offered|served|provided|built|helped|supported|delivered|produced|"
    r"designed|"
    r"manufactured|partnered|trained|completed) )"
)
NOUN_READING = frozenset({"is", "are", "can", "of", "that", "and", "on", "at", "in"})
PREPOSITIONAL = frozenset(
    listed(
        "partner specialize specialise collaborate operate integrate connect deal help serve cater consult negotiate"
    )
)
PROMISES = frozenset(
    listed(
        "value keep take start focus apply ensure share choose receive show fit refer determine win reach pull pick "
        "place study like grow accept anticipate back bind cut follow have join land let lower own pay prevent "
        "strive turn tackle move review respond recommend"
    )
)
STATE_VERBS = listed(
    "include includes provide provides offer offers help helps allow allows enable enables let lets "
    "give gives deliver delivers create creates develop develops serve serves teach teaches combine "
    "combines connect connects integrate integrates bring brings take takes make makes keep keeps "
    "specialise specialises specialize specializes consist consists range ranges come comes last "
    "lasts contain contains cover covers run runs is are can has have work works use uses meet meets "
    "span spans manages analyzes analyses supports monitors automates"
)
STATE_VERB = re.compile(r" (" + "|".join(STATE_VERBS) + r") ")
STATED_ONLY = re.compile(
    r"^(?:is|are) (?:also |all |now |specifically )?(?:available|open|included|taught|offered|delivered|held|based "
    r"in|located|"
    r"made (?:from|of|with|in|up)|divided|provided|designed (?:for|to)|built (?:on|in|with|for)|run by|staffed|"
    r"equipped|certified|"
    r"licensed|insured|accredited|approved|free to|limited to|\d|composed|conducted|led by|hosted|issued|"
    r"conveniently located|"
    r"made available|offered in|skilled (?:at|in)|trained (?:in|to)|backed by \d|an? )"
    r"|^(?:include|includes|consist of|consists of|last|lasts|run|runs|range|ranges|come with|comes with|cover|"
    r"covers|"
    r"contain|contains|combine|combines|span|spans|serve|serves|offer|offers|provide|provides|manages?|has|have \d|"
    r"uses?|"
    r"connects?|integrates?|works? with|brings?|helps?|lets?|enables?|allows?|gives?|creates?|delivers?|supports?|"
    r"can) "
)
WEAK = re.compile(
    r"^(?:can|is an?|are an?|is \d+|are \d+|helps?|has|have|brings?|makes?|gives?|creates?|delivers?|supports?|lets?|"
    r"enables?|allows?|"
    r"serves?|combines?|manages?|uses?|connects?|integrates?|provides?|offers?)\b"
)
OPEN = re.compile(
    r"^(?:is|are) (?:also |all |now )?(?:available|open|included|taught|offered|held|made|hosted|conducted|led|"
    r"staffed|licensed|certified|"
    r"provided|located|\d+ (?:minutes|hours|weeks|days|months))|^(?:last|run|take)s? (?:for )?(?:\d|one|two|three|"
    r"four|five|six)"
)
NOT_SUBJECT = re.compile(
    r"(?i)^(?:in|on|for|with|through|by|to|as|at|from|while|after|before|during|of|using|data|businesses|companies|"
    r"people|technology|"
    r"everyone|nothing|something|one|many|most|some|any|no|good|great|typical|today|nearly|over|under|without|like|"
    r"since|whether|even|"
    r"every|each day|getting|having|being|nearly all|general|learn|see|discover|prices?|rates?|results?|unexcused|"
    r"tuition)\b|,"
)
PLURAL_OF = re.compile(r"(?:s|team|staff|people|faculty|crew|personnel|alumni)$")
