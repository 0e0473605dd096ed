"""The register: every table and column of the product, and what each holds about people."""

from overture.store.rights.others import ENGINE, MEMBERS, OTHERS
from overture.store.rights.people import PEOPLE
from overture.store.rights.tables import Subject, Table

REGISTER: tuple[Table, ...] = (*PEOPLE, *MEMBERS, *OTHERS)
ERASED: tuple[Table, ...] = PEOPLE
"""What is erased and exported, in the order of erasing: what finds others goes after them."""


def columns() -> dict[str, frozenset[str]]:
    """Return every classified column by its table."""
    return {table.name: frozenset(table.personal + table.sealed + table.other) for table in REGISTER}


def is_engines(name: str) -> bool:
    """Return whether a table is the queue engine's own."""
    return name.startswith(ENGINE)


def page() -> str:
    """Return the register of processing, as docs/privacy.md holds it."""
    lines = [
        "| table | what it holds | about | personal data | from | kept | erased |",
        "|---|---|---|---|---|---|---|",
    ]
    for table in sorted(REGISTER, key=lambda t: (t.subject is Subject.NOBODY, t.subject != Subject.LEAD, t.name)):
        if table.subject is Subject.NOBODY:
            continue
        personal = ", ".join(f"`{name}`" for name in table.personal)
        sealed = ", ".join(f"`{name}` (sealed or hashed)" for name in table.sealed)
        cells = (
            f"`{table.name}`",
            table.holds,
            table.subject,
            "; ".join(part for part in (personal, sealed) if part) or "ids",
            table.source,
            table.kept,
            table.erased or "with the account",
        )
        lines.append("| " + " | ".join(cells) + " |")
    rest = ", ".join(sorted(f"`{table.name}`" for table in REGISTER if table.subject is Subject.NOBODY))
    lines += ["", f"No personal data of leads or members: {rest}, and the queue's tables (`{ENGINE}...`)."]
    return "\n".join(lines) + "\n"
