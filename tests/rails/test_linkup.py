"""The rail ``linkup``: the contract of rails through a running server, and every way in which a server may fail."""

import asyncio
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from overture.adapters.clock import SystemClock
from overture.adapters.linkup.given import Given
from overture.adapters.linkup.people import ago
from overture.adapters.linkup.rail import LinkUpRail
from overture.domain.errors import (
    LimitReached,
    NotAvailableOnRail,
    NotFoundOnRail,
    OutcomeUnknown,
    RailFailed,
    RailUnreachable,
    RefusedByRail,
    Restricted,
    SessionExpired,
)
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Password, Session
from overture.domain.linkedin.actions import Action
from overture.domain.linkedin.queries import Connections, Me, ReadCompany, Window
from overture.gateway import calling
from overture.simulator.world import World, open_world
from tests.linkup.conftest import databases as _databases
from tests.linkup.conftest import environment, start, widen
from tests.rails.contract import RailContract, Stage
from tests.rails.people import meet

databases = _databases
SESSION = Session("AQEDcanary-token", "urn:li:fsd_profile:1", "https://www.linkedin.com/in/ada", "Ada Example")
KEY = "canary-key-of-the-rail"
ACTIONS: list[Action] = [
    actions.Invite("https://www.linkedin.com/in/bob", "Hello"),
    actions.Withdraw(1),
    actions.Accept("urn:li:fsd_invitation:1", "s"),
    actions.SendMessage("https://www.linkedin.com/in/bob", "Hello"),
    actions.CreatePost("Hello"),
    actions.PublishJob("1"),
]
READS = [
    queries.Me(),
    queries.ReadProfile("https://www.linkedin.com/in/bob"),
    queries.ReadContact("https://www.linkedin.com/in/bob"),
    queries.SearchProfiles(),
    queries.ReadCompany("acme"),
    queries.SearchCompanies(),
    queries.Connections(),
    queries.Invitations(),
    queries.Invitations(sent=True),
    queries.StandingWith("https://www.linkedin.com/in/bob"),
    queries.Recommendations(),
    queries.Inbox(),
    queries.ReadConversation(profile="https://www.linkedin.com/in/bob"),
    queries.PostReactions("urn:li:activity:1"),
    queries.PostComments("urn:li:activity:1"),
    queries.SearchPosts(),
    queries.Feed(),
    queries.Candidates("1"),
    queries.CandidateFile("1"),
    queries.Jobs(),
    queries.Industries(),
]


def kind(value: object) -> str:
    return type(value).__name__


@pytest.fixture(scope="module")
def world_server(databases: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server on a simulated LinkedIn whose members ask for nothing but what the contract looks at."""
    root = tmp_path_factory.mktemp("rail")
    settings = environment(databases[0], root / "data")

    async def make() -> None:
        async with open_world(databases[0]) as world:
            await world.create(7, 2_000)
            for name in ("burst_actions", "invites_day", "invites_week", "messages_day", "views_day", "pending"):
                await world.set_limit(name, 99_999)
            await world.set_limit("session_days", 10_000)

    asyncio.run(make())
    process, gateway = start(settings, root)
    yield databases[0], settings, gateway
    process.end()


class TestLinkUpRail(RailContract):
    @pytest.fixture
    async def stage(self, world_server: Any) -> Any:
        url, settings, gateway = world_server
        async with open_world(url) as world:
            stage = await self._stage(world, settings, gateway)
            yield stage
            await stage.rail.close()  # type: ignore[attr-defined]

    @staticmethod
    async def _stage(world: World, settings: dict[str, str], gateway: Any) -> Stage:
        enrolled = await world.enrol(challenged=True)
        rail = LinkUpRail(gateway.url, next(gateway.keys), SystemClock())

        async def code() -> str:
            return (await world.outbox(enrolled.email))[0].code

        stage = Stage(
            rail=rail,
            credentials=Password(enrolled.email, enrolled.password),
            # Who is signed in gets the session back, whatever the password: see docs/linkedin-gateway.md.
            wrong_credentials=Password(f"nobody-{enrolled.email}", "wrong"),
            strangers=[],
            friends=[],
            company="",
            domain="",
            code=code,
            let_pass=world.advance,
            tells_times=False,
        )
        session = await stage.sign_in()
        await asyncio.to_thread(widen, settings)
        direct = await world.door.sign_in(stage.credentials)
        assert isinstance(direct, Session)
        found = await meet(world, direct)
        stage.strangers = [url.rstrip("/") for url in found.strangers]
        stage.needs_email = found.needs_email
        friends = await rail.read(session, Connections(Window(count=3)))
        stage.friends = [member.profile_url for member in friends.items]
        stage.company = (await rail.read(session, Me())).positions[0].company_url
        stage.domain = (await rail.read(session, ReadCompany(stage.company))).website.split("/")[2]
        return stage


class Server(http.server.BaseHTTPRequestHandler):
    """Answers every call with one prepared answer, or none."""

    status = 200
    body: bytes = b"{}"
    way = "answer"
    seen: ClassVar[list[bytes]] = []

    def _serve(self) -> None:
        type(self).seen.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if self.way == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if self.way == "hang":
            threading.Event().wait(20)
            return
        with suppress(ConnectionError):  # a client that has read enough goes
            self._answer()

    def _answer(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body) + (100 if self.way == "short" else 0)))
        self.end_headers()
        self.wfile.write(self.body)
        if self.way == "short":
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_POST(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Server.status, Server.body, Server.way, Server.seen = 200, b"{}", "answer", []
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    found.daemon_threads = True
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


@pytest.fixture
async def rail(server: str) -> Any:
    found = LinkUpRail(server, KEY, SystemClock())
    yield found
    await found.close()


def says(message: str, status: int) -> None:
    Server.status, Server.body = status, json.dumps({"status": "error", "message": message}).encode()


CASES = [
    (401, "Missing or invalid API key", RailFailed),
    (402, "Insufficient credits", RailFailed),
    (403, "the login token is not valid", SessionExpired),
    (403, "This API key does not open the LinkedIn gateway", RailFailed),
    (404, "no such member", NotFoundOnRail),
    (400, "an invitation to this member is open already", RefusedByRail),
    (400, "recruiter is not available on this rail", NotAvailableOnRail),
    (429, "Too many requests: try again later", RailUnreachable),
    (429, "the account's budget of invites for a week is spent: 100 of 100", LimitReached),
    (429, "the weekly limit of invitations is reached", LimitReached),
    (429, "outside the account's working hours; they begin at 9", LimitReached),
    (429, "LinkedIn has restricted the account for a while", Restricted),
    (200, "Insufficient credits", RailFailed),
    (200, "Invalid or expired cookie", SessionExpired),
    (200, "Member not found", NotFoundOnRail),
    (200, "Too many requests, try again later", RailUnreachable),
    (200, "Account restricted", Restricted),
    (200, "You are connected already", RefusedByRail),
]


@pytest.mark.parametrize(("status", "message", "wanted"), CASES)
async def test_what_a_server_says(rail: LinkUpRail, status: int, message: str, wanted: type[RailFailed]) -> None:
    """By status where it has one, by its words where every error is a 200; the same for reading and acting."""
    says(message, status)
    for call in (rail.read(SESSION, queries.Connections()), rail.act(SESSION, ACTIONS[0], "k")):
        with pytest.raises(RailFailed) as caught:
            await call
        assert type(caught.value) is wanted


@pytest.mark.parametrize("action", ACTIONS, ids=kind)
@pytest.mark.parametrize("failure", ["500", "502", "200 unclear", "cut", "short", "html", "array", "huge", "deep"])
async def test_what_may_have_happened_is_unknown(rail: LinkUpRail, action: Action, failure: str) -> None:
    """The request left, and nothing that came back says that nothing was done."""
    fail(failure)
    with pytest.raises(OutcomeUnknown):
        await rail.act(SESSION, action, "k")
    assert len(Server.seen) == 1


@pytest.mark.parametrize("failure", ["500", "cut", "short", "html", "array", "huge", "deep"])
async def test_what_was_not_read_is_unreachable(rail: LinkUpRail, failure: str) -> None:
    """A read may be asked again."""
    fail(failure)
    for query in READS:
        with pytest.raises(RailUnreachable):
            await rail.read(SESSION, query)


def fail(failure: str) -> None:
    match failure:
        case "500" | "502":
            says("Internal server error", int(failure))
        case "200 unclear":
            says("Internal error, timed out", 200)
        case "cut" | "short":
            Server.way = failure
            Server.body = b'{"status": "success"'
        case "html":
            Server.body = b"<html>" + b"x" * 1_500_000
        case "array":
            Server.body = b'["status", "success"]'
        case "huge":
            Server.body = b'{"status": "success", "data": "' + b"x" * 21_000_000 + b'"}'
        case _:
            Server.body = b'{"a":' * 200_000 + b"1" + b"}" * 200_000


async def test_a_server_that_hangs(rail: LinkUpRail) -> None:
    """The gateway's own limit of time ends the wait."""
    Server.way = "hang"
    with pytest.raises(OutcomeUnknown):
        await calling.act(rail, SESSION, ACTIONS[0], "k", seconds=0.5)


async def test_a_server_that_is_not_there() -> None:
    """No connection: nothing left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        rail = LinkUpRail(f"http://127.0.0.1:{free.getsockname()[1]}", KEY, SystemClock())
        for call in (rail.read(SESSION, queries.Inbox()), rail.act(SESSION, ACTIONS[0], "k")):
            with pytest.raises(RailUnreachable):
                await call
    await rail.close()


HOSTILE: list[object] = [
    None, True, -1, 10**30, 1.5e300, "", "\0\ud800", "x" * 3_000, [], [[[]]], {}, {"name": 5},
    "0001-01-01T00:00:00+23:59", "999999 years ago",
]  # fmt: skip
NAMES = (
    "profiles", "connections", "invitations", "conversations", "messages", "results", "reactions", "comments", "posts",
    "candidates", "job_posts", "companies", "recommendations", "Feed", "employees",
)  # fmt: skip
FIELDS = (
    "name", "first_name", "profile_url", "sent_time", "invitation_id", "entity_urn", "conversation_id", "text",
    "last_message", "participant", "time", "timestamp", "sender", "sender_info", "experience", "skills", "unread",
    "company", "commenter", "actor", "created_at", "commented_at", "employeeCountRange", "headquarter",
    "shared_connections", "total_available_results", "next_cursor", "data", "file", "content", "last_seen_at",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: repr(v)[:30])
async def test_wrong_types_everywhere(rail: LinkUpRail, value: object) -> None:
    """What comes of fields that hold what they must not is a record that can be stored, or an error of ours."""
    item = dict.fromkeys(FIELDS, value)
    nested = item | {"last_message": item, "participant": item, "sender": item, "commenter": item, "actor": item}
    data = nested | {name: [nested, value] for name in NAMES}
    for answer in ({"status": "success", "data": data}, {"status": "success", "data": value}, {"data": [value]}):
        Server.body = json.dumps(answer).encode()
        for query in READS:
            try:
                found = await rail.read(SESSION, query)
            except RailFailed:
                continue
            repr(found).encode()
            assert "\0" not in repr(found)
        for action in ACTIONS:
            receipt = await rail.act(SESSION, action, "k")
            json.dumps(dict(receipt.references)).encode()


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: repr(v)[:30])
async def test_wrong_types_of_a_sign_in(rail: LinkUpRail, value: object) -> None:
    """No token that is none, no exception that is not ours."""
    Server.body = json.dumps({"status": "success", "login_token": value, "email": value, "message": value}).encode()
    try:
        answer = await rail.sign_in(Password("ada@example.com", "canary-password"))
    except RailFailed:
        return
    assert not isinstance(answer, Session)


async def test_a_server_that_repeats_secrets(rail: LinkUpRail) -> None:
    """They do not come back in errors."""
    says(f"cookie {SESSION.secret} of key {KEY} with canary-password is bad", 400)
    with pytest.raises(RailFailed) as caught:
        await rail.read(SESSION, queries.Inbox())
    with pytest.raises(RailFailed) as other:
        await rail.sign_in(Password("ada@example.com", "canary-password"))
    assert SESSION.secret not in str(caught.value)
    assert KEY not in str(caught.value)
    assert "canary-password" not in str(other.value)


async def test_who_moved_up_has_not_accepted(rail: LinkUpRail) -> None:
    """A connection that ended lets an older one into the list: that is no news."""

    def has(*names: str) -> None:
        people = [{"name": name, "profile_url": f"https://www.linkedin.com/in/{name}"} for name in names]
        Server.body = json.dumps({"status": "success", "data": {"connections": people, "conversations": []}}).encode()

    has("d", "c", "b")
    start = await rail.news(SESSION, "")
    assert start.happenings == ()
    has("d", "b", "a")
    assert (await rail.news(SESSION, start.cursor)).happenings == ()
    has("e", "d", "b")
    (told,) = (await rail.news(SESSION, start.cursor)).happenings
    assert told.key == "accepted:https://www.linkedin.com/in/e"


def test_times_that_cannot_be() -> None:
    """Far away is far away, not an error."""
    now = datetime(2026, 11, 2, tzinfo=UTC)
    assert ago("999999 years ago", now) < now - timedelta(days=30_000)
    assert Given({"t": "0001-01-01T00:00:00+23:59"}).time("t") is None
    assert Given({"n": 10**40}).number("n") == 0
