"""Every page without parameters, empty and with data: it opens for whom it may, and no data is markup."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from overture.console.registry import PAGES
from overture.domain.accounts import Tier
from overture.domain.console import Role
from overture.domain.messages import MessageType
from overture.domain.requests import Lead
from overture.store import events
from overture.store.events import Event
from overture.usecases import accounts, requests
from tests.builders import request
from tests.console.conftest import Site, form_token

pytestmark = pytest.mark.anyio
PLAIN = [page for page in PAGES if page.methods == ("GET",) and "{" not in page.path and "live" not in page.path]
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


async def test_every_page_opens_empty_and_only_for_whom_it_may(site: Site) -> None:
    browsers = {role: await site.signed_in(role) for role in Role}
    for with_account in (False, True):
        if with_account:
            await accounts.create(site.services, HOSTILE[:60], credits=100, tier=Tier.SCALE)
        for page in PLAIN:
            for role, browser in browsers.items():
                answer = await browser.get(f"/console{page.path}")
                expected = {200} if role.covers(page.role) else {403}
                assert answer.status_code in expected | (set() if with_account else {404}), (page.path, role)
                assert "<script>alert" not in answer.text


async def test_a_request_is_listed_shown_and_cancelled(site: Site) -> None:
    made = await accounts.create(site.services, "Acme", credits=100, tier=Tier.SCALE)
    caller = await accounts.authenticate(site.services, made.api_key)
    person = Lead("lead-0", "https://www.linkedin.com/in/lead-0", HOSTILE, "Ada", HOSTILE, "CFO")
    sent = request((person,), (MessageType.CONNECTION_REQUEST,), campaign_name=HOSTILE)
    accepted = await requests.submit(site.services, caller, sent)
    browser = await site.signed_in()
    assert "alert(1)" in (listed := (await browser.get("/console/requests/")).text)
    assert HOSTILE not in listed
    shown = await browser.get(f"/console/requests/{accepted.id}")
    assert shown.status_code == 200
    assert HOSTILE not in shown.text
    token = form_token(shown.text)
    path = f"/console/requests/{accepted.id}/cancel"
    assert (await browser.post(path, data={"form_token": token})).status_code == 303
    again = (await browser.get(f"/console/requests/{accepted.id}")).text
    assert "Message generation was cancelled" in again
    message = await browser.get(f"/console/messages/{accepted.id}.0.connection_request")
    assert "It cost nothing" in message.text
    assert (await browser.get(f"/console/requests/{uuid4()}")).status_code == 404


async def test_a_key_is_shown_once_and_refused_after_it_was_revoked(site: Site) -> None:
    await accounts.create(site.services, "Acme", credits=100)
    browser = await site.signed_in()
    token = form_token((await browser.get("/console/keys/")).text)
    made = await browser.post("/console/keys/create", data={"form_token": token, "scope": "all"})
    key = made.text.partition('id="new-key">')[2].partition("<")[0]
    assert key.startswith("ov_live_")
    assert key not in (await browser.get("/console/keys/")).text
    key_id = key.split("_")[2]
    assert (await browser.post(f"/console/keys/{key_id}/revoke", data={"form_token": token})).status_code == 303
    assert (await browser.post("/console/keys/elsewhere/revoke", data={"form_token": token})).status_code == 404
    log = (await browser.get("/console/audit/")).text
    assert "key.create" in log
    assert "key.revoke" in log
    assert key not in log


async def test_what_was_given_up_is_sent_again_at_once(site: Site) -> None:
    made = await accounts.create(site.services, "Acme", credits=100)
    async with site.services.database.transaction() as tx:
        for _ in range(3):
            event_id = uuid4()
            await events.add(
                tx,
                Event(
                    event_id,
                    made.account_id,
                    event_id,
                    "request.completed",
                    "http://127.0.0.1:9/",
                    HOSTILE.encode(),
                    datetime.now(UTC),
                    "exhausted",
                    25,
                    0,
                    None,
                ),
            )
    browser = await site.signed_in()
    page = await browser.get("/console/webhooks/")
    assert "given up" in page.text
    await browser.post("/console/webhooks/replay", data={"form_token": form_token(page.text)})
    async with site.services.database.reading() as tx:
        assert await tx.value("SELECT count(*) FROM event WHERE state = 'pending' AND replays = 1") == 3
    shown = await browser.get(f"/console/webhooks/{event_id}")
    assert HOSTILE not in shown.text
