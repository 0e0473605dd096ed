"""Telling whether two names of a profile are the same person, without keeping either."""

import hashlib
from uuid import UUID

from overture.domain.linkedin.tasks import same_profile


def person_hash(account_id: UUID, profile: str) -> bytes:
    """Return SHA-256 over the customer and the profile's public id; an address and the bare id give the same.

    LinkedIn's internal ids (``ACo...``, ``urn:li:...``) are other names that only LinkedIn can match.
    """
    public_id = same_profile(profile).rpartition("/")[2]
    return hashlib.sha256(f"{account_id}\0{public_id}".encode("utf-8", "surrogatepass")).digest()
