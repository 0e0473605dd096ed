"""The composer over real company pages: every message passes the gate and reads clean."""

import gzip
import json
import re
from functools import cache
from pathlib import Path

from overture.composition.compose import EmbeddedComposer
from overture.composition.write import write
from overture.domain.evidence import Source
from overture.domain.messages import MessageType, Role, Tone, Written, linkedin_length
from overture.research.gather import read_local
from tests.composition.pages import ALL, brief, jobs, lead

TITLES = (
    "CFO",
    "Head of Talent",
    "VP Customer Success",
    "Managing Director",
    "Software Engineer",
    "Inhaberin",
    None,
    "Wizard | Speaker",
)
COMPOSER = EmbeddedComposer()


@cache
def companies(corpus: Path) -> list[tuple[str, Source]]:
    rows = [json.loads(line) for line in (corpus / "index.jsonl").read_text(encoding="utf-8").split("\n") if line]
    found: list[tuple[str, Source]] = []
    for row in rows:
        if row["kind"] == "service":
            source = read_local(gzip.decompress((corpus / "html" / f"{row['id']}.html.gz").read_bytes()), row["url"])
            label = row["url"].split("/")[2].removeprefix("www.").split(".")[-2]
            found.append((label.capitalize(), source))
    return found


def drafts(corpus: Path, kinds: tuple[MessageType, ...] = ALL) -> list[list[object]]:
    return [
        write(
            COMPOSER,
            brief(tone=list(Tone)[index % 3]),
            lead(
                index, company=name, site=source, job_title=TITLES[index % 8], jobs=jobs("Data Engineer", "Recruiter")
            ),
            kinds,
        )
        for index, (name, source) in enumerate(companies(corpus))
    ]  # type: ignore[return-value]


AWKWARD = re.compile(
    r" {2}| [,.;:?]|\.\.|,,|\b(\w+) \1\b(?!\.)|\ba [aeio]\w|\ban [bcdfgjklmnpqrtvwz]\w|\b(?:this|these) (?:page|"
    r"site)|\bus\b|"
    r"\b[Oo]ur (?:client|customer|mission)|\(\s|\s\)|[{}\[\]<>]|\bcustomers am\b|&\w+;"
)


def test_most_pages_with_text_carry_a_note_and_a_follow_up(corpus: Path) -> None:
    enough = [sum(len(item.text.split()) for item in source.evidence) >= 200 for _, source in companies(corpus)]
    rows = drafts(corpus, ALL[:2])
    written = sum(ok and all(isinstance(draft, Written) for draft in row) for ok, row in zip(enough, rows, strict=True))
    assert written / sum(enough) >= 0.85


def test_nothing_awkward_is_left(corpus: Path) -> None:
    for row in drafts(corpus):
        for draft in row:
            if isinstance(draft, Written):
                body = re.sub(r"https?://\S+", "", draft.text)
                assert AWKWARD.search(body.replace("that that", "")) is None, draft.text


def test_notes_are_short(corpus: Path) -> None:
    lengths = [
        linkedin_length(draft.text) for row in drafts(corpus, ALL[:1]) for draft in row if isinstance(draft, Written)
    ]
    assert max(lengths) <= 300
    assert sum(length <= 200 for length in lengths) / len(lengths) >= 0.6


def test_every_claim_is_cited_from_where_it_was_read(corpus: Path) -> None:
    for row in drafts(corpus):
        for draft in row:
            if isinstance(draft, Written):
                claims = [
                    item
                    for item in draft.segments
                    if item.role in {Role.LEAD_CLAIM, Role.SENDER_CLAIM, Role.MATERIAL_CLAIM}
                ]
                assert claims
                assert all(cite.span and cite.url for item in claims for cite in item.citations)
