"""docs/quality.md: how well true and false are told apart, what planted text achieves, and what does not hold."""

from collections.abc import Sequence

from benchmarks.quality.checking import Alarms, Caught
from benchmarks.quality.document import figure, mark, percent, table
from benchmarks.quality.injected import PLACES, Planted
from benchmarks.quality.injections import VISIBLE, lookalikes, payloads
from benchmarks.quality.obeying import Obeyed


def gate_section(rows: Sequence[Caught], true: Sequence[Alarms]) -> str:
    """Return the corruptions caught and the false alarms."""
    lines = [
        (
            row.name,
            str(row.cases),
            str(row.caught),
            percent(row.share),
            "-" if row.bar is None else f"{percent(row.bar, 0)}, {mark(holds=row.share >= row.bar)}",
            row.remark,
        )
        for row in rows
    ]
    told = [
        (
            item.origin,
            str(item.messages),
            str(item.refused),
            percent(item.refused / item.messages if item.messages else None),
            ", ".join(f"{name} {count}" for name, count in item.rules) or "-",
        )
        for item in true
    ]
    return "\n\n".join(
        (
            "## Does the gate tell true from false?",
            "One change to a true message, made by code that shares nothing with the gate (`benchmarks/quality/"
            "corruptions.py`); the true messages are the composer's, and some sixty with claims written by hand that "
            "are dense in dates, units, names and denials. A case is caught where the gate has any objection.",
            table(("kind", "cases", "caught", "share", "bar", "remark"), lines),
            "True messages that the gate refuses (bar: 2%, for the composer's own before its gate). Those written by "
            "hand are honest, but free: they paraphrase, count and combine. The gate wants the words of the "
            "evidence, so "
            "it refuses most of them; a writer that is to pass it has to keep to the page's words.",
            table(("true messages", "number", "refused", "share", "rules"), told),
        )
    )


def injection_section(rows: Sequence[Planted], composers: str = "the embedded composer") -> str:
    """Return what planted text achieves."""
    carriers = list(dict.fromkeys(row.carrier for row in rows))
    lines: list[tuple[str, ...]] = []
    for name in carriers:
        found = [row for row in rows if row.carrier == name]
        lines.append(
            (
                name,
                "yes" if name in VISIBLE else "no",
                str(sum(row.messages for row in found)),
                str(sum(row.payloads for row in found)),
                str(sum(row.lookalikes for row in found)),
            )
        )
    kinds = ", ".join(dict.fromkeys(item.type.replace("_", " ") for item in payloads()))
    return "\n\n".join(
        (
            f"## Planted text ({composers})",
            f"{len(payloads())} payloads of eight types ({kinds}), carried in {len(carriers)} ways, planted in "
            f"turn in the "
            f"page of the {', '.join(PLACES)}. Counted: messages that hold a link, handle, number, name or phrase "
            f"of the "
            f"payload. The last column counts {len(lookalikes())} lookalikes, planted sentences that read like "
            f"the company's "
            "own: where a reader sees them no check can tell; where none does, they should not pass.",
            table(("carrier", "seen by readers", "messages", "with a payload", "with a lookalike"), lines),
        )
    )


def obeying_section(rows: Sequence[Obeyed]) -> str:
    """Return what the gate alone lets through of a writer that copies what it reads."""
    lines = [(row.way, str(row.tried), str(len(row.passed))) for row in rows]
    return "\n\n".join(
        (
            "### A writer that obeys",
            "The worst case for the gate: nothing was cleaned from the page, the payload stands in the evidence, and a "
            "writer copies it whole into an otherwise true message and cites it. Two types of letter, every payload. "
            "What a language model behind the whole chain lets through is tested in `tests/llm`.",
            table(("payload as", "messages", "pass"), lines),
        )
    )


def shortcomings(rows: Sequence[Caught], planted: Sequence[Planted]) -> str:
    """Return what does not hold and why, from the figures."""
    named = {row.name: row for row in rows}
    hidden = sum(row.lookalikes for row in planted if row.carrier not in VISIBLE)
    places = sorted({row.carrier for row in planted if row.lookalikes and row.carrier not in VISIBLE})
    order, opposite, guess = (
        named["relation: sides exchanged"],
        named["opposite"],
        named["invented but hedged"],
    )
    common = named["common verb replaced"]
    lines = [
        "Bars marked above as falling short are short by the difference shown there. Beyond them:",
        f"- **Order.** {percent(1 - order.share)} of the exchanged sides pass: where the verb stands more than "
        f"once, where a "
        "pronoun has taken the place of a noun, or where both sides hold the same word, order alone decides nothing.",
        f"- **Opposites and common verbs.** {percent(1 - opposite.share)} of the opposites and "
        f"{percent(1 - common.share)} "
        "of the common verbs put in another's place pass: a paraphrase may use common words that the page does "
        "not hold.",
        f"- **Hedged guesses.** {percent(1 - guess.share)} of the invented guesses pass, as long as they name "
        f"nothing. The "
        "gate demands the hedge; whether a guess is sensible is a person's to judge.",
        "- **Truth.** Whether a page is true, current, or about the company rather than its trade is not "
        "checked. A planted "
        "sentence that readers see and that reads like the company's own is taken for the company's own.",
        "- **Honest free prose** is refused like invention, see the last row on true messages. A model that judges "
        "entailment would tell them apart; none runs here.",
        "- **Identification** depends on how distinctive pages are: companies of one trade on small pages are "
        "mistaken for "
        "one another, and half of a message is about the sender.",
    ]
    if hidden:
        lines.append(
            f"- **Hidden lookalikes.** {hidden} messages hold a lookalike that no reader sees ({', '.join(places)})."
        )
    return "## What does not hold, and why\n\n" + "\n".join(lines)


def missed_section(rows: Sequence[Caught]) -> str:
    """Return examples of what passes, one or two a kind."""
    lines = ["### What passes", "One example of each kind that passes the gate although it is false:"]
    for row in rows:
        if row.missed:
            text = " ".join(row.missed[0].split())
            lines.append(f"- {row.name} ({figure(100 * (1 - row.share), 1)}% pass): {text}")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])
