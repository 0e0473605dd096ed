"""Every sealed value of LinkedIn accounts, for sealing them anew with another key."""

from dataclasses import dataclass
from uuid import UUID

from overture.store.db import ReadTx, Tx


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed value: the customer, the LinkedIn account, and which value it is: session, token or challenge."""

    account_id: UUID
    linkedin_id: UUID
    column: str
    value: bytes


async def listed(tx: ReadTx) -> list[Sealed]:
    """Return every sealed value."""
    rows = await tx.fetch(
        "SELECT account_id, id, 'session' AS column, session AS value FROM linkedin_account WHERE session IS NOT NULL"
        " UNION ALL SELECT account_id, id, 'token', token FROM linkedin_account WHERE token IS NOT NULL"
        " UNION ALL SELECT a.account_id, a.id, 'challenge', c.sealed FROM linkedin_challenge c"
        "   JOIN linkedin_account a ON a.id = c.linkedin_account_id"
    )
    return [Sealed(*row) for row in rows]


async def replace(tx: Tx, old: Sealed, value: bytes) -> bool:
    """Store a value under another key; False where it has been replaced meanwhile, by a sign-in."""
    match old.column:
        case "session":
            done = await tx.execute(
                "UPDATE linkedin_account SET session = $3 WHERE id = $1 AND session = $2",
                old.linkedin_id,
                old.value,
                value,
            )
        case "token":
            done = await tx.execute(
                "UPDATE linkedin_account SET token = $3 WHERE id = $1 AND token = $2", old.linkedin_id, old.value, value
            )
        case _:
            done = await tx.execute(
                "UPDATE linkedin_challenge SET sealed = $3 WHERE linkedin_account_id = $1 AND sealed = $2",
                old.linkedin_id,
                old.value,
                value,
            )
    return done == 1
