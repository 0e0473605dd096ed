"""Verifying webhooks on their raw bytes, with one error whatever is wrong."""

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from overture.client.errors import WebhookInvalid
from overture.client.models import JsonObject

TOLERANCE = 300.0
"""Seconds that a signed time may be away from now, in both directions."""
_SECONDS = re.compile("[0-9]{1,12}")
_SECRET = "whsec_"  # noqa: S105  # a prefix


class Scheme(Enum):
    """Which of the signatures is looked at. A receiver chooses one: the sender never does."""

    STANDARD = "standard"
    """Standard Webhooks 1.0.0: ``webhook-id``, ``webhook-timestamp``, ``webhook-signature``. Take this one."""
    UPSCALE = "upscale"
    """``X-Upscale-Signature``: no time is signed, so an old webhook can be sent again. De-duplicate."""
    LINKUP = "linkup"
    """``X-Linkup-Timestamp`` and ``X-Linkup-Signature``, of LinkedIn events."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """What was verified. ``id`` is the same on every attempt; it is blank but for Standard Webhooks."""

    id: str
    body: JsonObject


class Webhooks:
    """Verifies webhooks against one or several secrets: during a rotation both are given."""

    def __init__(
        self,
        secrets: str | Sequence[str],
        *,
        scheme: Scheme = Scheme.STANDARD,
        tolerance: float = TOLERANCE,
        now: Callable[[], float] | None = None,
    ) -> None:
        self._secrets = (secrets,) if isinstance(secrets, str) else tuple(secrets)
        if not self._secrets or not all(self._secrets):
            raise ValueError("at least one secret is needed, and none may be blank")
        self._scheme, self._tolerance, self._now = scheme, tolerance, now or time.time

    def verify(self, body: bytes, headers: Mapping[str, str]) -> Webhook:
        """Return what the body says, if it is signed.

        ``body`` has to be the raw bytes as they arrived; names of ``headers`` may be in any case.

        Raises:
            WebhookInvalid: no signature, a wrong one, one that is too old, or no JSON object.
        """
        given = {name.lower(): value for name, value in headers.items()}
        if self._scheme is Scheme.STANDARD:
            name, stamp = _one(given, "webhook-id"), self._stamp(given, "webhook-timestamp")
            content = b".".join((name.encode(), stamp.encode(), body))
            known = [b"v1," + base64.b64encode(_hmac(_key(secret), content).digest()) for secret in self._secrets]
            signatures = _one(given, "webhook-signature").split(" ")
        elif self._scheme is Scheme.LINKUP:
            name, stamp = "", self._stamp(given, "x-linkup-timestamp")
            known = [
                b"v1=" + _hmac(secret.encode(), stamp.encode() + b"." + body).hexdigest().encode()
                for secret in self._secrets
            ]
            signatures = [_one(given, "x-linkup-signature")]
        else:
            name = ""
            known = [b"sha256=" + _hmac(secret.encode(), body).hexdigest().encode() for secret in self._secrets]
            signatures = [_one(given, "x-upscale-signature")]
        if not _any_equal(signatures, known):
            raise WebhookInvalid("the signature is not one of these secrets'")
        try:
            return Webhook(name, msgspec.json.decode(body, type=JsonObject))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise WebhookInvalid("the body is not a JSON object") from None

    def _stamp(self, headers: Mapping[str, str], name: str) -> str:
        text = _one(headers, name)
        if not _SECONDS.fullmatch(text):
            raise WebhookInvalid(f"{name} is not a time in whole seconds")
        if abs(self._now() - int(text)) > self._tolerance:
            raise WebhookInvalid(f"{name} is too far from now")
        return text


def _one(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if not value:
        raise WebhookInvalid(f"the header {name} is missing")
    return value


def _hmac(key: bytes, content: bytes) -> "hmac.HMAC":
    return hmac.new(key, content, hashlib.sha256)


def _key(secret: str) -> bytes:
    """The bytes that Standard Webhooks signs with: the base64 part, or a secret that is none as it is."""
    try:
        return base64.b64decode(secret.removeprefix(_SECRET), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode()


def _any_equal(signatures: Sequence[str], known: Sequence[bytes]) -> bool:
    """Compare all with all, each in constant time, without leaving off at the first that is equal."""
    found = False
    for signature in signatures[:16]:
        for expected in known:
            found |= hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected)
    return found
