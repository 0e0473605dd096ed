"""Reading a file of messages, one JSON object a line, and scoring it with the checks of the send gate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, BinaryIO

import msgspec

from overture.composition.evaluation.report import Evaluator, Report
from overture.composition.evaluation.samples import Sample
from overture.composition.evaluation.scores import Scored
from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.domain.messages import Brief, Citation, LeadDossier, MessageType, Person, Role, Segment, Tone

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of one line; a longer one is refused without being held in memory."""

Short = Annotated[str, msgspec.Meta(max_length=1_000)]
Long = Annotated[str, msgspec.Meta(max_length=100_000)]


class LeadLine(msgspec.Struct, frozen=True):
    """The person written to."""

    first_name: Short
    last_name: Short = ""
    company: Short = ""
    job_title: Short | None = None


class EvidenceLine(msgspec.Struct, frozen=True):
    """One sentence or field of a page. ``about`` says whose; ``country`` is for job posts alone."""

    text: Long
    about: str = "lead"
    id: Short = ""
    url: Short = ""
    title: Short = ""
    country: Short | None = None
    fetched_at: Short = ""


class CitationLine(msgspec.Struct, frozen=True):
    """A claim's support."""

    evidence_id: Short
    span: Long
    url: Short = ""
    fetched_at: Short = ""


class SegmentLine(msgspec.Struct, frozen=True):
    """A run of the text with one role."""

    text: Long
    role: Role
    citations: tuple[CitationLine, ...] = ()


class MessageLine(msgspec.Struct, frozen=True):
    """One message; docs/evaluation.md describes each field."""

    type: MessageType
    lead: LeadLine
    text: Long | None = None
    id: Short = ""
    company: Short = ""
    proposition_name: Short = ""
    tone: Tone = Tone.NORMAL
    signoff_name: Short | None = None
    material_link: Short | None = None
    hiring_location: Short | None = None
    note_limit: Annotated[int, msgspec.Meta(ge=1, le=300)] = 300
    segments: tuple[SegmentLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    reason: Long = ""
    cost: Annotated[float, msgspec.Meta(ge=0)] | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be read; ``line`` counts from 1."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report, and the lines that it leaves out: the first hundred, and how many in all."""

    report: Report
    bad_lines: tuple[BadLine, ...]
    bad_line_count: int


_DECODER = msgspec.json.Decoder(MessageLine)
_SHOWN = 100


def evaluate(file: BinaryIO, today: date, each: Callable[[Scored], None] | None = None) -> Evaluation:
    """Score every line of an open file; ``each`` is called with what is known of each written message.

    A line that cannot be read is reported and left out. Memory does not grow with the file, save for a few numbers a
    message and the messages of the leads that are compared.
    """
    evaluator = Evaluator(today)
    bad: list[BadLine] = []
    count = 0
    for number, line in _lines(file):
        problem = _take(evaluator, number, line, each)
        if problem:
            count += 1
            if len(bad) < _SHOWN:
                bad.append(BadLine(number, problem))
    return Evaluation(evaluator.report(), tuple(bad), count)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number; None in place of one that is too long."""
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(LINE_LIMIT)
            yield number, None
        elif line.strip():
            yield number, line


def _take(evaluator: Evaluator, number: int, line: bytes | None, each: Callable[[Scored], None] | None) -> str:
    if line is None:
        return f"longer than {LINE_LIMIT:,} bytes"
    try:
        sample = sample_of(_DECODER.decode(line.removeprefix(b"\xef\xbb\xbf")), f"line {number}")
    except msgspec.ValidationError as error:
        return str(error)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"not JSON: {error}"
    except RecursionError:
        return "nested too deeply"
    except ValueError as error:
        return str(error)
    scored = evaluator.add(sample)
    if scored is not None and each is not None:
        each(scored)
    return ""


_SIDES = ("lead", "jobs", "proposition", "material")


def sample_of(line: MessageLine, name: str) -> Sample:
    """Return the message as the evaluator takes it; raises ValueError with a sentence on what is wrong."""
    company = line.lead.company or line.company
    if not company.strip():
        raise ValueError("neither `lead.company` nor `company` is given")
    if not line.lead.first_name.strip():
        raise ValueError("`lead.first_name` is empty")
    for place, item in enumerate(line.evidence):
        if item.about not in _SIDES:
            raise ValueError(f"`evidence[{place}].about` is {item.about!r}, not one of {', '.join(_SIDES)}")
    sides = {side: _source(side, line) for side in _SIDES}
    brief = Brief(
        key=name,
        proposition_name=line.proposition_name,
        proposition=sides["proposition"],
        tone=line.tone,
        signoff_name=line.signoff_name,
        material=sides["material"],
        material_link=line.material_link,
        hiring_location=line.hiring_location,
        note_limit=line.note_limit,
    )
    person = Person(line.lead.first_name, line.lead.last_name, company, line.lead.job_title)
    segments = tuple(
        Segment(item.text, item.role, tuple(_citation(cite) for cite in item.citations)) for item in line.segments
    )
    lead = LeadDossier(0, person, sides["lead"], sides["jobs"])
    return Sample(line.id or name, line.type, line.text or None, brief, lead, segments, line.reason, line.cost)


def _citation(line: CitationLine) -> Citation:
    return Citation(line.evidence_id, line.url, line.span, line.fetched_at)


_KINDS = {
    "lead": SourceKind.SITE,
    "jobs": SourceKind.JOBS,
    "proposition": SourceKind.SITE,
    "material": SourceKind.ARTICLE,
}


def _source(side: str, line: MessageLine) -> Source | None:
    found = [(place, item) for place, item in enumerate(line.evidence) if item.about == side]
    if not found:
        return None
    kind = EvidenceKind.JOB if side == "jobs" else EvidenceKind.PARAGRAPH
    evidence = tuple(
        Evidence(item.id or f"{side}:{place}", item.url, kind, item.text, item.fetched_at, place)
        for place, item in found
    )
    jobs = tuple(
        JobPost(item.title or item.text, item.country, item.url, kept.id)
        for (_, item), kept in zip(found, evidence, strict=True)
        if side == "jobs"
    )
    first = found[0][1]
    title = next((item.title for _, item in found if item.title), "") if side != "jobs" else ""
    return Source(_KINDS[side], first.url, first.url, first.fetched_at, "", title, evidence=evidence, jobs=jobs)
