"""Message types, tones, states, and what a composer is given and gives back."""

from dataclasses import dataclass, field
from enum import StrEnum

from overture.domain.evidence import Source


class MessageType(StrEnum):
    """The five types a sequence step may name; the values are the wire's."""

    CONNECTION_REQUEST = "connection_request"
    FIRST_FOLLOW_UP = "first_follow_up"
    STAGE_AMBITION = "stage_ambition"
    SHARE_MATERIAL = "share_material"
    HIRING_ACTIVITY = "hiring_activity"


class Tone(StrEnum):
    """The register of a message; it never changes a fact."""

    FORMAL = "formal"
    NORMAL = "normal"
    CASUAL = "casual"


class MessageState(StrEnum):
    """Where a message stands.

    pending -> generated | failed      (this request writes it, and pays when generated)
    waiting -> reused | failed         (another request of the account is writing it)

    ``reused`` messages carry a text that an earlier request paid for.
    """

    PENDING = "pending"
    WAITING = "waiting"
    GENERATED = "generated"
    REUSED = "reused"
    FAILED = "failed"


YOUR_NAME = "{{yourName}}"
"""The literal that ends a message when the request names no ``signoff_name`` (contract, 1.4.1)."""

NOTE_LIMIT = 300
"""LinkedIn's limit of an invitation note on a paid account, in UTF-16 units."""

NOTE_PREFERRED = 200
"""What ranking prefers, so that the note fits every account."""

YOUR_NAME_RESERVE = 12
"""Units that ``{{yourName}}`` is counted as: the length of a usual first name with room to spare."""

MESSAGE_LIMIT = 2000
"""Hard limit of every other message, in UTF-16 units."""


def linkedin_length(text: str) -> int:
    """Length as LinkedIn counts it at its strictest: UTF-16 units, ``{{yourName}}`` as a reserve."""
    names = text.count(YOUR_NAME)
    bare = text.replace(YOUR_NAME, "")
    return len(bare.encode("utf-16-le")) // 2 + names * YOUR_NAME_RESERVE


class Role(StrEnum):
    """What a segment of a message does; it decides how the segment is checked."""

    GREETING = "greeting"
    LEAD_CLAIM = "lead_claim"
    SENDER_CLAIM = "sender_claim"
    MATERIAL_CLAIM = "material_claim"
    INFERENCE = "inference"
    ASK = "ask"
    SIGNOFF = "signoff"


@dataclass(frozen=True, slots=True)
class Citation:
    """One claim's support: the exact span, where it was read and when.

    ``url`` is ``request:<field>`` for what the caller stated itself (company name, job title).
    ``fetched_at`` is ISO 8601 in UTC, or empty for the caller's own words.
    """

    evidence_id: str
    url: str
    span: str
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a message's text. The texts of all segments, joined as they are, are the message."""

    text: str
    role: Role
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """The lead as the caller describes it."""

    first_name: str
    last_name: str
    company: str
    job_title: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """What one request's messages have in common.

    ``proposition`` and ``material`` are None where the source could not be read.
    ``key`` is the request's id: it seeds every choice, so the same brief gives the same text.
    ``lead_count`` is the number of leads of the request, for variety over all of them.
    ``most`` is the number of units that a message may have at most where it is to be shorter than another one.
    """

    key: str
    proposition_name: str
    proposition: Source | None
    tone: Tone = Tone.NORMAL
    signoff_name: str | None = None
    material: Source | None = None
    material_link: str | None = None
    hiring_location: str | None = None
    note_limit: int = NOTE_LIMIT
    lead_count: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class LeadDossier:
    """One lead with what research found.

    ``index`` is the lead's place in the request, from 0: two leads of one request never share it.
    ``site`` is None where no page of the company could be read; ``jobs`` is None where job posts
    were not looked for, and a source whose ``jobs`` is empty where they could be read and there are none.
    ``jobs_failed`` is True where they were looked for and could not be read. ``site_detail`` and ``jobs_detail``
    say in words why there is no source: where was looked, and what went wrong.
    ``avoid`` holds spans of evidence that no fact or point may rest on: what was told before, or is unwanted.
    ``told`` names the types that the lead was written before: what they rest on is among ``avoid``.
    """

    index: int
    person: Person
    site: Source | None = None
    jobs: Source | None = None
    jobs_failed: bool = False
    avoid: frozenset[str] = frozenset()
    told: frozenset[MessageType] = frozenset()
    site_detail: str = ""
    jobs_detail: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A message that passed the send gate."""

    type: MessageType
    text: str
    segments: tuple[Segment, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that was not written: ``reason`` is one of ``domain.reasons``, ``detail`` says where we looked."""

    type: MessageType
    reason: str
    detail: str = ""


Draft = Written | Refused
