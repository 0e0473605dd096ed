"""What must not stand anywhere in a message: foreign links, contact data, pretended contact, sensitive matter."""

import re
import unicodedata
from functools import lru_cache

from overture.composition.patterns import REFUSED
from overture.composition.violations import Rule, Violation
from overture.composition.wordlist import listed
from overture.domain.messages import Brief, LeadDossier, MessageType, Role, Segment, Written

_LINK = re.compile(
    r"(?i)\b(?:https?|hxxps?|ftp|javascript|data|mailto|tel|file):|\bwww\.|//\w|"
    r"\b(?:[a-z0-9-]+\s?(?:\.|\[\.\]|\(\.\)))+(?:com|org|net|io|ai|co|uk|de|edu|gov|example|app|dev|eu|info|biz|ly|"
    r"xyz|site|online|shop|link|fr|ch|at|nl|us|click|top|icu|live|store|tech|cloud|page|pro|club|vip|zip|mov|ru|cn|"
    r"test|invalid|local)\b(?![.']?\w)|\b(?:t|bit|goo|tinyurl|wa|fb)\.(?:me|ly|gl)\b|"
    r"\b\w+ dot (?:com|org|net|io|co|example)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\bxn--"
)
_CONTACT = re.compile(
    r"[\w.+-]+\s?@\s?[\w-]+|(?<!\w)@\w+|\b\w+ (?:\(at\)|\[at\]) \w+|\+\d[\d\s().-]{6,}\d|"
    r"\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|"
    r"\b\d{3}[\s.-]\d{4}\b|\b0\d{2,4}[\s/-]\d{3,}\b|\b\d{9,}\b|"
    r"(?i:\b(?:telegram|whatsapp|wechat|skype|signal|discord|snapchat|instagram|insta|twitter|viber)\b ?"
    r"(?::|handle|number|username|me\b|at\b|us\b))|"
    r"(?i:\b(?:text|call|phone|ring|dm|dial) (?:me|us) (?:at|on|under)\b|\bdial \d)|"
    r"(?i:(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b[\s-]+){6,})"
)
_FAMILIAR = re.compile(
    r"(?i)\b(?:as (?:discussed|agreed|promised|mentioned (?:before|earlier|last)|we (?:said|agreed)|you (?:know|asked|"
    r"requested|said|mentioned|told))|(?:we|when we|since we|after we) (?:last )?(?:met|spoke|talked|chatted|discussed|"
    r"agreed|worked together|exchanged)|"
    r"(?:great|good|nice|lovely|pleasure|enjoyed) (?:talking|speaking|meeting|chatting|catching up|seeing you)|"
    r"(?:loved|enjoyed|read|saw|liked|watched|heard|appreciated|listened to|came across|noticed|spotted) your (?:\w+ )?"
    r"(?:post|article|comment|talk|podcast|profile|video|interview|keynote|webinar|episode|newsletter|"
    r"presentation)s?\b|"
    r"(?:saw|heard|met|noticed) you (?:at|on|speak|speaking|in)\b|your (?:recent|last|latest) (?:post|article|comment|"
    r"talk|podcast|webinar)|"
    r"our (?:mutual|common|last|recent|earlier|previous) |mutual (?:friend|contact|connection)s?|"
    r"long time no|following up on (?:our|my|your)|old friend|remember me|congrat\w*|my friend|per my last|"
    r"(?:your|a|one of your) (?:colleague|boss|manager|team ?mate|ceo)s? (?:told|suggested|recommended|said|mentioned|"
    r"asked|referred|pointed|gave)|"
    r"(?:was |were |been )?(?:referred|recommended|introduced) (?:to you )?by|"
    r"(?:suggested|recommended) (?:that )?i (?:reach|write|contact|get in)|"
    r"(?:i am|i'm|as) an? (?:happy |long[- ]time |loyal |big |paying )?(?:customer|client|user|"
    r"subscriber|follower|fan|member) of|"
    r"(?:i|we)(?: have|'ve)? (?:bought|purchased|ordered|subscribed|used) (?:from |to )?(?:you|your)\b|"
    r"as (?:a )?fellow|we(?: both)? (?:went|studied|know each other|share)|good to see you|welcome back|"
    r"thanks? (?:you )?(?:for|again for) (?:your|the) (?:call|meeting|reply|time|chat|conversation|order|purchase|"
    r"help|note|message|interest|email|visit))\b|(?i:(?:^|\n)\s*(?:re|fwd?|aw|wg)\s?:)"
)
_PERSONAL = re.compile(
    r"(?i)\byour (?:own |old |new |young |little |late )?"
    r"(?:wife|husband|spouse|partner's|kids|children|child|son|daughter|mother|father|parents|"
    r"family|age|birthday|health|salary|weight|marriage|wedding|baby|personality|religion|faith|beliefs?|ethnicity|"
    r"nationality|accent|vote|pension|retirement)\b|"
    r"\byou (?:are|seem|look|sound|must be|strike me as) (?:an? |very |really |so |clearly )*(?:young|old|"
    r"introvert\w*|extrovert\w*|ambitious|anxious|neurotic|agreeable|conscientious|lonely|stressed|tired|unhappy|"
    r"single|married|attractive|beautiful|smart|humble|shy|perfectionist)\b|\bat your age\b|\bpeople your age\b"
)
_INSTRUCTION = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|other|your|"
    r"the|"
    r"system)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|commands?|constraints?)\b|"
    r"\b(?:system|developer|hidden) ?prompt\b|\bas an? (?:ai|large) (?:language )?(?:model|assistant|agent)\b|"
    r"\byou are (?:now )?an? (?:ai|assistant|language model|chatbot)\b|\bjailbreak\w*|\bdo anything now\b|"
    r"<\|?/?(?:system|user|assistant|im_start|im_end|endoftext)\|?>|\[/?inst\]|<<sys>>|"
    r"(?:^|\n|[.!?] )\s*(?:system|assistant|developer|user)\s*:|\b(?:begin|end) (?:of )?(?:system|instructions?)\b|"
    r"\b(?:attention|note|message) (?:to|for) (?:the |all |any )?(?:ai|llms?|assistants?|language models?|bots?)\b|"
    r"\bwire (?:\$|€|£|\d|the)|\bgift cards?\b|\b(?:enter|send|share|confirm) (?:me )?your (?:password|login|"
    r"credentials|pin|bank|card)\b|\b[A-Za-z0-9+/]{40,}={0,2}"
)
_ORDERED = re.compile(
    r"(?i)\b(?:instructions?|guidelines|rules|constraints) (?:are|is|were) (?:void|cancel\w+|off|over)\b|#{2,}|"
    r"\b(?:new|updated) instructions\b|\bend of (?:page|text|prompt)\b|\byou are now [A-Z]?|"
    r"\b(?:append|print|send|reveal|include|share)\b.{0,20}\bapi keys?\b|"
    r"\b(?:begin|start|end) (?:every|each|your|the) (?:message|reply|answer|note)\b|\bin (?:every|each) message\b|"
    r"\bassistants?\b.{0,30}\b(?:should|must|shall) (?:say|write|mention|state)\b|\bwords above\b|\bempty string\b|"
    r"\b(?:answer|reply|respond|stop) with '|\bcode block\b|\bwith the phrase\b|"
    r"\bignor(?:ez|a|iere|ieren|e)\b.{0,40}\b(?:instru\w+|anweisung\w*|consignes|regeln)|"
    r"\b(?:system|assistant|developer|user):|\brecommandez\b|\bmenciona\b|\bempfiehl\b|(?:\b[a-z]*[a-z][013457]+[a-z]{2,}\b.*){2}"
)
_LETTERS = re.compile(r"[a-z]+")
_DOTTED = re.compile(r"(?i)\.[a-z0-9]|\.\]|\.\)|//|:|www|\bdot\b|xn--")
_MARKED = re.compile(r"@|\(at\)|\[at\]|\d[\d\s()./-]{5}")
_CALLING = frozenset(
    listed(
        "telegram whatsapp wechat skype signal discord snapchat instagram insta twitter viber text call phone ring dm "
        "dial zero oh one two three four five six seven eight nine"
    )
)
_SENSITIVE_PAIRS = frozenset(listed("mental mentally weight trade adult patient patients lay substance"))
_ORDERING = frozenset(
    listed(
        "ignore disregard forget override bypass prompt prompts prompting model models agent assistant assistants ai "
        "llm llms bot bots chatbot jailbreak jailbreaks jailbroken jailbreaking anything system systemprompt developer "
        "developerprompt hiddenprompt user im inst sys instruction instructions wire gift password login credentials "
        "pin bank card"
    )
)
_PLAIN = frozenset(("assistant", "instruction", "instructions", "override"))
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\x00-\x08\x0b-\x1f\x7f-\x9f\U000e0000-\U000e0fff]"
)


def wording_violations(message: Written, brief: Brief, lead: LeadDossier) -> list[Violation]:
    """Return what stands in the text that may stand in no message."""
    bare = _without_the_callers_words(unicodedata.normalize("NFKC", message.text), brief, lead)
    words = frozenset(_LETTERS.findall(bare.lower()))
    found = [*_links(message, brief, lead, words), *_familiarity(bare, message, brief, lead)]
    if _is_sensitive(bare, words) or _PERSONAL.search(bare):
        found.append(Violation(Rule.SENSITIVE, "the text holds sensitive matter"))
    if (_may_order(bare, words) and _INSTRUCTION.search(bare)) or _orders(bare) or _ORDERED.search(bare):
        found.append(Violation(Rule.INSTRUCTION, "the text holds instruction matter"))
    if _INVISIBLE.search(message.text):
        found.append(Violation(Rule.INSTRUCTION, "the text holds invisible characters"))
    return found


# Looking for one of the words that every alternative needs comes first: it costs a tenth of the pattern.
def _is_sensitive(text: str, words: frozenset[str]) -> bool:
    likely = any(_sensitive_word(word) for word in words) or not _SENSITIVE_PAIRS.isdisjoint(words)
    return likely and REFUSED["sensitive"].search(text) is not None


@lru_cache(maxsize=50_000)
def _sensitive_word(word: str) -> bool:
    return REFUSED["sensitive"].search(word) is not None


def _may_order(text: str, words: frozenset[str]) -> bool:
    return not _ORDERING.isdisjoint(words) or "<" in text or "[" in text or max(map(len, text.split()), default=0) >= 40


def _orders(text: str) -> bool:
    """The words that no fact may hold; an assistant or instructions alone may be a job or a service."""
    return any(match.lower() not in _PLAIN for match in REFUSED["instruction"].findall(text))


def _links(message: Written, brief: Brief, lead: LeadDossier, words: frozenset[str]) -> list[Violation]:
    text, found = message.text, list[Violation]()
    link = brief.material_link or (brief.material.url if brief.material else "")
    if message.type is MessageType.SHARE_MATERIAL:
        if not link or text.count(link) != 1 or link not in text.split():
            found.append(Violation(Rule.LINK, "the material's link does not stand in the text exactly once"))
        text = text.replace(link, " ") if link else text
    text = unicodedata.normalize("NFKC", text).replace("。", ".")
    for name in (lead.person.company.strip(), brief.proposition_name.strip()):
        text = text.replace(name, "Company") if name else text
    if _DOTTED.search(text) and _LINK.search(text):
        found.append(Violation(Rule.LINK, "a link or domain stands in the text that is not the material's"))
    if (_MARKED.search(text) or not _CALLING.isdisjoint(words)) and _CONTACT.search(text):
        found.append(Violation(Rule.CONTACT, "an e-mail address, phone number or handle stands in the text"))
    return found


def _familiarity(bare: str, message: Written, brief: Brief, lead: LeadDossier) -> list[Violation]:
    found: list[Violation] = []
    if _FAMILIAR.search(bare):
        found.append(Violation(Rule.FAMILIARITY, "the message pretends to a familiarity that is not there"))
    company = lead.person.company.strip()
    if company and company.casefold() != brief.proposition_name.strip().casefold():
        own = " ".join(item.text for item in message.segments if item.role is not Role.LEAD_CLAIM)
        if _speaking_for(company).search(own):
            found.append(Violation(Rule.FAMILIARITY, "the sender speaks as one of the lead's company"))
    return found


@lru_cache(maxsize=4096)
def _speaking_for(company: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?i)\b(?:i (?:work|am|write)|i'm|we are|we're|we work)\b (?:\w+ ){{0,3}}?"
        rf"(?:at|for|from|with|on behalf of) {re.escape(company)}(?!\w)"
    )


def _without_the_callers_words(text: str, brief: Brief, lead: LeadDossier) -> str:
    person = lead.person
    given = (
        person.company,
        person.job_title or "",
        person.first_name,
        brief.proposition_name,
        brief.signoff_name or "",
    )
    for words in given:
        text = text.replace(words.strip(), " ") if words.strip() else text
    return text


def is_own_word(segment: Segment) -> bool:
    """Tell whether a segment is the writer's own: no claim and no sign-off."""
    return segment.role in {Role.GREETING, Role.INFERENCE, Role.ASK}
