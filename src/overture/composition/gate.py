"""The send gate: what must hold for a message before it may be sent, however it was made."""

import re
from dataclasses import replace

from overture.composition.grounding import claim_violations, loose_violations
from overture.composition.patterns import REFUSED
from overture.domain.messages import (
    MESSAGE_LIMIT,
    YOUR_NAME,
    Brief,
    LeadDossier,
    MessageType,
    Role,
    Segment,
    Written,
    linkedin_length,
)

CLAIMS = frozenset({Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM})

_GREETING = re.compile(r"^(?:Hi|Hello|Hey|Dear|Good (?:morning|day|afternoon)) (?P<name>.+?),\s+$", re.DOTALL)
_THANKS = re.compile(r"(?i)\b(?:thank|thanks|appreciate|grateful|good to|nice to|glad|cheers)\b")
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\[[^\]\n]{1,40}\]|<[^>\n]{1,40}>|\bundefined\b|\bNone\b|\bnull\b|\bNaN\b|(?i:\blorem\b|\btodo\b|"
    r"\btbd\b)|\bXX+\b|%s"
)
_LINK = re.compile(
    r"(?i)\b(?:https?|ftp|javascript|data):|\bwww\.|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|co|uk|de|edu|gov|example|"
    r"app|dev|eu|info|biz|"
    r"ly|me|xyz|site|online|shop|link|fr|ch|at|nl|us)\b"
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+|(?<!\w)@\w+|\+\d[\d\s().-]{6,}\d|\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b")
_MEETING = re.compile(
    r"(?i)\b(?:meet|meeting|call|calls|demo|zoom|calendar|minutes|chat|coffee|lunch|schedule|slot|appointment|"
    r"webinar|hop on)\b"
)
_FAMILIAR = re.compile(
    r"(?i)\b(?:as (?:discussed|agreed|promised|you (?:know|asked|requested))|(?:we|when we) (?:met|spoke|talked)|"
    r"great (?:talking|speaking|meeting)|"
    r"(?:loved|enjoyed|read|saw|liked) your (?:post|article|comment|talk|podcast|profile|video)|our (?:mutual|"
    r"common) |mutual (?:friend|contact)|"
    r"long time no|following up on our|old friend|remember me|congrat\w*|my friend|per my last|re: )"
)
_ASK = re.compile(r"(?i)\?|\b(?:let me know|please (?:tell|let|send|point)|tell me|point me)\b")


def check(message: Written, brief: Brief, lead: LeadDossier) -> list[str]:
    """Return what speaks against sending the message; an empty list means that it may be sent."""
    found = [*_shape(message), *_names(message, brief, lead), *_lengths(message, brief)]
    found += [*_links(message, brief, lead), *_asks(message), *_tone(message, brief, lead)]
    link = brief.material_link or ""
    for whole in message.segments:
        # The link is checked on its own; its digits and names are no claims.
        segment = replace(whole, text=whole.text.replace(link, " ")) if link and link in whole.text else whole
        if segment.role in CLAIMS:
            found += claim_violations(segment, message.type, brief, lead)
        elif segment.role in {Role.INFERENCE, Role.ASK}:
            found += loose_violations(segment, brief, lead)
    return found


def _shape(message: Written) -> list[str]:
    roles = [segment.role for segment in message.segments]
    if not roles:
        return ["the message has no segments"]
    found: list[str] = []
    if "".join(segment.text for segment in message.segments) != message.text:
        found.append("the segments do not join to the text")
    if roles[0] is not Role.GREETING or roles[-1] is not Role.SIGNOFF or roles.count(Role.SIGNOFF) != 1:
        found.append("the message does not run from one greeting to one sign-off")
    if not any(role in CLAIMS for role in roles):
        found.append("the message makes no claim")
    return found


def _names(message: Written, brief: Brief, lead: LeadDossier) -> list[str]:
    if not message.segments:
        return []
    found: list[str] = []
    greeting = _GREETING.match(message.segments[0].text)
    if greeting is None or greeting["name"] != lead.person.first_name.strip():
        found.append("the greeting is not the lead's first name")
    thanks = [segment for segment in message.segments[1:] if segment.role is Role.GREETING]
    if thanks and message.type is not MessageType.FIRST_FOLLOW_UP:
        found.append("only a first follow-up thanks for connecting")
    found += [f"a greeting says more than thanks: {item.text.strip()!r}" for item in thanks if not _is_thanks(item)]
    signoff = brief.signoff_name.strip() if brief.signoff_name is not None else YOUR_NAME
    if not re.search(rf"(?:^|\n){re.escape(signoff)}$", message.text):
        found.append("the sign-off is not the name asked for")
    if message.text.count(YOUR_NAME) != (1 if brief.signoff_name is None else 0):
        found.append("the sign-off placeholder does not stand exactly where it should")
    if _PLACEHOLDER.search(message.text.replace(YOUR_NAME, "", 1)):
        found.append("a placeholder was left in the text")
    return found


def _is_thanks(segment: Segment) -> bool:
    return _THANKS.search(segment.text) is not None and len(segment.text) <= 90 and not re.search(r"\d", segment.text)


def _lengths(message: Written, brief: Brief) -> list[str]:
    note = message.type is MessageType.CONNECTION_REQUEST
    limit = brief.note_limit if note else MESSAGE_LIMIT
    length = linkedin_length(message.text)
    return [f"the message has {length} units, {limit} are allowed"] if length > limit else []


def _links(message: Written, brief: Brief, lead: LeadDossier) -> list[str]:
    text, found = message.text, list[str]()
    link = brief.material_link or (brief.material.url if brief.material else "")
    if message.type is MessageType.SHARE_MATERIAL:
        if not link or text.count(link) != 1 or not re.search(rf"(?:^|\s){re.escape(link)}(?:\s|$)", text):
            found.append("the material's link does not stand in the text exactly once")
        text = text.replace(link, " ") if link else text
    for name in (lead.person.company.strip(), brief.proposition_name.strip()):
        text = text.replace(name, "Company") if name else text
    if _LINK.search(text):
        found.append("a link or domain stands in the text that is not the material's")
    if _CONTACT.search(text):
        found.append("an e-mail address, phone number or handle stands in the text")
    return found


def _asks(message: Written) -> list[str]:
    asks = [segment for segment in message.segments if segment.role is Role.ASK]
    questions = message.text.count("?") - sum(
        segment.text.count("?") for segment in message.segments if segment.role is Role.MATERIAL_CLAIM
    )
    found: list[str] = []
    if message.type is MessageType.FIRST_FOLLOW_UP and (
        len(asks) != 1 or questions > 1 or not _ASK.search(asks[0].text)
    ):
        found.append("a first follow-up has exactly one ask")
    if message.type is MessageType.CONNECTION_REQUEST:
        own = " ".join(
            item.text for item in message.segments if item.role not in CLAIMS and item.role is not Role.SIGNOFF
        )
        if _MEETING.search(own):
            found.append("a connection request asks for a meeting")
        if questions:
            found.append("a connection request asks a question")
    elif questions > 1:
        found.append("more than one question")
    return found


def _tone(message: Written, brief: Brief, lead: LeadDossier) -> list[str]:
    found: list[str] = []
    callers = (
        lead.person.company,
        lead.person.job_title or "",
        lead.person.first_name,
        brief.proposition_name,
        brief.signoff_name or "",
    )
    text = message.text
    for words in callers:
        text = text.replace(words.strip(), " ") if words.strip() else text
    if _FAMILIAR.search(text):
        found.append("the message pretends to a familiarity that is not there")
    found += [f"the text holds {name} matter" for name in ("sensitive", "instruction") if REFUSED[name].search(text)]
    if re.search(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\U000e0000-\U000e007f]", message.text):
        found.append("the text holds invisible characters")
    return found
