"""The rail ``official``: LinkedIn's own API, signed in by OAuth 2.0 with PKCE (RFC 7636). Not verified live.

Self-serve access covers sign-in, posts, comments and reactions; the rest has no official route open to all.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlencode

import httpx2

from overture.adapters.linkup.given import clean
from overture.domain.errors import (
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
from overture.domain.linkedin.accounts import AuthorizationCode, Challenge, Credentials, Session
from overture.domain.linkedin.actions import Action, ActionReceipt, ActionState
from overture.domain.linkedin.happenings import News
from overture.domain.linkedin.objects import Degree, Member, Profile
from overture.domain.linkedin.queries import Query
from overture.ports import Clock

T = TypeVar("T")
Body = dict[str, object]

SCOPES = "openid profile email w_member_social"
SECONDS = 20.0
MOST_BYTES = 5_000_000
TOKEN_LASTS = timedelta(days=60)
"""How long an access token lasts where the answer does not say (market, 5.2)."""


@dataclass(frozen=True, slots=True)
class Application:
    """The LinkedIn application that the operator registered. ``version`` is the API's month, YYYYMM."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    version: str
    api: str = "https://api.linkedin.com"
    oauth: str = "https://www.linkedin.com/oauth/v2"


@dataclass(frozen=True, slots=True)
class Authorization:
    """Where to send the member, and what must be kept until they are back."""

    url: str = field(repr=False)
    state: str = field(repr=False)
    verifier: str = field(repr=False)


def authorization(application: Application) -> Authorization:
    """Begin a sign-in: a fresh state, and a fresh verifier whose hash goes along."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = urlencode(
        {
            "response_type": "code",
            "client_id": application.client_id,
            "redirect_uri": application.redirect_uri,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
    )
    return Authorization(f"{application.oauth}/authorization?{query}", state, verifier)


class OfficialRail:
    """Implements ``ports.Rail``; a session's secret is the access token with its end."""

    def __init__(self, application: Application, clock: Clock) -> None:
        self._application = application
        self._clock = clock
        timeout = httpx2.Timeout(SECONDS, connect=5.0)
        self._client = httpx2.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Exchange an authorization code for a token; a password is never taken here. See ``ports.Rail``."""
        if not isinstance(credentials, AuthorizationCode):
            raise NotAvailableOnRail("signing in with a password is not available on this rail: use the link")
        form = {
            "grant_type": "authorization_code",
            "code": credentials.code,
            "redirect_uri": credentials.redirect_uri or self._application.redirect_uri,
            "client_id": self._application.client_id,
            "client_secret": self._application.client_secret,
            "code_verifier": credentials.verifier,
        }
        answer = await self._request("POST", f"{self._application.oauth}/accessToken", {}, form=form)
        token = answer.body.get("access_token")
        if answer.status != 200 or not isinstance(token, str):
            raise RefusedByRail("LinkedIn did not take the authorization code: it may be used or too old")
        lasts = answer.body.get("expires_in")
        seconds = timedelta(seconds=lasts) if isinstance(lasts, int) and 0 < lasts < 10**9 else TOKEN_LASTS
        return await self._session(token, self._clock.now() + seconds)

    async def _session(self, token: str, until: datetime) -> Session:
        me = await self._me(token)
        secret = json.dumps({"token": token, "until": until.isoformat()})
        return Session(secret, str(me.get("sub", "")), "", str(me.get("name", "")))

    async def _me(self, token: str) -> Mapping[str, object]:
        answer = await self._request(
            "GET", f"{self._application.api}/v2/userinfo", {"authorization": f"Bearer {token}"}
        )
        _refuse(answer)
        return answer.body

    def _token(self, session: Session) -> str:
        try:
            kept = json.loads(session.secret)
            token, until = str(kept["token"]), datetime.fromisoformat(kept["until"])
        except (ValueError, KeyError, TypeError):
            raise SessionExpired("this is no session of this rail: sign in again") from None
        if until <= self._clock.now():
            raise SessionExpired("the access token has expired: sign in again")
        return token

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Only the account's own name has an official route. See ``ports.Rail``."""
        asked: object = query
        if session is None or not isinstance(asked, queries.Me):
            raise NotAvailableOnRail("this is not available on this rail: LinkedIn opens no route for it to all")
        me = await self._me(self._token(session))
        text = {name: str(me.get(name) or "") for name in ("sub", "name", "given_name", "family_name", "picture")}
        member = Member(
            f"urn:li:person:{text['sub']}",
            "",
            text["name"],
            text["given_name"],
            text["family_name"],
            "",
            "",
            picture_url=text["picture"] or None,
            degree=Degree.SELF,
        )
        return cast("T", Profile(member, "", "", session.country))

    async def news(self, session: Session, cursor: str) -> News:
        """There is no official route to a member's news outside the portability API. See ``ports.Rail``."""
        del session, cursor
        raise NotAvailableOnRail("news are not available on this rail")

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Post, comment, react or share. See ``ports.Rail``; LinkedIn's API has no idempotency key."""
        del key
        author = f"urn:li:person:{session.member_urn}"
        path, body = _call(author, action)
        headers = {
            "authorization": f"Bearer {self._token(session)}",
            "linkedin-version": self._application.version,
            "x-restli-protocol-version": "2.0.0",
        }
        answer = await self._request("POST", f"{self._application.api}/rest/{path}", headers, body=body, once=True)
        _refuse(answer)
        urn = answer.headers.get("x-restli-id") or str(answer.body.get("id") or answer.body.get("$URN") or "")
        name = "comment_urn" if isinstance(action, actions.CommentOn | actions.AnswerComment) else "post_urn"
        references = ((name, urn), ("post_url", f"https://www.linkedin.com/feed/update/{urn}")) if urn else ()
        return ActionReceipt(ActionState.SENT, references if name == "post_urn" else references[:1])

    async def _request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        *,
        body: Body | None = None,
        form: Mapping[str, str] | None = None,
        once: bool = False,
    ) -> "_Answer":
        """Call; ``once`` is for what must not be repeated: no answer is then OutcomeUnknown."""
        try:
            answer, content = await self._send(method, url, headers, body, form)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            raise RailUnreachable("LinkedIn's API cannot be reached") from None
        except (httpx2.HTTPError, ValueError):
            if once:
                raise OutcomeUnknown("LinkedIn's API gave no answer") from None
            raise RailUnreachable("LinkedIn's API gave no answer") from None
        if once and answer.status_code >= 500:
            raise OutcomeUnknown(f"LinkedIn's API answered {answer.status_code}")
        try:
            decoded: Any = json.loads(content) if content else {}
        except (ValueError, RecursionError):
            decoded = {}
        known = cast("dict[str, object]", decoded) if isinstance(decoded, dict) else Body()
        return _Answer(answer.status_code, dict(answer.headers), known)

    async def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Body | None,
        form: Mapping[str, str] | None,
    ) -> tuple[httpx2.Response, bytes]:
        """Return an answer and its content; ValueError where that is too large."""
        async with self._client.stream(method, url, headers=dict(headers), json=body, data=form) as answer:
            content = bytearray()
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise ValueError("the answer is too large")
            return answer, bytes(content)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: Mapping[str, object]


_FAILURES: dict[int, tuple[type[RailFailed], str]] = {
    401: (SessionExpired, "LinkedIn does not take the access token any more: sign in again"),
    403: (NotAvailableOnRail, "the application has no permission for this, so it is not available on this rail"),
    404: (NotFoundOnRail, "LinkedIn knows no such post or comment"),
    426: (RefusedByRail, "LinkedIn has retired this version of its API: set a newer OVERTURE_LINKEDIN_VERSION"),
    429: (Restricted, "LinkedIn's daily limit of API calls is reached"),
}


def _refuse(answer: _Answer) -> None:
    if answer.status < 300:
        return
    kind, sentence = _FAILURES.get(answer.status, (RefusedByRail, ""))
    stated = clean(str(answer.body.get("message") or "")[:200])
    if answer.status >= 500:
        raise RailUnreachable(f"LinkedIn's API answered {answer.status}")
    raise kind(sentence or stated or f"LinkedIn's API answered {answer.status}")


def urn_of(post: str) -> str:
    """Return the urn that a post's address or urn names.

    Raises:
        NotFoundOnRail: it names none.
    """
    for part in post.replace("%3A", ":").replace("?", "/").split("/"):
        if part.startswith("urn:li:"):
            return part
        before, _, number = part.rpartition("activity-")
        digits = number.partition("-")[0]
        if before and digits.isdigit():
            return f"urn:li:activity:{digits}"
    raise NotFoundOnRail("the address names no post")


def _post(author: str, text: str) -> Body:
    return {
        "author": author,
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }


def _call(author: str, action: Action) -> tuple[str, Body]:
    match action:
        case actions.CreatePost():
            if action.file_url:
                raise NotAvailableOnRail("a post with a file is not available on this rail")
            return "posts", _post(author, action.text)
        case actions.Repost():
            return "posts", _post(author, "") | {"reshareContext": {"parent": urn_of(action.post)}}
        case actions.CommentOn():
            urn = urn_of(action.post)
            body: Body = {"actor": author, "object": urn, "message": {"text": action.text}}
            return f"socialActions/{quote(urn, safe='')}/comments", body
        case actions.AnswerComment():
            urn = action.comment_urn
            body = {"actor": author, "object": urn, "message": {"text": action.text}, "parentComment": urn}
            return f"socialActions/{quote(urn, safe='')}/comments", body
        case actions.React():
            body = {"root": urn_of(action.post), "reactionType": action.reaction.value}
            return f"reactions?actor={quote(author, safe='')}", body
        case _:
            raise NotAvailableOnRail(
                f"{action.name} is not available on this rail: LinkedIn opens no route for it to all"
            )
