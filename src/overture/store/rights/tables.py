"""What a table of the database holds about people; the register is made of these."""

from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString


class Subject(StrEnum):
    """Whom the personal data of a table is about."""

    LEAD = "lead"
    """The person that messages are written to. Erased and exported."""
    MEMBER = "member"
    """The customer's own member, who acts by a LinkedIn account."""
    NOBODY = "nobody"
    """No personal data: the customer's account, counts, hashes, ids."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Each of its columns stands in exactly one of ``personal``, ``sealed`` and ``other``.

    ``where`` finds the rows of one person; its alias of the table is ``t`` and its parameters are those of ``FINDING``.
    ``count``, ``erase`` and ``export`` are whole statements over these rows.
    """

    name: str
    holds: str
    subject: Subject
    personal: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    kept: str = "until it is deleted by the operator"
    source: str = ""
    erased: str = ""
    where: LiteralString = ""
    count: LiteralString = ""
    erase: LiteralString = ""
    export: LiteralString = ""


FINDING: LiteralString = (
    "WITH who AS (SELECT $1::uuid AS account_id, $2::bytea AS person, $3::text AS pattern, $7::text[] AS lists,"
    "   $8::text[] AS urls, $9::text[] AS names),"
    " spot AS (SELECT s.request_id, s.idx FROM unnest($4::uuid[], $5::int[]) AS s (request_id, idx)),"
    " own AS (SELECT o.id FROM unnest($6::uuid[]) AS o (id)) "
)
"""What every statement about a person begins with: $1 the customer, $2 the hash, $3 a pattern that finds the profile in
texts, $4 and $5 the leads of requests, $6 the leads of campaigns, $7 lists of tasks, $8 addresses that were named for
the person alone, $9 the profile's names in small letters."""
