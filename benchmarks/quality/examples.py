"""The messages written by hand, as true messages for the gate: cut into segments by the claims that they state."""

import json
import re
from typing import Any

from benchmarks.quality.corpus import EXAMPLES, LOCATIONS, READ_AT, propositions
from benchmarks.quality.corruptions import Case
from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.domain.messages import (
    Brief,
    Citation,
    LeadDossier,
    MessageType,
    Person,
    Role,
    Segment,
    Tone,
    Written,
)

_ROLES = {
    "page": Role.LEAD_CLAIM,
    "jobs": Role.LEAD_CLAIM,
    "proposition": Role.SENDER_CLAIM,
    "material": Role.MATERIAL_CLAIM,
    "role": Role.INFERENCE,
}
_POSTS = ("Senior Account Manager", "Implementation Consultant", "Data Engineer")


def hand_written() -> list[Case]:
    """Return the messages of the examples; none where they are not at hand."""
    path = EXAMPLES / "messages.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return [_case(place, row) for place, row in enumerate(rows) if row["text"]]


def _case(place: int, row: dict[str, Any]) -> Case:
    proposition = next(item for item in propositions() if item.key == row["proposition"])
    person = Person(row["lead"]["first_name"], row["lead"]["last_name"], row["company"], row["lead"]["job_title"])
    brief = Brief(
        key=f"example-{place}",
        proposition_name=proposition.name,
        proposition=proposition.site,
        tone=Tone(row["tone"]),
        signoff_name="Charlie",
        material=proposition.material,
        material_link=proposition.link,
        hiring_location=LOCATIONS[0],
    )
    lead = LeadDossier(place, person, _site(row), _jobs(row["url"]))
    segments = _segments(row, brief, lead)
    return Case(Written(MessageType(row["type"]), row["text"], segments), brief, lead)


def _site(row: dict[str, Any]) -> Source:
    spans = [claim["span"] for claim in row["claims"] if claim["source"] == "page"]
    evidence = tuple(
        Evidence(f"E{n}", row["url"], EvidenceKind.PARAGRAPH, span, READ_AT, n) for n, span in enumerate(spans)
    )
    return Source(SourceKind.SITE, row["url"], row["url"], READ_AT, row["url"], evidence=evidence)


def _jobs(url: str) -> Source:
    evidence = tuple(Evidence(f"J{n}", url, EvidenceKind.JOB, title, READ_AT, n) for n, title in enumerate(_POSTS))
    posts = tuple(JobPost(item.text, LOCATIONS[0], url, item.id) for item in evidence)
    return Source(SourceKind.JOBS, url, url, READ_AT, url, evidence=evidence, jobs=posts)


def _segments(row: dict[str, Any], brief: Brief, lead: LeadDossier) -> tuple[Segment, ...]:
    text = row["text"]
    greeting = re.match(r"[^,]+,\s+", text)
    assert greeting
    body, _, name = text[greeting.end() :].rpartition("Charlie")
    stripped = body.rstrip()
    tail = body[len(stripped) :] + "Charlie" + name
    found = [Segment(greeting.group(), Role.GREETING)]
    for sentence in re.findall(r".+?(?:[.!?](?=\s|$)\s*|$)", stripped, re.DOTALL):
        found += _pieces(sentence, row, brief, lead)
    return (*found, Segment(tail, Role.SIGNOFF))


def _pieces(sentence: str, row: dict[str, Any], brief: Brief, lead: LeadDossier) -> list[Segment]:
    """One sentence, cut where a claim on another side begins."""
    placed = sorted(
        (sentence.lower().find(claim["claim"].lower()), n)
        for n, claim in enumerate(row["claims"])
        if claim["claim"].lower() in sentence.lower()
    )
    if not placed:
        asks = "?" in sentence or "http" in sentence
        thanks = re.search(r"(?i)\b(?:thank|thanks|good to|glad)\b", sentence) and row["type"] == "first_follow_up"
        return [Segment(sentence, Role.ASK if asks else Role.GREETING if thanks else Role.INFERENCE)]
    groups: list[tuple[int, Role, list[Citation]]] = []
    for start, n in placed:
        claim = row["claims"][n]
        role = Role.INFERENCE if claim["hedged"] else _ROLES[claim["source"]]
        if not groups or groups[-1][1] is not role:
            groups.append((start if groups else 0, role, _citations(claim["source"], row, brief, lead)))
    ends = [start for start, _, _ in groups[1:]] + [len(sentence)]
    return [
        Segment(sentence[start:end], role, tuple(cites)) for (start, role, cites), end in zip(groups, ends, strict=True)
    ]


def _citations(source: str, row: dict[str, Any], brief: Brief, lead: LeadDossier) -> list[Citation]:
    """All that the message's author took from that side: each claim of the file names only a part of it."""
    if source == "jobs":
        assert lead.jobs
        posts = [Citation(item.id, item.url, item.text, READ_AT) for item in lead.jobs.evidence]
        return [*posts, Citation("request:hiring_location", "request:hiring_location", LOCATIONS[0], "")]
    return [_citation(claim, brief, lead) for claim in row["claims"] if claim["source"] == source]


def _citation(claim: dict[str, Any], brief: Brief, lead: LeadDossier) -> Citation:
    span = claim["span"]
    if claim["source"] == "role":
        return Citation("request:job_title", "request:job_title", span, "")
    if span == LOCATIONS[0]:
        return Citation("request:hiring_location", "request:hiring_location", span, "")
    sources = {"page": lead.site, "jobs": lead.jobs, "proposition": brief.proposition, "material": brief.material}
    source = sources[claim["source"]]
    assert source
    item = next((item for item in source.evidence if span in item.text), None)
    return Citation(item.id, item.url, span, READ_AT) if item else Citation("missing", source.url, span, READ_AT)
