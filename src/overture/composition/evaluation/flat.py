"""Messages that come as plain text: each sentence is matched against the evidence, and so becomes a segment."""

import re

from overture.composition.evaluation.readability import sentences
from overture.composition.evaluation.samples import Sample, parts
from overture.composition.grounding import HEDGE, coverage
from overture.composition.words import content_stems
from overture.domain.evidence import Evidence, Source
from overture.domain.messages import Citation, Role, Segment

_THANKS = re.compile(r"(?i)\b(?:thank|thanks|appreciate|grateful|cheers)\b.*\b(?:connect|accept|add|invit|yes|link)")
_ASKS = re.compile(r"(?i)\?\s*$|^(?:please|let me know|let's|let us|tell me|have a look|happy to|glad to)\b|https?://")
_KEPT = 3
"""Pieces of evidence that one sentence may rest on: what a person would put side by side."""


def segmented(sample: Sample) -> tuple[Segment, ...]:
    """Return segments that join to the sample's text, each claim with the best evidence there is for it.

    A sentence is a claim on the side whose evidence holds most of its words. One that asks is an ask, one that is
    hedged and rests on nothing a guess. What is left is a claim without a citation, which the gate refuses.
    """
    text = sample.text or ""
    piece = parts(text)
    found = [Segment(piece.greeting, Role.GREETING)]
    rest = text[len(piece.greeting) : len(text) - len(piece.signoff)]
    for sentence in _cut(rest):
        found.append(_segment(sentence, sample, first=len(found) == 1))
    found.append(Segment(piece.signoff, Role.SIGNOFF))
    return tuple(item for item in found if item.text)


def _cut(text: str) -> list[str]:
    """Cut into sentences without losing a character."""
    cuts: list[int] = []
    place = 0
    for sentence in sentences(text):
        start = text.index(sentence, place)
        cuts.append(start)
        place = start + len(sentence)
    if not cuts:
        return [text] if text else []
    cuts[0] = 0
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _segment(sentence: str, sample: Sample, *, first: bool) -> Segment:
    bare = sentence.strip()
    if first and _THANKS.search(bare):
        return Segment(sentence, Role.GREETING)
    if _ASKS.search(bare):
        return Segment(sentence, Role.ASK)
    role, citations, covered = _support(bare, sample)
    if citations and (covered >= 0.6 or not HEDGE.search(bare)):
        return Segment(sentence, role, citations)
    if HEDGE.search(bare):
        return Segment(sentence, Role.INFERENCE)
    return Segment(sentence, role, citations)


def _support(sentence: str, sample: Sample) -> tuple[Role, tuple[Citation, ...], float]:
    sides: list[tuple[Role, tuple[Source | None, ...]]] = [
        (Role.LEAD_CLAIM, (sample.lead.site, sample.lead.jobs)),
        (Role.SENDER_CLAIM, (sample.brief.proposition,)),
        (Role.MATERIAL_CLAIM, (sample.brief.material,)),
    ]
    best: tuple[Role, tuple[Citation, ...], float] = (Role.LEAD_CLAIM, (), -1.0)
    for role, sources in sides:
        evidence = [item for source in sources if source for item in source.evidence]
        cited = _nearest(sentence, evidence)
        if cited:
            share = coverage(sentence, " . ".join(item.span for item in cited))
            if share > best[2]:
                best = (role, cited, share)
    return best


def _nearest(sentence: str, evidence: list[Evidence]) -> tuple[Citation, ...]:
    """Return up to three pieces of evidence, each adding words of the sentence that those before lack."""
    wanted = set(content_stems(sentence))
    chosen: list[Evidence] = []
    while wanted and len(chosen) < _KEPT:
        hits = [(len(wanted & content_stems(item.text)), -len(item.text), item) for item in evidence]
        best = max(hits, key=lambda hit: hit[:2], default=None)
        if best is None or not best[0]:
            break
        chosen.append(best[2])
        wanted -= content_stems(best[2].text)
    return tuple(Citation(item.id, item.url, item.text, item.fetched_at) for item in chosen)
