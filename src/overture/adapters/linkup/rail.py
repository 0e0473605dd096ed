"""The rail ``linkup``: LinkedIn through a server that speaks LinkUp v1, such as another Overture. Not verified live."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from itertools import takewhile
from typing import Any, TypeVar, cast

from overture.adapters.linkup.given import Given
from overture.adapters.linkup.people import EPOCH
from overture.adapters.linkup.reads import Ask, ask_for
from overture.adapters.linkup.wire import Body, Wire
from overture.domain.errors import NotAvailableOnRail, NotFoundOnRail, RefusedByRail
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Challenge, ChallengeAnswer, ChallengeKind, Credentials, Password, Session
from overture.domain.linkedin.actions import Action, ActionReceipt, ActionState
from overture.domain.linkedin.happenings import Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Conversation, Degree, Message
from overture.domain.linkedin.queries import Query, Window
from overture.ports import Clock

T = TypeVar("T")

_KNOWN = 40
"""Connections that the cursor remembers, to tell new ones from old."""

_CONVERSATIONS = 25
_MESSAGES = 20


def _session_body(session: Session) -> Body:
    return {"login_token": session.secret, "country": session.country}


class LinkUpRail:
    """Implements ``ports.Rail``."""

    def __init__(self, base: str, key: str, clock: Clock) -> None:
        self._wire = Wire(base, key)
        self._clock = clock

    def _ask(self, session: Session | None) -> Ask:
        body = _session_body(session) if session else Body()
        return Ask(self._wire, body, self._clock.now(), session.name if session else "")

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Sign in through the server; see ``ports.Rail``."""
        match credentials:
            case Password():
                body: Body = {
                    "email": credentials.email,
                    "password": credentials.password,
                    "country": credentials.country,
                }
                answer = Given(await self._wire.read("/v1/auth/login", body))
                email, country = credentials.email, credentials.country
            case ChallengeAnswer():
                email, _, country = credentials.challenge.state.rpartition("|")
                answer = Given(
                    await self._wire.read(
                        "/v1/auth/verify", {"email": email, "code": credentials.code, "country": country}
                    )
                )
            case _:
                raise NotAvailableOnRail("this sign-in is not available on this rail")
        token = answer.text("login_token")
        if token:
            return await self._session(token, country)
        if isinstance(credentials, ChallengeAnswer):
            raise RefusedByRail(answer.text("message") or "the code was not taken")
        return Challenge(ChallengeKind.CODE, f"{email}|{country}", answer.text("email") or email)

    async def _session(self, token: str, country: str) -> Session:
        ask = Ask(self._wire, {"login_token": token, "country": country}, self._clock.now())
        me = (await ask_for(ask, queries.Me())).member
        return Session(token, me.urn, me.profile_url, me.name, country)

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Ask the server; see ``ports.Rail``."""
        return cast("T", await ask_for(self._ask(session), query))

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Have the server do it; ``key`` has no place in the dialect. See ``ports.Rail``."""
        del key
        path, body = _ACTS[type(action)](action)
        try:
            answer = Given(await self._wire.act(path, body | _session_body(session)))
        except RefusedByRail as error:
            if isinstance(action, actions.Invite) and "e-mail address" in str(error):
                return ActionReceipt(ActionState.EMAIL_REQUIRED, detail=str(error))
            raise
        data = answer.child("data")
        return ActionReceipt(_state(data), _references(data), answer.text("message"))

    async def news(self, session: Session, cursor: str) -> News:
        """Compare inbox and connections with what the cursor knows; see ``ports.Rail``."""
        inbox = await self.read(session, queries.Inbox(window=Window(count=_CONVERSATIONS)))
        connections = await self.read(session, queries.Connections(Window(count=_KNOWN)))
        people = [member.profile_url for member in connections.items]
        newest = max((item.last.sent_at for item in inbox.items if item.last), default=EPOCH)
        if not cursor:
            return News((), _cursor(newest, people))
        known = json.loads(cursor)
        since, seen = datetime.fromisoformat(known["since"]), set(known["seen"])
        # Newest first: who stands behind one that is known moved up because another connection ended.
        fresh = list(takewhile(lambda member: member.profile_url not in seen, connections.items))
        found: list[Happening] = [
            InvitationAccepted(f"accepted:{member.profile_url}", self._clock.now(), member)
            for member in reversed(fresh)
        ]
        for item in reversed(inbox.items):
            if item.last and item.last.sent_at > since:
                found += [
                    MessageReceived(_message_key(item, at), at.sent_at, item.member, item.id, at.text)
                    for at in await self._received(session, item, item.last, since)
                ]
        return News(tuple(found), _cursor(max(newest, since), [*people, *(url for url in seen if url not in people)]))

    async def _received(self, session: Session, item: Conversation, last: Message, since: datetime) -> list[Message]:
        """Return what the other sent since, oldest first; the thread is read where the inbox shows not all of it."""
        if last.sender.degree is not Degree.SELF and item.unread <= 1:
            return [last]
        query = queries.ReadConversation(conversation_id=item.id, window=Window(count=_MESSAGES))
        thread = (await self.read(session, query)).messages.items
        others = [found for found in thread if found.sender.degree is not Degree.SELF and not found.system]
        return [found for found in reversed(others) if found.sent_at > since]


def _message_key(item: Conversation, found: Message) -> str:
    return f"message:{item.id}:{int(found.sent_at.timestamp() * 1000)}"


def _cursor(since: datetime, people: list[str]) -> str:
    return json.dumps({"since": since.isoformat(), "seen": people[: 4 * _KNOWN]})


def _state(data: Given) -> ActionState:
    """Another Overture says how far it got; of any other server is known only that it took the call."""
    stated = data.text("state")
    if stated in set(ActionState):
        return ActionState(stated)
    return ActionState.SENT if data.text("entityUrn") else ActionState.ACCEPTED_BY_PROVIDER


def _references(data: Given) -> tuple[tuple[str, str], ...]:
    delivered = data.time("deliveredAt")
    pairs = (
        ("message_urn", data.text("entityUrn")),
        ("conversation_id", data.text("conversation_id")),
        ("delivered_at_ms", str(int(delivered.timestamp() * 1000)) if delivered else ""),
        ("invitation_urn", data.text("invitation_urn")),
        ("invitation_id", data.text("invitation_id") or str(data.maybe("invitation_id") or "")),
        ("post_url", data.text("post_url")),
        ("post_urn", data.text("post_urn")),
        ("comment_urn", data.text("comment_urn")),
        ("job_id", data.text("job_id")),
    )
    return tuple((name, value) for name, value in pairs if value)


def _invite(action: actions.Invite) -> tuple[str, Body]:
    body: Body = {"linkedin_url": action.profile}
    if action.note:
        body["message"] = action.note
    if action.email:
        body["email"] = action.email
    return "/v1/network/connect", body


def _withdraw(action: actions.Withdraw) -> tuple[str, Body]:
    if not 0 < action.invitation_id < 2**63:
        raise NotFoundOnRail("no such invitation")
    return "/v1/network/withdraw-invitation", {"invitation_id": str(action.invitation_id)}


def _accept(action: actions.Accept) -> tuple[str, Body]:
    if not action.invitation_urn or not action.secret:
        raise NotFoundOnRail("no such invitation")
    return "/v1/network/accept-invitation", {"entity_urn": action.invitation_urn, "shared_secret": action.secret}


def _message(action: actions.SendMessage) -> tuple[str, Body]:
    body: Body = {"linkedin_url": action.profile, "message_text": action.text}
    if action.media_url:
        body["media_link"] = action.media_url
    elif action.media:
        body["media_file"] = {"data": b64encode(action.media.content).decode(), "filename": action.media.name}
    return "/v1/messages/send-message", body


def _answer_comment(action: actions.AnswerComment) -> tuple[str, Body]:
    return "/v1/posts/answer-comment", {
        "tracking_id": action.tracking_id,
        "profile_urn": action.author_urn,
        "comment_urn": action.comment_urn,
        "comment_text": action.text,
        "mention_user": action.mention,
        "commenter_name": action.author_name,
    }


def _create_post(action: actions.CreatePost) -> tuple[str, Body]:
    body: Body = {"message": action.text}
    return "/v1/posts/create", body | ({"file": action.file_url} if action.file_url else {})


def _time_spent(action: actions.SpendTime) -> tuple[str, Body]:
    body: Body = {"post_url": action.post, "duration": action.milliseconds}
    if action.started_at_ms is not None:
        body["duration_start_time"] = action.started_at_ms
    return "/v1/posts/time-spent", body


def _create_job(action: actions.CreateJob) -> tuple[str, Body]:
    body: Body = {
        "company_url": action.company_url,
        "title": action.title,
        "place": action.place,
        "html_description": action.html_description,
        "employment_status": action.employment_status,
        "workplace": action.workplace,
        "skills": list(action.skills),
        "screening_questions": [{"question": question} for question in action.screening_questions],
        "auto_rejection_template": action.auto_rejection_template,
        "contact_email": action.contact_email,
    }
    return "/v1/recruiter/create-job", body


_ACTS: dict[type[Action], Callable[[Any], tuple[str, Body]]] = {
    actions.Invite: _invite,
    actions.Withdraw: _withdraw,
    actions.Accept: _accept,
    actions.SendMessage: _message,
    actions.React: lambda a: ("/v1/posts/react", {"post_url": a.post, "reaction_type": a.reaction.value}),
    actions.Repost: lambda a: ("/v1/posts/repost", {"post_url": a.post}),
    actions.CommentOn: lambda a: ("/v1/posts/comment", {"post_url": a.post, "message": a.text}),
    actions.AnswerComment: _answer_comment,
    actions.CreatePost: _create_post,
    actions.SpendTime: _time_spent,
    actions.CreateJob: _create_job,
    actions.PublishJob: lambda a: ("/v1/recruiter/publish-job", {"job_id": a.job_id}),
    actions.CloseJob: lambda a: ("/v1/recruiter/close-job", {"job_id": a.job_id}),
}
"""How each action is asked for."""
