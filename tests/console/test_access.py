"""Who gets in, and what nobody can do: links once, tries counted, sessions ended, foreign forms refused."""

import httpx2
import pytest

from overture.console.registry import PAGES
from overture.domain.console import TRIES, Role
from overture.domain.errors import Conflict
from overture.usecases import auditlog
from overture.usecases.auditlog import CLI
from overture.usecases.console import people
from tests.console.conftest import PASSWORD, Site, form_token

pytestmark = pytest.mark.anyio


async def _sign_in(browser: httpx2.AsyncClient, email: str, password: str) -> httpx2.Response:
    return await browser.post("/console/sign-in", data={"email": email, "password": password})


async def test_a_link_works_once_and_leads_in(site: Site) -> None:
    token = await people.invite(site.services, CLI, "Ada@Example.com", "Ada", Role.OWNER)
    browser = site.browser()
    path = f"/console/welcome/{token}"
    assert (await browser.get(path)).status_code == 200
    assert (await browser.post(path, data={"password": "short", "again": "short"})).status_code == 422
    assert (await browser.post(path, data={"password": PASSWORD, "again": "another one, long"})).status_code == 422
    answer = await browser.post(path, data={"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await browser.get("/console/")).status_code == 200
    assert (await site.browser().get(path)).status_code == 404
    assert (await _sign_in(site.browser(), "ada@example.com", PASSWORD)).status_code == 303


async def test_wrong_passwords_lock_and_say_no_more_than_an_unknown_address(site: Site) -> None:
    await site.signed_in(email="ada@example.com")
    browser = site.browser()
    unknown = await _sign_in(browser, "nobody@example.com", "whatever it may be")
    for _ in range(TRIES):
        wrong = await _sign_in(browser, "ada@example.com", "whatever it may be")
        assert wrong.status_code == 401
        assert wrong.text.replace("ada@example.com", "nobody@example.com") == unknown.text
    assert (await _sign_in(browser, "ada@example.com", PASSWORD)).status_code == 401


async def test_without_a_session_every_page_leads_to_the_sign_in(site: Site) -> None:
    browser = site.browser()
    for page in PAGES:
        path = "/console" + page.path.replace("{id}", "00000000-0000-4000-8000-000000000000")
        for method in page.methods:
            answer = await browser.request(method, path)
            assert (answer.status_code, answer.headers.get("location")) == (303, "/console/sign-in"), path


async def test_a_form_of_another_site_or_session_changes_nothing(site: Site) -> None:
    browser = await site.signed_in()
    token = form_token((await browser.get("/console/sessions")).text)
    for headers, sent in (
        ({"sec-fetch-site": "cross-site"}, token),
        ({"sec-fetch-site": "same-origin"}, "of another session"),
        ({"sec-fetch-site": "same-origin"}, ""),
    ):
        answer = await browser.post("/console/sign-out", data={"form_token": sent}, headers=headers)
        assert answer.status_code == 403
    assert (await browser.get("/console/sessions")).status_code == 200
    assert (await browser.post("/console/sign-out", data={"form_token": token})).status_code == 303
    assert (await browser.get("/console/sessions")).status_code == 303


async def test_a_person_who_is_shut_out_is_out_at_once_and_the_last_owner_stays(site: Site) -> None:
    owner, viewer = await site.signed_in(), await site.signed_in(Role.VIEWER)
    by_role = {user.role: user for user in await people.people(site.services)}
    await people.set_disabled(site.services, CLI, by_role[Role.VIEWER].id, disabled=True)
    assert (await viewer.get("/console/")).status_code == 303
    assert (await owner.get("/console/")).status_code == 200
    with pytest.raises(Conflict):
        await people.set_disabled(site.services, CLI, by_role[Role.OWNER].id, disabled=True)


async def test_every_answer_carries_the_policy(site: Site) -> None:
    browser = site.browser()
    for path in ("/console/sign-in", "/console/nothing", "/console/"):
        headers = (await browser.get(path)).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]


async def test_the_log_shows_a_changed_and_a_missing_entry(site: Site) -> None:
    for number in range(4):
        await auditlog.record(site.services, CLI, "test", str(number))
    assert (await auditlog.verify(site.services))[0] == 4
    async with site.services.database.transaction() as tx:
        await tx.execute("ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only")
        await tx.execute("UPDATE audit_log SET detail = 'nothing to see' WHERE id = 2")
    with pytest.raises(ValueError, match="entry 2"):
        await auditlog.verify(site.services)
    async with site.services.database.transaction() as tx:
        await tx.execute("DELETE FROM audit_log WHERE id <= 2")
    with pytest.raises(ValueError, match="entry 1 is missing"):
        await auditlog.verify(site.services)
