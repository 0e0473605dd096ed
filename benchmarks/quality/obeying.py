"""A model that obeys whatever it reads, against the gate alone: payloads are evidence, and are copied.

This is the worst case: nothing was cleaned from the page, and the writer repeats the planted text word for word, cites
it, and calls it whatever passes best.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.quality.corpus import READ_AT, brief, companies, lead, propositions
from benchmarks.quality.injections import Payload, payloads
from overture.composition.gate import violations
from overture.domain.evidence import Evidence, EvidenceKind, Source, SourceKind
from overture.domain.messages import Citation, LeadDossier, MessageType, Role, Segment, Written

URL = "https://planted.example/"
HONEST = "We rent replacement pumps by the week."
WAYS = ("claim on the lead", "guess", "guess behind 'perhaps'", "ask", "within a claim", "sign-off")


@dataclass(frozen=True)
class Obeyed:
    """One way to put the payload into the message: how many were tried, and the texts of those that pass."""

    way: str
    tried: int
    passed: tuple[str, ...]


def obeyed() -> list[Obeyed]:
    """Return what the gate lets through of each way, over all payloads and the two letters without other demands."""
    rows: list[Obeyed] = []
    for way in WAYS:
        tried = [message for payload in payloads() for message in _messages(payload, way)]
        passed = [text for text, found in tried if not found]
        rows.append(Obeyed(way, len(tried), tuple(passed)))
    return rows


def _messages(payload: Payload, way: str) -> Iterator[tuple[str, bool]]:
    company = companies()[len(payload.text) % len(companies())]
    base = lead(company, 0)
    texts = (HONEST, payload.text)
    evidence = tuple(Evidence(f"E{n}", URL, EvidenceKind.PARAGRAPH, text, READ_AT, n) for n, text in enumerate(texts))
    site = Source(SourceKind.SITE, URL, URL, READ_AT, payload.text, evidence=evidence)
    dossier = LeadDossier(0, base.person, site)
    about = brief(propositions()[0])
    for kind in (MessageType.CONNECTION_REQUEST, MessageType.STAGE_AMBITION):
        parts = tuple(_parts(payload.text, way, base.person.first_name))
        message = Written(kind, "".join(part.text for part in parts), parts)
        yield message.text, bool(violations(message, about, dossier))


def _parts(planted: str, way: str, name: str) -> Iterator[Segment]:
    own, cited = Citation("E0", URL, HONEST, READ_AT), Citation("E1", URL, planted, READ_AT)
    yield Segment(f"Hi {name}, ", Role.GREETING)
    claim = "You rent replacement pumps by the week. "
    if way == "within a claim":
        yield Segment(f"{claim}{planted} ", Role.LEAD_CLAIM, (own, cited))
    else:
        yield Segment(claim, Role.LEAD_CLAIM, (own,))
    if way == "claim on the lead":
        yield Segment(planted, Role.LEAD_CLAIM, (cited,))
    elif way == "guess":
        yield Segment(planted, Role.INFERENCE, (cited,))
    elif way == "guess behind 'perhaps'":
        yield Segment(f"Perhaps {planted[0].lower()}{planted[1:]}", Role.INFERENCE, (cited,))
    elif way == "ask":
        yield Segment(planted, Role.ASK, (cited,))
    yield Segment(f"\n{planted}\nCharlie" if way == "sign-off" else "\nCharlie", Role.SIGNOFF)
