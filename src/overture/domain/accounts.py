"""Accounts, their tiers, and API keys."""

import hashlib
import secrets
import string
import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

ALPHABET = string.digits + string.ascii_letters
KEY_PREFIX = "ov_live_"
TEST_KEY_PREFIX = "ov_test_"


class Tier(StrEnum):
    """Which limits an account has (contract, 1.4.6)."""

    TESTING = "testing"
    PRODUCTION = "production"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Limits:
    """Inclusive limits over the calendar minute and the calendar day in UTC."""

    requests_minute: int
    requests_day: int
    messages_minute: int
    messages_day: int


TIER_LIMITS: dict[Tier, Limits] = {
    Tier.TESTING: Limits(20, 2_000, 10, 1_000),
    Tier.PRODUCTION: Limits(300, 100_000, 400, 120_000),
    Tier.SCALE: Limits(1_350, 417_000, 1_800, 500_000),
}
"""The documented tiers: testing, normal production, future production."""


class Mode(StrEnum):
    """Whether an account is in earnest. One in test mode never reaches LinkedIn or a language model."""

    LIVE = "live"
    TEST = "test"


class Unit(StrEnum):
    """What a balance counts: messages that are written, or actions on LinkedIn."""

    MESSAGES = "messages"
    ACTIONS = "actions"


class Scope(StrEnum):
    """What a key opens."""

    GENERATION = "generation"
    GATEWAY = "gateway"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: an account, by one of its keys. ``note_limit`` is the account's own, where it has one.

    ``test``: the account is in test mode.
    """

    account_id: UUID
    key_id: str
    tier: Tier
    note_limit: int | None = None
    scope: Scope = Scope.GENERATION
    test: bool = False

    def may(self, scope: Scope) -> bool:
        """Return whether the caller's key opens what ``scope`` names."""
        return self.scope in {scope, Scope.ALL}

    @property
    def limits(self) -> Limits:
        """The limits of the caller's tier."""
        return TIER_LIMITS[self.tier]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; ``text`` is shown once and never stored."""

    key_id: str
    text: str
    secret_hash: bytes


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as it may be shown later."""

    key_id: str
    last4: str
    scope: Scope
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Credits:
    """A balance as the contract shows it; ``remaining`` is ``allowance`` less ``used``, never below 0."""

    allowance: int
    used: int
    remaining: int


def _base62(number: int, width: int) -> str:
    digits: list[str] = []
    for _ in range(width):
        number, rest = divmod(number, 62)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), 6)


def hash_secret(secret: str) -> bytes:
    """SHA-256: the right hash for 256 random bits (argon2 is for passwords)."""
    return hashlib.sha256(secret.encode()).digest()


def new_key(mode: Mode = Mode.LIVE) -> NewKey:
    """Make a key: prefix, 8 characters of id, 43 of secret, 6 of checksum."""
    key_id = "".join(secrets.choice(ALPHABET) for _ in range(8))
    secret = _base62(secrets.randbits(256), 43)
    body = f"{TEST_KEY_PREFIX if mode is Mode.TEST else KEY_PREFIX}{key_id}_{secret}"
    return NewKey(key_id, body + _checksum(body), hash_secret(secret))


def parse_key(text: str) -> tuple[str, bytes] | None:
    """Return the id and the hash of the secret, or None for what cannot be one of our keys (no query needed)."""
    length = len(KEY_PREFIX) + 8 + 1 + 43 + 6
    if len(text) != length or not text.startswith((KEY_PREFIX, TEST_KEY_PREFIX)) or not text.isascii():
        return None
    body, checksum = text[:-6], text[-6:]
    if not secrets.compare_digest(_checksum(body), checksum):
        return None
    key_id, _, secret = body[len(KEY_PREFIX) :].partition("_")
    return (key_id, hash_secret(secret)) if len(key_id) == 8 else None
