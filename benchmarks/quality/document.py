"""docs/quality.md, section by section. Nothing in it depends on the machine or the hour."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from statistics import mean

from benchmarks.quality.baseline import merged
from benchmarks.quality.campaign import ALL, Campaign, coverage
from benchmarks.quality.extraction import Extraction
from overture.composition.evaluation.report import rate
from overture.domain.messages import Written

SAMPLED, SEED = 12, 20261125
CREDIT = """# What the messages are worth

Written by `make eval`; run it again and the same file comes out. All figures on pages are of the development split of
WCXB, the Web Content eXtraction Benchmark (CC-BY-4.0, Murrough Foley): company pages as "service", one lead a company;
and articles. People, propositions and job posts are fictional. How figures are taken: [evaluation.md](evaluation.md).
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def percent(value: float | None, places: int = 1) -> str:
    """Return a share as a percentage."""
    return "-" if value is None else f"{100 * value:.{places}f}%"


def figure(value: float | None, places: int = 2) -> str:
    """Return a number."""
    return "-" if value is None else f"{value:.{places}f}"


def ranged(values: Sequence[float | None], show: Callable[[float | None], str] = percent) -> str:
    """Return the mean and, behind it, the lowest and the highest."""
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    if len(known) == 1:
        return show(known[0])
    return f"{show(mean(known))} ({show(min(known))} to {show(max(known))})"


def mark(*, holds: bool) -> str:
    """Return whether a bar is held."""
    return "holds" if holds else "**falls short**"


def highest(values: Iterable[float | None]) -> float:
    """Return the highest of the values that are known, 0 for none."""
    return max((value for value in values if value is not None), default=0.0)


def extraction_section(read: Sequence[Extraction]) -> str:
    """Return what is read of pages."""
    rows = [(item.kind, str(item.pages), *(figure(x, 3) for x in (item.f1, item.even, item.odd))) for item in read]
    return "## Reading pages\n\nRules were tuned on the even places of the corpus.\n\n" + table(
        ("pages", "number", "word F1", "even", "odd"), rows
    )


def written_section(found: Sequence[Campaign]) -> str:
    """Return what was written and refused."""
    rows: list[tuple[str, ...]] = []
    for kind in ALL:
        parts = [one.report.types[str(kind)] for one in found]
        written, refused = sum(part.written for part in parts), sum(part.refused for part in parts)
        count = rate(sum(part.unsupported.count for part in parts), written)
        rows.append(
            (
                str(kind),
                str(written),
                percent(written / (written + refused)),
                f"{count.per_100:.2f} ({count.low:.2f} to {count.high:.2f})",
                figure(mean(part.length or 0 for part in parts), 0),
                figure(mean(part.grade or 0 for part in parts), 1),
                figure(mean(part.sentence or 0 for part in parts), 1),
            )
        )
    reasons = Counter[str]()
    for one in found:
        reasons.update(one.report.reasons)
    halves = [ranged([coverage(one, half).share for one in found]) for half in (0, 1)]
    head = ("type", "written", "share", "unsupported per 100 (95% interval)", "length", "grade", "words a sentence")
    names = ", ".join(f"{one.proposition.name} ({one.items[0].brief.tone})" for one in found)
    return "\n\n".join(
        (
            "## Written and refused",
            f"{len(found)} campaigns of {len(found[0].items) // 5} leads: {names}. Lengths and grades are medians, "
            "averaged over the campaigns.",
            table(head, rows),
            f"Coverage on the even places of the corpus {halves[0]}, on the odd ones {halves[1]}.",
            table(("not written because", "messages"), [(name, str(n)) for name, n in reasons.most_common()]),
            "Soft scores, 0 to 1, mean over the campaigns:",
            _scores(found),
        )
    )


def _scores(found: Sequence[Campaign]) -> str:
    names = list(found[0].report.total.scores)
    rows = [
        (
            str(kind),
            *(figure(mean(one.report.types[str(kind)].scores.get(name, 0.0) for one in found)) for name in names),
        )
        for kind in ALL
        if all(one.report.types[str(kind)].written for one in found)
    ]
    return table(("type", *(name.replace("_", " ") for name in names)), rows)


def likeness_section(found: Sequence[Campaign]) -> str:
    """Return how much messages to different leads resemble one another, beside the mail merge."""
    plain = [merged(one) for one in found]
    rows: list[tuple[str, ...]] = []
    for kind in ALL:
        for who, parts in (("ours", [one.report for one in found]), ("mail merge", plain)):
            items = [part.likeness[str(kind)] for part in parts if str(kind) in part.likeness]
            spread = [item.diversity for item in items]
            rows.append(
                (
                    f"{kind}, {who}",
                    figure(mean(item.leads for item in items), 0),
                    ranged([item.identified for item in items]),
                    percent(highest(item.same_opening for item in items)),
                    percent(highest(item.closing.share if item.closing else None for item in items)),
                    *(
                        figure(mean(value for value in values if value is not None), 3)
                        for values in (
                            [item.self_bleu for item in spread],
                            [item.distinct_1 for item in spread],
                            [item.distinct_2 for item in spread],
                            [item.distinct_3 for item in spread],
                            [item.repetition for item in spread],
                            [item.compression for item in spread],
                        )
                    ),
                )
            )
    head = (
        "messages", "leads", "identified", "same opening", "same closing", "self-BLEU", "distinct-1", "distinct-2",
        "distinct-3", "repeated 4-grams", "compression",
    )  # fmt: skip
    told = [one.report.sequences for one in found]
    leads, own = sum(item.leads for item in told), sum(item.lead_fact_twice for item in told)
    senders = sum(item.sender_fact_twice for item in told)
    return "\n\n".join(
        (
            "## Could it be for someone else?",
            "The mail merge is one template a type with the caller's fields, to the same leads. *Identified*: a "
            "retriever (BM25 over all dossiers) that sees no names finds the lead. Openings and closings: the highest.",
            table(head, rows),
            f"Of {leads} leads with several messages {own} hear a fact of their own company twice, {senders} one of "
            "the sender (it has three).",
        )
    )


def sample_section(found: Sequence[Campaign]) -> str:
    """Return a dozen messages with their evidence, drawn by a fixed seed."""
    items = [item for one in found for item in one.items if isinstance(item.draft, Written)]
    lines = ["## A dozen messages", f"Drawn from {len(items)} by a fixed seed, none left out."]
    for item in Random(SEED).sample(items, SAMPLED):
        assert isinstance(item.draft, Written)
        text = item.draft.text.replace("\n", "\n> ")
        lines.append(f"**{item.draft.type}** to {item.lead.person.job_title}, {item.company.name} ({item.brief.tone})")
        lines.append(f"> {text}")
        cited = [
            f"- {part.role}: “{cite.span}” ({cite.url})"
            for part in item.draft.segments
            for cite in part.citations
            if not cite.url.startswith("request:")
        ]
        lines.append("\n".join(cited) or "- nothing cited but the caller's own words")
    return "\n\n".join(lines)
