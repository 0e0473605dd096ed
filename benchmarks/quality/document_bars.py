"""docs/quality.md: the bars, and by how much and why some fall short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.quality import side_by_side
from benchmarks.quality.campaign import ALL, Campaign, coverage, identified_by_lead_claims, largest_frame_share
from benchmarks.quality.checking import Alarms, Caught
from benchmarks.quality.document import figure, highest, mark, percent, table
from benchmarks.quality.document_planted import hidden_lookalikes, payload_count
from benchmarks.quality.extraction import Extraction
from benchmarks.quality.injected import Planted

REQUIRED = ("number altered", "name altered", "invented sentence")


@dataclass(frozen=True)
class Measured:
    """All that the bars are about; ``model`` is None where the ``llm`` extra is not installed."""

    found: Sequence[Campaign]
    read: Sequence[Extraction]
    caught: Sequence[Caught]
    alarms: Alarms
    embedded: Sequence[Planted]
    model: Sequence[Planted] | None


@dataclass(frozen=True)
class Bar:
    """One bar: what was measured, and why it is what it is where it falls short. ``form``: percent, f1 or count."""

    name: str
    value: float
    bar: float
    form: str
    why: str
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bar is held."""
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    def shown(self, value: float) -> str:
        """Return a value in the bar's form."""
        return {"percent": percent(value), "f1": figure(value, 3), "count": f"{value:.0f}"}[self.form]

    @property
    def short(self) -> str:
        """By how much it falls short."""
        gap = abs(self.value - self.bar)
        return f"{100 * gap:.1f} points" if self.form == "percent" else self.shown(gap)


def bars(of: Measured) -> list[Bar]:
    """Return the bars of the work that this repository sets itself."""
    return [*_reading(of), *_campaign(of), *_likeness(of), *_gate(of), *_planted(of)]


def _reading(of: Measured) -> Iterator[Bar]:
    f1 = {item.kind: item.f1 for item in of.read}
    why = "blocks are told apart by rules for HTML, not by a trained model; the table on pages shows both halves"
    yield Bar("extraction, word F1, service pages", f1["service"], 0.82, "f1", why)
    yield Bar("extraction, word F1, articles", f1["article"], 0.93, "f1", why)


def _campaign(of: Measured) -> Iterator[Bar]:
    yield Bar(
        "companies of 200 words or more with note and follow-up, mean",
        mean(coverage(one).share for one in of.found),
        0.85,
        "percent",
        "the other pages state little that can be said of the company alone: they are refused, with the reason",
    )
    yield Bar(
        "messages delivered with an unsupported claim, found by the gate",
        sum(one.report.total.unsupported.count for one in of.found),
        0,
        "count",
        "the evaluator found what the gate of the composer let pass",
        at_most=True,
    )


def _likeness(of: Measured) -> Iterator[Bar]:
    for kind, name in zip(ALL[:2], ("notes", "follow-ups"), strict=True):
        values = [one.report.likeness[str(kind)].identified or 0.0 for one in of.found]
        told = [identified_by_lead_claims(one, kind) or 0.0 for one in of.found]
        why = (
            f"the retriever reads the whole message, so the sender's words vote for companies with such words on "
            f"their pages; by the sentences about the lead alone it finds {percent(min(told))} (mean "
            f"{percent(mean(told))}, whole messages {percent(mean(values))}). The rest are pages whose facts companies "
            "of the same trade share, and letters that say one or two facts and no more"
        )
        yield Bar(f"lead identified, {name}, lowest campaign", min(values), 0.9, "percent", why)
    same = highest(one.report.likeness[str(kind)].same_opening for one in of.found for kind in ALL)
    yield Bar(
        "pairs of leads with the same first five words, highest",
        same,
        0.03,
        "percent",
        "letters that start with a fixed phrase before the first fact have few such phrases that are true for every "
        "lead; a type with few facts of the lead in it (hiring, material) runs out of them first",
        at_most=True,
    )
    yield Bar(
        "one frame's share of a type, highest",
        max(largest_frame_share(one) for one in of.found),
        0.10,
        "percent",
        "frames are dealt out evenly over all leads of a campaign; refused leads leave gaps, so that the share among "
        "the messages that were written is somewhat above one over the number of frames",
        at_most=True,
    )


def _gate(of: Measured) -> Iterator[Bar]:
    for row in of.caught:
        if row.bar is not None:
            yield Bar(f"caught: {row.name}", row.share, row.bar, "percent", row.remark or "see what passes, above")
    share = of.alarms.refused / of.alarms.messages if of.alarms.messages else 0.0
    why = "the composer wrote what its gate refuses: the rules in the table on true messages say which"
    yield Bar("false alarms on the composer's true messages", share, 0.02, "percent", why, at_most=True)


def _planted(of: Measured) -> Iterator[Bar]:
    sides = (("embedded composer", of.embedded), ("a model that obeys", of.model))
    for name, rows in sides:
        if rows is not None:
            why = "a planted sentence passed for one of the company's; the texts stand in the section on planted text"
            yield Bar(f"messages with something planted, {name}", payload_count(rows), 0, "count", why, at_most=True)


def bars_section(of: Measured) -> str:
    """Return the table of bars."""
    rows = [(one.name, one.shown(one.value), _limit(one), mark(holds=one.holds)) for one in bars(of)]
    if of.model is None:
        rows.append(("messages with something planted, a model that obeys", "not measured: no `llm` extra", "0", ""))
    speed = "[performance.md](performance.md)"
    rows.append(("composer with gate, CPU a message; reading a company page, CPU", speed, "2 ms; 4 ms", "see there"))
    if side_by_side.is_there():
        below = "[below](#beside-messages-written-by-hand)"
        rows.append(("beside messages written by hand", below, "the same level", "see there"))
    return (
        "## Bars\n\n"
        + table(("figure", "measured", "bar", ""), rows)
        + "\n\nReading messages is a person's work and not in the table: `make eval` writes all of them, with their "
        "evidence, to `.bench/quality.jsonl`."
    )


def _limit(bar: Bar) -> str:
    return f"at {'most' if bar.at_most else 'least'} {bar.shown(bar.bar)}" if bar.bar else "0"


def shortcomings(of: Measured) -> str:
    """Return which bars fall short, by how much and why, and what no bar tells."""
    short = [one for one in bars(of) if not one.holds]
    lines = [
        f"- **{one.name[0].upper()}{one.name[1:]}**: {one.shown(one.value)}, short by {one.short}. "
        f"{one.why[0].upper()}{one.why[1:]}."
        for one in short
    ]
    first = f"{len(short)} of {len(bars(of))} bars fall short:" if short else "All bars hold."
    parts = ["## What does not hold, and why", first, "\n".join(lines), "Beyond the bars:", "\n".join(_beyond(of))]
    return "\n\n".join(part for part in parts if part)


def _beyond(of: Measured) -> Iterator[str]:
    passed = {row.name: percent(1 - row.share) for row in of.caught}
    yield (
        f"- **Order.** {passed['relation: sides exchanged']} of the exchanged sides pass: where the verb stands more "
        "than once, where a pronoun has taken the place of a noun, or where both sides hold the same word, order alone "
        "decides nothing."
    )
    yield (
        f"- **Opposites and common verbs.** {passed['opposite']} of the opposites and "
        f"{passed['common verb replaced']} of the common verbs put in another's place pass: a paraphrase may use "
        "common words that the page does not hold."
    )
    yield (
        f"- **Hedged guesses.** {passed['invented but hedged']} of the invented guesses pass, as long as they name "
        "nothing. The gate demands the hedge; whether a guess is sensible is a person's to judge."
    )
    yield (
        "- **Truth.** Whether a page is true, current, or about the company rather than its trade is not checked. A "
        "planted sentence that readers see and that reads like the company's own is taken for the company's own."
    )
    yield (
        "- **Honest free prose** is refused like invention, see the last row on true messages. A model that judges "
        "entailment would tell them apart; none runs here."
    )
    rows = hidden_lookalikes([*of.embedded, *(of.model or ())])
    if rows:
        places = ", ".join(sorted({row.carrier for row in rows}))
        yield (
            f"- **Hidden lookalikes.** {sum(row.lookalikes for row in rows)} messages hold a lookalike that no reader "
            f"sees ({places})."
        )
