"""The rail ``assisted``: the member's own hand. Nothing is automated: tasks are made ready, a person does them."""

import re
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlsplit

from overture.domain.errors import NotAvailableOnRail, RefusedByRail
from overture.domain.linkedin import actions, queries
from overture.domain.linkedin.accounts import Challenge, Credentials, Named, Session
from overture.domain.linkedin.actions import Action, ActionReceipt, ActionState
from overture.domain.linkedin.happenings import Happening, InvitationAccepted, MessageReceived, News
from overture.domain.linkedin.objects import Degree, InvitationStanding, InvitationState, Member, Profile, Slice
from overture.domain.linkedin.queries import Query
from overture.domain.linkedin.tasks import NewTask, Note
from overture.ports import TaskBook

T = TypeVar("T")
NOTES_AT_ONCE = 500
SITE = "https://www.linkedin.com"


def _address(profile: str) -> str:
    """Return a profile's address, from an address or an id."""
    if "/" in profile:
        return profile if profile.startswith("http") else f"https://{profile}"
    return f"{SITE}/in/{quote(profile)}"


_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
MOST_TEXT = 10_000
MOST_LINK = 2_000


def _link(address: str) -> str:
    """Return a link for a person to follow: it leads to LinkedIn and nowhere else; raises RefusedByRail."""
    text = address.strip()
    if not text or len(text) > MOST_LINK or _UNSTORABLE.search(text):
        raise RefusedByRail("this is no address on LinkedIn")
    link = f"{SITE}/feed/update/{quote(text, safe=':')}/" if text.startswith("urn:li:") else _address(text)
    try:
        parts = urlsplit(link)
        host, web = parts.hostname or "", parts.scheme in {"http", "https"}
    except ValueError:
        host, web = "", False
    if not web or not (host == "linkedin.com" or host.endswith(".linkedin.com")):
        raise RefusedByRail("this is no address on LinkedIn")
    return link


def _words(text: str, *, needed: bool = True) -> str:
    """Return a text for the member to send; raises RefusedByRail where it is empty, too long or cannot be kept."""
    if _UNSTORABLE.search(text) or len(text) > MOST_TEXT or (needed and not text.strip()):
        raise RefusedByRail(f"a text of 1 to {MOST_TEXT} printable characters is needed")
    return text


def _person(url: str, name: str, degree: Degree) -> Member:
    address = _address(url)
    first, _, last = name.partition(" ")
    return Member("", address.rstrip("/").rpartition("/")[2], name, first, last, "", address, degree=degree)


class AssistedRail:
    """Implements ``ports.Rail``; a session's secret names the member's task list."""

    def __init__(self, book: TaskBook) -> None:
        self._book = book

    async def sign_in(self, credentials: Credentials) -> Session | Challenge:
        """Open a task list for a named member; see ``ports.Rail``."""
        if not isinstance(credentials, Named):
            raise NotAvailableOnRail("signing in with a password is not available on this rail")
        return Session(credentials.list, "", credentials.profile_url, credentials.name)

    async def act(self, session: Session, action: Action, key: str) -> ActionReceipt:
        """Make a task ready; what becomes of it, the person says. See ``ports.Rail``."""
        task = _task(session.secret, key, action)
        task_id = await self._book.add(task)
        return ActionReceipt(
            ActionState.ACCEPTED_BY_PROVIDER, (("task_id", str(task_id)),), "ready for the member to do by hand"
        )

    async def read(self, session: Session | None, query: Query[T]) -> T:
        """Answer from what was noted by hand; see ``ports.Rail``."""
        if session is None:
            raise NotAvailableOnRail("data is not available on this rail")
        found: Any
        match cast("object", query):
            case queries.Me():
                me = _person(session.profile_url, session.name, Degree.SELF)
                found = Profile(me, "", "", session.country)
            case queries.Connections(window):
                notes, count = await self._book.connections(session.secret, window.offset, window.count)
                found = Slice(tuple(_person(note.profile, note.name, Degree.FIRST) for note in notes), count)
            case queries.StandingWith(profile):
                found = await self._standing(session, profile)
            case _:
                raise NotAvailableOnRail("this is not available on this rail: look on LinkedIn yourself")
        return cast("T", found)

    async def _standing(self, session: Session, profile: str) -> InvitationStanding:
        if _UNSTORABLE.search(profile):
            raise NotAvailableOnRail("whether this member is connected was not noted")
        since = await self._book.connected_since(session.secret, profile)
        if since is None:
            raise NotAvailableOnRail("whether this member is connected was not noted")
        return InvitationStanding(InvitationState.CONNECTED, Degree.FIRST, accepted_at=since)

    async def news(self, session: Session, cursor: str) -> News:
        """Tell what was noted since; see ``ports.Rail``."""
        if not cursor:
            return News((), str(await self._book.last_note(session.secret)))
        notes = await self._book.notes(session.secret, int(cursor), NOTES_AT_ONCE)
        last = notes[-1].id if notes else int(cursor)
        return News(tuple(_happening(note) for note in notes), str(last))


def _happening(note: Note) -> Happening:
    member = _person(note.profile, note.name, Degree.FIRST)
    if note.kind == "connected":
        return InvitationAccepted(f"connected:{note.profile}", note.at, member)
    return MessageReceived(f"noted:{note.id}", note.at, member, "", note.text)


def _task(list_id: str, key: str, action: Action) -> NewTask:
    match action:
        case actions.Invite():
            note = _words(action.note or "", needed=False)
            return NewTask(list_id, key, action.name, action.profile, _link(action.profile), note)
        case actions.SendMessage():
            if action.media:
                raise RefusedByRail("a file cannot be handed to the member: send a link")
            text = f"{action.text}\n{action.media_url}" if action.media_url else action.text
            return NewTask(list_id, key, action.name, action.profile, _link(action.profile), _words(text))
        case actions.CommentOn() | actions.React() | actions.Repost():
            text = _words(action.text) if isinstance(action, actions.CommentOn) else ""
            return NewTask(list_id, key, action.name, "", _link(action.post), text)
        case actions.CreatePost():
            return NewTask(list_id, key, action.name, "", f"{SITE}/feed/", _words(action.text))
        case actions.Withdraw():
            link = f"{SITE}/mynetwork/invitation-manager/sent/"
            return NewTask(list_id, key, action.name, "", link, str(action.invitation_id))
        case _:
            raise NotAvailableOnRail(f"{action.name} is not available on this rail")
