"""Messages written by hand and ours, side by side: same pages, leads, tones and propositions, same measures for both.

The messages by hand lie beside the corpus, not in the repository (``OVERTURE_EXAMPLES``); nothing of their text is
printed. ``python -m benchmarks.quality.side_by_side`` prints the section, ``--texts`` our messages as well.
"""

import gzip
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.quality.corpus import CORPUS, EXAMPLES, READ_AT
from overture.composition.compose import EmbeddedComposer
from overture.composition.evaluation.readability import readability
from overture.composition.grounding import HEDGE
from overture.composition.words import content_stems
from overture.composition.write import write
from overture.domain.evidence import Evidence, EvidenceKind, JobPost, Source, SourceKind
from overture.domain.messages import Brief, LeadDossier, MessageType, Person, Tone, Written
from overture.research.gather import read_local

SIGNOFF = "Charlie"
COUNTRY = "GB"
POSTS = ("Senior Account Manager", "Implementation Consultant", "Data Engineer")
"""The open roles that the messages by hand were written for."""
RUN = 5
SIDES = ("by hand", "Overture")

Example = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one side for one type, or for all where ``type`` is 'all': means over what was written.

    ``facts``: different spans cited, from the lead's pages, its jobs, the proposition and the material together.
    ``hedges``: sentences with a hedging word. ``specific``: share of the body's content words that stand on the lead's
    page and not on the proposition's. ``shared``: share of five-word runs that another company's message of the type
    holds as well. ``words`` and ``grade`` (Flesch-Kincaid) are of the body.
    """

    side: str
    type: str
    written: int
    refused: int
    facts: float
    hedges: float
    specific: float
    shared: float
    words: float
    grade: float


@dataclass(frozen=True, slots=True)
class _Message:
    case: str
    type: str
    text: str
    body: str
    facts: int


def is_there() -> bool:
    """Tell whether both the examples and the corpus are at hand."""
    return (EXAMPLES / "messages.jsonl").exists() and (CORPUS / "index.jsonl").exists()


def rows() -> list[Row]:
    """Return the measures: by hand and ours, for each type and for all."""
    found: list[Row] = []
    sides = dict(zip(SIDES, (_by_hand(), ours()), strict=True))
    for kind in (*(str(item) for item in MessageType), "all"):
        for side, messages in sides.items():
            wanted = [item for item in messages if kind in (item.type, "all")]
            found.append(_row(side, kind, wanted))
    return found


def section(found: list[Row]) -> str:
    """Return a Markdown section with one table."""
    companies = len({example["case"] for example in _examples()})
    lines = [
        "## Beside messages written by hand",
        "",
        f"{companies} pages of the corpus, with the leads, tones and propositions of the messages by hand; the same "
        "measures for both sides. Facts: different spans cited. Hedges: sentences with a hedging word. Specific: "
        "content words that stand on the lead's page and not on the proposition's. Shared: five-word runs that a "
        "message of the type to another company holds as well. Words and grade (Flesch-Kincaid) are of the body.",
        "",
        "| type | side | written | refused | facts | hedges | specific | shared | words | grade |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.type} | {row.side} | {row.written} | {row.refused} | {row.facts:.1f} | {row.hedges:.1f} | "
        f"{row.specific:.0%} | {row.shared:.0%} | {row.words:.0f} | {row.grade:.1f} |"
        for row in found
    ]
    return "\n".join([*lines, "", _distance(found)]) + "\n"


def _distance(found: list[Row]) -> str:
    """What ours still cannot do: the widest gap in words shared, and what the way of writing rules out."""
    by_hand, our = (next(row for row in found if row.type == "all" and row.side == side) for side in SIDES)
    kinds = [row for row in found if row.type != "all" and row.side == SIDES[1]]
    worst = max(kinds, key=lambda row: row.shared)
    return (
        f"What ours still cannot do. *Sameness*: {our.shared:.0%} of our five-word runs stand in a message to another "
        f"company, {by_hand.shared:.0%} by hand; most in {worst.type} ({worst.shared:.0%}), since sentences around "
        "the facts come from a list. *Facts*: "
        f"{our.facts:.1f} a message, {by_hand.facts:.1f} by hand. *Thought*: ours restates what a page says, in the "
        "page's own words; it does not count, compare or sum up several facts in one, nor say what they mean for "
        "the reader beyond a guess from a list. *Choice*: it takes a fact by its form and by the words that it "
        "shares with the offer; a person takes the one that the reader would be proud of."
    )


def _row(side: str, kind: str, messages: list[_Message]) -> Row:
    told = [item for item in messages if item.text]
    count = max(1, len(told))
    reads = [readability(item.body) for item in told]
    return Row(
        side,
        kind,
        len(told),
        len(messages) - len(told),
        sum(item.facts for item in told) / count,
        sum(_hedges(item.body) for item in told) / count,
        sum(_specific(item) for item in told) / count,
        _shared(told),
        sum(item.words for item in reads) / count,
        sum(item.grade for item in reads) / count,
    )


def _hedges(body: str) -> int:
    return sum(HEDGE.search(part) is not None for part in re.split(r"(?<=[.!?])\s+", body))


def _specific(message: _Message) -> float:
    example = next(item for item in _examples() if item["case"] == message.case)
    own = content_stems(" ".join(_proposition(example["proposition"])["facts"]))
    page = content_stems(" ".join(item.text for item in _page(message.case, example["url"]).evidence))
    told = content_stems(message.body)
    return len((told & page) - own) / len(told) if told else 0.0


def _shared(messages: list[_Message]) -> float:
    by_case = [(item.case, item.type, _runs(item.body)) for item in messages]
    holders: Counter[tuple[str, tuple[str, ...]]] = Counter((kind, run) for _, kind, found in by_case for run in found)
    every = sum(len(found) for _, _, found in by_case)
    return sum(holders[kind, run] > 1 for _, kind, found in by_case for run in found) / every if every else 0.0


def _runs(body: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[^\W_]+(?:'[^\W_]+)?", re.sub(r"https?://\S+", " ", body.lower()))
    return {tuple(found[place : place + RUN]) for place in range(len(found) - RUN + 1)}


def _body(text: str) -> str:
    """The message without greeting and sign-off."""
    inner = text.split(",", 1)[1] if "," in text[:40] else text
    return re.sub(rf"\s*(?:Kind regards,\s*)?{SIGNOFF}\s*$", "", inner).strip()


@cache
def _examples() -> tuple[Example, ...]:
    return tuple(json.loads(line) for line in (EXAMPLES / "messages.jsonl").read_text("utf-8").split("\n") if line)


@cache
def _proposition(key: str) -> Example:
    known = json.loads((EXAMPLES / "propositions.json").read_text("utf-8"))
    return next(item for item in known if item["key"] == key)


def _by_hand() -> list[_Message]:
    return [
        _Message(
            item["case"],
            item["type"],
            item["text"] or "",
            _body(item["text"] or ""),
            len({claim["span"] for claim in item["claims"] if claim["source"] != "role" and not claim["hedged"]}),
        )
        for item in _examples()
    ]


@cache
def _page(case: str, url: str) -> Source:
    return read_local(gzip.decompress((CORPUS / "html" / f"{case}.html.gz").read_bytes()), url)


def ours() -> list[_Message]:
    """Return our messages for the same cases, refused ones with an empty text."""
    composer = EmbeddedComposer()
    cases = list(dict.fromkeys(item["case"] for item in _examples()))
    found: list[_Message] = []
    for example in _examples():
        person = Person(
            example["lead"]["first_name"],
            example["lead"]["last_name"],
            example["company"],
            example["lead"]["job_title"],
        )
        lead = LeadDossier(
            cases.index(example["case"]), person, _page(example["case"], example["url"]), _jobs(example["url"])
        )
        (draft,) = write(composer, _brief(example), lead, (MessageType(example["type"]),))
        text = draft.text if isinstance(draft, Written) else ""
        spans = (
            {
                cite.span
                for part in draft.segments
                for cite in part.citations
                if not cite.url.startswith("request:") and part.role.value.endswith("claim")
            }
            if isinstance(draft, Written)
            else set[str]()
        )
        found.append(_Message(example["case"], example["type"], text, _body(text), len(spans)))
    return found


def _brief(example: Example) -> Brief:
    told = _proposition(example["proposition"])
    material = told["material"]
    return Brief(
        key="side-by-side",
        proposition_name=told["name"],
        proposition=_source(SourceKind.SITE, told["url"], told["name"], told["facts"]),
        tone=Tone(example["tone"]),
        signoff_name=SIGNOFF,
        material=_source(SourceKind.ARTICLE, material["url"], material["title"], material["points"]),
        material_link=material["url"],
        hiring_location=COUNTRY,
        lead_count=len({item["case"] for item in _examples()}),
    )


def _source(kind: SourceKind, url: str, title: str, sentences: list[str]) -> Source:
    evidence = tuple(
        Evidence(f"P{place + 1}", url, EvidenceKind.PARAGRAPH, text, READ_AT, place)
        for place, text in enumerate(sentences)
    )
    return Source(kind, url, url, READ_AT, repr((url, sentences)), title, title, "en", evidence, (), (url,))


def _jobs(url: str) -> Source:
    evidence = tuple(
        Evidence(f"J{place + 1}", url, EvidenceKind.JOB, title, READ_AT, place) for place, title in enumerate(POSTS)
    )
    posts = tuple(JobPost(title, COUNTRY, url, f"J{place + 1}") for place, title in enumerate(POSTS))
    return Source(
        SourceKind.JOBS, url, url, READ_AT, repr((url, POSTS)), evidence=evidence, jobs=posts, looked_at=(url,)
    )


if __name__ == "__main__":
    if not is_there():
        sys.exit("The examples or the corpus are not there: set OVERTURE_EXAMPLES and OVERTURE_CORPUS.")
    print(section(rows()))
    if "--texts" in sys.argv:
        for message in ours():
            print(f"--- {message.case} {message.type}\n{message.text or '(refused)'}\n")
