"""The official rail against a server written from LinkedIn's documentation, over real HTTP. Not verified live."""

import base64
import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from overture.adapters.clock import SystemClock
from overture.adapters.rail_official import Application, OfficialRail, authorization, urn_of
from overture.domain.errors import (
    NotAvailableOnRail,
    NotFoundOnRail,
    OutcomeUnknown,
    RailUnreachable,
    RefusedByRail,
    Restricted,
    SessionExpired,
)
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import AuthorizationCode, Password, Session
from overture.domain.linkedin.actions import ActionState
from overture.domain.linkedin.objects import ReactionType

POST = "https://www.linkedin.com/feed/update/urn:li:activity:7123/"


class LinkedIn(http.server.BaseHTTPRequestHandler):
    """Answers as the documentation says; keeps what it was sent; ``next_status`` makes one call fail."""

    challenge = ""
    seen: ClassVar[list[tuple[str, dict[str, str], Any]]] = []
    next_status = 0

    def _answer(self, status: int, body: object, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        assert self.path == "/v2/userinfo"
        if self.headers["authorization"] != "Bearer t1":
            self._answer(401, {"message": "Invalid access token"})
            return
        self._answer(200, {"sub": "abc", "name": "Ada Example", "given_name": "Ada", "family_name": "Example"})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/oauth/v2/accessToken":
            self._token({name: values[0] for name, values in parse_qs(raw.decode()).items()})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        type(self).seen.append((self.path, headers, json.loads(raw)))
        status, type(self).next_status = type(self).next_status, 0
        if status == -1:
            self.connection.close()
        elif status:
            self._answer(status, {"message": "as the test wants"})
        else:
            self._answer(201, {}, x_restli_id="urn:li:share:99")

    def _token(self, form: dict[str, str]) -> None:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = proof == type(self).challenge and form["code"] == "c1" and form["client_secret"] == "s3cret"
        if good:
            self._answer(200, {"access_token": "t1", "expires_in": 5184000})
        else:
            self._answer(400, {"error": "invalid_grant"})

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def application() -> Iterator[Application]:
    LinkedIn.seen, LinkedIn.next_status = [], 0
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), LinkedIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    yield Application("client", "s3cret", "http://127.0.0.1:8765/callback", "202610", base, f"{base}/oauth/v2")
    server.shutdown()
    server.server_close()


@pytest.fixture
def rail(application: Application) -> OfficialRail:
    return OfficialRail(application, SystemClock())


async def signed_in(rail: OfficialRail, application: Application) -> Session:
    begun = authorization(application)
    query = {name: values[0] for name, values in parse_qs(urlsplit(begun.url).query).items()}
    LinkedIn.challenge = query["code_challenge"]
    assert query["code_challenge_method"] == "S256"
    assert query["state"] == begun.state
    session = await rail.sign_in(AuthorizationCode("c1", begun.verifier))
    assert isinstance(session, Session)
    return session


async def test_a_member_signs_in_with_pkce(rail: OfficialRail, application: Application) -> None:
    """The verifier proves who began; the token is nowhere but in the session's secret."""
    session = await signed_in(rail, application)
    assert session.name == "Ada Example"
    assert "t1" not in repr(session)
    me = await rail.read(session, queries.Me())
    assert me.member.urn == "urn:li:person:abc"


async def test_another_verifier_is_refused(rail: OfficialRail, application: Application) -> None:
    """A code that was caught on its way is worth nothing."""
    await signed_in(rail, application)
    with pytest.raises(RefusedByRail):
        await rail.sign_in(AuthorizationCode("c1", "another"))


async def test_passwords_never_go_there(rail: OfficialRail) -> None:
    """LinkedIn's API terms forbid it."""
    with pytest.raises(NotAvailableOnRail):
        await rail.sign_in(Password("a@example.com", "x"))


@pytest.mark.parametrize(
    ("action", "path", "field"),
    [
        (actions.CreatePost("Hello"), "/rest/posts", ("commentary", "Hello")),
        (actions.Repost(POST), "/rest/posts", ("reshareContext", {"parent": "urn:li:activity:7123"})),
        (
            actions.CommentOn(POST, "Well put."),
            "/rest/socialActions/urn%3Ali%3Aactivity%3A7123/comments",
            ("message", {"text": "Well put."}),
        ),
        (
            actions.React(POST, ReactionType.PRAISE),
            "/rest/reactions?actor=urn%3Ali%3Aperson%3Aabc",
            ("reactionType", "PRAISE"),
        ),
        (
            actions.AnswerComment("urn:li:comment:(urn:li:activity:7,9)", "urn:li:person:x", "", "Thanks."),
            "/rest/socialActions/urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A7%2C9%29/comments",
            ("parentComment", "urn:li:comment:(urn:li:activity:7,9)"),
        ),
    ],
)
async def test_what_it_can_do(
    rail: OfficialRail, application: Application, action: actions.Action, path: str, field: tuple[str, object]
) -> None:
    """Each goes to the documented route, with the version and the protocol's header."""
    session = await signed_in(rail, application)
    receipt = await rail.act(session, action, "k1")
    assert receipt.state is ActionState.SENT
    sent_path, headers, body = LinkedIn.seen[-1]
    assert sent_path == path
    assert body[field[0]] == field[1]
    assert (headers["linkedin-version"], headers["x-restli-protocol-version"]) == ("202610", "2.0.0")
    assert headers["authorization"] == "Bearer t1"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SessionExpired),
        (403, NotAvailableOnRail),
        (404, NotFoundOnRail),
        (422, RefusedByRail),
        (426, RefusedByRail),
        (429, Restricted),
        (500, OutcomeUnknown),
        (-1, OutcomeUnknown),
    ],
)
async def test_failures_become_ours(
    rail: OfficialRail, application: Application, status: int, error: type[Exception]
) -> None:
    """An answer that says nothing of the effect leaves the outcome unknown."""
    session = await signed_in(rail, application)
    LinkedIn.next_status = status
    with pytest.raises(error):
        await rail.act(session, actions.CreatePost("Hello"), "k1")


async def test_nothing_listens(rail: OfficialRail, application: Application) -> None:
    """What never left did not happen."""
    session = await signed_in(rail, application)
    gone = Application("c", "s", "r", "202610", "http://127.0.0.1:9", "http://127.0.0.1:9")
    with pytest.raises(RailUnreachable):
        await OfficialRail(gone, SystemClock()).act(session, actions.CreatePost("x"), "k1")


@pytest.mark.parametrize(
    "action", [actions.Invite("https://www.linkedin.com/in/x"), actions.SendMessage("x", "y"), actions.Withdraw(1)]
)
async def test_what_has_no_open_route_says_so(
    rail: OfficialRail, application: Application, action: actions.Action
) -> None:
    """Clearly, and before anything is sent."""
    session = await signed_in(rail, application)
    with pytest.raises(NotAvailableOnRail, match="not available on this rail"):
        await rail.act(session, action, "k1")
    assert LinkedIn.seen == []


async def test_an_old_token_is_not_sent(rail: OfficialRail) -> None:
    """The session knows its end."""
    ended = json.dumps({"token": "t1", "until": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()})
    with pytest.raises(SessionExpired):
        await rail.act(Session(ended, "abc", "", "Ada"), actions.CreatePost("x"), "k1")


@pytest.mark.parametrize(
    ("address", "urn"),
    [
        (POST, "urn:li:activity:7123"),
        ("https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123?x=1", "urn:li:activity:7123"),
        ("https://www.linkedin.com/posts/ada-example_month-end-activity-7123-aBcD", "urn:li:activity:7123"),
        ("urn:li:share:5", "urn:li:share:5"),
    ],
)
def test_addresses_name_posts(address: str, urn: str) -> None:
    """Both forms of a post's address, and the urn itself."""
    assert urn_of(address) == urn


def test_other_addresses_name_none() -> None:
    """Nothing is guessed."""
    with pytest.raises(NotFoundOnRail):
        urn_of("https://www.linkedin.com/in/ada-example")
