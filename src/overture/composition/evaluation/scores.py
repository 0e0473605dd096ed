"""One message: the hard gates that it breaks, and soft scores from 0 (poor) to 1 (good)."""

import re
from dataclasses import dataclass, replace
from datetime import date

from overture.composition.evaluation.flat import segmented
from overture.composition.evaluation.lexicon import shouts, slop
from overture.composition.evaluation.readability import Readability, readability
from overture.composition.evaluation.samples import Sample, parts, written
from overture.composition.gate import violations
from overture.composition.violations import UNSUPPORTED, Violation
from overture.composition.words import content_stems
from overture.domain.messages import MessageType, Role, Segment, Tone, linkedin_length

_CLAIMS = frozenset({Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM})
_YOU = re.compile(r"(?i)\b(?:you|your|yours|yourself)\b")
_I = re.compile(r"(?i)\b(?:i|me|my|mine|we|us|our|ours)\b")
_FLATTERY = re.compile(r"(?i)^(?:i (?:love|admire)|great |congrat|impress|what an? |wow|amazing|i was impressed)")
_SHORT_FORM = re.compile(r"\b\w+['’](?:re|ve|ll|d|m|t)\b|\b(?:it|that|let|here|there|what|who)['’]s\b", re.IGNORECASE)
_CASUAL_GREETING = re.compile(r"(?i)^hey\b")
_FORMAL_GREETING = re.compile(r"(?i)^(?:dear|good (?:morning|day|afternoon))\b")
_FORMAL_CLOSE = re.compile(r"(?i)\b(?:regards|sincerely|wishes)\b")

GRADE, SENTENCE, LONGEST = 6.0, 15.0, 25
"""Targets (market.md 3.3): Flesch-Kincaid grade, mean words a sentence, words of the longest."""
STALE_DAYS = 180
"""A fact older than this counts as stale."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Soft scores of one message, each from 0 to 1; ``overall`` is their plain mean.

    ``readability``: half for the grade, a quarter each for the mean and the longest sentence.
    ``reader_focus``: second-person words over all first- and second-person words; half of it where the text opens with
    *I* or a compliment. ``specificity``: of the body's content words, those that stand in the cited evidence on the
    lead. ``anchoring``: 1 where a fact of the lead stands next to one of the proposition, 0.5 with a guess or ask
    between them. ``clean``: 1 less a tenth for each point of the lexicon and each shout. ``tone``: the share of the
    tone's marks that hold. ``fresh``: 1 where no cited fact is older than 180 days, None where no date is known.
    """

    readability: float
    reader_focus: float
    specificity: float
    anchoring: float
    clean: float
    tone: float
    fresh: float | None

    @property
    def overall(self) -> float:
        """The mean of those that could be measured."""
        known = (self.readability, self.reader_focus, self.specificity, self.anchoring, self.clean, self.tone)
        values = [*known, self.fresh] if self.fresh is not None else list(known)
        return sum(values) / len(values)


@dataclass(frozen=True, slots=True)
class Scored:
    """All that is known of one message.

    ``claims`` and ``unsupported`` count claims; ``flat`` means that the segments are our guess, since the writer stated
    none. ``oldest`` is the age in days of the oldest dated fact.
    """

    sample: Sample
    segments: tuple[Segment, ...]
    violations: tuple[Violation, ...]
    claims: int
    unsupported: int
    length: int
    readability: Readability
    scores: Scores
    stale_words: tuple[str, ...]
    oldest: int | None
    flat: bool


def score(sample: Sample, today: date) -> Scored:
    """Check and score one written message; ``today`` is what ages are counted from."""
    assert sample.text is not None
    flat = not sample.segments
    segments = sample.segments or segmented(sample)
    found = tuple(violations(written(sample, segments), sample.brief, sample.lead))
    text = parts(sample.text, segments)
    reading = readability(text.body)
    stale = slop(text.body)
    oldest = _oldest(segments, today)
    scores = Scores(
        readability=_readability(reading),
        reader_focus=_reader_focus(text.body),
        specificity=_specificity(text.body, segments),
        anchoring=_anchoring(segments),
        clean=max(0.0, 1 - (sum(weight for _, weight in stale) + max(0, shouts(text.body) - 1)) / 10),
        tone=_tone(sample.brief.tone, text.greeting, text.body, text.signoff, sample.type),
        fresh=None if oldest is None else float(oldest <= STALE_DAYS),
    )
    broken = {item.segment for item in found if item.rule in UNSUPPORTED and item.segment is not None}
    return Scored(
        sample=replace(sample, segments=segments),
        segments=segments,
        violations=found,
        claims=sum(item.role in _CLAIMS for item in segments),
        unsupported=len(broken),
        length=linkedin_length(sample.text),
        readability=reading,
        scores=scores,
        stale_words=tuple(sorted(word for word, _ in stale)),
        oldest=oldest,
        flat=flat,
    )


def _readability(reading: Readability) -> float:
    grade = _ramp(reading.grade, GRADE, 14.0)
    return (
        0.5 * grade
        + 0.25 * _ramp(reading.mean_sentence, SENTENCE, 30.0)
        + 0.25 * _ramp(reading.longest_sentence, LONGEST, 45.0)
    )


def _ramp(value: float, good: float, bad: float) -> float:
    return min(1.0, max(0.0, (bad - value) / (bad - good)))


def _reader_focus(body: str) -> float:
    you, own = len(_YOU.findall(body)), len(_I.findall(body))
    share = you / (you + own) if you + own else 0.5
    return share / 2 if re.match(r"I\b", body) or _FLATTERY.match(body) else share


def _specificity(body: str, segments: tuple[Segment, ...]) -> float:
    wanted = content_stems(body)
    spans = [cite.span for item in segments if item.role is Role.LEAD_CLAIM for cite in item.citations]
    known = frozenset[str]().union(*(content_stems(span) for span in spans)) if spans else frozenset[str]()
    return len(wanted & known) / len(wanted) if wanted else 0.0


def _anchoring(segments: tuple[Segment, ...]) -> float:
    roles = [item.role for item in segments]
    lead = [place for place, role in enumerate(roles) if role is Role.LEAD_CLAIM]
    sender = [place for place, role in enumerate(roles) if role in {Role.SENDER_CLAIM, Role.MATERIAL_CLAIM}]
    gaps = [abs(one - other) for one in lead for other in sender]
    nearest = min(gaps, default=99)
    return {1: 1.0, 2: 0.5}.get(nearest, 0.0)


def _tone(tone: Tone, greeting: str, body: str, signoff: str, kind: MessageType) -> float:
    short_forms = len(_SHORT_FORM.findall(body))
    if tone is Tone.FORMAL:
        marks = [not _CASUAL_GREETING.match(greeting), short_forms == 0, "!" not in body]
        if kind is not MessageType.CONNECTION_REQUEST:
            marks.append(bool(_FORMAL_CLOSE.search(signoff)) or bool(_FORMAL_GREETING.match(greeting)))
    elif tone is Tone.CASUAL:
        marks = [not _FORMAL_GREETING.match(greeting), not _FORMAL_CLOSE.search(signoff)]
        marks.append(short_forms > 0 or len(body.split()) < 25)
    else:
        marks = [not _CASUAL_GREETING.match(greeting), body.count("!") <= 1, not re.search(r"(?i)\bhereby\b", body)]
    return sum(marks) / len(marks)


def _oldest(segments: tuple[Segment, ...], today: date) -> int | None:
    days = [_age(cite.fetched_at, today) for item in segments for cite in item.citations]
    known = [age for age in days if age is not None]
    return max(known, default=None)


def _age(stamp: str, today: date) -> int | None:
    try:
        read = date.fromisoformat(stamp[:10])
    except ValueError:
        return None
    return max(0, (today - read).days) if read.year > 1990 else None
