"""Signatures of a webhook: the compatible header and Standard Webhooks side by side."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class CompatibleHeader:
    """Name and prefix of the compatible signature; the contract leaves both open, so they are settings."""

    name: str = "X-Upscale-Signature"
    prefix: str = "sha256="


def new_secret() -> str:
    """Make a secret as it is shown: ``whsec_`` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _key(secret: str) -> bytes:
    """Return the bytes that Standard Webhooks signs with: the base64 part."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return secret.encode()


def compatible(secret: str, body: bytes) -> str:
    """HMAC-SHA256 over the raw body in hex, keyed with the whole secret as it is displayed."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def standard(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Sign ``id.timestamp.body`` as Standard Webhooks 1.0.0 does, version v1."""
    content = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(_key(secret), content, hashlib.sha256).digest()).decode()


def linkup(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 in hex over ``timestamp.body``, version v1, keyed with the whole secret (linkup.md, section 4)."""
    content = b".".join((str(timestamp).encode(), body))
    return "v1=" + hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def linkedin_headers(
    body: bytes, secrets_in_force: Sequence[str], *, message_id: str, timestamp: int
) -> dict[str, str]:
    """Return the headers of one attempt to tell of a LinkedIn account; ``secrets_in_force`` is newest first."""
    return {
        "Content-Type": "application/json",
        "X-Linkup-Timestamp": str(timestamp),
        "X-Linkup-Signature": linkup(secrets_in_force[0], timestamp, body),
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(standard(s, message_id, timestamp, body) for s in secrets_in_force),
    }


def headers(
    body: bytes,
    secrets_in_force: Sequence[str],
    *,
    message_id: str,
    timestamp: int,
    triggered_at: str,
    compatible_header: CompatibleHeader,
) -> dict[str, str]:
    """Return all headers of one attempt.

    ``secrets_in_force`` is newest first and not empty. Standard Webhooks carries a signature for each of them;
    the compatible header has room for one and uses the newest.
    """
    signature = compatible_header.prefix + compatible(secrets_in_force[0], body)
    return {
        "Content-Type": "application/json",
        compatible_header.name: signature,
        "X-Webhook-Triggered-At": triggered_at,
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(standard(s, message_id, timestamp, body) for s in secrets_in_force),
    }
