"""Measures that need several messages: who they could be for, and how much they resemble one another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from overture.composition.evaluation.diversity import Diversity, diversity, largest_share, same_pairs
from overture.composition.evaluation.identification import Index, masked, top_one
from overture.composition.evaluation.readability import sentences, words
from overture.composition.evaluation.samples import Sample, closing, opening, parts
from overture.composition.words import content_stems, stem
from overture.domain.messages import MessageType, Role


@dataclass(frozen=True, slots=True)
class Repeated:
    """The largest share of messages that say the same, and what they say."""

    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Measures of one message type over different leads, one message a lead.

    ``identified``: share of messages whose lead BM25 finds among all dossiers, names masked; None where fewer than two
    leads have evidence. ``same_opening``: share of pairs of leads with the same first five words after the greeting.
    ``frame``: the commonest sentence once names, numbers and words of the evidence are taken out. ``closing``: the
    commonest last sentence, taken the same way.
    """

    leads: int
    identified: float | None
    same_opening: float | None
    frame: Repeated | None
    closing: Repeated | None
    diversity: Diversity


@dataclass(frozen=True, slots=True)
class Sequences:
    """Over leads with two messages or more: what their messages repeat.

    ``lead_fact_twice`` and ``sender_fact_twice`` count leads that hear a fact of their own company, or of the sender,
    twice. ``overlap`` is the mean share of content words that two messages to one lead have in common (Jaccard).
    """

    leads: int
    lead_fact_twice: int
    sender_fact_twice: int
    overlap: float | None


def likeness(samples: Sequence[Sample], kind: MessageType, index: Index | None) -> Likeness:
    """Measure the written messages of one type, the first of each lead."""
    chosen: dict[str, Sample] = {}
    for sample in samples:
        if sample.type is kind and sample.text:
            chosen.setdefault(sample.lead_key, sample)
    ours = list(chosen.values())
    bodies = [parts(item.text or "", item.segments).body for item in ours]
    skeletons = [_skeletons(item) for item in ours]
    frames = [line for found in skeletons for line in set(found)]
    frame = largest_share(frames)
    last = largest_share([_skeleton(closing(item), item) for item in ours])
    known = index.keys if index is not None else frozenset[str]()
    pairs = [(dossier_key(item), _query(item, body)) for item, body in zip(ours, bodies, strict=True)]
    queries = [pair for pair in pairs if pair[0] in known]
    return Likeness(
        leads=len(ours),
        identified=top_one(index, queries) if index is not None else None,
        same_opening=same_pairs([opening(item) for item in ours]),
        frame=Repeated(frames.count(frame[1]) / len(ours), frame[1]) if frame else None,
        closing=Repeated(*last) if last else None,
        diversity=diversity(bodies),
    )


def dossier_key(sample: Sample) -> str:
    """What makes two leads share a dossier: the company, as the caller writes it."""
    return sample.lead.person.company.strip().casefold()


def index_of(samples: Sequence[Sample]) -> Index | None:
    """Return a retriever over the dossiers that the samples bring along; None for fewer than two."""
    documents: dict[str, dict[str, None]] = {}
    for sample in samples:
        for source in (sample.lead.site, sample.lead.jobs):
            if source and source.evidence:
                pieces = documents.setdefault(dossier_key(sample), {})
                pieces.update(dict.fromkeys(item.text for item in source.evidence))
    return Index({key: "\n".join(pieces) for key, pieces in documents.items()}) if len(documents) > 1 else None


def _query(sample: Sample, body: str) -> str:
    person, brief = sample.lead.person, sample.brief
    site = sample.lead.site
    names = [person.company, person.first_name, person.last_name, brief.proposition_name, brief.signoff_name or ""]
    return masked(re.sub(r"https?://\S+", " ", body), [*names, site.site_name if site else ""])


def _skeletons(sample: Sample) -> list[str]:
    return [
        line for part in sentences(parts(sample.text or "", sample.segments).body) if (line := _skeleton(part, sample))
    ]


def _skeleton(sentence: str, sample: Sample) -> str:
    """A sentence with a star for each run of words that stand in the evidence or that the caller stated."""
    person, brief = sample.lead.person, sample.brief
    stated = (person.company, person.first_name, person.job_title or "", brief.proposition_name)
    spans = [cite.span for item in sample.segments for cite in item.citations]
    known = frozenset[str]().union(*(content_stems(span) for span in (*stated, *spans)))
    starred = ["*" if stem(word) in known or word[0].isdigit() else word.lower() for word in words(sentence)]
    line = re.sub(r"\*(?: (?:\*|and|or|of|the|a|an|to|in|for|with|on|from|at|by))* ?\*|\*", "*", " ".join(starred))
    return line if len(line.replace("*", " ").split()) >= 2 else ""


def sequences(samples: Sequence[Sample]) -> Sequences:
    """Measure what the messages of one lead have in common with one another."""
    by_lead: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.text:
            by_lead.setdefault(sample.lead_key, []).append(sample)
    several = [found for found in by_lead.values() if len(found) > 1]
    overlaps = [share for found in several for share in _overlaps(found)]
    return Sequences(
        leads=len(several),
        lead_fact_twice=sum(_told_twice(found, Role.LEAD_CLAIM) for found in several),
        sender_fact_twice=sum(_told_twice(found, Role.SENDER_CLAIM) for found in several),
        overlap=sum(overlaps) / len(overlaps) if overlaps else None,
    )


def _told_twice(samples: Sequence[Sample], role: Role) -> bool:
    seen: set[tuple[str, str]] = set()
    for sample in samples:
        cited = {
            (cite.url, cite.evidence_id)
            for item in sample.segments
            if item.role is role
            for cite in item.citations
            if not cite.url.startswith("request:")
        }
        if cited & seen:
            return True
        seen |= cited
    return False


def _overlaps(samples: Sequence[Sample]) -> list[float]:
    stems = [content_stems(parts(item.text or "", item.segments).body) for item in samples]
    pairs = [(one, other) for place, one in enumerate(stems) for other in stems[place + 1 :]]
    return [len(one & other) / len(one | other) for one, other in pairs if one | other]
