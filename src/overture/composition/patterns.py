"""What no message may be built on: sentences that are refused, and praise that is left out."""

import re

from overture.composition.anycase import AnyCase
from overture.composition.grammar import article

_REFUSED_PARTS: dict[str, str] = {
    "link": r"(?i:h(?:tt|xx)ps?:|www\.|\w@\w|(?<!\w)@\w|\b[\w-]+\.(?:com|org|net|io|ai|co|uk|de|edu|gov|"
    r"example|app|dev|info|biz|"
    r"xyz|shop|site|online|store|link|click|top|ru|cn|me|gg|ly|to)\b|\b[\w-]+ ?[\[(]?(?:\.|\bdot\b)[\])]? ?(?:com|"
    r"example|net|org|io)\b|"
    r"\[\.\]|\b(?:bit\.ly|t\.me|wa\.me)\b|\b(?:dm|text|whatsapp|telegram|message|e-?mail) (?:us|me)\b|"
    r"\b(?:on|via) (?:telegram|whatsapp|signal) (?:at|as|under)\b)",
    "phone": r"(?=[+(\d])(?:\+\d[\d\s().-]{7,}|\(?\d{3}\)?[\s.-]\d{3}[\s.-]?\d{4}|\b\d{5,}[\s-]\d{3,})",
    "money": r"[$€£¥₹]|\b(?:USD|EUR|GBP|dollars?|euros?|pounds sterling)\b",
    "promotion": r"(?i:\b(?:\d+\s?% off|discount\w*|bargains?|pric(?:es?|ed|ing)|save \d+|coupons?|promo|sale ends|"
    r"limited time|free "
    r"(?:quote|trial|estimate|shipping|"
    r"consultation|demo)|save up to|for free|free of charge|special offers?|specials|deals?|cheap(?:er|est)?|lowest|"
    r"low-cost|"
    r"affordab\w+|gift cards?|black friday|now only|money[- ]back|no obligation)\b)",
    "superlative": r"(?i:(?:#\s?1|\bno\. ?1|\bnumber one)\b|\b(?:best\b|greatest|finest|largest|biggest|fastest|"
    r"strongest|"
    r"smartest|easiest|highest|coolest|safest|newest|latest and|world'?s|only company|first[- ]choice|unrivall?ed|"
    r"unmatched|unparalleled|unbeatable|unsurpassed|second to none|ultimate|perfect\w*|exceptional\w*|extraordinary|"
    r"outstanding|"
    r"amazing\w*|awesome|incredibl[ey]|fantastic|superb|superior|stunning|magical?|revolutionary|game[- ]chang\w+|"
    r"dream|peace[- ]of[- ]mind|hassle|stress[- ]free|worry|passion\w*|proud\w*|pride|love[sd]?|thrilled|excited|"
    r"excellence|"
    r"award[- ]winning|top (?!\d)|top \d+ (?!\w+s\b)|exclusive (?!of)|go-to|like no other|one[- ]stop|next level|"
    r"guarantee\w*|most "
    r"(?!of\b)\w+|no one else|nobody "
    r"else|the future|deeper|even more|quick and easy|fast and easy|easy and))",
    "slogan": r"(?i:\b(?:not just|more than just|isn'?t just|don'?t just|whatever you|everything you need|anything "
    r"you|"
    r"all you need|no matter|say goodbye|look no further|we'?ve got you|we understand|we know (?:that|how)|we "
    r"believe|"
    r"committed to|dedicated to|strives?|commitment|mission|vision|at the heart|when it comes to|in today'?s|"
    r"ever-\w+|"
    r"unlock\w*|unleash\w*|supercharge\w*|elevat\w+|empower\w*|transformative|synerg\w+|journey|thrive\w*|delight\w*|"
    r"experience the|difference|heart of|bring\w* .* to life|breath of|the power of|soul|spirit of|stand out|shine|"
    r"happy|"
    r"happiness|"
    r"fun|exciting|beautiful\w*|gorgeous|success story|successful\w*|success|satisfaction|confidence|confident\w*|"
    r"trusted|"
    r"wow|vibrant|every angle|complex challenges|as possible|what'?s (?:next|possible)|goals?|potential|competitive "
    r"(?:edge|advantage)|results?-driven|bottom line|"
    r"above and beyond|high(?:er)? standards?|solid foundations?|strong \w* ?foundations?|low-pressure|complexity|"
    r"favou?rite|makes? sure|(?:you|customers|clients) covered|must-have|"
    r"informed decisions?|beyond boundaries|"
    r"immediate value|"
    r"to the next|move forward|to the edge|fearless\w*|"
    r"100% transparency|"
    r"transform\w* your (?:business|life)|healthy relationship|lasting relationship|"
    r"billionth|"
    r"toughest|tough problems|on the same page|grow(?:ing)? your business|like family|extension of|way forward|"
    r"one step|"
    r"hard work|deep dives?|already there|what matters|real impact|measurable impact|stay ahead|future-proof\w*))",
    "call to action": r"(?i:\b(?:watch (?:a|the|our) (?:demo|video)|click|"
    r"sign up|log ?in|sign in|subscribe|contact us|call us|call now|get in touch|"
    r"(?:book|schedule|request|arrange) an? (?:[\w-]+ ){0,4}(?:demo|call|consultation|assessment|meeting|tour|"
    r"appointment|visit|quote|chat|session|strategy)\b|learn more|read more|find out|(?<!can )book (?:now|a|your)|"
    r"join (?:us|now|the|millions)|(?<!can )download|"
    r"visit (?:our|the)|see "
    r"how|"
    r"get started|request a|talk to (?:us|our|an)|follow us|watch (?:now|the video)|feel free|don'?t hesitate|"
    r"reach out|please|stay tuned|shop now|buy now|add to cart|try it|view all|enrol\w* now|register now|apply now|"
    r"scroll|tap|give us|let us|let'?s|ask us|check out|hear from))",
    "legal": r"(?i:©|\b(?:copyright|all rights reserved|cookies?|privacy|terms (?:of|and)|disclaimer|gdpr|"
    r"trademarks?|"
    r"registered in|vat (?:no|number)|liable|liability|subject to|not responsible|third[- ]part(?:y|ies)|warrant\w+|"
    r"jurisdiction|licensed by|underwritten|affiliat\w+|reserves? the right|prohibited|void where|fdic|finra|"
    r"hereby|pursuant|legal entity|member firms|equal opportunity|accessibility statement|data is collected|consent|"
    r"phone numbers?|e-?mail address|settings|javascript|browser|captcha|lorem ipsum))",
    "pointer": r"(?i:^(?:this|that|these|those|it|its|they|their|he|she|his|her|here|there|such|both|another|either|"
    r"neither|if|when|once|unless|until|but|and|or|so|also|then|however|moreover|additionally|furthermore|plus|"
    r"because|"
    r"although|though|yes|no|ok|step|not|why|how|what|who|where|which)\b)",
    "vague": r"(?i:\b(?:ways?|things?|lots? of|a number of|an? opportunity|opportunities|"
    r"as (?:much|many) |compare what|whatever|anything|something|everything)\b|^\w+ them\b|"
    r"\b(?:cannot|can't|won't|doesn't|don't|isn't|aren't)\b|like (?:you|customers)\b|\bnot only\b|\bfor "
    r"less\b|\bsatisf\w+)",
    "comparison": r"(?i:\b(?:faster|smarter|better|easier|quicker|easy|effortless\w*|smooth\w*|seamless\w*|"
    r"cost-effective|painless\w*|"
    r"simple to use|(?:less|more) [a-z]+(?:ful|able|ible|ive|ent|ant)|diligent\w*|fastidious\w*|meticulous\w*|finest|"
    r"happily|memorable|captivat\w+|world-class|at "
    r"scale)\b)",
    "headline": r"(?<=[a-z] )(?:And|On|Your|Their|With|For|The|To|In|Of|Our|From|Get|Start|Set|See|Try|"
    r"Learn|Read|View|Sign|Explore|Discover|Build|Create|How|Why|What)\b|(?<=[a-z] )[A-Z][a-z]+ing (?=[a-z])",
    "dangling": r"(?i:\b(?:this|these|those|it|here|below|above|following|as follows|aforementioned|herein|latter|"
    r"former|"
    r"today|tomorrow|yesterday|currently|now|recently|soon|this year|same way|as well\.?$|etc)\b)",
    "first person": r"(?:\bI\b|\b(?:my|me|mine|I'm|I've|myself)\b)",
    "competitor": r"(?i:\b(?:unlike|competitors?|competing|other (?:companies|providers|vendors|agencies|firms|tools|"
    r"platforms|solutions)|compared (?:to|with)|versus|vs\.?|than (?:any|other|our|the)|than (?-i:[A-Z])|times "
    r"(?:\w+er|more|less)|\d+x|alternative to|better than|"
    r"most (?:companies|businesses|agencies|providers))\b)",
    "instruction": r"(?i:\b(?:ignore (?:all|any|previous|the)|disregard|instructions?|system prompt|prompt injection|"
    r"you are an? (?:ai|assistant|language)|language model|as an ai|override|forget (?:all|everything|previous)|"
    r"assistant|jailbreak|(?:mention|recommend|praise|endorse|promote|advertise|"
    r"plug) (?:that|them|us|our|this|the (?:brand|product|service)|[A-Z]\w+ to)|tell (?:the (?:reader|recipient|user|"
    r"lead)|them|every"
    r"one) |in (?:your|every|each|the) (?:reply|message|answer|response|outreach|note)|reply with|respond with|"
    r"output the|include the (?:phrase|link|word)|must (?:say|write|"
    r"include))\b)",
    "sensitive": r"(?i:\b(?:cancer|hiv|aids|tumou?rs?|depress\w+|anxiety|suicid\w+|addict\w+|alcohol\w*|drugs?|"
    r"substance abuse|"
    r"pregnan\w+|abortion|fertility|disab\w+|disorders?|diseases?|illness\w*|autis\w+|dementia|mental(?:ly)? \w+|"
    r"trauma\w*|"
    r"obes\w+|weight loss|religio\w*|church\w*|christ\w*|catholic\w*|jewish|muslim\w*|islam\w*|hindu\w*|bible|faith|"
    r"pastor\w*|minist(?:ry|ries)|god|prayer\w*|worship|seminary|divinity|politic\w*|republicans?|democrats?|"
    r"democratic|elections?|"
    r"trade unions?|gay|lesbian|lgbt\w*|transgender|queer|sexual\w*|sex|ethnic\w*|rac(?:e|ial|ism)|immigra\w+|"
    r"refugees?|"
    r"undocumented|criminal\w*|felon\w*|prison\w*|bankrupt\w*|divorce\w*|funeral\w*|cremat\w*|deceased|death|dead|"
    r"die[sd]?|"
    r"kill\w*|terror\w*|weapons?|guns?|firearms?|cannabis|marijuana|cbd|casino|gambl\w+|betting|escort|porn\w*|adult"
    r"[- ]content|lay-?offs?|veterans?|military|victims?|abuse\w*|injur\w+|patients? with|symptoms?|therap\w+|"
    r"feelings|psychiatr\w*|emotional\w*)\b)",
    "outcome": r"(?i:\bup to \d|\d\s?(?:%|percent|x)\s?(?:\w+ ){0,2}(?:faster|more|less|fewer|increase|growth|"
    r"reduction|higher|"
    r"lower|better|cheaper|off|boost|roi)|\b(?:roi|return on investment)\b|\bsignificant \w+|\b(?:increase|reduce|cut|"
    r"boost|grow|improve)\w* (?:\w+ ){0,4}by \d)",
    "rating": r"(?i:\d(?:\.\d)?\s?/\s?5|\bstars?\b|★|⭐|reviews?\b|testimonials?|rated\b|ratings?\b|ranked\b|\ba\+|"
    r"accreditation from|better business|praised|recogni[sz]ed|gartner|forrester|\bidc\b|leader in|named a)",
    "markup": r"[\u200b-\u200f\u2060\ufeffÂÃ]|[{}<>|\[\]\\^~`_=*•→✓✔►»«…]|\.\.\.|&\w+;|\bN/A\b|//",
    "quotation": r"[“”\"„]|(?<!\w)['‘][A-Za-z]",
    "shouting": r"(?:\b[A-Z]{4,}\b\W+){3,}",
    "emphasis": r"[!?]",
}


def _pattern(part: str) -> AnyCase | re.Pattern[str]:
    whole = part.removeprefix("(?i:").removesuffix(")")
    try:
        return AnyCase(whole) if part.startswith("(?i:") and part.endswith(")") else re.compile(part)
    except ValueError:
        return re.compile(part)


REFUSED = {name: _pattern(part) for name, part in _REFUSED_PARTS.items()}
"""Why a sentence may not carry a claim, by the name of the reason."""

_SENDER_MAY = frozenset({"outcome", "comparison", "vague"})
"""What the sender may say of its own product: a figure it publishes itself."""

_FLUFF = (  # adjectives and adverbs that praise
    "best-in-class|world-class|leading|industry-leading|market-leading|top-rated|top-tier|top-notch|premier|"
    "cutting-edge|"
    "state-of-the-art|innovative|seamless|unique|reliable|comprehensive|robust|powerful|high-quality|top-quality|"
    "renowned|reputable|proven|great|excellent|(?<!and )(?<!data )(?<!air )(?<!water )(?<!software )(?<!service "
    ")quality|expertly|seamlessly|truly|really|simply|efficiently|"
    "effectively|quickly|easily|reliably|professionally|carefully|proudly|highly|extensive|impressive|intelligent|"
    "forward-thinking|next-generation|next-gen|groundbreaking|friendly|expert|skilled|talented|experienced|dynamic|"
    "unwavering|effortlessly|effortless|exquisite|luxurious|delicious|hassle-free|data-fueled|transformational|"
    "fully|always|also|especially|uniquely|actively|continually|constantly|typically|rigorous|compelling|meaningful"
)
_PLAIN = re.compile(r"[a-z][a-z-]*")
_FLUFF_WORDS = frozenset(re.sub(r"\(\?<!.*?\)", "", _FLUFF).split("|"))
_ADJECTIVE = (
    rf"(?:{_FLUFF}|[\w-]+(?:able|ible|ive|ful|ous|ic|al|less)|fast|simple|secure|modern|clear|safe|clean|warm|honest)"
)
_FLUFF_PAIR = re.compile(
    rf"(?<= )({_ADJECTIVE})(?:, | and | & )(?:{_FLUFF})(?= [a-z])(?! (?:and|or|of|in|at|to|for|so|but|the|as)\b)",
    re.IGNORECASE,
)
_FLUFF_FRONT = re.compile(
    rf"(?<![\w-])(?:{_FLUFF})(?:,(?= {_ADJECTIVE} )| (?:and|&)(?= {_ADJECTIVE} ))? "
    r"(?=[\w])(?!(?:of|in|at|to|for|or|and|so|but|as|than|team members)\b)",
    re.IGNORECASE,
)
_PAIR_LEFT = re.compile(r"\b(an?|the) ([\w-]+), and (?=[\w-]+ [a-z])")
_ARTICLE = re.compile(r"\b(an?)(?= ([A-Za-z]\w*))")


def why_refused(text: str, *, sender: bool = False) -> str:
    """Return the name of the first reason against the sentence, or an empty string."""
    for name, pattern in REFUSED.items():
        if sender and name in _SENDER_MAY:
            continue
        if pattern.search(text):
            return name
    return ""


_TAINTS = ("link", "phone", "instruction", "sensitive", "first person")


def is_tainted(text: str) -> bool:
    """Tell whether no part of the sentence may be used, not even one that reads clean by itself.

    A planted sentence looks like a claim up to its link, its number or its order.
    """
    return any(REFUSED[name].search(text) for name in _TAINTS)


def without_praise(text: str) -> str:
    """Leave out praising adjectives: what remains says less than the page, never more."""
    if _FLUFF_WORDS.isdisjoint(_PLAIN.findall(text.lower())):
        return text.strip()
    text = _FLUFF_PAIR.sub(r"\1", text)
    shorter = _PAIR_LEFT.sub(r"\1 \2 and ", _FLUFF_FRONT.sub("", text))
    if shorter == text:
        return text.strip()
    return _ARTICLE.sub(_right_article, shorter).strip()


def _right_article(match: re.Match[str]) -> str:
    return article(match.group(2))
