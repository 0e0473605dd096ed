"""docs/quality.md: how well true and false are told apart."""

from collections.abc import Sequence

from benchmarks.quality.checking import Alarms, Caught
from benchmarks.quality.document import figure, mark, percent, table
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


def obeying_section(rows: Sequence[Obeyed]) -> str:
    """Return what the gate alone lets through of a writer that copies what it reads."""
    lines = [(row.way, str(row.tried), str(len(row.passed))) for row in rows]
    return "\n\n".join(
        (
            "### A writer that obeys, against the gate alone",
            "The worst case for the gate: nothing was cleaned from the page, the payload stands in the evidence, and a "
            "writer copies it whole into an otherwise true message and cites it. Two types of letter, every payload. "
            "A language model behind the whole chain is in the table above.",
            table(("payload as", "messages", "pass"), lines),
        )
    )


def missed_section(rows: Sequence[Caught]) -> str:
    """Return examples of what passes, one or two a kind."""
    lines = ["### What passes", "One example of each kind that passes the gate although it is false:"]
    for row in rows:
        if row.missed:
            text = " ".join(row.missed[0].split())
            lines.append(f"- {row.name} ({figure(100 * (1 - row.share), 1)}% pass): {text}")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])
