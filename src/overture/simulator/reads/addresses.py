"""E-mail addresses: found, traced to their owner, judged. Only the world's own ``.example`` domains exist."""

import re

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Address
from overture.domain.linkedin.queries import AddressOwner, FindAddress, JudgeAddress
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.db import Tx

SHAPE = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


async def find(tx: Tx, viewer: Viewer, query: FindAddress) -> Address:
    """A person's work address, from a profile, or from name and company or its domain.

    Raises:
        NotFoundOnRail: nobody matches.
    """
    if query.profile:
        number = await members.resolve(tx, query.profile)
    else:
        number = await tx.value(
            "SELECT m.id FROM simulated.member m JOIN simulated.company c ON c.id = m.company_id"
            " WHERE lower(m.first_name) = lower($1) AND lower(m.last_name) = lower($2)"
            " AND (c.domain = $4 OR lower(c.name) = $3 OR c.universal_name = $3) ORDER BY m.id LIMIT 1",
            query.first_name.strip(),
            query.last_name.strip(),
            urns.name_of(query.company, "company"),
            query.domain.strip().lower(),
        )
    if number is None:
        raise NotFoundOnRail("nobody of this name works there")
    email = await tx.value("SELECT email FROM simulated.member WHERE id = $1", number)
    shown = (await members.present(tx, viewer, [number]))[number]
    return Address(email, "valid", 96, shown)


async def owner(tx: Tx, viewer: Viewer, query: AddressOwner) -> Address:
    """Who has an address.

    Raises:
        NotFoundOnRail: nobody has it.
    """
    email = query.email.strip().lower()
    number = await tx.value("SELECT id FROM simulated.member WHERE email = $1", email)
    if number is None:
        raise NotFoundOnRail("nobody has this address")
    return Address(email, "valid", 96, (await members.present(tx, viewer, [number]))[number])


async def judge(tx: Tx, viewer: Viewer, query: JudgeAddress) -> Address:
    """Whether an address can be written to: of a member, at a company's domain, or elsewhere."""
    email = query.email.strip().lower()
    match = SHAPE.fullmatch(email)
    if match is None:
        return Address(query.email, "invalid", 0, None, ("this is no address",))
    number = await tx.value("SELECT id FROM simulated.member WHERE email = $1", email)
    if number is not None:
        shown = (await members.present(tx, viewer, [number]))[number]
        return Address(email, "valid", 96, shown, ("the mailbox exists",))
    if await tx.value("SELECT true FROM simulated.company WHERE domain = $1", match[1]):
        return Address(email, "invalid", 4, None, ("the domain exists, the mailbox does not",))
    return Address(email, "unknown", 40, None, ("the domain is unknown here",))
