"""Which subjects and verbs are plain enough to trust: the tables of the sentence reader."""

import re

from overture.composition.wordlist import listed

ADJUNCT = re.compile(
    r"^(?:Whether|As an?|As the|At|With|Since|For (?:over|more than|nearly|almost)|From|Through|Founded|Based|"
    r"Located|In|"
    r"By|Using|Across|Today|Here at)\b[^.;?!]{2,140}?, (?=(?:we|our)\b)",
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
LABEL = re.compile(r"^(?:[^\w\s]+ ?)?(?:[A-Z][\w-]*(?: [\w&-]+){0,5} ?[:–—] )?(?=[A-Z])")
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
    "Supplying": "supply",
}
ADDRESSED = frozenset(
    listed(
        "build create manage track audit monitor send compare import export publish automate deploy integrate "
        "organize organise run analyze analyse generate collect add assign attach collaborate convert configure "
        "customize customise edit embed invite migrate sync synchronize upload personalize personalise visualize "
        "visualise sell set accept connect identify upgrade verify use"
    )
)
ADDRESSED_NOUNS = frozenset(
    listed(
        "access book capture design filter host invoice link list map measure order pay plan print record rent "
        "reserve schedule search segment share store stream switch test transfer view browse buy hire post watch play "
        "stream text call message"
    )
)
RECEIVED = frozenset(
    listed("receive get learn study attend complete earn choose take submit meet work participate pay select")
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
OPENER = re.compile(
    r"^(?:(?:are|have been) (?:also |always |very |so |now |fully |well )?(?:proud|pleased|happy|glad|able|equipped|"
    r"ready|"
    r"here|delighted|qualified|trained|licensed|certified|in business) to |(?:will|would) (?:also |then |be happy to |"
    r"gladly )?"
    r"(?!be |not |never |keep |do |get |have )|can also |are available to |are able to |continue to )(?=[a-z]+ )"
)
"""'are proud to offer', 'will inspect': what is said after it is what they do."""
PRIDE = re.compile(r"^(?:(?:pride|prides) (?:ourselves|itself) (?:on|in)|specialize in|specialise in) ([a-z]+ing)(?= )")
BEING = re.compile(
    r"(?:an? |based in |located in |open |headquartered in |licensed |certified |insured |accredited |compatible with |"
    r"available (?:in|on|at|for|to|from|as) |designed (?:for|to) |built (?:for|on|with) |made (?:of|from|in|by|up) |"
    r"owned by |run by |home to )"
)
BARE_THIRD = re.compile(r"(?:Connects|Integrates|Works|Syncs|Supports|Runs) (?:with |on )?[A-Z0-9a-z]")
DETERMINER = frozenset(
    listed("a an the your our their its you all every each any both customers clients companies businesses students")
)
NOT_OWNED = re.compile(
    r"^our (?:[\w-]+ ){0,3}(?:goals?|aims?|roles?|feeling|time|focus|fees?|prices?|rates?|philosophy|approach|mission|"
    r"vision|"
    r"values?|story|reputation|success|commitment|passion|experience|expertise|belief|motto|promise|priority|"
    r"agreements?|"
    r"pricing|proficiency|knowledge|relationships?|perspective|culture|dedication|objectives?)\b"
)
OTHERS = re.compile(
    r"\b(?:clients|customers|users|members|students|patients|graduates|alumni|guests|competitors|learners)$"
)
OTHERS_MAY = frozenset({"include", "range", "come", "are"})
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
PLAIN_VERBS = frozenset(
    listed(
        "oversees oversee enforces enforce administers administer coordinates coordinate include includes provide "
        "provides offer offers help helps allow allows enable enables let lets give gives "
        "deliver delivers create creates develop develops serve serves teach teaches combine combines connect connects "
        "integrate integrates bring brings take takes make makes keep keeps specialise specialises specialize "
        "specializes consist consists range ranges come comes last lasts contain contains cover covers run runs is are "
        "can will has have work works use uses meet meets span spans manages analyzes analyses supports monitors "
        "automates helps ensures utilize utilizes incorporate incorporates assist assists identify identifies "
        "accommodate accommodates accelerate accelerates assess assesses verify verifies evaluate evaluates pair "
        "prevents detects secures handles adapts adapt eliminates extends protects protect translates conducts conduct "
        "combine leverages leverage maintain maintains produce produces performs perform generates generate simplifies "
        "simplify optimizes optimize inspects inspect installs install repairs requires require"
    )
)
STATED_ONLY = re.compile(
    r"^(?:is|are) (?:also |all |now |specifically )?(?:available|open|included|taught|offered|delivered|held|based "
    r"in|located|"
    r"made (?:from|of|with|in|up)|divided|provided|designed (?:for|to)|built (?:on|in|with|for)|run by|staffed|"
    r"equipped|certified|"
    r"licensed|insured|accredited|approved|free to|limited to|\d|composed|conducted|led by|hosted|issued|"
    r"conveniently located|"
    r"made available|responsible for|offered in|skilled (?:at|in)|trained (?:in|to)|backed by \d|an? |compatible with|"
    r"(?:handcrafted|crafted|manufactured|produced|assembled|installed|sourced|developed|tailored|priced|sized|used|"
    r"tested|"
    r"supported|managed|operated|served|written|reviewed|created|customized|connected|distributed|delivered) "
    r"(?:by|in|on|from|with|for|to|at|across|through)|built |printed )"
    r"|^(?:include|includes|consist of|consists of|last|lasts|run|runs|range|ranges|come with|comes with|cover|"
    r"covers|"
    r"contain|contains|combine|combines|span|spans|serve|serves|offer|offers|provide|provides|manages?|has|have \d|"
    r"uses?|utilizes?|incorporates?|secures?|prevents?|detects?|handles?|requires? (?:at least|\\d)|"
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
