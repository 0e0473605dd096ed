"""Webhooks signed by the server's own code are verified; anything else is one error."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks import Webhook as Foreign

from overture.client import Scheme, WebhookInvalid, Webhooks
from overture.delivery import sign

OLD, NEW, STRANGER = sign.new_secret(), sign.new_secret(), sign.new_secret()
BODY = json.dumps({"secure_request_id": "x", "status": "complete", "name": "Zoë"}, ensure_ascii=False).encode()
NOW = int(time.time())


@pytest.fixture(autouse=True)
def the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite may take longer than the tolerance."""
    monkeypatch.setattr(time, "time", lambda: float(NOW))


def signed(*secrets: str, at: int = NOW, body: bytes = BODY) -> dict[str, str]:
    return sign.headers(
        body, secrets, message_id="msg_1", timestamp=at, triggered_at="2026-11-25T09:00:00.000Z",
        compatible_header=sign.CompatibleHeader(),
    )  # fmt: skip


def linkedin(*secrets: str, at: int = NOW) -> dict[str, str]:
    return sign.linkedin_headers(BODY, secrets, message_id="msg_1", timestamp=at)


@pytest.mark.parametrize("scheme", Scheme)
def test_what_is_signed_is_taken_also_while_secrets_rotate(scheme: Scheme) -> None:
    make = linkedin if scheme is Scheme.LINKUP else signed
    found = Webhooks(OLD, scheme=scheme).verify(BODY, make(OLD))
    assert found.body == json.loads(BODY)
    assert found.id == ("msg_1" if scheme is Scheme.STANDARD else "")
    upper = {name.upper(): value for name, value in make(NEW, OLD).items()}
    assert Webhooks([OLD, NEW], scheme=scheme).verify(BODY, upper) == found
    if scheme is Scheme.STANDARD:  # the receiver has not heard of the new secret yet: both have signed
        assert Webhooks(OLD).verify(BODY, make(NEW, OLD)) == found


@pytest.mark.parametrize("scheme", Scheme)
def test_what_is_not_signed_is_one_error(scheme: Scheme) -> None:
    make = linkedin if scheme is Scheme.LINKUP else signed
    name = {"standard": "webhook-signature", "upscale": "X-Upscale-Signature", "linkup": "X-Linkup-Signature"}[
        scheme.value
    ]
    verifier, good = Webhooks([OLD, NEW], scheme=scheme), make(OLD)
    wrong: list[tuple[Any, dict[str, str]]] = [
        (BODY, make(STRANGER)), (BODY + b" ", good), (BODY.decode().encode("latin-1", "replace"), good), (BODY, {}),
        (BODY, good | {name: ""}), (BODY, good | {name: good[name].upper()}), (BODY, good | {name: "é" * 9}),
        (BODY, good | {name: good[name].split("=" if scheme is not Scheme.STANDARD else ",")[-1]}),
        (BODY, good | {name: "v2," + good[name][3:]}), (BODY, good | {name: "\ud800"}),
        (BODY, good | {name: good[name][:-1]}),
    ]  # fmt: skip
    for body, headers in wrong:
        with pytest.raises(WebhookInvalid):
            verifier.verify(body, headers)
    if scheme is Scheme.UPSCALE:
        return
    stamp = "webhook-timestamp" if scheme is Scheme.STANDARD else "X-Linkup-Timestamp"
    for at in (NOW - 400, NOW + 400):
        with pytest.raises(WebhookInvalid, match="too far"):
            verifier.verify(BODY, make(OLD, at=at))
    for text in ("", "soon", "-1", "1e9", "٣", str(NOW) + " ", "9" * 40, str(NOW + 1)):
        with pytest.raises(WebhookInvalid):
            verifier.verify(BODY, good | {stamp: text})
    assert Webhooks(OLD, scheme=scheme, tolerance=1000).verify(BODY, make(OLD, at=NOW - 400))


def test_a_signed_body_that_is_no_object_is_the_same_error() -> None:
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 100_000):
        with pytest.raises(WebhookInvalid, match="JSON object"):
            Webhooks(OLD).verify(body, signed(OLD, body=body))


def test_it_agrees_with_the_public_verifier_and_blank_secrets_are_refused() -> None:
    made = Foreign(OLD).sign("msg_9", datetime.fromtimestamp(NOW, UTC), BODY.decode())
    headers = {"webhook-id": "msg_9", "webhook-timestamp": str(NOW), "webhook-signature": made}
    assert Webhooks(OLD).verify(BODY, headers).id == "msg_9"
    for secrets in ("", [], [OLD, ""]):
        with pytest.raises(ValueError, match="secret"):
            Webhooks(secrets)
