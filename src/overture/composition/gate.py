"""The send gate: what must hold for a message before it may be sent, however it was made."""

import re
from dataclasses import replace

from overture.composition.grounding import claim_violations, loose_violations
from overture.composition.known import Known, known
from overture.composition.violations import Rule, Violation
from overture.composition.wording import is_own_word, wording_violations
from overture.composition.words import content_stems
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
_THANKS_FOR = content_stems(
    "thank thanks thankful appreciate appreciated grateful good nice great glad happy pleased pleasure lovely cheers "
    "big many much quick fast prompt kind accept accepting accepted acceptance connect connecting connected connection "
    "connections network add adding added request invite invites invitation invitations yes say saying touch contact "
    "link linked linking join joining note here linkedin first name now last week today really well letting taking "
    "agreeing swift click approve approving online know another"
)
_CLOSING = content_stems(
    "kind best warm many with regards wishes thanks thank you cheers sincerely yours truly faithfully respectfully all "
    "the greetings good day"
)
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{\w*\}|\[[^\]\n]{1,40}\]|<[^>\n]{1,40}>|\bundefined\b|\bNone\b|\bnull\b|\bNaN\b|(?i:\blorem\b|"
    r"\btodo\b|"
    r"\btbd\b)|\bXX+\b|%[sd]\b|\$\{?\w+\}|__+"
)
_MEETING = re.compile(
    r"(?i)\b(?:meet|meeting|call|calls|demo|zoom|calendar|minutes|chat|coffee|lunch|schedule|slot|appointment|"
    r"webinar|hop on)\b"
)
ASK = re.compile(r"(?i)\?|\b(?:let me know|please (?:tell|let|send|point)|tell me|point me)\b")


def check(message: Written, brief: Brief, lead: LeadDossier) -> list[str]:
    """Return what speaks against sending the message, in words; an empty list means that it may be sent."""
    return [violation.detail for violation in violations(message, brief, lead)]


def violations(message: Written, brief: Brief, lead: LeadDossier) -> list[Violation]:
    """Return every objection with its rule and segment."""
    if not message.segments:
        return [Violation(Rule.SHAPE, "the message has no segments")]
    ground = known(brief, lead)
    found = [*_shape(message), *_names(message, brief, lead), *_lengths(message, brief)]
    found += [*wording_violations(message, brief, lead), *_asks(message), *_hiring(message, ground)]
    link = brief.material_link or (brief.material.url if brief.material else "")
    for place, whole in enumerate(message.segments):
        # The link is checked on its own; its digits and names are no claims.
        segment = replace(whole, text=whole.text.replace(link, " ")) if link and link in whole.text else whole
        if segment.role in CLAIMS:
            found += claim_violations(segment, place, message.type, ground)
        elif segment.role in {Role.INFERENCE, Role.ASK}:
            found += loose_violations(segment, place, ground)
    return found


def _shape(message: Written) -> list[Violation]:
    roles = [segment.role for segment in message.segments]
    found: list[Violation] = []
    if "".join(segment.text for segment in message.segments) != message.text:
        found.append(Violation(Rule.SHAPE, "the segments do not join to the text"))
    if roles[0] is not Role.GREETING or roles[-1] is not Role.SIGNOFF or roles.count(Role.SIGNOFF) != 1:
        found.append(Violation(Rule.SHAPE, "the message does not run from one greeting to one sign-off"))
    if not any(role in CLAIMS for role in roles):
        found.append(Violation(Rule.SHAPE, "the message makes no claim"))
    return found


def _names(message: Written, brief: Brief, lead: LeadDossier) -> list[Violation]:
    found: list[Violation] = []
    greeting = _GREETING.match(message.segments[0].text)
    if greeting is None or greeting["name"] != lead.person.first_name.strip():
        found.append(Violation(Rule.GREETING, "the greeting is not the lead's first name", 0))
    for place, segment in enumerate(message.segments):
        if place and segment.role is Role.GREETING:
            if message.type is not MessageType.FIRST_FOLLOW_UP:
                found.append(Violation(Rule.GREETING, "only a first follow-up thanks for connecting", place))
            if not is_thanks(segment):
                text = f"a greeting says more than thanks: {segment.text.strip()!r}"
                found.append(Violation(Rule.GREETING, text, place))
    return [*found, *_signoff(message, brief), *_placeholders(message)]


def _signoff(message: Written, brief: Brief) -> list[Violation]:
    found: list[Violation] = []
    signoff = brief.signoff_name.strip() if brief.signoff_name is not None else YOUR_NAME
    if message.text != signoff and not message.text.endswith(f"\n{signoff}"):
        found.append(Violation(Rule.SIGNOFF, "the sign-off is not the name asked for"))
    if message.text.count(YOUR_NAME) != (1 if brief.signoff_name is None else 0):
        found.append(Violation(Rule.SIGNOFF, "the sign-off placeholder does not stand exactly where it should"))
    last = message.segments[-1].text
    said = content_stems(last.strip().removesuffix(signoff)) if last.strip().endswith(signoff) else content_stems(last)
    if said - _CLOSING:
        found.append(
            Violation(Rule.SIGNOFF, f"the sign-off says something: {last.strip()!r}", len(message.segments) - 1)
        )
    return found


def _placeholders(message: Written) -> list[Violation]:
    if _PLACEHOLDER.search(message.text.replace(YOUR_NAME, "", 1)):
        return [Violation(Rule.PLACEHOLDER, "a placeholder was left in the text")]
    return []


def is_thanks(segment: Segment) -> bool:
    """Return whether a segment thanks, or is glad, and says no more."""
    text = segment.text
    return (
        _THANKS.search(text) is not None
        and len(text) <= 90
        and not re.search(r"\d", text)
        and content_stems(text) <= _THANKS_FOR
    )


def _lengths(message: Written, brief: Brief) -> list[Violation]:
    note = message.type is MessageType.CONNECTION_REQUEST
    limit = brief.note_limit if note else MESSAGE_LIMIT
    length = linkedin_length(message.text)
    if length > limit:
        return [Violation(Rule.LENGTH, f"the message has {length} units, {limit} are allowed")]
    return []


def _asks(message: Written) -> list[Violation]:
    asks = [segment for segment in message.segments if segment.role is Role.ASK]
    questions = message.text.count("?") - sum(
        segment.text.count("?") for segment in message.segments if segment.role is Role.MATERIAL_CLAIM
    )
    found: list[Violation] = []
    if message.type is MessageType.FIRST_FOLLOW_UP and (
        len(asks) != 1 or questions > 1 or not ASK.search(asks[0].text)
    ):
        found.append(Violation(Rule.ASK, "a first follow-up has exactly one ask"))
    if message.type is MessageType.CONNECTION_REQUEST:
        if _MEETING.search(" ".join(item.text for item in message.segments if is_own_word(item))):
            found.append(Violation(Rule.ASK, "a connection request asks for a meeting"))
        if questions:
            found.append(Violation(Rule.ASK, "a connection request asks a question"))
    elif questions > 1:
        found.append(Violation(Rule.ASK, "more than one question"))
    return found


def _hiring(message: Written, ground: Known) -> list[Violation]:
    """Roles that are named are open in the location asked for."""
    if message.type is not MessageType.HIRING_ACTIVITY:
        return []
    if not ground.open_roles:
        return [Violation(Rule.HIRING, "no role is known to be open in the location asked for")]
    cited = {cite.evidence_id for item in message.segments if item.role is Role.LEAD_CLAIM for cite in item.citations}
    found: list[Violation] = []
    if not cited & ground.open_posts:
        found.append(Violation(Rule.HIRING, "no open role is cited"))
    if cited & ground.other_posts:
        found.append(Violation(Rule.HIRING, "a role is cited that is not open in the location asked for"))
    return found
