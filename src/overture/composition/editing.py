"""A person's edit of a written message, held to the send gate: it may use what that message quotes, and no more."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from overture.composition.gate import ASK, CLAIMS, is_thanks, violations
from overture.composition.grounding import COVERAGE, HEDGE, claim_violations, loose_violations
from overture.composition.known import Known, known
from overture.composition.quantities import number_objections
from overture.composition.rechecking import quoted
from overture.composition.reporting import AUDIENCE, LIGHT, REPORTING
from overture.composition.violations import Rule, Violation
from overture.composition.words import content_stems
from overture.domain.evidence import JobPost, Source
from overture.domain.messages import (
    YOUR_NAME,
    Brief,
    Citation,
    LeadDossier,
    MessageType,
    Role,
    Segment,
    Written,
)

MOST_CHARACTERS = 4_000
"""Longer texts are refused unread; the longest message that is allowed has half as many units."""

_GREETING = re.compile(r"(?:Hi|Hello|Hey|Dear|Good (?:morning|day|afternoon)) [^,\n]{1,80},\s+")
_CLOSING = re.compile(r"\n+(?:[^\n]{1,40},[ ]*\n+)?\Z")
_SENTENCE = re.compile(
    r".+?(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bCo)(?<!\bNo)(?<!\bInc)(?<!\bLtd)(?<!\bMrs)(?<!\bvs)"
    r"(?:[.!?:;]+[”\"')]?(?=\s|\Z))|(?=\n)|\Z)\s*",
    re.DOTALL,
)
_ENDED = re.compile(r"(?:\A|[.!?:][”\"')]?\s+|\n\s*)\Z")
_ASKING = content_stems(
    "ask question answer reply chat talk call meet connect connection worth open keen curious interested interest "
    "happy glad good great nice welcome hope hear sound sense make relevant fit useful helpful idea view opinion "
    "compare note notes week month day time look closer short longer send share more detail details know think feel "
    "wonder guess suppose suspect imagine sure wrong pleased love"
)
"""What questions, requests and guesses are worded with."""
_WISHED = re.compile(r"(?i)\b(?:glad|happy|pleased|keen|nice|good|like|love|hope) (?:to|if)\b")
_WE = re.compile(r"(?i)\b(?:we|our|ours|us|we['’](?:re|ve|ll|d))\b")
_OURSELVES = re.compile(r"(?i)\b(?:we|our|ours|us|i|my|we['’](?:re|ve|ll|d)|i['’](?:m|ve|d|ll))\b")
_YOU = re.compile(r"(?i)\b(?:you|your|yours|you['’](?:re|ve|ll|d))\b")
_SIDES = {
    Role.LEAD_CLAIM: frozenset({Role.LEAD_CLAIM, Role.INFERENCE}),
    Role.SENDER_CLAIM: frozenset({Role.SENDER_CLAIM}),
    Role.MATERIAL_CLAIM: frozenset({Role.MATERIAL_CLAIM}),
    Role.INFERENCE: frozenset({Role.LEAD_CLAIM, Role.INFERENCE}),
    Role.ASK: frozenset({Role.ASK}),
    Role.GREETING: frozenset[Role](),
}
"""By what a sentence is, whose citations may support it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of the edited body; ``kept`` where it is a whole sentence of the message as it was."""

    text: str
    kept: Segment | None = None


def edited(
    message_type: MessageType, before: Sequence[Segment], text: str, brief: Brief, lead: LeadDossier
) -> Written | list[str]:
    """Return the edited message in segments with their citations, or every objection to it, in words.

    ``before`` are the segments of the message as it passed the gate. A sentence of it that stands in ``text`` unchanged
    keeps its role and citations; its claims were checked against all that was read, and are not checked again. Every
    other sentence has to be one of these, by the gate's own rules: a claim about the lead, the sender or the material
    that the message's citations of that side support; a guess, worded as one; a question or request; in a first
    follow-up, thanks. The rules for the whole message hold as always: names, lengths, links, asks, sign-off.
    ``brief`` and ``lead`` hold the caller's words; their sources are not looked at.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > MOST_CHARACTERS:
        return [f"the text has to have 1 to {MOST_CHARACTERS} characters"]
    frame = _frame(text, brief)
    if isinstance(frame, str):
        return [frame]
    opening, body, closing = frame
    briefed, dossier = _grounded(message_type, before, brief, lead)
    ground = known(briefed, dossier)
    segments = [Segment(opening, Role.GREETING)]
    found: list[Violation] = []
    kept: set[int] = set()
    for piece in _pieces(body, before):
        place = len(segments)
        if piece.kept is not None:
            kept.add(place)
            segments.append(replace(piece.kept, text=piece.text))
            continue
        segment, against = _read(piece.text, place, message_type, before, ground)
        segments.append(segment)
        found += against
    segments.append(Segment(closing, Role.SIGNOFF))
    written = Written(message_type, text, tuple(segments))
    found += [item for item in violations(written, briefed, dossier) if item.segment not in kept]
    return list(dict.fromkeys(item.detail for item in found)) or written


def _frame(text: str, brief: Brief) -> tuple[str, str, str] | str:
    """Cut a text into greeting, body and sign-off, or say what it lacks."""
    greeting = _GREETING.match(text)
    if greeting is None:
        return "the message has to begin with a greeting: Hi, the lead's first name, a comma"
    name = brief.signoff_name.strip() if brief.signoff_name is not None else YOUR_NAME
    if not text.endswith(f"\n{name}"):
        return f"the message has to end with the sign-off on a line of its own: {name}"
    rest = text[greeting.end() : len(text) - len(name)]
    closing = _CLOSING.search(rest)
    if closing is None or not rest[: closing.start()].strip():
        return "nothing stands between greeting and sign-off"
    return greeting.group(), rest[: closing.start()], rest[closing.start() :] + name


def _grounded(
    message_type: MessageType, before: Sequence[Segment], brief: Brief, lead: LeadDossier
) -> tuple[Brief, LeadDossier]:
    """Return brief and lead with no more ground than what the message quotes."""
    site = quoted(before, {Role.LEAD_CLAIM, Role.INFERENCE})
    jobs = _open_jobs(before, brief) if message_type is MessageType.HIRING_ACTIVITY else None
    briefed = replace(
        brief, proposition=quoted(before, {Role.SENDER_CLAIM}), material=quoted(before, {Role.MATERIAL_CLAIM})
    )
    return briefed, LeadDossier(lead.index, lead.person, site, jobs)


def _open_jobs(before: Sequence[Segment], brief: Brief) -> Source | None:
    """The posts that the message quotes: it passed the gate, so they were open in the location asked for."""
    source = quoted(before, {Role.LEAD_CLAIM})
    if source is None:
        return None
    jobs = tuple(JobPost(item.text, brief.hiring_location, item.url, item.id) for item in source.evidence)
    return replace(source, jobs=jobs)


def _pieces(body: str, before: Sequence[Segment]) -> list[_Piece]:
    """Cut the body into sentences that were there before, as a whole, and others."""
    known_ones = sorted((item for item in before[1:-1] if item.text.strip()), key=lambda item: -len(item.text))
    runs = [_Piece(body)]
    for segment in known_ones:
        runs = [part for run in runs for part in ([run] if run.kept else _cut(run.text, segment))]
    pieces: list[_Piece] = []
    for run in runs:
        if run.kept is not None:
            pieces.append(run)
            continue
        pieces += [_Piece(match.group()) for match in _SENTENCE.finditer(run.text) if match.group()]
    return _joined(pieces)


def _cut(run: str, segment: Segment) -> list[_Piece]:
    """Cut a run at the first place where a known sentence stands on its own in it."""
    words = segment.text.strip()
    place = run.find(words)
    if place < 0:
        return [_Piece(run)]
    head, tail = run[:place], run[place + len(words) :]
    # A run begins the body or follows a known sentence, so its own beginning is one of a sentence.
    if not _ENDED.search(head) or not (not tail or tail[0].isspace()) or (tail.strip() and words[-1] not in ".!?:"):
        return [_Piece(run)]
    spaces = len(tail) - len(tail.lstrip())
    parts = [_Piece(head), _Piece(words + tail[:spaces], segment), _Piece(tail[spaces:])]
    return [part for part in parts if part.text]


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Hang white space on the piece before, so that each piece says something."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and not piece.text.strip():
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _read(
    text: str, place: int, message_type: MessageType, before: Sequence[Segment], ground: Known
) -> tuple[Segment, list[Violation]]:
    """Return a new sentence as the first of what it may be to which nothing is objected, else the objections."""
    first: tuple[Segment, list[Violation]] | None = None
    for role in _roles(text, message_type, before, ground):
        segment = Segment(text, role, _citations(before, _SIDES[role], role))
        against = _against(segment, place, message_type, before, ground)
        if not against:
            return segment, []
        first = first or (segment, against)
    if first is not None:
        return first
    problem = f"neither a claim about one side, nor a guess worded as one, nor a question: {text.strip()!r}"
    return Segment(text, Role.ASK), [Violation(Rule.SUPPORT, problem, place)]


def _roles(text: str, message_type: MessageType, before: Sequence[Segment], ground: Known) -> list[Role]:
    """Return what a sentence may be, most likely first: by its form alone, whatever it says."""
    link = ground.fields["material_link"]
    may_be = {
        Role.LEAD_CLAIM: _is_about_the_lead(text, ground),
        Role.SENDER_CLAIM: _is_about_us(text, ground),
        Role.MATERIAL_CLAIM: message_type is MessageType.SHARE_MATERIAL and not _YOU.search(text),
        Role.ASK: any(form.search(text) for form in (ASK, _WISHED)) or bool(link and link in text),
        Role.INFERENCE: HEDGE.search(text) is not None,
        Role.GREETING: message_type is MessageType.FIRST_FOLLOW_UP and is_thanks(Segment(text, Role.GREETING)),
    }
    stems = content_stems(text)
    near = {
        role: max((len(stems & content_stems(item.text)) for item in before[1:-1] if item.role is role), default=0)
        for role in may_be
    }
    return sorted((role for role, fits in may_be.items() if fits), key=lambda role: -near[role])


def _is_about_the_lead(text: str, ground: Known) -> bool:
    """Whether a sentence speaks of the reader's company and not of ours."""
    company = ground.lead.person.company.strip()
    return not _WE.search(text) and (_YOU.search(text) is not None or bool(company and company in text))


def _is_about_us(text: str, ground: Known) -> bool:
    """Whether a sentence speaks of us before it speaks of the reader."""
    name = ground.brief.proposition_name.strip()
    ours = [match.start() for match in _OURSELVES.finditer(text)]
    ours += [text.index(name)] if name and name in text else []
    theirs = _YOU.search(text)
    return bool(ours) and (theirs is None or min(ours) < theirs.start())


def _citations(before: Iterable[Segment], sides: frozenset[Role], role: Role) -> tuple[Citation, ...]:
    cited = [cite for item in before if item.role in sides for cite in item.citations]
    return tuple(dict.fromkeys(cited)) if role in CLAIMS or role in {Role.INFERENCE, Role.ASK} else ()


def _against(
    segment: Segment, place: int, message_type: MessageType, before: Sequence[Segment], ground: Known
) -> list[Violation]:
    """What the gate objects to in a new sentence."""
    link = ground.fields["material_link"]
    bare = replace(segment, text=segment.text.replace(link, " ")) if link else segment
    if segment.role in {Role.INFERENCE, Role.ASK}:
        return [*loose_violations(bare, place, ground), *_unheard_of(bare, place, before, ground)]
    if segment.role not in CLAIMS:
        return []
    found = claim_violations(bare, place, message_type, ground)
    if message_type is MessageType.HIRING_ACTIVITY and segment.role is Role.LEAD_CLAIM:
        # How many roles are open is not quoted: a new sentence may repeat the count of the old one, and no other.
        told = " . ".join(item.text for item in before if item.role is Role.LEAD_CLAIM)
        spans = " . ".join(cite.span for cite in segment.citations)
        numbers = number_objections(ground.without_names(bare.text), f"{spans} . {told}")
        found += [Violation(Rule.NUMBER, text, place) for text in numbers]
    return found


def _unheard_of(segment: Segment, place: int, before: Sequence[Segment], ground: Known) -> list[Violation]:
    """A guess or a question may not bring in matter of its own: two thirds of its words are told or only ask."""
    told = " . ".join([item.text for item in before] + [cite.span for item in before for cite in item.citations])
    wanted = frozenset(word for word in content_stems(segment.text) if not word[0].isdigit()) - ground.stems
    strange = wanted - content_stems(told) - _ASKING - LIGHT - REPORTING - AUDIENCE
    if len(strange) <= len(wanted) * (1 - COVERAGE):
        return []
    words = ", ".join(sorted(strange))
    return [Violation(Rule.SUPPORT, f"words without support: {words} in {segment.text.strip()!r}", place)]
