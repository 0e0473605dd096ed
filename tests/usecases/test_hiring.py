"""Hiring activity through the worker to what the caller retrieves: written, none, unknown, failed."""

import dataclasses
import functools
import json
from collections.abc import AsyncIterator, Iterator
from importlib import resources
from typing import Any
from uuid import uuid4

import pytest

from overture.api.upscale import replies
from overture.domain.accounts import Caller
from overture.domain.messages import MessageType
from overture.research.boards.catalogue import Boards
from overture.usecases import evidence, requests
from overture.usecases.services import Services
from tests.builders import lead, request
from tests.e2e.conftest import Quiet, served
from tests.research.site import Site, serving
from tests.usecases.conftest import sound
from tests.usecases.test_worker import work

HIRING = (MessageType.HIRING_ACTIVITY,)


@pytest.fixture
def proposition() -> Iterator[str]:
    with (
        resources.as_file(resources.files("overture.cli").joinpath("sites")) as root,
        served(functools.partial(Quiet, directory=str(root / "ledgerly"))) as url,
    ):
        yield f"{url}/"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as opened:
        opened.page("/", '<title>Acme</title><p>Acme builds pumps.</p><a href="/careers">Careers</a>')
        opened.page("/careers", '<p>Come and build pumps.</p><a href="https://jobs.lever.co/acme">Open roles</a>')
        yield opened


def board(site: Site, *roles: tuple[str, str]) -> None:
    rows = [{"text": title, "categories": {"location": place}} for title, place in roles]
    site.page("/lever/v0/postings/acme", json.dumps(rows), kind="application/json")


async def outcome(services: Services, caller: Caller, site: Site, proposition: str) -> tuple[dict[str, Any], str]:
    """The lead as the caller retrieves it, and the detail of its message."""
    boards = Boards(bases={"lever": f"{site.url}/lever"})
    services = dataclasses.replace(services, policy=dataclasses.replace(services.policy, boards=boards))
    asked = request(
        (lead(0, company="Acme", company_website_url=site.url),),
        HIRING,
        proposition_company_url=proposition,
        hiring_location="GB",
    )
    accepted = await requests.submit(services, caller, asked)
    await work(services)
    view = await requests.retrieve(services, caller, accepted.id)
    body: Any = replies.messages(view, uuid4())
    (message,) = await evidence.of_request(services, accepted.id)
    assert view.reasons == ((message.reason,) if message.reason else ())
    await sound(services)
    return body["campaign"]["leads_data"][0], message.detail or ""


async def test_one_role_in_the_country_is_enough(
    services: Services, caller: Caller, site: Site, proposition: str
) -> None:
    board(site, ("Finance Manager", "Leeds, UK"), ("Nurse", "Berlin"), ("Clerk", "Remote"))
    shown, _ = await outcome(services, caller, site, proposition)
    assert "Finance Manager" in shown["hiring_activity_message"]
    assert "Nurse" not in shown["hiring_activity_message"]
    assert "no_job_posts" not in shown


async def test_none_says_so(services: Services, caller: Caller, site: Site, proposition: str) -> None:
    """The board was read whole and every role is elsewhere: the notice, and the contract's reason."""
    board(site, ("Nurse", "Berlin"), ("Clerk", "Paris, France"))
    shown, detail = await outcome(services, caller, site, proposition)
    assert shown["hiring_activity_message"] is None
    assert shown["no_job_posts"] == replies.NO_JOB_POSTS
    assert "no open role in" in detail


async def test_an_empty_board_is_none(services: Services, caller: Caller, site: Site, proposition: str) -> None:
    board(site)
    shown, detail = await outcome(services, caller, site, proposition)
    assert shown["no_job_posts"] == replies.NO_JOB_POSTS
    assert "/lever/v0/postings/acme" in detail


async def test_roles_that_name_no_country_leave_it_unknown(
    services: Services, caller: Caller, site: Site, proposition: str
) -> None:
    board(site, ("Nurse", "Berlin"), ("Clerk", "Remote"))
    shown, detail = await outcome(services, caller, site, proposition)
    assert "no_job_posts" not in shown
    assert "1 of 2 open roles do not say in which country they are" in detail


@pytest.mark.parametrize(("status", "said"), [("404 Not Found", "answered 404"), ("503 Busy", "answered 503")])
async def test_a_board_that_fails_is_a_failure(
    services: Services, caller: Caller, site: Site, proposition: str, status: str, said: str
) -> None:
    site.page("/lever/v0/postings/acme", "", status=status, kind="application/json")
    shown, detail = await outcome(services, caller, site, proposition)
    assert "no_job_posts" not in shown
    assert "https://jobs.lever.co/acme" in detail
    assert said in detail
